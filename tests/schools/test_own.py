"""A planner's own table of schools."""

import geopandas as gpd
import pytest
from shapely.geometry import Point, Polygon

from cluster_geo.errors import InputError
from cluster_geo.schools import read_schools


def test_friendly_headings(text_file):
    """Headings as people write them; columns nobody asked for are not read."""
    path = text_file(
        "ours.csv",
        "School URN;School name;Phase;X;Y;MAT;SRP;NOR;Head teacher",
        "100002;Bere Regis;Infant;400000;100000;Egdon Trust;yes;210;P Quillfeather",
        "100001;Mellstock High;Secondary;401000;100500;;ASD, slcn;1,234;A Person",
    )
    schools = read_schools(path)
    table = schools.table
    assert schools.urns == (100001, 100002)
    assert list(table["phase"]) == ["secondary", "primary"]
    assert list(table["trust_uid"]) == ["", "Egdon Trust"]
    assert list(table["srp"]) == [True, True]
    assert list(table["srp_needs"]) == ["ASD|SLCN", ""]
    assert list(table["pupils"]) == [1234, 210]
    assert schools.as_at == ""
    assert "Quillfeather" not in table.to_csv()
    assert schools.sources[0].attribution == ""


def test_latitudes_and_longitudes_become_metres(text_file):
    """Carfax in Oxford is at 451310, 206150."""
    path = text_file("s.csv", "urn,name,phase,lat,lon", "100001,Carfax,primary,51.7520,-1.2577")
    point = read_schools(path).table.geometry.iloc[0]
    assert point.distance(Point(451_330, 206_170)) < 60


def test_an_unrecorded_date_needs_no_planning_date_but_a_closing_date_does(text_file):
    """A file with closing dates needs a planning date."""
    path = text_file(
        "s.csv", "urn,name,phase,x,y,closes", "100001,A,primary,400000,100000,31/08/2025"
    )
    with pytest.raises(InputError, match="Give the planning date"):
        read_schools(path)
    assert len(read_schools(path, as_at="2025-08-31")) == 1
    with pytest.raises(InputError, match="no mainstream school"):
        read_schools(path, as_at="2025-09-01")


def test_special_schools_of_ones_own_are_associates(text_file):
    """A PRU in the planner's list is shown and not counted."""
    path = text_file(
        "s.csv",
        "urn,name,phase,x,y",
        "100001,A,All through,400000,100000",
        "100002,B,PRU,400000,100000",
    )
    schools = read_schools(path, associates=True)
    assert schools.urns == (100001,)
    assert list(schools.associates["phase"]) == ["alternative provision"]


def test_the_census_fills_only_what_the_planner_leaves_blank(text_file):
    """The planner's own pupils stay, the census adds the rest."""
    path = text_file(
        "s.csv",
        "urn,name,phase,x,y,pupils",
        "100001,A,primary,400000,100000,99",
        "100002,B,primary,400000,100000,",
    )
    census = text_file(
        "census_2024-25.csv",
        "URN,NOR,TSENELSE,TSENELK,NUMFSM",
        "100001,50,2,5,5",
        "100002,60,3,6,6",
    )
    table = read_schools(path, census=census).table
    assert list(table["pupils"]) == [99, 60]
    assert list(table["ehcp"]) == [2, 3]
    assert list(table["fsm_pct"]) == [10, 10]
    assert list(table["census_date"]) == ["", "2024-25"]


def test_an_authority_cannot_be_chosen_from_a_file_without_one(text_file):
    """Asking a plain list for an authority is a fault with a way out."""
    path = text_file("s.csv", "urn,name,phase,x,y", "100001,A,primary,400000,100000")
    with pytest.raises(InputError, match="no column for the authority"):
        read_schools(path, authorities=["Wessex"])


