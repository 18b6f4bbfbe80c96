"""Which sites no good choice has, by Lagrangian relaxation: a long search becomes a short one.

With a worth v[i] for each pupil who lives at i, instead of the row that counts them, the model
falls apart into sites. A site j that is open gains at most

    gain[j] = max of sum_i (v[i] - travel[i, j]) * f[i, j]

over f[i, j] <= pupils[i] and sum_i f[i, j] <= places[j]: a knapsack that is filled from the top. So
whatever v is, between 0 and the price of a pupil without a place, no choice costs less than

    sum_i pupils[i] * v[i] - the gains of what is there - the largest sum of gains of a choice

and none with the site c costs less than the same with the largest sum over choices with c. Where
that is above the cost of a choice already found, c is left out of the programme: that is a proof
and no guess, and it holds for every v. So the duals of a solver that give v are taken unchecked.

The rows of groups without a way on are relaxed in the same way: each site that closes one gains its
multiplier, which is at most the group's price, and each that opens one pays its own, which add up
to at most that price.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from cluster_geo.provision.model import Location, Worth, restricted
from cluster_geo.provision.programme import linear_worth
from cluster_geo.tolerances import SAFETY

# Rounds of a search for v, and candidates that each adds, besides as many as can be chosen.
MOST_ROUNDS, ADDED = 25, 10


@dataclass(frozen=True, eq=False)
class Gains:
    """What sites gain at some worth of pupils and groups.

    Parameters
    ----------
    gain : ndarray, shape (n,)
    base : float
        What no choice costs less than with none of the candidates.
    chosen : tuple of int
        The candidates that gain most.
    """

    gain: np.ndarray
    base: float
    chosen: tuple[int, ...]

    @property
    def bound(self) -> float:
        """What no choice costs less than."""
        return self.less(self.chosen)

    def less(self, chosen: Iterable[int]) -> float:
        """Return the base less the gains of a choice."""
        return self.base - float(self.gain[list(chosen)].sum())


@dataclass(frozen=True, eq=False)
class Relaxation:
    """The relaxation of a question.

    Parameters
    ----------
    location : Location
    most : mapping of str to int
        Most sites of each kind.
    measures : int
        Most sites of all kinds.
    """

    location: Location
    most: Mapping[str, int]
    measures: int

    def sharpened(self, among: Iterable[int], seconds: float | None = None) -> Gains:
        """Return gains that prove nearly as much as the linear relaxation of the whole.

        The relaxation is solved with some candidates alone; its duals tell which others would
        gain, and these are added until none would.

        Parameters
        ----------
        among : iterable of int
            Candidates to begin with.
        seconds : float, optional
            After which no round begins, and none goes on.
        """
        ends = math.inf if seconds is None else time.monotonic() + seconds
        location = self.location
        kept = set(among) or set(location.choices[:1])
        best = self.at(self._nothing)
        for _ in range(MOST_ROUNDS):
            part, sites = restricted(location, sorted(kept))
            left = None if seconds is None else max(0.0, ends - time.monotonic())
            found = linear_worth(part, self.most, self.measures, left)
            if found is None:
                break
            opening = np.zeros_like(self._nothing.opening)
            opening[:, sites] = found.opening
            gains = self.at(replace(found, opening=opening))
            best = max(best, gains, key=lambda one: one.bound)
            if kept.issuperset(gains.chosen):
                break
            kept.update(self.ordered(gains)[: ADDED + self.measures])
        return best

    def at(self, worth: Worth) -> Gains:
        """Return what sites gain at some worth of pupils and groups."""
        location, fit = self.location, worth.fit(self.location)
        ways = location.travel
        profit = np.where(ways <= location.reach, fit.pupils[:, None] - ways, 0.0)
        order = np.argsort(-profit, axis=0, kind="stable")
        ordered = np.take_along_axis(profit, order, axis=0)
        pupils = location.pupils[order]
        room = location.places - (np.cumsum(pupils, axis=0) - pupils)
        taken = np.clip(room, 0.0, pupils)
        gain = (np.maximum(ordered, 0.0) * taken).sum(axis=0) - fit.opening.sum(axis=0)
        base = float(location.pupils @ fit.pupils)
        for group, price in zip(location.groups, fit.closing, strict=True):
            if group.missing:
                base += float(price)
                gain[list(group.sites)] += price
        there = [j for j, kind in enumerate(location.kind) if not kind]
        return Gains(gain, base - float(gain[there].sum()), self.largest(gain))

    def ordered(self, gains: Gains) -> list[int]:
        """Return the candidates, those that gain most first."""
        return sorted(self.location.choices, key=lambda j: (-gains.gain[j], j))

    def largest(self, gain: np.ndarray, first: int | None = None) -> tuple[int, ...]:
        """Return the choice with the largest sum of gains; with a site, where one is given.

        To take what gains most while it is allowed is best, since limits of kinds lie within the
        limit of all.
        """
        kind, used = self.location.kind, dict.fromkeys(self.most, 0)
        order = sorted(self.location.choices, key=lambda j: (j != first, -gain[j], j))
        chosen: list[int] = []
        for j in order:
            if len(chosen) == self.measures or (gain[j] <= 0 and j != first):
                continue
            if used[kind[j]] < self.most[kind[j]]:
                used[kind[j]] += 1
                chosen.append(j)
        return tuple(chosen)

    def kept(self, gains: Gains, cost: float) -> tuple[int, ...]:
        """Return the candidates that a choice cheaper than `cost` may have."""
        most = cost + SAFETY * max(1.0, abs(cost))
        choices = self.location.choices
        return tuple(j for j in choices if gains.less(self.largest(gains.gain, j)) <= most)

    @cached_property
    def _nothing(self) -> Worth:
        """The worth that proves least: nobody and nothing is worth anything."""
        groups, sites = len(self.location.groups), len(self.location.kind)
        pupils = np.zeros(len(self.location.pupils))
        return Worth(pupils, np.zeros(groups), np.zeros((groups, sites)))
