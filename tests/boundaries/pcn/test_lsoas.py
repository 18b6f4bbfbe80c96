"""LSOA polygons: from several files, with their borders, and what is wrong with them."""

import pytest
import shapely

from cluster_geo.boundaries.pcn import read_lsoas
from cluster_geo.errors import InputError
from tests.boundaries.pcn.ground import ALL, lsoa, square, write_lsoas
from tests.ground import write_zones


def test_borders_are_shared_sides(tmp_path):
    """Squares that share a side of a kilometre are joined; those that share a corner are not."""
    borders = read_lsoas([write_lsoas(tmp_path / "lsoas.gpkg", ALL)]).borders
    assert borders.edges[lsoa("A1"), lsoa("B1")]["metres"] == pytest.approx(1000)
    assert not borders.has_edge(lsoa("A1"), lsoa("B2"))
    assert borders.number_of_edges() == 3 + 3 + 4


def test_borders_across_files_drawn_apart(tmp_path):
    """An overlap by a sliver is a border as long as the sliver."""
    wide = shapely.box(0, 1, 1.0001, 2)
    first = write_zones(tmp_path / "a.gpkg", [wide], {"LSOA21CD": [lsoa("A1")], "LSOA21NM": ["a"]})
    both = read_lsoas([first, write_lsoas(tmp_path / "b.gpkg", ["A2"])])
    assert both.borders.edges[lsoa("A1"), lsoa("A2")]["metres"] == pytest.approx(1000, rel=0.01)


def test_an_lsoa_in_two_files_counts_once(tmp_path):
    """Of two drawings the first counts, and the LSOA is named."""
    files = [
        write_lsoas(tmp_path / "a.gpkg", ["A1", "A2"]),
        write_lsoas(tmp_path / "b.gpkg", ["A2"]),
    ]
    both = read_lsoas(files)
    assert both.codes == [lsoa("A1"), lsoa("A2")]
    assert lsoa("A2") in both.notices[0].text
    assert len(both.sources) == 2


def test_the_faults_of_all_files_are_gathered(tmp_path):
    """A file that is missing and one with a blank code are one message."""
    blank = write_zones(
        tmp_path / "blank.gpkg",
        [square("A1"), square("A2")],
        {"LSOA21CD": ["E1", " "], "LSOA21NM": ["a", "b"]},
    )
    with pytest.raises(InputError) as error:
        read_lsoas([tmp_path / "none.gpkg", blank])
    assert len(error.value.faults) == 2
    assert "feature 2 has no code" in str(error.value)
