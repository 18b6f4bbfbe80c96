"""Shares of a pot: by hand, against plain sums over small worlds, and to the penny."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cluster_geo.funding import LastYear, Protection, Term, facts_of, sensitivity, share_out
from cluster_geo.funding.shares import least, most
from tests.funding.drawn import (
    EHCP,
    FIFTH,
    FOUR,
    FSM,
    GROUPS,
    PROTECTED,
    URNS,
    drawn,
    plan_of,
    pot,
    rate,
    share,
)

PUPILS = {urn: 200 + 10 * k for k, urn in enumerate(URNS)}


@pytest.fixture(scope="module")
def county():
    return drawn()


@pytest.fixture(scope="module")
def plan():
    return plan_of()


def shared(pot, plan, county, last=None):
    return share_out(pot, facts_of(pot, plan, county, last))


def test_one_cluster_by_hand(county, plan):
    """A million: 20 % by cluster, 40 % by pupils, 30 % by plans, 10 % by meals, for A-1.

    Pupils: 630 of 3,060. Plans: 52 of 185. Meals: 20.00 + 47.25 + 68.86 = 136.11, of 529.16 with
    148.20 of B-2, 172.12 of C-3 and 72.73 of D-4.
    """
    found = shared(pot(*FOUR), plan, county)
    one = {term.term.name: term.amounts["A-1"] for term in found.terms}
    # 200,000 / 4; 400,000 / 3,060 x 630; 300,000 / 185 x 52; 100,000 / 526.76 x 136.11
    assert one == {"lump": 50_000_00, "pupils": 82_352_94, "plans": 84_324_32, "meals": 25_721_90}
    assert found.terms[3].units["A-1"] == 13611
    assert found.clusters["A-1"].share == 242_399_16
    assert found.clusters["A-1"].per_pupil == Fraction(242_399_16, 630)


def plain(pot, groups):
    """The exact shares by the formula, in plain sums; of terms with shares."""
    left = pot.amount * (100 - pot.reserve - pot.contingency) / 100
    figures = {
        "clusters": lambda urns: 1,
        "pupils": lambda urns: sum(PUPILS[u] for u in urns),
        "ehcp": lambda urns: sum(EHCP[u] for u in urns),
        "fsm_pct": lambda urns: sum(
            Fraction(int(Fraction(str(FSM[u])) * PUPILS[u] + Fraction(1, 2)), 100) for u in urns
        ),
    }
    found = dict.fromkeys(groups, Fraction(0))
    for term in pot.terms:
        whole = sum(figures[term.column](urns) for urns in groups.values())
        for code, urns in groups.items():
            found[code] += left * term.share / 100 * Fraction(figures[term.column](urns)) / whole
    return found


groupings = st.lists(st.integers(0, 3), min_size=12, max_size=12).filter(
    lambda of: len(set(of)) > 1
)


@settings(max_examples=40, deadline=None)
@given(groupings, st.integers(1, 10**10), st.sampled_from([0, 2, "7.5"]))
def test_shares_are_those_of_plain_sums(of, amount, reserve):
    """In any plan, of any sum: within a penny for each term, and exact in all."""
    groups = {
        f"G-{k}": [u for u, at in zip(URNS, of, strict=True) if at == k] for k in sorted(set(of))
    }
    asked = pot(*FOUR, amount=amount, reserve=Fraction(str(reserve)))
    found = shared(asked, plan_of(groups), COUNTY)
    for code, exact in plain(asked, groups).items():
        assert abs(found.clusters[code].share - exact) < 2 * len(FOUR)
    assert found.shared + found.reserve == amount
    for term in found.terms:
        assert sum(term.amounts.values()) == term.money
    for code, cluster in found.clusters.items():
        assert sum(term.amounts[code] for term in found.terms) == cluster.formula == cluster.share


COUNTY = drawn()
LAST = LastYear(of_school={urn: 80_000_00 + 1_000_00 * (k % 5) for k, urn in enumerate(URNS)})


@settings(max_examples=40, deadline=None)
@given(groupings, st.integers(95_000_000, 101_500_000))
def test_protection_keeps_every_limit_to_the_penny(of, amount):
    """No share below its least or above its most, and the sum is what it was."""
    groups = {
        f"G-{k}": [u for u, at in zip(URNS, of, strict=True) if at == k] for k in sorted(set(of))
    }
    asked = pot(*FOUR, amount=amount, protection=PROTECTED)
    found = shared(asked, plan_of(groups), COUNTY, LAST)
    if found.problem:
        assert not found.clusters
        return
    assert found.shared == amount
    for code, urns in groups.items():
        cluster, last = found.clusters[code], sum(LAST.of_school[u] for u in urns)
        least = max(last * 98 / 100, 100_00 * sum(PUPILS[u] for u in urns))
        assert cluster.share >= least - 1e-6
        assert cluster.share <= max(last * 105 / 100, least) + 1
        if not cluster.at:
            assert abs(cluster.share - found.factor * cluster.formula) < 1


def test_the_others_pay_for_protection(county, plan):
    """Those at neither limit are multiplied by one factor."""
    last = LastYear(of_school=dict.fromkeys(URNS[:3], 120_000_00))
    asked = pot(*FOUR, protection=Protection(largest_loss=Fraction(10)))
    found = shared(asked, plan, county, last)
    assert found.clusters["A-1"].share == 324_000_00
    assert found.clusters["A-1"].at == "least"
    assert found.factor < 1
    for code in ("B-2", "C-3", "D-4"):
        cluster = found.clusters[code]
        assert abs(cluster.share - found.factor * cluster.formula) < 1
    assert sum(cluster.adjustment for cluster in found.clusters.values()) == 0


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        (Protection(floor_per_pupil=400_00), "The least shares add up to £1,224,000.00, and only"),
        (Protection(cap_per_pupil=300_00), "The largest shares add up to £918,000.00, so that"),
    ],
)
def test_limits_that_cannot_be_kept_give_no_shares(county, plan, rules, words):
    """There is a sentence in their place."""
    found = shared(pot(*FOUR, protection=rules), plan, county)
    assert found.problem.startswith(words)
    assert not found.clusters


def test_rates_are_scaled_to_the_pot(county, plan):
    """50,000 for each cluster and 100 for each pupil are 506,000: all is multiplied by the same."""
    asked = pot(rate("lump", "clusters", 50_000_00), rate("pupils", "pupils", 100_00))
    found = shared(asked, plan, county)
    assert found.scale == Fraction(1_000_000, 506_000)
    assert [term.money for term in found.terms] == [39_525_692, 60_474_308]
    assert found.terms[0].amounts["A-1"] == 9_881_423


def test_schools_count_by_a_condition(county, plan):
    """Pupils of schools in the two poorest fifths, and schools a kilometre or more away."""
    asked = pot(
        share("poor", "pupils", 50, only="idaci_quintile", low=Fraction(1), high=Fraction(2)),
        share("far", "schools", 50, only="travel", low=Fraction(2)),
    )
    found = shared(asked, plan, county)
    poor, far = ({c: u // 100 for c, u in term.units.items()} for term in found.terms)
    assert poor == {
        code: sum(PUPILS[u] for u in urns if FIFTH[u] <= 2) for code, urns in GROUPS.items()
    }
    assert far == dict.fromkeys(GROUPS, 1)


def test_what_no_cluster_counts_stays_with_the_county(county, plan):
    """Its money is held, and named; the sum is still the pot."""
    asked = pot(
        share("far", "schools", 30, only="travel", low=Fraction(99)), share("pupils", "pupils", 70)
    )
    found = shared(asked, plan, county)
    assert (found.unshared, found.shared) == (300_000_00, 700_000_00)
    nothing = pot(share("far", "schools", 100, only="travel", low=Fraction(99)))
    assert shared(nothing, plan, county).unshared == 1_000_000_00


def test_every_level_adds_up(county, plan):
    """The county's reserve, what each zone holds for events in the year, and the clusters."""
    asked = pot(
        *FOUR, amount=99_999_99, reserve=Fraction(3), contingency=Fraction("1.5"), zones="district"
    )
    found = shared(asked, plan, county)
    assert found.reserve + sum(found.contingency.values()) + found.shared == 99_999_99
    assert found.reserve == 3_000_00
    assert set(found.contingency) == {"a", "b"}
    west = sum(
        found.clusters[code].share for code, zone in found.facts.zones.items() if zone == "a"
    )
    exact = Fraction(sum(found.contingency.values())) * west / found.shared
    assert abs(found.contingency["a"] - exact) < 1


