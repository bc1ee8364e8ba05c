"""The same moves under every theory: what comes of them, the first decision that falls otherwise, and what evidence would tell them apart."""

from __future__ import annotations

from sim import api
from ui.debrief.hindsight import Hindsight, Sums
from ui.debrief.panels import Panel, Table
from ui.debrief.story import play

NEUTRAL = "mixed"  # the default speaks for itself
COLUMNS = ("changed", "incomes", "left")
CLOSE = 10.0  # percentage points of policy: nearer than this counts as the same outcome (assumption)


def theories(seen: Hindsight) -> Panel:
    """The panel."""
    w, own = seen.w, seen.run.theory
    rows: list[tuple[str, ...]] = []
    sums: dict[str, Sums] = {}
    said: dict[str, str] = {}
    for name in (own, *(name for name in api.THEORIES if name != own)):
        try:
            run = seen.run if name == own else play(seen.story, theory=name)
        except api.NoEquilibrium:
            rows.append((w.t(f"politics.theory.{name}"), *["–"] * len(COLUMNS)))
            continue
        sums[name] = seen.sums(run)
        rows.append((w.t("debrief.theories.own" if name == own else "debrief.theories.row", theory=w.t(f"politics.theory.{name}")), *_cells(sums[name], seen)))
        other = None if name == own else first_other(seen, run)
        if other is not None:
            said[name] = _otherwise(seen, *other)
    if len(rows) > 1 and len(sums) == len(rows) and len({row[1:] for row in rows}) == 1:
        rows = [(w.t("debrief.theories.same", count=len(rows)), *rows[0][1:])]
    columns = ("theory", *COLUMNS)
    table = Table(tuple(w.t(f"debrief.column.{name}") for name in columns), tuple(rows))
    points = tuple(_point(name, said.get(name, ""), seen) for name in api.THEORIES if name != NEUTRAL)
    text = (_sentence(own, sums, seen), *(() if said or not seen.run.record.choices else (w.t("debrief.theories.never"),)), *_by_people(seen))
    note = " ".join(filter(None, [w.t("debrief.theories.note"), seen.changed_means]))
    return Panel("theories", w.t("debrief.theories.heading"), text, tables=(table,), points=points, note=note)


def _by_people(seen: Hindsight) -> tuple[str, ...]:
    """That people decide the same under every theory, where people decided."""
    held = {state for state, _, _ in seen.story.held}
    if not held:
        return ()
    return (seen.w.t("debrief.theories.people", states=seen.w.joined([seen.name(state) for state in seen.setting.state_ids if state in held])),)


def _cells(sums: Sums, seen: Hindsight) -> tuple[str, ...]:
    """What came of a run, in words: the columns `COLUMNS`, few enough for a phone."""
    w = seen.w
    incomes = w.t("debrief.pair", first=w.percent(sums.target, 1, sign=True), second=w.percent(sums.sender, 1, sign=True))
    return w.percent(sums.changed, 0), incomes, w.t("debrief.pair", first=w.number(sums.measures), second=w.number(sums.deals))


def _sentence(own: str, sums: dict[str, Sums], seen: Hindsight) -> str:
    w = seen.w
    if not seen.run.record.choices:
        return w.t("debrief.theories.nobody")
    others = {name: found for name, found in sums.items() if name != own}
    same = [name for name, found in others.items() if abs(found.changed - sums[own].changed) < CLOSE]
    values = {"count": len(same), "of": w.number(len(others)), "changed": w.percent(sums[own].changed, 0)}
    said = w.t("debrief.theories.all" if len(same) == len(others) else "debrief.theories.some" if same else "debrief.theories.alone", **values)
    if len(same) < len(others):
        most = max(others, key=lambda name: abs(others[name].changed - sums[own].changed))
        said += " " + w.t("debrief.theories.furthest", theory=w.t(f"politics.theory.{most}"), changed=w.percent(others[most].changed, 0))
    return said


def _point(name: str, otherwise: str, seen: Hindsight) -> str:
    """A theory: the first decision that falls otherwise under it, if any, and what evidence would speak for it."""
    w = seen.w
    apart = w.t("debrief.theories.apart", text=w.phrase(api.THEORIES[name].tells_apart))
    first = " " + w.t("debrief.theories.first", text=otherwise) if otherwise else ""
    return f"{w.t(f'politics.theory.{name}')}.{first} {apart}"


def _otherwise(seen: Hindsight, mine: api.Choice, other: api.Choice) -> str:
    """A decision that falls otherwise, in words."""
    did = seen.said(api.told(other, seen.name(other.state), seen.w.language))
    return seen.w.t("politics.otherwise", when=seen.label(other.quarter), did=did, instead=seen.said(api.taking(mine.chosen, seen.w.language)))


def first_other(seen: Hindsight, run: api.Run) -> tuple[api.Choice, api.Choice] | None:
    """The first question answered otherwise in another run: the choice of the run played, and the other's."""
    ours = {(choice.quarter, choice.state, choice.decision): choice for choice in seen.run.record.choices}
    for choice in run.record.choices:
        mine = ours.get((choice.quarter, choice.state, choice.decision))
        if mine is not None and mine.chosen != choice.chosen:
            return mine, choice
    return None
