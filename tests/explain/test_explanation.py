"""Why there is no plan: the clashing set is the expected one, and each cure is a plan."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from types import SimpleNamespace

import pytest

from cluster_geo.explain import (
    ADVICE,
    ask,
    explanation,
    explanation_of,
    explanation_record,
    explanation_text,
)
from cluster_geo.explain.ask import Answer, Asker
from cluster_geo.explain.demands import demands_of, only
from cluster_geo.explain.healer import Healer
from cluster_geo.explain.loosen import loosening_words, loosenings
from cluster_geo.explain.reasons import find_reason
from cluster_geo.optimise import Result
from cluster_geo.rules import (
    MostClustersOfTrust,
    MostMovers,
    NumberOfClusters,
    OnePiece,
    Rulebook,
    Size,
    TravelToHub,
    Zones,
    find_clashes,
    srp_coverage,
)
from tests.explain.clashes import (
    CASES,
    part_of_a_zone_too_small,
    secondaries_at_one_end,
    star_of_no_size,
    trust_larger_than_its_clusters,
    zone_of_no_size,
    zone_too_small,
)
from tests.worlds import draw_county, make_layer

# Work, not seconds: the answer is then the same on any machine, however busy.
WORK = 400_000
NOTHING = Result("none found", "time limit", None, None, None, 0.0, 0)


@cache
def explained(case):
    """Return a case and its explanation, searched for once."""
    world = case()
    return world, explanation_of(world.county, world.rulebook, work=WORK, threads=1)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_the_clashing_set_is_the_expected_one(case):
    """Twenty-five kinds of clash, each with its irreducible set, none of it undecided."""
    world, found = explained(case)
    assert found.status == "impossible"
    sets = [frozenset((d.rule, d.part) for d in c.reason.demands) for c in found.clashes]
    assert sorted(map(sorted, sets)) == sorted(map(sorted, world.expected))
    assert all(clash.reason.irreducible for clash in found.clashes)
    for clash in found.clashes:
        assert set(clash.reason.needed) == set(clash.reason.demands)


def test_a_plan_is_given_where_there_is_one():
    """Nothing clashes, and the plan that shows it comes along."""
    county = draw_county("p s p p s p")
    found = explanation_of(county, Rulebook((Size(2, 3),), county.travel), threads=1)
    assert found.status == "possible"
    assert sorted(u for c in found.plan.clusters for u in c.members) == list(county.urns)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_every_cure_is_a_plan_that_keeps_all_else(case):
    """Judged by the rules as they were, a cure's plan breaks nothing but what was loosened."""
    world, found = explained(case)
    for clash in found.clashes:
        for cure in clash.cures:
            members = sorted(u for c in cure.plan.clusters for u in c.members)
            assert members == sorted(cure.schools)
            assert set(clash.reason.schools) <= cure.schools
            broken = {
                rule
                for cluster in cure.plan.clusters
                for rule, verdict in world.rulebook.judge(cluster).items()
                if not verdict.kept
            }
            assert broken <= {demand.rule for demand in cure.demands}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_no_change_of_a_set_is_idle(case):
    """Where changes are made together, the plan breaks each of the demands they loosen."""
    world, found = explained(case)
    for cure in (cure for clash in found.clashes for cure in clash.cures):
        if len(cure.demands) > 1:
            part = world.county.within(cure.schools)
            for demand in cure.demands:
                asked = only(world.rulebook, [demand], part)
                assert not asked.keeps(asked.plan(c.members for c in cure.plan.clusters))


def test_changes_are_combined_where_no_single_one_is_enough():
    """An island of five, of no allowed size and without an SRP: size and exception together."""
    county = draw_county("p p p p p . P s P")
    srp = srp_coverage(county.schools.where("srp"), hard=True)
    rules = (Size(3, 4), srp, TravelToHub(county.travel), OnePiece(county.neighbours.graph))
    found = explanation_of(county, Rulebook(rules, county.travel), work=WORK, threads=1)
    assert len(found.clashes) == 2
    for clash in found.clashes:
        said = {cure.words for cure in clash.cures}
        pair = {"allow clusters of up to 5 schools", "allow 1 cluster without an SRP"}
        assert any(set(words.split("; and ")) == pair for words in said)
        assert all(len(cure.demands) == 2 for cure in clash.cures)
        assert len({frozenset(cure.demands) for cure in clash.cures}) == len(clash.cures)
    text = explanation_text(found)
    assert "any one of these sets of changes, made together, is" in text


