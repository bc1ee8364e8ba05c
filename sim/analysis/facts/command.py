"""What the command `facts` does."""

from __future__ import annotations

from pathlib import Path

from sim.analysis import version
from sim.analysis.engines import engine_of
from sim.analysis.facts import report
from sim.analysis.facts.runner import chosen, run_facts
from sim.analysis.progress import Meter
from sim.analysis.shards import Shards
from sim.output import atomic_folder, check_free
from sim.parameters import PARAMETERS
from sim.refusals import Refusal


def hold_against_facts(
    out: Path, only: str, quick: bool, protocol: bool, workers: int | None, scheduler: str | None, force: bool
) -> int:
    """Test targets, print and write the table; return the exit code: 1 if a MUST is missed."""
    if quick and protocol:
        raise Refusal("--quick and --protocol do not go together.")
    size = "quick" if quick else "protocol" if protocol else "default"
    names = [name.strip() for name in only.split(",") if name.strip()]
    if only and not names:
        raise Refusal(f"--only: '{only}' names no target; write ids with commas, such as O01,O07.")
    facts = chosen(names)
    check_free(out, force)
    engine = engine_of(workers, scheduler)
    defaults = {name: parameter.default for name, parameter in sorted(PARAMETERS.items())}
    about = {"facts": [fact.id for fact in facts], "size": size, "versions": version.versions(), "parameters": defaults}
    shards = Shards(out, about, force)
    with Meter(f"facts, {size}, {engine.name}") as meter:
        verdicts = run_facts(names, size, engine, shards, meter.show)
    first = run_facts(names, "first", shards=shards)  # all of it is there already
    with atomic_folder(out, force) as folder:
        report.write(verdicts, folder)
        report.write(first, folder, report.FIRST)
    shards.remove()
    print("\n".join(report.lines(verdicts)))
    return 1 if report.failed(verdicts) else 0
