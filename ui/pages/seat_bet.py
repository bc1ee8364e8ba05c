"""What a decision is for, and the bet on what will come of it: two parts of the page to decide."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from ui.bets import STAKES, Stake, at_stake, stakes
from ui.classroom.contract import PURPOSES
from ui.pages.seat_desk import SeatDesk
from ui.retold import bet_told
from ui.text import Words, plain

Draft = dict[str, Any]
Keep = Callable[..., None]  # saves the draft with the named parts changed


def purpose(desk: SeatDesk, draft: Draft, keep: Keep) -> None:
    """What the decision is meant to do."""
    w, key = desk.w, desk.key("purpose")
    st.radio(
        w.t("seat.decide.purpose"),
        list(PURPOSES),
        index=PURPOSES.index(draft["purpose"]) if draft.get("purpose") in PURPOSES else None,
        format_func=lambda name: w.t(f"seat.purpose.{name}.name"),
        captions=[w.t(f"seat.purpose.{name}.text") for name in PURPOSES],
        key=key,
        on_change=lambda: keep(purpose=str(st.session_state[key] or "")),
    )


def bet_numbers(said: Mapping[str, Any], w: Words) -> dict[str, str]:
    """The range of a bet and how sure it is, in words."""
    outcome = str(said["outcome"])
    signed = outcome in STAKES and STAKES[outcome].kind == "change"
    low, high = (w.percent(float(said[name]), 1, sign=signed) for name in ("low", "high"))
    return {"low": low, "high": high, "sure": w.percent(100 * float(said["sure"]), 0)}


def bet_line(desk: SeatDesk, draft: Draft) -> str:
    """The bet that would be handed in, in a sentence; how to make one where there is none."""
    w, said = desk.w, draft.get("bet")
    if not said:
        return w.t("seat.bet.none_yet", button=w.t("seat.bet.as_it_is"))
    return w.t("seat.bet.yours", outcome=plain(_on(desk, str(said["outcome"]))), **bet_numbers(said, w))


def _on(desk: SeatDesk, outcome: str) -> str:
    return bet_told(outcome, desk.me, desk.places, desk.w)


def _asked(desk: SeatDesk, stake: Stake) -> str:
    """What the slider asks for: of a policy also whose it is."""
    dispute = at_stake(stake.outcome, desk.me, desk.places.disputes)
    if dispute is not None:
        return desk.w.t(f"seat.bet.of.{stake.outcome}", target=desk.state_name(dispute.target))
    return desk.w.t(f"seat.bet.range_{stake.kind}", state=desk.state_name(desk.me))


def _default(desk: SeatDesk) -> dict[str, Any]:
    """Where the sliders of the bet stand at first: the goal that counts most, a range round no change."""
    offered = stakes(desk.lesson.outcomes)
    mine = max(desk.role.goals, key=lambda goal: desk.role.goals[goal], default="")
    stake = next((one for one in offered if one.outcome == mine), offered[0])
    return {"outcome": stake.outcome, **_span(stake), "sure": 0.8}


def _span(stake: Stake) -> dict[str, float]:
    return {"low": -2.0, "high": 2.0} if stake.kind == "change" else {"low": 30.0, "high": 60.0}


def bet(desk: SeatDesk, draft: Draft, keep: Keep) -> None:
    """What will happen: an outcome, a range, how sure."""
    w = desk.w
    offered = [stake.outcome for stake in stakes(desk.lesson.outcomes)]
    said = draft.get("bet") or _default(desk)
    outcome = str(said["outcome"]) if said["outcome"] in offered else offered[0]
    stake = STAKES[outcome]
    st.markdown(w.t("seat.bet.title"))

    def other() -> None:
        chosen = str(st.session_state[desk.key("bet-outcome")])
        keep(bet={"outcome": chosen, **_span(STAKES[chosen]), "sure": said["sure"]})

    def moved() -> None:
        low, high = st.session_state[desk.key(f"bet-range-{outcome}")]
        keep(bet={"outcome": outcome, "low": low, "high": high, "sure": st.session_state[desk.key("bet-sure")] / 100})

    st.radio(  # its options are sentences: a closed list cuts them short on a phone
        w.t("seat.bet.outcome"),
        offered,
        index=offered.index(outcome),
        format_func=lambda name: (told := _on(desk, name))[:1].upper() + told[1:],
        key=desk.key("bet-outcome"),
        on_change=other,
    )
    st.slider(
        _asked(desk, stake),
        stake.low,
        stake.high,
        (max(stake.low, float(said["low"])), min(stake.high, float(said["high"]))),
        stake.step,
        format="%g %%",
        key=desk.key(f"bet-range-{outcome}"),
        on_change=moved,
    )
    st.slider(w.t("seat.bet.sure"), 50, 95, round(100 * float(said["sure"])), 5, format="%d %%", key=desk.key("bet-sure"), on_change=moved)
    if not draft.get("bet"):
        st.checkbox(w.t("seat.bet.as_it_is"), key=desk.key("bet-take"), on_change=moved)
