"""Lists and numbers in notices about PCNs."""

from __future__ import annotations

from collections.abc import Sequence

MOST_NAMED = 12


def in_short(names: Sequence[str]) -> str:
    """Return the first dozen names and the number of others."""
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def percent(share: float) -> str:
    """Return a share in whole per cent, "under 1 %" where it would round to 0."""
    whole = round(100 * share)
    return "under 1 %" if whole == 0 and share > 0 else f"{whole} %"


def count_lsoas(number: int) -> str:
    """Return a number of LSOAs in words."""
    return "1 LSOA" if number == 1 else f"{number:,} LSOAs"
