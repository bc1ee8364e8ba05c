"""The parts of the Politics page beside the feed: disputes, ties, votes, agreements, theories."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import streamlit as st

from sim import api
from ui.charts.apart import Pair, apart, pairs_of
from ui.charts.chart import Chart
from ui.charts.ledger import ENTRIES, hold, ledger
from ui.charts.over_time import Times
from ui.charts.resolve import paths, resolve
from ui.charts.ties import COLUMNS, alignment, trust
from ui.charts.votes import votes as vote_chart
from ui.outcome import YEAR, Outcome, against, deals, play, roles_of, turns
from ui.pages.desk import Desk
from ui.pages.shown import show_chart
from ui.pages.why import why_all
from ui.politics import VOTE, choice_words, named, sides, text_about
from ui.shelf import Shelf
from ui.telling import tell
from ui.text import Words, plain
from ui.view import View

_CHARTS: Shelf[Chart | None] = Shelf(120)
_ALIKE: Shelf[dict[Pair, dict[str, dict[int, float]]]] = Shelf(24)


@dataclass(frozen=True)
class Scene:
    """The run on show and the words for it."""

    outcome: Outcome
    setting: api.Scenario
    names: dict[str, str]
    view: View
    w: Words

    def label(self, quarter: int) -> str:
        """A quarter in words."""
        return self.w.quarter(quarter, self.setting.start)

    @cached_property
    def times(self) -> Times:
        """The time axis of this run."""
        start, count = self.setting.start, self.outcome.quarters
        years = [self.w.year(quarter, start) for quarter in range(0, count, YEAR)]
        axis = "" if start else self.w.t("charts.over_time.axis")
        return Times([self.label(quarter) for quarter in range(count)], years, axis, turns(self.outcome))

    def chart(self, *name: object) -> tuple[object, ...]:
        """The name a chart of this run is kept under."""
        return (*name, self.outcome.key, self.w.language)


def disputes(scene: Scene) -> None:
    """Each dispute: where it stands, and pain against resolve over time."""
    w, names, table = scene.w, scene.names, scene.outcome.run.disputes
    if table.empty:
        st.markdown(w.t("politics.none.disputes"))
        return
    issues = {spec.id: spec.issue for spec in scene.setting.disputes}
    last = table.groupby("dispute", sort=False).last()
    picked = _pick(w.t("politics.pick.dispute"), list(last.index), lambda name: _dispute_title(str(name), last, scene), "dispute")
    row = last.loc[picked]
    target, leader = names[str(row["target"])], names[str(row["sender"])]
    st.markdown(f"**{plain(issues.get(picked, ''))}**" if picked in issues else "")
    stage = w.t(f"politics.stage.{row['stage']}")
    senders = [names.get(state, state) for state in str(row["senders"]).split()]
    numbers = {"demand": w.percent(100 * float(row["demand"]), 0), "policy": w.percent(100 * float(row["policy"]), 0)}
    st.markdown(plain(w.t("politics.dispute_now", target=target, senders=w.joined(senders or [leader]), stage=stage, **numbers)))
    choices = scene.outcome.run.record.choices
    sight = paths(choices, picked, str(row["sender"]))
    chart = _CHARTS.get(scene.chart("resolve", picked), lambda: resolve(*sight, (target, leader), scene.times, w))
    if chart is None:
        st.info(w.t("politics.never_asked", state=plain(target)), icon=":material/hourglass_empty:")
    else:
        show_chart(chart, w.t("politics.chart.resolve", state=plain(target)), "resolve", w, w.t("politics.chart.resolve_key"))
    behind = [place for place, choice in enumerate(choices) if choice.decision.partition(":")[2] == picked]
    _decisions(behind, "dispute", scene)


def _dispute_title(name: str, last: object, scene: Scene) -> str:
    row = last.loc[name]  # type: ignore[attr-defined]
    return scene.w.t("politics.dispute", leader=scene.names[str(row["sender"])], target=scene.names[str(row["target"])])


def _decisions(places: list[int], key: str, scene: Scene) -> None:
    """The decisions behind what is shown, with the answer to why for the one picked."""
    w, run = scene.w, scene.outcome.run
    if not places:
        return
    between = sides(run)

    def told(place: int) -> str:
        choice = run.record.choices[place]
        return f"{scene.label(choice.quarter)}: {choice_words(choice, between, scene.names, w)}"

    with st.expander(w.t("politics.decisions", count=len(places)), icon=":material/gavel:"):
        picked = st.selectbox(w.t("politics.pick.decision"), places, format_func=told, key=f"{key}-decision")
        why_all([int(picked)], run, scene.names, f"{key}-why", w)


def ties(scene: Scene) -> None:
    """The alignment line, the trust of a pair over time, and how far apart the isolated are."""
    w, names = scene.w, scene.names
    left, right = st.columns(2, gap="large")
    with left:
        points = {state.id: state.ideal_point for state in scene.setting.states}
        roles = roles_of(scene.outcome, scene.setting)
        chart = _CHARTS.get(scene.chart("alignment"), lambda: alignment(points, roles, names, w))
        if chart is not None:
            show_chart(chart, w.t("politics.chart.alignment"), "alignment", w, w.t("politics.chart.alignment_key"))
    with right:
        _trust(scene)
    isolated(scene)


def _trust(scene: Scene) -> None:
    """The trust of a pair over time."""
    w, names, table = scene.w, scene.names, scene.outcome.run.ties
    if table.empty:
        st.markdown(w.t("politics.none.ties"))
        return
    moved = table.groupby(["state", "other"])["trust"].agg(lambda path: path.max() - path.min())
    pairs = [(str(a), str(b)) for a, b in moved.sort_values(ascending=False).index]
    picked = _pick(w.t("politics.pick.pair"), pairs, lambda pair: w.joined([names[pair[0]], names[pair[1]]]), "pair")
    rows = table[(table["state"] == picked[0]) & (table["other"] == picked[1])].set_index("quarter")
    values = {column: {int(quarter): float(value) for quarter, value in rows[column].items()} for column in COLUMNS}
    pair = (names[picked[0]], names[picked[1]])
    chart = _CHARTS.get(scene.chart("trust", picked), lambda: trust(values, pair, scene.times, w))
    if chart is not None:
        show_chart(chart, w.t("politics.chart.trust"), "trust", w, w.t("politics.chart.trust_key"))


def isolated(scene: Scene) -> None:
    """How far apart two states under measures are, where there are two."""
    w, names = scene.w, scene.names
    found = _ALIKE.get(scene.outcome.key, lambda: pairs_of(api.alike(scene.outcome.run)))
    if not found:
        return
    picked = next(iter(found))
    if len(found) > 1:
        picked = _pick(w.t("politics.pick.isolated"), list(found), lambda pair: w.joined([names[state] for state in pair]), "isolated")
    chart = _CHARTS.get(scene.chart("apart", picked), lambda: apart(found[picked], [names[state] for state in picked], scene.times, w))
    assert chart is not None
    show_chart(chart, w.t("politics.chart.apart"), "apart", w, w.t("politics.chart.apart_key"))


def votes(scene: Scene) -> None:
    """Every resolution: how the states voted, and why each did."""
    w, table, run = scene.w, scene.outcome.run.votes, scene.outcome.run
    if table.empty:
        st.markdown(w.t("politics.none.votes"))
        return
    told = {}
    for quarter, event, about, text in run.record.rows("events"):
        if event.startswith("resolution"):
            what, _, on = text.partition(":")[0].rpartition(" on ")
            title = named(tell(what, scene.setting.id, w), scene.names).rstrip(".")
            told[(quarter, about)] = (f"{title} ({named(on, scene.names)})", event.endswith(" adopted") and "not" not in event)
    ids = list(dict.fromkeys(table["resolution"]))
    when = {name: int(table[table["resolution"] == name]["quarter"].iloc[0]) for name in ids}
    about = {name: _text_of(name, when[name], told, scene) for name in ids}
    picked = _pick(w.t("politics.pick.vote"), ids, lambda name: f"{scene.label(when[name])}: {about[name][0]}", "vote")
    rows = table[table["resolution"] == picked]
    cast = {str(state): str(vote) for state, vote in zip(rows["state"], rows["vote"], strict=True)}
    text, adopted = about[picked]
    chart = _CHARTS.get(scene.chart("votes", picked), lambda: vote_chart(cast, scene.names, text, adopted, w))
    if chart is not None:
        show_chart(chart, w.t("politics.chart.votes"), "votes", w)
    _decisions([p for p, c in enumerate(run.record.choices) if c.decision == f"{VOTE}{picked}"], "vote", scene)


def _text_of(name: str, quarter: int, told: dict[tuple[int, str], tuple[str, bool]], scene: Scene) -> tuple[str, bool]:
    """What a resolution is called and whether it passed; several in a quarter are told apart by the state they are about."""
    spec = next((one for one in scene.setting.resolutions if one.id == name), None)
    about = spec.about if spec is not None else text_about(name, scene.setting.state_ids)
    return told.get((quarter, about), (name, False))


def agreements(scene: Scene) -> None:
    """Every agreement with its ledger; for licences who needs whom."""
    w, names, table = scene.w, scene.names, scene.outcome.run.agreements
    if table.empty:
        st.markdown(w.t("politics.none.agreements"))
        return
    last = table.groupby("agreement", sort=False).last()
    first = table.groupby("agreement", sort=False)["quarter"].first()

    def title(name: str) -> str:
        row = last.loc[name]
        pair = w.joined([names[str(row["party_a"])], names[str(row["party_b"])]])
        return w.t("politics.agreement", kind=w.t(f"politics.deal.{row['kind']}"), pair=pair, since=scene.label(int(first[name])))

    picked = _pick(w.t("politics.pick.agreement"), list(last.index), title, "agreement")
    row, rows = last.loc[picked], table[table["agreement"] == picked].set_index("quarter")
    a, b = names[str(row["party_a"])], names[str(row["party_b"])]
    st.markdown(plain(w.t(f"politics.status.{row['status']}", when=scene.label(int(row["quarter"])))))

    def path(column: str) -> dict[int, float]:
        return {int(quarter): float(value) for quarter, value in rows[column].items()}

    columns = st.columns(2, gap="large")
    for column, side, other, suffix in ((columns[0], a, b, "_a"), (columns[1], b, a, "")):
        with column:
            entries = {name: path(f"{name}{suffix}") for name in ENTRIES}
            chart = ledger(entries, side, other, scene.times, w, votes=row["kind"] == "votes")
            show_chart(chart, w.t("politics.chart.ledger", side=plain(side)), f"ledger{suffix}", w)
    if row["kind"] == "licence":
        chart = hold(path("leverage"), path("mastery"), a, b, scene.times, w)
        show_chart(chart, w.t("politics.chart.hold"), "hold", w)
    pair = {str(row["party_a"]), str(row["party_b"])}
    between = sides(scene.outcome.run)
    questions = ("answer deal", "partnership", "propose deal")
    behind = []
    for place, choice in enumerate(scene.outcome.run.record.choices):
        kind, _, about = choice.decision.partition(":")
        if kind in questions and choice.state in pair and (about == picked or set(between.get(about, ())) == pair):
            behind.append(place)
    _decisions(behind, "agreement", scene)


def theories(scene: Scene, found: Desk) -> None:
    """The same history under every theory: what comes out, which decision first falls otherwise, and what evidence tells them apart."""
    import pandas as pd

    w, view, setting = scene.w, scene.view, scene.setting
    st.markdown(w.t("politics.theories_text"))
    rows: list[tuple[str, ...]] = []
    first: dict[str, str] = {}
    waiting = st.empty()
    current = view.theory or setting.theory
    for number, name in enumerate(api.THEORIES):
        called = w.t(f"politics.theory.{name}")
        waiting.progress(number / len(api.THEORIES), w.t("politics.theories_running", theory=called))
        try:
            outcome = scene.outcome if name == current else play(replace(view, theory=name), view.choice, setting)
        except api.NoEquilibrium:
            rows.append((called, "", "", ""))
            continue
        rows.append((called, *_summary(outcome, w)))
        first[name] = w.t("politics.theory_first", text=_first_other(scene, outcome)) if name != current else w.t("politics.theory_shown")
    waiting.empty()
    columns = [w.t(f"politics.column.{name}") for name in ("theory", "changed", "deals", "measures")]
    st.table(pd.DataFrame(rows, columns=columns), border="horizontal", hide_index=True)  # its words wrap, unlike those of a grid
    st.caption(w.t("politics.theories_key"))
    for name, theory in api.THEORIES.items():
        with st.container(border=True):
            st.markdown(claim_words(w.t(f"politics.theory.{name}"), w.phrase(theory.claim)))
            st.markdown(w.t("politics.tells_apart", text=plain(w.phrase(theory.tells_apart))))
            if name in first:
                st.markdown(plain(first[name]))
            taken = replace(view, theory="" if name == setting.theory else name)
            st.button(
                w.t("politics.theory_take"), key=f"take-{name}", disabled=name == current, icon=":material/swap_horiz:", on_click=found.replace, args=(taken,)
            )


def claim_words(called: str, claim: str) -> str:
    """A theory's name in bold and its claim, the name once where the claim begins with it."""
    bare = claim.removeprefix(f"{called}:")
    return f"**{plain(called)}{'.' if bare == claim else ':'}** {plain(bare.strip())}"


