"""The debrief by hand: turning points by rule, forks, wagers, polls, and what every shipped scenario gets."""

from __future__ import annotations

from dataclasses import asdict, replace
from types import SimpleNamespace

import pytest

from sim import api
from sim.analysis.verdicts import Account
from tests.scenarios_tried import EVERYTHING, FEW
from tests.ui.pdf_pages import sizes
from ui.catalogue import scenario
from ui.charts.calibration import calibration
from ui.charts.opinion import opinion
from ui.debrief.as_html import as_html
from ui.debrief.as_pdf import as_pdf
from ui.debrief.fork import fork, sentence, title
from ui.debrief.forks import suggestions
from ui.debrief.hindsight import Hindsight
from ui.debrief.judged import _dispute, _parted, _row, judged
from ui.debrief.make import PARTS, debrief, made
from ui.debrief.opinions import opinions
from ui.debrief.panels import Debrief, Panel, as_data, from_data
from ui.debrief.story import Story, of_class, of_view, play, twin
from ui.debrief.theories import theories
from ui.debrief.timeline import timeline
from ui.debrief.timeline import told as told_turn
from ui.debrief.turning import MOST, RULES, Turn, turning_points
from ui.debrief.wagers import Wager, bets, calibrated, came_true, surprise
from ui.outcome import nothing_added
from ui.outcome import play as lab_play
from ui.text import words
from ui.view import View

W = words()
SCENARIOS = [name for name, _ in api.scenarios()]
THREAT = api.Decision(0, "ALBORA", "threat", "TESSIA", "", 0.75, {"package": "payments", "dispute": "canal"})
CARRIED_OUT = api.Decision(2, "ALBORA", "payment_exclusion", "TESSIA", "*", 0.4, {"dispute": "canal"})
BACK_DOWN = api.Decision(2, "ALBORA", "retraction", "TESSIA", "", 1.0, {"dispute": "canal"})
CONCESSION = api.Decision(1, "TESSIA", "concession", "ALBORA", "", 1.0, {"dispute": "canal"})


def story(name: str, *orders: api.Decision, quarters: int = 0, governments: bool = False) -> Story:
    """A scenario with these orders beside its timetable."""
    setting = scenario(name)
    return Story(setting, 1, quarters or setting.quarters, setting.theory, (*setting.timetable, *orders), governments=governments)


def turns(told: Story, target: str = "TESSIA") -> dict[str, Turn]:
    return {turn.kind: turn for turn in turning_points(play(told), twin(told), [target])}


def seen_of(name: str, seed: int = 1) -> Hindsight:
    return Hindsight(of_view(View(name, seed=seed), scenario(name)), W)


def test_a_threat_that_is_carried_out_is_found_with_its_quarter() -> None:
    """Threatened in quarter 0, measures put in force in quarter 2."""
    found = turns(story("first-warning", THREAT, CARRIED_OUT, quarters=5))
    assert (found["threat"].quarter, found["threat"].who, found["threat"].other) == (0, "ALBORA", "TESSIA")
    assert (found["carried_out"].quarter, found["carried_out"].who, found["carried_out"].other) == (2, "ALBORA", "TESSIA")
    assert found["carried_out"].dispute == "canal"
    assert "imposed" not in found
    assert "hidden" not in found


def test_a_threat_that_works_is_a_hidden_success_and_no_measure() -> None:
    found = turns(story("first-warning", THREAT, CONCESSION, quarters=4))
    assert (found["hidden"].quarter, found["hidden"].who, found["hidden"].other) == (1, "TESSIA", "ALBORA")
    assert "carried_out" not in found


def test_measures_of_the_first_quarter_are_not_taken_for_those_from_before() -> None:
    """triangle has none at the start; marriage-of-convenience has."""
    ban = api.Decision(0, "A", "import_ban", "B", "*", 0.5)
    found = turns(story("triangle", ban), "B")
    assert "start" not in found
    assert turns(story("marriage-of-convenience"), "KARST")["start"].quarter == 0


