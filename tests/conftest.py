"""Shared by all tests: what is not run here is said, counted, and a failure when everything was asked for."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

CHROMIUM = "/usr/bin/chromium"
NEEDS = {
    "chromium": (lambda: Path(CHROMIUM).exists(), "install Chromium (Debian: chromium)"),
    "postgres": (
        lambda: bool(list(Path("/usr/lib/postgresql").glob("*/bin/postgres")) or shutil.which("postgres")),
        "install PostgreSQL (Debian: postgresql)",
    ),
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--all", action="store_true", help="tests that cannot be run here count as failures")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for mark, (present, cure) in NEEDS.items():
        if present() or config.getoption("--all"):
            continue
        for item in items:
            if item.get_closest_marker(mark):
                item.add_marker(pytest.mark.skip(reason=f"not run: {cure}"))


def pytest_runtest_setup(item: pytest.Item) -> None:
    for mark, (present, cure) in NEEDS.items():
        if item.get_closest_marker(mark) and item.config.getoption("--all") and not present():
            pytest.fail(f"not run: {cure}", pytrace=False)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reasons: dict[str, int] = {}
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reasons[reason] = reasons.get(reason, 0) + 1
    for reason, count in sorted(reasons.items()):
        terminalreporter.write_line(f"{count} {reason.removeprefix('Skipped: ')}")


@pytest.fixture(scope="session")
def chromium_path() -> str:
    return CHROMIUM
