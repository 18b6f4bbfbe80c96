"""A plan as tables."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pytest
import shapely

from cluster_geo.plan import Cluster, Plan, known_part
from cluster_geo.rules import most_schools
from cluster_geo.tables.areas import cluster_areas, lighter, on_their_bank
from cluster_geo.tables.clusters import cluster_table
from cluster_geo.tables.schools import school_table
from cluster_geo.tables.trusts import trust_table
from tests.outputs import make_world
from tests.worlds import FIRST_URN, random_county

COLUMNS = """
    urn name phase district trust srp cluster cluster_name hub_urn travel_km easting northing
    laestab ukprn establishment_type status age_low age_high admissions gender sixth_form
    postcode district_code area district_zone district_zone_code trust_uid federation diocese
    srp_needs srp_places srp_on_roll pupils ehcp sen_support fsm_pct census_date
"""


@pytest.fixture(scope="module")
def world():
    return make_world()


def test_the_schools_columns_are_the_agreed_ones_in_order(world):
    """Other systems import by these names and this order."""
    table = school_table(world.county, world.plan)
    assert list(table.columns) == COLUMNS.split()
    assert len(table) == 18
    assert set(table["census_date"]) == {"2025-01-16"}


def test_each_school_has_its_cluster_hub_and_travel(world):
    """The cluster, the hub and the travel to it are those of the plan."""
    table = school_table(world.county, world.plan).set_index("urn")
    for code, cluster in zip(world.plan.codes, world.plan.clusters, strict=True):
        for urn in cluster.members:
            assert table.at[urn, "cluster"] == code
            assert table.at[urn, "hub_urn"] == cluster.hub
            expected = world.county.travel.between(urn, cluster.hub)
            assert table.at[urn, "travel_km"] == pytest.approx(expected, abs=1e-3)


def test_a_school_in_no_cluster_is_listed_with_blanks(world):
    """A plan drawn by hand may leave a school out; its row is there all the same."""
    short = Plan(world.plan.clusters[:2], world.plan.codes[:2])
    table = school_table(world.county, short)
    assert len(table) == 18
    left = table[table["cluster"] == ""]
    assert len(left) == 6
    assert left["hub_urn"].isna().all()


def test_clusters_add_up_to_the_schools(world):
    """Sizes and pupils of the clusters sum to those of the county."""
    table = cluster_table(world.county, world.plan)
    assert table["schools"].sum() == 18
    assert table["pupils"].sum() == world.county.schools.table["pupils"].sum()
    assert table.loc["SQU-01", "main_district"] == "Zone a"


def test_trusts_say_where_their_schools_are(world):
    """Each cluster of a trust is listed with its number of schools there."""
    table = trust_table(world.county, world.plan, 8).set_index("trust_uid")
    assert table.at["x", "where"] == "SQU-01 (1), SQU-02 (2), SQU-03 (1)"
    assert table.at["x", "beyond"] == 2
    assert most_schools(world.rulebook) == 8


def test_strangers_and_doubles_are_left_out(world):
    """Of schools the county does not know nothing can be said; nobody counts twice."""
    first, second, third = world.plan.clusters
    stretched = Plan(
        (
            Cluster((*first.members, 999_999), 999_999),
            Cluster((first.members[0], *second.members), second.hub),
            third,
        ),
        world.plan.codes,
    )
    known = known_part(stretched, world.county)
    assert [cluster.members for cluster in known.clusters] == [
        c.members for c in world.plan.clusters
    ]
    assert known.clusters[0].hub in first.members


def test_areas_cover_the_ground_and_do_not_overlap(world):
    """The clusters' areas together are the districts, each school in its cluster's own."""
    areas = cluster_areas(world.county, world.plan)
    zones = world.county.layers["district"].zones
    assert areas.area.sum() == pytest.approx(zones.area.sum(), rel=0.01)
    assert areas.union_all().area == pytest.approx(areas.area.sum(), rel=1e-6)
    points = world.county.schools.table
    placed = gpd.sjoin(points, areas, predicate="within")
    assert (placed["cluster"] == [world.plan.code_of[urn] for urn in placed.index]).all()


def test_areas_without_any_layer_end_near_the_schools():
    """Where no layer tells what is land, the map still has areas."""
    county = random_county(3, 9)
    plan = Plan.of(
        [Cluster(county.urns[:4], county.urns[0]), Cluster(county.urns[4:], county.urns[4])]
    )
    assert (cluster_areas(county, plan).area > 0).all()


def test_lighter_areas_keep_their_common_borders():
    """Fewer corners, no slits and no overlaps between neighbours."""
    wave = [(x, 500 + 80 * np.sin(x / 40)) for x in range(0, 1001, 5)]
    south = shapely.Polygon([(0, 0), *wave, (1000, 0)])
    north = shapely.Polygon([(0, 1000), *wave, (1000, 1000)])
    both = gpd.GeoDataFrame(geometry=[south, north], crs=27700)
    light = lighter(both, 60.0)
    assert shapely.get_num_coordinates(light.geometry.to_numpy()).sum() < 200
    assert light.union_all().area == pytest.approx(light.area.sum())


def test_the_first_school_is_where_it_was_drawn(world):
    """Eastings and northings are whole metres of the National Grid."""
    row = school_table(world.county, world.plan).iloc[0]
    assert (row["urn"], row["easting"], row["northing"]) == (FIRST_URN, 550_000, 150_000)


def test_minutes_are_called_minutes(world):
    """The column of travel names its unit."""
    county = replace(world.county, travel=replace(world.county.travel, unit="minutes"))
    assert "travel_minutes" in school_table(county, world.plan).columns


def test_ground_across_the_water_goes_to_the_school_on_that_bank():
    """A cell that jumps a river keeps its own bank; an islet stays with its school."""
    south = shapely.MultiPolygon([shapely.box(0, 0, 900, 400), shapely.box(0, 500, 400, 600)])
    north = shapely.MultiPolygon([shapely.box(400, 500, 900, 900), shapely.box(2000, 0, 2100, 100)])
    cells = gpd.GeoSeries([south, north], index=[1, 2], crs=27700)
    schools = gpd.GeoSeries([shapely.Point(100, 100), shapely.Point(700, 700)], index=[1, 2])
    dry = on_their_bank(cells, schools)
    assert dry[1].equals(shapely.box(0, 0, 900, 400))
    assert dry[2].area == pytest.approx(north.area + 40_000)
