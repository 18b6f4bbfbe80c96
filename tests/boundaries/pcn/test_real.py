"""Real Kent and Medway: the open PCNs, their areas against the reference, and the nearest practice."""

import pandas as pd
import pytest

from cluster_geo.boundaries import read_layer
from cluster_geo.boundaries.pcn import (
    areas_by_nearest,
    compare_lsoas,
    derive_areas,
    locate_head_offices,
    locate_practices,
    nearest_by_schools,
    pcn_of_schools,
    read_lsoas,
    read_pcns,
    read_reference,
    write_areas,
)
from cluster_geo.geometry import read_polygons
from tests.ground import EXACT, real_kent

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def files(real_data):
    """The real files by what they are."""
    pcn, reference = real_data / "pcn", real_data / "reference"
    return {
        "workbook": pcn / "ePCN_2025-01.xlsx",
        "registrations": pcn / "gp_registrations_by_lsoa11_jul2022_kent_medway.csv",
        "lsoas": [
            real_data / "boundaries" / f"lsoa21_{name}.geojson" for name in ("kent", "medway")
        ],
        "lookup": reference / "lookup_lsoa11_lsoa21_ltla22.csv",
        "practices": pcn / "epraccur_2025-11.csv",
        "postcodes": [reference / "codepoint_open_2025-11_kent_medway.csv"],
        "reference": pcn / "kent_medway_lsoa21_pcn_majority.csv",
    }


@pytest.fixture(scope="module")
def networks(files):
    """The open PCNs of Kent and Medway in January 2025."""
    return read_pcns(files["workbook"]).within(["91Q"])


@pytest.fixture(scope="module")
def areas(files):
    """Their areas by patients."""
    given = {key: path for key, path in files.items() if key not in {"workbook", "reference"}}
    return derive_areas(files["workbook"], of=["Kent and Medway"], **given)


@pytest.fixture(scope="module")
def schools(real_data):
    """Kent's mainstream schools."""
    return real_kent(real_data)


@pytest.mark.parametrize(
    ("vintage", "england", "kent", "practices"),
    [("2022-04", 1260, 41, 190), ("2025-01", 1285, 43, 176)],
)
def test_the_open_pcns(real_data, vintage, england, kent, practices):
    """Both vintages of the workbook are read, with their open PCNs and current practices."""
    networks = read_pcns(real_data / "pcn" / f"ePCN_{vintage}.xlsx")
    assert len(networks.pcns) == england
    ours = networks.within(["91q"])
    assert (len(ours.pcns), len(ours.practices)) == (kent, practices)
    assert ours.notices == ()


def test_every_lsoa_agrees_with_the_reference(areas, files):
    """All 1,107 LSOAs go to the PCN of the reference, by the same share of patients."""
    reference = pd.read_csv(files["reference"], index_col="lsoa21_code")
    agreement = compare_lsoas(areas, read_reference(files["reference"]))
    assert (agreement.same, agreement.of) == (1107, 1107)
    assert areas.lsoas["share"].to_numpy() == pytest.approx(
        reference.loc[areas.lsoas.index, "share"].to_numpy()
    )
    assert set(areas.lsoas["how"]) == {"patients"}


def test_each_patient_is_counted_once(areas, files):
    """Patients with a PCN, and those without, are all that are registered."""
    registered = pd.read_csv(files["registrations"])["Patient"].sum()
    living = (areas.lsoas["patients"] / areas.lsoas["share"]).sum()
    assert living == pytest.approx(registered - 101_520, abs=1)
    assert any("101,520 of 1,972,423 patients" in n.text for n in areas.notices)


def test_43_pcns_have_ground_and_37_hold_a_kent_school(areas, schools):
    """The areas are valid, do not overlap, and every school lies in one."""
    assert len(areas.zones) == 43
    assert areas.zones.is_valid.all()
    assert areas.zones.union_all().area == pytest.approx(areas.zones.area.sum())
    told = pcn_of_schools(areas, schools)
    assert len(told) == 563
    assert len(set(told.values())) == 37


def test_nearest_practice_and_head_office_are_worse(areas, networks, files, schools):
    """Nearest practice is right for 85 % of schools and nearest head office for 65 %."""
    practices = locate_practices(networks, files["practices"], files["postcodes"])
    offices = locate_head_offices(networks, files["postcodes"])
    assert (len(practices.frame), len(offices.frame)) == (176, 43)
    assert nearest_by_schools(areas, practices, schools).share == pytest.approx(0.85, abs=0.01)
    assert nearest_by_schools(areas, offices, schools).share == pytest.approx(0.65, abs=0.01)


def test_the_register_and_the_geocoded_file_place_practices_alike(networks, files, real_data):
    """Epraccur with Code-Point Open gives the points of the geocoded table."""
    table = real_data / "pcn" / "kent_medway_practices_pcn_2025-01_geocoded.csv"
    by_postcode = locate_practices(networks, files["practices"], files["postcodes"])
    assert locate_practices(networks, table).frame.equals(by_postcode.frame)


def test_areas_by_nearest_practice(networks, files, schools, real_data):
    """By LSOA or by an outline, nearest practice finds four fifths of the reference."""
    practices = locate_practices(networks, files["practices"], files["postcodes"])
    whole = areas_by_nearest(networks, practices, lsoas=read_lsoas(files["lsoas"]))
    assert compare_lsoas(whole, read_reference(files["reference"])).share == pytest.approx(
        0.81, abs=0.01
    )
    outline = read_polygons(real_data / "boundaries" / EXACT, "outline")
    cut = areas_by_nearest(networks, practices, within=outline)
    assert len(pcn_of_schools(cut, schools)) == 563


def test_the_file_serves_as_a_layer(areas, schools, tmp_path):
    """37 zones hold all 563 schools of Kent."""
    layer = read_layer("pcn", write_areas(areas, tmp_path / "pcn.gpkg"), schools)
    assert (len(layer.zones), len(layer.zone_of)) == (37, 563)
    assert "Royal Mail" in layer.source.attribution
