"""What a visitor of the Lab looks at, as one frozen thing, and how it is written into a link.

A view is a scenario, a seed, a length, a theory, numbers of the model that the visitor changed, the visitor's measures, which of the
scenario's own measures are switched off, what it is compared with and which state is in focus. `to_query` and `from_query` are each other's
inverse; `from_query` refuses what it does not know with a sentence, because a link can come from anywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sim import api

MOST_MEASURES = 40
MOST_QUARTERS = 120
MOST_NUMBERS = 60  # of the model that a link may change
LARGEST_SEED = 10**9
PART = "~"  # between the parts of a measure in a link
FIELDS = ("lever", "state", "target", "sector", "value", "start", "end")
KEYS = ("scenario", "seed", "quarters", "off", "m", "a", "aoff", "vs", "look", "theory", "p")


@dataclass(frozen=True)
class Ask:
    """A measure the visitor added: from quarter `start` up to, not including, `end` (None: to the end of the run)."""

    lever: str
    state: str
    target: str
    sector: str
    value: float
    start: int = 0
    end: int | None = None
    options: tuple[tuple[str, float], ...] = ()
    names: tuple[tuple[str, str], ...] = ()  # options in words, such as the partner to be left

    def decisions(self) -> list[api.Decision]:
        """The orders that impose the measure and withdraw it."""
        options = {**{name: repr(number) for name, number in self.options}, **dict(self.names)}
        orders = [api.Decision(self.start, self.state, self.lever, self.target, self.sector, self.value, options)]
        if self.end is not None and not api.LEVERS[self.lever].is_deed:
            orders.append(api.Decision(self.end, self.state, self.lever, self.target, self.sector, None))
        return orders

    def to_text(self) -> str:
        """The measure as it stands in a link."""
        numbers = [f"{self.value:.6g}", str(self.start), "" if self.end is None else str(self.end)]
        options = [*(f"{name}={number:.6g}" for name, number in self.options), *(f"{name}:{word}" for name, word in self.names)]
        return PART.join([self.lever, self.state, self.target, self.sector, *numbers, *options])

    @staticmethod
    def from_text(text: str, where: str) -> Ask:
        """Read what `to_text` wrote; raises `Refusal`. Names are checked later, by `check`."""
        parts = text.split(PART)
        if len(parts) < len(FIELDS):
            raise api.Refusal(f"{where}: it has {len(parts)} parts; needed are {', '.join(FIELDS)}, with {PART} between them.")
        lever, state, target, sector, value, start, end, *options = parts
        numbers, words = [], []
        for option in options:
            name, equals, number = option.partition("=")
            note, colon, word = option.partition(":")
            if equals:
                numbers.append((name, _number(number, f"{where}: {name[:40]}")))
            elif colon:
                words.append((note, word))
            else:
                raise api.Refusal(f"{where}: '{option[:40]}' is not an option; write name=number or name:word.")
        return Ask(
            lever,
            state,
            target,
            sector,
            _number(value, f"{where}: value"),
            _whole(start, f"{where}: start", 0, MOST_QUARTERS),
            _whole(end, f"{where}: end", 0, MOST_QUARTERS) if end else None,
            tuple(numbers),
            tuple(words),
        )


@dataclass(frozen=True)
class Choice:
    """Which measures there are: positions of the scenario's own that are switched off, and the visitor's.

    `untouched` is the world without any: governments leave things as they are, so that all measures of a run are compared with none.
    """

    off: frozenset[int] = frozenset()
    asks: tuple[Ask, ...] = ()
    untouched: bool = False


@dataclass(frozen=True)
class View:
    """Everything that decides what the Lab shows. `quarters` 0 means the scenario's own length, `look` "" the main target, `theory` "" the
    scenario's own; `numbers` are parameters of the model with values of the visitor's.
    """

    scenario: str
    seed: int = 1
    quarters: int = 0
    choice: Choice = Choice()
    pin: Choice | None = None  # run A, pinned for comparison
    against_pin: bool = False
    look: str = ""
    theory: str = ""
    numbers: tuple[tuple[str, float], ...] = ()

    def length(self, setting: api.Scenario) -> int:
        """How many quarters are run, 1 or more."""
        return self.quarters or setting.quarters

    def with_ask(self, place: int, ask: Ask | None) -> View:
        """The view with the measure at `place` replaced, added (one past the end) or, with None, taken out."""
        asks = (*self.choice.asks[:place], *(() if ask is None else (ask,)), *self.choice.asks[place + 1 :])
        return replace(self, choice=replace(self.choice, asks=asks))

    def with_off(self, off: frozenset[int]) -> View:
        """The view with other measures of the scenario switched off."""
        return replace(self, choice=replace(self.choice, off=off))

    def to_query(self) -> dict[str, str | list[str]]:
        """Query parameters that reopen this view; what is at its default is left out."""
        query: dict[str, str | list[str]] = {"scenario": self.scenario}
        if self.seed != 1:
            query["seed"] = str(self.seed)
        if self.quarters:
            query["quarters"] = str(self.quarters)
        query |= _choice_to(self.choice, "off", "m")
        if self.pin is not None:
            query |= {"vs": "pin" if self.against_pin else "none"} | _choice_to(self.pin, "aoff", "a")
        if self.look:
            query["look"] = self.look
        if self.theory:
            query["theory"] = self.theory
        if self.numbers:
            query["p"] = [f"{name}{PART}{value:.6g}" for name, value in self.numbers]
        return query

    @staticmethod
    def from_query(query: Mapping[str, Sequence[str]]) -> View:
        """Read the parameters of a link (each a list of texts). Raises `Refusal` that says what is wrong in it."""
        for key in query:
            if key not in KEYS:
                raise api.Refusal(f"link: there is no parameter '{key[:40]}'; allowed are {', '.join(KEYS)}.")
        single = {key: values[-1] for key, values in query.items() if values}
        versus = single.get("vs", "")
        if versus not in ("", "pin", "none"):
            raise api.Refusal(f"link: vs is '{versus[:40]}'; allowed are pin and none.")
        return View(
            scenario=single.get("scenario", ""),
            seed=_whole(single.get("seed", "1"), "link: seed", 0, LARGEST_SEED),
            quarters=_whole(single.get("quarters", "0"), "link: quarters", 0, MOST_QUARTERS),
            choice=_choice_from(query, "off", "m"),
            pin=_choice_from(query, "aoff", "a") if versus else None,
            against_pin=versus == "pin",
            look=single.get("look", ""),
            theory=single.get("theory", ""),
            numbers=numbers_from(query.get("p", ())),
        )


def check(view: View, setting: api.Scenario) -> None:
    """Refuse a view that names what its scenario does not have, or a value out of range."""
    _known(view.look, (*setting.state_ids, ""), "link: look", "state")
    _known(view.theory, (*api.THEORIES, ""), "link: theory", "theory")
    for name, value in view.numbers:
        _known(name, tuple(api.PARAMETERS), "link: p", "number of the model")
        api.PARAMETERS[name].check(value, "link: p")
    count = len(setting.measures) + len(setting.timetable)
    for choice in (view.choice, view.pin or Choice()):
        for place in choice.off:
            if place >= count:
                raise api.Refusal(f"link: off names measure {place}; the scenario has {count} of its own, counted from 0.")
        for number, ask in enumerate(choice.asks, start=1):
            where = f"link: measure {number}"
            _known(ask.lever, tuple(api.LEVERS), where, "lever")
            lever = api.LEVERS[ask.lever]
            _known(ask.state, setting.state_ids, where, "state")
            _known(ask.target, (*setting.state_ids, "*") if lever.needs_target else (*setting.state_ids, "*", ""), where, "state")
            _known(ask.sector, (*setting.sector_ids, "*", "") if lever.takes_sector else ("",), where, "sector")
            if ask.target == ask.state:
                raise api.Refusal(f"{where}: '{ask.state}' is named as its own target; name another state.")
            if ask.end is not None and ask.end <= ask.start:
                raise api.Refusal(f"{where}: it ends in quarter {ask.end}, not after its start in quarter {ask.start}.")
            lever.value.read(ask.value, where)
            lever.read_options({**{name: repr(value) for name, value in ask.options}, **dict(ask.names)}, where)
            for name, word in ask.names:
                _known(name, lever.notes, where, "option in words")
                if name in to_name(setting):
                    _known(word, tuple(to_name(setting)[name]), f"{where}: {name}", "such name")


def to_name(setting: api.Scenario) -> dict[str, dict[str, str]]:
    """What a measure may name of a scenario beside who and on whom: by option, ids and names."""
    return {
        "leave": {state.id: state.name for state in setting.states},
        "organisation": {one.id: one.name for one in setting.organisations},
    }


def own_measures(setting: api.Scenario) -> tuple[api.Decision, ...]:
    """The scenario's own measures in the order that `Choice.off` counts them: in force at the start, then the timetable."""
    return (*setting.measures, *setting.timetable)


