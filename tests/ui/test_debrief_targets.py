"""A debrief of senders with two targets: what the twin lifts is what the panels name, and every page counts the same states."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim import api
from ui.catalogue import scenario
from ui.charts.people_pay import people_pay
from ui.debrief.bill import bill
from ui.debrief.course import course
from ui.debrief.facts import Facts
from ui.debrief.fork import fork
from ui.debrief.hindsight import Hindsight
from ui.debrief.story import Story, play
from ui.debrief.timeline import told
from ui.debrief.turning import RULES
from ui.outcome import against, deals, first_difference, roles_of
from ui.pages.politics_parts import _summary
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


def test_the_worst_quarter_is_that_of_all_targets_together_as_in_how_it_went(seen: Hindsight) -> None:
    """Vostra and Karstia as one, by hand; the sentence names both."""
    (found,) = [turn for turn in seen.turns if turn.kind == "bottom"]
    lost = seen.lost(seen.run, ["VOSTRA", "KARST"])
    assert (found.quarter, found.amount) == (int(lost.argmin()), pytest.approx(-float(lost.min())))
    assert "Vostra and Karstia together lack most" in told(found, seen)


def test_a_follower_that_lifts_its_measures_on_a_target_is_a_turning_point_though_no_event_tells_it(seen: Hindsight) -> None:
    """Brennia withdraws all it has against Vostra in quarter 1 and keeps what it has against Karstia."""
    lifted = [replace(order, quarter=1, value=None) for order in seen.setting.measures if (order.state, order.target) == ("BRENN", "VOSTRA")]
    assert lifted
    other = Hindsight(replace(seen.story, orders=(*seen.story.orders, *lifted)), W)
    (found,) = [turn for turn in other.turns if turn.kind == "defection"]
    assert (found.quarter, found.who, found.other, found.dispute) == (1, "BRENN", "VOSTRA", "strait")
    assert not [turn for turn in seen.turns if turn.kind == "defection"]


def test_the_first_agreement_of_two_targets_is_a_turning_point_of_its_own(seen: Hindsight) -> None:
    """Lethe and Vostra agree first; Karstia and Vostra, both under measures, a quarter later."""
    run = play(replace(seen.story, quarters=2))
    for quarter, states in ((1, "LETHE VOSTRA"), (2, "KARST VOSTRA"), (3, "KARST VOSTRA")):
        run.record.row("events", quarter, "agreement", states, "an agreement")
    found = {kind: RULES[kind](Facts(run, seen.twin)) for kind in ("closer", "deal")}
    expected = {"deal": (1, "LETHE", "VOSTRA"), "closer": (2, "KARST", "VOSTRA")}
    assert {kind: (turn.quarter, turn.who, turn.other) for kind, turn in found.items() if turn} == expected


def test_sentence_chart_and_table_of_a_fork_speak_of_the_same_targets(seen: Hindsight) -> None:
    panel = fork(seen)
    _, played, other = panel.tables[0].rows[1]
    assert "Vostra and Karstia" in panel.text[1]
    assert panel.pictures[0].says.endswith(f"{played} as played, {other} on the fork.")
    assert "Vostra and Karstia" in panel.pictures[0].says


def test_measures_and_deals_at_the_end_are_counted_alike_on_every_page(seen: Hindsight) -> None:
    """Those with a target that are not meant to help, from the table; Politics, the World and the debrief ask the same function."""
    last = seen.run.measures[seen.run.measures["quarter"] == 5]
    aimed = [row for row in last.itertuples() if row.target and not api.LEVERS[row.lever].friendly]
    assert 0 < len(aimed) == against(seen.run, 5) == seen.sums(seen.run).measures
    _, deals_cell, measures_cell = _summary(seen.outcome, W)
    held, measures = deals(seen.run)[1], seen.sums(seen.run).measures
    assert deals_cell.endswith(f"; {held}")
    assert measures_cell.startswith(f"{measures}; ")


def test_a_class_whose_world_began_with_measures_reads_why_its_rounds_had_other_numbers(seen: Hindsight) -> None:
    """In the rounds the measures of the start go on in what is compared with; not in the Lab, and not where a world begins without measures."""
    bridge = W.t("debrief.course.rounds")
    held = replace(seen.story, held=(("AUREL", 0, 5),))
    quiet = scenario("first-warning")
    without = Story(quiet, 1, 4, quiet.theory, quiet.timetable, held=(("ALBORA", 0, 3),))
    assert not quiet.measures and seen.setting.measures
    assert [course(Hindsight(story, W)).note.endswith(bridge) for story in (held, seen.story, without)] == [True, False, False]
