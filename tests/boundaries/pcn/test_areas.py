"""Areas from drawn patients and practices: who gets which square, and the notices about it."""

from random import Random

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cluster_geo.boundaries.pcn import (
    PcnList,
    Registrations,
    areas_by_patients,
    derive_areas,
    find_majority,
    read_lsoas,
    read_pcns,
    read_registrations,
)
from cluster_geo.errors import InputError
from tests.boundaries.pcn.ground import (
    ALL,
    HALVES,
    lsoa,
    square,
    write_lsoas,
    write_patients,
    write_practices,
    write_workbook,
)
from tests.ground import write_zones
from tests.worlds import ORIGIN


@pytest.fixture
def derive(tmp_path):
    """Return a function: from patients by practice and square to areas of the Dales' PCNs."""

    def areas(patients=HALVES, names=ALL, **options):
        return derive_areas(
            write_workbook(tmp_path / "ePCN.xlsx"),
            of=["11X"],
            registrations=write_patients(tmp_path / "patients.csv", patients),
            lsoas=[write_lsoas(tmp_path / "lsoas.gpkg", names)],
            **options,
        )

    return areas


def pcn_of(areas):
    """PCN's last figure by LSOA of the picture, as two rows of letters; "." is nobody's."""
    table = areas.lsoas["pcn_code"]
    rows = ["".join(table.get(lsoa(f"{row}{i}"), ".")[-1] for i in range(1, 5)) for row in "AB"]
    return " ".join(rows)


def notices_with(areas, words):
    """Notices that hold some words."""
    return [notice.text for notice in areas.notices if words in notice.text]


def test_each_square_goes_to_the_pcn_with_most_of_its_patients(derive):
    """The western half is West's and the eastern half East's."""
    areas = derive()
    assert pcn_of(areas) == "1122 1122"
    assert areas.zones["pcn_name"].to_dict() == {"U00001": "WEST PCN", "U00002": "EAST PCN"}
    assert areas.zones["area_km2"].tolist() == [4, 4]
    assert areas.zones["lsoas"].tolist() == [4, 4]
    assert areas.zones["patients"].tolist() == [240, 240]
    assert areas.zones["share"].tolist() == [1, 1]
    assert areas.notices == ()


def test_shares_show_how_clear_the_majority_is(derive):
    """A square's share, a PCN's share of its ground, and of its own patients at home."""
    areas = derive(HALVES | {("G00002", "A2"): 40, ("G00003", "B2"): 61})
    assert pcn_of(areas) == "1122 1222"
    assert areas.lsoas.loc[lsoa("A2"), ["patients", "share"]].tolist() == [60, 0.6]
    east = areas.zones.loc["U00002"]
    assert east["share"] == pytest.approx(301 / 361, abs=1e-4)
    assert east["at_home"] == pytest.approx(301 / 341, abs=1e-4)
    assert areas.zones["weak_lsoas"].tolist() == [0, 0]


def test_a_tie_goes_to_the_lowest_code(derive):
    """A tie is settled the same way each time."""
    assert pcn_of(derive(HALVES | {("G00002", "A1"): 60})) == "1122 1122"


def test_patients_of_other_pcns_do_not_count_and_are_reported(derive):
    """Practices that closed or belong elsewhere take no ground."""
    areas = derive(HALVES | {("G00009", "A1"): 70, ("G00004", "A1"): 70})
    assert pcn_of(areas) == "1122 1122"
    assert notices_with(areas, "140 of 620 patients (23 %) are not counted")


def test_squares_of_other_pcns_are_left_out(derive):
    """Where nearly all are with a PCN of another area, the square belongs to that area."""
    areas = derive(HALVES | {("G00009", "A4"): 9000})
    assert pcn_of(areas) == "112. 1122"
    assert notices_with(areas, "Left out: 1 LSOA with hardly any patients of these PCNs.")
    assert pcn_of(derive(HALVES | {("G00009", "A4"): 9000}, least_share=0)) == "1122 1122"


def test_a_square_without_patients_goes_to_the_pcn_around_it(derive):
    """A hole in the figures is filled by the longest border, and named."""
    patients = {key: n for key, n in HALVES.items() if key[1] != "A2"}
    areas = derive(patients | {("G00001", "A3"): 61})
    assert pcn_of(areas) == "1112 1122"
    assert areas.lsoas.loc[lsoa("A2"), "how"] == "border"
    assert areas.lsoas.loc[lsoa("A2"), "share"] == 0
    assert notices_with(areas, "1 LSOA without patients in the figures")


def test_a_row_of_0_patients_is_ignored(derive):
    """A square with 0 patients is like one without a row: the PCN around it takes it."""
    patients = {key: 60 * (key[1] != "A2") for key in HALVES}
    areas = derive(patients | {("G00001", "A3"): 61, ("G00009", "A2"): 0}, least_share=0)
    assert pcn_of(areas) == "1112 1122"
    assert areas.lsoas.loc[lsoa("A2"), "how"] == "border"
    assert notices_with(areas, "1 LSOA without patients in the figures")


