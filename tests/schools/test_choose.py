"""Who is counted: authority, district, phase and the planning date."""

from datetime import date

import pytest

from cluster_geo.errors import InputError
from cluster_geo.schools import read_schools

CLOSING = "Open, but proposed to close"
OPENING = "Proposed to open"


def statuses(status, opens="", closes=""):
    return {"EstablishmentStatus (name)": status, "OpenDate": opens, "CloseDate": closes}


@pytest.mark.parametrize(
    ("dated", "counted", "listed"),
    [
        (("Open", "", ""), True, False),
        (("Open", "01-09-1990", ""), True, False),
        (("Open", "19-07-2025", ""), False, True),
        ((CLOSING, "", "31-08-2025"), True, True),
        ((CLOSING, "", "18-07-2025"), True, True),
        ((CLOSING, "", "17-07-2025"), False, True),
        ((CLOSING, "", ""), True, True),
        ((OPENING, "01-09-2025", ""), False, True),
        ((OPENING, "18-07-2025", ""), True, True),
        ((OPENING, "", ""), False, True),
        (("Closed", "", "31-08-2024"), False, False),
        (("Closed", "", ""), False, False),
        (("Closed", "01-09-1990", "31-08-2025"), True, True),
        (("Created in error", "", ""), False, False),
    ],
)
def test_a_school_is_in_if_it_is_open_on_the_day(gias, dated, counted, listed):
    """Statuses and dates against 18 July 2025; what a date decides is listed."""
    schools = read_schools(gias({}, statuses(*dated)))
    assert (100002 in schools.urns) == counted
    assert bool([n for n in schools.notices if n.topic == "date"]) == listed


def test_the_notice_says_why(gias):
    """The words name the school, the day and the date that decided."""
    schools = read_schools(gias({}, statuses(OPENING, "01-09-2025")))
    (notice,) = schools.notices
    assert notice.text == (
        "School 100002 (100002) is left out on 18 July 2025: "
        "it is proposed to open on 1 September 2025"
    )


@pytest.mark.parametrize("as_at", ["2025-09-01", "01-09-2025", date(2025, 9, 1)])
def test_another_planning_date(gias, as_at):
    """The planner's own date, however it is written, moves schools in and out."""
    path = gias({}, statuses(CLOSING, "", "31-08-2025"), statuses(OPENING, "01-09-2025"))
    schools = read_schools(path, as_at=as_at)
    assert schools.as_at == "2025-09-01"
    assert schools.urns == (100001, 100003)


def test_the_default_date_is_the_newest_change_where_the_name_tells_none(gias):
    """A renamed extract is dated by its rows; the name, where it tells a date, wins."""
    path = gias({"LastChangedDate": "03-02-2025"}, {"LastChangedDate": ""}, name="schools.csv")
    assert read_schools(path).as_at == "2025-02-03"


def test_without_any_date_it_must_be_given(gias):
    """Neither name nor rows tell a date: the planner is asked for it."""
    path = gias({}, name="schools.csv", without=["LastChangedDate"])
    with pytest.raises(InputError, match="Give the planning date as_at"):
        read_schools(path)
    assert len(read_schools(path, as_at="2025-07-18")) == 1


def test_a_date_that_is_none(gias):
    """A date that cannot be read is refused."""
    with pytest.raises(InputError, match="'next year' is not a date"):
        read_schools(gias({}), as_at="next year")


def test_authority_and_district_by_name_or_code_in_any_case(gias):
    """Names, codes and "&" for "and" all find the place."""
    path = gias(
        {"LA (name)": "Bath and North East Somerset", "LA (code)": "800"},
        {"DistrictAdministrative (name)": "Mellstock", "DistrictAdministrative (code)": "E09"},
    )
    assert read_schools(path, authorities=["bath & north east somerset"]).urns == (100001,)
    assert read_schools(path, authorities=["800", "WESSEX"]).urns == (100001, 100002)
    assert read_schools(path, districts=["mellstock"]).urns == (100002,)
    assert read_schools(path, districts=["e09"]).urns == (100002,)


def test_an_unknown_authority_is_answered_with_the_nearest_names(gias):
    """A slip of the pen and a name left unfinished are both answered."""
    path = gias({}, {"LA (name)": "Kingston upon Hull"}, {"LA (name)": "Mercia"})
    with pytest.raises(InputError) as error:
        read_schools(path, authorities=["Wesex", "Hull", "Atlantis"])
    told = [str(fault) for fault in error.value.faults]
    assert "'Wesex' is in the file. Did you mean Wessex?" in told[0]
    assert "Did you mean Kingston upon Hull?" in told[1]
    assert "The file has Kingston upon Hull, Mercia, Wessex" in told[2]


def test_no_district_is_missed_in_an_authority_that_is(gias):
    """One slip, one fault: districts of an unknown authority are not looked for."""
    with pytest.raises(InputError) as error:
        read_schools(gias({}), authorities=["Wesex"], districts=["Casterbridge"])
    assert len(error.value.faults) == 1


def test_an_authority_without_a_mainstream_school_is_a_fault(gias):
    """A choice that leaves nothing is told with the day it was made for."""
    path = gias({}, statuses("Closed") | {"LA (name)": "Mercia"})
    with pytest.raises(InputError, match="no mainstream school of Mercia is open on 18 July 2025"):
        read_schools(path, authorities=["Mercia"])


def test_phases_are_chosen(gias):
    """Only the phases asked for; an unknown phase is refused."""
    path = gias({}, {"PhaseOfEducation (name)": "Secondary"})
    assert read_schools(path, phases=["secondary"]).urns == (100002,)
    with pytest.raises(InputError, match="'middle' is not a phase"):
        read_schools(path, phases=["middle"])


def test_a_school_without_a_district_is_listed_when_districts_are_chosen(gias):
    """A new school that GIAS has not placed yet is not silently missing."""
    placeless = {"DistrictAdministrative (name)": "", "DistrictAdministrative (code)": "9999"}
    schools = read_schools(gias({}, placeless), districts=["Casterbridge"])
    assert schools.urns == (100001,)
    assert [n.urn for n in schools.notices if n.topic == "district"] == [100002]
