"""A private PostgreSQL server for tests, reached through a socket in a temporary folder: nothing listens on the network."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

QUICK = "-c fsync=off"  # for tests that do not ask what survives a power cut


def binaries() -> Path | None:
    """The folder of PostgreSQL's programs, or None where it is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")) if Path("/usr/lib/postgresql").is_dir() else []
    named = shutil.which("initdb")
    return found[-1].parent if found else (Path(named).parent if named else None)


@contextmanager
def server(programs: Path, options: str = "") -> Iterator[str]:
    """Start a server, give its URL with `{name}` in the place of the database's name, and stop it at the end."""
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    folder = Path(tempfile.mkdtemp(prefix="class-pg-"))
    folder.chmod(0o755)
    data = folder / "data"
    data.mkdir()
    if as_user:
        shutil.chown(folder, "postgres")
        shutil.chown(data, "postgres")
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": "/"}
    subprocess.run([*as_user, str(programs / "initdb"), "-D", str(data), "-A", "trust", "-U", "class", "--no-sync"], **quiet)
    asked = f"-c listen_addresses='' -c unix_socket_directories={folder} -c max_connections=150 {options}"
    control = [*as_user, str(programs / "pg_ctl"), "-D", str(data), "-w"]
    subprocess.run([*control, "-o", asked, "-l", str(folder / "log"), "start"], **quiet)
    try:
        yield f"postgresql+psycopg://class@/{{name}}?host={folder}"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], **quiet)
        shutil.rmtree(folder, ignore_errors=True)


def plainly(url: str, name: str) -> str:
    """The address of a database as the driver itself takes it."""
    return url.format(name=name).replace("+psycopg", "")
