"""Layers from polygons: which school lies where, and whether the register agrees."""

import pytest
from shapely.geometry import box

from cluster_geo.boundaries import read_layer
from cluster_geo.errors import InputError
from tests.ground import EXACT, ROUGH, real_kent, schools_at, write_zones
from tests.worlds import FIRST_URN

ONE, TWO, THREE, FOUR = range(FIRST_URN, FIRST_URN + 4)
# Two squares side by side, and a third far from every school.
BOXES = [box(0, 0, 2, 2), box(2, 0, 4, 2), box(20, 20, 22, 22)]
FIELDS = {"code": ["B", "A", "C"], "name": ["Beech", "Ash", "Cedar"]}


@pytest.fixture
def zones(tmp_path):
    return write_zones(tmp_path / "zones.geojson", BOXES, FIELDS, "EPSG:4326")


def test_schools_are_placed_in_their_zones(zones):
    """Each school is in the zone it stands in; zones without a school are left out."""
    layer = read_layer("pcn", zones, schools_at([(1, 1), (3, 1)]))
    assert layer.zone_of == {ONE: "B", TWO: "A"}
    assert list(layer.zones.index) == ["A", "B"]
    assert layer.name_of("A") == "Ash"
    assert layer.zones.crs == "EPSG:27700"
    assert layer.has_shapes
    assert layer.notices == ()
    assert layer.source.role == "boundary pcn"


def test_school_outside_every_zone_is_listed(zones):
    """A school outside all polygons is in no zone, and a notice says how far out it is."""
    layer = read_layer("pcn", zones, schools_at([(1, 1), (3, 1), (4.5, 1)]))
    assert THREE not in layer.zone_of
    (notice,) = layer.notices
    assert (notice.topic, notice.urn) == ("zone", THREE)
    assert "School 3 lies outside every zone of layer pcn, 0.50 km" in notice.text


def test_school_in_two_zones_is_in_the_lowest_code_and_listed(tmp_path):
    """Where polygons overlap the lowest code counts, and a notice names both."""
    path = write_zones(
        tmp_path / "z.gpkg", [box(0, 0, 3, 2), box(2, 0, 4, 2)], {"name": ["Q", "P"]}
    )
    layer = read_layer("own", path, schools_at([(2.5, 1)]))
    assert layer.zone_of == {ONE: "P"}
    assert "in several zones of layer own: P, Q" in layer.notices[0].text


def test_polygons_of_one_code_are_one_zone(tmp_path):
    """Two polygons with the same code are one zone in two parts."""
    fields = {"code": [7, 7], "name": ["Elm", "Elm"]}
    path = write_zones(tmp_path / "z.gpkg", [box(0, 0, 1, 1), box(3, 0, 4, 1)], fields)
    layer = read_layer("own", path, schools_at([(0.5, 0.5), (3.5, 0.5)]))
    assert layer.zone_of == {ONE: "7", TWO: "7"}
    assert list(layer.zones["name"]) == ["Elm"]


def test_zone_with_several_names_is_listed(tmp_path):
    """One code under two names is a doubt that a planner should see."""
    fields = {"code": ["E", "E"], "name": ["Elm", "Elms"]}
    path = write_zones(tmp_path / "z.gpkg", BOXES[:2], fields)
    assert (
        "several names: Elm, Elms" in read_layer("own", path, schools_at([(1, 1)])).notices[0].text
    )


def test_zones_without_a_code_are_faults(tmp_path):
    """Every polygon needs a code; each one without is named by its place in the file."""
    path = write_zones(tmp_path / "z.gpkg", BOXES, {"code": ["A", None, " "]})
    with pytest.raises(InputError) as error:
        read_layer("own", path, schools_at([(1, 1)]))
    assert [fault.found for fault in error.value.faults] == [
        "feature 2 has no code",
        "feature 3 has no code",
    ]


def test_file_that_holds_no_school_is_refused(zones):
    """Polygons that hold no school at all are the wrong file or the wrong system."""
    with pytest.raises(InputError, match="no school lies in any zone of layer 'pcn'"):
        read_layer("pcn", zones, schools_at([(10, 10)]))


def test_register_wins_over_the_polygon(zones):
    """With a column the register says the zone; the school whose point disagrees is listed."""
    schools = schools_at(
        [(1, 1), (3, 1), (3.5, 1), (5, 1)],
        district=["Beech", "Beech", "Ash", "Ash"],
        district_code=["B", "B", "A", "A"],
    )
    layer = read_layer("district", zones, schools, column="district")
    assert layer.zone_of == {ONE: "B", TWO: "B", THREE: "A", FOUR: "A"}
    assert [notice.urn for notice in layer.notices] == [TWO, FOUR]
    assert (
        "the register puts it in Beech (layer district), but its point lies in Ash"
        in layer.notices[0].text
    )
    assert "outside every zone" in layer.notices[1].text


