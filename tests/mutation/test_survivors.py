"""What is explained of mutants that live is about the code as it stands."""

from __future__ import annotations

import ast
from collections import Counter

import pytest

from tests.copies import ROOT
from tests.mutation import PARTS, Survivor, survivors

ALL = survivors()


def source_of(function: str) -> str:
    """Return a function's source as one line, by its module and qualified name; "" if none."""
    parts = function.split(".")
    for cut in range(len(parts) - 1, 0, -1):
        path = ROOT.joinpath(*parts[:cut]).with_suffix(".py")
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            node: ast.AST | None = ast.parse(text)
            for name in parts[cut:]:
                named = (ast.FunctionDef, ast.ClassDef)
                inside = (n for n in ast.iter_child_nodes(node) if isinstance(n, named))
                node = next((n for n in inside if n.name == name), None)
                if node is None:
                    return ""
            return " ".join((ast.get_source_segment(text, node) or "").split())
    return ""


@pytest.mark.parametrize("entry", ALL, ids=[f"{s.function}-{n}" for n, s in enumerate(ALL)])
def test_every_survivor_is_in_its_source(entry: Survivor):
    """The line that is changed occurs in the function, and the change is one."""
    assert " ".join(entry.was.split()) in source_of(entry.function)
    assert entry.was != entry.becomes
    assert entry.why


def test_every_survivor_is_of_a_part_that_is_mutated():
    """Each once; what is not mutated has no mutants."""
    counted = Counter((s.function, s.was, s.becomes) for s in ALL)
    assert max(counted.values()) == 1
    patterns = [pattern.rstrip("*/") for part in PARTS.values() for pattern in part.files]
    for entry in ALL:
        path = entry.function.replace(".", "/")
        assert any(path.startswith(pattern) for pattern in patterns), entry.function


def test_a_line_that_is_gone_is_noticed():
    """A name that is none and a line of another function are not found."""
    there = "cluster_geo.optimise.budget.Budget.spend"
    assert "self.done += units" in source_of(there)
    assert source_of(f"{there}_all") == ""
    assert "self.done += units" not in source_of("cluster_geo.optimise.budget.Budget.left")
