"""What readers call zones whose source has their names in capitals."""

from __future__ import annotations

from dataclasses import replace

import openpyxl
import pandas as pd
import pytest

from cluster_geo.export import write_outputs
from cluster_geo.maps import map_page
from cluster_geo.phrases import zone_name
from cluster_geo.report import report_page
from tests.outputs import make_world

LOUD = ("ASHFORD STOUR PCN", "ST ANNE'S AND WYE PCN")
QUIET = ("Ashford Stour PCN", "St Anne's and Wye PCN")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        *zip(LOUD, QUIET, strict=True),
        ("KINGSTON UPON HULL", "Kingston upon Hull"),
        ("STOKE-ON-TRENT", "Stoke-on-Trent"),
        ("Ashford PCN", "Ashford PCN"),
        # Codes, and names that are hardly more than one.
        ("E05009234", "E05009234"),
        ("NE", "NE"),
        ("A", "A"),
        ("THANET CT11 PCN", "Thanet CT11 PCN"),
    ],
)
def test_a_name_in_capitals_is_shown_in_ordinary_case(written, shown):
    """As trusts' names are; initialisms and codes stay."""
    assert zone_name(written) == shown


@pytest.fixture(scope="module")
def published():
    """The drawn world, with a layer of PCNs named as the NHS does."""
    world = make_world()
    district = world.county.layers["district"]
    pcn = replace(district, name="pcn", zones=district.zones.assign(name=list(LOUD)))
    layers = {**world.county.layers, "pcn": pcn}
    return world.published(county=replace(world.county, layers=layers))


@pytest.mark.parametrize("page", [map_page, report_page])
def test_pages_show_no_capitals(published, page):
    """In the map's panel and labels, in the report's tables and atlas."""
    text = page(published).replace("\\u0026", "&").replace("&#39;", "'")
    assert not any(name in text for name in LOUD)
    assert all(name in text for name in QUIET)


def test_the_workbook_shows_none_and_the_list_for_systems_has_the_sources(published, tmp_path):
    """Readers' sheets are for readers; other systems look names up as they are in the source."""
    write_outputs(tmp_path / "out", published)
    book = openpyxl.load_workbook(tmp_path / "out" / "plan.xlsx")
    cells = {str(c.value) for sheet in book for row in sheet.iter_rows() for c in row}
    assert not any(name in cell for name in LOUD for cell in cells)
    assert set(QUIET) <= cells
    table = pd.read_csv(tmp_path / "out" / "clusters.csv")
    assert set(table["pcn_zone"]) == set(LOUD)
