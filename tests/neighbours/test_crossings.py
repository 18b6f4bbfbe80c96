"""The crossings file, and the schools that a crossing joins."""

import pytest

from cluster_geo.errors import InputError
from cluster_geo.neighbours import read_crossings
from cluster_geo.neighbours.crossings import Crossing, place_crossings
from tests.ground import land_of, schools_at
from tests.worlds import FIRST_URN, ORIGIN

ONE, TWO, THREE = range(FIRST_URN, FIRST_URN + 3)


def write(tmp_path, text):
    path = tmp_path / "crossings.csv"
    path.write_text(text)
    return path


def bank(x, y):
    """A point in km, in metres of the National Grid."""
    return (ORIGIN[0] + 1000 * x, ORIGIN[1] + 1000 * y)


def test_banks_in_metres(tmp_path):
    """Eastings and northings are taken as they stand; a note is left unread."""
    text = "name,from_x,from_y,to_x,to_y,note\nHigh Bridge,591400,169150,591500,169510,toll\n"
    crossings = read_crossings(write(tmp_path, text))
    (crossing,) = crossings.crossings
    assert crossing == Crossing("High Bridge", ((591400.0, 169150.0), (591500.0, 169510.0)))
    assert crossings.source.role == "crossings"


def test_each_crossing_has_its_own_banks(tmp_path):
    """The first line's two ends are the first crossing's, the second line's the second's."""
    rows = "A,591400,169150,591500,169510\nB,600000,170000,600100,170200\n"
    found = read_crossings(write(tmp_path, f"name,from_x,from_y,to_x,to_y\n{rows}")).crossings
    assert found == (
        Crossing("A", ((591400.0, 169150.0), (591500.0, 169510.0))),
        Crossing("B", ((600000.0, 170000.0), (600100.0, 170200.0))),
    )


def test_banks_in_degrees(tmp_path):
    """Latitudes and longitudes become metres: the Kingsferry Bridge is at TQ 9146 6933."""
    text = "name,from_lat,from_lon,to_lat,to_lon\nKingsferry,51.3907,0.7504,51.3910,0.7504\n"
    (crossing,) = read_crossings(write(tmp_path, text)).crossings
    assert crossing.banks[0] == pytest.approx((591455, 169329), abs=2)


def test_two_schools(tmp_path):
    """A crossing may name the two schools it joins."""
    (crossing,) = read_crossings(write(tmp_path, "name,from_urn,to_urn\nFerry,1,2\n")).crossings
    assert crossing.urns == (1, 2)


def test_every_fault_of_the_file(tmp_path):
    """Words, degrees and blanks where metres belong are each a fault with row and column."""
    text = "name,from_x,from_y,to_x,to_y\nA,591400,north,0.7,51.3\nB,,169150,591400,nan\n"
    with pytest.raises(InputError) as error:
        read_crossings(write(tmp_path, text))
    places = [(fault.row, fault.column) for fault in error.value.faults]
    assert places == [(2, "from_y"), (2, "to_x"), (3, "from_x"), (3, "to_y")]


def test_missing_columns(tmp_path):
    """A file without names and ends says which columns would do."""
    with pytest.raises(InputError) as error:
        read_crossings(write(tmp_path, "bridge,x,y\nA,1,2\n"))
    assert len(error.value.faults) == 2
    assert "from_urn, to_urn" in str(error.value)


def test_half_a_urn_is_a_fault(tmp_path):
    """A URN is a whole number."""
    with pytest.raises(InputError, match=r"row 2, column 'to_urn': '2\.5'"):
        read_crossings(write(tmp_path, "name,from_urn,to_urn\nFerry,1,2.5\n"))


def test_the_school_of_a_bank_is_not_over_the_water():
    """The nearest school as the crow flies is across the river; the bank's own is farther off."""
    schools = schools_at([(0, -1.5), (0, 0.5), (0, 3)])
    land = land_of((-5, -5, 5, -0.4), (-5, 0.4, 5, 5))
    crossing = Crossing("Bridge", (bank(0, -0.4), bank(0, 0.45)))
    placed, notices = place_crossings((crossing,), schools, land=land, reach_km=25)
    assert placed == [("Bridge", ONE, TWO)]
    assert notices == []


@pytest.mark.parametrize(
    ("crossing", "reason"),
    [
        (Crossing("C", (bank(0, 90), bank(0, 91))), "no school of this plan is within 25 km"),
        (Crossing("C", (bank(0, 3), bank(0, 4))), "the same school is nearest to both"),
        (Crossing("C", urns=(ONE, 7)), "URN 7 is not in this plan"),
        (Crossing("C", urns=(ONE, ONE)), "the same"),
    ],
)
def test_crossings_elsewhere_are_a_notice(crossing, reason):
    """A crossing that does not join two schools of this plan is not used, and a notice says why."""
    schools = schools_at([(0, 0), (0, 2)])
    placed, (notice,) = place_crossings((crossing,), schools, land=None, reach_km=25)
    assert placed == []
    assert reason in notice.text
