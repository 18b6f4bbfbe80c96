"""Reading a whole county from files and plain settings."""

import pytest
from shapely.geometry import box

from cluster_geo.errors import InputError
from cluster_geo.read import LayerSpec, read_county
from tests.ground import EXACT, NATIONAL, real_kent, schools_at, write_zones
from tests.worlds import FIRST_URN

SCHOOLS = schools_at(
    [(1, 1), (3, 1), (1, 1.5)],
    district=["Ash", "Beech", "Ash"],
    district_code=["A", "B", "A"],
)
ZONES = [box(0, 0, 2, 2), box(2, 0, 4, 2)]
FIELDS = {"code": ["A", "B"], "name": ["Ash", "Beech"]}


@pytest.fixture
def zones(tmp_path):
    return write_zones(tmp_path / "zones.gpkg", ZONES, FIELDS)


@pytest.fixture
def areas(tmp_path):
    path = tmp_path / "areas.csv"
    path.write_text("district,area\nAsh,North\nBeech,North\n")
    return path


def test_everything_in_one_county(zones, areas):
    """Layers of every kind in the order given, neighbours, travel, and each source once."""
    county = read_county(
        schools=SCHOOLS,
        layers=[
            LayerSpec(name="area", groups=areas, of="district"),
            LayerSpec(name="district", file=zones),
            LayerSpec(name="phase", column="phase"),
        ],
        land=zones,
        around_water=True,
    )
    assert list(county.layers) == ["area", "district", "phase"]
    assert county.layers["area"].zones.geometry["North"].area == pytest.approx(8e6)
    assert set(county.neighbours.graph) == set(county.urns) == set(county.travel.urns)
    assert "neighbouring school to neighbouring school" in county.travel.method
    assert [s.role for s in county.sources] == ["boundary area", "boundary district", "land"]


def test_plain_settings_suffice():
    """Schools alone make a county: no layers, no water, straight lines."""
    county = read_county(schools=SCHOOLS)
    assert county.layers == {}
    assert county.travel.between(FIRST_URN, FIRST_URN + 1) == pytest.approx(2.6)


def test_water_asked_for_without_land_is_a_notice():
    """Around water without a land layer means straight lines, and a notice."""
    county = read_county(schools=SCHOOLS, around_water=True)
    assert "no land layer is given" in county.notices[0].text


def test_district_takes_its_column_unasked():
    """A layer called district needs no file: the register has it."""
    county = read_county(schools=SCHOOLS, layers=[LayerSpec(name="district")])
    assert county.layers["district"].zone_of[FIRST_URN] == "A"


def test_minutes_replace_kilometres(tmp_path):
    """A matrix of minutes is the travel, whatever the factor."""
    urns = SCHOOLS.urns
    rows = [f"{a},{b},{a % 10 + b % 10}" for a in urns for b in urns if a != b]
    path = tmp_path / "minutes.csv"
    path.write_text("\n".join(["from_urn,to_urn,minutes", *rows]))
    assert read_county(schools=SCHOOLS, matrix=path, factor=9).travel.unit == "minutes"


def test_faults_of_all_files_together(tmp_path, zones):
    """Every file at fault is in one error: layers, land, crossings and matrix."""
    bad = tmp_path / "bad.csv"
    bad.write_text("a,b\n1,2\n")
    with pytest.raises(InputError) as error:
        read_county(
            schools=SCHOOLS,
            layers=[
                LayerSpec(name="pcn", file=tmp_path / "no.gpkg"),
                LayerSpec(name="zone", file=zones, name_field="nome"),
                LayerSpec(name="own"),
                LayerSpec(name="area", groups=bad, of="locality"),
            ],
            land=tmp_path / "sea.shp",
            crossings=bad,
            matrix=bad,
        )
    found = str(error.value)
    for part in ("no.gpkg", "nome", "boundaries.own", "locality", "sea.shp", "from_urn", "minutes"):
        assert part in found


def test_group_of_a_layer_that_failed_is_not_a_second_fault(tmp_path, areas):
    """Where the grouped layer's file is at fault, only that is reported."""
    layers = [
        LayerSpec(name="area", groups=areas, of="ward"),
        LayerSpec(name="ward", file=tmp_path / "no.gpkg"),
    ]
    with pytest.raises(InputError) as error:
        read_county(schools=SCHOOLS, layers=layers)
    assert len(error.value.faults) == 1


def test_layers_that_group_each_other(areas):
    """A ring of groupings is refused."""
    layers = [
        LayerSpec(name="a", groups=areas, of="b"),
        LayerSpec(name="b", groups=areas, of="a"),
    ]
    with pytest.raises(InputError, match="a, b group each other"):
        read_county(schools=SCHOOLS, layers=layers)


def test_a_ring_of_layers_beside_one_that_failed(tmp_path, areas):
    """Both are reported, and reading ends."""
    layers = [
        LayerSpec(name="ward", file=tmp_path / "no.gpkg"),
        LayerSpec(name="a", groups=areas, of="b"),
        LayerSpec(name="b", groups=areas, of="a"),
    ]
    with pytest.raises(InputError, match="a, b group each other") as error:
        read_county(schools=SCHOOLS, layers=layers)
    assert len(error.value.faults) == 2


def test_schools_in_the_sea_are_refused(zones):
    """Schools far from every zone, when most are inside, have wrong coordinates: all are named."""
    points = [(0.1 * i, 1) for i in range(40)] + [(9, 1), (1, -4), (1, -1)]
    schools = schools_at(points)
    with pytest.raises(InputError) as error:
        read_county(schools=schools, layers=[LayerSpec(name="zone", file=zones)])
    assert [f.found.split(" lies")[0] for f in error.value.faults] == [
        "School 41 (URN 100041)",
        "School 42 (URN 100042)",
    ]
    assert "5.0 km from any land or zone given" in error.value.faults[0].found


def test_a_layer_of_one_district_says_nothing_of_the_others(zones):
    """Zones that hold few of the schools are no measure of where schools may lie."""
    schools = schools_at([(1, 1), (9, 1), (12, 1)])
    county = read_county(schools=schools, layers=[LayerSpec(name="pilot", file=zones)])
    assert sum(notice.topic == "zone" for notice in county.notices) == 2


@pytest.mark.real
def test_kent_as_planners_read_it(real_data):
    """Districts, Areas, PCNs, land and travel around water of real Kent, without a fault."""
    county = read_county(
        schools=real_kent(real_data),
        layers=[
            LayerSpec(name="district", file=real_data / "boundaries" / EXACT),
            LayerSpec(
                name="area",
                groups=real_data / "reference" / "kent_districts_kcc_areas.csv",
                of="district",
            ),
            LayerSpec(
                name="pcn", file=real_data / "pcn" / "kent_medway_pcn_polygons_derived.geojson"
            ),
        ],
        land=real_data / "boundaries" / NATIONAL,
        around_water=True,
    )
    assert {name: len(layer.zones) for name, layer in county.layers.items()} == {
        "district": 12,
        "area": 4,
        "pcn": 37,
    }
    assert all(len(layer.zone_of) == 563 for layer in county.layers.values())
    assert len(county.neighbours.pieces) == 1