def test_a_threat_taken_back_is_an_empty_one() -> None:
    found = turns(story("first-warning", THREAT, BACK_DOWN, quarters=5))
    assert (found["lapsed"].quarter, found["lapsed"].who) == (2, "ALBORA")


def test_the_worst_quarter_is_where_the_target_lacks_most_against_the_twin() -> None:
    """triangle: the ban begins in quarter 2, so nothing is lacking before; the largest gap of the two series is named."""
    told = story("triangle")
    run, other = play(told), twin(told)
    place = told.setting.state_ids.index("B")
    lost = 100 * (1 - run.record.series("states", "real_income")[:, place] / other.record.series("states", "real_income")[:, place])
    found = turns(told, "B")["bottom"]
    assert found.quarter == int(lost.argmax()) >= 2
    assert found.amount == pytest.approx(float(lost.max()))


def test_the_worst_quarter_of_a_threat_alone_is_not_told_as_one_under_measures() -> None:
    """A threat that is taken back: what the target lacks cannot come of measures. One that is carried out has its worst quarter under them."""
    for orders, said in (((THREAT, BACK_DOWN), "No restrictive measure had been in force until then"), ((THREAT, CARRIED_OUT), "without the measures.")):
        seen = Hindsight(story("first-warning", *orders), W)
        (worst,) = [turn for turn in seen.turns if turn.kind == "bottom"]
        assert said in told_turn(worst, seen)
        assert ("measures" in told_turn(worst, seen)) == (orders[-1] is CARRIED_OUT)


def test_a_quiet_world_has_no_turning_point_and_says_so() -> None:
    told = replace(story("triangle"), orders=())
    assert turns(told, "B") == {}
    panel = timeline(Hindsight(told, W))
    assert panel.steps == ()
    assert "Nothing turned" in panel.text[0]


def test_turning_points_stand_in_order_of_time_and_fit_a_page() -> None:
    for name in SCENARIOS:
        seen = seen_of(name)
        quarters = [turn.quarter for turn in seen.turns]
        assert quarters == sorted(quarters)
        assert 1 <= len(quarters) <= MOST
        assert {turn.kind for turn in seen.turns} <= {*RULES, "bottom"}


def test_every_kind_of_turning_point_has_a_name_and_a_sentence() -> None:
    for kind in (*RULES, "bottom"):
        assert W.t(f"debrief.turn.{kind}.name")
        assert W.maybe(f"debrief.turn.{kind}.text")


def test_the_twin_has_no_measure_from_the_first_quarter_on() -> None:
    told = story("marriage-of-convenience", governments=True)
    assert len(play(told).record.rows("measures")) > 0
    assert twin(told).record.rows("measures") == []


def test_the_run_and_the_twin_are_those_of_the_lab() -> None:
    setting, view = scenario("marriage-of-convenience"), View("marriage-of-convenience", seed=3)
    told = of_view(view, setting)
    for mine, of_lab in ((play(told), view.choice), (twin(told), nothing_added(setting))):
        assert mine.digests == lab_play(view, of_lab, setting).run.digests


def test_leaving_an_order_out_leaves_out_a_measure_in_force_at_the_start_too() -> None:
    told = story("marriage-of-convenience")
    first = told.setting.measures[0]
    kinds = [{(row[2], row[3], row[4]) for row in play(told, left_out=out).record.rows("measures")} for out in ((), (first,))]
    assert kinds[0] - kinds[1] == {(first.lever, first.state, first.target)}


def test_a_forced_choice_is_taken_and_the_luck_before_it_stays() -> None:
    seen = seen_of("marriage-of-convenience")
    choice = next(one for one in seen.run.record.choices if one.quarter > 0 and one.runner_up is not None and not one.decision.startswith("vote"))
    again = play(seen.story, forced={(choice.quarter, choice.state, choice.decision): str(choice.runner_up)})
    before = [(one.quarter, one.state, one.decision, one.chosen) for one in seen.run.record.choices if one.quarter < choice.quarter]
    assert [(one.quarter, one.state, one.decision, one.chosen) for one in again.record.choices if one.quarter < choice.quarter] == before
    taken = next(one for one in again.record.choices if (one.quarter, one.state, one.decision) == (choice.quarter, choice.state, choice.decision))
    assert taken.chosen == choice.runner_up


