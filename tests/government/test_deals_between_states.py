"""Offers of people and of governments become agreements, agreements become measures, and an end has consequences."""

from __future__ import annotations

import pytest

from sim import api
from sim.government.agreement import FEE_LEFT, SIZE, Agreement
from sim.government.deals import rent
from sim.government.decisions import answer_deal, propose_deal
from sim.government.offers import make
from sim.government.pacts import PACTS, measures_for
from sim.government.partnering import attraction, common_adversary, gain_of_keeping, prospect, relation_terms, starting_terms
from sim.levers import LEVERS
from sim.refusals import Refusal
from sim.scenario.decisions import Decision
from sim.world import World
from tests.government.worlds import setting, world

LEAD, EAST, WEST, ASIDE = range(4)


def proposal(quarter: int, kind: str, giver: str = "me") -> Decision:
    return Decision(quarter, "EAST", "propose_deal", "WEST", "", 1.0, {"kind": kind, "giver": giver})


def answer(quarter: int, value: float) -> Decision:
    return Decision(quarter, "WEST", "answer_deal", "EAST", "", value)


@pytest.mark.parametrize("kind", sorted(PACTS))
def test_a_deal_of_every_kind_is_proposed_answered_and_in_force(kind: str) -> None:
    small = world(3, decisions=[proposal(0, kind), answer(1, 1.0)])
    (deal,) = small.politics.in_force()
    assert (deal.kind, deal.party_a, deal.party_b, deal.since) == (kind, EAST, WEST, 1)
    wanted = {lever for lines in (PACTS[kind].gives, PACTS[kind].takes) for lever, _ in lines}
    found = {measure.lever for measure in small.measures.values() if measure.notes.get("agreement") == deal.id}
    assert found == wanted


def test_a_refused_deal_leaves_nothing_behind() -> None:
    small = world(3, decisions=[proposal(0, "barter"), answer(1, 0.0)])
    assert small.politics.in_force() == []
    assert not any("agreement" in measure.notes for measure in small.measures.values())


def test_an_offer_is_not_answered_in_the_quarter_it_is_made() -> None:
    with pytest.raises(Refusal, match="no such offer on the table"):
        world(1, decisions=[proposal(0, "barter"), answer(0, 1.0)])


def both(kind: str, giver: str, other_giver: str, share: float = 1.0, later: int = 0) -> World:
    """EAST proposes a deal to WEST in quarter 0, and WEST one to EAST then or `later`; nobody answers."""
    back = Decision(later, "WEST", "propose_deal", "EAST", "", share, {"kind": kind, "giver": other_giver})
    return world(3, decisions=[proposal(0, kind, giver), back])


@pytest.mark.parametrize(("kind", "giver", "other_giver"), [("treaty", "me", "me"), ("payment_link", "me", "them"), ("licence", "me", "them")])
@pytest.mark.parametrize("later", [0, 1])
def test_two_states_that_propose_the_same_to_each_other_have_agreed(kind: str, giver: str, other_giver: str, later: int) -> None:
    small = both(kind, giver, other_giver, later=later)
    (deal,) = small.politics.in_force()
    assert (deal.kind, deal.party_a, deal.party_b, deal.since) == (kind, EAST, WEST, later)
    assert [offer.status for offer in small.politics.offers.values()] == ["accepted"]
    told = [row[1] for row in small.record.rows("events") if row[0] == later]
    assert told.count("agreement") == 1


@pytest.mark.parametrize(("kind", "giver", "other_giver", "share"), [("licence", "me", "me", 1.0), ("treaty", "me", "me", 0.5)])
def test_two_proposals_that_differ_wait_for_an_answer(kind: str, giver: str, other_giver: str, share: float) -> None:
    small = both(kind, giver, other_giver, share)
    assert small.politics.in_force() == []
    assert len(small.politics.offers) == 2


