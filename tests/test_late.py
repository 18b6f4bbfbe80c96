"""Names that are loaded late: what is not searched loads nothing to search with."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from cluster_geo import optimise

# What compiles and what solves: 0.3 to 2 seconds of every command's start.
SEARCHING = ("numba", "llvmlite", "highspy", "pulp")
# What reads, measures and judges a county besides.
READING = ("pandas", "numpy", "scipy", "networkx", "geopandas", "pydantic")
# What draws maps and writes workbooks.
DRAWING = ("folium", "branca", "xlsxwriter", "matplotlib", "openpyxl")
SOURCE = Path(optimise.__file__)


def loaded(code, cwd, *names):
    """Return which libraries are loaded by a piece of Python in a process of its own."""
    last = f"import sys; print(*sorted({set(names)!r} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{last}"],
        capture_output=True,
        text=True,
        check=True,
        cwd=cwd,
    )
    return done.stdout.splitlines()[-1].split()


def test_what_judges_loads_nothing_to_search_with(tmp_path):
    """One after the other; checking and auditing load nothing to draw with either."""
    code = (
        "from pathlib import Path; from cluster_geo.cli import main\n"
        "from cluster_geo.scenario import load_county, read_scenario\n"
        "urns = load_county(read_scenario('example')).urns\n"
        "for name, size in (('a', 10), ('b', 12)):\n"
        "    rows = [f'{urn},{k // size}' for k, urn in enumerate(urns)]\n"
        "    Path(f'{name}.csv').write_text('\\n'.join(['urn,cluster', *rows]))\n"
        "def run(*words): assert not main(list(words), standalone_mode=False), words\n"
        "run('scenario')\n"
        "run('check')\n"
        "run('audit', 'a.csv', '--scenario', 'example')\n"
        f"import sys; assert not {set(DRAWING)!r} & set(sys.modules)\n"
        "run('map', 'a.csv', '--scenario', 'example', '--out', 'map.html')\n"
        "run('export', 'a.csv', '--scenario', 'example', '--to', 'a')\n"
        "run('compare', 'a.csv', 'b.csv', '--scenario', 'example', '--out', 'both')"
    )
    assert loaded(code, tmp_path, *SEARCHING) == []
    assert (tmp_path / "a" / "plan.xlsx").is_file()
    assert (tmp_path / "map.html").is_file()


def test_what_only_prints_loads_nothing_to_read_with_either(tmp_path):
    """The lists of commands and of words come at once."""
    asked = (["--help"], ["--version"], ["words"], ["propose", "--help"], ["boundaries", "--help"])
    code = f"from cluster_geo.cli import main\nfor words in {asked!r}: main(words, standalone_mode=False)"
    assert loaded(code, tmp_path, *SEARCHING, *READING) == []


@pytest.mark.parametrize("name", optimise.__all__)
def test_a_late_name_is_what_mypy_takes_it_for(name):
    """The imports that type checkers read are those that are made."""
    typed = {
        alias.name: node.module
        for node in ast.walk(ast.parse(SOURCE.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert typed[name] == f"cluster_geo.optimise.{optimise._HOMES[name]}"
    assert getattr(optimise, name) is getattr(sys.modules[typed[name]], name)
    assert name in dir(optimise)


def test_a_name_that_is_none_is_an_attribute_error():
    """As of any module."""
    assert set(optimise.__all__) == set(optimise._HOMES)
    with pytest.raises(AttributeError, match=r"'cluster_geo\.optimise' has no attribute 'sovle'"):
        optimise.sovle  # noqa: B018 - asking is the test


@pytest.mark.parametrize("first", ["module", "function"])
def test_solve_is_a_function_though_a_module_has_its_name(tmp_path, first):
    """Whichever is imported first."""
    both = ["import cluster_geo.optimise.solve", "from cluster_geo.optimise import solve"]
    code = [
        *(both if first == "module" else both[::-1]),
        "import types; from cluster_geo import optimise",
        "assert isinstance(optimise.solve, types.FunctionType)",
        "assert solve is optimise.solve",
        "from cluster_geo.optimise.solve import Search",
    ]
    # Were these not what a search loads, the tests above would pass whatever is loaded.
    assert loaded("\n".join(code), tmp_path, *SEARCHING) == sorted(SEARCHING)
