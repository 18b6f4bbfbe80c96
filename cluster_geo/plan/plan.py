"""Clusters and plans: which schools are together. Neither depends on rules."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from cluster_geo.cards import card
from cluster_geo.tolerances import SAME_SUM
from cluster_geo.travel import Travel


@dataclass(frozen=True, slots=True, order=True)
class Cluster:
    """A set of schools and its hub.

    Parameters
    ----------
    members : tuple of int
        URNs in ascending order.
    hub : int
        URN of the central school, one of the members.
    """

    members: tuple[int, ...]
    hub: int

    def __len__(self) -> int:
        return len(self.members)


@dataclass(frozen=True)
class Plan:
    """A cover of the schools by clusters.

    Parameters
    ----------
    clusters : tuple of Cluster
        In the order of their lowest URN.
    codes : tuple of str
        Code of each cluster ("SEV-03"), in the order of `clusters`; empty before naming.
    names : mapping of str to str
        Readable name, by code.
    retired : tuple of str
        Codes that this plan or an earlier one no longer uses; they are never used again.
    colours : mapping of str to str
        Colour on the map that a code has had, by code; where it would be that of a neighbour,
        the map takes another. Plans that differ in nothing else are equal.
    """

    clusters: tuple[Cluster, ...]
    codes: tuple[str, ...] = field(default=())
    names: Mapping[str, str] = field(default_factory=dict)
    retired: tuple[str, ...] = field(default=())
    colours: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, clusters: Iterable[Cluster]) -> Plan:
        """Make a plan of clusters given in any order, without codes or names."""
        return cls(tuple(sorted(clusters)))

    @classmethod
    def coded(
        cls,
        clusters: Mapping[str, Cluster],
        names: Mapping[str, str] | None = None,
        retired: Iterable[str] = (),
        colours: Mapping[str, str] | None = None,
    ) -> Plan:
        """Make a plan of clusters given by code, in any order."""
        codes = sorted(clusters, key=lambda code: (clusters[code], code))
        ordered = tuple(clusters[code] for code in codes)
        own = {code: colour for code, colour in (colours or {}).items() if code in clusters}
        return cls(ordered, tuple(codes), dict(names or {}), tuple(sorted(set(retired))), own)

    def __len__(self) -> int:
        return len(self.clusters)

    def within(self, urns: Collection[int]) -> Plan:
        """Return the plan of these schools alone; hubs must be among them.

        Clusters that none of them is in are left out; the others keep their codes and names.
        """
        left = {
            label: Cluster(tuple(u for u in cluster.members if u in urns), cluster.hub)
            for label, cluster in zip(self.labels, self.clusters, strict=True)
            if not set(urns).isdisjoint(cluster.members)
        }
        return Plan.coded(left, self.names, self.retired, self.colours)

    @property
    def cluster_of(self) -> dict[int, int]:
        """Place in `clusters` of each school's cluster, by URN."""
        return {urn: k for k, c in enumerate(self.clusters) for urn in c.members}

    @property
    def labels(self) -> tuple[str, ...]:
        """Code of each cluster; an unnamed plan's clusters are numbered C-01, C-02 ..."""
        if self.codes:
            return self.codes
        width = max(2, len(str(len(self))))
        return tuple(f"C-{number:0{width}d}" for number in range(1, len(self) + 1))

    @property
    def code_of(self) -> dict[int, str]:
        """Label of each school's cluster, by URN: the zones of "stay close to this plan"."""
        labels = self.labels
        return {urn: labels[k] for urn, k in self.cluster_of.items()}

    def _repr_html_(self) -> str:
        """Show the clusters in a notebook."""
        rows = [
            (code, self.names.get(code, ""), len(cluster), cluster.hub)
            for code, cluster in sorted(zip(self.labels, self.clusters, strict=True))
        ]
        table = pd.DataFrame(rows, columns=["cluster", "name", "schools", "hub"])
        schools = sum(len(cluster) for cluster in self.clusters)
        facts = {"clusters": len(self), "schools": schools}
        return card("Plan", facts, table.set_index("cluster"))


def central_school(members: tuple[int, ...], travel: Travel, worst: float | None = None) -> int:
    """Return the member with the least total travel from the members, ties by lowest URN.

    Parameters
    ----------
    members : tuple of int
        URNs in ascending order.
    travel : Travel
        From member to hub.
    worst : float, optional
        Longest trip allowed, in the unit of `travel`: where some member is within it of all,
        the choice is among those.
    """
    rows = [travel.position[urn] for urn in members]
    trips = travel.matrix[np.ix_(rows, rows)]
    totals = trips.sum(axis=0)
    if worst is not None:
        near = trips.max(axis=0) <= worst + SAME_SUM
        if near.any():
            totals = np.where(near, totals, np.inf)
    return members[int(np.flatnonzero(totals <= totals.min() + SAME_SUM)[0])]
