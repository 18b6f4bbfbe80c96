"""The integer master: when a programme over the columns is worth another try."""

from __future__ import annotations

import pytest

from cluster_geo.optimise import IntegerParams
from cluster_geo.optimise.budget import Budget
from cluster_geo.optimise.integer import IntegerMaster
from cluster_geo.optimise.problem import Problem
from cluster_geo.optimise.standing import Standing
from tests.solving import book, line


@pytest.mark.parametrize("nearer", [0.0, 0.5, 1.0])
def test_what_was_in_vain_is_tried_again_once_plan_or_bound_has_changed(nearer):
    """Not for the same plan at nearly the same distance: it would reach its limit again."""
    county = line(4)
    problem = Problem.of(county, book(county), ())
    params = IntegerParams(nearer=nearer)
    master = IntegerMaster(Standing(problem, Budget(None), 1e-4, 0), params)
    assert master._promising(100.0, 8.0)
    master._in_vain = 100.0, 8.0
    assert master._promising(99.0, 8.0)
    assert not master._promising(100.0, 8.0)
    assert master._promising(100.0, 7.9 * nearer) == (nearer > 0.0)
    assert not master._promising(100.0, 8.0 * nearer)
