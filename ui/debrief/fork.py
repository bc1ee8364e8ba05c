"""One fork: what would have happened otherwise, from the most telling turning point on, with the same luck."""

from __future__ import annotations

from sim import api
from ui.charts.paths import lines
from ui.debrief.forks import Fork
from ui.debrief.hindsight import Hindsight, Sums
from ui.debrief.panels import Panel, Picture, Table
from ui.debrief.story import play
from ui.text import Words
from ui.wording import lever_words

ROWS = ("changed", "target", "sender", "third", "measures", "deals")
MOST_AFTER = 4  # later decisions told
NOTHING, HALF = 0.05, 0.5  # points of income and of policy: below these nothing changed


def title(one: Fork, seen: Hindsight) -> str:
    """A fork as a question: what if somebody had done otherwise."""
    w, turn = seen.w, one.turn
    if one.left_out:
        levers = list(dict.fromkeys(lever_words(api.LEVERS[order.lever], "label", w) for order in one.left_out))
        who = list(dict.fromkeys(seen.name(order.state) for order in one.left_out))
        what = w.joined([label[:1].lower() + label[1:] for label in levers])
        if turn.kind == "start":
            return w.t("debrief.fork.left_out_start", who=w.joined(who), other=seen.name(turn.other), what=what)
        return w.t("debrief.fork.left_out", when=seen.moment(turn.quarter), who=w.joined(who), other=seen.name(turn.other), what=what)
    instead, did = (seen.said(api.taking(option, w.language)) for option in (one.instead, one.chosen))
    return w.t("debrief.fork.choice", when=seen.moment(turn.quarter), who=seen.name(turn.who), instead=instead, did=did)


def fork(seen: Hindsight, picked: int = 0) -> Panel:
    """The panel; `picked` is which of the suggestions is played."""
    w, heading = seen.w, seen.w.t("debrief.fork.heading")
    if not seen.forks:
        return Panel("fork", heading, (w.t("debrief.fork.nothing"),))
    one = seen.forks[min(picked, len(seen.forks) - 1)]
    question = title(one, seen)
    try:
        run = play(seen.story, forced=one.forced, left_out=one.left_out)
    except api.NoEquilibrium:
        return Panel("fork", heading, (question, w.t("debrief.fork.unsolved")))
    mine, other = seen.sums(seen.run), seen.sums(run)
    columns = w.t("debrief.column.what"), w.t("debrief.fork.played"), w.t("debrief.fork.instead")
    rows = tuple(zip((w.t(f"debrief.column.{name}") for name in ROWS), _cells(mine, w), _cells(other, w), strict=True))
    pictures = (_picture(seen, run, mine, other),) if seen.roles.target else ()
    after = _after(seen, run, one)
    points = tuple(after[:MOST_AFTER]) or (w.t("debrief.fork.no_other"),)
    others = [title(found, seen) for found in seen.forks if found is not one]
    note = " ".join(filter(None, [seen.changed_means, w.t("debrief.fork.others", forks=" ".join(others)) if others else ""]))
    text = (question, sentence(mine.changed, other.changed, other.target - mine.target, seen))
    return Panel("fork", heading, text, pictures=pictures, tables=(Table(columns, rows),), points=points, note=note)


def _cells(sums: Sums, w: Words) -> tuple[str, ...]:
    """What came of a run, in words: the rows `ROWS`."""
    incomes = (w.percent(income, 1, sign=True) for income in (sums.target, sums.sender, sums.third))
    return w.percent(sums.changed, 0), *incomes, w.number(sums.measures), w.number(sums.deals)


def sentence(was: float, now: float, gain: float, seen: Hindsight) -> str:
    """What the fork changes, in words: the policy `was` and is `now` changed (percent), the income of all targets `gain`s (points)."""
    w = seen.w
    if abs(now - was) < HALF and abs(gain) < NOTHING:
        return w.t("debrief.fork.same")
    moved = abs(now - was) >= HALF
    parts = [w.t("debrief.fork.policy", now=w.percent(now, 0), was=w.percent(was, 0)) if moved else w.t("debrief.fork.policy_same", was=w.percent(was, 0))]
    if targets := seen.roles.target:
        key = "same" if abs(gain) < NOTHING else "better" if gain > 0 else "worse"
        parts.append(w.t(f"debrief.fork.income_{key}", who=seen.together(targets), points=w.number(abs(gain), 1), count=len(targets)))
    return " ".join(parts)


def _picture(seen: Hindsight, run: api.Run, mine: Sums, other: Sums) -> Picture:
    """The real income of all targets together in both runs, which came to `mine` and `other`, against the twin."""
    w, targets = seen.w, seen.roles.target
    name = seen.together(targets)
    paths = {w.t(f"debrief.fork.line_{key}", who=name): seen.lost(one, targets) for key, one in (("played", seen.run), ("instead", run))}
    series = {key: {quarter: float(value) for quarter, value in enumerate(path)} for key, path in paths.items()}
    words = w.t("charts.who"), w.t("charts.quarter"), w.t("charts.change")
    drawn = lines(series, seen.times, w.t("debrief.fork.axis"), words, every=False)
    means = [w.percent(sums.target, 1, sign=True) for sums in (mine, other)]
    return Picture((drawn.to_dict(),), w.t("debrief.fork.says", who=name, played=means[0], instead=means[1]))


def _after(seen: Hindsight, run: api.Run, one: Fork) -> list[str]:
    """Later decisions that fall otherwise, in words, one for each state and question; what reads the same stands once."""
    ours = {(choice.quarter, choice.state, choice.decision): choice for choice in seen.run.record.choices}
    told: dict[tuple[str, str], str] = {}
    for choice in run.record.choices:
        key = (choice.quarter, choice.state, choice.decision)
        mine = ours.get(key)
        if key in one.forced or mine is None or mine.chosen == choice.chosen:
            continue
        did = seen.said(api.told(choice, seen.name(choice.state), seen.w.language))
        instead = seen.said(api.taking(mine.chosen, seen.w.language))
        told.setdefault(key[1:], seen.w.t("politics.otherwise", when=seen.label(choice.quarter), did=did, instead=instead))
    return list(dict.fromkeys(told.values()))