def test_figures_without_any_patients_are_a_fault(derive):
    """Rows of 0 patients alone are not enough."""
    with pytest.raises(InputError, match="no patient of these PCNs lives in the LSOAs given"):
        derive(dict.fromkeys(HALVES, 0))


def test_areas_outside_the_figures_are_left_out(derive):
    """Many LSOAs without a patient are another county, not a hole."""
    areas = derive({("G00001", "A1"): 9, ("G00002", "A2"): 9})
    assert pcn_of(areas) == "12.. ...."
    assert notices_with(areas, "Left out: 6 LSOAs without patients in the figures")


# Of row A: West, East, West, East: two of them are detached.
STRIPED = {
    ("G00001", "A1"): 60, ("G00001", "B1"): 60, ("G00001", "B2"): 60, ("G00001", "A3"): 60,
    ("G00002", "A2"): 60, ("G00002", "A4"): 60, ("G00002", "B3"): 60, ("G00002", "B4"): 60,
}  # fmt: skip


def test_detached_parts_are_named_and_stay(derive):
    """Where patients go is a fact: nothing is smoothed unless the planner asks."""
    areas = derive(STRIPED)
    assert pcn_of(areas) == "1212 1122"
    assert notices_with(areas, "detached part") == [
        "EAST PCN has a detached part of 1 LSOA at Dales A2.",
        "WEST PCN has a detached part of 1 LSOA at Dales A3.",
    ]


def test_detached_parts_are_absorbed_on_request(derive):
    """Small detached parts go to the PCN around them; the table still says who has the patients."""
    areas = derive(STRIPED, absorb_lsoas=1)
    assert pcn_of(areas) == "1122 1122"
    assert areas.lsoas.loc[lsoa("A2"), ["how", "most_patients", "share"]].tolist() == [
        "absorbed", "U00002", 0,
    ]  # fmt: skip
    assert notices_with(areas, "2 LSOAs in detached parts went to the PCN around them")
    assert not notices_with(areas, "detached part of")


def test_a_pcn_without_an_area_is_named(derive):
    """A PCN that nowhere has the most patients has no area, and its figures stay whole numbers."""
    areas = derive({("G00001", name): 60 for name in ALL} | {("G00002", "A1"): 3})
    assert notices_with(areas, "1 of 2 open PCNs have no area here: EAST PCN (U00002).")
    assert areas.zones["patients"].tolist() == [480]
    assert areas.zones["lsoas"].dtype.kind == "i"


def test_codes_of_another_census(derive, tmp_path):
    """Without an LSOA in common the message names the lookup; with the lookup it works."""
    old = tmp_path / "old.gpkg"
    write_zones(old, [square(n) for n in ALL], {"LSOA21CD": [f"NEW{n}" for n in ALL]})
    lookup = tmp_path / "lookup.csv"
    rows = [f"{lsoa(n)},NEW{n}" for n in ALL]
    lookup.write_text("\n".join(["LSOA11CD,LSOA21CD", *rows]) + "\n")
    files = {
        "of": ["11X"],
        "registrations": write_patients(tmp_path / "patients.csv", HALVES),
        "lsoas": [old],
    }
    workbook = write_workbook(tmp_path / "ePCN.xlsx")
    with pytest.raises(InputError, match="--lookup"):
        derive_areas(workbook, **files)
    assert derive_areas(workbook, lookup=lookup, **files).zones["lsoas"].tolist() == [4, 4]


def test_a_whole_nations_patients_without_these_lsoas(tmp_path):
    """If patients are by other codes, the message gives one of those codes."""
    workbook = write_workbook(tmp_path / "ePCN.xlsx")
    ground = read_lsoas([write_lsoas(tmp_path / "lsoas.gpkg", ["A1"])])
    elsewhere = read_registrations(write_patients(tmp_path / "patients.csv", {("G00001", "B4"): 9}))
    with pytest.raises(
        InputError, match=f"LSOAs such as {lsoa('B4')}, none of which has a polygon"
    ):
        areas_by_patients(read_pcns(workbook), elsewhere, ground)


def test_the_pcns_of_another_county(derive):
    """If the PCNs chosen have no patients here, the message asks to check the choice."""
    with pytest.raises(InputError, match="--of names the PCNs of this county"):
        derive({("G00009", "A1"): 60})


def test_nearest_practice_without_patients(tmp_path):
    """Each LSOA goes to the PCN of the nearest practice, and a notice says how good that is."""
    areas = derive_areas(
        write_workbook(tmp_path / "ePCN.xlsx"),
        of=["11X"],
        lsoas=[write_lsoas(tmp_path / "lsoas.gpkg", ALL)],
        practices=write_practices(tmp_path / "p.csv", {"G00001": (0.5, 1), "G00002": (2, 1)}),
    )
    assert pcn_of(areas) == "1222 1222"
    assert areas.how == "practice"
    assert areas.zones["lsoas"].tolist() == [2, 6]
    assert notices_with(areas, "gave 85 % of schools the PCN with most of the patients")


