"""What counting finds: hard rules that no plan keeps together, and regions of a county."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clash:
    """Hard rules that no plan keeps together.

    Parameters
    ----------
    rules : tuple of str
        Names of the rules; giving up or loosening any one of them lifts this clash.
    words : str
        One plain sentence: which schools or zones, and the figures.
    schools : frozenset of int
        The schools it is about: none of them can be put into a cluster that keeps the rules
        without breaking them for another.
    """

    rules: tuple[str, ...]
    words: str
    schools: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Region:
    """Schools no cluster can leave, and how many clusters they can make, by counting."""

    schools: frozenset[int]
    title: str
    fewest: int
    most: int
