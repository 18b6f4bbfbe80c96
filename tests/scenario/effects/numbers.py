"""Settings of `srp` and `balance.NAME`: what each cluster has its share of."""

from __future__ import annotations

import pytest

from tests.scenario.effects.table import sets
from tests.scenario.effects.town import AT, EHCP, PUPILS, Town, strengths


@sets("srp.rule")
def srp_rule(town: Town) -> None:
    """A cluster without an SRP is refused, charged or shown; one with it is none of these."""
    strengths(town, "srp", "srp", (1, 2, 3), 5.0)
    assert town.verdict("srp", 1, 2, 8, srp__rule="hard").kept


@sets("srp.weight")
def srp_weight(town: Town) -> None:
    """A cluster without an SRP costs so much, however large it is."""
    weighed = {"srp__rule": "priced", "srp__weight": 2.75}
    assert town.verdict("srp", 1, 2, 3, 5, **weighed).price == 2.75
    assert town.verdict("srp", 1, **weighed).price == 2.75
    assert town.verdict("srp", 7, 8, **weighed).price == 0


def off(values: dict[int, int], base: dict[int, int], *places: int) -> float:
    """How far the sum over some places is from their share of the whole town's."""
    rate = sum(values.values()) / sum(base.values())
    return abs(sum(values[k] for k in places) - rate * sum(base[k] for k in places))


ONES = dict.fromkeys(AT, 1)
PLANS = {"balance__plans__column": "ehcp"}


@sets("balance.*.column")
def column(town: Town) -> None:
    """It is the column named that is spread, over the schools."""
    for asked, values in (("ehcp", EHCP), ("pupils", PUPILS)):
        for places in ((1, 2), (4, 7, 8)):
            found = town.verdict("balance.own", *places, balance__own__column=asked)
            assert found.count == pytest.approx(off(values, ONES, *places))
            assert found.price == pytest.approx(0.01 * off(values, ONES, *places))


@sets("balance.*.base")
def base(town: Town) -> None:
    """A cluster's share is by its schools, or by its sum of another column."""
    for asked, values in (("schools", ONES), ("pupils", PUPILS)):
        for places in ((1, 2), (4, 7, 8)):
            found = town.verdict("balance.plans", *places, balance__plans__base=asked, **PLANS)
            assert found.count == pytest.approx(off(EHCP, values, *places))


@sets("balance.*.weight")
def weight(town: Town) -> None:
    """Each unit too many, or too few, costs so much."""
    few, many = off(EHCP, ONES, 1, 3), off(EHCP, ONES, 2, 4)
    assert sum(EHCP[k] for k in (1, 3)) < 2 * sum(EHCP.values()) / 8 < EHCP[2] + EHCP[4]
    for places, units in (((1, 3), few), ((2, 4), many)):
        found = town.verdict("balance.plans", *places, balance__plans__weight=0.5, **PLANS)
        assert found.price == pytest.approx(0.5 * units)
