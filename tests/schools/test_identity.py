"""A school with another URN than in an older plan, list or setting."""

from dataclasses import replace

import pytest

from cluster_geo.errors import InputError
from cluster_geo.plan.file import PlanRows
from cluster_geo.records import notices_of_files
from cluster_geo.schools import read_networks, read_pairs, read_schools
from cluster_geo.schools.identity import Identity, Succession
from cluster_geo.schools.provision import read_provisions

LINKS = "URN,LinkURN,LinkName,LinkType,LinkEstablishedDate"
CLOSED = {"EstablishmentStatus (name)": "Closed"}


def school(urn, **fields):
    return {"URN": str(urn), **fields}


def read(gias, text_file, rows, links, day="2025-07-18", name="links_edubasealldata20250601.csv"):
    return read_schools(gias(*rows), links=text_file(name, LINKS, *links), as_at=day)


def words(schools):
    return [notice.text for notice in schools.notices if notice.topic == "identity"]


@pytest.mark.parametrize(
    "links",
    [
        ["200005,100005,Old,Predecessor,01-04-2025"],
        ["100005,200005,New,Successor,31-03-2025"],
        ["200005,100005,Old,Predecessor,"],
        ["200005,100005,Old,Predecessor,01-04-2025", "100005,200005,New,Successor,31-03-2025"],
    ],
)
@pytest.mark.parametrize("row", [[], [school(100005, **CLOSED, CloseDate="31-03-2025")]])
def test_a_conversion_is_one_school(gias, text_file, links, row):
    """From either side of the link, with a date or without; the register may know the old one."""
    schools = read(gias, text_file, [school(200005), *row], links)
    assert schools.urns == (200005,)
    assert schools.identity.now(100005) == (200005,)
    assert schools.identity.now(200005) == (200005,)
    assert schools.identity.now(1) == (1,)
    assert words(schools) == []


def test_a_conversion_is_dated_by_the_register(gias, text_file):
    """A link is often dated when it was planned, or when the old school closed."""
    for link, date in (("01-01-2025", "2025-04-01"), ("01-09-2025", "2025-09-01"), ("", "")):
        rows = [
            school(200005, OpenDate="01-04-2025"),
            school(100005, **CLOSED, CloseDate="31-03-2025"),
        ]
        links = [f"200005,100005,Old,Predecessor,{link}"]
        schools = read(gias, text_file, rows, links, day="2025-12-01")
        assert schools.identity.successions[100005].date == date


def test_chains_of_conversions(gias, text_file):
    """In any number of steps, also through URNs that the register does not have."""
    links = [
        f"{urn},{urn - 1},S,Predecessor,01-09-20{urn % 100:02d}" for urn in range(100011, 100017)
    ]
    schools = read(gias, text_file, [school(100016)], links)
    assert schools.identity.now(100010) == (100016,)
    assert schools.identity.successions[100010].date == "2016-09-01"


def test_a_school_that_the_register_has_open_keeps_its_urn(gias, text_file):
    """A split school that stays open; a link whose date has passed."""
    rows = [school(100005), school(200005)]
    schools = read(gias, text_file, rows, ["200005,100005,Old,Predecessor,01-09-2020"])
    assert schools.urns == (100005, 200005)
    assert schools.identity.now(100005) == (100005,)
    assert words(schools) == [
        (
            "School 100005 (100005): its link to 200005 is dated 1 September 2020, but the register of "
            "18 July 2025 has it open and counts"
        )
    ]


def test_a_closed_school_that_the_planner_adds_keeps_its_urn(gias, text_file):
    """It is one of the plan's, whatever the register and the links say."""
    rows = [school(100005, **CLOSED, CloseDate="31-03-2025"), school(200005)]
    schools = read_schools(
        gias(*rows),
        links=text_file("links.csv", LINKS, "200005,100005,Old,Predecessor,01-04-2025"),
        changes=text_file("changes.csv", "urn,action,reason", "100005,add,Still in use"),
    )
    assert schools.urns == (100005, 200005)
    assert schools.identity.now(100005) == (100005,)


def test_a_link_in_the_future_waits(gias, text_file):
    """It is listed where the school is counted, and where an older list has its URN."""
    links = ["100005,200005,New,Successor,31-08-2025", "200006,100006,Old,Predecessor,01-09-2025"]
    schools = read(gias, text_file, [school(100005), school(200006)], links)
    assert schools.urns == (100005, 200006)
    assert words(schools) == [
        (
            "School 100005 (100005): it is to become New (200005) on 31 August 2025 by the links, "
            "after the planning date"
        )
    ]
    assert schools.identity.now(100006) == (100006,)
    assert schools.identity.words(100006) == (
        "URN 100006 is not read as that of its successor: that is from 1 September 2025 on, after "
        "the planning date"
    )


