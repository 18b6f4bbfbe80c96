"""Real Kent and England: the counts that anyone can check against the DfE's own."""

from pathlib import Path

import pandas as pd
import pytest

from cluster_geo.schools import Schools, propose_pairs, read_schools

pytestmark = pytest.mark.real

KENT_MEDWAY = "gias/edubasealldata20250718_kent_medway.csv"
ENGLAND = "gias/edubasealldata20250718_england_open.csv.gz"
# District: schools, secondaries and all-throughs, schools with an SRP.
DISTRICTS = {
    "Ashford": (51, 8, 6),
    "Canterbury": (45, 10, 9),
    "Dartford": (40, 11, 9),
    "Dover": (50, 9, 6),
    "Folkestone and Hythe": (42, 6, 7),
    "Gravesham": (36, 8, 6),
    "Maidstone": (61, 12, 4),
    "Sevenoaks": (45, 3, 2),
    "Swale": (58, 9, 7),
    "Thanet": (39, 8, 5),
    "Tonbridge and Malling": (56, 11, 10),
    "Tunbridge Wells": (40, 8, 3),
}
SOUTH_EAST = (
    "Bracknell Forest", "Brighton and Hove", "Buckinghamshire", "East Sussex", "Hampshire",
    "Isle of Wight", "Kent", "Medway", "Milton Keynes", "Oxfordshire", "Portsmouth", "Reading",
    "Slough", "Southampton", "Surrey", "West Berkshire", "West Sussex",
    "Windsor and Maidenhead", "Wokingham",
)  # fmt: skip


@pytest.fixture(scope="module")
def kent(real_data: Path) -> Schools:
    return read_schools(
        real_data / KENT_MEDWAY,
        authorities=["Kent"],
        census=real_data / "census/england_census_2024-25.csv",
        links=real_data / "gias/links_edubasealldata20260815.csv",
        associates=True,
    )


@pytest.fixture(scope="module")
def england(real_data: Path) -> Schools:
    return read_schools(real_data / ENGLAND)


def test_kent_has_its_563_schools(kent):
    """Kent's mainstream schools of 18 July 2025, by phase."""
    assert kent.table["phase"].value_counts().to_dict() == {
        "primary": 460,
        "secondary": 100,
        "all-through": 3,
    }
    assert kent.as_at == "2025-07-18"
    assert (kent.table["establishment_type"] == "University technical college").sum() == 1


@pytest.mark.parametrize("district", DISTRICTS)
def test_each_district_has_its_schools(kent, district):
    """Schools, secondaries and SRPs district by district."""
    here = kent.table[kent.table["district"] == district]
    secondaries = here["phase"].isin(["secondary", "all-through"]).sum()
    assert (len(here), secondaries, here["srp"].sum()) == DISTRICTS[district]


def test_a_district_can_be_chosen_alone(real_data):
    """The pilot district by itself is the same 61 schools."""
    maidstone = read_schools(real_data / KENT_MEDWAY, authorities=["Kent"], districts=["Maidstone"])
    assert len(maidstone) == 61


def test_74_schools_have_a_provision(kent, real_data):
    """The 74 SRPs, 48 of them primary and 26 secondary, and their first needs."""
    srps = kent.table[kent.table["srp"]]
    assert srps["phase"].value_counts().to_dict() == {"primary": 48, "secondary": 26}
    listed = pd.read_csv(real_data / "reference/kent_srp_from_gias_20250718.csv")
    assert set(srps.index) == set(listed["URN"])
    first = srps["srp_needs"].str.partition("|")[0].value_counts().to_dict()
    expected = {"ASD": 33, "SLCN": 13, "HI": 8, "PD": 6, "VI": 5, "SpLD": 3, "PMLD": 2, "SEMH": 2}
    # Two are "Not Applicable" in SEN1, and have no other need.
    assert first == expected | {"": 2}
    assert srps["srp_needs"].str.contains("|", regex=False).sum() == 14
    assert srps["srp_places"].isna().sum() == 5
    assert not kent.table.loc[~kent.table["srp"], "srp_needs"].any()


def test_trusts_are_multi_academy_trusts_only(kent):
    """58 trusts, of which 40 have two or more schools, 247 in all; three have more than 14."""
    sizes = {uid: len(urns) for uid, urns in kent.grouped_by("trust_uid").items()}
    several = [size for size in sizes.values() if size > 1]
    assert (len(sizes), len(several), sum(several)) == (58, 40, 247)
    assert sorted(several)[-3:][0] > 14
    assert max(several) == 26


def test_federations(kent):
    """38 schools in 19 federations, 18 of them with two or more mainstream schools."""
    federations = kent.grouped_by("federation_code")
    assert len(federations) == 19
    assert sum(len(urns) for urns in federations.values()) == 38
    assert sum(len(urns) > 1 for urns in federations.values()) == 18
    assert len({kent.table.loc[urn, "district"] for urn in federations["17633"]}) == 2


def test_32_of_103_secondaries_are_selective(kent):
    """Grammar schools among the secondaries and all-throughs."""
    secondaries = kent.table.loc[sorted(kent.secondaries)]
    assert len(secondaries) == 103
    assert (secondaries["admissions"] == "Selective").sum() == 32