@pytest.mark.parametrize("kind", sorted(PACTS))
def test_a_deal_is_weighed_and_put_in_force_at_the_size_that_was_proposed(kind: str) -> None:
    """Twice the usual terms: WEST, who gives what EAST asks for, puts twice the usual levels (of a licence twice the royalty) into what it forecasts, and
    twice of it is in force. A promise of votes knows no size, and where nobody is cut off from payments a link brings nothing at any."""
    seen = {}
    for share in (1.0, 2.0):
        ask = Decision(0, "EAST", "propose_deal", "WEST", "", share, {"kind": kind, "giver": "them"})
        asked = world(1, decisions=[ask])
        (question,) = answer_deal.questions(asked, WEST)
        agreed = world(2, decisions=[ask, answer(1, 1.0)])
        (deal,) = agreed.politics.in_force()
        levels = sorted((measure.lever, measure.level) for measure in measures_for(agreed, deal))
        seen[share] = levels, deal.terms.get(FEE_LEFT, 1.0), question.options[0].terms["gain from the deal"]
    usual, double = seen[1.0], seen[2.0]
    assert double[0] == [(lever, pytest.approx(2.0 * level)) for lever, level in usual[0]]
    assert double[1] == (2.0 if kind == "licence" else 1.0)
    assert (double[2] == usual[2]) == (kind in ("votes", "payment_link"))


def test_who_proposes_other_terms_for_what_lies_on_its_table_makes_a_counter_offer() -> None:
    """EAST proposes easier trade; WEST answers a quarter later with half of it, which alone is on the table then; EAST accepts."""
    back = Decision(1, "WEST", "propose_deal", "EAST", "", 0.5, {"kind": "treaty", "giver": "me"})
    yes = Decision(2, "EAST", "answer_deal", "WEST", "", 1.0)
    small = world(3, decisions=[proposal(0, "treaty"), back, yes])
    first, second = sorted(small.politics.offers.values(), key=lambda offer: offer.made)
    assert (first.status, second.status, second.counters) == ("countered", "accepted", first.id)
    (deal,) = small.politics.in_force()
    assert (deal.kind, deal.since, deal.terms) == ("treaty", 2, {SIZE: 0.5})


def test_who_proposes_another_kind_of_deal_leaves_what_lies_on_its_table_there() -> None:
    other = Decision(1, "WEST", "propose_deal", "EAST", "", 1.0, {"kind": "barter", "giver": "me"})
    small = world(2, decisions=[proposal(0, "treaty"), other])
    assert [offer.status for offer in small.politics.offers.values()] == ["open", "open"]


def test_who_ends_a_deal_that_the_other_has_just_ended_is_told_so() -> None:
    """Both let it lapse in the same quarter; the second is not asked whether it meant another deal."""
    leave = [Decision(2, me, "end_deal", other, "", 0.0, {"agreement": "0|deal|1|2"}) for me, other in (("EAST", "WEST"), ("WEST", "EAST"))]
    small = world(3, decisions=[proposal(0, "barter"), answer(1, 1.0), proposal(1, "treaty"), Decision(2, "WEST", "answer_deal", "EAST", "", 1.0), *leave])
    (lost,) = [row[3] for row in small.record.rows("events") if row[1] == "came to nothing"]
    assert lost.endswith("came to nothing: lever 'end_deal' in quarter 2: the agreement has ended.")


def test_silence_is_refusal() -> None:
    small = world(5, decisions=[proposal(0, "barter")])
    (offer,) = small.politics.offers.values()
    assert offer.status == "expired"


def test_a_payment_link_helps_a_pair_whose_banks_are_cut_off() -> None:
    """Both under payment exclusion: with a link of their own they trade more with each other than without."""
    cut = [Decision(0, "LEAD", "payment_exclusion", other, "*", 0.9) for other in ("EAST", "WEST")]
    flows = []
    for deal in ([], [proposal(0, "payment_link"), answer(1, 1.0)]):
        small = world(6, decisions=[*cut, *deal])
        flows.append(float(small.solution.flows[:, EAST, WEST].sum()))
    assert flows[1] > 1.0001 * flows[0]


