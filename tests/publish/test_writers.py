"""Whatever writes a page, a map, a sheet or a file takes what is published, and nothing else.

A county with counts that its audience must not see reaches no file, because there is no way to
hand it in: the rooms that write take a publication (or a comparison, or a sweep, which holds no
county), and what these hold is withheld when they are made. These tests hold that door; that what
comes through it tells nothing is held by `tests/privacy`.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import typing
from pathlib import Path

import pytest

import cluster_geo
from cluster_geo.alternatives import Sweep
from cluster_geo.compare import Comparison
from cluster_geo.maps import Live, Tiles
from cluster_geo.publish import (
    ExplanationPublication,
    OptionsPublication,
    Publication,
    WorthPublication,
)
from cluster_geo.publish.edition import Edition
from cluster_geo.publish.provision import ProvisionPublication
from cluster_geo.publish.requests import RequestsPublication
from cluster_geo.publish.teams import TeamsPublication
from cluster_geo.report.minutes import Minutes
from cluster_geo.report.update import UpdatePage
from cluster_geo.tables.contract import ExportColumn
from cluster_geo.tables.headings import Heading
from cluster_geo.versions import Lineage, Stay

ROOT = Path(cluster_geo.__file__).parent
ROOMS = ("export", "maps", "report")
PUBLISHED = {
    Publication,
    Comparison,
    OptionsPublication,
    Sweep,
    ExplanationPublication,
    WorthPublication,
    ProvisionPublication,
    Minutes,
    UpdatePage,
    RequestsPublication,
    TeamsPublication,
}
# Read from folders that were written: what these hold is withheld already.
PUBLISHED |= {Lineage, Stay}
# What else of this package's own a writer may be given: none of it holds a school.
HARMLESS = {Live, Tiles, Edition, ExportColumn, Heading}
# They write tables, texts and records in one form of file each, and know nothing of a county.
FORMATS = {
    "export.contract", "export.csvfile", "export.files", "export.folder", "export.geodata",
    "export.marking", "export.pdf", "export.styles", "export.workbook",
}  # fmt: skip


def modules_of(room):
    """Every module of a room."""
    package = importlib.import_module(f"cluster_geo.{room}")
    names = [module.name for module in pkgutil.iter_modules(package.__path__)]
    return [importlib.import_module(f"cluster_geo.{room}.{name}") for name in names]


def functions_of(module):
    """The public functions that a module defines."""
    for name, function in inspect.getmembers(module, inspect.isfunction):
        if function.__module__ == module.__name__ and not name.startswith("_"):
            yield function


def own_types(function):
    """Types of this package in the parameters of a function, also within unions and sequences."""
    hints = typing.get_type_hints(inspect.unwrap(function))
    hints.pop("return", None)
    waiting, found = list(hints.values()), set()
    while waiting:
        hint = waiting.pop()
        waiting.extend(typing.get_args(hint))
        if isinstance(hint, type) and hint.__module__.startswith("cluster_geo"):
            found.add(hint)
    return found


def writes(function):
    """Whether a function writes something, or makes the whole of a page or a record."""
    makes = function.__name__.endswith(("_page", "_record", "_tables"))
    return makes or function.__name__.startswith(("write_", "print_"))


WRITERS = [
    function
    for room in ROOMS
    for module in modules_of(room)
    for function in functions_of(module)
    if writes(function)
]


def place_of(function):
    """Return where a function stands, as `export.csvfile`."""
    return function.__module__.removeprefix("cluster_geo.")


def named(function):
    return f"{place_of(function)}.{function.__name__}"


def handed_in():
    """Functions of the rooms that write which the rest of the package calls."""
    found, rooms = {}, tuple(f"cluster_geo.{room}" for room in ROOMS)
    for path in sorted(ROOT.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        # Most files name none of the rooms, and to parse them all takes seconds.
        if path.relative_to(ROOT).parts[0] in ROOMS or not any(room in text for room in rooms):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(rooms):
                module = importlib.import_module(node.module)
                found |= {alias.name: getattr(module, alias.name) for alias in node.names}
    return [function for _, function in sorted(found.items()) if inspect.isfunction(function)]


def test_the_writers_are_found():
    """Each page and each folder of files has one."""
    names = {function.__name__ for function in WRITERS}
    assert names >= {
        *("write_outputs", "write_comparison", "write_options", "write_sweep", "write_no_plan"),
        *("write_explanation", "write_worth", "write_map", "write_pair", "write_settled"),
        *("write_report", "write_options_page", "write_sweep_page", "explanation_page"),
        *("run_record", "no_plan_record", "comparison_record", "write_workbook", "write_csv"),
    }


@pytest.mark.parametrize("function", WRITERS, ids=named)
def test_a_writer_takes_what_is_published(function):
    """Exactly one such thing and no other that holds a school; a form of file takes none."""
    taken = own_types(function)
    if place_of(function) in FORMATS or function.__name__ == "write_json":
        assert taken <= HARMLESS
    else:
        assert len(taken & PUBLISHED) == 1
        assert taken <= PUBLISHED | HARMLESS


@pytest.mark.parametrize("function", handed_in(), ids=named)
def test_nothing_else_is_handed_to_the_rooms_that_write(function):
    """From all the other rooms they get what is published, paths and words."""
    assert own_types(function) <= PUBLISHED | HARMLESS


@pytest.mark.parametrize("kind", sorted(PUBLISHED, key=lambda kind: kind.__name__))
def test_what_is_published_holds_no_county_of_its_own(kind):
    """A county is held as it is disclosed, or not at all."""
    fields = typing.get_type_hints(kind)
    assert cluster_geo.County not in fields.values()
    assert cluster_geo.Schools not in fields.values()
