"""Neighbours of a pilot are those that its schools have in the county."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest

from cluster_geo.read import read_county
from cluster_geo.schools import read_schools
from tests.worlds import FIRST_URN

DISTRICTS = ("North", "South", "Isle")


def write_county(folder, seed: int):
    """Write 60 schools anywhere in 20 km, in three bands; return the file."""
    dice = np.random.default_rng(seed)
    points = dice.uniform(0, 20_000, (60, 2))
    rows = [
        f"{FIRST_URN + k},School {k},primary,{500_000 + x:.0f},{150_000 + y:.0f},"
        f"{DISTRICTS[min(2, int(y // 7000))]}"
        for k, (x, y) in enumerate(points)
    ]
    path = folder / "schools.csv"
    path.write_text("\n".join(["urn,name,phase,easting,northing,district", *rows]) + "\n")
    return path


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("district", DISTRICTS)
def test_a_district_alone_has_the_countys_neighbours(tmp_path, seed, district):
    """Not one more, by a triangle across schools that are there though not planned."""
    path = write_county(tmp_path, seed)
    county = read_county(schools=read_schools(path, as_at="2025-09-01"))
    pilot = read_county(schools=read_schools(path, as_at="2025-09-01", districts=[district]))
    assert set(pilot.neighbours.graph) == set(pilot.urns)
    assert nx.utils.graphs_equal(
        nx.Graph(pilot.neighbours.graph), nx.Graph(county.neighbours.graph.subgraph(pilot.urns))
    )
    parted = len(pilot.neighbours.pieces) - 1
    assert sum("no cluster in one piece" in n.text for n in pilot.notices) == parted


def test_schools_around_are_part_of_nothing_else(tmp_path):
    """Neither planned nor listed; and one without a place is no fault of the pilot's."""
    path = write_county(tmp_path, 1)
    path.write_text(path.read_text() + f"{FIRST_URN + 90},Nowhere,primary,,,South\n")
    schools = read_schools(path, as_at="2025-09-01", districts=["North"])
    assert set(schools.table["district"]) == {"North"}
    assert set(schools.around.index).isdisjoint(schools.urns)
    assert FIRST_URN + 90 not in schools.around.index


@pytest.mark.nightly
@pytest.mark.real
def test_each_district_of_kent_has_the_countys_neighbours(real_data):
    """All twelve, with the water between them; and travel around it is the county's too."""
    register = real_data / "gias" / "edubasealldata20250718_kent_medway.csv"
    land = real_data / "boundaries" / "kent_medway_districts_from_lsoa21_bgc.geojson"
    settings = {"land": land, "around_water": True}
    county = read_county(schools=read_schools(register, authorities=["Kent"]), **settings)
    for district in sorted(set(county.schools.table["district"])):
        chosen = read_schools(register, authorities=["Kent"], districts=[district])
        pilot = read_county(schools=chosen, **settings)
        here = county.within(pilot.urns)
        assert nx.utils.graphs_equal(
            nx.Graph(pilot.neighbours.graph), nx.Graph(here.neighbours.graph)
        ), district
        assert np.allclose(pilot.travel.matrix, here.travel.matrix), district
