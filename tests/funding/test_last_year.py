"""Last year's money: read by school or by cluster, and refused with every fault at once."""

import pytest

from cluster_geo.errors import InputError
from cluster_geo.funding import LastYear, read_last_year
from cluster_geo.funding.last_year import carried
from cluster_geo.records import notices_of_files
from cluster_geo.schools.identity import Identity, Succession
from tests.funding.drawn import URNS, plan_of


@pytest.fixture
def listed(tmp_path):
    def write(*lines):
        path = tmp_path / "last.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write


def test_money_by_school_is_added_up_by_todays_clusters(listed):
    """A blank cell is not known; a cluster of which nothing is known has none."""
    rows = [f'{URNS[0]},"£1,000.50"', f"{URNS[1]},2", f"{URNS[2]},", f"{URNS[3]},x"]
    last = read_last_year(listed("URN,Amount", *rows))
    assert last.shares(plan_of()) == {"A-1": 100250}
    assert last.unknown(URNS) == 10


def test_money_by_cluster_is_found_by_code(listed):
    """In any letters; a code that this plan does not have is named."""
    last = read_last_year(listed("cluster,pounds", "a-1,5", "Z-9,7"))
    assert last.shares(plan_of()) == {"A-1": 500}
    assert last.strangers(plan_of()) == ["Z-9"]


def test_every_fault_is_named_at_once(listed):
    """With its row and column."""
    path = listed("urn,pounds", "100001,-5", "100001,4", "x,3", "100002,ten", "100003,1.005")
    with pytest.raises(InputError) as refused:
        read_last_year(path)
    found = {(fault.row, fault.column, fault.found) for fault in refused.value.faults}
    assert found == {
        (2, "pounds", "-5 is below 0"),
        (3, "urn", "URN 100001 appears in rows 2, 3"),
        (4, "urn", "'x' is not a URN"),
        (5, "pounds", "'ten': it is not an amount of money"),
        (6, "pounds", "'1.005': it has parts of a penny"),
    }


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["urn,cash", "1,2"], "no column shows the money"),
        (["name,pounds", "a,2"], "no column shows which school"),
        (["urn,pounds"], "it has no row"),
        (["cluster,pounds", ",3"], "the cell is blank"),
        (["cluster,pounds", "A,3", "a,4"], "A appears in rows 2 and 3"),
    ],
)
def test_a_table_that_is_none_is_refused(listed, lines, words):
    """It says what is missing."""
    with pytest.raises(InputError, match=words):
        read_last_year(listed(*lines))


def test_old_urns_are_read_as_those_of_now():
    """Schools that became one are added up; of a school that was split nothing is known."""
    links = {7: Succession(7, (URNS[0],), ""), 8: Succession(8, URNS[1:3], "")}
    with notices_of_files() as notices:
        found = carried(LastYear({7: 100, URNS[0]: 50, 8: 3}), Identity(links), "last.csv")
    assert found.of_school == {URNS[0]: 150}
    assert any("the school was split" in notice.text for notice in notices)
