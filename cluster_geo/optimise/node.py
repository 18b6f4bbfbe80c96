"""What a node of a tree of branch and price has: its columns, and the decision to divide it on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from cluster_geo.compiled.arrays import Arrays
from cluster_geo.optimise.columns import Atoms, Column, Columns
from cluster_geo.optimise.decisions import Decisions, Split
from cluster_geo.optimise.generation import Generation
from cluster_geo.tolerances import HALF, WEIGHT, WEIGHT_DECIMALS

Choice = TypeVar("Choice", int, tuple[int, int])


class NodeColumns:
    """The columns of a node: each of the whole search, charged by the best hub that it allows.

    Parameters
    ----------
    whole : Columns
        Of the whole search; what a node admits is admitted there.
    decisions : Decisions
    arrays, root : Arrays
        Of the node and of the root.
    """

    def __init__(self, whole: Columns, decisions: Decisions, arrays: Arrays, root: Arrays) -> None:
        self._whole, self._decisions = whole, decisions
        self._touched = decisions.touched
        self._arrays, self._root = arrays, root
        self.admitted = list(self._allowed(whole.admitted))

    def __len__(self) -> int:
        return len(self.admitted)

    def afresh(self) -> NodeColumns:
        """Return an empty collection under the same rules and decisions."""
        return NodeColumns(self._whole.afresh(), self._decisions, self._arrays, self._root)

    def admit(self, sets: Iterable[Atoms]) -> list[Column]:
        """Admit sets of atoms to the whole search, and thereby to the node."""
        new = list(self._allowed(self._whole.admit(sets)))
        self.admitted += new
        return new

    def _allowed(self, columns: Iterable[Column]) -> Iterator[Column]:
        for column in columns:
            if self._touched.isdisjoint(column.cluster.members):
                yield column
                continue
            _, least = served_by(self._arrays, column.atoms)
            _, own = served_by(self._root, column.atoms)
            if least < np.inf:
                yield replace(column, cost=column.cost + max(0.0, least - own))


def served_by(arrays: Arrays, atoms: Atoms) -> tuple[int, float]:
    """Return the hub that charges atoms least for travel, and its charge (inf: none is allowed)."""
    hubs = np.concatenate(
        [arrays.hub_of[arrays.hub_start[a] : arrays.hub_start[a + 1]] for a in atoms]
    )
    charges = arrays.amount[np.ix_(hubs, np.array(atoms))].sum(axis=1)
    best = int(np.argmin(charges))
    return int(hubs[best]), float(charges[best])


def divided(generation: Generation, decisions: Decisions) -> Split | None:
    """Return the split on the most fractional decision; None if the solution is integral."""
    assert generation.solution is not None, "only a solved node is branched on"
    number = float(generation.solution.weights.sum())
    below, first, last = int(np.floor(number)), decisions.numbers[0], decisions.numbers[-1]
    doubt = generation.params.branches.doubt
    if first <= below < last and doubt < number - below < 1.0 - doubt:
        return Split("number", (below,))
    found = _Fractions.of(generation)
    if (hub := _most_doubtful(found.hubs)) is not None:
        return Split("hub", (hub,))
    if (serving := _most_doubtful(found.served)) is not None:
        return Split("served", serving)
    return None


@dataclass(frozen=True)
class _Fractions:
    """Of a fractional solution: how far each school is a hub, and how far it is served by one.

    If all of it is whole, so is the solution: columns of one hub have the same schools.
    """

    hubs: Mapping[int, float]
    served: Mapping[tuple[int, int], float]

    @classmethod
    def of(cls, generation: Generation) -> _Fractions:
        """Add up the weights of the columns, by URN."""
        hubs: dict[int, float] = {}
        served: dict[tuple[int, int], float] = {}
        assert generation.solution is not None, "only a solved node is branched on"
        weights = generation.solution.weights
        for place in np.flatnonzero(weights > WEIGHT).tolist():
            column, weight = generation.columns.admitted[place], float(weights[place])
            hub = generation.model.urns[served_by(generation.arrays, column.atoms)[0]]
            hubs[hub] = hubs.get(hub, 0.0) + weight
            for urn in column.cluster.members:
                served[urn, hub] = served.get((urn, hub), 0.0) + weight
        return cls(hubs, served)


def _most_doubtful(weights: Mapping[Choice, float]) -> Choice | None:
    """Return the choice whose weight is nearest to a half; None if all are whole."""
    doubtful = {choice: w for choice, w in weights.items() if WEIGHT < w < 1.0 - WEIGHT}
    if not doubtful:
        return None
    return min(
        doubtful, key=lambda choice: (round(abs(doubtful[choice] - HALF), WEIGHT_DECIMALS), choice)
    )