def test_a_link_later_than_the_register_converts_the_school(gias, text_file):
    """It is counted once, under the new URN; what was still planned then is marked so."""
    rows = [school(100005, EstablishmentName="Hill"), school(100006)]
    links = ["100005,200005,Hill Academy,Successor,31-08-2025"]
    schools = read(gias, text_file, rows, links, day="2025-12-01")
    assert schools.urns == (100006, 200005)
    assert schools.names[200005] == "Hill Academy"
    assert schools.identity.now(100005) == (200005,)
    assert words(schools) == [
        (
            "Hill (100005): it is Hill Academy (200005) since 31 August 2025 by the links (still to "
            "come when they were made, on 1 June 2025); the register of 18 July 2025 does not have "
            "that one yet, so its details are those of before"
        )
    ]


def test_later_amalgamations(gias, text_file):
    """An infant and a junior school into a new one, and a third into one that is there."""
    rows = [
        school(100005, StatutoryHighAge="7"),
        school(100006, StatutoryLowAge="7"),
        school(100007),
        school(100008, **{"PhaseOfEducation (name)": "Secondary"}, StatutoryHighAge="18"),
    ]
    links = [
        "100005,200005,Both,Successor - amalgamated,31-08-2025",
        "100006,200005,Both,Successor - amalgamated,31-08-2025",
        "100007,100008,Through,Successor - merged,01-09-2025",
    ]
    schools = read(gias, text_file, rows, links, day="2025-12-01")
    assert schools.urns == (100008, 200005)
    both = schools.table.loc[200005]
    assert (both["age_low"], both["age_high"]) == (4, 11)
    assert schools.table.loc[100008, "phase"] == "all-through"
    assert [schools.identity.now(urn) for urn in (100005, 100006, 100007, 100008)] == [
        (200005,),
        (200005,),
        (100008,),
        (100008,),
    ]
    assert sum("is counted with it" in text for text in words(schools)) == 2


@pytest.mark.parametrize("first", [100005, 100007])
def test_a_merger_into_a_school_that_converts_later(gias, text_file, first):
    """To the very end of the links, whichever of the two has the lower URN."""
    other = 100006
    rows = [school(first, StatutoryHighAge="7"), school(other, StatutoryLowAge="7")]
    links = [
        f"{first},{other},Both,Successor - merged,31-08-2025",
        f"{other},200006,Academy,Successor,30-11-2025",
    ]
    schools = read(gias, text_file, rows, links, day="2025-12-01")
    assert schools.urns == (200006,)
    assert schools.identity.now(first) == schools.identity.now(other) == (200006,)
    assert (schools.table.loc[200006, "age_low"], schools.table.loc[200006, "age_high"]) == (4, 11)


def test_a_date_that_cannot_be_read_is_a_fault(gias, text_file):
    """Named with its row: a school might convert on the wrong day."""
    links = ["200005,100005,Old,Predecessor,31-02-2026", "200006,100006,Old,Predecessor,soon"]
    with pytest.raises(InputError) as caught:
        read(gias, text_file, [school(200005)], links)
    assert [fault.row for fault in caught.value.faults] == [2, 3]
    assert "'31-02-2026' is not a date" in str(caught.value)


def test_links_that_lead_nowhere(gias, text_file):
    """In a circle, into parts that nobody knows, to a school that is not one of the plan's."""
    rows = [school(urn) for urn in (100005, 100006, 100007)]
    elsewhere = school(100009, **{"PhaseOfEducation (name)": "Nursery"})
    links = [
        "100005,200005,A,Successor,31-08-2025",
        "200005,100005,B,Successor,30-09-2025",
        "100006,200006,C,Successor - Split School,31-08-2025",
        "100006,200007,D,Successor - Split School,31-08-2025",
        "100007,100009,E,Successor,31-08-2025",
    ]
    schools = read(gias, text_file, [*rows, elsewhere], links, day="2025-12-01")
    assert schools.urns == (100005, 100006, 100007)
    assert words(schools) == [
        "School 100005 (100005): its links run in a circle, and are ignored",
        (
            "School 100006 (100006): the links split it into 200006 and 200007, of which the register "
            "of 18 July 2025 knows nothing: it stays as it was"
        ),
        (
            "School 100007 (100007): its link to E (100009) is ignored: the register has that school, "
            "and it is not one of the plan's"
        ),
    ]