def test_register_matches_by_name_where_codes_differ(zones):
    """Codes of another vintage do no harm: the zones' names match, letter case aside."""
    schools = schools_at([(1, 1), (3, 1)], district=["BEECH", "ASH"], district_code=["X1", "X2"])
    layer = read_layer("district", zones, schools, column="district")
    assert layer.zone_of == {ONE: "B", TWO: "A"}
    assert layer.notices == ()


def test_register_zone_without_a_polygon_has_no_shape(zones):
    """A district the file does not know stays a zone; it cannot be drawn, and a notice says so."""
    schools = schools_at([(1, 1), (3, 1)], district=["Beech", "Elm"], district_code=["B", "E"])
    layer = read_layer("district", zones, schools, column="district")
    assert layer.zone_of == {ONE: "B", TWO: "E"}
    assert layer.name_of("E") == "Elm"
    assert layer.zones.geometry["E"].is_empty
    assert "Elm (E) has no polygon in zones.geojson" in layer.notices[0].text


def test_blank_cell_of_the_register_leaves_it_to_the_point(zones):
    """A school whose district is blank takes its polygon's; a column that is blank throughout is ignored."""
    blanks = schools_at([(1, 1), (3, 1)], district=["Beech", ""], district_code=["B", ""])
    layer = read_layer("district", zones, blanks, column="district")
    assert layer.zone_of == {ONE: "B", TWO: "A"}
    assert "the point is used" in layer.notices[0].text
    all_blank = read_layer("district", zones, schools_at([(1, 1), (3, 1)]), column="district")
    assert all_blank.zone_of == {ONE: "B", TWO: "A"}
    assert all_blank.notices == ()


def test_file_of_other_zones_than_the_registers_is_refused(zones):
    """Polygons that share no code and no name with the register are not its zones."""
    schools = schools_at([(1, 1)], district=["Elm"], district_code=["E"])
    with pytest.raises(InputError, match="no zone has a code or name that is in the register"):
        read_layer("district", zones, schools, column="district")


@pytest.mark.real
def test_exact_districts_place_all_of_kent(real_data):
    """The districts dissolved from LSOAs place all 563 schools as the register does."""
    path = real_data / "boundaries" / EXACT
    layer = read_layer("district", path, real_kent(real_data), column="district")
    assert len(layer.zones) == 12
    assert len(layer.zone_of) == 563
    assert layer.notices == ()
    assert layer.source.vintage == "2024"


@pytest.mark.real
def test_generalised_districts_misplace_four_schools(real_data):
    """Four Kent schools fall in the wrong district of the 500 m file; the register is used."""
    schools = real_kent(real_data)
    layer = read_layer("district", real_data / "boundaries" / ROUGH, schools, column="district")
    assert len(layer.notices) == 4
    assert all(layer.zone_of[u] == schools.table.loc[u, "district_code"] for u in schools.urns)


@pytest.mark.real
def test_37_pcns_hold_a_kent_school(real_data):
    """37 of the 43 PCN areas hold a Kent school, Mid Kent the most with 38."""
    path = real_data / "pcn" / "kent_medway_pcn_polygons_derived.geojson"
    layer = read_layer("pcn", path, real_kent(real_data))
    sizes = sorted(list(layer.zone_of.values()).count(code) for code in layer.zones.index)
    assert len(sizes) == 37
    assert sizes[-1] == 38
    assert sum(8 <= size <= 14 for size in sizes) == 17
    assert sum(size < 8 for size in sizes) == 4


def test_one_name_in_two_spellings_is_one_zone(tmp_path):
    """Without a field of codes; and polygons of one name that do not touch are doubtful."""
    shapes = [box(0, 0, 1, 1), box(1, 0, 2, 1), box(8, 0, 9, 1), box(3, 0, 4, 1)]
    fields = {"name": ["Blackpool", "blackpool", "Blackpool", "Fiert\u00c3\u00a9"]}
    path = write_zones(tmp_path / "z.gpkg", shapes, fields)
    layer = read_layer("own", path, schools_at([(0.5, 0.5), (1.5, 0.5), (8.5, 0.5), (3.5, 0.5)]))
    assert layer.zone_of == {ONE: "Blackpool", TWO: "Blackpool", THREE: "Blackpool", FOUR: "Fierté"}
    texts = [notice.text for notice in layer.notices]
    assert "'Fiert\u00c3\u00a9' was read as 'Fierté'" in texts[0]
    assert "Blackpool and blackpool in z.gpkg were taken for one zone, Blackpool." in texts
    assert any("3 polygons of z.gpkg that do not touch have the name Blackpool" in t for t in texts)
