"""Where the disputes of a class stand, as everybody may know it: who asks what of whom, what was threatened and when it falls due, what has been given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim import api
from ui.charts.money import NOTHING
from ui.class_run import Atlas, ClassRun
from ui.classroom.view import RoundSeen
from ui.pages.class_desk import move_words
from ui.text import Words, plain
from ui.wording import EVERYONE

MOST = 4
FRIENDLY = [name for name, lever in api.LEVERS.items() if lever.friendly]
CALLED_FOR = "threat"  # the stage in which something falls due
HELD = ("imposed", "relief")  # stages in which measures stand
ASKING = ("demand", "threat", "imposed")  # stages in which something is asked for
LEAST = 0.005  # share of the policy: less would print as 0 %


def standing(run: ClassRun | None, seen: Sequence[RoundSeen], w: Words, me: str = "") -> list[str]:
    """A sentence for each dispute that came up so far, those of the state `me` first; `run` has its names in the reader's language."""
    if run is None or run.disputes.empty:
        return []
    last = run.disputes.groupby("dispute", sort=False).last().reset_index()
    rows = sorted(last.to_dict("records"), key=lambda row: me not in _parties(row))
    due = seen[-1].public.get("due", {})
    return [_told(row, due.get(str(row["dispute"])), run, w) for row in rows[:MOST]]


def against(run: ClassRun | None, places: Atlas, me: str, w: Words) -> list[str]:
    """What others have in force against the state `me`, the newest first: who, what, how strong, since when; before the first round, what is there."""
    orders = places.setting.measures if places.setting is not None else ()
    begun = [
        {"state": order.state, "lever": order.lever, "target": me, "sector": order.sector or EVERYONE, "value": order.value}
        for order in orders
        if order.target in (me, EVERYONE) and order.state != me and order.value is not None and order.lever not in FRIENDLY
    ]
    if run is None:
        return [w.t("seat.decide.from_start", what=plain(move_words(move, places, w))) for move in begun]
    there = {(move["state"], move["lever"], move["sector"]) for move in begun}
    found = []
    for row in run.in_force():
        if row["target"] == me and row["sender"] != me and row["lever"] not in FRIENDLY:
            move = {"state": row["sender"], "lever": row["lever"], "target": me, "sector": row["sector"], "value": row["level"]}
            first = run.since(str(row["measure"]))
            key = "from_start" if first == 0 and (move["state"], move["lever"], move["sector"]) in there else "since"
            found.append((first, w.t(f"seat.decide.{key}", what=plain(move_words(move, places, w)), when=w.quarter(first, places.start))))
    return [line for _, line in sorted(found, key=lambda pair: -pair[0])]


def whose(places: Atlas, w: Words) -> str:
    """Whose concession a class is asked about: everybody of whom something is asked; empty where there is no dispute."""
    names = [plain(places.state(state)) for state in dict.fromkeys(dispute.target for dispute in places.disputes)]
    return w.t("room.standing.whose", count=len(names), names=w.joined(names)) if names else ""


def quiet(run: ClassRun) -> bool:
    """Whether nothing anybody did has moved any state's real income noticeably so far."""
    now, without = run.wide("real_income"), run.wide("real_income", untouched=True)
    return bool((100.0 * (now / without - 1.0)).abs().max().max() < NOTHING)


def _parties(row: Mapping[Any, Any]) -> set[str]:
    return {str(row["sender"]), str(row["target"]), *str(row["senders"]).split()}


def _who_acts(row: Mapping[Any, Any], run: ClassRun) -> tuple[list[str], list[str]]:
    """The senders of a dispute whose measures against the target are in force now, and those who have withdrawn theirs since the start."""
    target, setting = str(row["target"]), run.places.setting
    spec = next((one for one in run.places.disputes if one.id == row["dispute"]), None)
    asking = list(dict.fromkeys([*(spec.senders if spec is not None else ()), *str(row["senders"]).split()]))
    against = run.measures[(run.measures["target"] == target) & ~run.measures["lever"].isin(FRIENDLY)]
    ever = set(against["sender"]) | {order.state for order in (setting.measures if setting is not None else ()) if order.target in (target, EVERYONE)}
    now = set(against[against["quarter"] == run.quarters - 1]["sender"])
    return [state for state in asking if state in now], [state for state in asking if state in ever - now]


def _told(row: Mapping[Any, Any], due: int | None, run: ClassRun, w: Words) -> str:
    def name(state: str) -> str:
        return plain(run.places.state(state))

    acting, gone = _who_acts(row, run)
    stage, package = str(row["stage"]), str(row["package"] or "").replace(" ", "_")
    issue = next((str(one.issue) for one in run.places.disputes if one.id == row["dispute"]), str(row["dispute"]))
    values = {
        "leader": name(str(row["sender"])), "target": name(str(row["target"])), "issue": plain(issue.rstrip(".")),
        "demand": w.percent(100 * float(row["demand"]), 0), "policy": w.percent(100 * float(row["policy"]), 0),
        "senders": w.joined([name(state) for state in acting]) or name(str(row["sender"])),
    }  # fmt: skip
    said = w.t(f"room.standing.{stage}", **values)
    if stage in ASKING:
        said += " " + w.t("room.standing.so_far" if float(row["policy"]) >= LEAST else "room.standing.so_far_nothing", policy=values["policy"])
    if gone and stage in HELD:
        said += " " + w.t("room.standing.gone", count=len(gone), names=w.joined([name(state) for state in gone]))
    if stage == CALLED_FOR and package:
        said += " " + w.t("room.standing.package", package=w.t(f"naming.package.{package}"))
    if stage == CALLED_FOR and due is not None:
        said += " " + w.t("room.standing.due", when=w.quarter(due, run.places.start))
    return said
