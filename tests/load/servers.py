"""Servers of the app for the load and crash tests: own processes on the loopback address with data of their own."""

from __future__ import annotations

import os
import resource
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STARTING = 120.0  # seconds


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def serve(home: Path, database: str | None, port: int) -> subprocess.Popen[bytes]:
    """Start a server and wait until it answers."""
    environment = {**os.environ, "SANCTIONS_LAB_DATA": str(home), "SANCTIONS_LAB_PUBLIC_URL": f"http://127.0.0.1:{port}"}
    environment.pop("SANCTIONS_LAB_DATABASE", None)
    if database:
        environment["SANCTIONS_LAB_DATABASE"] = database
    flags = [f"--server.port={port}", "--server.address=127.0.0.1", "--server.headless=true", "--client.toolbarMode=minimal"]
    with (home / f"log-{port}").open("ab") as log:
        server = subprocess.Popen([sys.executable, "-m", "ui.serve", *flags], cwd=ROOT, stdout=log, stderr=log, env=environment)
    ending = time.monotonic() + STARTING
    while time.monotonic() < ending and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1):
                return server
        except OSError:
            time.sleep(0.1)
    server.kill()
    server.wait()
    raise SystemExit(f"the server did not start: {(home / f'log-{port}').read_text()[-2000:]}")


def stop(server: subprocess.Popen[bytes]) -> None:
    """End a server in peace."""
    server.terminate()
    try:
        server.wait(30)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def memory_of(process: subprocess.Popen[bytes]) -> float:
    """Resident memory of a process in MB."""
    pages = int(Path(f"/proc/{process.pid}/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def memory_of_children(process: subprocess.Popen[bytes]) -> float:
    """Resident memory of the processes that a process has started (the model's own), in MB."""
    pids = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    for task in Path(f"/proc/{process.pid}/task").iterdir():  # a child belongs to the thread that started it
        pids += (task / "children").read_text().split()
    return sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in set(pids)) * resource.getpagesize() / 1e6


def cpu_of(process: subprocess.Popen[bytes]) -> float:
    """Processor seconds used so far."""
    parts = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")
