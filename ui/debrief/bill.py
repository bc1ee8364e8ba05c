"""The four bills: who paid, in one unit."""

from __future__ import annotations

from sim import api
from ui.charts.four_bills import four_bills
from ui.debrief.course import picture
from ui.debrief.hindsight import Hindsight
from ui.debrief.panels import Panel, Table


def bill(seen: Hindsight) -> Panel:
    """The panel. Where nobody was under measures, four zeros, said as such."""
    w, heading = seen.w, seen.w.t("debrief.bills.heading")
    columns = (w.t("charts.four_bills.who"), w.t("charts.four_bills.percent"), w.t("charts.four_bills.money"))
    try:
        paid = api.bills(seen.run, seen.twin, seen.target or None, _senders(seen))
    except api.Refusal:
        target = seen.name(seen.target) if seen.target else w.t("debrief.bills.target")
        groups = [w.t(f"charts.four_bills.{name}", target=target) for name in ("ordinary", "elite", "senders", "third_parties")]
        zeros = tuple((name, w.number(0, 2), w.number(0, 2)) for name in groups)
        return Panel("bills", heading, (w.t("debrief.bills.nobody"),), tables=(Table(columns, zeros),))
    chart = four_bills(paid, seen.name(paid.target), w)
    rows = tuple((str(name), w.number(percent, 2), w.number(money, 2)) for name, percent, money in chart.table.itertuples(index=False))
    text = w.t("debrief.bills.text", target=seen.name(paid.target), since=seen.label(paid.since), senders=w.joined([seen.name(one) for one in paid.senders]))
    return Panel("bills", heading, (text,), pictures=(picture(chart),), tables=(Table(columns, rows),), note=w.t("debrief.bills.note"))


def _senders(seen: Hindsight) -> list[str] | None:
    """The senders of the disputes with the main target; None, where there is no dispute, means all who used a restrictive measure on it."""
    found = {state for spec in seen.setting.disputes if spec.target == seen.target for state in spec.senders}
    return [state for state in seen.setting.state_ids if state in found] or None