def test_two_boundaries_are_opened_together():
    """Two schools, where a cluster has twelve: neither neighbour alone makes up the number."""
    county = draw_county("p p p p p s s p p p p p", district="B B B B B A A C C C C C")
    zone_of = county.layers["district"].zone_of
    rules = (Size(12, 12), TravelToHub(county.travel), Zones("district", zone_of, hard=True))
    asker = Asker(work=WORK, threads=1)
    rulebook = Rulebook(rules, county.travel)
    reason = find_reason(asker, county, rulebook, county.urns[5:7], ("size", "district"))
    cures = Healer(asker, county, rulebook).cures([reason])[0]
    both = [cure for cure in cures if {demand.rule for demand in cure.demands} == {"district"}]
    assert [cure.schools for cure in both] == [frozenset(county.urns)]
    assert any({d.rule for d in cure.demands} == {"district", "size"} for cure in cures)


def test_cures_are_ranked_inside_the_area_first():
    """Two districts of one Area: the neighbour in it comes before the one outside."""
    county = draw_county("p p p s s p p s s p", district="B B B B A A C C C C")
    zone_of = county.layers["district"].zone_of
    area = {urn: "North" if zone in {"A", "C"} else "South" for urn, zone in zone_of.items()}
    county.layers["area"] = make_layer("area", area)
    rules = (Size(3, 5), TravelToHub(county.travel), Zones("district", zone_of, hard=True))
    found = explanation_of(county, Rulebook(rules, county.travel), work=WORK, threads=1)
    (clash,) = found.clashes
    assert clash.title == "Zone A"
    order = [cure.same_area for cure in clash.cures]
    assert order == sorted(order, reverse=True)
    assert all(cure.score is not None for cure in clash.cures)


def test_out_of_time_is_not_proven(monkeypatch):
    """A clash that only a search can show is not called impossible where there is no time."""
    world = secondaries_at_one_end()
    monkeypatch.setattr(ask, "optimise", SimpleNamespace(solve=lambda *_, **__: NOTHING))
    found = explanation_of(world.county, world.rulebook, threads=1)
    assert found.status == "not proven"
    assert found.clashes == ()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_without_time_only_what_is_counted_is_proven(case):
    """Impossible is said at once of what counting shows, and never of what a search would."""
    world = case()
    found = explanation_of(world.county, world.rulebook, time_limit=0.0, threads=1)
    counted = bool(find_clashes(world.county, world.rulebook))
    assert found.status == ("impossible" if counted else "not proven")
    assert all(clash.reason.proof == "counting" for clash in found.clashes)
    assert all(clash.cures == () for clash in found.clashes)
    assert any("time ran out before" in words for words in found.statements)


def test_a_proof_without_a_set_says_so(monkeypatch):
    """Proven by a search, and no time left to find which rules clash: both are said."""
    world = secondaries_at_one_end()
    proven = Answer("impossible", "search")
    monkeypatch.setattr(Asker, "can", lambda *_: proven)
    monkeypatch.setattr(explanation, "find_reason", lambda *_, **__: Answer("not proven"))
    found = explanation_of(world.county, world.rulebook, work=WORK, threads=1)
    assert found.status == "impossible"
    assert any("not settled" in words for words in found.statements)


def test_ctrl_c_keeps_what_was_found(monkeypatch):
    """The clash that was counted is told, and that the rest was stopped."""
    world = zone_too_small()
    stopped = replace(NOTHING, stopped_by="interrupted")
    calls = []
    monkeypatch.setattr(
        ask, "optimise", SimpleNamespace(solve=lambda *_, **__: calls.append(1) or stopped)
    )
    found = explanation_of(world.county, world.rulebook, work=WORK, threads=1)
    assert found.status == "impossible"
    assert len(found.clashes) == len(calls) == 1
    assert any("You stopped the search" in words for words in found.statements)


def test_frozen_clusters_are_no_part_of_a_clash():
    """A district of five, frozen as one cluster, is not asked for the size of the others."""
    world = zone_of_no_size()
    frozen = [world.rulebook.cluster(world.county.urns[:5])]
    found = explanation_of(world.county, world.rulebook, frozen=frozen, work=WORK, threads=1)
    assert found.status == "possible"
    assert sorted(u for c in found.plan.clusters for u in c.members) == list(world.county.urns)