def decisions(choice: Choice, setting: api.Scenario, quarters: int) -> list[api.Decision]:
    """The orders of a run of `quarters` with the timetable left out: what is switched on of it, then the visitor's.

    A measure in force at the start that is switched off is withdrawn in the quarter it begins. What the run does not reach is left out: a run
    may be shown shorter than the scenario is.
    """
    orders = []
    for place, order in enumerate(own_measures(setting)):
        at_start = place < len(setting.measures)
        if at_start and place in choice.off:
            orders.append(replace(order, value=None, options={}))
        elif not at_start and place not in choice.off:
            orders.append(order)
    orders += [order for ask in choice.asks for order in ask.decisions()]
    return [order for order in orders if order.quarter < quarters]


def numbers_from(texts: Sequence[str]) -> tuple[tuple[str, float], ...]:
    """Read the changed numbers of the model in a link, `name~value` each; raises `Refusal`. The last of a name counts."""
    if len(texts) > MOST_NUMBERS:
        raise api.Refusal(f"link: it changes {len(texts)} numbers of the model; allowed are {MOST_NUMBERS}.")
    found: dict[str, float] = {}
    for text in texts:
        name, part, value = text.partition(PART)
        if not part:
            raise api.Refusal(f"link: p is '{text[:40]}'; write name{PART}value.")
        found[name] = _number(value, f"link: p: {name[:40]}")
    return tuple(sorted(found.items()))


