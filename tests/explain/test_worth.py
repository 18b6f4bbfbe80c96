"""What each rule is worth: dials turned on a drawn county whose best plans are known."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import combinations
from types import SimpleNamespace

import pytest

from cluster_geo import optimise
from cluster_geo.explain import ask, fewest_clusters, trusts_apart, worth
from cluster_geo.explain.change import between, resolved
from cluster_geo.explain.dials import dials_of
from cluster_geo.explain.worth import best_known
from cluster_geo.rules import (
    Apart,
    MostClustersOfTrust,
    NumberOfClusters,
    OnePiece,
    Phases,
    Rulebook,
    Size,
    TravelToHub,
    Trusts,
    Zones,
    srp_coverage,
)
from tests.oracle import best_plan
from tests.worlds import draw_county

COUNTY = draw_county(
    "p s P p p s p p",
    district="A A A A B B B B",
    trust="T . . T T . . T",
)


def rules(*, trust_price=3.0, number=None):
    schools = COUNTY.schools
    parts = (
        Size(2, 5),
        Phases(schools.primaries, schools.secondaries),
        OnePiece(COUNTY.neighbours.graph, schools.names),
        TravelToHub(COUNTY.travel),
        Zones("district", COUNTY.layers["district"].zone_of, 1.5),
        srp_coverage(schools.where("srp"), 0.5),
        Trusts(schools.grouped_by("trust_uid"), trust_price, {"T": "Trust T"}),
    )
    plan_rules = () if number is None else (NumberOfClusters(number, number),)
    return Rulebook(parts, COUNTY.travel, plan_rules)


@pytest.fixture(scope="module")
def found():
    """Every dial of the drawn county, solved to the end."""
    return worth(COUNTY, rules(), time_limit=20, threads=1)


def test_every_dial_finds_what_brute_force_finds(found):
    """Eight schools are few enough to try every plan under every turned rulebook."""
    book = rules()
    assert found.base.cost == pytest.approx(best_plan(COUNTY, book)[0])
    dials = {dial.words: dial for dial in dials_of(book, COUNTY)}
    assert set(found.table["words"]) == set(dials)
    for row in found.table.itertuples():
        best = best_plan(COUNTY, dials[row.words].rulebook)
        if best is None:
            assert row.found == "impossible"
        else:
            plan = found.plans[row.words]
            assert dials[row.words].rulebook.cost(plan) == pytest.approx(best[0], abs=1e-6)


def test_each_rule_is_turned_the_ways_it_can_be():
    """Weighed: left out, and hard; hard: given up; sizes: three other ranges."""
    turns = {}
    for dial in dials_of(rules(number=2), COUNTY):
        turns.setdefault(dial.rule, []).append(dial.turn)
    assert turns == {
        "size": ["6:10", "7:12", "8:14", "10:16"],
        "phases": ["relaxed"],
        "district": ["relaxed", "tightened"],
        "srp": ["relaxed", "tightened"],
        "trusts": ["relaxed", "tightened"],
        "number of clusters": ["relaxed"],
    }


def test_a_tighter_rule_never_scores_less(found):
    """Boundaries without exception: what is left to charge cannot fall, once proven."""
    row = found.table.set_index("words").loc[
        "“Clusters follow the boundaries: District” met without exception"
    ]
    assert row["found"] in {"higher", "no difference", "unresolved"}
    assert row["score_change"] >= -1e-6
    assert row["outside_district"] == 0


def test_what_brute_force_knows_lies_between(found):
    """Eight schools: the true change is within what is said to be proven, and is resolved."""
    book = rules()
    best = best_plan(COUNTY, book)[0]
    dials = {dial.words: dial for dial in dials_of(book, COUNTY)}
    for row in found.table[found.table["found"] != "impossible"].itertuples():
        true = best_plan(COUNTY, dials[row.words].rulebook)[0]
        if row.rule not in {"district", "srp", "trusts"}:
            # A rule that is not weighed: the rest of the score is all of it.
            assert row.change_least - 1e-6 <= true - best <= row.change_most + 1e-6
        assert row.change_least <= row.score_change + 1e-6
        assert row.change_most >= row.score_change - 1e-6
        assert row.found != "unresolved"


@pytest.mark.parametrize(
    ("least", "most", "found"),
    [
        (0.6, 3.0, "higher"),
        (-3.0, -0.6, "lower"),
        (-0.5, 0.5, "no difference"),
        (0.0, 0.0, "no difference"),
        (0.0, 3.0, "unresolved"),
        (-3.0, 3.0, "unresolved"),
        (-math.inf, -0.6, "lower"),
        (-math.inf, 0.0, "unresolved"),
    ],
)
def test_what_is_proven_is_told_from_what_is_not_known(least, most, found):
    """No difference is a finding of its own: both ends are too small to matter."""
    assert resolved(least, most, 0.5) == found


def test_a_better_plan_met_on_the_way_is_no_contradiction(district_dial):
    """Where what is proven of both plans crosses what a tighter rule says, it stays as it is."""
    tighter = replace(district_dial, tighter=True, looser=False)
    assert between(-5.0, 1.0, 2.0, tighter) == (-6.0, -3.0)
    assert between(1.0, 3.0, 2.0, tighter) == (0.0, 3.0)
    assert between(1.0, None, None, tighter) == (0.0, math.inf)


@pytest.fixture
def district_dial():
    return next(dial for dial in dials_of(rules(), COUNTY) if dial.rule == "district")


def test_the_fewest_clusters_of_a_trust():
    """Four schools over seven km: by the longest trip, by size, and by what one piece spans."""
    schools = sorted(COUNTY.schools.grouped_by("trust_uid")["T"])
    loose = Rulebook((Size(2, 5),), COUNTY.travel)
    assert fewest_clusters(schools, COUNTY, loose, 10.0) == 1
    assert fewest_clusters(schools, COUNTY, loose, 2.0) == 2
    tight = Rulebook((Size(2, 3),), COUNTY.travel)
    assert fewest_clusters(schools, COUNTY, tight, 10.0) == 2
    assert fewest_clusters(schools, COUNTY, rules(), 10.0) == 2


def test_a_trust_in_one_cluster_fewer():
    """Three clusters hold the trust; what two would do to the score is solved for."""
    book = rules(trust_price=0.1)
    plan = book.plan([COUNTY.urns[:2], COUNTY.urns[2:6], COUNTY.urns[6:]])
    book = Rulebook(
        tuple(r for r in book.rules if r.name != "phases"), book.travel, book.plan_rules
    )
    table = trusts_apart(COUNTY, book, plan, time_limit=20, threads=1)
    row = table.loc["T"]
    assert (row["schools"], row["clusters"], row["fewest"]) == (4, 3, 2)
    assert row["found"] == "found"
    assert row["score_change"] >= -1e-6


def test_a_better_plan_met_by_a_turned_search_is_what_all_are_compared_with(found):
    """It keeps the rules as they were, so it is the best known by them; a looser bound holds too."""
    book = rules()
    worse = book.plan([COUNTY.urns[:5], COUNTY.urns[5:]])
    poor = replace(found.base, plan=worse, cost=book.cost(worse), bound=None)
    relaxed = next(dial for dial in dials_of(book, COUNTY) if dial.looser)
    met = replace(found.base, bound=1.0)
    best = best_known(poor, [(relaxed, met), (relaxed, None)], book, set())
    assert best.cost == pytest.approx(found.base.cost)
    assert best.plan.code_of == found.base.plan.code_of
    assert best.bound == 1.0
    assert book.cost(worse) > found.base.cost


def test_a_limit_on_a_trust_is_turned_both_ways():
    """Left free, one cluster fewer and one more; each says what it does to the score at least."""
    limit = MostClustersOfTrust("T", COUNTY.schools.grouped_by("trust_uid")["T"], 2, "Oak Trust")
    book = replace(rules(), plan_rules=(limit,))
    dials = {d.turn: d for d in dials_of(book, COUNTY) if d.rule == limit.name}
    assert {turn: dial.words for turn, dial in dials.items()} == {
        "relaxed": "“Clusters of Oak Trust” given up",
        "at most 1": "Oak Trust in at most 1 cluster",
        "at most 3": "Oak Trust in at most 3 clusters",
    }
    assert [d.tighter for d in dials.values()] == [False, True, False]
    assert [d.looser for d in dials.values()] == [True, False, True]
    assert [d.rulebook.plan_rules[0].most for d in list(dials.values())[1:]] == [1, 3]


def test_a_trust_is_priced_also_where_it_is_limited_already():
    """One cluster fewer than it sits in is asked besides what the scenario asks."""
    trust = COUNTY.schools.grouped_by("trust_uid")["T"]
    book = rules(trust_price=0.1)
    book = replace(
        book,
        rules=tuple(r for r in book.rules if r.name != "phases"),
        plan_rules=(MostClustersOfTrust("T", trust, 3),),
    )
    plan = book.plan([COUNTY.urns[:2], COUNTY.urns[2:6], COUNTY.urns[6:]])
    table = trusts_apart(COUNTY, book, plan, time_limit=20, threads=1)
    assert table.loc["T", "found"] == "found"


def test_ctrl_c_keeps_what_was_turned_by_then(monkeypatch):
    """Stopped in the third search, the first two turns are told, and that one as far as it came."""
    solve, calls = optimise.solve, []

    def until_stopped(*arguments, **options):
        calls.append(arguments)
        result = solve(*arguments, **options)
        return replace(result, stopped_by="interrupted") if len(calls) == 3 else result

    monkeypatch.setattr(ask, "optimise", SimpleNamespace(solve=until_stopped))
    stopped = worth(COUNTY, rules(), time_limit=20, threads=1)
    assert len(calls) == 3
    assert stopped.base.plan is not None
    dials = [dial.words for dial in dials_of(rules(), COUNTY)]
    assert stopped.table["words"].tolist() == dials[: len(stopped.table)]
    assert 2 <= len(stopped.table) < len(dials)


def test_trusts_that_nobody_asks_for_are_counted_only():
    """Their rows say so; a trust that is in the fewest clusters already needs no search."""
    book = rules()
    apart = book.plan([COUNTY.urns[:2], COUNTY.urns[2:6], COUNTY.urns[6:]])
    row = trusts_apart(COUNTY, book, apart, only=()).loc["T"]
    assert (row["clusters"], row["found"]) == (3, "not tried")
    fewest = book.plan([COUNTY.urns[:5], COUNTY.urns[5:]])
    row = trusts_apart(COUNTY, book, fewest, time_limit=20, threads=1).loc["T"]
    assert (row["clusters"], row["fewest"], row["found"]) == (2, 2, "fewest already")
    assert math.isnan(row["score_change"])


def test_a_trust_that_cannot_be_in_fewer_clusters():
    """Its schools are pinned apart, each from each: that there is no way is proven."""
    book = rules()
    schools = COUNTY.schools.grouped_by("trust_uid")["T"]
    apart = replace(
        book, rules=(*book.rules, Apart(tuple(map(frozenset, combinations(schools, 2)))))
    )
    plan = book.plan([COUNTY.urns[:2], COUNTY.urns[2:4], COUNTY.urns[4:6], COUNTY.urns[6:]])
    row = trusts_apart(COUNTY, apart, plan, time_limit=20, threads=1).loc["T"]
    assert row["found"] == "impossible nearby"
