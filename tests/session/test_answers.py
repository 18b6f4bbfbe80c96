"""The clusters around a request, against every plan that there is."""

import random

import pytest

from cluster_geo.plan import Plan, movers
from cluster_geo.rules import MostMovers
from cluster_geo.session import Apart, Lock, Merge, Move, Split, Together
from cluster_geo.session.answers import (
    NONE,
    NONE_NEARBY,
    answers_for,
    better_plan,
)
from cluster_geo.session.changes import changed
from cluster_geo.session.wish import Wish
from tests.cli.street import write_plan
from tests.oracle import all_plans

ALL = (1_000_000,)
WORK = 20_000


def every_plan(wish):
    """Yield the other movers and the score of every plan that keeps what was asked."""
    movers = MostMovers(wish.draft.code_of, 0)
    for clusters, cost in all_plans(wish.judge.whole, wish.rulebook):
        sums = wish.rulebook.sums(clusters)
        locked = {wish.draft.clusters[code].members for code in wish.draft.locked}
        if all(found.kept for found in sums) and locked <= {c.members for c in clusters}:
            yield round(sum(map(movers.coefficient, clusters))), cost


REQUESTS = [
    Move(to={100_005: "C-1"}),
    Move(to={100_005: "C-3"}),
    Move(to={100_004: "C-2", 100_005: "C-1"}),
    Move(to={100_001: "C-2"}),
    Together(urns=(100_004, 100_005)),
    Apart(urns=(100_001, 100_002)),
    Together(urns=(100_007, 100_008)),
]


@pytest.mark.parametrize("request_", REQUESTS)
@pytest.mark.parametrize("locked", ["", "C-1", "C-3"])
def test_answers_are_the_best_of_all_plans(meeting, request_, locked):
    """The fewest other movers, the best score with so few, and the best of all."""
    if locked:
        meeting.accept(Lock(code=locked))
        if locked in getattr(request_, "to", {}).values():
            return
    if isinstance(request_, Move) and locked in {meeting.draft.code_of[u] for u in request_.to}:
        return
    begun = meeting.judged.score
    wish = Wish.of(meeting.draft, meeting.judge, request_)
    plans = sorted(every_plan(wish))
    found = answers_for(meeting.draft, meeting.judge, request_, work=WORK, freed=ALL)
    held_up = [one for one in wish.after.broken if one.code in meeting.draft.locked]
    if held_up or not plans:
        assert found.found == ()
        assert "is locked, and would break" in found.words if held_up else found.words == NONE
        return
    answers = found.found
    assert answers[-1].change == pytest.approx(min(cost for _, cost in plans) - begun)
    assert all(answer.best for answer in answers)
    fewest, cheapest = plans[0]
    assert answers[0].change == pytest.approx(cheapest - begun)
    movers = MostMovers(wish.draft.code_of, 0)
    for answer in answers:
        for request in answer.requests:
            meeting.accept(request)
        assert meeting.judged.broken == ()
        assert meeting.judged.score - begun == pytest.approx(answer.change)
        if answer is answers[0]:
            assert sum(map(movers.coefficient, meeting.draft.plan.clusters)) == fewest
        for _ in answer.requests:
            meeting.undo()


def test_more_clusters_are_freed_where_a_few_do_not_do(meeting):
    """With the two that change alone there is no plan; with the third there is."""
    request = Move(to={100_005: "C-1", 100_004: "C-1", 100_008: "C-2"})
    near = answers_for(meeting.draft, meeting.judge, request, work=WORK, freed=(2,))
    more = answers_for(meeting.draft, meeting.judge, request, work=WORK, freed=(2, 3))
    assert near.found or near.words == NONE_NEARBY.format("2 clusters")
    assert more.found


def test_a_merge_is_fitted(meeting):
    """Of seven schools, where five are the most: others take two of them."""
    found = answers_for(meeting.draft, meeting.judge, Merge(code="C-2", into="C-1"), work=WORK)
    assert found.found
    for request in found.found[0].requests:
        meeting.accept(request)
    assert meeting.judged.broken == ()
    assert set(meeting.draft.clusters) == {"C-1", "C-3"}


def test_a_better_plan_moves_no_more_than_allowed(meeting):
    """None with no movers; with some, a lower score, and no locked cluster changes."""
    assert better_plan(meeting.draft, meeting.judge, most_movers=0, work=WORK).found == ()
    (answer,) = better_plan(meeting.draft, meeting.judge, most_movers=9, work=WORK).found
    assert answer.change < 0
    begun = meeting.judged.score
    meeting.accept(*answer.requests)
    assert meeting.judged.score == pytest.approx(begun + answer.change)


def test_a_school_in_no_cluster_is_placed(opened, street):
    """It has a place in every answer, and does not count as one that moves."""
    plan, _ = street
    plan.write_text(plan.read_text().replace("100005,C-2\n", ""))
    with opened() as session:
        found = answers_for(session.draft, session.judge, Lock(code="C-3"), work=WORK)
        assert found.found
        assert 100_005 in found.found[0].others
        for request in found.found[0].requests:
            session.accept(request)
        assert session.judged.broken == ()
        session.undo()
        assert better_plan(session.draft, session.judge, most_movers=3, work=WORK).found


@pytest.mark.parametrize("request_", [None, Move(to={100_005: "C-1"})])
def test_a_plan_is_reached_and_no_code_is_used_for_another_place(meeting, request_):
    """By its requests; who has moved by code is who has moved by the match of both plans."""
    dice, splits = random.Random(1), 0
    wish = Wish.of(meeting.draft, meeting.judge, request_)
    asked = {*getattr(request_, "to", {})} | {*wish.anchors.values()}
    for _ in range(300):
        of = {urn: 0 if urn in asked else dice.randrange(4) for urn in wish.judge.whole.urns}
        groups = [[urn for urn in of if of[urn] == k] for k in sorted(set(of.values()))]
        plan = Plan.of(wish.rulebook.cluster(group) for group in groups)
        draft = meeting.draft
        for request in wish.requests(plan):
            draft = changed(draft, request, meeting.judge)
            splits += isinstance(request, Split)
        assert {c.members for c in draft.plan.clusters} == {c.members for c in plan.clusters}
        for code in draft.clusters.keys() & meeting.draft.clusters.keys():
            stayed = {*draft.clusters[code].members} & {*meeting.draft.clusters[code].members}
            assert stayed or code in getattr(request_, "to", {}).values()
        if request_ is None:
            assert draft.moved_from(meeting.draft) == movers(meeting.draft.plan, draft.plan)
    assert splits


@pytest.mark.parametrize("most", range(1, 7))
@pytest.mark.parametrize(
    "sizes", [("12", "3456", "789"), ("1234", "56", "789"), ("159", "2367", "48")]
)
def test_no_more_move_than_is_allowed(opened, street, sizes, most):
    """Counted by code, as they are counted afterwards."""
    plan, _ = street
    write_plan(plan, *sizes)
    with plan.open("a") as stream:
        stream.write("100010,C-3\n")
    with opened() as session:
        found = better_plan(session.draft, session.judge, most_movers=most, work=WORK).found
        for answer in found:
            assert len(answer.others) <= most
            begun = session.draft
            for request in answer.requests:
                session.accept(request)
            assert session.draft.moved_from(begun) == answer.others
