"""Offers: made in one quarter, answered in the next, never changed in place, and silence is refusal."""

import pytest

from sim.government.offers import answer, expire, make, on_table
from sim.refusals import Refusal


def test_an_offer_is_on_the_table_from_the_next_quarter_until_it_expires():
    """Made in quarter 3 for two quarters: quarters 4 and 5, not 3 and not 6; only on the receiver's table."""
    book, offer = make({}, "deal", 0, 1, {"oil_bn": 2.0}, quarter=3, lasts=2)
    assert [quarter for quarter in range(8) if on_table(book, 1, quarter)] == [4, 5]
    assert on_table(book, 1, 4) == (offer,)
    assert on_table(book, 0, 4) == ()


def test_an_offer_cannot_be_answered_in_the_quarter_it_was_made_in():
    book, offer = make({}, "vote", 0, 1, {}, quarter=3)
    with pytest.raises(Refusal, match="quarters 4 to 4"):
        answer(book, offer.id, 1, "accept", 3)


@pytest.mark.parametrize(("reply", "status"), [("accept", "accepted"), ("refuse", "refused")])
def test_an_answer_closes_the_offer_and_leaves_the_old_book_as_it_was(reply, status):
    book, offer = make({}, "settlement", 0, 1, {"share": 0.6}, quarter=3)
    after, closed = answer(book, offer.id, 1, reply, 4)
    assert (closed.status, closed.answered) == (status, 4)
    assert book[offer.id].status == "open"
    assert after[offer.id] is closed
    assert on_table(after, 1, 4) == ()
    with pytest.raises(Refusal, match=f"it is {status}"):
        answer(after, offer.id, 1, "accept", 4)


def test_a_counter_goes_back_with_the_changed_terms_and_is_answered_a_quarter_later():
    book, offer = make({}, "deal", 0, 1, {"oil_bn": 2.0, "years": 3.0}, quarter=3)
    after, counter = answer(book, offer.id, 1, "counter", 4, {"oil_bn": 1.0})
    assert after[offer.id].status == "countered"
    assert (counter.sender, counter.receiver, counter.made, counter.counters) == (1, 0, 4, offer.id)
    assert dict(counter.terms) == {"oil_bn": 1.0, "years": 3.0}
    assert on_table(after, 0, 4) == ()
    assert on_table(after, 0, 5) == (counter,)


def test_a_counter_that_changes_nothing_is_refused():
    book, offer = make({}, "deal", 0, 1, {"years": 3.0}, quarter=3)
    with pytest.raises(Refusal, match="changes none"):
        answer(book, offer.id, 1, "counter", 4, {"years": 3.0})


def test_silence_is_refusal_at_expiry():
    book, offer = make({}, "coalition", 0, 1, {}, quarter=3)
    assert expire(book, 3)[offer.id].status == "open"
    lapsed = expire(book, 4)[offer.id]
    assert (lapsed.status, lapsed.answered) == ("expired", 4)
    accepted, _ = answer(book, offer.id, 1, "accept", 4)
    assert expire(accepted, 4)[offer.id].status == "accepted"


def test_only_the_receiver_answers():
    book, offer = make({}, "deal", 0, 1, {}, quarter=3)
    with pytest.raises(Refusal, match="not made to this state"):
        answer(book, offer.id, 2, "accept", 4)


def test_two_offers_of_a_kind_between_the_same_states_in_a_quarter_have_names_of_their_own():
    book, first = make({}, "deal", 0, 1, {"oil_bn": 1.0}, quarter=3)
    book, second = make(book, "deal", 0, 1, {"grain_bn": 1.0}, quarter=3)
    assert first.id != second.id
    assert on_table(book, 1, 4) == (first, second)


def test_the_table_does_not_depend_on_the_order_in_which_offers_were_entered():
    forward, _ = make(make({}, "deal", 0, 2, {}, quarter=3)[0], "deal", 1, 2, {}, quarter=3)
    backward, _ = make(make({}, "deal", 1, 2, {}, quarter=3)[0], "deal", 0, 2, {}, quarter=3)
    assert [offer.id for offer in on_table(forward, 2, 4)] == [offer.id for offer in on_table(backward, 2, 4)]


@pytest.mark.parametrize(
    ("kind", "receiver", "lasts", "words"), [("gift", 1, 1, "no kind 'gift'"), ("deal", 0, 1, "to itself"), ("deal", 1, 0, "1 or more")]
)
def test_offers_that_make_no_sense_are_refused(kind, receiver, lasts, words):
    with pytest.raises(Refusal, match=words):
        make({}, kind, 0, receiver, {}, quarter=3, lasts=lasts)


def test_an_offer_waits_for_who_could_not_decide_and_for_nobody_else():
    book, offer = make({}, "deal", 0, 1, {"kind": "treaty"}, 0, lasts=2)
    waiting = expire(book, 2, waiting={1})
    assert waiting[offer.id].status == "open" and on_table(waiting, 1, 3) and not on_table(waiting, 1, 4)
    assert expire(waiting, 3)[offer.id].status == "expired"
    assert expire(book, 2, waiting={0})[offer.id].status == "expired"
