"""Primary and secondary schools in each cluster, so that they can plan pupils' move at 11."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from cluster_geo.county import County
from cluster_geo.phrases import counted, listed
from cluster_geo.plan import Cluster
from cluster_geo.rules.change import EXCEPTION, Loosened
from cluster_geo.rules.clash import Need
from cluster_geo.rules.demand import Demand
from cluster_geo.rules.model import ClusterModel
from cluster_geo.rules.rule import Rule
from cluster_geo.rules.verdict import Verdict
from cluster_geo.rules.without import exceptions


@dataclass(frozen=True)
class Phases(Rule):
    """Each cluster has at least a given number of primaries and of secondaries.

    Parameters
    ----------
    primaries, secondaries : frozenset of int
        URNs of the schools of each phase; an all-through school is in both.
    least_primaries, least_secondaries : int
        Least number of each in a cluster.
    """

    primaries: frozenset[int]
    secondaries: frozenset[int]
    least_primaries: int = 1
    least_secondaries: int = 1
    name: str = "phases"
    hard: bool = True

    @property
    def heading(self) -> str:
        """What the rule is called on a page."""
        return "Primary and secondary schools together"

    def judge(self, cluster: Cluster) -> Verdict:
        """Count the schools of each phase; the verdict's count is of the schools missing."""
        short = []
        lacking = 0
        for schools, least, one, many in (
            (self.primaries, self.least_primaries, "primary school", "primary schools"),
            (self.secondaries, self.least_secondaries, "secondary school", "secondary schools"),
        ):
            present = sum(urn in schools for urn in cluster.members)
            if present < least:
                lacking += least - present
                short.append(f"{counted(present, one, many)} (must be at least {least})")
        return Verdict(not short, count=lacking, words=listed(short))

    def formulate(self, model: ClusterModel) -> None:
        """Require each phase."""
        model.require(self.primaries, self.least_primaries)
        model.require(self.secondaries, self.least_secondaries)

    def needs(self) -> Iterator[Need]:
        """Yield each phase that is required."""
        for schools, least, what in (
            (self.primaries, self.least_primaries, "with a primary phase"),
            (self.secondaries, self.least_secondaries, "with a secondary phase"),
        ):
            if least > 0:
                yield Need(self.name, schools, least, what)

    def demands(self, county: County) -> Iterator[Demand]:  # noqa: ARG002
        """Yield each phase that is required."""
        for part, least, one in (
            ("primaries", self.least_primaries, "primary school"),
            ("secondaries", self.least_secondaries, "secondary school"),
        ):
            if least > 0:
                asked = counted(least, one)
                words = f"each cluster has at least {asked} (all-through schools count)"
                yield Demand(self.name, part, words)

    def only(self, parts: Collection[str], county: County) -> Phases | None:  # noqa: ARG002
        """Keep one of the phases, both or neither."""
        if not parts:
            return None
        return replace(
            self,
            least_primaries=self.least_primaries if "primaries" in parts else 0,
            least_secondaries=self.least_secondaries if "secondaries" in parts else 0,
        )

    def loosened(self, demand: Demand, county: County) -> Iterator[Loosened[Rule]]:  # noqa: ARG002
        """Require one school fewer of a phase, or allow exceptions if one was required."""
        field = f"least_{demand.part}"
        least = getattr(self, field)
        phase = {"primaries": "primary", "secondaries": "secondary"}[demand.part]
        fewer: Phases = replace(self, **{field: least - 1})
        if least > 1:
            words = f"ask for {counted(least - 1, f'{phase} school')} in a cluster"
            yield Loosened(words, fewer)
            return
        without = exceptions(f"without a {phase} school", getattr(self, demand.part), EXCEPTION)
        words = f"allow {{found}} without a {phase} school"
        yield Loosened(words, fewer, without, without.name)
