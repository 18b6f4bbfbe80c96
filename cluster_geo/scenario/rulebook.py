"""Make the rules of a scenario for a county."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches

from cluster_geo.columns import SCHOOL_COLUMNS
from cluster_geo.county import County, Inputs
from cluster_geo.errors import Fault, InputError
from cluster_geo.plan import Plan
from cluster_geo.rules import (
    CloseToReference,
    MostClustersOfTrust,
    MostMovers,
    NumberOfClusters,
    OnePiece,
    Phases,
    PlanRule,
    Rule,
    Rulebook,
    Size,
    TravelToHub,
    WorstTrip,
    Zones,
    non_selective,
    open_to_all,
)
from cluster_geo.scenario.funding import with_school_parts
from cluster_geo.scenario.inputs import LOAD_AGAIN, content_of, inputs_for, reference_plan
from cluster_geo.scenario.kinds import Ask, RuleKind
from cluster_geo.scenario.model import Scenario
from cluster_geo.scenario.pins import carried_pins
from cluster_geo.scenario.registry import rule_kinds
from cluster_geo.scenario.sections import Section
from cluster_geo.scenario.trusts import TrustGroups, limits_of


def rulebook_of(
    county: County, scenario: Scenario, wishes: Mapping[str, bool] | None = None
) -> Rulebook:
    """Make the rules that a scenario asks for, for a county.

    Parameters
    ----------
    county : County
        As `load_county` returns it for this scenario, or for one that names the same files.
    scenario : Scenario
    wishes : mapping of str to bool, optional
        For each name of `scenario.wishes()`, whether that rule is hard (True) or priced
        (False); by default as in the run that the scenario is of (`scenario.granted`), else priced.

    Raises
    ------
    InputError
        If a setting names a school, column, zone or trust that the county does not have, or a
        file other than the one the county was read from.
    """
    inputs = inputs_for(county, scenario)
    county = with_school_parts(county, scenario)
    faults = _unknown(county, scenario)
    limits = limits_of(scenario.trusts.most, TrustGroups.of(county.schools), faults)
    if faults:
        raise InputError(faults)
    if wishes is None:
        wishes = dict.fromkeys(scenario.granted or (), True)
    draft = _Draft(scenario, Ask(county, wishes), limits, inputs)
    return Rulebook(
        rules=(
            *draft.of_clusters(),
            *draft.of_layers(),
            *draft.of_kinds(),
            *draft.of_reference(),
        ),
        travel=county.travel,
        plan_rules=draft.over_the_plan(),
    )


@dataclass(frozen=True)
class _Draft:
    """A scenario and the inputs of its rules; each method makes some of the rules."""

    scenario: Scenario
    ask: Ask
    limits: tuple[MostClustersOfTrust, ...]
    inputs: Inputs

    def of_clusters(self) -> tuple[Rule, ...]:
        """Return the rules on size, phases, contiguity and travel."""
        asked, county = self.scenario.clusters, self.ask.county
        schools, travel = county.schools, county.travel
        rules: list[Rule] = [
            Size(asked.size.low, asked.size.high),
            Phases(schools.primaries, schools.secondaries, asked.primaries, asked.secondaries),
            OnePiece(county.neighbours.graph, self.ask.names),
            TravelToHub(travel, self.scenario.travel.weight),
        ]
        if self.scenario.travel.worst is not None:
            rules.append(WorstTrip(travel, self.scenario.travel.worst, self.ask.names))
        return (*rules, self._non_selective())

    def _non_selective(self) -> Rule:
        asked, schools = self.scenario.clusters.non_selective, self.ask.county.schools
        hard, price = self.ask.strength("clusters.non_selective", asked.rule, asked.weight)
        return non_selective(
            open_to_all(schools)[0],
            price,
            hard=hard,
            secondaries=schools.secondaries,
            names=self.ask.names,
        )

    def of_layers(self) -> tuple[Rule, ...]:
        """Return one rule for each layer; a layer that is only shown is not charged."""
        rules = []
        for name, asked in self.scenario.boundaries.items():
            layer = self.ask.county.layers[name]
            hard, price = self.ask.strength(f"boundaries.{name}", asked.rule, asked.weight)
            zone_names = {str(code): layer.name_of(str(code)) for code in layer.zones.index}
            rules.append(
                Zones(name, layer.zone_of, price, hard, zone_names=zone_names, names=self.ask.names)
            )
        return tuple(rules)

    def of_kinds(self) -> tuple[Rule, ...]:
        """Return the rules of each registered kind, in order."""
        made = [kind.make(*self._asked_of(kind)) for kind in rule_kinds()]
        return tuple(rule for rules in made for rule in rules)

    def of_reference(self) -> tuple[Rule, ...]:
        """Return the rule to stay close to the reference plan."""
        plan = reference_plan(self.ask.county, self.scenario)
        if plan is None:
            return ()
        price = self.scenario.reference.weight
        return (CloseToReference(plan.code_of, self._new_to(plan), price, self.ask.names),)

    def over_the_plan(self) -> tuple[PlanRule, ...]:
        """Return the rules about the plan as a whole."""
        rules: list[PlanRule] = []
        if count := self.scenario.clusters.count:
            rules.append(NumberOfClusters(count.low, count.high))
        rules += self.limits
        plan = reference_plan(self.ask.county, self.scenario)
        most = self.scenario.reference.most_movers
        if plan is not None and most is not None:
            rules.append(MostMovers(plan.code_of, most, self._new_to(plan)))
        for kind in rule_kinds():
            rules += kind.over_plan(*self._asked_of(kind))
        return tuple(rules)

    def _asked_of(self, kind: RuleKind) -> tuple[Section, Ask]:
        """Return what the rules of a kind are made from: its section and its other inputs."""
        content = content_of(kind, self.scenario, self.inputs)
        return getattr(self.scenario, kind.section), replace(self.ask, content=content)

    def _new_to(self, plan: Plan) -> frozenset[int]:
        return frozenset(self.ask.county.urns) - plan.cluster_of.keys()


def _unknown(county: County, scenario: Scenario) -> list[Fault]:
    """Return a fault for each setting that names a school or column the county does not have."""
    faults = [
        Fault(
            "scenario",
            f"the county has no layer {name!r}",
            LOAD_AGAIN,
            setting=f"boundaries.{name}",
        )
        for name in scenario.boundaries
        if name not in county.layers
    ]
    table = county.schools.table
    pins = carried_pins(scenario.pins, county.schools.identity)
    pinned = {"together": pins.together, "apart": pins.apart, "fixed": tuple(pins.fixed.values())}
    for name, groups in pinned.items():
        for urn in sorted({urn for group in groups for urn in group} - set(county.urns)):
            fix = "Check the URN, or whether the school is open at the planning date"
            found = f"school {urn} is not in the plan"
            faults.append(Fault("scenario", found, fix, setting=f"pins.{name}"))
    numeric = [column.name for column in SCHOOL_COLUMNS if column.kind == "number"]
    numeric += [column.name for column in county.schools.own]
    for name, balance in scenario.balance.items():
        for key, column in (("column", balance.column), ("base", balance.base)):
            if column in numeric and column in table:
                continue
            if key == "base" and column == "schools":
                continue
            close = get_close_matches(column, numeric, n=1)
            fix = f"Did you mean {close[0]!r}?" if close else f"Columns: {', '.join(numeric)}"
            found = f"there is no numeric column {column!r}"
            faults.append(Fault("scenario", found, fix, setting=f"balance.{name}.{key}"))
    return faults
