"""Why a school is where it is: its ties, and other clusters tried by solving again."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_geo.explain import Move, reasons_of, why_text
from cluster_geo.explain.nearby import Nearby
from cluster_geo.explain.why import _compared
from cluster_geo.optimise import Result
from cluster_geo.rules import (
    MostClustersOfTrust,
    OnePiece,
    Rulebook,
    Size,
    Together,
    TravelToHub,
    Zones,
)
from tests.worlds import draw_county

COUNTY = draw_county("p s p p s p", district="A A A B B B", federation="F . . . . F")
FIRST, THIRD, FOURTH = 100001, 100003, 100004


def rules(low=2, high=4):
    federations = Together(
        "federations", COUNTY.schools.grouped_by("federation_code"), 2.0, names=COUNTY.schools.names
    )
    parts = (
        Size(low, high),
        OnePiece(COUNTY.neighbours.graph, COUNTY.schools.names),
        TravelToHub(COUNTY.travel),
        Zones("district", COUNTY.layers["district"].zone_of, 1.5),
        federations,
    )
    return Rulebook(parts, COUNTY.travel)


def halves(rulebook):
    return rulebook.plan([COUNTY.urns[:3], COUNTY.urns[3:]])


def test_a_move_that_keeps_every_rule_costs_what_it_costs():
    """School 3 into the other half: one trip of 2 km for one of 1, and one school outside."""
    book = rules()
    found = reasons_of(COUNTY, book, halves(book), THIRD, time_limit=20, threads=1)
    assert (found.cluster, found.hub, found.travel) == ("C-01", 100002, 1.0)
    (move,) = found.moves
    assert move.breaks == ()
    assert move.moved == pytest.approx(book.cost(book.plan([COUNTY.urns[:2], COUNTY.urns[2:]])) - 6)
    assert move.change == pytest.approx(move.moved)
    assert move.resolved
    assert move.others == ()


def test_a_move_that_breaks_a_rule_is_mended_by_others():
    """Clusters of three exactly: where school 3 goes, another must come from."""
    book = rules(3, 3)
    found = reasons_of(COUNTY, book, halves(book), THIRD, time_limit=20, threads=1)
    (move,) = found.moves
    assert [words.partition(":")[0] for words in move.breaks] == ["Size of a cluster"] * 2
    assert move.change is None
    assert move.proven_impossible


def test_ties_are_named():
    """The federation it is torn from, and its district."""
    book = rules()
    found = reasons_of(COUNTY, book, halves(book), FIRST, time_limit=20, threads=1)
    assert set(found.ties) == {
        "District: in A, like most of the cluster",
        "Federation: without School 6 (100006)",
    }
    text = why_text(found, halves(book), COUNTY)
    assert "School 1 (100001) is in cluster C-01." in text
    assert "cost" not in text
    assert "price" not in text


def test_the_central_school_says_so():
    """The hub travels nowhere."""
    book = rules()
    plan = halves(book)
    text = why_text(reasons_of(COUNTY, book, plan, 100002, time_limit=20, threads=1), plan, COUNTY)
    assert "It is the central school of its cluster." in text


def test_a_move_that_puts_a_trust_into_one_cluster_too_many_says_so():
    """Schools 1 to 3 are of a trust that may sit in one cluster: moving the third breaks that."""
    limit = MostClustersOfTrust("T", frozenset(COUNTY.urns[:3]), 1, "Oak Trust")
    book = replace(rules(), plan_rules=(limit,))
    found = reasons_of(COUNTY, book, halves(book), THIRD, time_limit=20, threads=1)
    (move,) = found.moves
    assert move.breaks == ("Clusters of Oak Trust: 2 (must be at most 1)",)
    assert move.change is None
    assert move.proven_impossible


def test_a_plan_that_was_not_the_best_is_told():
    """School 4 is outside its district; without any lock the halves would be better."""
    book = rules()
    plan = book.plan([COUNTY.urns[:4], COUNTY.urns[4:]])
    found = reasons_of(COUNTY, book, plan, FOURTH, time_limit=20, threads=1)
    assert "District: in B, most of the cluster is in A" in found.ties
    saved = book.cost(plan) - book.cost(halves(book))
    assert found.improvable == pytest.approx(saved)
    text = why_text(found, plan, COUNTY)
    assert f"without the pin lowers the score by {saved:.1f}" in text
    (move,) = found.moves
    assert move.moved == pytest.approx(-saved)
    assert f"moving only this school changes the score by {-saved:+.1f}" in text


def test_out_of_time_is_not_said_to_be_impossible():
    """Where the search with the lock found nothing and proved nothing, both are said."""
    book = rules(3, 3)
    found = reasons_of(COUNTY, book, halves(book), THIRD, time_limit=20, threads=1)
    late = replace(found, moves=tuple(replace(m, proven_impossible=False) for m in found.moves))
    assert "proven" in why_text(found, halves(book), COUNTY)
    text = why_text(late, halves(book), COUNTY)
    assert "no plan for the nearby clusters was found in the time allowed" in text
    assert "proven" not in text


SCORES = st.floats(1, 1000)


@given(SCORES, SCORES, st.floats(0, 200), st.floats(0, 200), st.booleans(), st.booleans())
def test_a_change_is_resolved_only_where_it_is_proven(best, more, beyond, beside, known, bounded):
    """The lock takes plans away; whatever the searches found, a resolved change is a true rise."""
    plan = halves(rules())
    true = {"free": best, "locked": best + more * (more > 500)}
    base = Result("feasible", "time limit", plan, true["free"] + beside, None, 1.0, 1)
    base = replace(base, bound=best if bounded else best - 3.0)
    locked = Result("feasible", "time limit", plan, true["locked"] + beyond, None, 1.0, 1)
    locked = replace(locked, bound=true["locked"] - 2.0 if known else None)
    move = _compared(Move("C-02", 1.0, (), 0.0), locked, base, THIRD)
    if move.resolved:
        assert true["locked"] > true["free"]
    if move.distance is not None and locked.cost >= base.cost:
        assert locked.cost - move.distance <= true["locked"] + 1e-9


def test_a_solvers_failure_is_told_with_the_school(monkeypatch):
    """Both searches failed: no change is told, and it is not said to be impossible."""
    book = rules()
    none = Result("none found", "solver failure", None, None, None, 1.0, 1, failure="HiGHS: no")
    monkeypatch.setattr(Nearby, "solve", lambda *_, **__: none)
    found = reasons_of(COUNTY, book, halves(book), THIRD, time_limit=20, threads=1)
    text = why_text(found, halves(book), COUNTY)
    assert (
        "pinned there: no plan for the nearby clusters was found, because the solver failed" in text
    )
    assert text.count("The solver failed during the search (HiGHS: no).") == 1
    assert "it is proven" not in text


def test_without_anything_to_compare_with_no_change_is_told(monkeypatch):
    """A plan with the lock was found, and none without it: that none was found is not said."""
    book = rules()
    plan = halves(book)
    none = Result("none found", "time limit", None, None, None, 1.0, 1)
    some = Result("feasible", "time limit", plan, 12.0, 1.0, 1.0, 1)
    monkeypatch.setattr(
        Nearby, "solve", lambda _, rulebook, **__: none if rulebook is book else some
    )
    text = why_text(reasons_of(COUNTY, book, plan, THIRD, time_limit=20, threads=1), plan, COUNTY)
    assert "a plan was found, but none without the pin to compare it with" in text


def test_a_distance_is_rounded_up():
    """What is "up to" stays true: 3.01 is not said to be 3.0."""
    book = rules()
    plan = halves(book)
    found = reasons_of(COUNTY, book, plan, THIRD, time_limit=20, threads=1)
    (move,) = found.moves
    unsure = replace(found, moves=(replace(move, distance=move.change + 3.01),))
    known = f"up to {math.ceil(10 * (move.change + 3.01)) / 10:.1f}"
    assert f"unresolved: the distance from the best possible is {known}" in why_text(
        unsure, plan, COUNTY
    )
    unknown = replace(found, moves=(replace(move, distance=None),))
    assert "the distance from the best possible is not known" in why_text(unknown, plan, COUNTY)