def test_an_unknown_figure_counts_as_none_and_is_counted(county):
    """Nothing is invented, and it is said of how many schools."""
    gaps = drawn(ehcp={**EHCP, URNS[0]: float("nan")}, pupils={**PUPILS, URNS[4]: float("nan")})
    facts = facts_of(pot(*FOUR), plan_of(), gaps)
    assert facts.unknown == {"pupils": 1, "plans": 1, "meals": 1}
    assert facts.units["plans"]["A-1"] == 4300
    found = share_out(pot(*FOUR), facts)
    assert found.clusters["B-2"].per_pupil is None
    others = [c for code, c in found.clusters.items() if code != "B-2"]
    assert found.per_pupil == Fraction(
        sum(c.share for c in others) * 100, sum(c.pupils for c in others)
    )
    assert found.shared == 1_000_000_00


def test_a_tenth_more_of_a_term(county, plan):
    """Its part of the money goes from 20 to 22 of 102; all else shares the rest as before."""
    found = shared(pot(*FOUR), plan, county)
    moved = sensitivity(found)
    assert set(moved) == {"lump", "pupils", "plans", "meals"}
    for name, by_code in moved.items():
        assert sum(by_code.values()) == 0, name
    was, lump = found.clusters["A-1"].share, 50_000_00
    assert abs(moved["lump"]["A-1"] - ((was - lump) * 100 / 102 + lump * 110 / 102 - was)) < 10


