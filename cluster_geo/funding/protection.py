"""Shares kept between a least and a most, paid for by scaling the others: exact, in one pass.

The share of each cluster is k times what the formula gives it, or its least where that is less, or
its most where that is more. The one k for which all shares add up to the sum is found exactly, for
the sum of the shares is piecewise linear in k and never falls. So those at their least are paid
for by all that are at neither, in proportion to what the formula gives them. Floors for each
pupil, a largest loss and a cap on gains that helps to pay for them are the means of England's own
school funding formula (Department for Education, The national funding formula for schools and high
needs, September 2017, chapter 3); there schools get a floor, and a cap only on gains.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Held:
    """Shares between their limits.

    Parameters
    ----------
    shares : list of Fraction
        Exact; one at a limit is that limit.
    factor : Fraction or None
        What the shares at neither limit are multiplied by; None where every share is at one.
    """

    shares: list[Fraction]
    factor: Fraction | None


def held_within(
    formula: Sequence[int], low: Sequence[int], high: Sequence[int | None], total: int
) -> Held | None:
    """Share a sum within limits; None where no shares within them add up to it.

    Parameters
    ----------
    formula : sequence of int
        What the formula gives each, 0 or more. One that it gives nothing has its least.
    low : sequence of int
        The least of each.
    high : sequence of int or None
        The most of each, no less than its least; None for no limit.
    total : int
        Pence.
    """

    def at(k: Fraction) -> list[Fraction]:
        return [_clamped(k * f, lo, hi) for f, lo, hi in zip(formula, low, high, strict=True)]

    turns = {Fraction(0)}
    for f, lo, hi in zip(formula, low, high, strict=True):
        if f:
            turns |= {Fraction(lo, f)} | ({Fraction(hi, f)} if hi is not None else set())
    steps = sorted(turns)
    if sum(low) > total:
        return None
    # The last turn whose sum is still no more than the total; the first one's is that of `low`.
    first, last = 0, len(steps) - 1
    while first < last:
        middle = (first + last + 1) // 2
        first, last = (middle, last) if sum(at(steps[middle])) <= total else (first, middle - 1)
    k = steps[first]
    rising = _rising(formula, low, high, k)
    missing = total - sum(at(k))
    if missing and not rising:
        return None
    if rising:
        k += Fraction(missing, rising)
    shares = at(k)
    free = [lo < s and (hi is None or s < hi) for s, lo, hi in zip(shares, low, high, strict=True)]
    return Held(shares, k if any(free) else None)


def _clamped(share: Fraction, low: int, high: int | None) -> Fraction:
    least = max(share, Fraction(low))
    return least if high is None else min(least, Fraction(high))


def _rising(
    formula: Sequence[int], low: Sequence[int], high: Sequence[int | None], k: Fraction
) -> int:
    """Return how fast the sum of the shares rises just above `k`."""
    return sum(
        f
        for f, lo, hi in zip(formula, low, high, strict=True)
        if f and k * f >= lo and (hi is None or k * f < hi)
    )
