"""What happened in a run, told by quarter in plain words, and which decisions stand behind it.

The record names states by their ids; here they get their names. A decision is told once, with what followed from it folded into it; what
nobody decided in this run (the scenario's own measures, news, new governments) is told as it is. Decisions to go on as before are marked
`quiet`, so that a page can leave them out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sim import api
from ui.happened import EVENTS, event_words, named
from ui.telling import tell
from ui.wording import lever_words

if TYPE_CHECKING:
    from ui.text import Words

Kind = Literal["decision", "vote", "deal", "measure", "news"]
KINDS: tuple[Kind, ...] = ("decision", "vote", "deal", "measure", "news")
VOTE = "vote on "
GOING_ON = frozenset(
    {"keep", "hold", "stay neutral", "let it rest", "no deal", "leave it to the measures", "hold the line", "stand by the deal", "keep to it", "wait",
     "stay out", "go on", "say nothing", "keep it to itself", "leave measures as they are", "leave it to markets", "stay out of it",
     "keep its hands free", "trust the other's word", "table nothing", "leave the past alone", "stay a member", "stay outside", "keep out of it",
     "protect nobody", "wait and see"}
)  # fmt: skip
GOING_ON_WITH = ("leave its bill to ",)  # beginnings of those that name a state
MEASURE_EVENTS = ("measure imposed", "measure withdrawn", "measure changed")
DEALS = ("agreement", "renegotiation", "rift", "drift", "offer lapsed")
DEAL_QUESTIONS = ("propose deal", "answer deal", "partnership")
STANCE = ("transit_control", "trade_facilitation", "aid")
BEHIND_DEED: Mapping[str, tuple[str, ...]] = {  # lever -> the questions a government answers with it
    "threat": ("demand",),
    "retraction": ("carry out",),
    "concession": ("answer threat", "hold or yield"),
    "offer_part": ("answer threat", "hold or yield"),
    "answer_offer": ("accept part",),
    "offer_settlement": ("offer settlement",),
    "answer_settlement": ("answer settlement",),
    "next_stage": ("next stage",),
    "backslide": ("keep settlement",),
    "assembly_resolution": ("table a resolution",),
    "council_mandate": ("table a resolution",),
    "propose_deal": ("propose deal", "partnership"),
    "answer_deal": ("answer deal",),
    "end_deal": ("partnership",),
    "denial": ("deny",),
    "disclosure": ("disclose",),
    "mediation": ("mediate",),
    "demand": ("demand",),
    "pledge": ("bind itself",),
    "condemnation": ("speak out",),
    "downgrade": ("speak out",),
    "monitoring_mission": ("send monitors",),
    "solidarity_fund": ("share the bill",),
    "designation": ("designate",),
    "lift_motion": ("lift",),
    "apology": ("make amends",),
    "membership": ("belong",),
    "join_coalition": ("associate",),
    **dict.fromkeys(("reserve_building", "stockpiling"), ("prepare", "after put money by", "after fill stores")),
    **dict.fromkeys(("shielding", "compensation"), ("protect",)),
    **dict.fromkeys(STANCE, ("stance",)),
}
BEHIND_MEASURES = (
    "carry out", "escalate", "adapt", "join", "associate", "keep or lift", "next stage", "hold or yield", "answer threat", "accept part", "answer settlement",
)  # fmt: skip


@dataclass(frozen=True)
class Item:
    """One thing that happened: `choices` are positions in the run's record of the decisions behind it, empty where nobody decided;
    `last`: measures are lifted by it, so it stands behind the other decisions of its quarter."""

    quarter: int
    kind: Kind
    text: str
    choices: tuple[int, ...] = ()
    quiet: bool = False
    last: bool = False


LIFTINGS = ("measure withdrawn", "measures abandoned", "dispute settled")  # events told last in their quarter, in this order


def place_in_quarter(event: str) -> int:
    """Where an event stands within its quarter: what lifts or settles comes last, so that a concession of the same quarter stands before it."""
    return LIFTINGS.index(event) + 1 if event in LIFTINGS else 0


def names_of(setting: api.Scenario) -> dict[str, str]:
    """Names of a scenario's states by id."""
    return {state.id: state.name for state in setting.states}


