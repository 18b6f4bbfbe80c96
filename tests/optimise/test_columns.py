"""The one door to the master: what enters keeps the rules and costs what the rules say."""

from __future__ import annotations

import numpy as np
import pytest

from cluster_geo.optimise import solve
from cluster_geo.optimise.columns import Charges, Column, Columns, atoms_in
from cluster_geo.optimise.problem import Problem
from cluster_geo.rules import Apart, OnePiece, Rulebook, Size, Together, TravelToHub
from tests.books import random_rulebook
from tests.judgement import judged
from tests.worlds import FIRST_URN, draw_county, random_county


@pytest.mark.parametrize("seed", [3, 8, 11])
def test_every_column_met_in_a_run_costs_what_the_rules_say(seed, monkeypatch):
    """In a whole solve no column enters that a rule refuses or prices otherwise."""
    county = random_county(seed, 24)
    priced = [rule for rule in random_rulebook(county, seed).rules if not rule.hard]
    rules = (*priced, Size(2, 6), OnePiece(county.neighbours.graph))
    rulebook = Rulebook(rules, county.travel)
    met, admit = [], Columns.admit

    def watched(self, sets):
        new = admit(self, sets)
        met.extend((self, column) for column in new)
        return new

    monkeypatch.setattr(Columns, "admit", watched)
    solve(county, rulebook, work=5_000, threads=1)
    arrays = Problem.of(county, rulebook, ()).arrays
    assert len(met) > 40
    for _, column in met:
        assert rulebook.admits(column.cluster)
        assert column.cluster == rulebook.cluster(column.cluster.members)
        assert column.cost == pytest.approx(rulebook.price(column.cluster))
        assert judged(arrays, column.atoms)[1] == pytest.approx(column.cost, abs=1e-7)


def door(*rules):
    """Return the door of a row of five schools under some rules, and its county."""
    county = draw_county("ppppp")
    rulebook = Rulebook(
        (Size(1, 3), OnePiece(county.neighbours.graph), TravelToHub(county.travel), *rules),
        county.travel,
    )
    return Columns(rulebook, Problem.of(county, rulebook, ()).atoms)


def test_a_column_that_breaks_a_rule_cannot_enter():
    """Too many schools, two pieces, schools to be kept apart: all refused at the door."""
    columns = door(Apart((frozenset({FIRST_URN, FIRST_URN + 1}),)))
    assert columns.admit([(0, 1, 2, 3), (1, 3), (0, 1)]) == []
    assert columns.admitted == []
    assert [c.atoms for c in columns.admit([(1, 2)])] == [(1, 2)]


def test_a_column_enters_once():
    """What was met before is not looked at again, admitted or refused."""
    columns = door()
    assert len(columns.admit([(0, 1), (0, 1)])) == 1
    assert columns.admit([(0, 1)]) == []
    assert len(columns) == 1


def test_atoms_of_a_set_of_schools():
    """A set that splits tied schools, or has a stranger, is no set of atoms."""
    tied = frozenset({FIRST_URN + 1, FIRST_URN + 2})
    columns = door(Together("pairs", {"P": tied}, hard=True))
    assert columns.atoms_of([FIRST_URN + 1, FIRST_URN + 2, FIRST_URN]) == (0, 1)
    assert columns.atoms_of([FIRST_URN + 1]) is None
    assert columns.atoms_of([FIRST_URN, 42]) is None


def test_rows_end_at_minus_one():
    """Compiled code hands over sets of atoms as rows."""
    assert atoms_in(np.array([[3, 1, -1], [2, -1, -1]])) == [(1, 3), (2,)]


def test_charges_follow_columns_as_they_come():
    """What a loop over the columns would add up, also once there are more of them."""
    rng = np.random.default_rng(3)
    columns = [
        Column(tuple(sorted(rng.choice(9, size, replace=False).tolist())), None, cost, (1.0, cost))
        for size, cost in zip(rng.integers(1, 6, 40).tolist(), rng.random(40).tolist(), strict=True)
    ]
    charges, plan = Charges(), np.array([0.5, -2.0])
    for number in (0, 7, 7, 40):
        atoms = rng.normal(size=9)
        expected = [
            c.cost - sum(atoms[a] for a in c.atoms) - np.dot(c.coefficients, plan)
            for c in columns[:number]
        ]
        assert charges.reduced(columns[:number], atoms, plan) == pytest.approx(expected)
