"""The school census, and links to the URN it knows a school by."""

import numpy as np
import pytest

from cluster_geo.errors import InputError
from cluster_geo.schools import read_schools

HEADER = "URN,LA,NOR,TSENELSE,TSENELK,PSENELK,NUMFSM"
LINKS = "URN,LinkURN,LinkName,LinkType,LinkEstablishedDate"


def read(gias, text_file, census, links=None, rows=({},), **options):
    files = {"census": text_file("census_2024-25.csv", HEADER, *census, encoding="utf-8-sig")}
    if links is not None:
        files["links"] = text_file("links.csv", LINKS, *links)
    return read_schools(gias(*rows), **files, **options)


def words(schools):
    return [n.text for n in schools.notices if n.topic == "census"]


def test_figures_are_joined_by_urn(gias, text_file):
    """Pupils, EHC plans and SEN support of the census win over the register's pupils."""
    schools = read(gias, text_file, ["100001,999,310,9,40,12.9%,62", ",999,310,9,40,,"])
    school = schools.table.loc[100001]
    assert (school["pupils"], school["ehcp"], school["sen_support"]) == (310, 9, 40)
    assert school["fsm_pct"] == 12.5  # the register's own percentage stays
    assert school["census_date"] == "2024-25"
    assert schools.sources[1].role == "census"
    assert schools.sources[1].vintage == "2024-25"
    assert words(schools) == []


def test_withheld_figures_are_unknown_and_not_nought(gias, text_file):
    """NA and SUPP are no figures; the register's pupils stand in."""
    school = read(gias, text_file, ["100001,999,SUPP,NA,c,,"]).table.loc[100001]
    assert school["pupils"] == 210
    assert school["census_date"] == "2025-01-16"
    assert np.isnan(school["ehcp"])


def test_a_school_that_is_not_in_the_census_is_listed(gias, text_file):
    """No figures, no predecessor: listed, and left blank."""
    schools = read(gias, text_file, ["555555,999,310,9,40,,"])
    assert words(schools) == ["School 100001 (100001) is not in the census"]
    assert np.isnan(schools.table.loc[100001, "ehcp"])


@pytest.mark.parametrize(
    "link", ["100001,90001,x,Predecessor,01-09-2024", "90001,100001,x,Successor,31-08-2024"]
)
def test_a_converted_school_takes_its_predecessors_figures(gias, text_file, link):
    """Either end of the link leads from the new URN to the old one."""
    schools = read(gias, text_file, ["90001,999,310,9,40,,"], [link])
    assert schools.table.loc[100001, "ehcp"] == 9
    assert words(schools) == [
        "School 100001 (100001): its census figures are those of its predecessor 90001"
    ]


def test_a_chain_of_conversions_is_followed(gias, text_file):
    """Converted twice since the census."""
    links = ["100001,90002,x,Predecessor,01-04-2025", "90002,90001,x,Predecessor,01-02-2025"]
    schools = read(gias, text_file, ["90001,999,310,9,40,,"], links)
    assert schools.table.loc[100001, "ehcp"] == 9


def test_merged_schools_add_up(gias, text_file):
    """Two predecessors, one school: the sum, unknown where one of them is."""
    links = [
        "100001,90001,x,Predecessor - merged,01-09-2024",
        "100001,90002,x,Predecessor - merged,01-09-2024",
    ]
    schools = read(gias, text_file, ["90001,999,310,9,40,,", "90002,999,100,1,NA,,"], links)
    school = schools.table.loc[100001]
    assert (school["pupils"], school["ehcp"]) == (410, 10)
    assert np.isnan(school["sen_support"])


def test_links_that_do_not_count_are_ignored_and_listed(gias, text_file):
    """In the future, of a split school, to a school of the plan, and leading nowhere."""
    rows = ({"URN": "100001"}, {"URN": "100002"})
    links = [
        "100001,90001,x,Predecessor,01-09-2025",
        "100001,90002,x,Predecessor - Split School,01-09-2020",
        "100001,100002,x,Predecessor,01-09-2020",
        "100001,90003,x,Predecessor,01-09-2012",
        "100001,90004,x,Sixth Form Centre Link,01-09-2012",
    ]
    census = [f"{urn},999,310,9,40,," for urn in (90001, 90002, 100002, 90004)]
    schools = read(gias, text_file, census, links, rows)
    assert words(schools) == [
        f"School 100001 (100001){told}"
        for told in (
            ": its link to 90001 is ignored because it takes effect on 1 September 2025, after the planning date",
            ": its link to 90002 is ignored because that school was split among several",
            ": its link to 100002 is ignored because that school is itself in the plan",
            ": its link to 90003 is out of date: no census figures there",
            " is not in the census",
        )
    ]
    assert np.isnan(schools.table.loc[100001, "ehcp"])


@pytest.mark.parametrize(("day", "taken"), [("18-07-2025", True), ("19-07-2025", False)])
def test_a_link_counts_from_the_day_it_takes_effect(gias, text_file, day, taken):
    """The planning date is 18 July 2025: a link of that day is one, of the next day not yet."""
    links = [f"100001,90001,x,Predecessor,{day}"]
    found = read(gias, text_file, ["90001,999,310,9,40,,"], links).table.loc[100001, "ehcp"]
    assert (found == 9) == taken
    assert np.isnan(found) != taken


def test_a_link_in_a_circle_ends(gias, text_file):
    """Two URNs that call each other predecessor do not hang the reader."""
    links = ["100001,90001,x,Predecessor,01-09-2020", "90001,100001,x,Predecessor,01-09-2020"]
    assert len(read(gias, text_file, ["555555,999,1,1,1,,"], links)) == 1


def test_a_census_that_cannot_be_used(gias, text_file):
    """A word among the figures and a URN twice."""
    with pytest.raises(InputError) as error:
        read(gias, text_file, ["100001,999,many,9,40,,", "100001,999,1,9,40,,"])
    assert "row 2, column 'NOR': 'many' is not a number" in str(error.value)
    assert "row 3, column 'URN': URN 100001 appears twice" in str(error.value)


def test_links_that_cannot_be_used(gias, text_file):
    """A links file without dates is refused."""
    links = text_file("links.csv", "URN,LinkURN,LinkType", "1,2,Predecessor")
    with pytest.raises(InputError, match="LinkEstablishedDate"):
        read_schools(gias({}), links=links)
