"""What happened is told in names: no id of a state, sector, lever or dispute in any sentence, whatever the scenario."""

from __future__ import annotations

import re

import pytest

from sim import api
from ui.happened import event_words
from ui.politics import feed, named, names_of
from ui.retold import event_told
from ui.text import THIN, languages, words

QUARTERS = 8
NAMES = {"AUR": "Aurelia", "PORT_SARN": "Port Sarn"}


def told_of(scenario: str, language: str) -> set[str]:
    """Everything that pages say of a run: the feed, the events, and why."""
    setting, w = api.load(scenario), words(language)
    run, names = api.run(setting, seed=1, quarters=min(QUARTERS, setting.quarters)), names_of(setting)
    found = {item.text for item in feed(run, setting, w)} | {event_told(str(row[3]), scenario, w) for row in run.record.rows("events")}
    for choice in run.record.choices:
        why = api.explain(choice, names[choice.state], language)
        found |= {named(text, names) for text in (why.sentence, why.flip, *(api.taking(option.name, language) for option in choice.options))}
    return found


@pytest.mark.parametrize("scenario", [name for name, _ in api.scenarios()])
def test_no_id_occurs_in_any_sentence_told_of_a_scenario(scenario: str) -> None:
    setting = api.load(scenario)
    ids = [state.id for state in setting.states if state.name != state.id and len(state.id) > 1]
    ids += [dispute.id for dispute in setting.disputes if set("-_") & set(dispute.id)]
    wrong = re.compile(rf"\w_\w|lever '|\b(?:{'|'.join(map(re.escape, ids)) or '_'})\b")
    for language in languages():
        assert sorted(text for text in told_of(scenario, language) if wrong.search(text)) == []


@pytest.mark.parametrize(
    "written, said",
    [
        ("Import ban of AUR on PORT_SARN, level 0.8", "Aurelia on Port Sarn: import ban, 80 % of product lines"),
        ("Import ban of AUR on PORT_SARN moved from 0.8 to 0.5", "Aurelia on Port Sarn: import ban, now 50 % of product lines (before: 80 % of product lines)"),
        ("Freeze of foreign reserves of AUR on PORT_SARN withdrawn", "Aurelia on Port Sarn: freeze of foreign reserves withdrawn"),
        ("Subsidy for home goods of PORT_SARN, level 0.1", "Port Sarn: subsidy for home goods, 10 % of the price before subsidy"),
        ("Import ban of AUR on PORT_SARN is not needed any more: the dispute is settled",
         "Aurelia on Port Sarn: import ban is not needed any more, the dispute is settled"),
        ("Aurelia towards Port Sarn: join the measures of others came to nothing: lever 'join_coalition' in quarter 3: there is no coalition against that "
         "state left to join.", "Aurelia towards Port Sarn: join the coalition came to nothing. There is no coalition against that state left to join."),
        ("Aurelia: back down came to nothing: lever 'retraction' in quarter 3: dispute 'canal_fee' is not in relief.",
         "Aurelia: back down came to nothing. The dispute is not in relief."),
        ("Aurelia settled, with 100% of the policy changed, with Port Sarn (The fee.)",
         "Aurelia settled, with 100 % of the policy changed, with Port Sarn (The fee)"),
        ("Aurelia lifted its measures without the demand being met by Port Sarn (The fee.)",
         "Aurelia lifted its measures without the demand being met by Port Sarn (The fee)"),
        ("Aurelia towards Port Sarn: offer a part (63%)", "Aurelia towards Port Sarn: offer a part (63 % of the demand)"),
        ("Aurelia towards Port Sarn: threat with a deadline: partial trade (50%)",
         "Aurelia towards Port Sarn: threat with a deadline: three tenths of trade, both ways (50 % of the policy)"),
        ("Aurelia towards Port Sarn: condemnation (5%)", "Aurelia towards Port Sarn: condemnation (5 % of goodwill)"),
        ("Aurelia towards Port Sarn: disclosure of evidence (60%)", "Aurelia towards Port Sarn: disclosure of evidence (how strong the evidence is: 60 %)"),
        ("Port Sarn and Aurelia agree on cash for goods", "Port Sarn and Aurelia agree: cash for goods"),
        ("Mandate on Aurelia: not adopted (4 for, 1 against, 0 abstain, 1 absent; stopped by the veto of Port Sarn)",
         "Mandate (Aurelia): stopped by the veto of Port Sarn, with 4 for and 1 against; 0 abstained, 1 stayed away"),
        ("Port Sarn leaves what Aurelia offered unanswered: cash for goods", "Port Sarn leaves what Aurelia offered unanswered: cash for goods"),
        ("Aurelia towards Port Sarn: public pledge", "Aurelia towards Port Sarn: public pledge: keeps its measures until the demand is met"),
        ("Letters: of AUR and others", "Letters: of Aurelia and others"),
    ],
)  # fmt: skip
def test_an_event_is_told_with_names_and_units(written: str, said: str) -> None:
    label = api.LEVERS["join_coalition"].label.lower()
    expected = said.replace("join the coalition", label).replace(" %", f"{THIN}%")
    assert event_words(written.replace("join the measures of others", label), NAMES, words()) == expected


def test_every_kind_of_lever_is_told_with_its_level() -> None:
    """Levers that stay in force, with and without a target, in every language: none is left as it was written."""
    for language in languages():
        for lever in api.LEVERS.values():
            if not lever.is_deed:
                on = " on PORT_SARN" if lever.needs_target else ""
                said = event_words(f"{lever.label} of AUR{on}, level {lever.value.default:g}", NAMES, words(language))
                assert "AUR" not in said and "level" not in said, said
