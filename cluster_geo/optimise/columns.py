"""The columns of a master: clusters, each judged by the rules before it is added."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from cluster_geo.plan import Cluster
from cluster_geo.rules import Rulebook

Atoms = tuple[int, ...]
# Clusters judged between two looks at the clock: less than half a second.
JUDGED = 500


@dataclass(frozen=True, slots=True)
class Column:
    """An admitted cluster.

    Parameters
    ----------
    atoms : tuple of int
        Its atoms, ascending.
    cluster : Cluster
    cost : float
        What the rules charge it, in units of the problem.
    coefficients : tuple of float
        Its coefficient in each rule over the plan.
    """

    atoms: Atoms
    cluster: Cluster
    cost: float
    coefficients: tuple[float, ...]


class ColumnSource(Protocol):
    """A source of columns for column generation."""

    admitted: list[Column]

    def admit(self, sets: Iterable[Atoms]) -> list[Column]:
        """Judge sets of atoms; keep and return those that are new and allowed."""

    def afresh(self) -> ColumnSource:
        """Return an empty source under the same rules."""


class Columns:
    """All columns of a search: clusters that every hard rule admits, each once.

    Parameters
    ----------
    rulebook : Rulebook
    atoms : list of tuple of int
        URNs of the schools of each atom.
    unit : float
        Unit of the costs (`Problem.unit`).
    """

    def __init__(self, rulebook: Rulebook, atoms: list[tuple[int, ...]], unit: float = 1.0) -> None:
        self._rulebook = rulebook
        self._unit = unit
        self._atoms = atoms
        self._atom_of = {urn: a for a, urns in enumerate(atoms) for urn in urns}
        # Place in `admitted` of each set judged, or None if a hard rule refused it.
        self._places: dict[Atoms, int | None] = {}
        self.admitted: list[Column] = []

    def __len__(self) -> int:
        return len(self.admitted)

    def afresh(self) -> Columns:
        """Return an empty collection under the same rules."""
        return Columns(self._rulebook, self._atoms, self._unit)

    def admit(self, sets: Iterable[Atoms]) -> list[Column]:
        """Judge sets of atoms; keep and return the new ones that every hard rule admits."""
        new: list[Column] = []
        for atoms in sets:
            if atoms in self._places:
                continue
            self._places[atoms] = None
            cluster = self._rulebook.cluster(urn for a in atoms for urn in self._atoms[a])
            if not self._rulebook.admits(cluster):
                continue
            coefficients = tuple(r.coefficient(cluster) for r in self._rulebook.plan_rules)
            self._places[atoms] = len(self.admitted) + len(new)
            cost = self._rulebook.price(cluster) / self._unit
            new.append(Column(atoms, cluster, cost, coefficients))
        self.admitted += new
        return new

    def known(self, atoms: Atoms) -> Column | None:
        """Return the column of a set that was admitted, else None."""
        place = self._places.get(atoms)
        return None if place is None else self.admitted[place]

    def place(self, atoms: Atoms) -> int:
        """Return the place in `admitted` of a set that was admitted."""
        place = self._places[atoms]
        assert place is not None, "only admitted columns have a place"
        return place

    def atoms_of(self, members: Iterable[int]) -> Atoms | None:
        """Return the atoms of a set of schools; None if it splits an atom or has other schools."""
        members = set(members)
        if not members <= self._atom_of.keys():
            return None
        atoms = tuple(sorted({self._atom_of[urn] for urn in members}))
        return atoms if sum(len(self._atoms[a]) for a in atoms) == len(members) else None


class Charges:
    """What columns cost and cover as arrays, which grow with the columns."""

    def __init__(self) -> None:
        self._cost = np.zeros(0)
        self._atoms = np.zeros(0, dtype=np.int64)
        self._starts = np.zeros(0, dtype=np.int64)
        self._coefficients: np.ndarray | None = None

    def reduced(
        self, columns: Sequence[Column], atom_duals: np.ndarray, plan_duals: np.ndarray
    ) -> np.ndarray:
        """Return the reduced cost of each column, without cuts.

        Parameters
        ----------
        columns : sequence of Column
            Those of the last call, and perhaps more.
        atom_duals, plan_duals : ndarray
        """
        if new := columns[self._cost.size :]:
            self._add(new)
        if self._coefficients is None:
            return np.zeros(0)
        covered = np.add.reduceat(atom_duals[self._atoms], self._starts)
        reduced: np.ndarray = self._cost - covered - self._coefficients @ plan_duals
        return reduced

    def _add(self, new: Sequence[Column]) -> None:
        sizes = np.array([len(column.atoms) for column in new])
        starts = self._atoms.size + np.concatenate([[0], np.cumsum(sizes)[:-1]])
        atoms = np.array([a for column in new for a in column.atoms], dtype=np.int64)
        rows = np.array([column.coefficients for column in new], dtype=float).reshape(len(new), -1)
        self._cost = np.append(self._cost, [column.cost for column in new])
        self._starts = np.append(self._starts, starts)
        self._atoms = np.append(self._atoms, atoms)
        before = self._coefficients
        self._coefficients = rows if before is None else np.concatenate([before, rows])


def atoms_in(rows: np.ndarray) -> list[Atoms]:
    """Read sets of atoms from rows ended by -1."""
    return [tuple(sorted(int(a) for a in row if a >= 0)) for row in rows]
