"""Travel: straight lines, ways around water, and the planner's minutes."""

import networkx as nx
import numpy as np
import pytest

from cluster_geo.errors import InputError
from cluster_geo.geometry import read_land
from cluster_geo.neighbours import find_neighbours
from cluster_geo.travel import around_water, read_matrix, straight_line
from tests.ground import NATIONAL, land_of, real_kent, schools_at
from tests.worlds import FIRST_URN

ONE, TWO, THREE, FOUR = range(FIRST_URN, FIRST_URN + 4)


def test_straight_line_times_factor():
    """A line of 5 km at a factor of 1.3 is 6.5 km, both ways, and nothing to oneself."""
    travel = straight_line(schools_at([(0, 0), (3, 4)]), factor=1.3)
    assert travel.matrix == pytest.approx(np.array([[0, 6.5], [6.5, 0]]))
    assert travel.between(TWO, ONE) == pytest.approx(6.5)
    assert travel.unit == "km"
    assert "1.3" in travel.method


# An inlet from the north: schools 1 and 3 face each other over it, 2 lies at its end.
#
#   1 ~~~ 3
#      2
INLET = schools_at([(0, 3), (2, -1), (4, 3)])
SHORE = land_of((-1, -2, 5, 0), (-1, 0, 1, 5), (3, 0, 5, 5))


def test_way_around_an_inlet():
    """Over the water there is no way; the path goes by the school at the inlet's end."""
    graph = nx.Graph()
    graph.add_edge(ONE, TWO, km=float(np.hypot(2, 4)))
    graph.add_edge(TWO, THREE, km=float(np.hypot(2, 4)))
    travel = around_water(INLET, graph, SHORE, factor=2.0, tolerance_m=1500)
    assert travel.between(ONE, TWO) == pytest.approx(2 * np.hypot(2, 4))
    assert travel.between(ONE, THREE) == pytest.approx(4 * np.hypot(2, 4))
    assert np.array_equal(travel.matrix, travel.matrix.T)
    assert travel.notices[0].text.startswith("1 of 3 pairs")


def test_line_on_land_stays_straight():
    """Where the line keeps to land, or the tolerance allows it, the graph is not asked."""
    graph = nx.empty_graph(INLET.urns)
    travel = around_water(INLET, graph, SHORE, tolerance_m=2000)
    assert travel.matrix == pytest.approx(straight_line(INLET).matrix)


def test_no_path_leaves_the_straight_line_and_a_notice():
    """Pieces that nothing joins keep a finite figure, and a notice says what it is."""
    travel = around_water(INLET, nx.empty_graph(INLET.urns), SHORE, tolerance_m=100)
    assert travel.between(ONE, THREE) == pytest.approx(1.3 * 4)
    assert "are not connected by neighbouring schools" in travel.notices[1].text


def test_path_over_schools_at_one_point():
    """An edge of no length is a way, not a gap."""
    schools = schools_at([(0, 3), (2, -1), (2, -1), (4, 3)])
    graph = nx.Graph()
    graph.add_edge(ONE, TWO, km=5.0)
    graph.add_edge(TWO, THREE, km=0.0)
    graph.add_edge(THREE, FOUR, km=5.0)
    travel = around_water(schools, graph, SHORE, factor=1.0, tolerance_m=1000)
    assert travel.between(ONE, FOUR) == pytest.approx(10)


@pytest.mark.real
def test_kent_around_water(real_data):
    """All 158,203 pairs of Kent: a sixth go around water, none shorter."""
    schools = real_kent(real_data)
    land = read_land(real_data / "boundaries" / NATIONAL, schools.points)
    neighbours = find_neighbours(schools, land=land)
    travel = around_water(schools, neighbours.graph, land)
    straight = straight_line(schools).matrix
    assert (travel.matrix >= straight - 1e-9).all()
    assert np.isfinite(travel.matrix).all()
    assert (travel.matrix > straight + 1e-9).mean() == pytest.approx(0.159, abs=0.002)


