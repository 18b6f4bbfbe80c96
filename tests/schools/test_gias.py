"""Reading a GIAS extract."""

import gzip
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from cluster_geo.errors import InputError
from cluster_geo.records import OGL
from cluster_geo.schools import read_schools
from tests.schools.conftest import PRIVATE, gias_bytes

ACADEMY = {
    "EstablishmentTypeGroup (name)": "Academies",
    "TypeOfEstablishment (name)": "Academy converter",
}


def faults_of(error):
    return [str(fault) for fault in error.value.faults]


def test_every_column_of_a_plain_school(gias):
    """Every column of a plain school arrives under its own name, typed."""
    schools = read_schools(gias({"URN": "123456", "EstablishmentName": "  Bere   Regis  School "}))
    school = schools.table.loc[123456]
    assert school["name"] == "Bere Regis School"
    assert school["phase"] == "primary"
    assert school["laestab"] == "999/2001"
    assert (school["age_low"], school["age_high"]) == (4, 11)
    assert school["admissions"] == school["diocese"] == ""
    assert (school["pupils"], school["fsm_pct"]) == (210, 12.5)
    assert school["census_date"] == "2025-01-16"
    assert not school["sixth_form"]
    assert (school.geometry.x, school.geometry.y) == (400_000, 100_000)
    assert schools.table.crs == "EPSG:27700"
    assert schools.table.index.dtype == "int64"


def test_nothing_about_a_named_person_is_read(gias):
    """Head teachers and telephone numbers in the file are nowhere in what is read."""
    schools = read_schools(gias({}, {"TypeOfEstablishment (name)": "Pupil referral unit"}),
                           associates=True)  # fmt: skip
    everything = " ".join(
        [
            schools.table.to_csv(),
            schools.associates.to_csv(),
            repr(schools.notices),
            repr(schools.sources),
        ]
    )
    for value in PRIVATE.values():
        assert value not in everything


def test_faults_do_not_quote_a_named_person(gias):
    """A message about a damaged row of the file does not quote it."""
    path = gias({}, {})
    path.write_bytes(path.read_bytes().replace(b'"E01000901"', b'"E01000901","more"', 1))
    with pytest.raises(InputError) as error:
        read_schools(path)
    assert not any(value in str(error.value) for value in PRIVATE.values())


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig"])
def test_each_encoding_reads_the_same_name(gias, encoding):
    """An apostrophe and an accent survive in cp1252 and in UTF-8 with and without a mark."""
    schools = read_schools(gias({"EstablishmentName": "St Zo\xeb\u2019s"}, encoding=encoding))
    assert list(schools.table["name"]) == ["St Zo\xeb\u2019s"]


def test_a_compressed_extract(gias, tmp_path):
    """A .csv.gz is read as it is."""
    path = tmp_path / "edubasealldata20250718.csv.gz"
    path.write_bytes(gzip.compress(gias({}).read_bytes()))
    assert len(read_schools(path)) == 1


@pytest.mark.parametrize(
    ("recorded", "phase"),
    [
        ("Primary", "primary"),
        ("Middle deemed primary", "primary"),
        ("Secondary", "secondary"),
        ("Middle deemed secondary", "secondary"),
        ("All-through", "all-through"),
    ],
)
def test_phases(gias, recorded, phase):
    """Middle schools are what they are deemed."""
    schools = read_schools(gias({"PhaseOfEducation (name)": recorded}))
    assert list(schools.table["phase"]) == [phase]


@pytest.mark.parametrize(
    ("group", "kind", "phase"),
    [
        ("Special schools", "Community special school", "Not applicable"),
        ("Academies", "Academy special converter", "Not applicable"),
        ("Free Schools", "Free schools special", "Secondary"),
        ("Local authority maintained schools", "Pupil referral unit", "Not applicable"),
        ("Free Schools", "Free schools alternative provision", "Secondary"),
        ("Local authority maintained schools", "Local authority nursery school", "Nursery"),
        ("Academies", "Academy 16-19 converter", "16 plus"),
        ("Free Schools", "Free schools 16 to 19", "Secondary"),
        ("Independent schools", "Other independent school", "Primary"),
    ],
)
def test_what_is_not_mainstream_is_not_counted(gias, group, kind, phase):
    """Special, alternative, nursery, 16-to-19 and independent settings stay out."""
    other = {
        "EstablishmentTypeGroup (name)": group,
        "TypeOfEstablishment (name)": kind,
        "PhaseOfEducation (name)": phase,
    }
    assert read_schools(gias({}, other)).urns == (100001,)


