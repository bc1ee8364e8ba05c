"""Three verdicts, judged apart and never added up: did the measures coerce, constrain, signal? And what the others can say for themselves.

Coercion is measured against the goal (the demand), constraint against the counterfactual (the twin without measures); what it cost stands in
the four bills. A threat that worked before anything was imposed is told as what it is: a success that a list of measures never shows.
"""

from __future__ import annotations

import math

from sim import api
from ui.debrief.hindsight import Hindsight
from ui.debrief.panels import Panel, Table
from ui.politics import partings

LARGE_CAST = 8  # roles: beyond this a table of all goals is too long to read
KINDS = ("coerce", "constrain", "signal")


def judged(seen: Hindsight) -> Panel:
    """The panel: for each dispute a sentence and three verdicts; for a run without one the three questions with the answers there are."""
    w = seen.w
    text: list[str] = []
    tables: list[Table] = []
    names = list(dict.fromkeys([spec.id for spec in seen.setting.disputes] + [row[1] for row in seen.run.record.rows("disputes")]))
    for name in names:
        said, table = _dispute(name, seen)
        text.append(said)
        tables += [table] if table is not None else []
    if not tables:
        tables.append(_bare(seen))
        if not names:
            text.append(w.t("debrief.verdicts.no_dispute"))
    goals = _goals(seen)
    return Panel("verdicts", w.t("debrief.verdicts.heading"), tuple(text), tables=(*tables, *goals), note=w.t("debrief.verdicts.note"))


def _dispute(name: str, seen: Hindsight) -> tuple[str, Table | None]:
    w = seen.w
    rows = [row for row in seen.run.record.rows("disputes") if row[1] == name]
    spec = next((one for one in seen.setting.disputes if one.id == name), None)
    leader, target = (rows[-1][2], rows[-1][3]) if rows else (spec.senders[0], spec.target)  # type: ignore[union-attr]
    values = {"leader": seen.name(leader), "target": seen.name(target), "issue": "" if spec is None else seen.tell(spec.issue).rstrip(".")}
    if not rows:
        return w.t("debrief.verdicts.dormant", **values), None
    met = 100.0 * rows[-1][7] / rows[-1][6] if rows[-1][6] > 0 else 0.0
    values |= {"stage": w.t(f"politics.stage.{rows[-1][5]}"), "met": w.percent(met, 0)}
    asked, changed = (w.percent(100.0 * rows[-1][place], 0) for place in (6, 7))
    parts = " " + w.t("debrief.verdicts.asked", asked=asked, changed=changed) if met > 0 and rows[-1][6] < 1 else ""
    try:
        found = api.verdicts(seen.run, seen.twin, name)
    except api.Refusal:  # no measure ever began in it: what came of words alone
        key = "threat_worked" if met > 0 else "words_only"
        return w.t(f"debrief.verdicts.{key}", **values) + parts, None
    own = w.t("debrief.verdicts.target_text", unmet=_share(found.policy_kept, seen), **_partners(found, seen))
    third = w.t("debrief.verdicts.third_text", trade=_share(found.trade_kept, seen), neutral=_share(found.stayed_neutral, seen))
    told = [_row(kind, getattr(found, kind), seen, values) for kind in KINDS]
    told += _parted(values, seen)
    told += [(w.t("debrief.verdicts.target", **values), "", own), (w.t("debrief.verdicts.third"), "", third)]
    return w.t("debrief.verdicts.dispute", **values) + parts, Table(_columns(seen), tuple(told))


def _columns(seen: Hindsight) -> tuple[str, ...]:
    return tuple(seen.w.t(f"debrief.verdicts.column.{name}") for name in ("question", "verdict", "measured"))


