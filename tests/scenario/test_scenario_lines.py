"""The lines of keys are those of the file, whatever way the file writes them."""

from __future__ import annotations

import tomllib

from sim.scenario.lines import lines_of

TEXT = '''\
a = 1  # [not] a table
b = """
c = 2
"""
d.e = { f = 1, g = "x = {" }
h = [
  1,
  { i = 2 },
]
[t]
"quoted key" = 'x'
[[s]]
u = 1
[[s]]
u = 2
[s.v]
w = 3
[[s.x]]
y = 4
'''


def paths(value: object, path: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    """Every path in parsed TOML."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return ({path} if path else set()).union(*(paths(part, (*path, step)) for step, part in inner))


def test_every_key_of_the_parser_has_a_line_and_no_other() -> None:
    assert set(lines_of(TEXT)) == paths(tomllib.loads(TEXT))


def test_lines_are_those_one_counts_by_hand() -> None:
    lines = lines_of(TEXT)
    expected = {
        ("a",): 1,
        ("b",): 2,
        ("d", "e", "f"): 5,
        ("d", "e", "g"): 5,
        ("h",): 6,
        ("h", 0): 7,
        ("h", 1, "i"): 8,
        ("t",): 10,
        ("t", "quoted key"): 11,
        ("s",): 12,
        ("s", 0, "u"): 13,
        ("s", 1): 14,
        ("s", 1, "u"): 15,
        ("s", 1, "v", "w"): 17,
        ("s", 1, "x", 0, "y"): 19,
    }
    assert {path: lines[path] for path in expected} == expected
