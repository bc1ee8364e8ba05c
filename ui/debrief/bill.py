"""The four bills: who paid, in one unit."""

from __future__ import annotations

from sim import api
from ui.charts.four_bills import decimals, four_bills
from ui.debrief.course import picture
from ui.debrief.hindsight import Hindsight
from ui.debrief.panels import Panel, Table


def bill(seen: Hindsight) -> Panel:
    """The panel: all measures are lifted in the twin, so all targets count together. Where nobody was under measures, four zeros, said as such."""
    w, heading, roles = seen.w, seen.w.t("debrief.bills.heading"), seen.roles
    columns = (w.t("charts.four_bills.who"), w.t("charts.four_bills.percent"), w.t("charts.four_bills.money"))
    try:
        paid = api.bills(seen.run, seen.twin, roles.target or None, roles.sender or None)
    except api.Refusal:
        targets = seen.together(roles.target) or w.t("debrief.bills.target")
        groups = [w.t(f"charts.four_bills.{name}", target=targets) for name in ("ordinary", "elite", "senders", "third_parties")]
        zeros = tuple((name, w.number(0, decimals(0)), w.number(0, 2)) for name in groups)
        return Panel("bills", heading, (w.t("debrief.bills.nobody"),), tables=(Table(columns, zeros),))
    targets = seen.together(paid.targets)
    chart = four_bills(paid, targets, w)
    rows = tuple((str(name), w.number(percent, decimals(percent)), w.number(money, 2)) for name, percent, money in chart.table.itertuples(index=False))
    senders = seen.together(paid.senders) or w.t("debrief.bills.no_senders")
    text = w.t("debrief.bills.text", targets=targets, since=seen.label(paid.since), senders=senders)
    return Panel("bills", heading, (text,), pictures=(picture(chart),), tables=(Table(columns, rows),), note=w.t("debrief.bills.note"))
