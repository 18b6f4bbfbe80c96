"""What a session says of a plan is what an audit, a comparison and a search say."""

import random

import pytest

from cluster_geo.audit import audit
from cluster_geo.compare.moves import find_moves
from cluster_geo.errors import InputError
from cluster_geo.scenario import rulebook_of
from cluster_geo.session import Adjust, Apart, Merge, Move, Together
from cluster_geo.session.tighter import only_tighter
from tests.oracle import best_plan


def requests(session, dice):
    """Draw requests, some of which break rules."""
    codes, urns = sorted(session.draft.clusters), session.county.urns
    pair = tuple(sorted(dice.sample(urns, 2)))
    yield Move(to={urn: dice.choice(codes) for urn in dice.sample(urns, dice.randint(1, 3))})
    yield Together(urns=pair)
    yield Apart(urns=pair)
    yield Adjust(settings={"clusters.size": dice.choice(["2:5", "2:4", "3:6"])})
    yield Adjust(settings={"boundaries.district.weight": dice.choice(["1.5", "3"])})
    if len(codes) > 2:
        yield Merge(code=codes[0], into=codes[1])


def places(broken):
    """Return where which rules are broken."""
    return {(one.code, one.rule) for one in broken}


@pytest.mark.parametrize("seed", range(12))
def test_a_live_plan_is_judged_as_an_audit_does(meeting, seed):
    """Score, broken requirements and movers, after every one of twenty steps."""
    dice = random.Random(seed)
    for _ in range(20):
        request = dice.choice(list(requests(meeting, dice)))
        try:
            found = meeting.preview(request)
        except InputError:
            continue
        before = meeting.judged
        meeting.accept(request)
        draft, scenario = meeting.draft, meeting.judge.scenario_of(meeting.draft)
        verdict = audit(meeting.judge.whole, rulebook_of(meeting.judge.whole, scenario), draft.plan)
        assert meeting.judged.score == pytest.approx(verdict.cost)
        assert len(meeting.judged.broken) == len(verdict.broken)
        assert found.change == pytest.approx(meeting.judged.score - before.score)
        then, now = places(before.broken), places(meeting.judged.broken)
        assert now - then <= places(found.broken) <= now
        assert then - now <= places(found.mended) <= then
        moved = find_moves(meeting.begun.draft.plan, draft.plan, meeting.county)
        assert list(meeting.summary.moved) == sorted(moved.index)
        for label, cluster in draft.clusters.items():
            assert verdict.by_cluster["hub_urn"][label] == cluster.hub


def test_a_ranking_puts_what_may_be_first(meeting):
    """Those that break nothing by their scores, then the others with the reason in words."""
    found = meeting.ranking(100_005)
    assert [one.request.to[100_005] for one in found] == ["C-1", "C-3"]
    assert not found[0].broken
    assert "is cut off" in found[1].broken[0].words


SETTINGS = [
    {"clusters.size": "2:4"},
    {"clusters.size": "3:6"},
    {"clusters.size": "1:5"},
    {"trusts.weight": "2"},
    {"trusts.weight": "0.1"},
    {"boundaries.district.weight": "4"},
    {"boundaries.district.rule": "hard"},
    {"boundaries.district.rule": "shown"},
    {"travel.weight": "2"},
    {"clusters.count": "3"},
    {"pins.together": "[[100004, 100005]]"},
    {"clusters.secondaries": "0"},
    {"travel.worst": "2"},
]


@pytest.mark.parametrize("settings", SETTINGS)
def test_a_proof_is_kept_only_where_it_holds(meeting, settings):
    """The best by the rules as they were is no more than the best by the changed ones."""
    judge = meeting.judge
    scenario = judge.read(settings)
    before = best_plan(judge.whole, rulebook_of(judge.whole, judge.scenario))
    after = best_plan(judge.whole, rulebook_of(judge.whole, scenario))
    if only_tighter(judge.scenario, scenario):
        assert after is None or after[0] >= before[0] - 1e-9
    looser = {"1:5", "3:6", "0.1", "hard", "shown", "3", "0"}
    assert only_tighter(judge.scenario, scenario) == (
        not looser.intersection(settings.values()) and "travel.worst" not in settings
    )


def test_the_certainty_of_a_draft(meeting):
    """It is a distance where a proof holds, and else the reason why none is stated."""
    judge = meeting.judge
    assert "no proof lies beside" in meeting.summary.certainty
    best, _ = best_plan(judge.whole, judge.rulebook_of(meeting.draft))
    judge.floor = best
    share = (meeting.judged.score - best) / meeting.judged.score
    assert share > 0.01
    assert "At most" in meeting.summary.certainty or "at most" in meeting.summary.certainty
    meeting.accept(Together(urns=(100_001, 100_002)))
    assert judge.bound_of(meeting.draft) == best
    meeting.accept(Adjust(settings={"clusters.size": "1:9"}))
    assert judge.bound_of(meeting.draft) is None
    assert "a setting was changed" in meeting.summary.certainty
    meeting.undo()
    meeting.accept(Move(to={100_001: "C-3"}))
    assert "breaks a requirement" in meeting.summary.certainty