SCHOOLS = schools_at([(0, 0), (1, 0)])
WHOLE = f"from_urn,to_urn,minutes\n{ONE},{TWO},12.5\n{TWO},{ONE},14\n"


def write(tmp_path, text):
    path = tmp_path / "minutes.csv"
    path.write_text(text)
    return path


def test_matrix_may_be_asymmetric(tmp_path):
    """Minutes there and back are kept apart; a school is no minutes from itself."""
    travel = read_matrix(write(tmp_path, WHOLE), SCHOOLS)
    assert travel.matrix.tolist() == [[0, 12.5], [14, 0]]
    assert travel.unit == "minutes"
    assert "minutes.csv" in travel.method
    assert travel.sources[0].role == "travel"


def test_rows_of_other_schools_are_ignored_with_a_notice(tmp_path):
    """One matrix serves a county and its districts: other schools' rows are counted."""
    travel = read_matrix(write(tmp_path, WHOLE + "7,8,3\n7,100001,3\n"), SCHOOLS)
    (notice,) = travel.notices
    assert (
        notice.text
        == "2 rows of minutes.csv were ignored, as these URNs are not in the plan: 7, 8."
    )


def test_every_fault_of_the_matrix(tmp_path):
    """Words, negative times, doubled and missing journeys and a mistyped URN: all at once."""
    text = (
        f"from_urn,to_urn,minutes\n{ONE},{TWO},soon\n{ONE},x,5\n{TWO},{ONE},-4\n"
        f"{TWO},{THREE},6\n{TWO},{THREE},7\n{ONE},10001,5\n"
    )
    schools = schools_at([(0, 0), (1, 0), (2, 0)])
    with pytest.raises(InputError) as error:
        read_matrix(write(tmp_path, text), schools)
    found = str(error.value)
    assert "row 2, column 'minutes': 'soon'" in found
    assert "row 3, column 'to_urn': 'x'" in found
    assert "row 4, column 'minutes': '-4'" in found
    assert f"row 6: the journey from {TWO} to {THREE} has a different time in a row above" in found
    assert f"no time from school {ONE} to {TWO}, {THREE}" in found
    assert "these URNs are in the file but not in the plan: 10001" in found


def test_missing_columns_of_the_matrix(tmp_path):
    """Each column that is not there is a fault."""
    with pytest.raises(InputError) as error:
        read_matrix(write(tmp_path, "from,to,minutes\n1,2,3\n"), SCHOOLS)
    assert [fault.column for fault in error.value.faults] == ["from_urn", "to_urn"]


def test_long_lists_of_faults_are_counted(tmp_path):
    """A hundred schools without times do not make a hundred lines."""
    schools = schools_at([(i, 0) for i in range(100)])
    with pytest.raises(InputError) as error:
        read_matrix(write(tmp_path, WHOLE), schools)
    assert len(error.value.faults) < 25
    assert "80 more schools" in str(error.value)


def test_long_lists_of_faulty_rows_are_counted(tmp_path):
    """Nor do a thousand cells of words, or ninety journeys with two times each."""
    words = "".join(f"{ONE},{TWO},soon\n" for _ in range(1000))
    with pytest.raises(InputError, match="980 more cells like these") as error:
        read_matrix(write(tmp_path, WHOLE + words), SCHOOLS)
    assert len(error.value.faults) == 21
    schools = schools_at([(i, 0) for i in range(10)])
    pairs = [(a, b) for a in schools.urns for b in schools.urns if a != b]
    twice = "".join(f"{a},{b},{time}\n" for a, b in pairs for time in (5, 6))
    with pytest.raises(InputError, match="70 more journeys with two times") as error:
        read_matrix(write(tmp_path, f"from_urn,to_urn,minutes\n{twice}"), schools)
    assert len(error.value.faults) == 21
