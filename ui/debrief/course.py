"""The course of the run: prices and incomes over time, and where the trade of the main target went."""

from __future__ import annotations

from sim import api
from ui.charts.apart import apart, pairs_of
from ui.charts.chart import Chart
from ui.charts.over_time import over_time, role_changes
from ui.charts.trade_moved import trade_moved
from ui.debrief.hindsight import Hindsight
from ui.debrief.panels import Panel, Picture
from ui.outcome import YEAR


def picture(chart: Chart) -> Picture:
    """A chart as the debrief keeps it."""
    return Picture(chart.specs, chart.takeaway)


def course(seen: Hindsight) -> Panel:
    """The panel."""
    w, now, before = seen.w, seen.outcome, seen.before
    changes = role_changes((now.wide("real_income"), before.wide("real_income")), (now.wide("price_index"), before.wide("price_index")), seen.roles)
    pictures = [picture(over_time(changes, seen.roles, seen.names, seen.times, w))]
    if seen.target:
        last = now.quarters - 1
        first = max(0, last - YEAR + 1)
        trade = now.partners(seen.target, first, last), before.partners(seen.target, first, last)
        pictures.append(picture(trade_moved(*trade, seen.target, seen.roles, seen.names, w)))
    found = pairs_of(api.alike(seen.run))
    if found:
        pair, paths = next(iter(found.items()))
        pictures.append(picture(apart(paths, [seen.name(state) for state in pair], seen.times, w)))
    return Panel("course", w.t("debrief.course.heading"), pictures=tuple(pictures), note=_note(seen))


def _note(seen: Hindsight) -> str:
    """What everything is compared with. A class whose world began with measures compared with those going on in its rounds."""
    bridge = f" {seen.w.t('debrief.course.rounds')}" if seen.story.held and seen.setting.measures else ""
    return seen.w.t("debrief.course.note") + bridge
