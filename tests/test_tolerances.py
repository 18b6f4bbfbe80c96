"""Tolerances: each stands in one file with its reason, and code kept on disk knows that file."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys

import pytest

from cluster_geo import tolerances
from tests.copies import ROOT

PACKAGE = ROOT / "cluster_geo"
SOURCE = PACKAGE / "tolerances.py"
# Rooms that judge, search and prove: what counts as rounding there has a name.
ROOMS = ("plan", "rules", "compiled", "optimise", "explain", "alternatives")
SMALL = 1e-4
# Small numbers of another kind: gaps that searches are asked for, gains for which another round of
# cuts is worth its time, an order of last resorts.
OTHER_KIND = {
    ("explain/params.py", 1e-5),
    ("explain/params.py", 1e-4),
    ("optimise/params.py", 1e-5),
    ("optimise/plan_params.py", 2e-5),
    ("optimise/solve.py", 1e-4),
    ("compiled/pivot.py", 1e-6),
}


def small_numbers(path):
    """Yield every number of a file that is small enough to be a tolerance."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        value = node.value if isinstance(node, ast.Constant) else None
        if isinstance(value, float) and 0.0 < value <= SMALL:
            yield path.relative_to(PACKAGE).as_posix(), value


def test_no_tolerance_stands_anywhere_else():
    """A number as small as a tolerance has its name and its reason in one file."""
    paths = [PACKAGE / "audit.py", *(p for room in ROOMS for p in (PACKAGE / room).rglob("*.py"))]
    found = {number for path in paths for number in small_numbers(path)}
    assert found == OTHER_KIND


def test_each_tolerance_has_its_reason():
    """A comment stands above each, or above the one it goes with."""
    lines = SOURCE.read_text(encoding="utf-8").splitlines()
    given = [place for place, line in enumerate(lines) if re.match(r"[A-Z_, ]+ = ", line)]
    assert len(given) > 15
    for place in given:
        assert lines[place - 1].startswith("#") or place - 1 in given, lines[place]


def test_each_tolerance_is_used():
    """None outlives what it was for."""
    paths = [path for path in PACKAGE.rglob("*.py") if path != SOURCE]
    used = {
        name.name
        for path in paths
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "cluster_geo.tolerances"
        for name in node.names
    }
    assert used == {name for name in vars(tolerances) if name.isupper()}


@pytest.mark.parametrize("changed", ["tolerances.py", "compiled/pivot.py"])
def test_code_kept_on_disk_is_of_these_tolerances(tmp_path, changed):
    """Numba builds them into machine code: where one changes, none that was kept is used."""
    shutil.copytree(PACKAGE, tmp_path / "cluster_geo", ignore=shutil.ignore_patterns("__pycache__"))
    before = digest(tmp_path)
    file = tmp_path / "cluster_geo" / changed
    file.write_text(file.read_text(encoding="utf-8") + "# Changed.\n", encoding="utf-8")
    assert digest(tmp_path) != before


def digest(root):
    """Return the digest by which a copy of the package names its folder of machine code."""
    code = "from cluster_geo.compiled import disk; print(disk.SOURCES)"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    return done.stdout


def test_compiled_code_is_made_of_nothing_else():
    """What compiled code takes from elsewhere in the package is in the digest."""
    imported = {
        node.module
        for path in (PACKAGE / "compiled").glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("cluster_geo")
    }
    assert {m for m in imported if not m.startswith("cluster_geo.compiled")} == {
        "cluster_geo.tolerances"
    }
