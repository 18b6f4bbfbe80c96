"""IDACI by LSOA, as the indices are published and as councils pass them on."""

import pytest

from cluster_geo.errors import InputError
from cluster_geo.schools import read_schools
from cluster_geo.schools.deprivation import read_deprivation

PUBLISHED = (
    "LSOA code (2021)",
    "Income Deprivation Affecting Children Index (IDACI) Score (rate)",
    "Income Deprivation Affecting Children Index (IDACI) Decile (where 1 is most deprived 10%)",
)


def test_the_published_table_has_tenths(text_file):
    """Two tenths are a fifth; the score beside them is ignored."""
    rows = [f"E0100000{k},0.5,{k}" for k in range(1, 8)]
    found = read_deprivation(text_file("imd.csv", ",".join(PUBLISHED), *rows))
    assert found.national
    assert list(found.quintile_of.values()) == [1, 1, 2, 2, 3, 3, 4]


def test_scores_are_put_in_order(text_file):
    """Where the file has scores alone, its own areas are cut into fifths, the highest first."""
    rows = [f"E{k:02d},{k / 10}" for k in range(10)]
    found = read_deprivation(text_file("scores.csv", "lsoa21_code,idaci2019", *rows))
    assert not found.national
    assert list(found.quintile_of.values()) == [5, 5, 4, 4, 3, 3, 2, 2, 1, 1]


def test_each_school_has_the_fifth_of_its_place(gias, text_file):
    """Joined by the register's LSOA; a school in none of the file's areas is named."""
    path = text_file("fifths.csv", "lsoa_code,IDACI quintile", "E01000001,2", "E01000009,NA")
    schools = read_schools(
        gias({"LSOA (code)": "E01000001"}, {"LSOA (code)": "E01000009"}), deprivation=path
    )
    assert schools.table["idaci_quintile"].tolist()[0] == 2
    assert schools.table["idaci_quintile"].isna().tolist() == [False, True]
    (notice,) = [n for n in schools.notices if n.topic == "deprivation"]
    assert "its LSOA (E01000009) is not in fifths.csv" in notice.text
    assert [s.role for s in schools.sources] == ["schools", "deprivation"]


def test_a_notice_says_when_fifths_are_of_the_files_own_areas(gias, text_file):
    """Ranked scores are not fifths of England, and a notice says so."""
    path = text_file("scores.csv", "lsoa21_code,idaci2019", "E01000001,0.1", "E01000002,0.2")
    schools = read_schools(gias({"LSOA (code)": "E01000001"}), deprivation=path)
    (notice,) = [n for n in schools.notices if n.topic == "deprivation"]
    assert "its fifths are of its own areas, not England's" in notice.text


def test_all_faults_are_reported_at_once(text_file):
    """A figure that is not a tenth, a cell that is not a figure, an area twice."""
    path = text_file("bad.csv", "LSOA code,IDACI decile", "E1,11", "E2,x1", "E2,3", "E3,2.5")
    with pytest.raises(InputError) as caught:
        read_deprivation(path)
    assert len(caught.value.faults) == 4
    assert "row 3" in str(caught.value)


def test_columns_that_are_missing_are_named(text_file):
    """A file of something else is two faults, each with what to do."""
    with pytest.raises(InputError) as caught:
        read_deprivation(text_file("other.csv", "urn,pupils", "1,2"))
    assert [fault.found for fault in caught.value.faults] == [
        "no column shows the LSOA",
        "no column shows IDACI",
    ]


@pytest.mark.real
def test_a_countys_own_extract_of_scores_is_read(real_data):
    """Kent and Medway's LSOAs of 2021 with the scores of 2019."""
    found = read_deprivation(real_data / "reference" / "kent_medway_lsoa21_attributes.csv")
    assert not found.national
    assert set(found.quintile_of.values()) == {1, 2, 3, 4, 5}
