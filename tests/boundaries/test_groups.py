"""Layers that group the zones of another."""

import pytest
from shapely.geometry import box

from cluster_geo.boundaries import group_layer, layer_from_column, read_layer
from cluster_geo.errors import InputError
from tests.ground import EXACT, real_kent, schools_at, write_zones
from tests.worlds import FIRST_URN


@pytest.fixture
def districts():
    """Three districts, a school each."""
    schools = schools_at(
        [(1, 1), (3, 1), (5, 1)],
        district=["Ash", "Beech", "Cedar"],
        district_code=["D1", "D2", "D3"],
    )
    return layer_from_column("district", schools, "district")


def write(tmp_path, text):
    path = tmp_path / "areas.csv"
    path.write_text(text)
    return path


@pytest.mark.parametrize(
    "text",
    [
        "district,area\nAsh,North\nBEECH,North\nCedar,South\n",
        "code,schools,council area,note\nD1,4,North,a\nD2,5,North,b\nD3,6,South,c\n",
        "Group;District;Code\nNorth;Ash;D1\nNorth;Beech;D2\nSouth;Cedar;D3\n",
        "n,district,team\n1,Ash,North\n2,Beech,North\n3,Cedar,South\n",
    ],
)
def test_columns_are_found(tmp_path, districts, text):
    """Zones by name or code, the group by its heading or as the only other words."""
    layer = group_layer("area", districts, write(tmp_path, text))
    assert layer.zone_of == {FIRST_URN: "North", FIRST_URN + 1: "North", FIRST_URN + 2: "South"}
    assert list(layer.zones.index) == ["North", "South"]
    assert not layer.has_shapes


def test_zones_that_stay_by_themselves_keep_their_names(tmp_path, districts):
    """Two districts joined under the name of one: the groups' column holds names of zones too."""
    text = "code,name,group\nD1,Ash,Ash\nD2,Beech,Beech\nD3,Cedar,Beech\n"
    layer = group_layer("joined", districts, write(tmp_path, text))
    assert list(layer.zone_of.values()) == ["Ash", "Beech", "Beech"]


def test_stated_columns(tmp_path, districts):
    """Stated columns are taken where two would do; a column that is not there is a fault."""
    text = "district,team,panel\nAsh,T,P\nBeech,T,Q\nCedar,U,Q\n"
    path = write(tmp_path, text)
    with pytest.raises(InputError, match="one of: team, panel"):
        group_layer("area", districts, path)
    layer = group_layer("area", districts, path, group_column="panel")
    assert list(layer.zones.index) == ["P", "Q"]
    with pytest.raises(InputError, match="no column 'zone'"):
        group_layer("area", districts, path, zone_column="zone")


def test_every_fault_of_the_grouping(tmp_path, districts):
    """A zone without a row, one without a group and one in two groups are three faults."""
    text = "district,area\nAsh,North\nBeech,\nAsh,South\n"
    with pytest.raises(InputError) as error:
        group_layer("area", districts, write(tmp_path, text))
    found = str(error.value)
    assert len(error.value.faults) == 3
    assert "row 3, column 'area': Beech has no group" in found
    assert "Ash is in 'North' and in 'South'" in found
    assert "no row for Cedar (D3)" in found


def test_rows_of_other_places_are_listed(tmp_path, districts):
    """A row about a zone that is not in the plan is a notice: it may be mistyped, or elsewhere."""
    text = "district,area\nAsh,N\nBeech,N\nCedar,S\nMedway,M\n"
    layer = group_layer("area", districts, write(tmp_path, text))
    assert (
        "'Medway' in areas.csv was ignored: no zone of layer district that holds a school"
        in layer.notices[0].text
    )


def test_file_about_other_zones_is_refused(tmp_path, districts):
    """A file in which no column knows a zone groups something else."""
    with pytest.raises(InputError, match="no column holds codes or names of the zones"):
        group_layer("area", districts, write(tmp_path, "a,b\nx,y\n"))


def test_shapes_are_joined(tmp_path):
    """The shape of a group is the union of its zones'."""
    path = write_zones(
        tmp_path / "z.gpkg", [box(0, 0, 2, 2), box(2, 0, 4, 2)], {"name": ["A", "B"]}
    )
    zones = read_layer("ward", path, schools_at([(1, 1), (3, 1)]))
    layer = group_layer("area", zones, write(tmp_path, "ward,area\nA,North\nB,North\n"))
    assert layer.zones.geometry["North"].area == pytest.approx(8e6)
    assert layer.zones.crs == "EPSG:27700"


@pytest.mark.real
def test_kents_areas(real_data):
    """The council's file groups the 12 districts into four Areas of three."""
    schools = real_kent(real_data)
    districts = read_layer("district", real_data / "boundaries" / EXACT, schools, column="district")
    layer = group_layer("area", districts, real_data / "reference" / "kent_districts_kcc_areas.csv")
    counts = {code: list(layer.zone_of.values()).count(code) for code in layer.zones.index}
    assert counts == {"East": 142, "North": 121, "South": 143, "West": 157}
