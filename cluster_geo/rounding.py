"""Rounding of proven figures, so that what is printed is never stronger than the proof.

"At most" and "up to" are rounded up, "at least" and "no less than" down. The arithmetic is exact:
a float is taken as the shortest decimal that represents it, as it would be written in a file.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

# Smaller figures are shown with more decimals, so that 1e-6 does not become "at most 0.1".
SMALL = Fraction(1, 10)
DECIMALS, MORE_DECIMALS = 1, 3
HUNDREDTHS_OF_A_PER_CENT, DIGITS_KEPT = 10_000, 5


def exact(value: float | Fraction) -> Fraction:
    """Return a figure without the rounding of binary arithmetic, so that 0.1 is a tenth."""
    return value if isinstance(value, Fraction) else Fraction(repr(float(value)))


def up(value: float | Fraction) -> str:
    """Return a figure rounded up, for "at most" and "up to".

    Parameters
    ----------
    value : float or Fraction
        In km-equivalents or minutes; shown with one decimal, or with three below a tenth.
    """
    return _rounded(value, math.ceil, decimals=_decimals(value))


def share_up(share: float) -> float:
    """Return a share rounded up to a hundredth of a per cent, so that no more digits tell of it.

    Digits beyond a billionth are those of the arithmetic, and not counted.
    """
    hundredths = round(share * HUNDREDTHS_OF_A_PER_CENT, DIGITS_KEPT)
    return math.ceil(hundredths) / HUNDREDTHS_OF_A_PER_CENT


def down(value: float | Fraction) -> str:
    """Return a figure rounded down, for "at least" and "not below"; otherwise as `up`."""
    return _rounded(value, math.floor, decimals=_decimals(value))


def outwards(least: float, most: float) -> tuple[str, str]:
    """Return the ends of an interval with their signs, each rounded away from the other.

    They are shown with one decimal, or with three where they are less than a tenth apart.
    """
    decimals = _decimals(exact(most) - exact(least))
    return (
        _rounded(least, math.floor, decimals=decimals, sign="+"),
        _rounded(most, math.ceil, decimals=decimals, sign="+"),
    )


def change(before: float, after: float, decimals: int = DECIMALS) -> float:
    """Return the difference of two figures as they are printed, so that what is printed adds up.

    Parameters
    ----------
    before, after : float
        NaN where not known.
    decimals : int
        With which the two are printed.

    Examples
    --------
    >>> 106.14 - 54.96, change(54.96, 106.14)
    (51.18, 51.1)
    """
    return round(round(after, decimals) - round(before, decimals), decimals)


def percent_up(share: float | Fraction) -> str:
    """Return a share as a percentage rounded up, for "at most": "1.1 %", "0.37 %", "0.003 %".

    Parameters
    ----------
    share : float or Fraction
        A fraction, 0 or more.
    """
    percent = 100 * exact(share)
    decimals = 1 if percent >= 1 or not percent else 2 if percent >= SMALL**2 else 3
    return f"{_rounded(percent, math.ceil, decimals=decimals)} %"


def _decimals(figure: float | Fraction) -> int:
    return DECIMALS if abs(exact(figure)) >= SMALL or not figure else MORE_DECIMALS


def _rounded(
    value: float | Fraction, rounding: Callable[[Fraction], int], *, decimals: int, sign: str = ""
) -> str:
    """Round to a number of decimals; zero has no minus sign."""
    whole = Decimal(rounding(exact(value) * 10**decimals))
    return f"{whole.scaleb(-decimals):{sign},.{decimals}f}"
