"""What the packs of clusters and the pages of schools share: links, dates, trusts, provision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cluster_geo.phrases import trust_name
from cluster_geo.plan import Cluster, title_of
from cluster_geo.publish import Publication
from cluster_geo.report.atlas import clusters_beside
from cluster_geo.report.pack_files import cluster_files, school_file
from cluster_geo.rules import needs_of
from cluster_geo.schools.needs import NEEDS
from cluster_geo.tables.rows import rows_by_urn

# So many provisions near a school are listed, and beyond them the nearest for each other need.
NEAREST = 3
TRUST, FEDERATION = "trust", "federation"


@dataclass(frozen=True)
class Link:
    """Text that leads to another page of the packs."""

    text: str
    file: str


@dataclass(frozen=True)
class Body:
    """A trust or a federation.

    Parameters
    ----------
    kind : str
        "trust" or "federation".
    name : str
    urns : frozenset of int
        Its schools that are in the plan.
    """

    kind: str
    name: str
    urns: frozenset[int]


@dataclass(frozen=True)
class Provision:
    """A school with an SRP, as seen from another school."""

    school: Link
    needs: str
    travel: float
    cluster: Link | None
    own: bool


@dataclass(frozen=True, eq=False)
class PackFacts:
    """What is looked up for every page of the packs, each worked out once."""

    published: Publication

    @cached_property
    def schools(self) -> dict[int, dict[str, Any]]:
        """Rows of the table of schools, as the audience may see them."""
        return rows_by_urn(self.published.county.schools.table)

    @cached_property
    def cluster_of(self) -> dict[str, Cluster]:
        """The clusters by their codes, in order."""
        plan = self.published.plan
        return dict(sorted(zip(plan.labels, plan.clusters, strict=True)))

    @cached_property
    def code_of(self) -> Mapping[int, str]:
        """Code of the cluster that each school of the plan is in."""
        return self.published.plan.code_of

    @cached_property
    def files(self) -> dict[str, str]:
        """Name of each cluster's pack."""
        return cluster_files(self.published.plan.labels)

    @cached_property
    def beside(self) -> dict[str, list[str]]:
        """Codes of the clusters next door."""
        return clusters_beside(self.published.county, self.published.plan)

    @cached_property
    def needs(self) -> dict[int, tuple[str, ...]]:
        """Need types of each school with an SRP."""
        return needs_of(self.published.county)

    @cached_property
    def bodies(self) -> list[Body]:
        """Trusts, then federations, each with its schools in the plan."""
        schools, found = self.published.county.schools, []
        for kind, code, title in (
            (TRUST, "trust_uid", "trust"),
            (FEDERATION, "federation_code", "federation"),
        ):
            groups, titles = schools.groups_of(code, title)
            for key, urns in groups.items():
                name = trust_name(titles[key]) if kind == TRUST else titles[key]
                found.append(Body(kind, name, urns & self.code_of.keys()))
        return found

    def cluster_link(self, code: str) -> Link:
        """Return the link to a cluster's pack: its name, and its code where that differs."""
        title = title_of(code, self.published.plan.names)
        return Link(title if title == code else f"{title} ({code})", self.files[code])

    def school_link(self, urn: int) -> Link:
        """Return the link to a school's page; a school in no cluster has none."""
        return Link(self.schools[urn]["name"], school_file(urn) if urn in self.code_of else "")

    def starts(self, code: str) -> tuple[str, str]:
        """Return when a cluster starts (ISO 8601, "" where nobody said), and its wave."""
        timetable = self.published.timetable
        if timetable is None:
            return self.published.edition.effective_date, ""
        return timetable.waves[code].starts, timetable.waves[code].name

    def spread(self, body: Body) -> list[tuple[Link, int]]:
        """Return the clusters that have schools of a trust or federation, and how many."""
        codes = Counter(self.code_of[urn] for urn in body.urns)
        return [(self.cluster_link(code), codes[code]) for code in sorted(codes)]

    def nearest(self, urn: int) -> list[Provision]:
        """Return the SRPs of a school's phase that are nearest to it, its own left out.

        The three nearest, and the nearest for each need that none of these provides for.
        """
        county, listed = self.published.county, set[str]()
        phases = county.schools.primaries, county.schools.secondaries
        taught = frozenset().union(*(phase for phase in phases if urn in phase))
        trips = {
            goal: county.travel.between(urn, goal)
            for goal in self.needs
            if goal in taught and goal != urn
        }
        found: list[Provision] = []
        for goal in sorted(trips, key=lambda g: (trips[g], g)):
            if len(found) < NEAREST or not listed.issuperset(self.needs[goal]):
                found.append(self._provision(urn, goal, trips[goal]))
                listed.update(self.needs[goal])
        return found

    def _provision(self, urn: int, goal: int, travel: float) -> Provision:
        code = self.code_of.get(goal)
        return Provision(
            self.school_link(goal),
            ", ".join(self.needs[goal]),
            travel,
            None if code is None else self.cluster_link(code),
            own=code is not None and code == self.code_of[urn],
        )

    def need_words(self) -> list[tuple[str, str]]:
        """Return the code and the words of each need type of the plan's county."""
        kinds = {need for needs in self.needs.values() for need in needs}
        return [(need, NEEDS[need]) for need in sorted(kinds & NEEDS.keys())]

    def links(self, codes: Iterable[str]) -> list[Link]:
        """Return the links to several clusters' packs."""
        return [self.cluster_link(code) for code in codes]
