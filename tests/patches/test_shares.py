"""Posts are shared in steps: nearest to proportion over clusters, to the busiest over patches."""

from __future__ import annotations

from itertools import product

import pytest

from cluster_geo.patches.shares import posts_of_patches, shares, unshared
from tests.patches.towns import even


def splits(steps, parts):
    """Every way to share so many steps over so many parts."""
    return [given for given in product(range(steps + 1), repeat=parts) if sum(given) == steps]


@pytest.mark.parametrize("seed", range(6))
def test_no_other_shares_are_nearer_to_proportion(seed):
    """By brute force: of all shares in steps none has less in all between it and the exact ones."""
    demand = dict(zip("ABCD", even(seed).integers(1, 60, 4).astype(float), strict=True))
    found = shares(demand, posts=0.8, step=0.1)
    total = sum(demand.values())

    def off(given):
        return sum(
            abs(0.1 * steps - 0.8 * amount / total)
            for steps, amount in zip(given, demand.values(), strict=True)
        )

    mine = [round(found[code] / 0.1) for code in demand]
    assert sum(mine) == 8
    assert off(mine) == pytest.approx(min(map(off, splits(8, 4))))


def test_shares_add_up_and_ties_go_by_code():
    """Tenths are exact, and what is less than a step is given to nobody."""
    found = shares({"B": 1.0, "A": 1.0, "C": 1.0}, posts=20.5, step=0.1)
    assert found == {"A": 6.9, "B": 6.8, "C": 6.8}
    found = shares({"A": 2.0, "B": 0.0}, posts=1.25, step=0.1)
    assert found == {"A": 1.2, "B": 0.0}
    assert unshared(1.25, 0.1) == pytest.approx(0.05)
    assert unshared(20.5, 0.1) == 0


@pytest.mark.parametrize("seed", range(6))
def test_the_part_of_a_post_goes_where_most_is_to_do(seed):
    """By brute force: no other way leaves the busiest patch with fewer visits for each post."""
    loads = dict(zip("ABC", even(seed).integers(50, 400, 3).astype(float), strict=True))
    found = posts_of_patches(loads, posts=3.6, step=0.1)
    assert sum(found.values()) == pytest.approx(3.6)
    worst = [
        max(load / (1 + 0.1 * n) for load, n in zip(loads.values(), given, strict=True))
        for given in splits(6, 3)
    ]
    assert max(loads[code] / found[code] for code in loads) == pytest.approx(min(worst))


def test_less_than_a_post_is_one_patchs():
    """Half a post makes one patch, which has it."""
    assert posts_of_patches({"P-01": 90.0}, posts=0.5, step=0.1) == {"P-01": 0.5}
    assert posts_of_patches({"P-01": 9.0, "P-02": 3.0}, posts=2.0, step=0.1) == {
        "P-01": 1.0, "P-02": 1.0,
    }  # fmt: skip


def test_many_small_steps_are_shared_in_no_time():
    """A county's posts in hundredths, and as even as with any other way to share them."""
    loads = {f"P-{k:02}": 100.0 + k for k in range(40)}
    found = posts_of_patches(loads, posts=4_000.0, step=0.01)
    assert sum(found.values()) == pytest.approx(4_000.0)
    each = [loads[code] / found[code] for code in loads]
    assert max(each) / min(each) < 1.001
