"""The number of clusters among the changes that make a plan possible, however far it is from one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cluster_geo.explain import explanation_of, explanation_text
from cluster_geo.rules import NumberOfClusters, Rulebook, Size, TravelToHub
from tests.worlds import draw_county

# Work, not seconds: the answer is then the same on any machine, however busy.
WORK = 400_000


@pytest.mark.parametrize(
    ("asked", "cure"),
    [
        (7, "allow as few as 6 clusters"),
        (53, "allow as few as 6 clusters"),
        (10**11, "allow as few as 6 clusters"),
        (1, "allow up to 3 clusters"),
    ],
)
def test_the_number_of_clusters_is_always_among_the_cures(asked, cure):
    """However far it is from one that is possible: a county's count asked of a district."""
    county = draw_county("""
        p p p p p p
        s s s s s s
    """)
    rules = Rulebook((Size(2, 4), TravelToHub(county.travel)), county.travel)
    number = replace(rules, plan_rules=(NumberOfClusters(asked, asked),))
    found = explanation_of(county, number, work=WORK, threads=1)
    assert found.status == "impossible"
    assert cure in [change.words for change in found.clashes[0].cures]
    assert "time" not in explanation_text(found)
