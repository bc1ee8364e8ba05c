"""Listen: what the teams decided, bet and wrote, what they offered each other and said in public, and their messages."""

from __future__ import annotations

import streamlit as st

from ui.classroom import board, messages, offers
from ui.classroom.board import Heard
from ui.classroom.refused import Refusal
from ui.classroom.text import display
from ui.pages.class_desk import bullets, move_words, refuse_later
from ui.pages.seat_bet import bet_numbers
from ui.pages.seat_results import said_words
from ui.pages.teach_desk import TeachDesk
from ui.pages.teach_results import open_votes
from ui.retold import bet_told
from ui.text import plain


def listen(desk: TeachDesk) -> None:
    """Decisions with purpose, bet and reason by round; offers and pledges of the round; messages, which can be hidden."""
    w, now = desk.w, desk.board.pulse.round
    st.caption(w.t("teach.listen.private"))
    open_votes(desk)
    if now >= 1:
        number = int(st.number_input(w.t("teach.listen.round"), 1, now, now, key="listen-round"))
        heard = board.listen(desk.store, desk.key, desk.uid, number)
        if not heard:
            st.markdown(w.t("teach.listen.nobody"))
        for row in heard:
            with st.container(border=True):
                _decided(desk, row)
        _talked(desk, number)
    else:
        st.markdown(w.t("teach.listen.nobody"))
    _messages(desk)


def _decided(desk: TeachDesk, row: Heard) -> None:
    w = desk.w
    state = next((place.state for place in desk.lesson.places if place.label == row.seat), "")
    moves = [plain(move_words({**move, "state": state}, desk.places, w)) for move in row.moves]
    what = "; ".join(moves) or w.t(f"seat.reveal.nothing_{row.how}")
    st.markdown(f"**{desk.title_of(row.seat)}** · {what}")
    if row.purpose:
        st.markdown(w.t("teach.listen.purpose", purpose=w.t(f"seat.purpose.{row.purpose}.name")))
    if row.bet is not None:
        bet = dict(zip(("outcome", "low", "high", "sure"), row.bet, strict=True))
        st.markdown(w.t("teach.listen.bet", outcome=plain(bet_told(row.bet[0], state, desk.places, w)), **bet_numbers(bet, w)))
    if row.reason:
        st.markdown(f"“{display(row.reason)}”")


def _talked(desk: TeachDesk, number: int) -> None:
    """What the seats offered each other and said in public in a round."""
    w = desk.w
    made = offers.of_session(desk.store, desk.key, desk.uid, number)
    if made:
        st.subheader(w.t("seat.offer.title"), anchor=False)
        st.markdown(bullets([_offered(desk, offer) for offer in made]))
    said = [row for row in board.pledges(desk.store, desk.key, desk.uid) if row.round == number]
    if said:
        titles = {place.label: place.title for place in desk.lesson.places}
        st.subheader(w.t("seat.talk.pledges"), anchor=False)
        st.markdown(bullets([said_words(row, titles, desk.places, w) for row in said]))


def _offered(desk: TeachDesk, offer: offers.OfferMade) -> str:
    w = desk.w
    names = {"by": desk.title_of(offer.by), "to": desk.title_of(offer.to), "gives": display(offer.gives), "wants": display(offer.wants)}
    return w.t("teach.listen.offer", kind=w.t(f"seat.offer.kind.{offer.kind}"), status=w.t(f"seat.offer.status.{offer.status}"), **names)


def _messages(desk: TeachDesk) -> None:
    w = desk.w
    said = messages.of_session(desk.store, desk.key, desk.uid)
    if said:
        st.subheader(w.t("teach.listen.messages"), anchor=False)
    for message in reversed(said):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            names = {"sender": desk.title_of(message.sender), "to": desk.title_of(message.to)}
            st.markdown(w.t("teach.listen.message", text=display(message.text), **names), width="stretch")
            label = w.t("teach.listen.show" if message.hidden else "teach.listen.hide")
            st.button(label, key=f"hide-{message.id}", on_click=_hide, args=(desk, message.id, not message.hidden))


def _hide(desk: TeachDesk, number: int, hidden: bool) -> None:
    try:
        messages.hide(desk.store, desk.key, desk.uid, number, hidden)
    except Refusal as problem:
        refuse_later(problem)
