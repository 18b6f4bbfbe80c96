"""The authority's own provisions win over the register's."""

import pytest

from cluster_geo.errors import InputError
from cluster_geo.schools import read_schools

HEADER = "urn,need,places,on_roll,opens,closes"
REGISTERED = {
    "TypeOfResourcedProvision (name)": "Resourced provision",
    "SEN1 (name)": "ASD - Autistic Spectrum Disorder",
    "ResourcedProvisionCapacity": "20",
    "ResourcedProvisionOnRoll": "18",
}


def read(gias, text_file, *lines, rows=(REGISTERED, {})):
    return read_schools(gias(*rows), srp=text_file("commissioned.csv", HEADER, *lines))


def words(schools):
    return [n.text for n in schools.notices if n.topic == "srp"]


def test_rows_of_a_school_add_up_and_the_difference_is_listed(gias, text_file):
    """Two needs at one school: both, with their places together."""
    schools = read(gias, text_file, "100001,ASD,16,15,,", "100001,slcn,8,,,")
    school = schools.table.loc[100001]
    assert school["srp_needs"] == "ASD|SLCN"
    assert (school["srp_places"], school["srp_on_roll"]) == (24, 15)
    (told,) = words(schools)
    assert told.startswith("School 100001 (100001): the register has ASD, 20 places, 18 on roll, ")
    assert told.endswith("commissioned.csv has ASD|SLCN, 24 places, 15 on roll")


def test_a_provision_that_the_register_lags_behind(gias, text_file):
    """A school gains a provision, and another is kept and listed, as only the register has it."""
    schools = read(gias, text_file, "100002,SEMH, 10,,01-09-2024,")
    assert list(schools.table["srp"]) == [True, True]
    kept, gained = words(schools)
    assert kept.endswith("commissioned.csv does not list the school; the register's is kept")
    assert gained.endswith("the register has no provision, commissioned.csv has SEMH, 10 places")


def test_only_provisions_in_force_on_the_day_count(gias, text_file):
    """One not yet open and one closed leave the school without."""
    schools = read(gias, text_file, "100001,ASD,20,18,,31-08-2024", "100002,VI,6,,01-09-2025,")
    assert list(schools.table["srp"]) == [False, False]
    assert schools.table.loc[100001, "srp_needs"] == ""
    assert schools.table["srp_places"].isna().all()
    assert schools.table["srp"].dtype == bool


@pytest.mark.parametrize(
    ("opens", "closes", "counts"),
    [
        ("18-07-2025", "", True),
        ("19-07-2025", "", False),
        ("", "18-07-2025", True),
        ("", "17-07-2025", False),
        ("18-07-2025", "18-07-2025", True),
    ],
)
def test_a_provision_is_in_force_on_its_first_and_on_its_last_day(
    gias, text_file, opens, closes, counts
):
    """The planning date is 18 July 2025."""
    schools = read(gias, text_file, f"100002,VI,6,,{opens},{closes}")
    assert schools.table.loc[100002, "srp"] == counts


def test_what_agrees_is_not_listed(gias, text_file):
    """The same needs and places need no notice."""
    assert words(read(gias, text_file, "100001,ASD,20,18,,")) == []


def test_a_provision_at_a_school_outside_the_plan_is_listed(gias, text_file):
    """Such as a special school's."""
    told = words(read(gias, text_file, "100001,ASD,20,18,,", "555555,SLD,8,,,"))
    assert told == ["commissioned.csv has a provision at 555555, which is not in the plan"]


def test_provisions_that_cannot_be_read(gias, text_file):
    """Every fault of the file with its row."""
    with pytest.raises(InputError) as error:
        read(
            gias,
            text_file,
            "x,ASD,1,1,,",
            "100001,reading,1,1,,",
            "100001,ASD,many,-1,soon,",
            "100001,VI,1,1,,",
            "100001,VI,2,2,,",
        )
    told = str(error.value)
    for fault in (
        "row 2, column 'urn': 'x' is not a URN",
        "row 3, column 'need': 'reading' is not a need",
        "row 4, column 'places': 'many'",
        "row 4, column 'on_roll': '-1'",
        "row 4, column 'opens': 'soon' is not a date",
        "row 6, column 'need': VI appears twice",
    ):
        assert fault in told


WIDE = f"{HEADER},years,spans,over"


def read_wide(gias, text_file, *lines):
    return read_schools(gias({}, {}, {}), srp=text_file("wide.csv", WIDE, *lines))


def test_a_provision_of_two_schools_counts_for_both_and_its_places_once(gias, text_file):
    """Such as one that spans an infant and a junior school; the second is reported."""
    schools = read_wide(gias, text_file, "100001,ASD,20,18,,,,100002,")
    table = schools.table
    assert table["srp"].tolist() == [True, True, False]
    assert table["srp_needs"].tolist() == ["ASD", "ASD", ""]
    assert table["srp_places"].sum() == 20
    assert table["srp_places"].isna().tolist() == [False, True, True]
    (told,) = [text for text in words(schools) if "shares" in text]
    assert told == (
        "School 100002 (100002) shares a provision for ASD with school 100001, at which its places "
        "are counted"
    )


def test_a_provision_of_two_schools_closes_for_both(gias, text_file):
    """Its dates hold for the second school too."""
    schools = read_wide(gias, text_file, "100001,ASD,20,18,,31-08-2024,,100002,")
    assert not schools.table["srp"].any()
    assert not [text for text in words(schools) if "shares" in text]


@pytest.mark.parametrize(
    ("written", "years"), [("7-11", "7 to 11"), ("Years 7 to 11", "7 to 11"), ("12", "12")]
)
def test_the_years_of_a_provision_are_kept(gias, text_file, written, years):
    """However they are written."""
    schools = read_wide(gias, text_file, f"100001,ASD,20,18,,,{written},,")
    assert schools.table["srp_years"].tolist() == [years, "", ""]


def test_more_pupils_than_places_must_be_meant(gias, text_file):
    """It may be so, if the planner says it is."""
    schools = read_wide(gias, text_file, "100001,ASD,20,22,,,,,yes")
    assert schools.table.loc[100001, "srp_on_roll"] == 22


def test_every_fault_of_the_list_in_one_message(gias, text_file):
    """Unknown needs, more pupils than places, years that are none, a second school that is none."""
    with pytest.raises(InputError) as error:
        read_wide(
            gias,
            text_file,
            "100001,Magic,20,18,,,,,",
            "100002,ASD,12,15,,,,,",
            "100003,ASD,,,,,11-7,100003,perhaps",
        )
    found = [(fault.row, fault.column, fault.found) for fault in error.value.faults]
    assert sorted(found) == [
        (2, "need", "'Magic' is not a need"),
        (3, "on_roll", "15 pupils are on roll in 12 places"),
        (4, "over", "'perhaps' is neither yes nor no"),
        (4, "spans", "it spans the school itself"),
        (4, "years", "'11-7' is not a range of years"),
    ]
