"""A trust that the register has in capitals is in ordinary case wherever people read."""

from __future__ import annotations

import openpyxl
import pandas as pd
import pytest

from cluster_geo.export import write_outputs
from cluster_geo.maps import map_page
from cluster_geo.maps.pair import pair_page
from cluster_geo.plan import Cluster
from cluster_geo.report import report_page
from cluster_geo.rules import Trusts
from cluster_geo.rules.clusters_of_trust import MostClustersOfTrust
from tests.maps.pairs import compared
from tests.outputs import make_world
from tests.worlds import FIRST_URN

WRITTEN, SHOWN = "SAINT HILDAS ACADEMIES TRUST", "Saint Hildas Academies Trust"


@pytest.fixture(scope="module")
def world():
    return make_world(trust=WRITTEN)


@pytest.mark.parametrize(
    "page",
    [
        lambda world: report_page(world.published()),
        lambda world: map_page(world.published()),
        lambda world: pair_page(compared(world)),
    ],
)
def test_pages_show_it(world, page):
    """The report's tables and atlas, the map's panel and popups, the page of two plans."""
    text = page(world)
    assert SHOWN in text
    assert WRITTEN not in text


def test_the_workbook_shows_it_and_the_lists_for_programs_hold_what_the_register_has(
    world, tmp_path
):
    """Another system finds the trust by the name that it knows."""
    write_outputs(tmp_path / "out", world.published())
    book = openpyxl.load_workbook(tmp_path / "out" / "plan.xlsx")
    cells = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row}
    assert SHOWN in cells
    assert not any(WRITTEN in str(value) for value in cells)
    listed = pd.read_csv(tmp_path / "out" / "clusters.csv")
    assert set(listed["trust"].dropna()) == {WRITTEN}


def test_rules_speak_of_it_so():
    """Verdicts, ties and headings are read; a rule's name, which records hold, is what it was."""
    members = frozenset((FIRST_URN, FIRST_URN + 1))
    cluster = Cluster(tuple(sorted(members)), FIRST_URN)
    rule = Trusts({"7": members}, 3.0, trust_names={"7": WRITTEN})
    assert rule.judge(cluster).words == f"{SHOWN}: 2 of its 2 schools"
    assert list(rule.ties(FIRST_URN, cluster)) == [
        f"{SHOWN}: 2 of its 2 schools are in this cluster"
    ]
    limit = MostClustersOfTrust("7", members, 1, WRITTEN)
    assert limit.heading == f"Clusters of {SHOWN}"
    assert limit.name == f"clusters of {WRITTEN}"