def feed(run: api.Run, setting: api.Scenario, w: Words) -> list[Item]:
    """Everything that happened, in order: decisions of a quarter first, those to lift measures at their end, then what nobody decided."""
    told = _Telling(run, setting, w)
    items = [*told.decisions(), *told.events()]
    order = {kind: place for place, kind in enumerate(("news", "decision", "deal", "vote", "measure"))}
    return sorted(items, key=lambda item: (item.quarter, order[item.kind], item.last))


def goes_on(option: str) -> bool:
    """Whether taking an option leaves things as they were."""
    return option in GOING_ON or option.startswith(GOING_ON_WITH)


class _Telling:
    def __init__(self, run: api.Run, setting: api.Scenario, w: Words) -> None:
        self.choices = run.record.choices
        self.names = names_of(setting)
        self.ids = setting.state_ids
        self.events_table = run.record.rows("events")
        self.sides = sides(run)
        self.w = w
        self.reference = setting.source or setting.id
        self.labels = {lever.label: name for name, lever in api.LEVERS.items()}

    def decisions(self) -> list[Item]:
        """Every decision but votes, which are told together."""
        items: list[Item] = []
        before: dict[tuple[str, str], str] = {}
        for place, choice in enumerate(self.choices):
            if choice.decision.startswith(VOTE):
                continue
            key = (choice.state, choice.decision)
            quiet = before.get(key) == choice.chosen if key in before else goes_on(choice.chosen)
            before[key] = choice.chosen
            kind: Kind = "deal" if choice.decision.partition(":")[0] in DEAL_QUESTIONS else "decision"
            lifts = choice.chosen == "lift" and choice.decision.startswith("keep or lift:")
            items.append(Item(choice.quarter, kind, choice_words(choice, self.sides, self.names, self.w), (place,), quiet, lifts))
        return items

    def events(self) -> list[Item]:
        """What is not told by a decision."""
        items: list[Item] = []
        own: dict[tuple[int, str, str, str], list[str]] = {}
        for quarter, event, states, text in self.events_table:
            who = states.split()
            if event in MEASURE_EVENTS:
                lever = self.labels.get(text.split(" of ")[0].strip(), "")
                if not self.behind(quarter, who, BEHIND_DEED.get(lever, BEHIND_MEASURES)):
                    own.setdefault((quarter, event, who[0], who[1] if len(who) > 1 else ""), []).append(text.split(" of ")[0])
            elif event.startswith("resolution"):
                ballots = tuple(p for p, c in enumerate(self.choices) if c.quarter == quarter and c.decision.startswith(VOTE) and self._on(c, who))
                items.append(Item(quarter, "vote", self.event(text), ballots))
            elif event in DEALS:
                items.append(Item(quarter, "deal", self.event(text), self.behind(quarter, who, ("answer deal", "partnership"))))
            elif event.replace(" ", "_") in api.LEVERS:
                lever = event.replace(" ", "_")
                if not self.behind(quarter, who, BEHIND_DEED.get(lever, ())):
                    items.append(Item(quarter, "decision", self.event(text)))
            elif event in ("inject", "new government"):
                items.append(Item(quarter, "news", self.event(text)))
            else:
                items.append(Item(quarter, "decision", self.event(text), self.behind(quarter, who, BEHIND_MEASURES), last=event in LIFTINGS))
        for (quarter, event, sender, target), levers in own.items():
            items.append(Item(quarter, "measure", self._measures(event, sender, target, levers)))
        return items

    def event(self, text: str) -> str:
        """An event of the record in words."""
        return event_words(text, self.names, self.w, lambda said: tell(said, self.reference, self.w))

    def behind(self, quarter: int, who: Sequence[str], questions: Sequence[str]) -> tuple[int, ...]:
        """Decisions of that quarter by one of these states that answer one of these questions and concern the other."""
        found = []
        for place, choice in enumerate(self.choices):
            if choice.quarter == quarter and choice.state in who and choice.decision.partition(":")[0] in questions:
                concerned = {choice.state, *self.sides.get(choice.decision.partition(":")[2], ())}
                if len(concerned) == 1 or len(who) == 1 or set(who) <= concerned:
                    found.append(place)
        return tuple(found)

    def _on(self, choice: api.Choice, who: Sequence[str]) -> bool:
        """Whether a vote is on a text about this state, as far as the text's id says."""
        about = text_about(choice.decision, self.ids)
        return not about or about in who

    def _measures(self, event: str, sender: str, target: str, levers: Sequence[str]) -> str:
        said = [lever_words(api.LEVERS[self.labels[label]], "label", self.w) if label in self.labels else label for label in dict.fromkeys(levers)]
        what = self.w.joined([label[0].lower() + label[1:] for label in said])
        who = self.names.get(sender, sender)
        form = event.rpartition(" ")[2]
        if not target:
            return self.w.t(f"politics.measures_alone.{form}", who=who, what=what)
        return self.w.t(f"politics.measures.{form}", who=who, on=self.names.get(target, target), what=what)


