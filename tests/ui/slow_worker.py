"""A stand-in for the explorer's process: counts until it is told to stop. `asked["end"]` says how it ends."""

from __future__ import annotations

import json
import sys


def main() -> None:
    asked = json.loads(sys.stdin.readline())
    print(json.dumps({"done": 1, "total": 4}), flush=True)
    if asked["end"] == "die":
        sys.exit(3)
    if asked["end"] == "wait":
        sys.stdin.readline()  # the word to stop, or the end of the server
    print(json.dumps({"ok": asked["end"] != "refuse", "result": {"said": asked["end"]}, "sentence": "no such thing"}), flush=True)


if __name__ == "__main__":
    main()
