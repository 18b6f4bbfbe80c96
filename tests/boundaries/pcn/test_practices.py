"""Where practices are: the NHS register, tables with points, and Code-Point Open's files."""

import numpy as np
import pytest

from cluster_geo.boundaries.pcn import locate_head_offices, locate_practices, read_pcns
from cluster_geo.errors import InputError
from tests.boundaries.pcn.ground import write_practices, write_workbook
from tests.worlds import ORIGIN

X, Y = (int(value) for value in ORIGIN)


@pytest.fixture
def networks(tmp_path):
    """West and East PCN of the drawn health service."""
    return read_pcns(write_workbook(tmp_path / "ePCN.xlsx")).within(["11X"])


@pytest.fixture
def epraccur(tmp_path):
    """The NHS register: no header, 27 columns, with a telephone number that must not be read."""
    path = tmp_path / "epraccur.csv"
    rows = [
        [code, "SURGERY", *[""] * 7, postcode, *[""] * 7, "01234 567890", *[""] * 9]
        for code, postcode in (("G00001", "ZZ1 1AA"), ("G00002", "zz11ab"), ("G00003", "ZZ1 1AC"))
    ]
    path.write_text("\n".join(",".join(f'"{c}"' for c in row) for row in rows) + "\n")
    return path


@pytest.fixture
def code_point(tmp_path):
    """Code-Point Open as it is shipped: a folder of files without headers."""
    folder = tmp_path / "CSV"
    folder.mkdir()
    rows = [f'"ZZ1 1AA",10,{X},{Y},E92000001', f'"ZZ11AB",10,{X + 4000},{Y},E92000001']
    rows += ['"ZZ1 1AC",90,0,0,E92000001']
    (folder / "zz.csv").write_text("\n".join(rows) + "\n")
    (folder / "ab.csv").write_text("this is no table of postcodes\n")
    return folder


def test_the_register_and_code_point(networks, epraccur, code_point):
    """Practices stand at their postcodes; one whose postcode has no place is named."""
    points = locate_practices(networks, epraccur, [code_point])
    assert points.frame["pcn"].to_dict() == {"G00001": "U00001", "G00002": "U00002"}
    assert points.frame["easting"].tolist() == [X, X + 4000]
    assert [notice.text for notice in points.notices] == [
        "1 of 3 practices could not be placed: Moved Surgery (G00003)."
    ]
    attributions = " ".join(source.attribution for source in points.sources)
    assert "Royal Mail" in attributions


def test_only_files_of_wanted_postcode_areas_are_read(networks, epraccur, code_point):
    """Of Code-Point Open's 120 files those of other areas are left unread."""
    sources = locate_practices(networks, epraccur, [code_point]).sources
    assert [source.path.rsplit("/")[-1] for source in sources] == ["epraccur.csv", "zz.csv"]


def test_a_table_with_points_needs_no_postcodes(networks, tmp_path):
    """Practices of other areas in it do no harm."""
    path = write_practices(
        tmp_path / "p.csv", {"G00001": (0, 0), "G00002": (4, 0), "G00009": (2, 0)}
    )
    points = locate_practices(networks, path)
    assert set(points.frame["pcn"]) == {"U00001", "U00002"}
    places = np.array([[X + 1500, Y], [X + 2500, Y]])
    assert points.nearest(places).tolist() == ["U00001", "U00002"]
    assert points.distance(places).tolist() == [1500, 1500]


def test_a_shared_health_centre_is_the_pcns_with_more_practices_there(networks, tmp_path):
    """Of several PCNs at one point the larger counts, whatever the order of rows."""
    places = {"G00001": (1, 1), "G00002": (1, 1), "G00003": (1, 1)}
    for order in (places, dict(reversed(places.items()))):
        points = locate_practices(networks, write_practices(tmp_path / "p.csv", order))
        assert points.nearest(np.array([ORIGIN])).tolist() == ["U00002"]


def test_head_offices(networks, code_point):
    """If practices are not known, the PCNs' own postcodes are located."""
    points = locate_head_offices(networks, [code_point])
    assert points.what == "head office"
    assert points.frame["pcn"].tolist() == ["U00001", "U00002"]


def test_postcodes_of_another_county(networks, code_point):
    """Files without any of the postcodes are a fault."""
    (code_point / "zz.csv").write_text('"ZZ9 9ZZ",10,400000,300000\n')
    with pytest.raises(InputError, match="none of the 2 head offices could be placed"):
        locate_head_offices(networks, [code_point])


def test_postcodes_without_places_are_a_fault(networks, epraccur):
    """The message says which file is missing."""
    with pytest.raises(InputError, match="--postcodes"):
        locate_practices(networks, epraccur)


def test_practices_that_are_nowhere(networks, tmp_path):
    """Points outside England and Wales are not used."""
    path = write_practices(tmp_path / "p.csv", {"G00001": (-900, 0), "G00002": (0, 900)})
    with pytest.raises(InputError, match="none of the 3 practices could be placed"):
        locate_practices(networks, path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name,postcode\nWest,ZZ1 1AA\n", "practice's code"),
        ("practice_code,name\nG00001,West\n", "where the practices are"),
        ("practice_code,organisation_code,postcode\nG1,G1,ZZ1 1AA\n", "both mean practice"),
    ],
)
def test_tables_with_too_few_columns(networks, tmp_path, text, message):
    """Each missing column is named."""
    path = tmp_path / "practices.csv"
    path.write_text(text)
    with pytest.raises(InputError, match=message):
        locate_practices(networks, path)


def test_files_that_are_not_of_postcodes(networks, epraccur, tmp_path):
    """An empty folder and a table of something else are named together."""
    (tmp_path / "empty").mkdir()
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n")
    with pytest.raises(InputError) as error:
        locate_practices(networks, epraccur, [tmp_path / "empty", other])
    assert len(error.value.faults) == 2
