"""Layers from a column of the schools' table."""

import pytest

from cluster_geo.boundaries import layer_from_column
from cluster_geo.errors import InputError
from tests.ground import real_kent, schools_at
from tests.worlds import FIRST_URN


def test_codes_stand_beside_names():
    """District names have codes in the column beside them; zones have no shapes."""
    schools = schools_at([(0, 0), (1, 0)], district=["Elm", "Ash"], district_code=["E1", "E2"])
    layer = layer_from_column("district", schools, "district")
    assert layer.zone_of == {FIRST_URN: "E1", FIRST_URN + 1: "E2"}
    assert list(layer.zones["name"]) == ["Elm", "Ash"]
    assert not layer.has_shapes


def test_column_without_codes_is_its_own_code():
    """Where no codes stand beside it the value is code and name; blanks are listed."""
    schools = schools_at([(0, 0), (1, 0)], diocese=["Rochester", " "])
    layer = layer_from_column("diocese", schools, "diocese")
    assert layer.zone_of == {FIRST_URN: "Rochester"}
    assert layer.name_of("Rochester") == "Rochester"
    assert [notice.urn for notice in layer.notices] == [FIRST_URN + 1]


def test_the_name_most_used_is_the_zones():
    """One code spelt in several ways takes the spelling most schools have."""
    schools = schools_at(
        [(0, 0), (1, 0), (2, 0)], district=["Elm", "Elms", "Elms"], district_code=["E", "E", "E"]
    )
    assert layer_from_column("district", schools, "district").name_of("E") == "Elms"


@pytest.mark.parametrize("column", ["no_such", "trust"])
def test_missing_and_blank_columns_are_refused(column):
    """A column that is not there, or blank for every school, makes no layer."""
    with pytest.raises(InputError, match=column):
        layer_from_column("x", schools_at([(0, 0)]), column)


@pytest.mark.real
def test_kents_districts_from_the_register(real_data):
    """The 12 districts come from the register alone."""
    layer = layer_from_column("district", real_kent(real_data), "district")
    assert len(layer.zones) == 12
    assert list(layer.zone_of.values()).count("E07000110") == 61
    assert layer.name_of("E07000110") == "Maidstone"


def test_one_name_in_two_spellings_is_one_zone():
    """Capitals and blanks make no other district, where there are no codes."""
    names = ["Blackpool", "blackpool ", "Blackpool", "Fylde"]
    schools = schools_at([(0, 0), (1, 0), (2, 0), (3, 0)], diocese=names)
    layer = layer_from_column("diocese", schools, "diocese")
    assert list(layer.zones.index) == ["Blackpool", "Fylde"]
    (notice,) = layer.notices
    assert notice.text == (
        "Blackpool and blackpool in the column diocese were taken for one zone, Blackpool."
    )
