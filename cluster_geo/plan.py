"""Clusters and plans: which school is with which. Neither knows any rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


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
        Name a person can say, by code.
    """

    clusters: tuple[Cluster, ...]
    codes: tuple[str, ...] = field(default=())
    names: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, clusters: Iterable[Cluster]) -> Plan:
        """Make a plan of clusters given in any order, without codes or names."""
        return cls(tuple(sorted(clusters)))

    def __len__(self) -> int:
        return len(self.clusters)

    @property
    def cluster_of(self) -> dict[int, int]:
        """Place in `clusters` of each school's cluster, by URN."""
        return {urn: k for k, c in enumerate(self.clusters) for urn in c.members}


def main_zone(members: Iterable[int], zone_of: Mapping[int, str]) -> str:
    """Code of the zone with most of `members`, ties by lowest code; "" where none has any."""
    schools = Counter(zone_of[urn] for urn in members if urn in zone_of)
    return min(schools, key=lambda code: (-schools[code], code), default="")
