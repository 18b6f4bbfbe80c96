"""Unusual counties: one school, one phase, one point, five thousand schools."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path

import numpy as np
import pytest

from cluster_geo.errors import NoPlanFoundError
from cluster_geo.pipeline import propose, write
from cluster_geo.scenario import load_county, read_scenario
from tests.hostile.test_broken_files import run
from tests.hostile.towns import table


@pytest.fixture
def here(tmp_path, monkeypatch):
    """An empty folder to be in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def schools(points, phases, path="schools.csv") -> Path:
    """Write a table of schools at these points."""
    rows = [
        {"urn": 400_001 + k, "name": f"School {k}", "phase": phases[k % len(phases)],
         "easting": x, "northing": y}
        for k, (x, y) in enumerate(points)
    ]  # fmt: skip
    Path(path).write_bytes(table(rows))
    Path("odd.toml").write_text(
        f'[schools]\nfile = "{path}"\n[clusters]\nsize = "2:4"\n[solve]\nwork = 60\ntime_limit = 5\n'
    )
    return Path(path)


def outcome(*words: str) -> int:
    """Propose; a plan that is written keeps every rule."""
    code = run("propose", "odd.toml", "--out", "out", *words)
    if code == 0:
        assert json.loads(Path("out/run.json").read_text(encoding="utf-8"))["kept"]
    return code


LINE = [(560_000 + 900 * k, 150_000) for k in range(9)]
BOTH = ("primary", "secondary")


def test_one_school(here):
    """One school is a cluster only if clusters of one are allowed."""
    schools([(560_000, 150_000)], ("all-through",))
    assert outcome() == 3
    assert outcome("--set", "clusters.size=1") == 0


def test_two_schools(here):
    """Two schools are one cluster."""
    schools(LINE[:2], BOTH)
    assert outcome() == 0


def test_all_of_one_phase(here):
    """Without a secondary there is no plan, unless none is required."""
    schools(LINE, ("primary",))
    assert outcome() == 3
    assert outcome("--set", "clusters.secondaries=0") == 0


def test_all_at_one_point(here):
    """Schools at one point are all neighbours, and travel is nothing."""
    schools([(560_000, 150_000)] * 8, BOTH)
    assert outcome() == 0
    assert json.loads(Path("out/run.json").read_text(encoding="utf-8"))["cost"] == 0


def test_all_in_one_line(here):
    """Schools in a straight line have no triangles, but still have neighbours."""
    schools(LINE, BOTH)
    assert outcome() == 0


def test_far_apart(here):
    """A school 500 km from the others is joined to them and reported, or refused; never lost."""
    schools([*LINE[:7], (440_000, 600_000)], BOTH)
    assert outcome() in (0, 2, 3)


@pytest.mark.parametrize(
    "number", [600, *(pytest.param(n, marks=pytest.mark.nightly) for n in (1500, 5000))]
)
def test_thousands_of_schools(here, number):
    """A county of thousands of schools ends, with a plan that passes the audit or none."""
    rng = np.random.default_rng(1)
    points = [
        (int(x), int(y))
        for x, y in rng.uniform((400_000, 150_000), (520_000, 270_000), (number, 2))
    ]
    schools(points, ("primary", "primary", "secondary"))
    asked = read_scenario("odd.toml", {"clusters.size": "6:16"})
    asked = asked.model_copy(
        update={"solve": asked.solve.model_copy(update={"work": None, "time_limit": 4.0})}
    )
    county = load_county(asked)
    with contextlib.suppress(NoPlanFoundError):
        assert propose(county, asked).audit.kept


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("plan.title", "../../../etc/x"),
        ("plan.version", "../../x"),
        ("plan.decision_reference", "/tmp/x"),
        ("boundaries.../../x.column", "district"),
        ("balance.../../x.column", "pupils"),
    ],
)
def test_no_setting_writes_outside_its_folder(here, setting, value):
    """Whatever a title or a name contains, every file is written below outputs/."""
    inner = here / "a" / "b" / "c"
    inner.mkdir(parents=True)
    os.chdir(inner)
    schools(LINE, BOTH)
    run("propose", "odd.toml", "--set", f"{setting}={value}")
    everything = {p for p in here.rglob("*") if p.is_file()}
    ours = {inner / "schools.csv", inner / "odd.toml"}
    assert all(inner / "outputs" in p.parents for p in everything - ours)


def test_a_plans_codes_are_no_paths(here):
    """A plan file whose clusters are named like paths only leads to files in its folder."""
    schools(LINE[:4], BOTH)
    rows = [{"urn": 400_001 + k, "cluster": f"../../{k // 2}"} for k in range(4)]
    Path("plan.csv").write_bytes(table(rows))
    assert run("export", "plan.csv", "--to", "out/deep", "--scenario", "odd.toml") == 0
    files = {str(p.relative_to(here)) for p in here.rglob("*") if p.is_file()}
    assert all(f.startswith("out/deep/") for f in files - {"plan.csv", "odd.toml", "schools.csv"})


def test_write_is_the_librarys_door_too(here):
    """The library is as strict as the command: a scenario's name is not a path."""
    schools(LINE, BOTH)
    scenario = read_scenario("odd.toml")
    assert scenario.name == "odd"
    assert {p.parent for p in write(propose(load_county(scenario), scenario), here / "w")} == {
        here / "w"
    }
