"""The scenario: every setting of a run, checked, in one frozen object."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from cluster_geo.cards import card
from cluster_geo.rules.words import counted
from cluster_geo.scenario.paths import spelled
from cluster_geo.scenario.sections import (
    BalanceSection,
    BoundarySection,
    ClustersSection,
    FederationsSection,
    NeighboursSection,
    NetworksSection,
    PairsSection,
    PinsSection,
    PlanSection,
    ReferenceSection,
    SchoolsSection,
    Section,
    SolveSection,
    SrpSection,
    TravelSection,
    TrustsSection,
)

LayerName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]


class Scenario(Section):
    """What a planner asks for: files, rules, weights, and limits of the search.

    Make one with `read_scenario`, which gathers every fault with its line. `told` is how its
    record spells a file, where that is otherwise than `paths.spelled` would.
    """

    name: str = Field("scenario", exclude=True)
    told: dict[str, str] = Field(default_factory=dict, exclude=True)
    plan: PlanSection = PlanSection()
    schools: SchoolsSection = SchoolsSection()
    clusters: ClustersSection = ClustersSection()
    travel: TravelSection = TravelSection()
    neighbours: NeighboursSection = NeighboursSection()
    boundaries: dict[LayerName, BoundarySection] = Field(default_factory=dict)
    trusts: TrustsSection = TrustsSection()
    federations: FederationsSection = FederationsSection()
    pairs: PairsSection = PairsSection()
    networks: NetworksSection = NetworksSection()
    srp: SrpSection = SrpSection()
    balance: dict[str, BalanceSection] = Field(default_factory=dict)
    pins: PinsSection = PinsSection()
    reference: ReferenceSection = ReferenceSection()
    solve: SolveSection = SolveSection()

    def wishes(self) -> tuple[str, ...]:
        """Names of the rules asked to be hard if possible, in the order they are tried.

        Boundary layers come first, in the order of the file: a line on the map is what a
        consultation argues about.
        """
        return tuple(name for name, rule in self._rules() if rule == "hard-if-possible")

    def _rules(self) -> list[tuple[str, str]]:
        layers = [(f"boundaries.{name}", layer.rule) for name, layer in self.boundaries.items()]
        return [
            *layers,
            ("clusters.non_selective", self.clusters.non_selective.rule),
            ("federations", self.federations.rule),
            ("pairs", self.pairs.rule),
            ("networks", self.networks.rule),
            ("srp", self.srp.rule),
        ]

    @property
    def unit(self) -> str:
        """Unit of travel and so of every price: "km", or "minutes" with a matrix."""
        return "minutes" if self.travel.matrix else "km"

    def files(self) -> dict[str, Path]:
        """Every input file named, by its setting."""
        found: dict[str, Path] = {}

        def collect(value: object, key: str) -> None:
            if isinstance(value, Path):
                found[key] = value
            elif isinstance(value, Section):
                for name in type(value).model_fields:
                    collect(getattr(value, name), f"{key}.{name}" if key else name)
            elif isinstance(value, dict):
                for name, part in value.items():
                    collect(part, f"{key}.{name}")

        collect(self, "")
        return found

    def record(self) -> dict[str, Any]:
        """Return every setting as plain values, for the record of a run; unset ones are absent."""
        settings = self.model_dump(mode="json", exclude_none=True, context=self.told)
        return {"name": self.name, **settings}

    def spelled(self, path: str) -> str:
        """Return how the record spells a file that this scenario read."""
        return self.told.get(path) or spelled(Path(path))

    def _repr_html_(self) -> str:
        """Show in a notebook what is asked."""
        count = self.clusters.count
        rules: dict[str, Any] = {
            **{f"boundaries.{name}": layer for name, layer in self.boundaries.items()},
            "trusts": self.trusts,
            "federations": self.federations,
            "pairs": self.pairs,
            "srp": self.srp,
            "clusters.non_selective": self.clusters.non_selective,
        }
        weighed = [
            f"{name}: {rule.rule}"
            + (f", {rule.weight:g} {self.unit}" if rule.rule != "hard" else "")
            for name, rule in rules.items()
            if rule.rule != "shown"
        ]
        weighed += [
            f"{trust} in at most {counted(most, 'cluster')}"
            for trust, most in self.trusts.most.items()
            if most is not None
        ]
        facts = {
            "title": self.plan.title,
            "status": f"{self.plan.status}, version {self.plan.version}",
            "authorities": ", ".join(self.schools.authorities) or "all",
            "clusters": "as many as come out best" if count is None else str(count),
            "schools in a cluster": str(self.clusters.size),
            "rules": weighed,
            "search": f"at most {self.solve.time_limit:g} s, seed {self.solve.seed}",
        }
        return card(f"Scenario {self.name}", facts)
