"""How notices about PCNs speak of many things at once."""

from __future__ import annotations

from collections.abc import Sequence

MOST_NAMED = 12


def in_short(names: Sequence[str]) -> str:
    """Name the first dozen and count the rest."""
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def percent(share: float) -> str:
    """Say a share in whole per cent, "under 1 %" where it would round to nothing."""
    whole = round(100 * share)
    return "under 1 %" if whole == 0 and share > 0 else f"{whole} %"


def count_lsoas(number: int) -> str:
    """Say a number of LSOAs."""
    return "1 LSOA" if number == 1 else f"{number:,} LSOAs"
