"""The planner's changes to who is counted."""

import pytest

from cluster_geo.errors import InputError
from cluster_geo.schools import read_schools

NURSERY = {
    "TypeOfEstablishment (name)": "Local authority nursery school",
    "PhaseOfEducation (name)": "Nursery",
    "StatutoryLowAge": "2",
    "StatutoryHighAge": "5",
}


def test_schools_are_added_and_removed_with_a_reason(gias, text_file):
    """A filtered-out school comes in, a counted one goes, and both reasons are listed."""
    changes = text_file(
        "changes.csv",
        "URN,Action,Reason",
        "100001,remove,Merging with 100002.",
        "100003,Add,The nursery works with the cluster",
    )
    schools = read_schools(gias({}, {}, NURSERY), changes=changes)
    assert schools.urns == (100002, 100003)
    assert schools.table.loc[100003, "phase"] == "primary"
    assert [n.text for n in schools.notices if n.topic == "change"] == [
        "School 100001 (100001) is removed by the planner: Merging with 100002",
        "School 100003 (100003) is added by the planner: The nursery works with the cluster",
    ]
    assert [source.role for source in schools.sources] == ["schools", "changes"]


def test_a_school_of_another_authority_can_be_added(gias, text_file):
    """The change looks in the whole extract, not only in what was chosen."""
    changes = text_file("changes.csv", "urn,action,reason", "100002,add,Serves our children")
    path = gias({}, {"LA (name)": "Mercia"})
    assert len(read_schools(path, authorities=["Wessex"], changes=changes)) == 2


def test_an_added_special_school_is_no_longer_an_associate(gias, text_file):
    """Once counted it is not shown beside the schools as well; its phase is the planner's."""
    special = {
        "EstablishmentTypeGroup (name)": "Special schools",
        "TypeOfEstablishment (name)": "Community special school",
        "PhaseOfEducation (name)": "Not applicable",
        "StatutoryHighAge": "19",
    }
    changes = text_file("c.csv", "urn,action,reason,phase", "100002,add,Leads it,secondary")
    schools = read_schools(gias({}, special), changes=changes, associates=True)
    assert schools.table.loc[100002, "phase"] == "secondary"
    assert schools.associates.empty
    plain = text_file("plain.csv", "urn,action,reason", "100002,add,Leads it")
    schools = read_schools(gias({}, special), changes=plain)
    assert schools.table.loc[100002, "phase"] == "all-through"  # by its ages, 4 to 19


@pytest.mark.parametrize(
    ("low", "high", "phase"),
    [
        (4, 11, "primary"),
        (5, 13, "primary"),
        (9, 13, "primary"),
        (4, 14, "all-through"),
        (5, 18, "all-through"),
        (6, 14, "secondary"),
        (13, 18, "secondary"),
    ],
)
def test_an_added_school_without_a_phase_has_that_of_its_ages(gias, text_file, low, high, phase):
    """From reception age on it is a primary, past 13 a secondary, from one to the other both."""
    special = {
        "EstablishmentTypeGroup (name)": "Special schools",
        "TypeOfEstablishment (name)": "Community special school",
        "PhaseOfEducation (name)": "Not applicable",
        "StatutoryLowAge": str(low),
        "StatutoryHighAge": str(high),
    }
    changes = text_file("changes.csv", "urn,action,reason", "100002,add,Leads it")
    assert read_schools(gias({}, special), changes=changes).table.loc[100002, "phase"] == phase


def test_a_change_may_bring_the_point_the_register_lacks(gias, text_file):
    """An easting and northing in the file mend a school without coordinates."""
    changes = text_file(
        "c.csv", "urn,action,reason,easting,northing", "100002,add,Our survey,400500,100500"
    )
    schools = read_schools(gias({}, {"Easting": "", "Northing": ""}), changes=changes)
    assert schools.table.loc[100002].geometry.x == 400_500
    assert "it was already counted" in schools.notices[0].text


def test_changes_that_cannot_be_used(gias, text_file):
    """Every fault of the file, and none of the register, in one message."""
    changes = text_file(
        "changes.csv",
        "urn,action,reason,phase",
        "100001,move,because,",
        "100001,add,,middle",
        "x,add,because,",
    )
    with pytest.raises(InputError) as error:
        read_schools(gias({}), changes=changes)
    told = str(error.value)
    for words in (
        "'move' is neither add nor remove",
        "the change has no reason",
        "'middle' is not a phase",
        "URN 100001 appears in rows 2, 3",
        "'x' is not a URN",
    ):
        assert words in told


def test_a_urn_that_the_register_does_not_hold(gias, text_file):
    """A change of an unknown school is refused, and so is an added one without a phase."""
    changes = text_file("c.csv", "urn,action,reason", "999999,remove,gone", "100002,add,wanted")
    ageless = NURSERY | {"StatutoryLowAge": "", "StatutoryHighAge": ""}
    with pytest.raises(InputError) as error:
        read_schools(gias({}, ageless), changes=changes)
    assert "URN 999999 is not in edubasealldata20250718.csv" in str(error.value)
    assert "has neither a phase nor ages that determine one" in str(error.value)


def test_removing_what_is_not_counted_is_listed(gias, text_file):
    """Removing a school that the dates had left out already does no harm."""
    closed = {"EstablishmentStatus (name)": "Closed"}
    changes = text_file("c.csv", "urn,action,reason", "100002,remove,closed")
    schools = read_schools(gias({}, closed), changes=changes)
    assert schools.urns == (100001,)
    assert "it was not counted before either" in schools.notices[0].text


def test_faults_of_all_files_come_together(gias, text_file):
    """A damaged register, census and changes file are told in one message."""
    changes = text_file("changes.csv", "urn,action", "100001,add")
    census = text_file("census.csv", "URN,NOR", "100001,10")
    with pytest.raises(InputError) as error:
        read_schools(gias({}, without=["Easting"]), changes=changes, census=census)
    files = {fault.where for fault in error.value.faults}
    assert files == {"edubasealldata20250718.csv", "changes.csv", "census.csv"}
