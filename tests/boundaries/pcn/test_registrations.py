"""Patients by LSOA: headings of the NHS's files, rows by sex, and LSOAs that were split or joined."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cluster_geo.boundaries.pcn import Registrations, read_lookup, read_registrations
from cluster_geo.boundaries.pcn.registrations import Lookup
from cluster_geo.errors import InputError
from cluster_geo.records import Source

HEADS = [
    "PUBLICATION,EXTRACT_DATE,PRACTICE_CODE,PRACTICE_NAME,LSOA_CODE,SEX,NUMBER_OF_PATIENTS",
    "P,DATE,OrganisationCode,OranisationName,LSOA11CD,S,Patient",
]


@pytest.mark.parametrize("head", HEADS)
def test_the_headings_of_several_years_are_read(tmp_path, head):
    """Rows by sex are added up; names of practices are not read."""
    path = tmp_path / "patients.csv"
    rows = [
        "X,2025-01-01,G00001,West,E01000001,FEMALE,5",
        "X,2025-01-01,G00001,West,E01000001,MALE,7",
    ]
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    read = read_registrations(path)
    assert read.frame.to_dict("records") == [
        {"practice": "G00001", "lsoa": "E01000001", "patients": 12.0}
    ]


def test_the_date_of_the_extract_is_kept(tmp_path):
    """If the file has it, so does the record of the source."""
    path = tmp_path / "patients.csv"
    path.write_text(f"{HEADS[0]}\nX,2025-01-01,G00001,West,E01000001,ALL,5\n", encoding="utf-8")
    (source,) = read_registrations(path).sources
    assert source.vintage == "2025-01-01"


def test_every_cell_that_is_not_a_number_is_named(tmp_path):
    """Ten rows are named and the rest counted."""
    path = tmp_path / "patients.csv"
    rows = [f"G0000{i % 10},E0100000{i % 10},{i}.5" for i in range(13)]
    path.write_text("\n".join(["practice,lsoa,patients", *rows]) + "\n", encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_registrations(path)
    assert [fault.row for fault in error.value.faults[:10]] == list(range(2, 12))
    assert "3 more rows" in str(error.value)


def test_a_file_without_rows(tmp_path):
    """A header alone is a fault."""
    path = tmp_path / "patients.csv"
    path.write_text("practice,lsoa,patients\n", encoding="utf-8")
    with pytest.raises(InputError, match="no patients"):
        read_registrations(path)


def test_patients_move_to_the_new_lsoas(tmp_path):
    """A split LSOA's patients are spread evenly, joined ones are added, unknown codes kept."""
    path = tmp_path / "lookup.csv"
    path.write_text(
        "LSOA11CD,LSOA21CD,CHGIND\nOLD1,NEW1,S\nOLD1,NEW2,S\nOLD2,NEW3,M\nOLD3,NEW3,M\nOLD4,OLD4,U\n",
        encoding="utf-8",
    )
    patients = tmp_path / "patients.csv"
    rows = ["G1,OLD1,10", "G1,OLD2,3", "G1,OLD3,4", "G1,OLD4,5", "G1,CLOSED,6"]
    patients.write_text("\n".join(["practice,lsoa,patients", *rows]) + "\n", encoding="utf-8")
    moved = read_registrations(patients).moved_by(read_lookup(path))
    assert moved.frame.groupby("lsoa")["patients"].sum().to_dict() == {
        "NEW1": 5,
        "NEW2": 5,
        "NEW3": 7,
        "OLD4": 5,
        "CLOSED": 6,
    }
    assert len(moved.sources) == 2
    assert "6 patients live in LSOAs that are not in the lookup (21 %)" in moved.notices[0].text


def test_of_a_national_file_only_some_lsoas_are_read(tmp_path):
    """Rows of other counties are left unread, also when they are wrong; none at all is a fault."""
    path = tmp_path / "patients.csv"
    path.write_text("practice,lsoa,patients\nG1,HERE,5\nG1,THERE,x\n", encoding="utf-8")
    assert read_registrations(path, {"HERE"}).frame["patients"].tolist() == [5]
    with pytest.raises(InputError, match="no patients in LSOAs such as NEW, which have polygons"):
        read_registrations(path, {"NEW"})


def test_a_lookup_with_blank_codes(tmp_path):
    """The first row that lacks a code is named."""
    path = tmp_path / "lookup.csv"
    path.write_text("lsoa11_code,lsoa21_code\nA,B\nC,\n,D\n", encoding="utf-8")
    with pytest.raises(InputError, match="2 rows lack one of the two codes") as error:
        read_lookup(path)
    assert (error.value.faults[0].row, error.value.faults[0].column) == (3, "lsoa21_code")


codes = st.sampled_from([f"L{i}" for i in range(6)])


@settings(deadline=None)
@given(
    st.dictionaries(
        st.tuples(st.sampled_from(["G1", "G2"]), codes), st.integers(1, 99), min_size=1
    ),
    st.sets(st.tuples(codes, codes), min_size=1),
)
def test_no_patient_is_lost_or_doubled(patients, pairs):
    """However LSOAs were cut anew, there are as many patients as before."""
    frame = pd.DataFrame(
        [(p, lsoa, float(n)) for (p, lsoa), n in patients.items()],
        columns=["practice", "lsoa", "patients"],
    )
    lookup = pd.DataFrame(sorted(pairs), columns=["old", "new"])
    lookup["part"] = 1.0 / lookup.groupby("old")["new"].transform("size")
    moved = Registrations(frame).moved_by(Lookup(lookup, Source("lookup", "lookup.csv", "")))
    assert moved.frame["patients"].sum() == pytest.approx(sum(patients.values()))
