"""A debrief of senders with two targets: what the twin lifts is what the panels name, and every page counts the same states."""

from __future__ import annotations

import pytest

from sim import api
from ui.catalogue import scenario
from ui.charts.people_pay import people_pay
from ui.debrief.bill import bill
from ui.debrief.hindsight import Hindsight
from ui.debrief.story import Story
from ui.outcome import first_difference, roles_of
from ui.text import words

W = words()
NAME = "marriage-of-convenience"


@pytest.fixture(scope="module")
def seen() -> Hindsight:
    """Six quarters of measures on Vostra and on Karstia, as the scenario has them, without governments."""
    setting = scenario(NAME)
    return Hindsight(Story(setting, 1, 6, setting.theory, setting.timetable, governments=False), W)


def test_the_bills_name_every_target_whose_measures_the_twin_lifts(seen: Hindsight) -> None:
    panel = bill(seen)
    assert "Targets: Vostra and Karstia. Senders: Aurelia and Brennia." in panel.text[0]
    assert panel.tables[0].rows[0][0] == "Ordinary households of Vostra and Karstia"


def test_the_debrief_and_the_world_bill_the_same_groups_the_same(seen: Hindsight) -> None:
    """Costs here, changes there: equal but for the sign."""
    now, before = (one.record.series("households", "disposable") for one in (seen.run, seen.twin))
    since = first_difference(seen.outcome, seen.before)
    chart = people_pay(now, before, seen.setting.state_ids, roles_of(seen.outcome, seen.setting), seen.names, since, W)
    assert chart is not None
    table = chart.table.set_index("Group")["What it can spend, USD bn a year"]
    paid = api.bills(seen.run, seen.twin, seen.roles.target, seen.roles.sender).bills
    groups = {"Ordinary people (targets)": "ordinary", "Richest fifth, the elite (targets)": "elite", "Senders": "senders", "Third parties": "third_parties"}
    for name, group in groups.items():
        assert table[name] == pytest.approx(-getattr(paid, group).billions), name


def test_the_other_target_is_no_third_party_of_a_verdict(seen: Hindsight) -> None:
    """Trade kept with Vostra: with Karstia left out, by hand."""
    ids = list(seen.setting.state_ids)
    place = ids.index("VOSTRA")
    third = [ids.index(state) for state in seen.roles.third]
    trade = [one.record.series("trade", "true_value") for one in (seen.run, seen.twin)]
    kept = [flows[:, place][:, third].sum() + flows[:, third][:, :, place].sum() for flows in trade]
    assert api.verdicts(seen.run, seen.twin, "strait").trade_kept == pytest.approx(kept[0] / kept[1])
