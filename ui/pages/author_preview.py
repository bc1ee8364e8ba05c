"""The author room's previews: role packets as students read them, the draft played once, and what differs from another scenario."""

from __future__ import annotations

from typing import Any

import streamlit as st

from sim import api
from ui.catalogue import cards, scenario
from ui.charts.over_time import Times, over_time, role_changes
from ui.charts.who_pays import who_pays
from ui.outcome import YEAR
from ui.pages.long_work import long_work
from ui.pages.shown import show_chart
from ui.roles import roles_in
from ui.text import Words, plain

OWN_TABLE = "head"


def roles_part(setting: api.Scenario, w: Words) -> None:
    """One role's packet, as the student reads it."""
    if not setting.roles:
        st.info(w.t("author.roles.none"), icon=":material/chair:")
        return
    titles = {role.id: role.title for role in setting.roles}
    picked = st.selectbox(w.t("author.roles.role"), list(titles), format_func=lambda name: titles[name], key="author-role")
    role = next(one for one in setting.roles if one.id == picked)
    state = next((one.name for one in setting.states if one.id == role.state), role.state)
    lengths = [len(one.packet.split()) for one in setting.roles]
    with st.container(border=True):
        st.subheader(plain(role.title), anchor=False)
        st.caption(plain(w.t("author.roles.speaks", state=state)))
        st.markdown(plain(role.packet) if role.packet.strip() else w.t("author.roles.case"))
        if role.private.strip():
            st.markdown(f"**{w.t('author.roles.private')}**\n\n{plain(role.private)}")
        if role.goals:
            lines = [w.t("author.roles.goal", outcome=name.replace("_", " "), weight=w.short(weight)) for name, weight in role.goals.items()]
            st.markdown(f"**{w.t('author.roles.goals')}**\n" + "\n".join(f"- {plain(line)}" for line in lines))
    words = w.number(len(role.packet.split()))
    if len(lengths) > 1 and min(lengths) > 0:
        st.caption(w.t("author.roles.length", words=words, percent=w.percent(100.0 * (max(lengths) / min(lengths) - 1.0), 0)))
    else:
        st.caption(w.t("author.roles.length_one", words=words))


def run_part(draft: api.drafts.Draft, setting: api.Scenario, w: Words) -> None:
    """Play the draft in a process of its own and show who pays, incomes over time, what happened and whether its claims hold."""
    st.markdown(w.t("author.run.text"))
    claims = bool(setting.expects) and st.toggle(w.t("author.run.claims"), help=w.t("author.run.claims_help"), key="author-claims")
    asked = {"kind": "draft", "text": draft.text, "tables": dict(draft.tables), "claims": claims, "language": w.language}
    found = long_work(asked, "author-run", w.t("author.run.start"), w)
    if found is None:
        return
    if found["claims"]:
        st.subheader(w.t("author.run.claims_title"), anchor=False)
        icons = {True: ":material/check_circle:", False: ":material/cancel:"}
        st.markdown("\n".join(f"- {icons[bool(held)]} {plain(said)}" for held, said in found["claims"]))
    _charts(found, setting, w)
    st.subheader(w.t("author.run.feed"), anchor=False)
    if not found["feed"]:
        st.markdown(w.t("author.run.nothing"))
    st.markdown("\n".join(f"- **{w.quarter(quarter, setting.start)}.** {plain(text)}" for quarter, text in found["feed"]))


def _charts(found: dict[str, Any], setting: api.Scenario, w: Words) -> None:
    import pandas as pd

    ids = list(setting.state_ids)
    names = {state.id: state.name for state in setting.states}
    measures = pd.DataFrame(found["measures"], columns=["quarter", "sender", "target", "lever"])
    roles = roles_in(measures, ids, [dispute.target for dispute in setting.disputes])
    income, prices = (tuple(pd.DataFrame(values, columns=ids) for values in found[name]) for name in ("real_income", "price_index"))
    count = found["quarters"]
    labels = [w.quarter(quarter, setting.start) for quarter in range(count)]
    since = int(measures["quarter"].min()) if len(measures) else 0
    left, right = st.columns(2, gap="large")
    with left:
        show_chart(who_pays(income[0], income[1], roles, names, since, w), w.t("lab.chart.who_pays"), "author-pays", w)
    with right:
        years = [w.year(quarter, setting.start) for quarter in range(0, count, YEAR)]
        times = Times(labels, years, "" if setting.start else w.t("charts.over_time.axis"), [])
        changes = role_changes((income[0], income[1]), (prices[0], prices[1]), roles)
        show_chart(over_time(changes, roles, names, times, w), w.t("lab.chart.over_time"), "author-time", w)


def difference_part(setting: api.Scenario, w: Words) -> None:
    """What differs from a shipped scenario, in words."""
    titles = {card.id: card.title for card in cards() if card.setting is not None}
    usual = setting.id if setting.id in titles else next(iter(titles))
    places = list(titles)
    picked = st.selectbox(w.t("author.difference.against"), places, index=places.index(usual), format_func=lambda name: titles[name], key="author-against")
    found = api.differences(scenario(str(picked)), setting)
    st.caption(w.t("author.difference.count_note"))
    if not found:
        st.success(w.t("author.difference.none"), icon=":material/equal:")
        return
    st.markdown(w.t("author.difference.differs", count=len(found)))
    tables = list(dict.fromkeys(one.table for one in found))
    for table in tables:
        st.markdown(f"**{w.t(f'author.difference.table.{table or OWN_TABLE}')}**")
        st.markdown("\n".join(f"- {_said(one, w)}" for one in found if one.table == table))


def _said(one: api.Difference, w: Words) -> str:
    entry, key = plain(one.entry), plain(one.key.replace("_", " "))
    if one.kind == "added":
        return w.t("author.difference.added", entry=entry)
    if one.kind == "removed":
        return w.t("author.difference.removed", entry=entry)
    before, after = plain(_short(one.before)), plain(_short(one.after))
    if not before:
        line = w.t("author.difference.added_key", name=key, after=after or w.t("author.difference.empty"))
    elif not after:
        line = w.t("author.difference.removed_key", name=key, before=before)
    else:
        line = w.t("author.difference.changed", name=key, before=before, after=after)
    return w.t("author.difference.entry", entry=entry, line=line) if entry else line


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 160 else text[:159] + "…"
