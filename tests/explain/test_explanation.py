"""Why there is no plan: the clashing set is the expected one, and each cure is a plan."""

from __future__ import annotations

import json

import pytest

from cluster_geo.explain import ask, explain, explanation_record
from cluster_geo.explain import told as words_told
from cluster_geo.explain.ask import Asker
from cluster_geo.explain.reasons import find_reason
from cluster_geo.optimise import Result
from cluster_geo.rules import HubChoice, Rulebook, Size, TravelToHub, Zones
from tests.explain.clashes import CASES, secondaries_at_one_end, zone_too_small
from tests.worlds import draw_county, make_layer

NOTHING = Result("none found", "time limit", None, None, None, 0.0, 0)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_the_clashing_set_is_the_expected_one(case):
    """Nineteen kinds of clash, each with its irreducible set, none of it undecided."""
    told = case()
    found = explain(told.county, told.rulebook, time_limit=60, threads=1)
    assert found.status == "impossible"
    sets = [frozenset((d.rule, d.part) for d in c.reason.demands) for c in found.clashes]
    assert sorted(map(sorted, sets)) == sorted(map(sorted, told.expected))
    assert all(clash.reason.irreducible for clash in found.clashes)
    for clash in found.clashes:
        assert set(clash.reason.needed) == set(clash.reason.demands)


def test_a_plan_is_given_where_there_is_one():
    """Nothing clashes, and the plan that shows it comes along."""
    county = draw_county("p s p p s p")
    found = explain(county, Rulebook((Size(2, 3),), HubChoice(county.travel)), threads=1)
    assert found.status == "possible"
    assert sorted(u for c in found.plan.clusters for u in c.members) == list(county.urns)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_every_cure_is_a_plan_that_keeps_all_else(case):
    """Judged by the rules as they were, a cure's plan breaks nothing but what was loosened."""
    told = case()
    found = explain(told.county, told.rulebook, time_limit=60, threads=1)
    for clash in found.clashes:
        for cure in clash.cures:
            members = sorted(u for c in cure.plan.clusters for u in c.members)
            assert members == sorted(cure.schools)
            assert set(clash.reason.schools) <= cure.schools
            broken = {
                rule
                for cluster in cure.plan.clusters
                for rule, verdict in told.rulebook.judge(cluster).items()
                if not verdict.kept
            }
            assert broken <= {cure.demand.rule}


def test_cures_are_ranked_inside_the_area_first():
    """Two districts of one Area: the neighbour in it comes before the one outside."""
    county = draw_county("p p p s s p p s s p", district="B B B B A A C C C C")
    zone_of = county.layers["district"].zone_of
    area = {urn: "North" if zone in {"A", "C"} else "South" for urn, zone in zone_of.items()}
    county.layers["area"] = make_layer("area", area)
    rules = (Size(3, 5), TravelToHub(county.travel), Zones("district", zone_of, hard=True))
    found = explain(county, Rulebook(rules, HubChoice(county.travel)), time_limit=30, threads=1)
    (clash,) = found.clashes
    assert clash.title == "Zone A"
    order = [cure.same_area for cure in clash.cures]
    assert order == sorted(order, reverse=True)
    assert all(cure.score is not None for cure in clash.cures)


def test_out_of_time_is_not_proven(monkeypatch):
    """A clash that only a search can show is not called impossible where there is no time."""
    told = secondaries_at_one_end()
    monkeypatch.setattr(ask, "solve", lambda *_, **__: NOTHING)
    found = explain(told.county, told.rulebook, threads=1)
    assert found.status == "not proven"
    assert found.clashes == ()


def test_an_unsettled_step_is_said(monkeypatch):
    """A demand of which it is not known whether it is needed stays, and is told as unsettled."""
    told = zone_too_small()
    monkeypatch.setattr(ask, "solve", lambda *_, **__: NOTHING)
    reason = find_reason(
        Asker(), told.county, told.rulebook, [100001, 100002], ("size", "district")
    )
    assert reason.proof == "counting"
    assert not reason.irreducible
    assert {d.rule for d in reason.undecided} == {"size", "district"}


def test_the_words_are_a_planners():
    """No word of money, no gap; every demand and cure is said."""
    told = zone_too_small()
    found = explain(told.county, told.rulebook, time_limit=30, threads=1)
    text = words_told(found, "km")
    for word in ("cost", "price", "gap"):
        assert word not in text.lower()
    assert "It is proven that no plan keeps the hard rules." in text
    assert "A: 2 schools cannot be cut into clusters of 3 to 6." in text
    record = explanation_record(found, "km")
    assert record["status"] == "impossible"
    assert record["clashes"][0]["irreducible"]
    json.dumps(record, allow_nan=False)
