"""Numbers in notices about PCNs."""

from __future__ import annotations


def percent(share: float) -> str:
    """Return a share in whole per cent, "under 1 %" where it would round to 0."""
    whole = round(100 * share)
    return "under 1 %" if whole == 0 and share > 0 else f"{whole} %"


def count_lsoas(number: int) -> str:
    """Return a number of LSOAs in words."""
    return "1 LSOA" if number == 1 else f"{number:,} LSOAs"
