"""Pins of a scenario and of earlier meetings: what is decided last counts, and is said so."""

import pytest

from cluster_geo.scenario import load_county, read_scenario
from cluster_geo.session import Lock, Merge, Move, Session, Split

FIVE = 100_005


def finished_by(session, folder):
    """Finish; the scenario and the record read again, and find nothing broken."""
    session.finish(folder)
    scenario = read_scenario(folder / "scenario.toml")
    load_county(scenario)
    with Session.open(folder) as again:
        assert again.judged.broken == ()
        assert again.proposal.audit.broken == ()
        return again.draft, scenario


@pytest.mark.parametrize(
    "second",
    [
        [Move(to={FIVE: "C-2"})],
        [Split(urns=(FIVE,))],
        [Split(urns=(100_004, FIVE))],
        [Merge(code="C-1", into="C-2")],
        [Lock(code="C-1"), Move(to={100_008: "C-2"})],
        [Move(to={100_006: "C-1"}), Merge(code="C-3", into="C-2")],
    ],
)
def test_a_second_meeting_replaces_what_the_first_pinned(opened, tmp_path, second):
    """By any request; what is written can be read, and keeps its own pins."""
    with opened(overrides={"clusters.size": "1:9", "clusters.secondaries": "0"}) as session:
        session.accept(Move(to={FIVE: "C-1"}))
        finished_by(session, tmp_path / "one")
    with Session.open(tmp_path / "one") as session:
        for request in second:
            session.accept(request)
        assert session.judged.broken == ()
        draft, scenario = finished_by(session, tmp_path / "two")
    # Each is pinned once, to the cluster that it is in.
    pinned = [(urn, code) for code, urns in scenario.pins.fixed.items() for urn in urns]
    assert len({urn for urn, _ in pinned}) == len(pinned)
    assert all(draft.code_of[urn] == code for urn, code in pinned)


def test_a_planners_numbers_and_agreed_pins_are_one(opened, tmp_path):
    """A school that joins the cluster numbered 1 is pinned with those that were."""
    pins = {"pins.fixed": '{"1" = [100001, 100002], "2" = [100006]}', "clusters.size": "1:9"}
    with opened(overrides=pins) as session:
        session.accept(Move(to={FIVE: "C-1"}))
        session.accept(Lock(code="C-2"))
        _, scenario = finished_by(session, tmp_path / "after")
    assert scenario.pins.fixed["C-1"] == (100_001, 100_002, 100_003, FIVE)
    assert set(scenario.pins.fixed) == {"C-1", "C-2"}


def test_no_bound_is_stated_where_a_pin_was_taken_away(opened):
    """More plans are allowed then than the run has looked at."""
    with opened(overrides={"pins.fixed": '{"1" = [100005]}'}) as session:
        session.judge.floor = 1.0
        assert session.judge.bound_of(session.draft) == 1.0
        session.accept(Move(to={FIVE: "C-1"}))
        assert session.judge.bound_of(session.draft) is None
        assert "a pin was taken away" in session.summary.certainty
        session.accept(Move(to={FIVE: "C-2"}))
        assert session.judge.bound_of(session.draft) is None


def test_a_lock_leaves_an_earlier_freeze(opened, tmp_path, street):
    """What the scenario froze stays frozen; where it asks to stay close, that is not changed."""
    plan, _ = street
    frozen = {"reference.plan": plan, "reference.freeze_clusters": '["C-3"]'}
    with opened(overrides=frozen) as session:
        session.accept(Lock(code="C-1"))
        _, scenario = finished_by(session, tmp_path / "one")
    assert scenario.reference.freeze_clusters == ("C-1", "C-3")
    close = {"reference.plan": plan, "reference.weight": "2"}
    with opened(overrides=close) as session:
        session.accept(Lock(code="C-1"))
        _, scenario = finished_by(session, tmp_path / "two")
    assert scenario.reference.plan == plan
    assert scenario.reference.freeze_clusters == ()
    assert set(scenario.pins.fixed["C-1"]) == {100_001, 100_002, 100_003, 100_004}
