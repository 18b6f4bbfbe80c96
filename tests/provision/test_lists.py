"""A planner's lists: what they say, and all that is wrong with them at once."""

import pytest

from cluster_geo.errors import InputError
from cluster_geo.provision import answer, read_lists
from cluster_geo.provision.demand import demand_of
from cluster_geo.provision.sites import sites_of
from tests.provision.towns import ask, row_of_schools
from tests.worlds import FIRST_URN, ORIGIN

URNS = [FIRST_URN + k for k in range(9)]


@pytest.fixture
def write(tmp_path):
    """Return what writes a list of rows, the first of them its header."""

    def written(name, *rows):
        path = tmp_path / f"{name}.csv"
        path.write_text("\n".join(rows) + "\n", encoding="utf-8")
        return path

    return written


def faults_of(county, asked, **lists):
    """Return the faults of lists, as a user reads them."""
    with pytest.raises(InputError) as caught:
        read_lists(county, asked, **lists)
    return [str(fault) for fault in caught.value.faults]


def test_candidates_and_their_places(write):
    """Only these; one has its own number of places, and where there are places it gets more."""
    county, asked = row_of_schools(), ask(expand=1)
    path = write("c", "urn,places", f"{URNS[5]},", f"{URNS[8]},12", f"{URNS[3]},24")
    lists = read_lists(county, asked, candidates=path)
    sites, _ = sites_of(county, asked, lists)
    assert [(site.urns, site.places, site.kind) for site in sites[1:]] == [
        ((URNS[5],), 20, "new"),
        ((URNS[8],), 12, "new"),
        ((URNS[3],), 4, "expanded"),
    ]
    assert [source.role for source in lists.sources] == ["provision candidates"]


def test_everything_wrong_with_candidates_is_said_at_once(write):
    """Unknown, of the other phase, twice, fewer places than pupils, a fraction, nothing."""
    county = row_of_schools()
    path = write(
        "c", "urn,places", "999999,20", f"{URNS[2]},20", f"{URNS[5]},-3", f"{URNS[5]},2.5",
        f"{URNS[3]},9", ",20", "abc,20",
    )  # fmt: skip
    said = faults_of(county, ask(), candidates=path)
    for row, part in (
        (2, "the plan has no school with the URN 999999"),
        (3, f"School 3 ({URNS[2]}) has no secondary pupils"),
        (4, "'-3' is not a number of places"),
        (5, "'2.5' is not a number of places"),
        (5, f"URN {URNS[5]} is in row 4 too"),
        (6, "9 places are fewer than the 10 pupils on roll"),
        (7, "the URN is missing"),
        (8, "'abc' is not a URN"),
    ):
        assert any(f"row {row}," in fault and part in fault for fault in said), part
    assert len(said) == 8


def test_special_schools_shared_provisions_and_teams(write):
    """Of ASD: half of 20 places for two phases, a third of 9, a team of 5, and one not yet open."""
    county, asked = row_of_schools(), ask(share=1.0)
    x, y = ORIGIN[0] + 8200, ORIGIN[1]
    path = write(
        "s", "name,kind,urn,easting,northing,need,phase,places,opens,closes",
        f"Northfield,special,,{x},{y},ASD,,20,,",
        f"Two schools,shared,{URNS[5]}|{URNS[8]},,,ASD|HI|VI,secondary,9,2024-09-01,",
        "Team,team,,,,ASD,secondary,5,,",
        f"Later,,,{x},{y},ASD,,120,2027-09-01,",
        f"Closed,,,{x},{y},ASD,,120,,2024-08-31",
        f"Other need,,,{x},{y},VI,,60,,",
    )  # fmt: skip
    sites, words = sites_of(county, asked, read_lists(county, asked, others=path))
    there = {site.name: (site.urns, site.places) for site in sites if not site.kind}
    assert there["Northfield"] == ((URNS[8],), 10)
    assert there["Two schools"] == ((URNS[5], URNS[8]), 3)
    assert there["Team"] == ((), 5)
    assert len(there) == 4
    said = " ".join(words)
    assert "s.csv adds 18.0 places for ASD" in said
    assert "at most 0.2 km away" in said
    assert "2 rows of s.csv are left out: not open on the planning date, 2025-07-18" in said


def test_with_other_places_the_number_of_pupils_must_be_known(write):
    """Else a new special school would add to the pupils who need one."""
    path = write("s", "name,need,places,urn", f"Northfield,ASD,20,{URNS[1]}")
    county = row_of_schools()
    lists = read_lists(county, ask(), others=path)
    with pytest.raises(InputError, match="it must be known how many pupils need one"):
        answer(county, ask(), lists)


