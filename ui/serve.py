"""Start the server with everything heavy already imported, so that the first visitor waits for a page and not for Python.

python -m ui.serve [options of `streamlit run`]
"""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

ENTRY = Path(__file__).parent / "entry" / "app.py"


def main() -> None:
    """Import the model and the pages, load the scenarios, then hand over to Streamlit; returns when the server has stopped."""
    from ui.catalogue import cards

    cards()
    sys.argv = ["streamlit", "run", str(ENTRY), *sys.argv[1:]]
    runpy.run_module("streamlit", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
