"""Paper: sizes of pages, one page for each packet of every shipped scenario, codes that open the seat, hostile text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from reportlab.platypus import Table

from sim import api
from tests.ui.pdf_pages import sizes
from ui.catalogue import scenario
from ui.print import seat_cards as cards_module
from ui.print.decision_sheets import decision_sheets
from ui.print.name_cards import name_cards
from ui.print.packets import fitted, packets
from ui.print.parts import Part, numbers, parts
from ui.print.qr import draw_qr
from ui.print.seat_cards import SeatCard, seat_cards
from ui.print.sheet import SIZES, drawable, paper, safe
from ui.text import words

W = words()
SCENARIOS = [name for name, _ in api.scenarios()]
A4, LETTER = (595.28, 841.89), (612.0, 792.0)  # points: 210 x 297 mm at 72 / 25.4 points a millimetre; 8.5 x 11 inches at 72
HOSTILE = "<b>Us</b> <img src='http://evil.example/x.png'/> &lt; </para>"


def close(size: tuple[float, float], wanted: tuple[float, float]) -> bool:
    return abs(size[0] - wanted[0]) < 0.02 and abs(size[1] - wanted[1]) < 0.02


def card(title: str = "Envoy") -> SeatCard:
    return SeatCard(title, "Arden", "http://class.example/seat?k=" + "x" * 43, "http://class.example/join?code=ABCDEF", "ABCDEF")


@pytest.mark.parametrize("size, wanted", [("a4", A4), ("letter", LETTER)])
@pytest.mark.parametrize("name", SCENARIOS)
def test_every_packet_of_every_scenario_is_one_page_of_the_asked_size(name: str, size: str, wanted: tuple[float, float]) -> None:
    setting = scenario(name)
    found = sizes(packets(setting, parts(setting), size, W))
    assert len(found) == len(parts(setting))
    assert all(close(page, wanted) for page in found)


@pytest.mark.parametrize("name", SCENARIOS)
def test_packets_are_set_in_letters_that_can_be_read(name: str) -> None:
    """9 points and more on either paper: what a packet of a printed magazine has."""
    setting = scenario(name)
    for part in parts(setting):
        for size in SIZES:
            assert fitted(setting, part, paper(size).inner, W)[1] >= 9.0, (part.title, size)


def test_a_packet_that_is_too_long_is_refused_and_never_cut() -> None:
    setting = scenario("who-pays")
    part = Part("x", "ARDEN", "Envoy", packet="A word. " * 4000)
    with pytest.raises(api.Refusal, match="does not fit on one page"):
        packets(setting, [part], "a4", W)


@pytest.mark.parametrize("size, wanted", [("a4", A4), ("letter", LETTER)])
def test_seat_cards_are_eight_on_a_page(size: str, wanted: tuple[float, float]) -> None:
    """8 cards are one page, 9 are two, 24 are three."""
    for count, pages in ((8, 1), (9, 2), (24, 3)):
        found = sizes(seat_cards([card()] * count, "A lesson", size, W))
        assert len(found) == pages
        assert all(close(page, wanted) for page in found)


def test_a_seat_card_shows_the_code_of_its_own_link(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []

    def watch(canvas: object, text: str, *rest: float) -> None:
        drawn.append(text)
        draw_qr(canvas, text, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(cards_module, "draw_qr", watch)
    seat_cards([card(), replace(card(), link="")], "A lesson", "a4", W)
    assert drawn == [card().link, card().door]


def test_a_qr_code_is_drawn_module_by_module() -> None:
    """The squares drawn, counted by area in modules, are the dark modules that segno has."""
    import segno

    class Paths:
        dark = 0.0

        def rect(self, x: float, y: float, width: float, height: float) -> None:
            self.dark += width * height

    class Paper:
        path = Paths()

        def beginPath(self) -> Paths:
            return self.path

        def __getattr__(self, name: str) -> object:
            return lambda *args, **named: None

    sheet, text = Paper(), "http://class.example/seat?k=abc"
    matrix = [bytes(row) for row in segno.make(text, error="m").matrix]
    draw_qr(sheet, text, 0.0, 0.0, len(matrix) + 8.0)  # type: ignore[arg-type]
    assert sheet.path.dark == pytest.approx(sum(map(sum, matrix)))


def test_name_cards_are_a_page_for_each_part_whatever_its_name() -> None:
    cast = [Part("a", "A", "Envoy"), Part("b", "B", "T" * 200), Part("c", "C", "", "")]
    found = sizes(name_cards(cast, {"A": "Arden", "B": "N" * 90, "C": HOSTILE}, "A lesson", "letter", W))
    assert len(found) == 3
    assert all(close(page, LETTER) for page in found)


def test_decision_sheets_hold_three_rounds_a_page_and_end_with_the_levers() -> None:
    """7 rounds are three pages for each of two parts; one page of levers."""
    cast = [Part("a", "A", "Envoy"), Part("b", "B", "Minister")]
    found = sizes(decision_sheets(cast, {"A": "Arden", "B": "Brome"}, 7, "A lesson", "a4", W))
    assert len(found) == 2 * 3 + 1
    assert all(close(page, A4) for page in found)


def test_text_from_people_is_never_markup() -> None:
    assert "<" not in safe(HOSTILE).replace("<br/>", "")
    assert len(sizes(seat_cards([card(HOSTILE)], HOSTILE, "a4", W))) == 1
    assert len(sizes(decision_sheets([Part("a", "A", HOSTILE)], {"A": HOSTILE}, 1, HOSTILE, "a4", W))) == 2


def test_letters_the_font_lacks_lose_their_accent_or_become_a_question_mark() -> None:
    """A narrow no-break space becomes a wide one; the accent of a letter the font lacks goes; Greek has no likeness; é stays."""
    assert drawable("3\u202f% é") == "3\u00a0% é"
    assert drawable("ạ ж") == "a ?"


def test_an_unknown_paper_is_refused() -> None:
    with pytest.raises(api.Refusal, match="allowed are a4, letter"):
        paper("a3")


def test_the_numbers_of_a_packet_are_those_of_the_scenario() -> None:
    """who-pays, Arden: exports are its row of the flows without its own column, income its value added."""
    setting = scenario("who-pays")
    place = setting.state_ids.index("ARDEN")
    found = numbers(setting, "ARDEN")
    row = setting.flows[:, place, :].sum(axis=0)
    assert found.exports == pytest.approx(row.sum() - row[place])
    assert sum(partner.sold for partner in found.partners) == pytest.approx(found.exports)
    assert sum(partner.bought for partner in found.partners) == pytest.approx(found.imports)
    assert found.income == pytest.approx(float((setting.value_added[:, place] * setting.flows[:, place].sum(axis=1)).sum()))


def test_a_scenario_without_roles_gives_every_state_a_part() -> None:
    setting = scenario("triangle")
    assert [part.state for part in parts(setting)] == list(setting.state_ids)


def test_the_trade_in_a_packet_is_said_to_be_before_the_measures_where_there_are_any() -> None:
    """The default scenario begins with measures, who-pays without."""
    heads = []
    for name in ("marriage-of-convenience", "who-pays"):
        setting = scenario(name)
        story, _ = fitted(setting, parts(setting)[0], paper("a4").inner, W)
        (figures,) = [flow for flow in story if isinstance(flow, Table)]
        heads.append(figures._cellvalues[0][0][0].getPlainText())
    assert heads == ["Trade before the measures, with", "Trade with"]
