"""A question of where, in numbers, and its answer; `programme` solves it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np


@dataclass(frozen=True)
class Group:
    """A cluster or district, and what choosing a site does to its way on.

    Parameters
    ----------
    missing : bool
        Whether it has a primary provision and no way on as it is.
    sites : tuple of int
        If it is missing, those any of which gives it a way on; else those any of which leaves it
        without one, as a primary provision where no secondary is.
    """

    missing: bool
    sites: tuple[int, ...] = ()


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


@dataclass(frozen=True, eq=False)
class Worth:
    """Multipliers of a relaxation: what it costs to fall short of a row by one.

    Parameters
    ----------
    pupils : ndarray, shape (m,)
        A pupil who is not counted.
    closing : ndarray, shape (groups,)
        A group without a way on that nothing closes and that is not counted.
    opening : ndarray, shape (groups, n)
        A site that opens a group which is not counted.
    """

    pupils: np.ndarray
    closing: np.ndarray
    opening: np.ndarray

    def fit(self, location: Location) -> Worth:
        """Return multipliers that prove something: none below 0, and none above its price."""
        opening = np.maximum(self.opening, 0.0)
        sums = opening.sum(axis=1, keepdims=True)
        over = np.divide(location.gap, sums, out=np.ones_like(sums), where=sums > location.gap)
        return Worth(
            np.clip(self.pupils, 0.0, location.unplaced),
            np.clip(self.closing, 0.0, location.gap),
            opening * over,
        )


def restricted(location: Location, kept: Sequence[int]) -> tuple[Location, list[int]]:
    """Return a question with these candidates alone, and which sites it has."""
    chosen = set(kept)
    sites = [j for j, kind in enumerate(location.kind) if not kind or j in chosen]
    place = {site: k for k, site in enumerate(sites)}
    groups = tuple(
        Group(group.missing, tuple(place[j] for j in group.sites if j in place))
        for group in location.groups
    )
    part = replace(
        location,
        travel=location.travel[:, sites],
        places=location.places[sites],
        kind=tuple(location.kind[j] for j in sites),
        groups=groups,
    )
    return part, sites
