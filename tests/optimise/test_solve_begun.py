"""A search that does not begin from nothing: clusters frozen, and plans to begin from."""

from __future__ import annotations

import sys
import time

import pytest

from cluster_geo.audit import audit
from cluster_geo.optimise import SearchParams, StartParams
from cluster_geo.optimise.budget import Budget
from cluster_geo.optimise.search import Search
from cluster_geo.plan import Plan
from cluster_geo.rules import NumberOfClusters, Trusts, srp_coverage
from tests.solving import NEAR, book, solved
from tests.worlds import FIRST_URN, draw_county, random_county

solving = sys.modules["cluster_geo.optimise.solve"]


def frozen_case():
    """Return a row of seven, rules that count, and two clusters to freeze."""
    county = draw_county("pppSppp", trust="AA.A...")
    trusts = Trusts(county.schools.grouped_by("trust_uid"), 3.0)
    srp = srp_coverage(county.schools.where("srp"), 5.0)
    rulebook = book(county, trusts, srp, size=(2, 4), plan_rules=[NumberOfClusters(3, 3)])
    return county, rulebook


def test_frozen_clusters_are_kept_and_paid_for():
    """What is frozen is in the plan as it was, in the number of clusters and in the cost."""
    county, rulebook = frozen_case()
    kept = rulebook.cluster([FIRST_URN, FIRST_URN + 1])
    result = solved(county, rulebook, frozen=[kept])
    assert result.status == "optimal"
    assert kept in result.plan.clusters
    assert len(result.plan) == 3
    assert audit(county, rulebook, result.plan).kept
    assert result.cost == pytest.approx(rulebook.cost(result.plan))
    costs = [
        rulebook.cost(plan)
        for split in (2, 3)
        for plan in [
            rulebook.plan([county.urns[:2], county.urns[2 : 2 + split], county.urns[2 + split :]])
        ]
    ]
    assert result.cost == pytest.approx(min(costs))
    assert result.bound <= result.cost + NEAR


def test_a_frozen_cluster_is_not_judged():
    """A cluster that breaks a rule stays where it is frozen; the rest keeps the rules."""
    county, rulebook = frozen_case()
    odd = rulebook.cluster([FIRST_URN])
    result = solved(county, rulebook, frozen=[odd])
    assert odd in result.plan.clusters
    rest = [c for c in result.plan.clusters if c != odd]
    assert all(rulebook.admits(c) for c in rest)
    assert sum(len(c) for c in rest) == 6


def test_everything_frozen():
    """With nothing left to decide the plan is what is frozen, and its cost is proven."""
    county, rulebook = frozen_case()
    plan = rulebook.plan([county.urns[:2], county.urns[2:4], county.urns[4:]])
    result = solved(county, rulebook, frozen=plan.clusters)
    assert result.plan == plan
    assert result.status == "optimal"
    assert result.cost == result.bound == pytest.approx(rulebook.cost(plan))


def test_everything_frozen_in_too_many_clusters():
    """Frozen clusters that break a rule over the plan leave no plan."""
    county, rulebook = frozen_case()
    plan = rulebook.plan([county.urns[:2], county.urns[2:]])
    assert solved(county, rulebook, frozen=plan.clusters).status == "impossible"


def test_a_plan_to_begin_from_is_used():
    """With next to no work allowed the plan given is returned, judged and priced."""
    county = random_county(3, 40)
    rulebook = book(county, size=(2, 6))
    best = solved(county, rulebook, work=20_000).plan
    again = solved(county, rulebook, work=1, start=best)
    assert again.cost <= rulebook.cost(best) + NEAR
    assert audit(county, rulebook, again.plan).kept


def test_a_plan_to_begin_from_is_there_from_the_first_moment(monkeypatch):
    """Stopped by hand before anything is found, the search has the plan it was given, if sound."""
    county = random_county(3, 12)
    rulebook = book(county, size=(2, 4))
    sound = solved(county, rulebook).plan
    broken = Plan.of([rulebook.cluster(county.urns)])

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(Search, "_first", interrupted)
    for start, expected in ((sound, sound), (broken, None), (None, None)):
        result = solved(county, rulebook, start=start)
        assert (result.stopped_by, result.plan) == ("interrupted", expected)


def test_a_plan_to_begin_from_that_breaks_a_rule_is_not_believed():
    """Its clusters are judged like any other; what is returned keeps the rules."""
    county = random_county(3, 12)
    rulebook = book(county, size=(2, 4))
    broken = Plan.of([rulebook.cluster(county.urns)])
    result = solved(county, rulebook, start=broken)
    assert audit(county, rulebook, result.plan).kept
    strangers = Plan.of([rulebook.cluster(county.urns[:5])])
    assert audit(county, rulebook, solved(county, rulebook, start=strangers).plan).kept


def test_any_plan_will_do():
    """Asked for any plan, the search stops at the first that keeps the rules."""
    county = random_county(5, 20)
    rulebook = book(county, size=(2, 6))
    result = solved(county, rulebook, any_plan=True)
    assert result.stopped_by == "first plan"
    assert audit(county, rulebook, result.plan).kept


def test_a_plan_is_noted_before_the_full_annealings():
    """The trace has a short annealing's plan; where any will do, the search ends with it."""
    county = random_county(5, 40)
    rulebook = book(county, size=(2, 6), plan_rules=[NumberOfClusters(9, 9)])
    params = SearchParams(start=StartParams(brief_atoms=1))
    result = solved(county, rulebook, params=params)
    noted = [point for point in result.trace if point.stage == "first plan"]
    assert [point.cost is None for point in noted] == [False, False]
    assert noted[0].work < 0.1 * noted[1].work
    soon = solved(county, rulebook, params=params, any_plan=True)
    assert (soon.stopped_by, soon.work) == ("first plan", noted[0].work)
    assert audit(county, rulebook, soon.plan).kept


def test_time_is_up_before_there_is_a_cover(monkeypatch):
    """Nothing is found, and nothing is said to be impossible."""
    county = random_county(5, 20)
    began = time.monotonic() - 10.0
    monkeypatch.setattr(solving, "Budget", lambda *limits: Budget(*limits, _began=began))
    result = solving.solve(county, book(county, size=(2, 6)), time_limit=1.0)
    assert (result.status, result.stopped_by) == ("none found", "time limit")
