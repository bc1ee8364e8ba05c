"""The guided first play: one idea per screen, a bet before every reveal."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from sim import api
from ui.charts.who_pays import who_pays
from ui.first_play import CASE, MOST_LOSS, OTHER_SEED, STAKE, Bill, Case, amount, case, ended
from ui.pages.desk import language
from ui.pages.shown import show_chart
from ui.pages.start import Pages
from ui.text import Words, plain
from ui.view import View

STEP, BETS = "first-step", "first-bets"
SCREENS = ("case", "loss", "loss_reveal", "payments", "payments_reveal", "luck", "luck_reveal")
FIRST_RANGE = (5.0, 10.0)  # where the slider stands: no hint
BETS_MADE = 4


def show(pages: Pages) -> None:
    """Draw the screen the visitor has come to."""
    w = language()
    st.title(w.t("first.title"), anchor=False)
    try:
        found = case()
    except api.Refusal as problem:
        st.error(plain(w.t("first.problem", problem=problem)), icon=":material/error:")
        return
    step = min(int(st.session_state.get(STEP, 0)), len(SCREENS) - 1)
    st.progress((step + 1) / len(SCREENS), w.t("first.step", step=step + 1, all=len(SCREENS)))
    names = {state.id: state.name for state in found.setting.states}
    fill = {"target": plain(names[found.target[0]]), "senders": plain(w.joined([names[state] for state in found.senders]))}
    made: dict[str, Any] = st.session_state.setdefault(BETS, {})
    screens = {
        "case": lambda: _case(found, fill, w),
        "loss": lambda: _loss(made, fill, w),
        "loss_reveal": lambda: _loss_reveal(found, made, fill, names, w),
        "payments": lambda: _choose("payments", ("more", "part", "little"), made, fill, w),
        "payments_reveal": lambda: _payments_reveal(found, made, fill, names, w),
        "luck": lambda: _choose("luck", ("less", "same", "more"), made, fill, w),
        "luck_reveal": lambda: _luck_reveal(found, made, fill, names, w),
    }
    try:
        with st.spinner(w.t("first.working"), show_time=False):
            screens[SCREENS[step]]()
    except (api.Refusal, api.NoEquilibrium) as problem:
        st.error(plain(w.t("first.problem", problem=problem)), icon=":material/error:")
    _buttons(step, made, w)
    if SCREENS[step] == "luck_reveal":
        _end(found, made, pages, w)


def _buttons(step: int, made: dict[str, Any], w: Words) -> None:
    betting = SCREENS[step] in ("loss", "payments", "luck")
    with st.container(horizontal=True):
        if step < len(SCREENS) - 1:
            label = w.t("first.see") if betting else w.t("first.next")
            ready = _made(SCREENS[step], made) if betting else True
            st.button(label, type="primary", icon=":material/arrow_forward:", key=f"first-next-{step}", disabled=not ready, on_click=_go, args=(step + 1,))
        if step and not SCREENS[step].endswith("_reveal"):  # a bet cannot be made again after its reveal
            st.button(w.t("first.back"), icon=":material/arrow_back:", key=f"first-back-{step}", on_click=_go, args=(step - 1,))
        if step == len(SCREENS) - 1:
            st.button(w.t("first.again"), icon=":material/restart_alt:", key="first-again", on_click=_again)


def _made(screen: str, made: dict[str, Any]) -> bool:
    return made.get("payer") is not None if screen == "loss" else made.get(screen) is not None


def _go(step: int) -> None:
    st.session_state[STEP] = step


def _again() -> None:
    st.session_state[STEP] = 0
    st.session_state[BETS] = {}


def _case(found: Case, fill: dict[str, str], w: Words) -> None:
    issue = w.phrase(next(spec.issue for spec in found.setting.disputes if spec.target in found.target))
    st.markdown(w.t("first.case.first", target=fill["target"], issue=plain(issue[:1].lower() + issue[1:].rstrip(".") + ".")))
    st.markdown(w.t("first.case.second", **fill))
    st.markdown(w.t("first.case.third", target=fill["target"]))
    st.markdown(f"**{w.t('first.case.question')}**")


def _loss(made: dict[str, Any], fill: dict[str, str], w: Words) -> None:
    st.header(w.t("first.loss.title", target=fill["target"]), anchor=False)
    low, high = st.slider(
        w.t("first.loss.ask", target=fill["target"]), 0.0, MOST_LOSS, made.get("loss", FIRST_RANGE), step=STAKE.step, format="%g %%", key="first-loss"
    )
    st.caption(w.t("first.loss.unit"))
    made["loss"] = (low, high)
    answers = {name: w.t(f"first.loss.{name}", **fill) if name != "same" else w.t("first.loss.same") for name in ("target", "senders", "same")}
    made["payer"] = _radio(w.t("first.loss.payer"), answers, made.get("payer"), "first-payer")


def _choose(what: str, options: tuple[str, ...], made: dict[str, Any], fill: dict[str, str], w: Words) -> None:
    st.header(w.t(f"first.{what}.title"), anchor=False)
    st.markdown(w.t(f"first.{what}.text", **fill))
    answers = {name: w.t(f"first.{what}.{name}") for name in options}
    made[what] = _radio(w.t(f"first.{what}.ask", target=fill["target"]), answers, made.get(what), f"first-{what}")


def _radio(label: str, answers: dict[str, str], before: str | None, key: str) -> str | None:
    options = list(answers)
    index = options.index(before) if before in options else None
    picked = st.radio(label, options, index=index, format_func=lambda name: answers[name], key=key)
    return None if picked is None else str(picked)


def _loss_reveal(found: Case, made: dict[str, Any], fill: dict[str, str], names: dict[str, str], w: Words) -> None:
    st.header(w.t("first.loss.reveal.title"), anchor=False)
    low, high = made.get("loss", FIRST_RANGE)
    said = w.t(f"first.loss.said.{amount(low, high, found.loss)}")
    numbers = {"percent": w.percent(found.loss), "low": w.percent(low), "high": w.percent(high)}
    st.markdown(w.t("first.loss.reveal.loss", said=said, **numbers))
    st.markdown(w.t(f"first.loss.reveal.{found.payer}", **fill) if found.payer == "target" else w.t(f"first.loss.reveal.{found.payer}"))
    answer = made.get("payer") or "same"
    st.caption(w.t("first.your_bet", bet=w.t(f"first.loss.{answer}", **fill)))
    _chart(found.all, names, "loss", w)
    st.info(w.t("first.loss.reveal.idea"), icon=":material/lightbulb:")


def _payments_reveal(found: Case, made: dict[str, Any], fill: dict[str, str], names: dict[str, str], w: Words) -> None:
    st.header(w.t("first.payments.reveal.title"), anchor=False)
    text = w.t(
        "first.payments.reveal.text",
        target=fill["target"],
        now=w.percent(found.payments.percent(found.target)),
        before=w.percent(found.loss),
        answer=w.t(f"first.payments.{found.left}"),
        senders_now=plain(w.money(found.payments.billions(found.payments.roles.members("sender")))),
        senders_before=plain(w.money(found.all.billions(found.all.roles.members("sender")))),
    )
    st.markdown(text)
    st.caption(w.t("first.your_bet", bet=w.t(f"first.payments.{made.get('payments') or 'part'}")))
    _chart(found.payments, names, "payments", w)
    st.info(w.t("first.payments.reveal.idea"), icon=":material/lightbulb:")


def _luck_reveal(found: Case, made: dict[str, Any], fill: dict[str, str], names: dict[str, str], w: Words) -> None:
    st.header(w.t("first.luck.reveal.title"), anchor=False)
    now, before = w.percent(found.luck.percent(found.target)), w.percent(found.loss)
    st.markdown(w.t("first.luck.reveal.text", target=fill["target"], now=now, before=before, answer=w.t(f"first.luck.{found.other_luck}")))
    st.caption(w.t("first.your_bet", bet=w.t(f"first.luck.{made.get('luck') or 'same'}")))
    first, second = (_ending(bill, found.setting, w) for bill in (found.all, found.luck))
    st.markdown(w.t("first.luck.reveal.ends", first=first, second=second))
    _chart(found.luck, names, "luck", w)
    st.info(w.t("first.luck.reveal.idea_same" if found.other_luck == "same" else "first.luck.reveal.idea"), icon=":material/lightbulb:")


def _ending(bill: Bill, setting: api.Scenario, w: Words) -> str:
    end = ended(bill)
    if end is None:
        return w.t("first.luck.reveal.none")
    stage, quarter = end
    return w.t("first.luck.reveal.end", stage=w.t(f"politics.stage.{stage}"), when=w.quarter(quarter, setting.start))


def _chart(bill: Bill, names: dict[str, str], key: str, w: Words) -> None:
    chart = who_pays(bill.now.wide("real_income"), bill.before.wide("real_income"), bill.roles, names, bill.since, w, most=0)
    show_chart(chart, w.t("lab.chart.who_pays"), f"first-{key}", w)


def right(found: Case, made: dict[str, Any]) -> int:
    """How many of the four bets were right."""
    low, high = made.get("loss", FIRST_RANGE)
    chosen = ((made.get("payer"), found.payer), (made.get("payments"), found.left), (made.get("luck"), found.other_luck))
    return (amount(low, high, found.loss) == "inside") + sum(bet == answer for bet, answer in chosen)


def _end(found: Case, made: dict[str, Any], pages: Pages, w: Words) -> None:
    with st.container(border=True):
        st.subheader(w.t("first.end.title", right=w.number(right(found, made)), all=w.number(BETS_MADE)), anchor=False)
        st.markdown(w.t("first.end.text"))
        with st.container(horizontal=True):
            doors: dict[str, View | None] = {
                "lab": CASE,
                "politics": CASE,
                "explore": replace(CASE, seed=OTHER_SEED),
                "start": None,
            }
            for name, view in doors.items():
                if st.button(w.t(f"first.end.{name}"), key=f"first-to-{name}", type="primary" if name == "lab" else "secondary") and name in pages:
                    st.switch_page(pages[name], query_params=view.to_query() if view is not None else None)
