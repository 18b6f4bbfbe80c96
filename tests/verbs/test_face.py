"""`import cluster_geo`: its names, how lazily they come, and the order of their arguments."""

from __future__ import annotations

import ast
import inspect
import pydoc
import subprocess
import sys
from pathlib import Path

import pytest

import cluster_geo as cg

SOURCE = Path(cg.__file__)
HEAVY = {"pandas", "numpy", "geopandas", "pydantic", "networkx", "highspy", "pulp", "folium"}
VERBS = [name for name in cg.__all__ if inspect.isfunction(getattr(cg, name))]
JUDGING = (
    "audit",
    "compare",
    "explain",
    "options",
    "price",
    "price_trusts",
    "propose",
    "provision",
)
JUDGING += ("why",)


def run(code):
    """Run a piece of Python in a process of its own; return what it prints."""
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout


def test_importing_it_loads_nothing_heavy():
    """The names are there at once; what they need comes when they are asked for."""
    code = (
        "import sys, cluster_geo\n"
        "assert 'propose' in dir(cluster_geo)\n"
        f"print(sorted({HEAVY!r} & set(sys.modules)))"
    )
    assert run(code).strip() == "[]"


@pytest.mark.parametrize("name", cg.__all__)
def test_a_public_name_is_what_mypy_takes_it_for(name):
    """The imports that type checkers read are those that are made."""
    assert callable(getattr(cg, name)) or name == "__version__"
    typed = {
        alias.asname or alias.name: node.module
        for node in ast.walk(ast.parse(SOURCE.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    if name != "__version__":
        home = typed[name].removeprefix("cluster_geo.")
        assert home == cg._HOMES[name]


def test_the_list_of_names_is_the_same_three_times():
    """What is offered, what is loaded, and what the docstring lists."""
    assert set(cg.__all__) - {"__version__"} == set(cg._HOMES)
    assert set(cg.__all__) <= set(dir(cg))
    missing = [name for name in cg._HOMES if name not in (cg.__doc__ or "")]
    assert missing == []


def test_help_begins_with_a_table_of_contents():
    """Groups in the order of the work, above everything else."""
    text = pydoc.plain(pydoc.render_doc(cg))
    places = [text.index(f"\n    {group}\n") for group in (
        "Read", "Plan", "Judge", "Explain", "Write", "Nouns", "Errors",
    )]  # fmt: skip
    assert places == sorted(places)


@pytest.mark.parametrize("first", ["modules", "functions"])
def test_a_verb_is_a_function_though_a_module_has_its_name(first):
    """Whichever is imported first, and the module stays within reach of `from`."""
    modules = "import cluster_geo.audit, cluster_geo.compare, cluster_geo.explain"
    functions = "from cluster_geo import audit, compare, explain"
    both = [modules, functions] if first == "modules" else [functions, modules]
    code = [
        *both,
        "import sys, types",
        "import cluster_geo as cg",
        "for name in ('audit', 'compare', 'explain'):",
        "    assert isinstance(getattr(cg, name), types.FunctionType), name",
        "    assert getattr(cg, name) is globals()[name], name",
        "    assert isinstance(sys.modules[f'cluster_geo.{name}'], types.ModuleType), name",
        "from cluster_geo.explain import reasons_of",
    ]
    run("\n".join(code))


@pytest.mark.parametrize("name", JUDGING)
def test_the_order_is_county_scenario_plan(name):
    """What is not one of the subjects is given by name."""
    parameters = inspect.signature(getattr(cg, name)).parameters.values()
    subjects = [p.name for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD]
    order = ["county", "scenario", "plan", "before", "after", "urn", "folder"]
    assert subjects[:2] == ["county", "scenario"]
    assert subjects == [name for name in order if name in subjects]


def test_a_name_that_is_none_is_an_attribute_error():
    """As of any module."""
    with pytest.raises(AttributeError, match="no attribute 'porpose'"):
        cg.porpose  # noqa: B018 - asking is the test


@pytest.mark.parametrize("path", sorted((SOURCE.parent / "cli").glob("*.py")), ids=lambda p: p.stem)
def test_the_command_line_orchestrates_nothing(path):
    """No command makes a rulebook or begins a search by itself: it calls what Python has too."""
    names = {
        alias.name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert not names & {"rulebook_of", "frozen_clusters", "find_clashes", "solve", "worth"}


def test_type_checkers_may_believe_the_package():
    """The marker of PEP 561 is beside it, so hatchling puts it into the wheel."""
    assert (SOURCE.parent / "py.typed").is_file()
