"""A question of where, in numbers, and its answer; `programme` solves it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np


@dataclass(frozen=True)
class Group:
    """A cluster or district, and what choosing a site does to its way on.

    Parameters
    ----------
    closes : tuple of int
        Sites any of which gives it a way on. Without sites, and where nothing opens it, it stays
        without one whatever is chosen.
    opens : tuple of int
        Sites any of which leaves it without one: a primary provision where no secondary is.
    """

    closes: tuple[int, ...] = ()
    opens: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False)
class Location:
    """A question of where, in numbers.

    Parameters
    ----------
    pupils : ndarray, shape (m,)
        Who need a place, by where they live.
    travel : ndarray, shape (m, n)
        From there to each site.
    places : ndarray, shape (n,)
    kind : tuple of str
        Of each site; "" for one that is there already.
    reach : float
        Nobody travels further.
    unplaced : float
        What a pupil without a place counts, in the unit of travel.
    gap : float
        What a group without a way on counts, in pupils times that unit.
    groups : tuple of Group
    """

    pupils: np.ndarray
    travel: np.ndarray
    places: np.ndarray
    kind: tuple[str, ...]
    reach: float
    unplaced: float
    gap: float = 0.0
    groups: tuple[Group, ...] = field(default=())

    @cached_property
    def choices(self) -> tuple[int, ...]:
        """Sites that may be chosen."""
        return tuple(j for j, kind in enumerate(self.kind) if kind)

    @cached_property
    def pairs(self) -> tuple[np.ndarray, np.ndarray]:
        """Home and site of every pair within reach, of pupils and places that there are."""
        within = (self.travel <= self.reach) & (self.pupils > 0)[:, None] & (self.places > 0)
        homes, sites = np.nonzero(within)
        return homes, sites


@dataclass(frozen=True, eq=False)
class Solved:
    """The best choice found, and what is proven of every other.

    Parameters
    ----------
    chosen : tuple of int
        Sites.
    cost, bound : float
        Of the choice; and what no choice allowed costs less than.
    flow : ndarray, shape (m, n)
        Pupils from each home to each site.
    without : ndarray, shape (m,)
        Pupils without a place.
    gaps : tuple of int
        Groups without a way on.
    """

    chosen: tuple[int, ...]
    cost: float
    bound: float
    flow: np.ndarray
    without: np.ndarray
    gaps: tuple[int, ...]