def test_associates_are_loaded_on_request_only(gias):
    """Special schools and planned schools are shown where asked for, and never counted."""
    special = {
        "EstablishmentTypeGroup (name)": "Special schools",
        "TypeOfEstablishment (name)": "Community special school",
        "PhaseOfEducation (name)": "Not applicable",
        "SEN1 (name)": "SLD - Severe Learning Difficulty",
    }
    planned = {"EstablishmentStatus (name)": "Proposed to open", "OpenDate": "01-09-2026"}
    nowhere = special | {"Easting": "", "Northing": ""}
    path = gias({}, special, planned, nowhere)
    assert read_schools(path).associates.empty
    schools = read_schools(path, associates=True)
    assert schools.urns == (100001,)
    assert dict(schools.associates["phase"]) == {100002: "special", 100003: "primary"}
    assert schools.associates.loc[100002, "srp_needs"] == "SLD"
    assert [n.urn for n in schools.notices if n.topic == "place"] == [100004]


def test_only_a_multi_academy_trust_is_a_trust(gias):
    """Single-academy trusts and "Supported by a trust" fill the same columns and are left out."""
    rows = [
        ACADEMY
        | {"TrustSchoolFlag (name)": flag, "Trusts (code)": "42", "Trusts (name)": "Egdon Trust"}
        for flag in (
            "Supported by a multi-academy trust",
            "Supported by a single-academy trust",
            "Supported by a trust",
        )
    ]
    table = read_schools(gias(*rows)).table
    assert list(table["trust_uid"]) == ["42", "", ""]
    assert list(table["trust"]) == ["Egdon Trust", "", ""]


def test_a_provision_and_its_needs(gias):
    """Needs of all the columns once each; places and roll of provision and unit added up."""
    rows = [
        {
            "TypeOfResourcedProvision (name)": "Resourced provision and SEN unit",
            "SEN1 (name)": "ASD - Autistic Spectrum Disorder",
            "SEN2 (name)": "Not Applicable",
            "SEN3 (name)": "SpLD - Specific Learning Difficulty",
            "SEN13 (name)": "ASD - Autistic Spectrum Disorder",
            "ResourcedProvisionCapacity": "12",
            "SenUnitCapacity": "8",
            "SenUnitOnRoll": "9",
        },
        {"TypeOfResourcedProvision (name)": "SEN unit", "SEN1 (name)": "Not Applicable"},
        {"TypeOfResourcedProvision (name)": "Not applicable", "SEN1 (name)": "VI - Visual"},
        {"TypeOfResourcedProvision (name)": ""},
    ]
    table = read_schools(gias(*rows)).table
    assert list(table["srp"]) == [True, True, False, False]
    assert list(table["srp_needs"]) == ["ASD|SpLD", "", "", ""]
    assert table.loc[100001, ["srp_places", "srp_on_roll"]].tolist() == [20, 9]
    assert table["srp_places"].isna().tolist() == [False, True, True, True]


def test_columns_that_come_and_go_are_tolerated_and_listed(gias):
    """An extract without wards and trusts is read; what it lacks is listed."""
    gone = ["AdministrativeWard (name)", "Trusts (name)", "SEN13 (name)"]
    schools = read_schools(gias({}, without=gone))
    assert list(schools.table["ward"]) == [""]
    told = " ".join(n.text for n in schools.notices if n.topic == "column")
    assert "AdministrativeWard (name)" in told
    assert "SEN13" not in told


def test_every_fault_of_a_file_is_reported_at_once(gias):
    """Bad figures, points in degrees, off the grid and missing: one message with rows."""
    path = gias(
        {"StatutoryLowAge": "four"},
        {"Easting": "-2.4", "Northing": "50.7"},
        {"Easting": "100000", "Northing": "900000"},
        {"Easting": "", "Northing": ""},
        {"NumberOfPupils": "-5"},
        {"EstablishmentStatus (name)": "Open, but proposed to close", "CloseDate": "31-31-2025"},
    )
    with pytest.raises(InputError) as error:
        read_schools(path)
    faults = "\n".join(faults_of(error))
    for words in (
        "row 2, column 'StatutoryLowAge': 'four' is not a number",
        "row 3, column 'Easting': School 100002 (100002) has the coordinates -2.4, 50.7, which are degrees",
        "row 4, column 'Easting': School 100003 (100003) has the coordinates 100,000, 900,000, outside England",
        "row 5, column 'Easting': School 100004 (100004) has no coordinates",
        "row 6, column 'NumberOfPupils': -5 is below 0",
        "row 7, column 'CloseDate': '31-31-2025' is not a date",
    ):
        assert words in faults


def test_a_column_in_the_wrong_order_is_one_fault(gias):
    """Eastings and northings swapped in all rows are one fault, with the first school."""
    rows = [{"Easting": "160000", "Northing": "560000"}] * 30
    with pytest.raises(InputError) as error:
        read_schools(gias(*rows))
    (fault,) = faults_of(error)
    assert "row 2" in fault
    assert (
        "School 100001 (100001) and 29 more have the coordinates 160,000, 560,000, outside England"
        in fault
    )
    assert "Check that the two are not swapped" in fault