def text_about(resolution: str, states: Sequence[str]) -> str:
    """The state that a text tabled by a government is about, with which its id ends; empty for a scenario's own."""
    return max((state for state in states if resolution.endswith(f"-{state}")), key=len, default="")


@dataclass(frozen=True)
class Parting:
    """A word that `who` gave to stay away from `partner`, in quarter `given`; `broken`: when it was seen to deal with it again."""

    who: str
    partner: str
    issue: str
    given: int
    broken: int | None


def partings(run: api.Run) -> list[Parting]:
    """The words to stay away from a partner that were given in a run, in order; of several about the same, the last."""
    found: dict[tuple[str, str, str], Parting] = {}
    for quarter, _, _, text in run.record.rows("events"):
        for kind in ("word", "word_broken"):
            if said := EVENTS[kind].fullmatch(text):
                key = (said["who"], said["other"], said["issue"])
                given = int(quarter) if kind == "word" or key not in found else found[key].given
                found[key] = Parting(*key, given, None if kind == "word" else int(quarter))
    return list(found.values())


def sides(run: api.Run) -> dict[str, tuple[str, ...]]:
    """The two states a dispute, an offer or an agreement is between, by its id; leader before target, sender before receiver."""
    found: dict[str, tuple[str, ...]] = {}
    for row in run.record.rows("disputes"):
        found[row[1]] = (row[2], row[3])
    for row in run.record.rows("agreements"):
        found[row[1]] = (row[3], row[4])
    ids = run.setting.state_ids
    for choice in run.record.choices:
        about = choice.decision.partition(":")[2]
        parts = about.split("|")
        if about not in found and len(parts) >= 4 and parts[2].isdigit() and parts[3].isdigit():
            found[about] = (ids[int(parts[2])], ids[int(parts[3])])
    return found


def choice_words(choice: api.Choice, between: Mapping[str, tuple[str, ...]], names: Mapping[str, str], w: Words) -> str:
    """What a government did and what it was about, in one line."""
    did = named(api.told(choice, names[choice.state], w.language), names)
    about = choice.decision.partition(":")[2]
    others = between.get(about, ())
    if len(others) < 2:
        return w.t("politics.about_state", did=did, other=names[about]) if about in names and about != choice.state else did
    if choice.state in others:
        other = others[0] if choice.state == others[1] else others[1]
        form = "deal" if choice.decision.partition(":")[0] in DEAL_QUESTIONS else "own"
        return w.t(f"politics.about_{form}", did=did, other=names.get(other, other))
    return w.t("politics.about_others", did=did, first=names.get(others[0], others[0]), second=names.get(others[1], others[1]))
