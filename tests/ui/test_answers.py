"""A seat reads what it is offered before it answers, and an order is told with all that it says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sim import api
from tests.ui.class_room import ClassRoom, at_home, done, open_class, press, words_of
from ui.classroom import instructor, submissions
from ui.house import the_model
from ui.pages.class_desk import move_words
from ui.retold import atlas_told
from ui.text import words

OFFERED = {
    "en": "Caldera offers: 60 % of the measures lifted in the end, in 3 stages; they come back if you are seen to go back on it. "
    "It asks: nothing of its demand; that you leave Sudaria and stay away from it (every deal you have with it ends)",
    "es": "Caldera ofrece: 60 % de las medidas levantadas al final, en 3 etapas; vuelven si se ve que incumples. Pide: nada de su exigencia; "
    "que dejes a Sudaria y te mantengas lejos (termina todo trato que tengas con ese país)",
}
PROPOSED = "Ponteo proposes: a credit line, Ponteo gives, 50 % of the usual terms"


@pytest.fixture(autouse=True)
def home(tmp_path: Path) -> Iterator[Path]:
    with at_home(tmp_path):
        yield tmp_path


def read(app: AppTest) -> str:
    """What is written on the page, with plain spaces and without the marks that keep Markdown from reading it."""
    return words_of(app).replace("\u00a0", " ").replace("\u202f", " ").replace("\\", "")


def goes_on(made: ClassRoom, phase: str, number: int) -> None:
    while (made.now("nordal").phase, made.now("nordal").round) != (phase, number):
        instructor.advance(made.store, the_model(), made.key, made.made.uid, made.now("nordal").stamp)


def test_who_answers_an_offer_reads_its_terms_first() -> None:
    """Caldera offers relief to Nordal if it leaves Sudaria, and Ponteo a credit line at half of the usual terms."""
    made = open_class("the-wedge", rounds=2)
    made.start()
    goes_on(made, "decide", 1)
    wedge = {"lever": "inducement", "target": "NORDAL", "sector": "", "value": 0.0, "options": {"leave": "SUDAR"}}
    credit = {"lever": "propose_deal", "target": "NORDAL", "sector": "", "value": 0.5, "options": {"kind": "credit", "giver": "me"}}
    for label, move in (("calder", wedge), ("ponte", credit)):
        submissions.submit(made.store, the_model(), made.links[label], made.now(label).stamp, [move])
    goes_on(made, "reveal", 1)
    told = "Caldera towards Nordal: inducement to leave a partner: Sudaria (60 % of the measures lifted)"
    assert told in read(made.seat("sudar")) and told in read(made.screen())
    goes_on(made, "talk", 2)
    talk = read(made.seat("nordal"))
    assert "Answer it under “Decide”" in talk and OFFERED["en"] in talk and PROPOSED in talk and "No offers yet" not in talk
    in_order = [str(getattr(node, "value", "")) for node in made.seat("nordal").main]
    waits, unbound = (next(place for place, text in enumerate(in_order) if said in text) for said in ("Answer it under “Decide”", "binds nobody, and nothing"))
    assert waits < unbound  # what it says is of what seats agree, not of these
    other = read(made.seat("sudar"))
    assert "Caldera offers" not in other and "Ponteo proposes" not in other
    goes_on(made, "decide", 2)
    app = press(press(made.seat("nordal"), "use-answer_settlement"), "use-answer_deal")
    target = next(one for one in app.selectbox if str(one.key).startswith("move-1-") and str(one.key).endswith("-target"))
    target.set_value("PONTE")
    said = read(done(app.run()))
    assert said.count(OFFERED["en"]) == 2 and said.count(PROPOSED) == 2  # on its card, and where the seat is about to hand in
    assert f"Nordal towards Caldera, accepts ({OFFERED['en']})" in said
    app.query_params["lang"] = "es"
    assert OFFERED["es"] in read(done(app.run()))
    app.query_params["lang"] = "en"
    done(app.run())
    press(app, "hand-in")
    app.segmented_control(key="view-wait-0-2-decide").set_value("talk")
    talk = read(done(app.run()))
    assert "Offers" in talk and "Answer it under “Decide”" not in talk  # both are answered


@pytest.mark.parametrize(
    ("lever", "value", "options", "told"),
    [
        ("inducement", 0.0, {"leave": "SUDAR"}, "Caldera towards Nordal, 0 % of the demand, 60 % of the measures lifted, if it leaves Sudaria"),
        (
            "offer_settlement",
            0.6,
            {"share": "0.5", "stages": "1.0", "snapback": "0.0"},
            "Caldera towards Nordal, 60 % of the demand, 50 % of the measures lifted, in 1 stage, not brought back if it is broken",
        ),
        ("pledge", 1.0, {}, "Public pledge: Caldera towards Nordal, keeps its measures until the demand is met"),
        ("propose_deal", 1.0, {"kind": "treaty", "giver": "them"}, "Caldera towards Nordal, 100 %, easier trade, both ways"),
        ("propose_deal", 1.0, {"kind": "licence", "giver": "them"}, "Caldera towards Nordal, 100 %, a technology licence, Nordal gives"),
        ("technology_licence", 0.5, {"royalty": "0.1"}, "royalty on output that still needs the licensor: 10 % of its value"),
    ],
)
def test_an_order_is_told_with_what_it_says(lever: str, value: float, options: dict[str, str], told: str) -> None:
    move = {"state": "CALDER", "lever": lever, "target": "NORDAL", "sector": "", "value": value, "options": options}
    said = move_words(move, atlas_told("the-wedge", "en"), words("en")).replace("\u00a0", " ").replace("\u202f", " ")
    assert said.endswith(told), said


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_order_ends_in_a_comma(language: str) -> None:
    for lever in api.LEVERS.values():
        move = {"state": "CALDER", "lever": lever.id, "target": "NORDAL", "sector": "", "value": lever.value.default, "options": {}}
        said = move_words(move, atlas_told("the-wedge", language), words(language))
        assert not said.rstrip().endswith(",") and ", ," not in said, said