def test_an_open_break_costs_the_trust_of_the_other_and_a_lapse_does_not() -> None:
    trust = []
    for broken in (1.0, 0.0):
        end = Decision(3, "EAST", "end_deal", "WEST", "", broken)
        small = world(4, decisions=[proposal(0, "treaty"), answer(1, 1.0), end])
        assert small.politics.in_force() == []
        assert not any("agreement" in measure.notes for measure in small.measures.values())
        trust.append(float(small.politics.trust[WEST, EAST]))
    assert trust[0] < 0.4 * trust[1]


def test_the_event_log_calls_a_break_a_rift_and_a_lapse_a_drift() -> None:
    for broken, event in ((1.0, "rift"), (0.0, "drift")):
        end = Decision(3, "EAST", "end_deal", "WEST", "", broken)
        small = world(4, decisions=[proposal(0, "treaty"), answer(1, 1.0), end])
        assert event in {row[1] for row in small.record.rows("events")}


def test_a_common_adversary_counts_fully_a_separate_one_half_and_none_not_at_all() -> None:
    small = world()
    assert common_adversary(small, EAST, WEST) == 1.0
    assert common_adversary(small, EAST, ASIDE) == 0.0
    small.politics.disputes["second"].senders = [ASIDE]
    assert common_adversary(small, EAST, WEST) == 0.5


def test_switching_off_convenience_takes_that_reason_away() -> None:
    small = world(parameters={"convenience": 0.0})
    assert relation_terms(small, EAST, WEST)["common adversary"] == 0.0
    assert relation_terms(world(), EAST, WEST)["common adversary"] == pytest.approx(0.25)


def test_a_promise_that_is_not_kept_costs_trust_and_a_kept_one_builds_it() -> None:
    from sim.government.agreement import Agreement, Entry
    from sim.government.memory import remember

    ends = []
    for delivered in (0.0, 1.0):
        small = world()
        small.politics.trust[EAST, WEST] = 0.5
        deal = Agreement("d", "licence", WEST, EAST, 0, ledger=[Entry(small.quarter, EAST, 1.0, delivered, 1.0)])
        small.politics.agreements = {"d": deal}
        remember(small)
        ends.append(float(small.politics.trust[EAST, WEST]))
    assert ends[0] == pytest.approx(0.5 * 0.75, abs=1e-9)
    assert ends[1] == pytest.approx(0.5 + 0.04 * 0.5, abs=1e-9)


def test_grievance_grows_under_measures_and_fades_without() -> None:
    """Three hundredths a quarter, less two per cent of what there is."""
    small = world(1)
    assert small.politics.grievance[EAST, LEAD] == pytest.approx(0.03)
    small.step()
    assert small.politics.grievance[EAST, LEAD] == pytest.approx(0.03 * 0.98 + 0.03)
    assert small.politics.grievance[ASIDE, LEAD] == 0.0


def test_every_lever_of_a_pact_exists() -> None:
    for pact in PACTS.values():
        for lever, level in (*pact.gives, *pact.takes):
            setting = LEVERS[lever].value
            assert setting.low <= level <= setting.high


def test_a_licence_given_by_lever_ends_for_good_when_a_side_leaves_it() -> None:
    """It begins in quarter 0 and is broken in quarter 2: the measure goes with it, and a new order makes a new one."""
    setting = api.load("marriage-of-convenience")
    licence = [Decision(quarter, "KARST", "technology_licence", "VOSTRA", "tech", 0.4) for quarter in (0, 4)]
    small = World(setting, 1, licence, governments=False)
    for quarter in range(6):
        small.step()
        deal = next(deal for deal in small.politics.agreements.values() if deal.kind == "licence")
        held = any(measure.lever == "technology_licence" for measure in small.measures.values())
        assert (deal.status == "active", held) == ((True, True) if quarter in (0, 1, 4, 5) else (False, False)), quarter
        if quarter == 1:
            small.politics.part(deal, deal.party_b, 2, broken=True)


