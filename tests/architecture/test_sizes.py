"""Files stay short enough to read in one go, and say on top what they are."""

from __future__ import annotations

import ast

from tests.architecture.files import modules, tree

MOST_LINES = 320  # "under about 300"


def test_no_file_of_the_program_is_longer_than_about_three_hundred_lines():
    lengths = {module: file.read_text(encoding="utf-8").count("\n") for module, file in modules().items()}
    assert {module: length for module, length in lengths.items() if length > MOST_LINES} == {}


def test_every_file_with_code_begins_with_a_sentence_about_itself():
    assert [module for module in modules() if tree(module).body and not ast.get_docstring(tree(module))] == []