def test_four_schools_reach_the_census_through_a_predecessor(kent):
    """The four conversions of 2025 take their predecessors' figures, and are listed."""
    converted = {151233, 151466, 151495, 151498}
    assert {n.urn for n in kent.notices if n.topic == "census"} == converted
    assert not kent.table[["pupils", "ehcp", "sen_support"]].isna().to_numpy().any()
    assert set(kent.table["census_date"]) == {"2024-25"}


def test_without_links_the_four_stay_without_census_figures(real_data):
    """No links file: the four keep the register's own pupils and are listed."""
    schools = read_schools(
        real_data / KENT_MEDWAY,
        authorities=["Kent"],
        census=real_data / "census/england_census_2024-25.csv",
    )
    assert schools.table["ehcp"].isna().sum() == 4
    assert sum("not in the census" in n.text for n in schools.notices) == 4


def test_dates_move_schools_in_and_out(real_data):
    """On 1 September 2025 Riverview Junior has closed and Alkerden has opened."""
    july = read_schools(real_data / KENT_MEDWAY, authorities=["Kent"])
    autumn = read_schools(real_data / KENT_MEDWAY, authorities=["Kent"], as_at="2025-09-01")
    assert set(july.urns) - set(autumn.urns) == {145117}
    assert set(autumn.urns) - set(july.urns) == {150538}
    assert {n.urn for n in autumn.notices if n.topic == "date"} == {145117, 150538}


def test_conversions_after_the_register(real_data):
    """By the links of August 2026: thirteen conversions, and Riverview Junior into 142363."""
    schools = read_schools(
        real_data / KENT_MEDWAY,
        authorities=["Kent"],
        as_at="2026-12-01",
        links=real_data / "gias/links_edubasealldata20260815.csv",
    )
    july = read_schools(real_data / KENT_MEDWAY, authorities=["Kent"])
    assert len(schools) == len(july) == 563
    new = set(schools.urns) - set(july.urns) - {150538}
    assert len(new) == 13
    gone = set(july.urns) - set(schools.urns)
    assert {now for urn in gone for now in schools.identity.now(urn)} == new | {142363}
    words = [notice.text for notice in schools.notices if notice.topic == "identity"]
    planned = "still to come when they were made, on 15 August 2026"
    assert sum(planned in text for text in words) == 6
    assert sum("the register of 18 July 2025 has it open and counts" in text for text in words) == 4


def test_what_february_knew_of_july(real_data):
    """St Bartholomew's has converted; the others are still to come."""
    july = read_schools(
        real_data / KENT_MEDWAY,
        authorities=["Kent"],
        links=real_data / "gias/links_edubasealldata20250422.csv.gz",
    )
    assert july.identity.now(118860) == (151498,)
    assert july.identity.now(118718) == (118718,)


def test_a_later_extract_knows_who_was_open_before(real_data):
    """July's extract as at 1 February gives the same schools as February's own."""
    february = read_schools(
        real_data / "gias/edubasealldata20250201_kent.csv", authorities=["Kent"]
    )
    looking_back = read_schools(real_data / KENT_MEDWAY, authorities=["Kent"], as_at="2025-02-01")
    assert looking_back.urns == february.urns


def test_associates_are_shown_and_not_counted(kent):
    """Special schools, alternative provision and the planned school stand beside the 563."""
    assert kent.associates["phase"].value_counts().to_dict() == {
        "special": 27,
        "alternative provision": 6,
        "all-through": 1,
    }
    assert not set(kent.associates.index) & set(kent.urns)


def test_unknown_codes_are_blank(kent):
    """The school with the authority code X999999 has its district all the same."""
    assert kent.table.loc[145923, "district_code"] == "E07000112"
    assert not kent.table["district_code"].str.contains("9999").any()
    assert kent.table["laestab"].str.fullmatch(r"886/\d{4}").all()


def test_medway(real_data):
    """Medway, which is in the same file, has 96."""
    assert len(read_schools(real_data / KENT_MEDWAY, authorities=["medway"])) == 96


def test_the_extract_of_february(real_data):
    """An extract with other columns and an open school without a point is read, too."""
    february = read_schools(
        real_data / "gias/edubasealldata20250201_kent.csv", authorities=["886"], associates=True
    )
    assert february.as_at == "2025-02-01"
    assert len(february) == 563
    assert any("Nore Academy" in n.text for n in february.notices if n.topic == "place")


def test_england_and_the_south_east(england):
    """The same filter over the whole country, and over one region."""
    assert len(england) == 20_159
    assert england.table["authority"].isin(SOUTH_EAST).sum() == 3112


def test_pairs_of_infant_and_junior_schools(kent):
    """Every Kent infant school finds a junior; the trap beside Whitstable Junior is avoided."""
    pairs = propose_pairs(kent).set_index("infant_urn")
    assert len(pairs) == 25
    assert pairs.loc[118659, "junior_urn"] == 118737  # St Alphege and the Endowed school
    assert pairs.loc[118659, "confidence"] == "low"
    assert pairs.loc[142363, "junior_urn"] == 145117  # Riverview, recorded as 4 to 11
    assert pairs.loc[142363, "confidence"] == "medium"
    assert pairs.loc[118461, "reason"] == "same federation"