def test_nearest_practice_without_lsoas(tmp_path):
    """Without LSOAs an outline is cut half-way between practices of different PCNs."""
    outline = write_zones(tmp_path / "outline.gpkg", [square(n) for n in ALL], {"code": ALL})
    files = {
        "of": ["11X"],
        "practices": write_practices(tmp_path / "p.csv", {"G00001": (0, 1), "G00002": (3, 1)}),
    }
    workbook = write_workbook(tmp_path / "ePCN.xlsx")
    areas = derive_areas(workbook, outline=outline, **files)
    assert areas.zones["area_km2"].tolist() == [3, 5]
    assert len(areas.lsoas) == 0
    free = derive_areas(workbook, **files)
    assert free.zones["area_km2"].min() > 5


def test_with_patients_the_nearest_practice_is_measured(derive, tmp_path):
    """Where both are known, a notice says how often the nearest practice would have been right."""
    practices = write_practices(tmp_path / "p.csv", {"G00001": (0.5, 1), "G00002": (2, 1)})
    areas = derive(practices=practices)
    assert notices_with(areas, "360 of 480 patients (75.0%)")
    assert areas.points is not None


def test_head_offices_if_practices_are_not_known(tmp_path):
    """The workbook's own postcodes and where they are: ground is cut half-way between them."""
    places = {"ZZ1 1AA": 0, "ZZ1 1AB": 3}
    rows = [
        f'"{code}",10,{ORIGIN[0] + 1000 * x:.0f},{ORIGIN[1] + 1000:.0f}'
        for code, x in places.items()
    ]
    (tmp_path / "zz.csv").write_text("\n".join(rows) + "\n")
    files = {"of": ["11X"], "outline": write_lsoas(tmp_path / "outline.gpkg", ALL)}
    workbook = write_workbook(tmp_path / "ePCN.xlsx")
    areas = derive_areas(workbook, postcodes=[tmp_path / "zz.csv"], **files)
    assert areas.zones["area_km2"].tolist() == [3, 5]
    (tmp_path / "zz.csv").write_text('"AB1 1AA",10,400000,300000\n')
    with pytest.raises(InputError, match="none of the 2 head offices could be placed"):
        derive_areas(workbook, postcodes=[tmp_path / "zz.csv"], **files)


def test_practices_far_away(tmp_path):
    """Ground of another county than the practices' is a fault, not a map."""
    practices = write_practices(tmp_path / "p.csv", {"G00001": (-40, 1), "G00002": (-41, 1)})
    files = {"of": ["11X"], "practices": practices}
    workbook = write_workbook(tmp_path / "ePCN.xlsx")
    lsoas = write_lsoas(tmp_path / "lsoas.gpkg", ALL)
    with pytest.raises(InputError, match="over 20 km from every practice"):
        derive_areas(workbook, lsoas=[lsoas], **files)
    with pytest.raises(InputError, match="over 20 km from every practice"):
        derive_areas(workbook, outline=lsoas, **files)


def test_the_workbook_alone_is_not_enough(tmp_path):
    """The message says which files would do."""
    with pytest.raises(InputError, match="does not show where PCNs are"):
        derive_areas(write_workbook(tmp_path / "ePCN.xlsx"))
    patients = write_patients(tmp_path / "patients.csv", HALVES)
    with pytest.raises(InputError, match="--lsoa"):
        derive_areas(write_workbook(tmp_path / "ePCN.xlsx"), registrations=patients)


def test_the_faults_of_all_files_are_one_message(tmp_path):
    """The planner need not correct one file at a time."""
    bad = tmp_path / "bad.csv"
    bad.write_text("a,b\n1,2\n")
    with pytest.raises(InputError) as error:
        derive_areas(
            bad,
            registrations=bad,
            lsoas=[tmp_path / "none.gpkg"],
            lookup=bad,
            practices=bad,
            outline=bad,
        )
    assert len(error.value.faults) == 1 + 3 + 1 + 2 + 2 + 1


patients = st.dictionaries(
    st.tuples(st.sampled_from(["G1", "G2", "G3", "G4"]), st.sampled_from(["L1", "L2", "L3"])),
    st.integers(0, 50),
    min_size=1,
)


@settings(deadline=None)
@given(patients, st.randoms(use_true_random=False))
@example({("G1", "L1"): 0, ("G4", "L1"): 0}, Random(0))
@example({("G1", "L1"): 0, ("G4", "L1"): 1, ("G2", "L2"): 1}, Random(0))
def test_the_majority_is_the_majority(counts, rng):
    """No PCN has more patients in an LSOA than the one it goes to; rows in any order agree."""
    practices = pd.DataFrame(
        {"name": ["a", "b", "c"], "pcn": ["U1", "U2", "U1"]}, index=["G1", "G2", "G3"]
    )
    networks = PcnList(pd.DataFrame(), practices)
    rows = [(p, place, float(n)) for (p, place), n in counts.items()]
    columns = ["practice", "lsoa", "patients"]
    found = find_majority(Registrations(pd.DataFrame(rows, columns=columns)), networks)
    for place, pcn in found.pcn.items():
        assert found.patients[place, pcn] == found.patients[place].max() > 0
    rng.shuffle(rows)
    again = find_majority(Registrations(pd.DataFrame(rows, columns=columns)), networks)
    assert again.pcn.to_dict() == found.pcn.to_dict()