def test_the_first_fork_of_a_threat_carried_out_by_people_is_not_to_carry_it_out() -> None:
    told = story("first-warning", THREAT, CARRIED_OUT, quarters=5)
    run = play(told)
    found = suggestions(told, run, turning_points(run, twin(told), ["TESSIA"]))
    assert found[0].turn.kind == "carried_out"
    assert found[0].left_out == (CARRIED_OUT,)
    panel = fork(Hindsight(told, W))
    assert "had left things with Tessia as they were" in panel.text[0]
    _, played, other = panel.tables[0].rows[1]
    lost, lost_by_words = (float(text.removesuffix("\N{NO-BREAK SPACE}%").replace("\N{MINUS SIGN}", "-")) for text in (played, other))
    assert lost < 3.0 * lost_by_words < 0.0  # the threat alone keeps some from new deals


def test_a_fork_says_when_it_changes_nothing_and_what_it_changes() -> None:
    seen = seen_of("who-pays")
    assert "next to nothing" in sentence(40.0, 40.2, 0.01, seen)
    said = sentence(0.0, 60.0, -1.26, seen)
    assert "60\N{NO-BREAK SPACE}% instead of 0\N{NO-BREAK SPACE}%" in said
    assert "poorer by 1.3" in said


def test_a_balance_of_nothing_is_said_as_even_and_not_as_nought_percent() -> None:
    said = {value: _row("signal", Account(value, "", "failure"), seen_of("triangle"), {})[2] for value in (0.0, 0.5, -0.5)}
    assert "as many joined as traded on" in said[0.0]
    assert "joined were more than those who traded on; the difference is 50" in said[0.5]
    assert "traded on were more than those who joined; the difference is 50" in said[-0.5]


def test_orders_of_people_hold_their_seats_and_the_timetable_is_theirs_to_leave_out() -> None:
    """Arden is held for two quarters, so its timetable of quarter 2 falls away only if it is held then."""
    what = {"scenario": "who-pays", "seed": 1, "theory": "", "moves": [], "injects": [], "upto": 4}
    free, held = (of_class({**what, "held": rows}) for rows in ([], [["ARDEN", 0, 3]]))
    gone = [order for order in free.orders if order not in held.orders]
    assert gone
    assert {order.state for order in gone} == {"ARDEN"}
    assert held.by_people("ARDEN", 3)
    assert not held.by_people("ARDEN", 4)


def settled_by_answer() -> Hindsight:
    """off-ramp held by two teams: Valoria offers relief and Ismara a part in quarter 0, Valoria takes the part in quarter 2."""
    relief = api.Decision(0, "VALOR", "offer_settlement", "ISMAR", "", 0.6, {"dispute": "mines"})
    part = api.Decision(0, "ISMAR", "offer_part", "VALOR", "", 0.6)
    taken = api.Decision(2, "VALOR", "answer_offer", "ISMAR", "", 1.0)
    held = [["ISMAR", 0, 3], ["VALOR", 0, 3]]
    moves = [asdict(relief), asdict(part), asdict(taken)]
    return Hindsight(of_class({"scenario": "off-ramp", "seed": 1, "theory": "", "moves": moves, "injects": [], "held": held, "upto": 4}), W)


def test_a_settlement_is_laid_to_the_team_that_took_the_offer() -> None:
    step = next(step for step in timeline(settled_by_answer()).steps if step.kind == "A settlement")
    assert step.why == "The team that spoke for Valoria ordered it."


@pytest.mark.parametrize("orders, words", [([THREAT], "let the deadline pass"), ([THREAT, BACK_DOWN], "ordered it")])
def test_a_team_that_does_nothing_lets_its_threat_lapse_and_one_that_backs_down_orders_it(orders: list[api.Decision], words: str) -> None:
    held = [["ALBORA", first, first + 1] for first in (0, 2, 4, 6)]
    what = {"scenario": "first-warning", "seed": 3, "theory": "", "moves": [asdict(order) for order in orders], "injects": [], "held": held, "upto": 8}
    told = Hindsight(of_class({**what, "per_round": 2}), W)
    step = next(step for step in timeline(told).steps if step.kind == "An empty threat")
    assert step.why == f"The team that spoke for Albora {words}."


