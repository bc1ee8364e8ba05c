"""The repository's files, and what each Python file of the program imports, read from the source without running it."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("sim", "ui")


@dataclass(frozen=True)
class Import:
    """`module` imports `name` in line `line`; `typing` when only type checkers see it."""

    module: str
    name: str
    line: int
    typing: bool

    def __str__(self) -> str:
        return f"{self.module}:{self.line} imports {self.name}"


def within(name: str, *areas: str) -> bool:
    """Whether a module's name is one of the areas or lies below one."""
    return any(name == area or name.startswith(area + ".") for area in areas)


@cache
def modules() -> dict[str, Path]:
    """Every module of the program by its dotted name."""
    found = {}
    for package in PACKAGES:
        for file in sorted((ROOT / package).rglob("*.py")):
            parts = file.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = file
    return found


@cache
def tree(module: str) -> ast.Module:
    """The parsed source of a module."""
    return ast.parse(modules()[module].read_text(encoding="utf-8"))


@cache
def imports() -> tuple[Import, ...]:
    """Every import statement of the program, also those inside functions."""
    return tuple(one for module in modules() for one in _imports_of(module))


def _imports_of(module: str) -> Iterator[Import]:
    for_types = {
        id(inner)
        for node in ast.walk(tree(module))
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        for statement in node.body
        for inner in ast.walk(statement)
    }
    for node in ast.walk(tree(module)):
        typing = id(node) in for_types
        if isinstance(node, ast.Import):
            for name in node.names:
                yield Import(module, name.name, node.lineno, typing)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            assert node.level == 0, f"{module}:{node.lineno}: relative import; write the whole name"
            for name in node.names:
                longer = f"{base}.{name.name}"
                yield Import(module, longer if longer in modules() else base, node.lineno, typing)


@cache
def committed() -> tuple[Path, ...]:
    """The files of the repository: what git tracks, or, outside a checkout, every file that is not hidden or built."""
    if (ROOT / ".git").exists():
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
        return tuple(ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file())
    skipped = ("build", "dist", "__pycache__")
    found = (file.relative_to(ROOT) for file in ROOT.rglob("*") if file.is_file())
    return tuple(ROOT / file for file in found if not any(part in skipped or part.endswith("egg-info") or part.startswith(".") for part in file.parts))


def text_of(file: Path) -> str | None:
    """The text of a file, or None when it is not text."""
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None
