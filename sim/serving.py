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
import threading
import webbrowser
from contextlib import suppress
from pathlib import Path

from sim.refusals import Refusal

SETTINGS = {
    "runner.postScriptGC": "false",
    "server.fileWatcherType": "none",
    "browser.gatherUsageStats": "false",
    "server.address": "0.0.0.0",
    "client.toolbarMode": "minimal",
    "server.headless": "true",
}
READY = 0.2  # seconds between two looks whether the server answers


def serve(
    port: int, browser: bool, data_dir: Path | None, database: str | None, public_url: str | None, new_passphrase: bool = False
) -> int:
    """Run the app until it ends; return its exit code, 0 when it was asked to stop. Raises `Refusal` for a port or a folder that cannot be used."""
    _refuse_busy(port)
    folder = data_dir or default_data_dir()
    try:
        folder = folder.absolute()  # the child works in another folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
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
    database = database or environment.get("SANCTIONS_LAB_DATABASE")
    if database:
        environment["SANCTIONS_LAB_DATABASE"] = _from_here(database)
    environment["SANCTIONS_LAB_PUBLIC_URL"] = public_url or f"http://{lan_address()}:{port}"
    environment["SANCTIONS_LAB_NEW_PASSPHRASE"] = "1" if new_passphrase else ""
    flags = [f"--{name}={value}" for name, value in {**SETTINGS, "server.port": str(port)}.items()]
    print(f"Sanctions Lab\n  on this machine: http://localhost:{port}\n  in this network: http://{lan_address()}:{port}", flush=True)
    if public_url:
        print(f"  links and QR codes: {public_url}", flush=True)
    return _last_word([sys.executable, "-m", "ui.serve", *flags], environment, package.parent, port if browser else None)


def _last_word(command: list[str], environment: dict[str, str], folder: Path, shown: int | None = None) -> int:
    """Run a command to its end and hand its exit code on. Being asked to stop, by Ctrl-C or SIGTERM, is no failure; being killed is one.

    What it serves on the port `shown` is opened in this machine's browser once it answers there.
    """
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)  # both arrive here as KeyboardInterrupt
    try:
        child = subprocess.Popen(command, env=environment, cwd=folder, stdout=subprocess.DEVNULL)
        try:
            if shown is not None:
                threading.Thread(target=open_when_ready, args=(shown, child), daemon=True).start()
            code = child.wait()
        except KeyboardInterrupt:
            child.terminate()
            child.wait()
            return 0
    finally:
        signal.signal(signal.SIGTERM, before)
    if code in (-signal.SIGTERM, -signal.SIGINT):
        return 0
    return code if code >= 0 else 128 - code  # as shells tell it


def open_when_ready(port: int, child: subprocess.Popen[bytes]) -> bool:
    """Open the browser when the server answers; False if it ended before. The server itself is told that there is none (`server.headless`):
    Streamlit shows developers' advertisements, with a button that writes files, to a browser it thinks it opened itself."""
    while child.poll() is None:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return webbrowser.open(f"http://localhost:{port}")
        with suppress(subprocess.TimeoutExpired):
            child.wait(READY)
    return False


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


def _from_here(database: str) -> str:
    """A database URL whose SQLite file, if it is named from the folder the user stands in, is named from the root."""
    scheme, mark, rest = database.partition(":///")
    file, question, options = rest.partition("?")
    if scheme != "sqlite" or not file or file.startswith((":memory:", "file:")):
        return database
    return f"{scheme}{mark}{Path(file).absolute()}{question}{options}"


def _refuse_busy(port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if sys.platform != "win32":  # lets a port that was just given up be taken again; on Windows also one that is in use
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("0.0.0.0", port))
        except OSError as problem:
            raise Refusal(f"port {port}: cannot be used ({problem.strerror}); choose another with --port.") from None
