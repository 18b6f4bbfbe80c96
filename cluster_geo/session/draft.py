"""The plan on the table: its clusters by code, and what has been agreed about them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from cluster_geo.plan import Cluster, Plan
from cluster_geo.rules import Rulebook

Group = tuple[int, ...]


@dataclass(frozen=True)
class Draft:
    """A plan as it stands at one step of a session.

    Parameters
    ----------
    plan : Plan
        With codes and names; its central schools are those that the rules choose.
    locked : frozenset of str
        Codes of clusters that no request may change.
    venues : mapping of str to str
        Where a cluster would meet instead of at its central school, by its code.
    together, apart : tuple of groups of URNs
        Schools that are to share a cluster, and schools of which no two are to.
    unpinned : frozenset of int
        URNs of schools that the scenario pins to a numbered cluster, and that a request has moved
        since: what was decided last counts.
    settings : mapping of str to str
        Settings of the scenario that the session has changed, by dotted name, as on a command line.
    """

    plan: Plan
    locked: frozenset[str] = frozenset()
    venues: Mapping[str, str] = field(default_factory=dict)
    together: tuple[Group, ...] = ()
    apart: tuple[Group, ...] = ()
    unpinned: frozenset[int] = frozenset()
    settings: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def clusters(self) -> dict[str, Cluster]:
        """Clusters by code, in the order of the codes."""
        return dict(sorted(zip(self.plan.labels, self.plan.clusters, strict=True)))

    @cached_property
    def code_of(self) -> dict[int, str]:
        """Code of each school's cluster, by URN."""
        return self.plan.code_of

    def name_of(self, code: str) -> str:
        """Return what a cluster is called."""
        return self.plan.names.get(code) or code

    def home_of(self, urn: int) -> str:
        """Return what a school's cluster is called; "no cluster" where it is in none."""
        return self.name_of(self.code_of[urn]) if urn in self.code_of else "no cluster"

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all that a draft is: equal drafts have equal ones, on any machine."""
        content = {
            "clusters": {code: cluster.members for code, cluster in self.clusters.items()},
            "names": dict(sorted(self.plan.names.items())),
            "retired": self.plan.retired,
            "locked": sorted(self.locked),
            "venues": dict(sorted(self.venues.items())),
            "together": sorted(self.together),
            "apart": sorted(self.apart),
            "unpinned": sorted(self.unpinned),
            "settings": dict(sorted(self.settings.items())),
        }
        text = json.dumps(content, ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256(text.encode("ascii")).hexdigest()

    def arranged(self, to: Mapping[int, str], rulebook: Rulebook) -> Draft:
        """Return the draft with schools in other clusters, which may be new.

        A cluster that nobody is left in is no more: its code is retired, and what was agreed about
        it goes with it.

        Parameters
        ----------
        to : mapping of int to str
            Code of the new cluster, by URN; of schools that are in none, too.
        rulebook : Rulebook
            Chooses the central schools.
        """
        groups = {code: set(cluster.members) for code, cluster in self.clusters.items()}
        for urn, code in to.items():
            if urn in self.code_of:
                groups[self.code_of[urn]].discard(urn)
            groups.setdefault(code, set()).add(urn)
        clusters = {
            code: self.clusters[code] if self._has(code, group) else rulebook.cluster(group)
            for code, group in groups.items()
            if group
        }
        names = {code: name for code, name in self.plan.names.items() if code in clusters}
        retired = {*self.plan.retired, *(code for code, group in groups.items() if not group)}
        plan = Plan.coded(clusters, names, retired.difference(clusters), self.plan.colours)
        return replace(
            self,
            plan=plan,
            locked=self.locked.intersection(clusters),
            venues={code: venue for code, venue in self.venues.items() if code in clusters},
        )

    def _has(self, code: str, group: set[int]) -> bool:
        return code in self.clusters and group == {*self.clusters[code].members}

    def named(self, names: Mapping[str, str]) -> Draft:
        """Return the draft with other names of clusters, by code."""
        return replace(self, plan=replace(self.plan, names={**self.plan.names, **names}))

    def without_pins(self, urns: Iterable[int]) -> Draft:
        """Return the draft with these schools pinned to no numbered cluster any more."""
        return replace(self, unpinned=self.unpinned.union(urns))

    def changed_from(self, before: Draft) -> tuple[str, ...]:
        """Codes of the clusters that have other schools than before, come or gone, in order."""
        codes = {*self.clusters, *before.clusters}
        return tuple(
            sorted(
                code
                for code in codes
                if _members(self.clusters, code) != _members(before.clusters, code)
            )
        )

    def moved_from(self, before: Draft) -> tuple[int, ...]:
        """URNs of the schools that are in a cluster of another code than before, ascending."""
        return tuple(
            sorted(urn for urn, code in self.code_of.items() if before.code_of.get(urn) != code)
        )


def _members(clusters: Mapping[str, Cluster], code: str) -> Iterable[int] | None:
    return clusters[code].members if code in clusters else None