def test_districts_know_their_neighbours_by_the_new_urn(gias, text_file):
    """A school that converts is not one of the schools around as well."""
    rows = [school(100005), school(100006, **{"DistrictAdministrative (name)": "Weatherbury"})]
    links = text_file("links.csv", LINKS, "100005,200005,New,Successor,31-08-2025")
    schools = read_schools(gias(*rows), links=links, as_at="2025-12-01", districts=["Casterbridge"])
    assert schools.urns == (200005,)
    assert schools.around.index.tolist() == [100006]


def test_figures_of_a_school_that_another_is_part_of_now(gias, text_file):
    """In a census from before, each has its own."""
    rows = [school(100005), school(100006)]
    census = text_file(
        "census_2024-25.csv",
        "URN,NOR,TSENELSE,TSENELK,NUMFSM",
        "100005,200,10,20,30",
        "100006,100,5,10,15",
    )
    links = text_file("links.csv", LINKS, "100006,100005,Old,Successor - merged,31-08-2025")
    schools = read_schools(gias(*rows), links=links, census=census, as_at="2025-12-01")
    assert schools.table.loc[100005, ["pupils", "ehcp", "sen_support"]].tolist() == [300, 15, 30]
    assert [n.text for n in schools.notices if n.topic == "census"] == [
        (
            "School 100005 (100005): its census figures are its own and those of 100006, which is part "
            "of it now"
        )
    ]


NOW = Identity(
    {
        100005: Succession(100005, (200005,), "2025-04-01"),
        100006: Succession(100006, (200006,), ""),
        100007: Succession(100007, (200006,), ""),
        100008: Succession(100008, (200008, 200009), "2025-09-01"),
    },
    {},
    {200005: "Hill", 200006: "Dale"},
)


@pytest.fixture
def now(gias):
    """Schools of today with that identity."""
    urns = (100001, 200005, 200006, 200008, 200009)
    return replace(read_schools(gias(*map(school, urns))), identity=NOW)


def test_networks_pairs_and_provisions_have_the_urns_of_today(now, text_file):
    """A part of a split school inherits; of two that are one nothing is left to keep together."""
    with notices_of_files() as found:
        networks = read_networks(
            text_file("networks.csv", "urn,network", "100005,N", "100001,N", "100008,N"), now
        )
        pairs = read_pairs(
            text_file(
                "pairs.csv",
                "infant_urn,junior_urn,confirmed",
                "100006,100007,yes",
                "100001,100005,yes",
            ),
            now,
        )
        provisions = read_provisions(
            text_file("srp.csv", "urn,need,places", "100005,ASD,10", "100001,SLCN,5")
        ).carried(NOW)
    assert networks.networks[0].members == {200005, 100001, 200008, 200009}
    assert [(pair.infant, pair.junior) for pair in pairs.pairs] == [(100001, 200005)]
    assert [n.text for n in pairs.notices] == [
        "a pair of pairs.csv is left out: both are 200006 now"
    ]
    assert provisions.frame["urn"].tolist() == [200005, 100001]
    assert [n.text for n in found][:2] == [
        (
            "networks.csv: URN 100005 is read as Hill (200005), which took its place on "
            "1 April 2025 by the links"
        ),
        (
            "networks.csv: URN 100008 is read as 200008 and 200009, into which it was split on "
            "1 September 2025 by the links"
        ),
    ]


def test_a_plan_has_the_urns_of_today():
    """Own rows come first, and what two clusters lay claim to is in none of them."""
    rows = PlanRows(
        {
            "A": frozenset({100001, 100005}),
            "B": frozenset({100006, 100008}),
            "C": frozenset({100007, 100002}),
            "D": frozenset({200005}),
            "E": frozenset({100006}),
        },
        retired=("Z",),
    )
    with notices_of_files() as found:
        now = rows.carried(NOW, "plan.csv")
    assert now.members == {
        "A": {100001},
        "B": {200008, 200009},
        "C": {100002},
        "D": {200005},
    }
    assert now.retired == ("Z", "E")
    assert "plan.csv: Dale (200006) was made of schools of B, C and E, so it is in none yet" in [
        notice.text for notice in found
    ]
