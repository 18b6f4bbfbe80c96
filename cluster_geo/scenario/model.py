"""The scenario: every setting of a run, checked, in one frozen object."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Protocol, runtime_checkable

from pydantic import Field, create_model

from cluster_geo.cards import card
from cluster_geo.phrases import counted
from cluster_geo.scenario.kinds import RuleKind
from cluster_geo.scenario.paths import spelled
from cluster_geo.scenario.registry import register_rule, rule_kinds
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


# How a rule is asked for that is hard where a plan is found that keeps it.
WISHED = "hard-if-possible"


@runtime_checkable
class Weighed(Protocol):
    """Settings that say how strict a rule is, and what it weighs where it is priced."""

    @property
    def rule(self) -> str:
        """How strict it is: hard, priced, shown or hard-if-possible."""

    @property
    def weight(self) -> float:
        """Price, in the currency of travel."""


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

    def __reduce__(self) -> tuple[Callable[..., Scenario], tuple[object, ...]]:
        """Take the kinds of rule that are not the tool's own along to another process."""
        return _restored, (_others(), self.__getstate__())

    def wishes(self) -> tuple[str, ...]:
        """Names of the rules asked to be hard if possible, in the order they are tried.

        Boundary layers come first, in the order of the file: a line on the map is what a
        consultation argues about.
        """
        return tuple(name for name, asked in self.weighed().items() if asked.rule == WISHED)

    def weighed(self) -> dict[str, Weighed]:
        """Return each part of the scenario that says how strict a rule is and what it weighs.

        Networks are among them where a file names some.
        """
        layers = {f"boundaries.{name}": layer for name, layer in self.boundaries.items()}
        # A kind that was registered after this scenario was read is not in it.
        own = {kind.section: getattr(self, kind.section, None) for kind in rule_kinds()}
        if self.networks.file is None:
            del own["networks"]
        return {
            **layers,
            "clusters.non_selective": self.clusters.non_selective,
            **{name: asked for name, asked in own.items() if isinstance(asked, Weighed)},
        }

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
        weighed = [
            f"{name}: {rule.rule}"
            + (f", {rule.weight:g} {self.unit}" if rule.rule != "hard" else "")
            for name, rule in self.weighed().items()
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


def scenario_model() -> type[Scenario]:
    """Return the scenario with a section for each kind of rule that was registered."""
    return _with_sections(_others())


def _others() -> tuple[RuleKind, ...]:
    return tuple(kind for kind in rule_kinds() if kind.section not in Scenario.model_fields)


def _restored(kinds: Iterable[RuleKind], state: dict[Any, Any]) -> Scenario:
    """Return a scenario that another process has sent."""
    for kind in kinds:
        register_rule(kind)
    model = scenario_model()
    scenario = model.__new__(model)
    scenario.__setstate__(state)
    return scenario


@cache
def _with_sections(kinds: tuple[RuleKind, ...]) -> type[Scenario]:
    if not kinds:
        return Scenario
    more: dict[str, Any] = {kind.section: (kind.settings, kind.settings()) for kind in kinds}
    return create_model("Scenario", __base__=Scenario, __doc__=Scenario.__doc__, **more)
