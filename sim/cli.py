"""The command `sanctions-lab`. Heavy imports happen inside the calls, so that `--help` answers at once.

Bad input ends with one clear sentence on stderr and exit code 2, and nothing is written; a world without equilibrium, a replay
that differs or a check that fails ends with exit code 1.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from sim.refusals import NoEquilibrium, Refusal, nearest

app = typer.Typer(
    name="sanctions-lab",
    help="A teaching simulator of sanctions policy.",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Out = Annotated[Path, typer.Option("--out", help="New or empty folder for the results.")]
Force = Annotated[bool, typer.Option("--force", help="Replace what is in the folder.")]
Seed = Annotated[int, typer.Option("--seed", help="Number that fixes all luck.")]
Theory = Annotated[str | None, typer.Option("--theory", help="Theory preset; the scenario's own by default.")]
Quarters = Annotated[int | None, typer.Option("--quarters", help="Length of the run; the scenario's own by default.")]

Workers = Annotated[int | None, typer.Option("--workers", help="Local processes; by default one for each core.")]
Scheduler = Annotated[str | None, typer.Option("--scheduler", help="Address of a Dask scheduler, such as tcp://192.0.2.1:8786.")]


@app.command("app")
def start_app(
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port of the app.")] = 8501,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open a browser window.")] = False,
    data_dir: Annotated[Path | None, typer.Option("--data-dir", help="Folder for the classes' data.")] = None,
    database: Annotated[str | None, typer.Option("--database", help="Database URL; SQLite in the data folder by default.")] = None,
    public_url: Annotated[str | None, typer.Option("--public-url", help="Address that links and QR codes use.")] = None,
    new_passphrase: Annotated[bool, typer.Option("--new-passphrase", help="Forget the instructor's passphrase and print a link to set another.")] = False,
) -> None:
    """Start the classroom app and print its addresses."""
    from sim.serving import serve

    raise typer.Exit(serve(port, not no_browser, data_dir, database, public_url, new_passphrase))


@app.command()
def scenarios() -> None:
    """List the scenarios that ship with the program: id, tab, title."""
    from sim.scenario.catalogue import list_scenarios

    for entry in list_scenarios():
        typer.echo(f"{entry.id}\t{entry.title}")


@app.command()
def check(
    files: Annotated[list[str], typer.Argument(help="Scenario files, or ids of shipped scenarios.")],
    run: Annotated[bool, typer.Option("--run", help="Also run each scenario and test its [[expect]] claims.")] = False,
) -> None:
    """Validate scenario files; every problem is a line: file, line, where, what is wrong, what is allowed."""
    from sim.analysis.checking import check_expectations
    from sim.levers import LEVERS
    from sim.scenario import find
    from sim.scenario.reading import problems_of

    wrong, failed = 0, 0
    for name in files:
        problems = problems_of(find(name)[0], LEVERS)
        for problem in problems:
            typer.echo(str(problem), err=True)
        wrong += len(problems)
        if not problems and run:
            for held, sentence in check_expectations(name):
                typer.echo(f"{name}: {'holds' if held else 'fails'}: {sentence}")
                failed += not held
        elif not problems:
            typer.echo(f"{name}: valid")
    if wrong:
        raise typer.Exit(2)
    if failed:
        raise typer.Exit(1)


@app.command()
def run(
    scenario: Annotated[str, typer.Argument(help="Id of a shipped scenario, or the path of a scenario file.")],
    out: Out,
    seed: Seed = 1,
    quarters: Quarters = None,
    theory: Theory = None,
    decisions: Annotated[Path | None, typer.Option("--decisions", help="CSV of decisions.")] = None,
    force: Force = False,
) -> None:
    """Play a scenario once and write its tables."""
    from sim import api
    from sim.output import check_free

    check_free(out, force)
    given = api.decisions_from(decisions) if decisions else None
    api.run(scenario, seed=seed, decisions=given, quarters=quarters, theory=theory, keep_snapshots=False).save(out, force)
    typer.echo(f"Wrote {out}")


@app.command()
def replay(folder: Annotated[Path, typer.Argument(help="Folder that `run --out` wrote.")]) -> None:
    """Run a saved run again and say whether every table is equal."""
    from sim import api

    result = api.replay(folder)
    typer.echo(result.sentence)
    if not result.equal:
        raise typer.Exit(1)


@app.command()
def compare(
    scenario: Annotated[str, typer.Argument(help="Id of a shipped scenario, or the path of a scenario file.")],
    a: Annotated[Path, typer.Option("--a", help="CSV of decisions of the first run.")],
    b: Annotated[Path, typer.Option("--b", help="CSV of decisions of the second run.")],
    out: Out,
    seed: Seed = 1,
    quarters: Quarters = None,
    theory: Theory = None,
    force: Force = False,
) -> None:
    """Play a scenario twice with the same luck and different decisions; write differences and what each decision is worth."""
    from sim import api
    from sim.output import check_free

    check_free(out, force)
    first, second = api.decisions_from(a), api.decisions_from(b)
    runs = [api.run(scenario, seed=seed, decisions=given, quarters=quarters, theory=theory) for given in (first, second)]
    found = api.compare(*runs)
    found.save(out, force)
    for change in found.changes:
        typer.echo(change.text)
    typer.echo(f"Wrote {out}")


@app.command()
def counterfactual(
    base_dir: Annotated[Path, typer.Argument(help="Folder with flows.csv and sectors.csv.")],
    shock: Annotated[Path, typer.Option("--shock", help="CSV of the shock.")],
    out: Annotated[Path | None, typer.Option("--out", help="New or empty folder for the results; BASE_DIR/out by default.")] = None,
    horizon: Annotated[str, typer.Option("--horizon", help="long or short.")] = "long",
    factors: Annotated[str, typer.Option("--factors", help="mobile or specific.")] = "mobile",
    deficits: Annotated[str, typer.Option("--deficits", help="fixed, proportional or zero.")] = "fixed",
    rho: Annotated[float, typer.Option("--rho", help="Share of the trade elasticity that works in the short run.")] = 0.25,
    tolerance: Annotated[float, typer.Option("--tolerance", help="Largest residual.")] = 1e-10,
    force: Force = False,
) -> None:
    """Solve the trade equilibrium alone, on your own data."""
    from sim.analysis.counterfactual import run_counterfactual

    run_counterfactual(
        base_dir, shock, out, horizon=horizon, factors=factors, deficits=deficits, rho=rho, tolerance=tolerance, force=force  # type: ignore[arg-type]
    )
    typer.echo(f"Wrote {out or base_dir / 'out'}")


@app.command()
def ensemble(
    scenario: Annotated[str, typer.Argument(help="Id of a shipped scenario, or the path of a scenario file.")],
    runs: Annotated[int, typer.Option("--runs", help="Number of runs, each with its own seed.")],
    out: Out,
    workers: Workers = None,
    scheduler: Scheduler = None,
    seed: Annotated[int, typer.Option("--seed", help="Seed of the first run; the others count up.")] = 1,
    quarters: Quarters = None,
    theory: Theory = None,
    decisions: Annotated[Path | None, typer.Option("--decisions", help="CSV of decisions.")] = None,
    force: Force = False,
) -> None:
    """Play a scenario with many seeds and write quantiles; a stopped ensemble is taken up by the same command."""
    from sim import api
    from sim.analysis.engines import engine_of
    from sim.analysis.ensemble import ensemble_to, plan_of
    from sim.analysis.progress import Meter
    from sim.output import check_free

    check_free(out, force)
    engine = engine_of(workers, scheduler)
    given = api.decisions_from(decisions) if decisions else None
    plan = plan_of(scenario, runs, seed, given, quarters, theory)
    with Meter(f"ensemble, {engine.name}") as meter:
        found = ensemble_to(out, plan, runs, engine, meter.show, force)
    if found.failed:
        typer.echo(f"{len(found.failed)} of {runs} runs had no equilibrium; see ensemble.json", err=True)
    typer.echo(f"Wrote {out}")


@app.command()
def sweep(
    experiment: Annotated[Path, typer.Argument(help="Experiment file; see scenarios/experiments/README.md.")],
    out: Out,
    workers: Workers = None,
    scheduler: Scheduler = None,
    force: Force = False,
) -> None:
    """Vary parameters, levers and theories by a design, and say which of them matters; a stopped sweep is taken up again."""
    from sim.analysis.engines import engine_of
    from sim.analysis.experiment import read_experiment
    from sim.analysis.progress import Meter
    from sim.analysis.sweep import sweep_to
    from sim.output import check_free

    check_free(out, force)
    found = read_experiment(experiment)
    engine = engine_of(workers, scheduler)
    with Meter(f"sweep, {engine.name}") as meter:
        result = sweep_to(out, found, engine, meter.show, force)
    for outcome in found.outcomes:
        typer.echo(outcome.text)
        for line in result.ranking(outcome.name):
            typer.echo(f"    {line}")
    typer.echo(f"Wrote {out}")


@app.command()
def facts(
    out: Out,
    only: Annotated[str, typer.Option("--only", help="Targets to test, by id, with commas: O01,O07; N for the negative controls.")] = "",
    quick: Annotated[bool, typer.Option("--quick", help="20 seeds and no jitter.")] = False,
    protocol: Annotated[bool, typer.Option("--protocol", help="The whole protocol: 200 seeds, 50 jitter draws of 20.")] = False,
    workers: Workers = None,
    scheduler: Scheduler = None,
    force: Force = False,
) -> None:
    """Hold the model against the validation targets; exit 1 if a MUST fails."""
    from sim.analysis.facts.command import hold_against_facts

    raise typer.Exit(hold_against_facts(out, only, quick, protocol, workers, scheduler, force))


@app.command()
def history(
    out: Annotated[Path, typer.Option("--out", help="New CSV file for the cases; a summary is written beside it.")],
    states: Annotated[int, typer.Option("--states", help="States of the world, 24 to 60.")] = 30,
    years: Annotated[int, typer.Option("--years", help="Years it lives.")] = 40,
    seed: Seed = 1,
    force: Force = False,
) -> None:
    """Let a world live for decades and write its sanctions cases, with a summary beside real aggregates."""
    from sim.analysis import history as lived
    from sim.analysis.progress import Meter

    lived.check_place(out, force)
    with Meter("history") as meter:
        found = lived.history(states, years, seed, meter.show)
    lived.save(found, out, force)
    typer.echo("\n".join(found.lines()))
    typer.echo(f"Wrote {out}")


def main() -> None:
    """Run the command; turn every refusal into a sentence and an exit code."""
    sys.exit(call(sys.argv[1:]))


def call(arguments: list[str]) -> int:
    """Run the command with `arguments` and return its exit code."""
    command = typer.main.get_command(app)
    usage_error = typer.BadParameter.__bases__[0]  # the library's class of all wrong usage
    try:
        result = command.main(args=arguments, prog_name="sanctions-lab", standalone_mode=False)
        return int(result or 0)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 2
    except NoEquilibrium as problem:
        print(problem, file=sys.stderr)
        return 1
    except usage_error as problem:  # type: ignore[misc]
        print(_one_sentence(problem, arguments), file=sys.stderr)
        return 2
    except (typer.Abort, KeyboardInterrupt):
        return 130


def _one_sentence(problem: typer.BadParameter, arguments: list[str]) -> str:
    text = " ".join(problem.format_message().split())
    commands = [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]
    if text.startswith("No such command") and arguments:
        return f"There is no command '{arguments[0]}'; allowed are {', '.join(commands)}.{nearest(arguments[0], commands)}"
    return text if text.endswith((".", "?")) else text + "."


if __name__ == "__main__":
    main()
