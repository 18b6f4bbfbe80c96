"""Whether rules can be kept where boundaries part the county and a rule is about all of it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from cluster_geo import optimise
from cluster_geo.explain import ask
from cluster_geo.explain.ask import Asker
from cluster_geo.optimise import Result
from cluster_geo.rules import MostClustersOfTrust, NumberOfClusters, Size, find_clashes
from tests.explain.clashes import STAR_AND_STREET, STARS, book, district, piece, urns
from tests.worlds import draw_county

NOTHING = Result("none found", "time limit", None, None, None, 0.0, 0)
STREET = draw_county("p s p p s p p s p p s p", district="A A A A A A B B B B B B")


def asked(county, low, high, *plan_rules):
    """Districts kept without exception, clusters in one piece, and rules over the whole plan."""
    return book(county, Size(low, high), piece(county), district(county), plan_rules=plan_rules)


def asker():
    """Ask with no limit that these counties could reach."""
    return Asker(step=60, threads=1)


def is_kept(answer, county, rulebook):
    """Whether the plan that shows it holds every school once and keeps every rule."""
    assert (answer.verdict, answer.proof) == ("possible", "plan")
    members = sorted(urn for cluster in answer.plan.clusters for urn in cluster.members)
    return (
        members == list(county.urns)
        and all(map(rulebook.admits, answer.plan.clusters))
        and rulebook.keeps_sums(answer.plan)
    )


@pytest.mark.parametrize("number", [4, 5, 6])
def test_regions_agree_on_a_number(number):
    """Two or three clusters a district: any number from four to six is made up of them."""
    rulebook = asked(STREET, 2, 4, NumberOfClusters(number, number))
    answer = asker().can(STREET, rulebook)
    assert is_kept(answer, STREET, rulebook)
    assert len(answer.plan) == number


@pytest.mark.parametrize("number", [2, 3])
def test_a_cluster_more_comes_from_where_one_can(number):
    """The star is one cluster whatever is asked, so it is the street that has one or two."""
    rulebook = asked(STAR_AND_STREET, 2, 5, NumberOfClusters(number, number))
    answer = asker().can(STAR_AND_STREET, rulebook)
    assert is_kept(answer, STAR_AND_STREET, rulebook)
    assert {len(c.members) for c in answer.plan.clusters if 100001 in c.members} == {5}


@pytest.mark.parametrize("number", [3, 4])
def test_a_number_that_no_region_can_help_is_proven_impossible(number):
    """Two stars are two clusters; by their sizes alone there could be four."""
    rulebook = asked(STARS, 2, 5, NumberOfClusters(number, number))
    assert not find_clashes(STARS, rulebook)
    answer = asker().can(STARS, rulebook)
    assert (answer.verdict, answer.proof, answer.plan) == ("impossible", "search", None)


def test_a_number_that_is_counted_is_not_searched_for(monkeypatch):
    """Five clusters of two schools or more cannot be made of stars of five: no search is needed."""
    monkeypatch.setattr(ask, "optimise", SimpleNamespace(solve=None))
    answer = asker().can(STARS, asked(STARS, 2, 5, NumberOfClusters(5, 5)))
    assert (answer.verdict, answer.proof) == ("impossible", "counting")
    assert answer.words


@pytest.mark.parametrize("searches", [0, 1, 2])
def test_out_of_time_is_never_impossible(monkeypatch, searches):
    """Wherever the time is over, in a region or on the whole, nothing is called proven."""
    solve, calls = optimise.solve, []

    def until_over(*arguments, **options):
        calls.append(arguments)
        return solve(*arguments, **options) if len(calls) <= searches else NOTHING

    monkeypatch.setattr(ask, "optimise", SimpleNamespace(solve=until_over))
    answer = asker().can(STARS, asked(STARS, 2, 5, NumberOfClusters(3, 3)))
    assert (answer.verdict, answer.plan) == ("not proven", None)
    assert len(calls) > searches


def test_a_region_that_cannot_settles_it(monkeypatch):
    """A star of five in twos and threes: it is asked first, and the street is not waited for."""
    solve, calls = optimise.solve, []
    monkeypatch.setattr(
        ask, "optimise", SimpleNamespace(solve=lambda *a, **o: calls.append(a) or solve(*a, **o))
    )
    answer = asker().can(STAR_AND_STREET, asked(STAR_AND_STREET, 2, 3))
    assert (answer.verdict, answer.proof) == ("impossible", "search")
    assert len(calls) == 1


@pytest.mark.parametrize(("most", "verdict"), [(2, "possible"), (1, "impossible")])
def test_a_limit_on_a_trusts_clusters_over_two_regions(most, verdict):
    """Schools 1, 3 and 7: the first two can share a cluster, and no cluster crosses to the last."""
    county = draw_county("p p p p p p p p", district="A A A A A B B B", trust="T . T . . . T .")
    limit = MostClustersOfTrust("T", urns(1, 3, 7), most=most)
    rulebook = asked(county, 2, 3, limit)
    answer = asker().can(county, rulebook)
    assert answer.verdict == verdict
    assert answer.plan is None or is_kept(answer, county, rulebook)


@pytest.mark.parametrize(
    ("number", "verdict"), [(4, "possible"), (5, "possible"), (6, "impossible")]
)
def test_regions_coupled_by_a_number_and_a_trust_limit(number, verdict):
    """The first three schools in one cluster: a fifth must come from the other district.

    Each district alone has a plan, and any number from four to six can be made up of them; six is
    three and three, and the first district in three clusters parts the trust. The limit is not
    kept by chance: the district with the lowest URNs is the one that would be cut up first.
    """
    limit = MostClustersOfTrust("T", urns(1, 2, 3), most=1)
    rulebook = asked(STREET, 2, 4, NumberOfClusters(number, number), limit)
    answer = asker().can(STREET, rulebook)
    assert answer.verdict == verdict
    assert answer.plan is None or is_kept(answer, STREET, rulebook)
    assert answer.plan is None or len(answer.plan) == number


@pytest.mark.parametrize(
    ("groups", "message"),
    [
        (["123", "456", "789", "abc"], "those over the whole plan too"),
        (["12", "3", "456", "789", "abc"], "every requirement"),
        (["12", "34", "56", "789", "bc"], "every school in one cluster"),
    ],
)
def test_no_plan_that_does_not_show_it_passes_for_possible(groups, message):
    """One cluster too few, a cluster of one school, a school left out: a fault of the search."""
    rulebook = asked(STREET, 2, 4, NumberOfClusters(5, 5))
    plan = rulebook.plan(urns(*(int(sign, 13) for sign in group)) for group in groups)
    found = Result("feasible", "first plan", plan, rulebook.cost(plan), None, 1.0, 0)
    with pytest.raises(AssertionError, match=message):
        ask._answer_of(found, STREET, rulebook)


def test_a_solvers_failure_is_remembered_and_proves_nothing(monkeypatch):
    """What it answered is kept once; the answer is neither possible nor impossible."""
    failed = Result("none found", "solver failure", None, None, None, 1.0, 0, failure="HiGHS: no")
    monkeypatch.setattr(ask, "optimise", SimpleNamespace(solve=lambda *_, **__: failed))
    asking = asker()
    for _ in range(2):
        assert asking.can(STREET, asked(STREET, 2, 4)).verdict == "not proven"
    assert asking.failures == ["HiGHS: no"]