def test_what_was_in_force_before_the_first_quarter_comes_first() -> None:
    first, second = settled_by_answer().turns[:2]
    assert (first.kind, first.quarter) == ("start", 0)
    assert (second.kind, second.quarter) == ("part", 0)


def test_the_fork_of_measures_from_before_leaves_out_those_alone() -> None:
    """Not what was ordered in the first quarter, such as the offer of relief; and it is not told as a deed of that quarter."""
    seen = settled_by_answer()
    found = next(one for one in suggestions(seen.story, seen.run, seen.turns) if one.turn.kind == "start")
    assert {order.lever for order in found.left_out} == {"import_ban", "payment_exclusion"}
    said = title(found, seen)
    assert said == "What if, from the start, nothing had been in force from Valoria against Ismara of this: import ban and payment exclusion?"


def test_what_is_left_of_a_demand_is_not_told_as_a_share_of_the_policy() -> None:
    """Of a demand for 80 % of the policy 60 % is met: 48 % of the policy is changed, and 40 % of the demand is not met."""
    _, table = _dispute(settled_by_answer().setting.disputes[0].id, settled_by_answer())
    assert table is not None
    assert table.rows[3][2].startswith("40\N{NO-BREAK SPACE}% of the demand not met")


def wager(low: float, high: float, value: float | None, sure: float = 80.0, round: int = 1) -> Wager:
    return Wager(round, 2 * round - 1, "Arden", "exports", low, high, sure, value, 80.0)


def test_calibration_counts_bets_by_how_sure_they_were() -> None:
    """Two bets 80 % sure, one true: 50 %. One bet 95 % sure and true: 100 %. A bet that cannot be told does not count."""
    rows = calibrated([wager(0, 10, 5), wager(0, 10, 20), wager(-5, 5, 0, sure=95), wager(0, 1, None)])
    assert rows == [(80.0, 50.0, 2), (95.0, 100.0, 1)]
    assert "surer than it should" in calibration(rows[:1], W).takeaway
    assert "as often as the class said" in calibration([(80.0, 75.0, 4)], W).takeaway
    assert "less sure than it could" in calibration([(60.0, 100.0, 4)], W).takeaway


def test_the_largest_surprise_is_the_bet_furthest_from_its_range() -> None:
    """0 to 10 with 20: 10 of 80 points off. 0 to 10 with -30: 30 of 80 points off, in round 3, whose last quarter is 5."""
    (found,) = surprise([wager(0, 10, 20, sure=95), wager(0, 10, -30, round=3), wager(0, 10, 5)], W)
    assert found[0] == 5
    assert "round 3" in found[1]
    assert "only \N{MINUS SIGN}30" in found[1]
    assert surprise([wager(0, 10, 5)], W) == []
    assert surprise([], W) == []


def test_the_bets_panel_is_never_empty() -> None:
    assert not bets([], W).empty
    assert not bets([wager(0, 10, None)], W).empty
    assert "1 of 2 bets" in bets([wager(0, 10, 5), wager(0, 10, 20)], W).text[0]


@pytest.mark.parametrize(
    "hits, count, english, spanish",
    [
        (1, 1, "The only bet came true.", "Se cumplió la única apuesta."),
        (0, 1, "The only bet did not come true.", "No se cumplió la única apuesta."),
        (0, 3, "None of the 3 bets came true.", "No se cumplió ninguna de las 3 apuestas."),
        (1, 2, "1 of 2 bets came true.", "Se cumplió 1 de 2 apuestas."),
        (2, 3, "2 of 3 bets came true.", "Se cumplieron 2 de 3 apuestas."),
    ],
)
def test_small_counts_of_bets_are_told_as_people_say_them(hits: int, count: int, english: str, spanish: str) -> None:
    assert (came_true(hits, count, W), came_true(hits, count, words("es"))) == (english, spanish)


