"""Figures by Area: clusters in their main zone, schools in their own, both adding up to the whole."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from cluster_geo.plan import Cluster, Plan
from cluster_geo.schools import without_small_counts
from cluster_geo.tables.by_area import BY_CLUSTER, BY_SCHOOL, WHOLE, area_table, rolled_up
from tests.worlds import FIRST_URN, draw_county, random_county

PICTURE = "p S p P p s"
EHCP = {FIRST_URN + k: float(n) for k, n in enumerate((6, 9, 2, 7, 11, 30))}


@pytest.fixture
def town():
    """Six schools in a row, three in each district, and two clusters: one crosses with a school."""
    county = draw_county(PICTURE, district="W W W E E E", columns={"ehcp": EHCP})
    first, last = county.urns[:2], county.urns[2:]
    plan = Plan.coded({"A-1": Cluster(first, first[0]), "B-1": Cluster(last, last[1])})
    return county, plan


def rows(county, plan, by):
    """The rows of one way to count, by zone."""
    table = area_table(county, plan, county.layers["district"])
    return table[table["by"] == by].set_index("zone")


def test_a_cluster_counts_whole_and_a_school_where_it_lies(town):
    """The school of the west in the eastern cluster is in the east by cluster, in the west itself."""
    by_cluster, by_school = (rows(*town, by) for by in (BY_CLUSTER, BY_SCHOOL))
    assert by_cluster["schools"].to_dict() == {"Zone E": 4, "Zone W": 2, WHOLE: 6}
    assert by_school["schools"].to_dict() == {"Zone E": 3, "Zone W": 3, WHOLE: 6}
    assert by_cluster["ehcp"].to_dict() == {"Zone E": 50, "Zone W": 15, WHOLE: 65}
    assert by_school["ehcp"].to_dict() == {"Zone E": 48, "Zone W": 17, WHOLE: 65}
    assert by_cluster["clusters"].to_dict() == {"Zone E": 1, "Zone W": 1, WHOLE: 2}
    assert by_cluster["without_srp"].to_dict() == {"Zone E": 0, "Zone W": 0, WHOLE: 0}
    assert by_school["clusters"].isna().all()


@pytest.mark.parametrize("seed", range(4))
def test_zones_add_up_to_the_whole_plan(seed):
    """Also with schools in no zone, whichever way they are counted."""
    county = random_county(seed, 12)
    groups = [county.urns[k : k + 3] for k in range(0, 12, 3)]
    plan = Plan.coded({f"C-{k}": Cluster(group, group[1]) for k, group in enumerate(groups)})
    table = area_table(county, plan, county.layers["pcn"])
    for _, part in table.groupby("by"):
        whole, zones = part[part["zone"] == WHOLE].iloc[0], part[part["zone"] != WHOLE]
        for name in ("schools", "primaries", "secondaries", "srps", "pupils", "ehcp"):
            assert zones[name].sum() == whole[name]
    whole = table[table["zone"] == WHOLE]
    assert (whole["pupils"] == round(county.schools.table["pupils"].sum())).all()


def test_a_withheld_count_cannot_be_worked_out(town):
    """Each total with it is missing: that of its Area either way, and that of the plan."""
    county, plan = town
    small = {"ehcp": frozenset({FIRST_URN + 2})}
    schools = without_small_counts(replace(county.schools, small=small))
    shown = replace(county, schools=schools)
    by_cluster, by_school = (rows(shown, plan, by)["ehcp"] for by in (BY_CLUSTER, BY_SCHOOL))
    assert by_cluster.isna().to_dict() == {"Zone E": True, "Zone W": False, WHOLE: True}
    assert by_school.isna().to_dict() == {"Zone E": False, "Zone W": True, WHOLE: True}
    assert rows(shown, plan, BY_CLUSTER)["pupils"].notna().all()


def test_any_table_by_cluster_adds_up():
    """A part that is missing makes its totals missing, and no other."""
    money = pd.DataFrame({"gbp": [10.0, 5.0, 7.0], "posts": [1.0, None, 0.5]}, index=list("abc"))
    found = rolled_up(money, {"a": "East", "b": "East", "c": "West"})
    assert list(found.index) == ["East", "West", WHOLE]
    assert found["gbp"].tolist() == [15.0, 7.0, 22.0]
    assert found["posts"].isna().tolist() == [True, False, True]
