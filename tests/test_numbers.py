"""Numbers have names: those that steer searches in params, and none hides from the linter."""

from __future__ import annotations

import ast
import re

import pytest

from tests.copies import ROOT

PACKAGE = ROOT / "cluster_geo"
ROOMS = ("optimise", "explain", "alternatives")
HOMES = {"params.py", "tolerances.py"}
# Constants that steer no search, and why each stands where it does.
EXPLAINED = {
    ("optimise/budget.py", "LATE"): "what may pass after the limit, where nothing is found without",
    ("optimise/budget.py", "MOVES_A_UNIT"): "what a unit of work is: another would be another unit",
    ("optimise/columns.py", "JUDGED"): "how often the clock is looked at",
    ("optimise/pricing.py", "BATCH"): "looks at the clock; what is found does not depend on it",
    ("explain/change.py", "NO_DIFFERENCE"): "what a finding is: readers are told it with the table",
    ("explain/reasons.py", "_ONE_BY_ONE"): "fewer questions to the same end",
    ("explain/explanation.py", "_FEW"): "how a title reads",
    ("alternatives/doubt.py", "SHARE"): "what is asked: how far a weight may be wrong",
    ("alternatives/doubt.py", "FACTORS"): "what is asked: roads found in towns and in the country",
    ("alternatives/titles.py", "MOST_SAID"): "how a title reads",
    ("alternatives/titles.py", "LEAD"): "how a title reads",
    ("alternatives/variations.py", "MOST_RUNS"): "guards a user against a slip of the keyboard",
}


def numeric(node):
    """Whether an expression is made of numbers, calls aside."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, int | float) and not isinstance(node.value, bool)
    parts = {
        ast.UnaryOp: lambda: [node.operand],
        ast.BinOp: lambda: [node.left, node.right],
        ast.Tuple: lambda: node.elts,
        ast.List: lambda: node.elts,
        ast.Dict: lambda: node.values,
    }
    return type(node) in parts and all(map(numeric, parts[type(node)]()))


def assigned(body):
    """Yield names, with what they are set to, of the assignments among some statements."""
    for node in body:
        if isinstance(node, ast.AnnAssign) and node.value is not None:
            yield node.target, node.value
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                yield target, node.value


def constants(path):
    """Yield the names of a module's own numbers."""
    for target, value in assigned(ast.parse(path.read_text(encoding="utf-8")).body):
        if numeric(value):
            yield from (n.id for n in ast.walk(target) if isinstance(n, ast.Name))


def test_no_number_steers_from_a_module():
    """A constant that is added to these rooms is a param or a tolerance, or is explained here."""
    found = {
        (path.relative_to(PACKAGE).as_posix(), name)
        for room in ROOMS
        for path in (PACKAGE / room).rglob("*.py")
        if path.name not in HOMES
        for name in constants(path)
    }
    assert found == set(EXPLAINED)


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: p.stem)
def test_no_local_name_is_there_for_the_linter(path):
    """A number that a function only compares with is no variable: it has a name of its own."""
    for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(function, ast.FunctionDef):
            assert dodges(function) == []


def dodges(function):
    """Return the local names that are a number from beginning to end, and serve to compare."""
    stored = [n.id for n in ast.walk(function) if isinstance(n, ast.Name) and is_set(n)]
    compared = {
        name.id
        for node in ast.walk(function)
        if isinstance(node, ast.Compare)
        for name in (node.left, *node.comparators)
        if isinstance(name, ast.Name)
    }
    return [
        target.id
        for node in ast.walk(function)
        if isinstance(node, ast.Assign) and numeric(node.value)
        for target in node.targets
        if isinstance(target, ast.Name) and stored.count(target.id) == 1 and target.id in compared
    ]


def is_set(name):
    """Whether a name is set where it stands."""
    return isinstance(name.ctx, ast.Store)


def test_a_local_name_for_the_linter_would_be_noticed():
    """As it was: few = 5, and compared with."""
    text = "def f(x):\n    few, many = 5, 0\n    few = 5\n    many += 1\n    return x <= few < many"
    assert dodges(ast.parse(text.replace("few, many = 5, 0", "many = 0")).body[0]) == ["few"]


@pytest.mark.parametrize("room", [*ROOMS, "compiled", "rules"])
def test_no_magic_number_is_waived(room):
    """Neither line by line nor for a folder."""
    for path in (PACKAGE / room).rglob("*.py"):
        assert "PLR2004" not in path.read_text(encoding="utf-8"), path
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    waived = re.findall(r'^"(cluster_geo[^"]*)" = \[[^\]]*PLR2004', project, re.MULTILINE)
    assert waived == []