def test_shuffled_rows_change_nothing(county, plan):
    """A cluster's share does not depend on the order of the clusters."""
    other = plan_of(dict(reversed(GROUPS.items())))
    first, second = (shared(pot(*FOUR), one, county) for one in (plan, other))
    assert first.clusters == second.clusters


def test_a_larger_pot_gives_nobody_less(county, plan):
    """But for the pence of rounding."""
    small = shared(pot(*FOUR), plan, county)
    large = shared(replace(pot(*FOUR), amount=1_100_000_00), plan, county)
    assert all(large.clusters[c].share > small.clusters[c].share for c in GROUPS)


def test_limits_are_whole_pence_and_a_floor_goes_before_a_cap(county, plan):
    """£100.01 less 2 % is no less than £98.01, and 5 % more no more than £105.01."""
    last = LastYear(of_school={URNS[0]: 100_01})
    rules = Protection(Fraction(2), Fraction(5))
    facts = facts_of(pot(*FOUR, protection=rules), plan, county, last)
    asked = pot(*FOUR, protection=rules)
    assert (least(asked, facts, "A-1"), most(asked, facts, "A-1")) == (98_01, 105_01)
    assert (least(asked, facts, "B-2"), most(asked, facts, "B-2")) == (0, None)
    # 630 pupils of £1 are more than last year's cap.
    asked = pot(*FOUR, protection=replace(rules, floor_per_pupil=1_00, cap_per_pupil=2_00))
    assert (least(asked, facts, "A-1"), most(asked, facts, "A-1")) == (630_00, 630_00)
    found = share_out(asked, facts)
    assert found.problem.startswith("The largest shares add up to")


@pytest.mark.parametrize("unit", ["km", "minutes"])
def test_a_length_of_a_journey_has_its_unit(unit):
    """A bare figure could be either."""
    far = Term("far", "schools", share=Fraction(10), only="travel", low=Fraction(5))
    words = far.heading({}, unit)
    assert words.endswith(
        f"(of schools where the journey to the central school is at least 5 {unit})"
    )
