"""Nothing of the machine it was written on, and no address to fetch from, stands in any file of the repository."""

from __future__ import annotations

import re

from tests.architecture.files import ROOT, committed, text_of

# The patterns are put together from parts, so that this file does not find itself.
HOME = re.compile(r"(?<![\w.$}-])/(?:" + "|".join(("root", "work", "home", "Users", "mnt")) + r")/\w")
WINDOWS_HOME = re.compile(r"[A-Z]:\\" + r"Users\\", re.IGNORECASE)
HOSTS = ("py" + r"pi\.", "python" + "hosted", "index-" + "url", "arti" + "factory", "proxy" + r"\.golang", "npm" + r"js\.")
REGISTRY = re.compile("|".join(HOSTS), re.IGNORECASE)
LOCKS = ("requirements.lock", "requirements-dev.lock")


def hits(pattern: re.Pattern[str]) -> list[str]:
    found = []
    for file in committed():
        text = text_of(file)
        for number, line in enumerate((text or "").splitlines(), start=1):
            if pattern.search(line):
                found.append(f"{file.relative_to(ROOT)}:{number}: {line.strip()[:100]}")
    return found


def test_no_committed_file_names_a_path_of_one_machine():
    assert hits(HOME) == [] and hits(WINDOWS_HOME) == []


def test_no_committed_file_names_a_package_registry():
    assert hits(REGISTRY) == []


def test_the_lock_files_pin_versions_and_hold_no_addresses():
    """Every line is `name==version` with at most an environment marker, or a comment; no hash needs a download address either."""
    for name in LOCKS:
        lines = [line for line in (ROOT / name).read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
        assert len(lines) > 20
        assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+(\[[a-z,]+\])?==[A-Za-z0-9.!+]+( ; .+)?", line)] == [], name
        assert [line for line in lines if "://" in line or "@" in line] == []


def test_everything_that_runs_is_in_the_lock():
    """Each dependency of pyproject.toml has a pinned line in the lock that the app is installed from."""
    import tomllib

    def plain(name: str) -> str:
        return re.split(r"[\[<>=!~ ]", name)[0].lower().replace("_", "-")

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pinned = {plain(line) for line in (ROOT / LOCKS[0]).read_text(encoding="utf-8").splitlines() if "==" in line}
    assert {plain(name) for name in project["dependencies"]} - pinned == set()
    pinned_dev = {plain(line) for line in (ROOT / LOCKS[1]).read_text(encoding="utf-8").splitlines() if "==" in line}
    assert {plain(name) for name in project["optional-dependencies"]["dev"]} - pinned_dev == set()
    assert pinned - pinned_dev == set()