def test_opinions_of_those_who_answered_both_times_are_set_side_by_side() -> None:
    """Both times: 20, 60, 40 before (mean 40) and 80, 80, 50 after (mean 70). The 0 of who answered before only counts for neither."""
    before, after, twice = [0.0, 20.0, 40.0, 60.0], [50.0, 80.0, 80.0], [(20.0, 80.0), (40.0, 50.0), (60.0, 80.0)]
    assert "The 3 people who answered both times thought 40\N{NO-BREAK SPACE}% likely on average before, 70" in opinion(before, after, twice, W).takeaway
    panel = opinions("How likely?", before, after, twice, W)
    assert "4 answered before and 3 after" in panel.text[-1]
    row = panel.tables[0].rows[0]
    assert [cell.replace("\N{NO-BREAK SPACE}", "") for cell in row[1:]] == ["3", "40%", "20%", "60%"]
    assert not any("answered before and" in line for line in opinions("How likely?", before[1:], after, twice, W).text)


def test_few_answers_are_counted_and_have_no_mean() -> None:
    """100 falls into the last bar. Two people make no class, and those who answered once only are not compared with others."""
    chart = opinion([100.0], [], [], W)
    assert chart.table.iloc[-1].tolist() == ["before", "80–100", 1]
    assert chart.takeaway == "1 answer: too few for a mean."
    assert not opinions("How likely?", [], [], [], W).empty
    panel = opinions("How likely?", [20.0, 60.0, 70.0], [80.0], [(20.0, 80.0)], W)
    assert panel.pictures[0].says == "Answers: 3 before and 1 after; answered both times: 1. That is too few to compare."
    assert panel.tables[0].rows[1][1:] == ("1", "–", "–", "–")
    assert opinions("How likely?", [20.0, 60.0], [80.0], [(20.0, 80.0)], W).tables == ()
    assert "The 3 people who answered before anything happened thought 50" in opinion([20.0, 60.0, 70.0], [], [], W).takeaway


def test_all_senders_that_act_in_a_quarter_stand_at_the_turning_point() -> None:
    """Arden, Belmora and Galvia begin their measures on Corvane in one quarter; alone in it nobody is said to act with others."""
    seen = seen_of("who-pays")
    (turn,) = [turn for turn in seen.turns if turn.kind == "imposed"]
    assert (turn.who, turn.also) == ("ARDEN", ("BELMORA", "GALVIA"))
    assert "against Corvane. Belmora and Galvia do so in the same quarter." in told_turn(turn, seen)
    assert "in the same quarter" not in told_turn(replace(turn, also=()), seen)


def test_a_class_reads_in_which_round_a_turning_point_and_a_fork_lay() -> None:
    """Two quarters a round, the first round being 1: quarter 0 is round 1, quarter 2 round 2. Alone there are no rounds."""
    told = story("first-warning", THREAT, CARRIED_OUT, quarters=5)
    alone, together = Hindsight(told, W), Hindsight(replace(told, per_round=2), W)
    assert [together.moment(quarter) for quarter in (0, 1, 2)] == ["year 1, Q1 (round 1)", "year 1, Q2 (round 1)", "year 1, Q3 (round 2)"]
    assert alone.moment(2) == "year 1, Q3"
    assert "(round 1)" in title(together.forks[-1], together) or "(round 2)" in title(together.forks[-1], together)
    assert timeline(together).steps[0].when == "Year 1, Q1 (round 1)"


def test_shares_of_a_policy_and_of_a_demand_are_told_apart() -> None:
    """Corvane is asked to change 75 % of its policy: what it meets of the demand is more than what it changes of the policy."""
    seen = seen_of("who-pays")
    row = seen.run.record.rows("disputes")[-1]
    assert row[6] == 0.75 and row[7] > 0
    said = judged(seen).text[0]
    assert f"{W.percent(100 * row[7] / row[6], 0)} of the demand is met" in said
    assert f"Asked was to change {W.percent(75, 0)} of the policy; {W.percent(100 * row[7], 0)} of it is changed." in said
    assert "what share of the demand was met" in theories(seen).note and "what share of the demand was met" in fork(seen).note
    assert seen_of("triangle").changed_means == ""


