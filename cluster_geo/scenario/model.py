"""The scenario: every setting of a run, validated, in one frozen object."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Protocol, runtime_checkable

from pydantic import Field, create_model

from cluster_geo.cards import card
from cluster_geo.funding.pot import part_column
from cluster_geo.phrases import counted, joined
from cluster_geo.scenario.funding import FundingSection
from cluster_geo.scenario.kinds import RuleKind
from cluster_geo.scenario.paths import recorded_path
from cluster_geo.scenario.plan_section import PlanSection
from cluster_geo.scenario.provision_sections import PathwaysSection, SrpSection
from cluster_geo.scenario.registry import register_rule, rule_kinds
from cluster_geo.scenario.sections import (
    BalanceSection,
    BoundarySection,
    ClustersSection,
    ColumnSection,
    ContextSection,
    FederationsSection,
    NeighboursSection,
    NetworksSection,
    PairsSection,
    PinsSection,
    ReferenceSection,
    SchoolsSection,
    Section,
    SolveSection,
    TravelSection,
    TrustsSection,
)
from cluster_geo.scenario.team_section import TeamSection

LayerName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]


# The strictness of a rule that is hard if a plan that keeps it is found, and priced if not.
WISHED = "hard-if-possible"


@runtime_checkable
class Weighed(Protocol):
    """Settings with the strictness of a rule and its weight when it is priced."""

    @property
    def rule(self) -> str:
        """How strict it is: hard, priced, shown or hard-if-possible."""

    @property
    def weight(self) -> float:
        """Price, in the currency of travel."""


class Scenario(Section):
    """What a planner asks for: files, rules, weights, and limits of the search.

    Make one with `read_scenario`, which gathers every fault with its line. `recorded_paths` has
    the path in the record of each file for which `paths.recorded_path` would give another.
    `granted` has the settings that a run made or had as requirements, None where no run is known:
    its preferences are then judged as they were in that run. A search decides anew.
    """

    name: str = Field("scenario", exclude=True)
    recorded_paths: dict[str, str] = Field(default_factory=dict, exclude=True)
    granted: tuple[str, ...] | None = Field(None, exclude=True)
    plan: PlanSection = PlanSection()
    schools: SchoolsSection = SchoolsSection()
    clusters: ClustersSection = ClustersSection()
    travel: TravelSection = TravelSection()
    neighbours: NeighboursSection = NeighboursSection()
    boundaries: dict[LayerName, BoundarySection] = Field(default_factory=dict)
    context: dict[LayerName, ContextSection] = Field(default_factory=dict)
    columns: dict[LayerName, ColumnSection] = Field(default_factory=dict)
    trusts: TrustsSection = TrustsSection()
    federations: FederationsSection = FederationsSection()
    pairs: PairsSection = PairsSection()
    networks: NetworksSection = NetworksSection()
    srp: SrpSection = SrpSection()
    pathways: PathwaysSection = PathwaysSection()
    balance: dict[str, BalanceSection] = Field(default_factory=dict)
    funding: dict[LayerName, FundingSection] = Field(default_factory=dict)
    teams: dict[LayerName, TeamSection] = Field(default_factory=dict)
    pins: PinsSection = PinsSection()
    reference: ReferenceSection = ReferenceSection()
    solve: SolveSection = SolveSection()

    def __reduce__(self) -> tuple[Callable[..., Scenario], tuple[object, ...]]:
        """Pickle the scenario together with the kinds of rule that are not built in."""
        return _restored, (_others(), self.__getstate__())

    def wishes(self) -> tuple[str, ...]:
        """Names of the rules that are hard if possible, in the order they are tried.

        Boundary layers come first, in the order of the file, because boundaries are what
        consultations discuss most.
        """
        return tuple(name for name, asked in self.weighed().items() if asked.rule == WISHED)

    def as_granted(self, requirements: Iterable[str] | None) -> Scenario:
        """Return the scenario with its preferences as in a run that had these requirements.

        Parameters
        ----------
        requirements : iterable of str or None
            Settings of rules; None where it is not known, and before a search.
        """
        wishes, granted = self.wishes(), None
        if wishes and requirements is not None:
            names = set(requirements)
            granted = tuple(name for name in wishes if name in names)
        same = granted == self.granted
        return self if same else self.model_copy(update={"granted": granted})

    def weighed(self) -> dict[str, Weighed]:
        """Return each section with the strictness and weight of a rule.

        The section of networks is included if it names a file.
        """
        layers = {f"boundaries.{name}": layer for name, layer in self.boundaries.items()}
        # The scenario has no section for a kind that was registered after it was read.
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
        """Return every setting as plain values, for the record of a run; unset ones are absent.

        So are, in a record for the public, pots of money that are not for the public, and balances
        of such money.
        """
        settings = self.model_dump(mode="json", exclude_none=True, context=self.recorded_paths)
        if self.plan.audience == "public":
            shown = {name for name, pot in self.funding.items() if pot.audience == "public"}
            pots = settings["funding"]
            settings["funding"] = {name: pots[name] for name in pots if name in shown}
            private = {part_column(name) for name in pots if name not in shown}
            settings["balance"] = {
                name: asked
                for name, asked in settings["balance"].items()
                if private.isdisjoint((asked["column"], asked.get("base")))
            }
        return {"name": self.name, **settings}

    def recorded_path(self, path: str) -> str:
        """Return the path in the record of a file that this scenario read."""
        return self.recorded_paths.get(path) or recorded_path(Path(path))

    def _repr_html_(self) -> str:
        """Show the main settings in a notebook."""
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
            "authorities": joined(self.schools.authorities) or "all",
            "clusters": "as many as give the best plan" if count is None else str(count),
            "schools in a cluster": str(self.clusters.size),
            "rules": weighed,
            "search": f"at most {self.solve.time_limit:g} s, seed {self.solve.seed}",
        }
        return card(f"Scenario {self.name}", facts)


def scenario_model() -> type[Scenario]:
    """Return the scenario class with a section for each registered kind of rule."""
    return _with_sections(_others())


def _others() -> tuple[RuleKind, ...]:
    return tuple(kind for kind in rule_kinds() if kind.section not in Scenario.model_fields)


def _restored(kinds: Iterable[RuleKind], state: dict[Any, Any]) -> Scenario:
    """Return a scenario that was pickled, perhaps in another process."""
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