def _choice_to(choice: Choice, off: str, measures: str) -> dict[str, str | list[str]]:
    query: dict[str, str | list[str]] = {}
    if choice.off:
        query[off] = ",".join(str(place) for place in sorted(choice.off))
    if choice.asks:
        query[measures] = [ask.to_text() for ask in choice.asks]
    return query


def _choice_from(query: Mapping[str, Sequence[str]], off: str, measures: str) -> Choice:
    places = [part for text in query.get(off, ()) for part in text.split(",") if part]
    texts = list(query.get(measures, ()))
    if len(texts) > MOST_MEASURES or len(places) > 10 * MOST_MEASURES:
        raise api.Refusal(f"link: it holds {max(len(texts), len(places))} measures; allowed are {MOST_MEASURES}.")
    return Choice(
        frozenset(_whole(place, f"link: {off}", 0, 9999) for place in places),
        tuple(Ask.from_text(text[:400], f"link: measure {number}") for number, text in enumerate(texts, start=1)),
    )


def _known(name: str, allowed: Sequence[str], where: str, what: str) -> None:
    if name not in allowed:
        shown = ", ".join(entry for entry in allowed if entry)
        raise api.Refusal(f"{where}: there is no {what} '{name[:40]}'; allowed are {shown or 'none'}.")


def _number(text: str, where: str) -> float:
    try:
        number = float(text)
    except ValueError:
        raise api.Refusal(f"{where} is '{text[:40]}', which is not a number.") from None
    if not abs(number) < 1e12:  # also catches nan
        raise api.Refusal(f"{where} is '{text[:40]}', which is out of range.")
    return number


def _whole(text: str, where: str, low: int, high: int) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 12 or not low <= int(text) <= high:
        raise api.Refusal(f"{where} is '{text[:40]}'; allowed is a whole number from {low} to {high}.")
    return int(text)
