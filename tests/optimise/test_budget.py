"""Time and work: how much is left, and of what."""

from __future__ import annotations

import time

import pytest

from cluster_geo.optimise.budget import LATE, Budget


def test_work_alone_decides_where_it_is_given():
    """With a limit of work the clock is not looked at."""
    budget = Budget(0.0, 100)
    assert not budget.timed
    assert budget.left() == 1.0
    assert budget.seconds_left() is None
    budget.spend(40)
    assert budget.left() == pytest.approx(0.6)
    budget.spend(60)
    assert budget.spent
    assert budget.done == 100


def test_no_time_is_spent_at_once():
    """A limit of no seconds leaves none."""
    budget = Budget(0.0)
    assert budget.timed
    assert budget.spent
    assert budget.seconds_left() == 0.0


def test_time_runs():
    """Of a long limit nearly all is left, and time goes one way."""
    budget = Budget(1000.0)
    before = budget.elapsed
    assert 0.5 < budget.left() <= 1.0
    assert budget.elapsed >= before
    assert budget.seconds_left() <= 1000.0
    budget.spend(10**9)
    assert not budget.spent


def test_without_a_limit_nothing_runs_out():
    """No seconds given and no work: all is left, always."""
    budget = Budget(None)
    budget.spend(10**9)
    assert budget.left() == 1.0
    assert budget.seconds_left() is None


def test_late_is_after_the_limit_and_a_moment_of_grace():
    """What is nearly done may be finished; by work, and without a limit, it is never late."""
    now = time.monotonic()
    assert not Budget(0.0, _began=now).late
    assert Budget(0.0, _began=now - 2.0 * LATE).late
    assert not Budget(1000.0, _began=now - 2.0 * LATE).late
    assert not Budget(0.0, 100, _began=now - 2.0 * LATE).late
    assert not Budget(None, _began=now - 2.0 * LATE).late