def test_faults_of_schools_that_are_not_chosen_do_not_matter(gias):
    """A closed school without a point, or one of another authority, stops nobody."""
    closed = {"EstablishmentStatus (name)": "Closed", "Easting": ""}
    other = {"LA (name)": "Mercia", "NumberOfPupils": "many"}
    assert len(read_schools(gias({}, closed, other), authorities=["Wessex"])) == 1


def test_missing_columns_are_all_named(gias):
    """Each required column that is missing is named with what it is for."""
    with pytest.raises(InputError) as error:
        read_schools(gias({}, without=["URN", "Northing"]))
    told = "\n".join(faults_of(error))
    assert "column 'URN': the column is missing (the URN of each school)" in told
    assert "column 'Northing'" in told


def test_a_urn_twice_or_none(gias):
    """URNs are checked over the whole file, and other faults are still reported."""
    rows = {"URN": "100001"}, {"URN": "100001"}, {"URN": "n/a"}, {"URN": ""}
    with pytest.raises(InputError) as error:
        read_schools(gias(*rows, {"NumberOfPupils": "many"}))
    told = "\n".join(faults_of(error))
    assert "URN 100001 appears in rows 2, 3" in told
    assert "'n/a' is not a URN" in told
    assert "row 5, column 'URN'" in told
    assert "'many' is not a number" in told


def test_a_point_in_the_sea_is_a_fault(gias):
    """A school 60 km from every other of its authority is not where it says."""
    with pytest.raises(
        InputError, match=r"60 km from any other school of Wessex.*may be in the sea"
    ):
        read_schools(gias({}, {"Easting": "401000"}, {"Easting": "440000", "Northing": "145000"}))


def test_the_source_carries_its_licence(gias):
    """The record of the file has its hash, its date and the words its licence asks for."""
    (source,) = read_schools(gias({})).sources
    assert source.role == "schools"
    assert source.vintage == "2025-07-18"
    assert OGL in source.attribution
    assert len(source.sha256) == 64


def test_a_garbled_name_is_listed(gias):
    """A name that was once saved in the wrong encoding is read as it stands, and listed."""
    schools = read_schools(gias({"EstablishmentName": "St Maryâ€™s"}, encoding="utf-8"))
    assert [n.urn for n in schools.notices if n.topic == "encoding"] == [100001]


# Signs by which a damaged row may swallow the next.
OF_TABLES = frozenset(b'",;\t\r\n\0')


def test_a_damaged_register_is_read_or_refused_never_a_traceback(tmp_path):
    """With a few bytes overwritten one in six is read, and rows that were spared are as before."""
    sound = gias_bytes([{}, {"Easting": "400500"}, {"Easting": "400900"}])
    path = tmp_path / "edubasealldata20250718.csv"
    path.write_bytes(sound)
    whole = read_schools(path).table
    ends = Counter()
    places = st.integers(sound.index(b"\n"), len(sound) - 1)

    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.tuples(places, st.integers(1, 255)), max_size=4))
    def check(put):
        damaged = bytearray(sound)
        for place, byte in put:
            damaged[place] = byte
        path.write_bytes(damaged)
        try:
            found = read_schools(path).table
        except InputError as error:
            ends["refused"] += len(error.faults) > 0
            return
        ends["read"] += 1
        if not OF_TABLES & ({byte for _, byte in put} | {sound[place] for place, _ in put}):
            rows = {sound.count(b"\n", 0, place) for place, _ in put}
            spared = [urn for row, urn in enumerate(whole.index, start=1) if row not in rows]
            assert_frame_equal(found.loc[spared], whole.loc[spared])
            ends["rows spared"] += len(spared)

    check()
    assert ends["read"] >= (ends["read"] + ends["refused"]) / 6
    assert ends["rows spared"] >= 8


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.9, 0.999])
def test_a_register_that_is_cut_off_is_refused_or_read_to_its_last_whole_row(tmp_path, share):
    """Cut within a row it is refused; cut between two rows nobody can tell, and the rest is read."""
    sound = gias_bytes([{"Easting": str(400_000 + 100 * k)} for k in range(20)])
    path = tmp_path / "edubasealldata20250718.csv"
    path.write_bytes(sound[: int(len(sound) * share)])
    with pytest.raises(InputError, match=r"cut off|cannot be read"):
        read_schools(path)
    rows = sound[: int(len(sound) * share)].count(b"\n")
    path.write_bytes(b"\n".join(sound.split(b"\n")[: max(2, rows)]))
    assert len(read_schools(path)) == max(2, rows) - 1


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(order=st.permutations(range(6)))
def test_the_order_of_rows_changes_nothing(tmp_path, order):
    """Shuffled rows give the same table, in the order of URNs."""
    rows = [{"URN": str(200000 + k), "Easting": str(400000 + 100 * k)} for k in range(6)]
    first, second = tmp_path / "a20250718.csv", tmp_path / "b20250718.csv"
    first.write_bytes(gias_bytes(rows))
    second.write_bytes(gias_bytes([rows[k] for k in order]))
    assert_frame_equal(read_schools(first).table, read_schools(second).table)