def test_a_travelling_team_leaves_fewer_without_a_place(write):
    """It comes to five of the pupils: nobody of these has a journey."""
    county, asked = row_of_schools(), ask(share=1.0, new=1, alternatives=0)
    path = write("s", "name,kind,need,phase,places", "Team,team,ASD,secondary,5")
    found = answer(county, asked, read_lists(county, asked, others=path))
    assert found.today.outcome.without == pytest.approx(40 - 20 - 5)


def test_everything_wrong_with_other_places_is_said_at_once(write):
    """Kind, need, phase, places, dates, and where it is."""
    path = write(
        "s", "name,kind,easting,northing,need,phase,places,opens",
        "A,palace,550000,150000,ASD,,20,", "B,,550000,150000,XX,,20,",
        "C,,550000,150000,ASD,middle,20,", "D,,550000,150000,ASD,,1.5,",
        "E,,550000,150000,ASD,,20,soon", "F,,,,ASD,,20,", "G,,550000,150000,ASD,,,",
        "H,,far,150000,ASD,,20,",
    )  # fmt: skip
    said = faults_of(row_of_schools(), ask(), others=path)
    for row, part in (
        (2, "'palace' is unknown"),
        (3, "'XX' is not a need"),
        (4, "'middle' is not a phase"),
        (5, "'1.5' is not a number of places"),
        (6, "'soon' is not a date"),
        (7, "neither a school of the plan nor a point"),
        (8, "the cell is blank"),
        (9, "'far' is not a number"),
    ):
        assert any(f"row {row}" in fault and part in fault for fault in said), part
    assert len(said) == 8


def test_the_same_places_twice_and_shared_ones_that_are_not(write):
    """Places would count twice; a shared provision is of two schools."""
    path = write(
        "s", "name,kind,urn,need,places",
        f"A,special,{URNS[1]},ASD,20", f"A,special,{URNS[1]},ASD,25",
        f"B,shared,{URNS[1]},ASD,20", f"C,shared,{URNS[1]}|{URNS[2]}|{URNS[4]},ASD,20",
    )  # fmt: skip
    said = faults_of(row_of_schools(), ask(), others=path)
    assert all(f"row {row}" in fault for row, fault in zip((3, 4, 5), said, strict=True))
    assert "the same places are in an earlier row" in said[0]
    assert all("a shared provision is of two schools" in fault for fault in said[1:])


def test_more_pupils_than_there_can_be(write):
    """A figure with a few noughts too many."""
    path = write("p", "urn,pupils", f"{URNS[1]},1e15")
    (said,) = faults_of(row_of_schools(), ask(), pupils=path)
    assert "'1e15' is not a number of pupils" in said


def test_pupils_by_school_and_by_point(write):
    """A point counts at the nearest school; rows of other needs and phases are left out."""
    county, asked = row_of_schools(), ask()
    path = write(
        "p", "urn,easting,northing,need,phase,pupils",
        f"{URNS[1]},,,ASD,secondary,3", f",{ORIGIN[0] + 6900},{ORIGIN[1]},ASD,,2.5",
        f"{URNS[4]},,,SLCN,,7", f"{URNS[4]},,,ASD,primary,7", f"{URNS[8]},,,,,1",
    )  # fmt: skip
    lists = read_lists(county, asked, pupils=path)
    demand = demand_of(county, asked, lists, [])
    assert demand.pupils == pytest.approx([0, 3, 0, 0, 0, 0, 0, 2.5, 1])
    said = " ".join(demand.words)
    assert "1 point of it counts at the nearest school, which is at most 0.1 km away" in said
    assert "2 rows about other needs or phases were left out" in said


def test_pupils_that_cannot_be_counted(write):
    """Negative, text, blank; and a list without a pupil of the need."""
    county = row_of_schools()
    path = write("p", "urn,pupils", f"{URNS[1]},-1", f"{URNS[1]},few", f"{URNS[1]},")
    assert len(faults_of(county, ask(), pupils=path)) == 3
    nobody = write("n", "urn,need,pupils", f"{URNS[1]},SLCN,4")
    lists = read_lists(county, ask(), pupils=nobody)
    with pytest.raises(InputError, match="it lists no pupil who needs a secondary place for ASD"):
        answer(county, ask(), lists)


def test_the_faults_of_all_lists_are_one_message(write):
    """Three files, each with one."""
    county = row_of_schools()
    said = faults_of(
        county,
        ask(),
        candidates=write("c", "urn", "1"),
        others=write("s", "name,need,places,urn", f"A,ASD,,{URNS[1]}"),
        pupils=write("p", "urn,pupils", f"{URNS[1]},x"),
    )
    assert [text.split(",")[0] for text in said] == ["c.csv", "s.csv", "p.csv"]