def test_a_role_with_several_goals_is_named_once() -> None:
    titles = [row[0] for row in judged(seen_of("who-pays")).tables[-1].rows]
    assert titles[:3] == ["Trade minister of Arden", "″", "″"]
    assert len([title for title in titles if title != "″"]) == len(set(titles) - {"″"}) == 4


def test_theories_under_which_the_same_comes_out_share_a_row() -> None:
    assert [row[0] for row in theories(seen_of("triangle")).tables[0].rows] == ["The same under all 6 theories"]
    assert len(theories(seen_of("marriage-of-convenience")).tables[0].rows) == 6


@pytest.mark.parametrize("broken, verdict, measured", [(False, "yes", "was not seen to deal with Karstia again"), (True, "no", "again in year 2, Q2")])
def test_a_wedge_gets_a_verdict(broken: bool, verdict: str, measured: str) -> None:
    """Told of the dispute in which the word was given, and of no other."""
    events = [(2, "word given", "A V", "Vostra gives its word to stay away from Karstia (The strait)")]
    events += [(5, "word broken", "A V", "Vostra is seen to deal with Karstia again (The strait)")] if broken else []
    record = SimpleNamespace(rows=lambda table: events)
    seen = SimpleNamespace(w=W, run=SimpleNamespace(record=record), tell=str, label=lambda quarter: W.quarter(quarter))
    ((question, said, why),) = _parted({"target": "Vostra", "issue": "The strait"}, seen)  # type: ignore[arg-type]
    assert (question, said) == ("Did Vostra stay away from Karstia?", verdict)
    assert measured in why
    assert _parted({"target": "Vostra", "issue": "The fee"}, seen) == []  # type: ignore[arg-type]


def test_panels_survive_the_way_through_json() -> None:
    import json

    for panel in made(seen_of("triangle")):
        assert from_data(json.loads(json.dumps(as_data(panel), allow_nan=False))) == panel


def whole(name: str, seed: int = 1) -> Debrief:
    seen = seen_of(name, seed)
    return debrief(seen, list(made(seen, [(0, "A surprise.")])))


def no_panel_is_empty(found: Debrief, name: str) -> None:
    assert [panel.key for panel in found.panels] == list(PARTS)
    long = [state.id for state in scenario(name).states if len(state.id) > 1 and state.id.isupper()]
    for panel in found.panels:
        assert not panel.empty, panel.key
        for text in texts(panel):
            assert text.strip(), (panel.key, panel)
            assert "nan" not in text.lower().split(), text
            assert "  " not in text, text
            assert not [word for word in text.replace(",", " ").replace("(", " ").replace(".", " ").split() if word in long], text
        for picture in panel.pictures:
            assert picture.specs
            for spec in picture.specs:
                assert any(rows for rows in spec["datasets"].values()), panel.key


def texts(panel: Panel) -> list[str]:
    """Everything a panel says, cells that may stay blank left out."""
    found = [panel.heading, *panel.text, *panel.points, *(picture.says for picture in panel.pictures)]
    found += [part for step in panel.steps for part in (step.when, step.kind, step.text)]
    for table in panel.tables:
        assert table.rows
        found += [*table.columns, *(row[0] for row in table.rows), *(row[-1] for row in table.rows)]
        assert all(len(row) == len(table.columns) for row in table.rows)
    return found


@pytest.mark.parametrize("name", ["triangle", "first-warning", "off-ramp"])
def test_a_small_scenario_gives_a_whole_debrief(name: str) -> None:
    no_panel_is_empty(whole(name), name)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2] if EVERYTHING else [1])
@pytest.mark.parametrize("name", FEW)
def test_a_shipped_scenario_gives_a_whole_debrief_on_screen_and_on_paper(name: str, seed: int) -> None:
    found = whole(name, seed)
    no_panel_is_empty(found, name)
    assert as_html(found, W).count("<section ") == len(PARTS)
    assert 3 <= len(sizes(as_pdf(found, "letter" if seed == 1 else "a4", W))) <= 12
