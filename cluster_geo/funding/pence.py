"""Sums of money in whole pence: read, written and shared out so that the parts add up."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction

PENCE_IN_A_POUND = 100
# £1,234.50, 1234.5, 1234: commas only between thousands.
_POUNDS = re.compile(r"(-?)\s*£?\s*(-?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d*)?")
# More is a slip of the keyboard: the whole of England's schools have 65 billion a year.
MOST_POUNDS = 10**12


class NotMoney(ValueError):  # noqa: N818 - it is what the text is
    """A text or number that is no amount of pounds and pence; the message says why."""


def pence_of(value: object) -> int:
    """Return an amount of pounds in whole pence.

    Parameters
    ----------
    value : int, float, Decimal or str
        Such as 1234.5, "1,234.50" or "£1,234.50"; a float is the decimal that it is written as.

    Raises
    ------
    NotMoney
        If it is none, has parts of a penny, or is more than a million million pounds.
    """
    text = repr(value) if isinstance(value, float) else str(value).strip()
    found = _POUNDS.fullmatch(text)
    try:
        if isinstance(value, bool) or (found is None and isinstance(value, str)):
            raise NotMoney("it is not an amount of money")
        plain = text if found is None else "".join(part or "" for part in found.groups())
        pounds = Decimal(plain.replace(",", ""))
    except InvalidOperation:
        raise NotMoney("it is not an amount of money") from None
    if not pounds.is_finite() or abs(pounds) > MOST_POUNDS:
        raise NotMoney("it is not an amount of money")
    pence = pounds * PENCE_IN_A_POUND
    if pence != pence.to_integral_value():
        raise NotMoney("it has parts of a penny")
    return int(pence)


def in_pounds(pence: int, *, sign: str = "") -> str:
    """Return pence as pounds with commas: "£1,234.50", "-£3.00"; with "+" a gain has its sign."""
    pounds, rest = divmod(abs(pence), PENCE_IN_A_POUND)
    before = "-" if pence < 0 else sign if pence else ""
    return f"{before}£{pounds:,}.{rest:02d}"


def pounds_figure(pence: int) -> float:
    """Return pence as a number of pounds for a file or a sheet, written with its pence."""
    return pence / PENCE_IN_A_POUND


def apportion(total: int, weights: Sequence[int | Fraction]) -> list[int]:
    """Share a sum in proportion to weights, each part whole, by largest remainders.

    Each part is its exact share rounded down; the pence that are left go one by one to those with
    the largest fractions. Where these are equal, the one that comes first has it.

    Parameters
    ----------
    total : int
        0 or more.
    weights : sequence of int or Fraction
        0 or more each, and not all 0 unless the total is.

    Examples
    --------
    >>> apportion(100, [1, 1, 1]), apportion(100, [1, 2, 4])
    ([34, 33, 33], [14, 29, 57])
    """
    whole = sum(weights)
    if not whole:
        if total:
            raise ValueError("nothing to share a sum by")
        return [0] * len(weights)
    return rounded([Fraction(total) * weight / whole for weight in weights])


def rounded(parts: Sequence[Fraction]) -> list[int]:
    """Round parts of a whole sum by largest remainders, so that they still add up to it."""
    floors = [part.numerator // part.denominator for part in parts]
    left = sum(parts) - sum(floors)
    if left.denominator != 1:
        raise ValueError("the parts do not add up to a whole sum")
    order = sorted(range(len(parts)), key=lambda k: (floors[k] - parts[k], k))
    more = set(order[: int(left)])
    return [floor + (place in more) for place, floor in enumerate(floors)]
