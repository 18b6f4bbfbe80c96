"""The shape of the project: floors, sizes, folders, and documents that do not go out of date."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from cluster_geo.cli.group import COMMANDS

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "cluster_geo"
MODULES = sorted(PACKAGE.rglob("*.py"))
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

# Longest file and longest function, in lines. Inner loops that are compiled cannot be cut up
# without a price in speed.
LONGEST_FILE = 400
LONGEST_FUNCTION = 70
LONGEST_COMPILED = 120


def name_of(path):
    """Return a module's path as it is spoken of."""
    return path.relative_to(ROOT).as_posix()


def test_each_floor_imports_only_from_below():
    """The import contract is kept, and every module has chosen its floor."""
    code = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_files_and_functions_can_be_read_at_a_sitting(path):
    """No file is longer than 400 lines, and no function than a screen."""
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST_FILE
    functions = [
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    long = {
        function.name: lines
        for function in functions
        if (lines := lines_of(function)) > most_lines(function)
    }
    assert long == {}


def lines_of(function):
    """Return the length of a function without its docstring: words are not to be saved on."""
    return (function.end_lineno or 0) - function.lineno + 1 - docstring_lines(function)


def most_lines(function):
    """Return how long a function may be."""
    compiled = any("njit" in ast.unparse(decorator) for decorator in function.decorator_list)
    return LONGEST_COMPILED if compiled else LONGEST_FUNCTION


def docstring_lines(function):
    """Return how many lines of a function are its docstring."""
    first = function.body[0]
    if ast.get_docstring(function) is None:
        return 0
    return (first.end_lineno or 0) - first.lineno + 1


def test_every_module_has_a_home_in_the_field():
    """No drawer for odds and ends."""
    drawers = {"utils", "util", "helpers", "misc", "common", "tools"}
    assert [name_of(path) for path in MODULES if path.stem in drawers] == []


def test_the_tests_mirror_the_package():
    """Each folder and each single module of the package has its tests."""
    untested = [
        folder.name
        for folder in sorted(PACKAGE.iterdir())
        if folder.is_dir()
        and any(folder.glob("*.py"))
        and not any((ROOT / "tests" / folder.name).glob("test_*.py"))
        and not (ROOT / "tests" / f"test_{folder.name}.py").is_file()
    ]
    assert untested == []


def test_the_packages_that_were_asked_for_are_used():
    """geopandas, shapely, networkx, pulp, folium and click are imported where they serve."""
    imported = "\n".join(path.read_text(encoding="utf-8") for path in MODULES)
    for library in ("geopandas", "shapely", "networkx", "pulp", "folium", "click"):
        assert re.search(rf"^\s*(import|from) {library}\b", imported, re.MULTILINE), library


def test_the_readme_knows_every_command():
    """What the README lists is what there is; tests/docs holds the rest of the documentation."""
    for command in COMMANDS:
        assert f"`cluster-geo {command}" in README


def test_the_floors_are_shown_as_they_are():
    """The floors in the documentation are those of the import contract, in order."""
    layers = PROJECT["tool"]["importlinter"]["contracts"][0]["layers"]
    page = ROOT / "docs" / "engineers" / "architecture.md"
    shown = re.search(r"```text\n(cli\n> .*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    assert shown
    floors = [" ".join(floor.split()) for floor in shown[1].split(">")]
    assert [set(floor.split(" | ")) for floor in floors] == [
        set(row.split(" | ")) for row in layers
    ]


def test_each_of_the_readmes_two_commands_is_one_line():
    """A command that is to be pasted is one line that makes its own environment."""
    commands = [line for line in README.splitlines() if line.startswith("python3 -m venv")]
    assert len(commands) == 2
    assert commands[0].endswith(".venv/bin/cluster-geo propose")
    assert commands[1].endswith(".venv/bin/pytest -n auto --dist loadfile")
    run = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert r"'\.venv/bin/pytest' README.md" in run


@pytest.mark.parametrize("folder", ["boundaries", "notebooks", "outputs"])
def test_the_folders_say_what_they_are_for(folder):
    """The folders a planner puts things into have a readme."""
    assert (ROOT / folder / "README.md").is_file()


def test_relative_links_lead_somewhere():
    """No readme points at a file that is not there."""
    broken = [
        f"{name_of(path)}: {link}"
        for path in [ROOT / "README.md", *sorted(ROOT.glob("*/README.md"))]
        for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text(encoding="utf-8"))
        if not (path.parent / link).exists()
    ]
    assert broken == []
