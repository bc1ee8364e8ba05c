"""The guided first play: one case, three bets, each before its reveal, in under five minutes. Here is what happens; the page only draws it.

The case is a shipped scenario with a fixed seed. Three runs are compared, each with its own twin without any measure: all measures, only those
that leave trade alone, and all measures under other luck.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from sim import api
from ui.bets import STAKES
from ui.catalogue import scenario
from ui.outcome import YEAR, Outcome, first_difference, nothing_added, play, roles_of
from ui.roles import Roles
from ui.view import Choice, View, own_measures

CASE = View("who-pays", seed=21)
OTHER_SEED = 1
TRADE_BANS = ("import_ban", "export_ban")
STAKE = STAKES["real_income"]
MOST_LOSS = 30.0  # percent, the end of the slider
ABOUT = 0.15  # two amounts of dollars that differ by less count as the same
MORE, LITTLE = 0.5, 0.25  # share of the loss that is left
SAME = 1.0  # percentage points: less than this is the same loss

Size = Literal["more", "part", "little"]
Payer = Literal["target", "senders", "same"]
Luck = Literal["less", "same", "more"]


@dataclass(frozen=True)
class Bill:
    """What a run cost from the quarter in which measures began: percent of own income, and USD bn a year (positive: lost)."""

    now: Outcome
    before: Outcome
    roles: Roles
    since: int

    def percent(self, states: tuple[str, ...]) -> float:
        """Loss of these states together, % of what they would have had."""
        mine, theirs = (self._sum(one, states) for one in (self.now, self.before))
        return 100.0 * (1.0 - mine / theirs)

    def billions(self, states: tuple[str, ...]) -> float:
        """Loss of these states together, USD bn a year."""
        mine, theirs = (self._sum(one, states) for one in (self.now, self.before))
        return YEAR * (theirs - mine) / max(self.now.quarters - self.since, 1)

    def _sum(self, run: Outcome, states: tuple[str, ...]) -> float:
        return float(run.wide("real_income")[list(states)].iloc[self.since :].to_numpy().sum())


@dataclass(frozen=True)
class Case:
    """The case and its three runs, each worked out when it is first asked for: the bets are read before anything is played."""

    setting: api.Scenario

    @cached_property
    def all(self) -> Bill:
        """All measures."""
        return _bill(CASE, self.setting)

    @cached_property
    def payments(self) -> Bill:
        """Only the measures that leave trade alone."""
        return _bill(replace(CASE, choice=only_payments(self.setting)), self.setting)

    @cached_property
    def luck(self) -> Bill:
        """All measures under other luck."""
        return _bill(replace(CASE, seed=OTHER_SEED), self.setting)

    @property
    def target(self) -> tuple[str, ...]:
        """The target, as a tuple of one id."""
        return (self.setting.disputes[0].target,)

    @property
    def senders(self) -> tuple[str, ...]:
        """Those who want its policy changed."""
        return self.setting.disputes[0].senders

    @property
    def loss(self) -> float:
        """The target's loss under all measures, %."""
        return self.all.percent(self.target)

    @property
    def payer(self) -> Payer:
        """Who pays more dollars."""
        target, senders = self.all.billions(self.target), self.all.billions(self.senders)
        if abs(target - senders) <= ABOUT * max(abs(target), abs(senders)):
            return "same"
        return "target" if target > senders else "senders"

    @property
    def left(self) -> Size:
        """How much of the target's loss is left when trade is let alone."""
        share = self.payments.billions(self.target) / self.all.billions(self.target)
        return "more" if share >= MORE else "part" if share >= LITTLE else "little"

    @property
    def other_luck(self) -> Luck:
        """Whether the target loses less or more under other luck."""
        gap = self.luck.percent(self.target) - self.loss
        return "same" if abs(gap) < SAME else "more" if gap > 0 else "less"


def ready() -> bool:
    """Whether the case can be played: its scenario ships."""
    return CASE.scenario in dict(api.scenarios())


def case() -> Case:
    """The case. Raises `Refusal` where its scenario cannot be read; its runs may raise `NoEquilibrium`."""
    return Case(scenario(CASE.scenario))


def only_payments(setting: api.Scenario) -> Choice:
    """The scenario's measures without the bans on trade."""
    return Choice(frozenset(place for place, order in enumerate(own_measures(setting)) if order.lever in TRADE_BANS))


def amount(low: float, high: float, value: float) -> Literal["inside", "below", "above"]:
    """Where a value lies against a bet of a range, both ends included."""
    return "inside" if low <= value <= high else "below" if value < low else "above"


def ended(bill: Bill) -> tuple[str, int] | None:
    """In which stage the first dispute with the target stood at the end, and since which quarter; None without one."""
    rows = [row for row in bill.now.run.record.rows("disputes") if row[3] in bill.roles.target]
    if not rows:
        return None
    last = rows[-1]
    since = last[0]
    for row in reversed([row for row in rows if row[1] == last[1]]):
        if row[5] != last[5]:
            break
        since = row[0]
    return str(last[5]), int(since)


def _bill(view: View, setting: api.Scenario) -> Bill:
    now, before = play(view, view.choice, setting), play(view, nothing_added(setting), setting)
    return Bill(now, before, roles_of(now, setting), first_difference(now, before))