def _row(kind: str, account: object, seen: Hindsight, values: dict[str, str]) -> tuple[str, ...]:
    w = seen.w
    value, verdict = float(account.value), str(account.verdict)  # type: ignore[attr-defined]
    balance = ("even" if value == 0 else "less" if value < 0 else "") if kind == "signal" else ""
    percent = w.percent(value, 1) if kind == "constrain" else w.percent(100 * (abs(value) if balance else value), 0)
    told = f"debrief.verdicts.{kind}_{balance}_text" if balance else f"debrief.verdicts.{kind}_text"
    measured = w.t(told, percent=percent, **values) if math.isfinite(value) else w.t(f"debrief.verdicts.{kind}_none")
    return w.t(f"debrief.verdicts.{kind}", **values), w.t(f"debrief.verdicts.{verdict.replace(' ', '_')}"), measured


def _parted(values: dict[str, str], seen: Hindsight) -> list[tuple[str, ...]]:
    """A row for each partner that the target of a dispute gave its word to stay away from: whether it was seen to deal with it again."""
    w = seen.w
    rows: list[tuple[str, ...]] = []
    for one in partings(seen.run):
        who, partner, issue = seen.tell(one.who), seen.tell(one.partner), seen.tell(one.issue).rstrip(".")
        if (who, issue) == (values["target"], values["issue"]):
            told = {"target": who, "partner": partner, "given": seen.label(one.given), "broken": "" if one.broken is None else seen.label(one.broken)}
            verdict, measured = ("success", "kept") if one.broken is None else ("failure", "broken")
            rows.append((w.t("debrief.verdicts.parted", **told), w.t(f"debrief.verdicts.{verdict}"), w.t(f"debrief.verdicts.parted_{measured}", **told)))
    return rows


def _partners(found: api.Verdicts, seen: Hindsight) -> dict[str, str]:
    better = found.people_protected >= 0
    return {
        "people": seen.w.t(f"debrief.verdicts.people_{'yes' if better else 'no'}", points=seen.w.number(abs(found.people_protected), 1)),
        "partners": _share(found.partners_kept, seen),
    }


def _share(value: float, seen: Hindsight) -> str:
    return seen.w.percent(100.0 * value, 0) if math.isfinite(value) else "–"


def _bare(seen: Hindsight) -> Table:
    """The three questions where no dispute had measures: what can be said without a demand."""
    w = seen.w
    lost = w.t("debrief.verdicts.bare_nobody")
    if seen.target:
        change = float(-seen.sums(seen.run).target)
        lost = w.t("debrief.verdicts.bare_constrain", target=seen.together(seen.roles.target), percent=w.percent(change, 1))
    no = w.t("debrief.verdicts.no_evidence")
    values = {"target": seen.together(seen.roles.target) or w.t("debrief.verdicts.nobody")}
    rows = (
        (w.t("debrief.verdicts.coerce", **values), no, w.t("debrief.verdicts.bare_coerce")),
        (w.t("debrief.verdicts.constrain", **values), no, lost),
        (w.t("debrief.verdicts.signal", **values), no, w.t("debrief.verdicts.signal_none")),
    )
    return Table(_columns(seen), rows)


def _goals(seen: Hindsight) -> list[Table]:
    """What became of the goals of each role; in a large cast of its first goal only."""
    w, rows = seen.w, []
    most = None if len(seen.setting.roles) <= LARGE_CAST else 1
    for role in seen.setting.roles:
        values, told = api.goal_values(seen.run, seen.twin, role.state), False
        for goal, weight in sorted(role.goals.items(), key=lambda item: -item[1])[:most]:
            if goal in values and math.isfinite(values[goal]):
                policy = goal in ("policy_changed", "policy_kept")
                moved = w.percent(values[goal], 0) if policy else w.number(values[goal], 1, sign=True)
                name = w.maybe(f"roles.goal.{goal}") or goal.replace("_", " ")
                title = w.t("debrief.verdicts.ditto") if told else seen.tell(role.title)
                rows.append((title, name, w.percent(100 * weight / (sum(role.goals.values()) or 1.0), 0), moved))
                told = True  # the title stands once
    columns = tuple(w.t(f"debrief.verdicts.column.{name}") for name in ("role", "goal", "weight", "moved"))
    return [Table(columns, tuple(rows))] if rows else []
