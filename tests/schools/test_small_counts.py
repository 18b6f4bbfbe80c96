"""Counts of the planner's own that the public may not see."""

import pytest

from cluster_geo.schools import read_schools, without_small_counts

HEADER = "urn,name,phase,easting,northing,pupils,ehcp,srp_places,fsm_pct"
# Ten per cent of 30 pupils are three, three per cent of 1,000 are thirty.
ROWS = (
    "100001,One,primary,560000,150000,30,4,12,10",
    "100002,Two,primary,561000,150000,1000,5,,3",
    "100003,Three,primary,562000,150000,3,,0,",
)
COUNTS = ("pupils", "ehcp", "sen_support", "srp_places", "srp_on_roll")


@pytest.fixture
def own(text_file):
    """A planner's own table in which some counts are small."""
    return text_file("own.csv", HEADER, *ROWS)


def test_a_planners_own_small_counts_are_known(own):
    """Counts below 5 are noted by column, and shares that come to fewer than 5 pupils."""
    schools = read_schools(own)
    assert schools.small == {
        "pupils": {100003},
        "ehcp": {100001},
        "srp_places": {100003},
        "fsm_pct": {100001},
    }
    assert schools.withheld == {}
    assert schools.table.loc[100001, "ehcp"] == 4


@pytest.mark.parametrize("column", COUNTS)
def test_every_count_below_five_is_small_and_no_other(text_file, column):
    """Each column that a planner may fill, from zero to the first figure that may be shown."""
    rows = [f"{100001 + k},S,primary,{560000 + 1000 * k},150000,{k}" for k in range(8)]
    header = f"urn,name,phase,easting,northing,{column}"
    small = read_schools(text_file("own.csv", header, *rows)).small
    assert small == {column: {100001, 100002, 100003, 100004, 100005}}


@pytest.mark.parametrize(
    ("pupils", "share", "small"),
    [
        (30, 10, True),
        (1000, 3, False),
        (50, 10, False),
        (49, 10, True),
        (9, 55, True),
        (9, 56, False),
    ],
)
def test_a_share_is_small_where_its_pupils_are_few(text_file, pupils, share, small):
    """It does not depend on whether the share itself is below five."""
    row = f"100001,One,primary,560000,150000,{pupils},{share}"
    own = text_file("own.csv", "urn,name,phase,easting,northing,pupils,fsm_pct", row)
    assert read_schools(own).small == ({"fsm_pct": {100001}} if small else {})


def test_a_share_is_small_of_the_censuss_pupils_too(text_file):
    """Pupils from the census also reveal the count behind a planner's share."""
    header = "urn,name,phase,easting,northing,fsm_pct"
    rows = [f"{100001 + k},S,primary,{560000 + k},150000,10" for k in range(2)]
    blank = "100003,S,primary,560003,150000,"
    own = text_file("own.csv", header, *rows, blank)
    figures = ["100001,30,9,9,20", "100002,300,9,9,20", "100003,30,9,9,3"]
    census = text_file("census.csv", "URN,NOR,TSENELSE,TSENELK,NUMFSM", *figures)
    schools = read_schools(own, census=census)
    assert schools.small == {"fsm_pct": {100001}}
    assert schools.table["fsm_pct"].tolist() == [10, 10, 10]


def test_published_figures_are_not_the_planners(gias, text_file):
    """The register's and the census's counts are public already, however small."""
    census = text_file("census.csv", "URN,NOR,TSENELSE,TSENELK", "100001,40,2,1")
    row = {
        "TypeOfResourcedProvision (name)": "SEN unit",
        "SenUnitOnRoll": "3",
        "SenUnitCapacity": "4",
    }
    assert read_schools(gias(row), census=census).small == {}


def test_census_figures_in_a_planners_blanks_are_public(own, text_file):
    """What the census fills in was never the planner's."""
    census = text_file("census.csv", "URN,NOR,TSENELSE,TSENELK", "100003,90,1,1")
    assert "sen_support" not in read_schools(own, census=census).small
    assert 100003 not in read_schools(own, census=census).small["ehcp"]


def test_the_authoritys_provisions_win_and_are_its_own(gias, own, text_file):
    """The authority's file of provisions is the planner's; what it overrides counts no more."""
    srp = text_file("srp.csv", "urn,need,places,on_roll", "100001,ASD,20,3", "100003,HI,9,9")
    assert read_schools(gias({}), srp=text_file("one.csv", "urn,need,places,on_roll",
                                                "100001,ASD,20,3")).small == {
        "srp_on_roll": {100001}
    }  # fmt: skip
    small = read_schools(own, srp=srp).small
    assert small["srp_on_roll"] == {100001}
    assert small.get("srp_places", frozenset()) == frozenset()


def test_notices_do_not_show_small_counts(gias, text_file):
    """What a notice says of a provision is the same for every count below 5."""
    texts = set()
    for on_roll in range(5):
        path = text_file("srp.csv", "urn,need,places,on_roll", f"100001,ASD,20,{on_roll}")
        texts.add(tuple(n.text for n in read_schools(gias({}), srp=path).notices))
    assert len(texts) == 1
    assert "fewer than 5 on roll" in str(texts)


def test_withheld_counts_are_missing_and_a_notice_says_so(own):
    """The public's table has blanks for them and keeps all else; doing it twice changes nothing."""
    schools = read_schools(own)
    public = without_small_counts(schools)
    assert public.table["ehcp"].isna().tolist() == [True, False, True]
    assert public.table["pupils"].tolist()[:2] == [30, 1000]
    assert public.table["fsm_pct"].isna().tolist() == [True, False, True]
    assert public.withheld == schools.small
    assert "4 of the planner's own figures are below 5" in public.notices[-1].text
    assert without_small_counts(public) is public
    assert not public.may_show_total("ehcp", (100001, 100002))
    assert public.may_show_total("ehcp", (100002, 100003))
    assert schools.table["ehcp"].notna().tolist() == [True, True, False]