def test_what_a_partner_could_do_by_leaving_speaks_against_a_deal() -> None:
    """Each point of income a year that a licence promises is a point its end would cost: .2 against it. Promised votes make nobody lean on anybody."""
    small = world(2)
    licence = Agreement("", "licence", WEST, EAST, small.quarter)
    yearly = prospect(small, EAST, licence)
    assert yearly > 0
    assert starting_terms(small, EAST, WEST, licence)["fear of dependence"] == pytest.approx(-0.2 * yearly)
    votes = Agreement("", "votes", EAST, WEST, small.quarter)
    assert starting_terms(small, EAST, WEST, votes)["fear of dependence"] == 0.0


def test_one_partner_is_on_the_table_at_a_time_in_proportion_to_its_pull() -> None:
    """EAST, WEST and ASIDE are all under measures of LEAD: in some quarters EAST thinks of asking WEST, in others ASIDE, never both; whom else it might ask
    changes nothing in the luck of those two."""
    third = {"id": "third", "issue": "a port fee", "senders": ["LEAD"], "target": "ASIDE", "stage": "imposed", "demand": 0.8}
    disputes = [{"id": name, "issue": "a fee", "senders": ["LEAD"], "target": target, "stage": "imposed", "demand": 0.8}
                for name, target in (("first", "EAST"), ("second", "WEST"))]
    here = World(setting(dispute=[*disputes, third]), 1, governments=False, parameters={"partner_rate": 1.0})
    (question,) = propose_deal.questions(here, EAST)
    assert len({order.target for orders in question.orders.values() for order in orders}) == 1
    pull = {other: sum(attraction(here, EAST, other).values()) for other in (LEAD, WEST, ASIDE)}

    def drawn() -> list[int]:
        found = []
        for here.quarter in range(400):
            partner = propose_deal._partner(here, EAST)
            assert partner is not None
            found.append(partner[0])
        return found

    asked = drawn()
    for other in pull:
        assert asked.count(other) / 400 == pytest.approx(pull[other] / sum(pull.values()), abs=0.075)  # three standard errors
    here.politics.affinity[EAST, LEAD] = here.politics.affinity[LEAD, EAST] = 0.9
    again = drawn()
    assert LEAD in again and all(now in (before, LEAD) for before, now in zip(asked, again, strict=True))


@pytest.mark.parametrize("by_lever", [False, True])
def test_a_renegotiated_licence_costs_less(by_lever: bool) -> None:
    """Three fifths of the royalty asked and accepted: the fee of the next quarters is three fifths of what it would be."""
    orders = [Decision(0, "KARST", "technology_licence", "VOSTRA", "tech", 0.4)]
    due = {}
    for left in (1.0, 0.6):
        small = World(api.load("marriage-of-convenience"), 1, orders if by_lever else None, governments=False)
        small.step()
        place = small.place
        if not by_lever:
            small.politics.agreements["deal"] = Agreement("deal", "licence", place["KARST"], place["VOSTRA"], 0)
        (deal,) = [one for one in small.politics.in_force() if one.kind == "licence"]
        if left < 1.0:
            terms: dict[str, float | str] = {"kind": "licence", "giver": "them", "agreement": deal.id, "share": left}
            _, offer = make({}, "deal", place["VOSTRA"], place["KARST"], terms, 0, 2)
            small.politics.conclude(offer, 1)
        small.step()
        small.step()
        assert deal.status == ("active" if left == 1.0 else "renegotiated")
        due[left] = rent(small, deal)
    assert due[0.6] == pytest.approx(0.6 * due[1.0], rel=0.02) and due[1.0] > 0


