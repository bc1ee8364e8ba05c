"""Starting the classroom app: a Streamlit server in a child process, with the settings a class needs.

`postScriptGC` off decides between ten students and a hundred and fifty; the file watcher and telemetry are off; the app listens on
every interface, so that phones in the room can join.
"""

from __future__ import annotations

import importlib.util
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

from sim.refusals import Refusal

SETTINGS = {
    "runner.postScriptGC": "false",
    "server.fileWatcherType": "none",
    "browser.gatherUsageStats": "false",
    "server.address": "0.0.0.0",
    "client.toolbarMode": "minimal",
}


def serve(
    port: int, browser: bool, data_dir: Path | None, database: str | None, public_url: str | None, new_passphrase: bool = False
) -> int:
    """Run the app until it is stopped; return its exit code. Raises `Refusal` for a busy port or an unusable folder."""
    _refuse_busy(port)
    folder = data_dir or default_data_dir()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as problem:
        raise Refusal(f"{folder}: the data folder cannot be written ({problem.strerror}); choose another with --data-dir.") from None
    found = importlib.util.find_spec("ui")
    if found is None or not found.submodule_search_locations:
        raise Refusal("the app is not installed; install sanctions-lab with its ui package.")
    package = Path(next(iter(found.submodule_search_locations)))
    environment = dict(os.environ, SANCTIONS_LAB_DATA=str(folder))
    if database:
        environment["SANCTIONS_LAB_DATABASE"] = database
    environment["SANCTIONS_LAB_PUBLIC_URL"] = public_url or f"http://{lan_address()}:{port}"
    environment["SANCTIONS_LAB_NEW_PASSPHRASE"] = "1" if new_passphrase else ""
    settings = SETTINGS | {"server.port": str(port), "server.headless": "false" if browser else "true"}
    flags = [f"--{name}={value}" for name, value in settings.items()]
    print(f"Sanctions Lab\n  on this machine: http://localhost:{port}\n  in this network: http://{lan_address()}:{port}", flush=True)
    if public_url:
        print(f"  links and QR codes: {public_url}", flush=True)
    child = subprocess.Popen(
        [sys.executable, "-m", "ui.serve", *flags],
        env=environment, cwd=package.parent, stdout=subprocess.DEVNULL,
    )
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    try:
        return child.wait()
    except KeyboardInterrupt:
        child.terminate()
        child.wait()
        return 0


def default_data_dir() -> Path:
    """Where classes are kept when nothing else is said."""
    home = os.environ.get("XDG_DATA_HOME") or (os.environ.get("LOCALAPPDATA") if os.name == "nt" else None)
    return (Path(home) if home else Path.home() / ".local" / "share") / "sanctions-lab"


def lan_address() -> str:
    """This machine's address in the local network, without sending anything; the loopback address when there is none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # a documentation address: connecting a datagram socket sends nothing
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def _refuse_busy(port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("0.0.0.0", port))
        except OSError:
            raise Refusal(f"port {port}: already in use; choose another with --port.") from None