def test_every_fault_of_a_planners_file(text_file):
    """Unknown words, cells that are not figures, and two columns with one meaning."""
    path = text_file(
        "s.csv",
        "urn,name,phase,x,y,srp,needs,status,admissions",
        "100001,A,Middle,400000,100000,maybe,,Open,selective",
        "100002,B,primary,400000,100000,yes,ASD|maths,Gone,by lot",
    )
    with pytest.raises(InputError) as error:
        read_schools(path)
    told = str(error.value)
    for words in (
        "row 2, column 'phase': 'Middle' is not known. Write primary, secondary, all-through",
        "row 3, column 'needs': 'ASD|maths' has an unknown need",
        "row 3, column 'status': 'Gone' is not known",
        "row 3, column 'admissions': 'by lot' is not known. Write Selective, Non-selective",
    ):
        assert words in told
    doubled = text_file("d.csv", "urn,name,phase,x,easting,y", "1,A,primary,1,1,1")
    with pytest.raises(InputError, match="'x' and 'easting' both mean easting"):
        read_schools(doubled)
    nameless = text_file("n.csv", "urn,name,phase,x,y", "1,,primary,400000,100000")
    with pytest.raises(InputError, match="row 2, column 'name': the school has no name"):
        read_schools(nameless)
    answer = text_file("e.csv", "urn,name,phase,x,y,srp", "1,A,primary,400000,100000,maybe")
    with pytest.raises(InputError, match="'maybe' is neither yes nor no"):
        read_schools(answer)


def test_missing_headings_are_reported_with_those_in_the_file(text_file):
    """The message also lists the columns that the file has."""
    path = text_file("s.csv", "number,title", "1,A")
    with pytest.raises(InputError) as error:
        read_schools(path)
    assert len(error.value.faults) == 5
    assert "no column shows the URN of each school (the file has number, title)" in str(error.value)


def test_a_decimal_comma_is_refused_rather_than_misread(text_file):
    """51,75 is not five thousand one hundred and seventy-five."""
    path = text_file("s.csv", "urn;name;phase;x;y", "1;A;primary;400000,5;100000")
    with pytest.raises(InputError, match="'400000,5' is not a number"):
        read_schools(path)


def points(**columns):
    frame = {"urn": [100001, 100002], "name": ["A", "B"], "phase": ["primary", "secondary"]}
    geometry = [Point(-2.0, 50.8), Point(-2.01, 50.81)]
    return gpd.GeoDataFrame(frame | columns, geometry=geometry, crs="EPSG:4326")


@pytest.mark.parametrize("suffix", ["gpkg", "geojson", "shp"])
def test_points_in_any_vector_file(tmp_path, suffix):
    """Points in degrees are brought to metres; whole numbers keep their look."""
    path = tmp_path / f"schools.{suffix}"
    points(pupils=[210.0, None], HeadName=["X", "Y"]).to_file(path)
    table = read_schools(path).table
    assert table.crs == "EPSG:27700"
    assert abs(table.geometry.x.iloc[0] - 400_000) < 500
    assert table["pupils"].iloc[0] == 210
    assert table["pupils"].isna().tolist() == [False, True]


def test_the_layer_of_schools_is_found_among_others(tmp_path):
    """A GeoPackage of a plan has other layers, too."""
    path = tmp_path / "plan.gpkg"
    points().to_file(path, layer="schools")
    points().to_file(path, layer="hubs")
    assert len(read_schools(path)) == 2


def test_vector_files_that_cannot_be_used(tmp_path):
    """Two layers without a name to go by, areas instead of points, no coordinate system."""
    two = tmp_path / "two.gpkg"
    points().to_file(two, layer="a")
    points().to_file(two, layer="b")
    with pytest.raises(InputError, match="Name the layer of schools 'schools'"):
        read_schools(two)
    areas = points()
    areas.geometry = [Polygon([(0, 0), (1, 0), (1, 1)])] * 2
    areas.to_file(tmp_path / "areas.gpkg")
    with pytest.raises(InputError, match="not every geometry is a point"):
        read_schools(tmp_path / "areas.gpkg")
    points().to_file(tmp_path / "lost.shp")
    (tmp_path / "lost.prj").unlink()
    with pytest.raises(InputError, match="coordinate reference system"):
        read_schools(tmp_path / "lost.shp")
    broken = tmp_path / "broken.gpkg"
    broken.write_bytes(b"no such thing")
    with pytest.raises(InputError, match="cannot be read"):
        read_schools(broken)


def test_a_point_far_away_is_listed_if_authorities_are_not_known(text_file):
    """A planner's list may hold an island: the point is listed, not refused."""
    path = text_file(
        "s.csv", "urn,name,phase,x,y", "1,A,primary,400000,100000", "2,B,primary,400000,150000"
    )
    told = [n.text for n in read_schools(path).notices if n.topic == "place"]
    assert told[0] == (
        "A (1) at 400,000, 100,000 lies 50 km from any other school; "
        "its coordinates may be mistyped"
    )