def test_a_partner_s_own_rivalry_is_not_also_its_siding_with_a_rival() -> None:
    """WEST is EAST's rival and has nobody else's side: only "rival interests" speaks of it."""
    small = world()
    small.politics.rivalry[EAST] = 0.0
    small.politics.rivalry[EAST, WEST] = 0.5
    terms = relation_terms(small, EAST, WEST)
    assert terms["rival interests"] < 0.0 and terms["the partner sides with a rival"] == 0.0


def test_a_licence_that_has_been_left_is_not_revived_by_better_terms() -> None:
    """The licensor leaves it in the quarter in which better terms are asked, and agrees to them a quarter later: there is nothing to change."""
    orders = [
        Decision(2, "EAST", "propose_deal", "WEST", "", 0.6, {"kind": "licence", "giver": "them", "agreement": "lic"}),
        Decision(2, "WEST", "end_deal", "EAST", "", 1.0, {"agreement": "lic"}),
        Decision(3, "WEST", "answer_deal", "EAST", "", 1.0),
    ]
    small = world(5, agreement=[{"id": "lic", "kind": "licence", "party_a": "WEST", "party_b": "EAST"}], decisions=orders)
    deal = small.politics.agreements["lic"]
    assert (deal.status, deal.ended_in) == ("broken", 2)
    assert max(entry.quarter for entry in deal.ledger) <= 2


@pytest.mark.parametrize(("share", "sign"), [(0.6, 1.0), (1.4, -1.0)])
def test_a_licensee_asked_for_another_royalty_reckons_with_what_it_will_pay(share: float, sign: float) -> None:
    """A higher royalty is no larger gain from the licence, and a lower one no smaller."""
    ask = Decision(2, "WEST", "propose_deal", "EAST", "", share, {"kind": "licence", "giver": "me", "agreement": "lic"})
    small = world(3, agreement=[{"id": "lic", "kind": "licence", "party_a": "WEST", "party_b": "EAST"}], decisions=[ask])
    (question,) = answer_deal.questions(small, EAST)
    terms = question.options[0].terms
    assert terms["gain from the deal"] == gain_of_keeping(small, EAST, small.politics.agreements["lic"])
    assert sign * terms["fee saved"] > 0


def test_who_answers_a_deal_with_a_proposal_is_not_asked_for_another_answer() -> None:
    """WEST proposes half of what EAST has proposed; WEST's government does not accept or refuse beside it, as it would without."""
    back = Decision(1, "WEST", "propose_deal", "EAST", "", 0.5, {"kind": "treaty", "giver": "me"})
    asked = {}
    for given in ([], [back]):
        small = world(2, governments=True, decisions=[proposal(0, "treaty"), *given], dispute=[], measure=[])
        asked[len(given)] = [choice.state for choice in small.record.choices if choice.decision.startswith("answer deal")]
        assert ("countered" in {offer.status for offer in small.politics.offers.values()}) == bool(given)
    assert asked == {0: ["WEST"], 1: []}


def test_a_credit_line_promises_no_more_than_its_borrower_may_draw() -> None:
    """LEAD earns four times as much as ASIDE: all that ASIDE may draw comes, so no promise is broken and trust does not fall."""
    small = world(6, agreement=[{"id": "loan", "kind": "credit", "party_a": "LEAD", "party_b": "ASIDE"}], dispute=[], measure=[])
    deal = small.politics.agreements["loan"]
    lent = [entry for entry in deal.ledger if entry.side == deal.party_b][-1]
    assert small.solution is not None
    assert lent.promised == pytest.approx(small.p["credit_drawn"] * small.solution.factor_income[:, deal.party_b].sum(), rel=1e-3)
    assert lent.delivered == pytest.approx(lent.promised, rel=1e-2)
    assert small.politics.trust[deal.party_b, deal.party_a] >= world(0, dispute=[], measure=[]).politics.trust[deal.party_b, deal.party_a]
