"""Print the table of DESIGN section 5 as measured here: `python -m tests.bench`, or `make bench`. Also kept in build/bench.md."""

from __future__ import annotations

from pathlib import Path

from tests.bench import equilibria, many, runs
from tests.bench.timing import machine, shown, table

KEPT = Path(__file__).parents[2] / "build" / "bench.md"


def main() -> None:
    """Measure everything, line by line as it comes, then the whole table."""
    facts, found = machine(), []
    print("\n".join(facts), flush=True)
    for part in (equilibria.rows, runs.rows, many.rows):
        for row in part():
            found.append(row)
            print(f"  {row.what}: {shown(row.median)}", flush=True)
    slow = [row.what for row in found if row.must is not None and row.median > row.must]
    text = "\n".join([*facts, "", table(found), "", f"Over the bound: {', '.join(slow)}." if slow else "Every median is within its bound."])
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text(text + "\n", encoding="utf-8")
    print("\n" + text)


if __name__ == "__main__":
    main()
