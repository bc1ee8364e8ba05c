"""Every parameter that the model declares, and the Model page shows, is read somewhere: none stands for a mechanism that is not there."""

from __future__ import annotations

from pathlib import Path

from sim import parameters
from sim.parameters import PARAMETERS

HERE = Path(parameters.__file__).parent
BUILT = ("vote_for_", "vote_against_", "vote_abstain_", "vote_absent_")  # names put together in `government/votes.py`


def test_every_parameter_is_read_by_the_model() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in HERE.parent.rglob("*.py") if path.parent != HERE)
    assert sorted(name for name in PARAMETERS if f'"{name}"' not in sources and not name.startswith(BUILT)) == []
    assert 'f"vote_{' in sources