def _summary(outcome: Outcome, w: Words) -> tuple[str, ...]:
    run = outcome.run
    changed = 100.0 * float(run.disputes.groupby("dispute")["policy"].last().mean()) if len(run.disputes) else 0.0
    adopted = sum(event == "resolution adopted" for _, event, _, _ in run.record.rows("events"))
    pairs = deals(run), (against(run, run.quarters - 1), adopted)
    return w.number(changed), *(f"{w.number(first)}; {w.number(second)}" for first, second in pairs)


def _first_other(scene: Scene, outcome: Outcome) -> str:
    """The first decision that falls otherwise than in the run on show, in words."""
    w = scene.w
    ours = {(choice.quarter, choice.state, choice.decision): choice for choice in scene.outcome.run.record.choices}
    for choice in outcome.run.record.choices:
        mine = ours.get((choice.quarter, choice.state, choice.decision))
        if mine is not None and mine.chosen != choice.chosen:
            did = named(api.told(choice, scene.names[choice.state], w.language), scene.names)
            instead = named(api.taking(mine.chosen, w.language), scene.names)
            return w.t("politics.otherwise", when=scene.label(choice.quarter), did=did, instead=instead)
    return w.t("politics.never_otherwise")


def _pick(label: str, options: list, words: object, key: str):  # type: ignore[no-untyped-def]
    """A choice among what there is; with only one there is nothing to choose."""
    assert callable(words)
    if len(options) == 1:
        st.markdown(f"#### {plain(words(options[0]))}", anchors=False)
        return options[0]
    return st.selectbox(label, options, format_func=words, key=f"politics-{key}")