def test_everything_frozen():
    """Nothing is left to decide: the plan is the frozen one."""
    world = zone_of_no_size()
    frozen = [
        world.rulebook.cluster(part) for part in (world.county.urns[:5], world.county.urns[5:])
    ]
    found = explanation_of(world.county, world.rulebook, frozen=frozen, work=WORK, threads=1)
    assert found.status == "possible"
    assert len(found.plan) == 2


def test_a_share_of_what_is_left():
    """A block may spend its part; what it leaves, and the rest, is there afterwards."""
    asker = Asker.within(100.0, work=1000)
    asker.budget.spend(200)
    with asker.share(0.5):
        assert asker.left == pytest.approx(0.4)
        asker.budget.spend(400)
        assert asker.left == pytest.approx(0.0)
        assert asker.best(*[None] * 2).status == "none found"
    assert asker.left == pytest.approx(0.4)


def test_an_unsettled_step_is_said(monkeypatch):
    """A demand of which it is not known whether it is needed stays, and is told as unsettled."""
    world = zone_too_small()
    monkeypatch.setattr(Asker, "_undivided", lambda *_: Answer("not proven"))
    reason = find_reason(
        Asker(), world.county, world.rulebook, [100001, 100002], ("size", "district")
    )
    assert reason.proof == "counting"
    assert not reason.irreducible
    assert {d.rule for d in reason.undecided} == {"size", "district"}


def test_the_words_are_a_planners():
    """No word of money, no gap; every demand and cure is said."""
    _, found = explained(zone_too_small)
    text = explanation_text(found)
    for word in ("cost", "price", "gap"):
        assert word not in text.lower()
    assert "It is proven that no plan meets the requirements." in text
    assert "A: 2 schools cannot be cut into clusters of 3 to 6." in text
    record = explanation_record(found, "km")
    assert record["status"] == "impossible"
    assert record["clashes"][0]["irreducible"]
    json.dumps(record, allow_nan=False)


def test_a_trust_is_allowed_one_cluster_more_before_the_wish_is_dropped():
    """Said with the trust's name; two clusters are enough, so no more is offered."""
    _world, found = explained(trust_larger_than_its_clusters)
    (clash,) = found.clashes
    assert "Oak Learning Trust sits in at most 1 cluster" in {
        demand.words for demand in clash.reason.demands
    }
    assert {cure.words for cure in clash.cures} == {
        "allow Oak Learning Trust to sit in 2 clusters",
        "allow clusters of up to 6 schools",
    }


def test_a_limit_on_a_trust_is_loosened_by_as_little_as_a_plan_can():
    """How many clusters it takes is for the plan to tell; those that are frozen are told too."""
    county = draw_county("p p p p p p", trust="T T T T . .")
    limit = MostClustersOfTrust("T", frozenset(county.urns[:4]), 1, "Oak Trust")
    rulebook = Rulebook((Size(1, 3),), county.travel, (limit,))
    (demand,) = [d for d in demands_of(rulebook, county) if d.rule == limit.name]
    (way,) = loosenings(demand, rulebook, county)
    plan = rulebook.plan([county.urns[:3], county.urns[3:]])
    assert loosening_words(way, plan, county) == "allow Oak Trust to sit in 2 clusters"
    rest = replace(rulebook, plan_rules=(replace(limit, elsewhere=1),))
    (way,) = loosenings(demand, rest, county)
    assert loosening_words(way, plan, county) == (
        "allow Oak Trust to sit in 2 clusters besides 1 frozen cluster"
    )


def test_a_limit_on_movers_is_said_in_words():
    """Schools leave their clusters; nobody has movers."""
    county = draw_county("p p p p")
    limit = MostMovers(dict.fromkeys(county.urns, "A"), 1)
    rulebook = Rulebook((), county.travel, (limit,))
    (demand,) = demands_of(rulebook, county)
    assert demand.words == "at most 1 school may leave the clusters of the earlier plan"


def test_what_only_a_search_has_proven_is_said_to_be_that():
    """No count is claimed, and every demand is still shown to be needed."""
    text = explanation_text(explained(star_of_no_size)[1])
    assert "## Zone A\n" in text
    assert "Counting does not show it, but the search proved that these cannot all be kept:" in text
    assert text.count("(without it, the others can be kept)") == 3


def test_a_part_of_a_zone_is_called_by_its_schools():
    """The zone is whole no more: which of its schools cannot be clustered is said."""
    _, found = explained(part_of_a_zone_too_small)
    assert [c.title for c in found.clashes] == ["Zone A, the part with School 1 and School 2"]


def test_zones_that_can_only_be_clustered_together_have_no_score_apart():
    """Two schools each, where a cluster has three at least: there is nothing to compare with."""
    county = draw_county("p s p s", district="A A B B")
    zones = Zones("district", county.layers["district"].zone_of, hard=True)
    rules = (Size(3, 4), TravelToHub(county.travel), zones)
    found = explanation_of(county, Rulebook(rules, county.travel), work=WORK, threads=1)
    assert len(found.clashes) == 2
    text = explanation_text(found)
    assert text.count("(score not comparable: ") == 2


def test_a_solvers_failure_is_said_and_proves_nothing(monkeypatch):
    """Neither impossible nor a matter of more time: what failed is named, once."""
    world = secondaries_at_one_end()
    failed = replace(NOTHING, stopped_by="solver failure", failure="HiGHS 1.16.0 answered: error")
    monkeypatch.setattr(ask, "optimise", SimpleNamespace(solve=lambda *_, **__: failed))
    found = explanation_of(world.county, world.rulebook, work=WORK, threads=1)
    assert (found.status, found.clashes) == ("not proven", ())
    assert found.failure == "HiGHS 1.16.0 answered: error"
    text = explanation_text(found)
    assert text.count("The solver failed during the search (HiGHS 1.16.0 answered: error).") == 1
    assert "it is not proven that there is none" in text
    assert ADVICE not in text
    assert explanation_record(found, "km")["failure"] == found.failure


def test_a_failure_takes_nothing_from_what_is_counted(monkeypatch):
    """The clash stands, and which of its rules are needed is left open."""
    world = zone_too_small()
    failed = replace(NOTHING, stopped_by="solver failure", failure="HiGHS 1.16.0 answered: error")
    monkeypatch.setattr(ask, "optimise", SimpleNamespace(solve=lambda *_, **__: failed))
    found = explanation_of(world.county, world.rulebook, work=WORK, threads=1)
    assert found.status == "impossible"
    assert any(
        "found and proven before the failure, or by other" in words for words in found.statements
    )


def test_time_is_blamed_only_where_it_ran_out(monkeypatch):
    """A search that finds nothing in its own time leaves the rest of it unspent."""
    world = secondaries_at_one_end()
    monkeypatch.setattr(ask, "optimise", SimpleNamespace(solve=lambda *_, **__: NOTHING))
    found = explanation_of(world.county, world.rulebook, threads=1)
    text = explanation_text(found)
    assert ADVICE in text
    assert "time allowed" not in text
    assert "time ran out" not in text
    assert "time limit" not in text


def test_what_is_asked_of_the_whole_plan_is_not_tried_on_a_part_of_it():
    """A change is enough for its district; whether the number then comes out is left open."""
    world = zone_too_small()
    number = replace(world.rulebook, plan_rules=(NumberOfClusters(2, 3),))
    found = explanation_of(world.county, number, work=WORK, threads=1)
    text = explanation_text(found)
    assert "a plan of the schools concerned was found" in text
    assert "asked of it as a whole (number of clusters)" in text
    assert "it was not tried" not in explanation_text(explained(zone_too_small)[1])


def test_a_plan_with_frozen_clusters_is_not_said_to_keep_every_rule():
    """A district of five where a cluster has four at most: frozen, it breaks that, as is said."""
    world = zone_of_no_size()
    frozen = [world.rulebook.cluster(world.county.urns[:5])]
    found = explanation_of(world.county, world.rulebook, frozen=frozen, work=WORK, threads=1)
    text = explanation_text(found)
    assert "1 cluster is frozen, so the proof covers only plans that keep it unchanged" in text
    assert text.startswith(
        "There is a plan that meets every requirement, apart from clusters frozen"
    )
    whole = [world.rulebook.cluster(world.county.urns[5:])]
    kept = explanation_of(world.county, world.rulebook, frozen=whole, work=WORK, threads=1)
    assert (kept.status, kept.aside) == ("impossible", False)
    assert "frozen as they were" not in explanation_text(kept)
