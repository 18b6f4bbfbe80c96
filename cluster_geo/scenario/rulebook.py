"""From a scenario and a county to the rules that judge a plan of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from cluster_geo.columns import SCHOOL_COLUMNS
from cluster_geo.county import County
from cluster_geo.errors import Fault, InputError
from cluster_geo.plan import Plan, read_plan
from cluster_geo.rules import (
    Balance,
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
    Together,
    TravelToHub,
    Trusts,
    WorstTrip,
    Zones,
    excess_of,
    non_selective,
    open_to_all,
    pin_rules,
    srp_coverage,
)
from cluster_geo.scenario.model import Scenario
from cluster_geo.scenario.trusts import TrustGroups, limits_of
from cluster_geo.schools.networks import read_networks
from cluster_geo.schools.pairs import propose_pairs, read_pairs

UNITS = {column.name: column.unit for column in SCHOOL_COLUMNS}


def rulebook_of(
    scenario: Scenario, county: County, wishes: Mapping[str, bool] | None = None
) -> Rulebook:
    """Make the rules a scenario asks for, bound to a county.

    Parameters
    ----------
    scenario : Scenario
    county : County
        As `load_county` reads it.
    wishes : mapping of str to bool, optional
        For each name of `scenario.wishes()`, whether that rule is hard (True) or priced
        (False, also where it is absent).

    Raises
    ------
    InputError
        Where a setting names a school, column, zone or trust that the county does not have, or a
        file of pairs, networks or the reference plan cannot be used.
    """
    faults = _unknown(scenario, county)
    limits = limits_of(scenario.trusts.most, TrustGroups.of(county.schools), faults)
    if faults:
        raise InputError(faults)
    draft = _Draft(scenario, county, wishes or {}, county.schools.names, limits)
    return Rulebook(
        rules=(
            *draft.of_clusters(),
            *draft.of_layers(),
            *draft.of_ties(),
            *draft.of_numbers(),
            *draft.of_reference(),
        ),
        travel=county.travel,
        plan_rules=draft.over_the_plan(),
    )


@dataclass(frozen=True)
class _Draft:
    """A scenario, a county and the wishes granted; each method makes the rules of one kind."""

    scenario: Scenario
    county: County
    wishes: Mapping[str, bool]
    names: Mapping[int, str]
    limits: tuple[MostClustersOfTrust, ...]

    def strength(self, setting: str, rule: str, weight: float) -> tuple[bool, float]:
        """Whether a rule is hard, and the price of breaking it where it is not."""
        hard = rule == "hard" or (rule == "hard-if-possible" and self.wishes.get(setting, False))
        return hard, 0.0 if hard or rule == "shown" else weight

    def of_clusters(self) -> tuple[Rule, ...]:
        """Size, phases, one piece and travel."""
        asked, schools, travel = self.scenario.clusters, self.county.schools, self.county.travel
        rules: list[Rule] = [
            Size(asked.size.low, asked.size.high),
            Phases(schools.primaries, schools.secondaries, asked.primaries, asked.secondaries),
            OnePiece(self.county.neighbours.graph, self.names),
            TravelToHub(travel, self.scenario.travel.weight),
        ]
        if self.scenario.travel.worst is not None:
            rules.append(WorstTrip(travel, self.scenario.travel.worst, self.names))
        return (*rules, self._non_selective())

    def _non_selective(self) -> Rule:
        asked, schools = self.scenario.clusters.non_selective, self.county.schools
        hard, price = self.strength("clusters.non_selective", asked.rule, asked.weight)
        return non_selective(
            open_to_all(schools)[0],
            price,
            hard=hard,
            secondaries=schools.secondaries,
            names=self.names,
        )

    def of_layers(self) -> tuple[Rule, ...]:
        """Return one rule for each layer; a layer that is only shown is counted and not charged."""
        rules = []
        for name, asked in self.scenario.boundaries.items():
            layer = self.county.layers[name]
            hard, price = self.strength(f"boundaries.{name}", asked.rule, asked.weight)
            zone_names = {str(code): layer.name_of(str(code)) for code in layer.zones.index}
            rules.append(
                Zones(name, layer.zone_of, price, hard, zone_names=zone_names, names=self.names)
            )
        return tuple(rules)

    def of_ties(self) -> tuple[Rule, ...]:
        """Trusts, federations, pairs, networks and pins."""
        pins = self.scenario.pins
        return (
            self._trusts(),
            self._federations(),
            *self._pairs(),
            *self._networks(),
            *pin_rules(
                together=pins.together, apart=pins.apart, fixed=pins.fixed, names=self.names
            ),
        )

    def _trusts(self) -> Rule:
        groups, titles = _groups(self.county, "trust_uid", "trust")
        asked = self.scenario.trusts
        return Trusts(groups, asked.weight if asked.rule == "priced" else 0.0, trust_names=titles)

    def _federations(self) -> Rule:
        groups, titles = _groups(self.county, "federation_code", "federation")
        asked = self.scenario.federations
        hard, price = self.strength("federations", asked.rule, asked.weight)
        return Together("federations", groups, price, hard, group_names=titles, names=self.names)

    def _pairs(self) -> tuple[Rule, ...]:
        """Infant and junior pairs: those the planner confirmed may be hard, others have a price.

        A pair proposed with low confidence counts once the planner has confirmed it.
        """
        asked, schools = self.scenario.pairs, self.county.schools
        confirmed: list[tuple[int, int]] = []
        if asked.file is None:
            proposed = propose_pairs(schools)
            likely = proposed[proposed["confidence"] != "low"]
            others = list(zip(likely["infant_urn"], likely["junior_urn"], strict=True))
        else:
            pairs = read_pairs(asked.file, schools)
            confirmed = [(pair.infant, pair.junior) for pair in pairs.confirmed]
            others = [
                (pair.infant, pair.junior)
                for pair in pairs.pairs
                if not pair.confirmed and pair.confidence != "low"
            ]
        hard, price = self.strength("pairs", asked.rule, asked.weight)
        if not hard:
            groups = _pair_groups([*confirmed, *others])
            return (Together("pairs", groups, price, names=self.names),)
        return (
            Together("pairs", _pair_groups(confirmed), hard=True, names=self.names),
            Together("pairs not confirmed", _pair_groups(others), asked.weight, names=self.names),
        )

    def _networks(self) -> tuple[Rule, ...]:
        asked = self.scenario.networks
        if asked.file is None:
            return ()
        networks = read_networks(asked.file, self.county.schools).networks
        groups = {network.name: network.members for network in networks}
        hard, price = self.strength("networks", asked.rule, asked.weight)
        prices = {
            network.name: network.weight if price and network.weight is not None else price
            for network in networks
        }
        return (Together("networks", groups, prices, hard, names=self.names),)

    def of_numbers(self) -> tuple[Rule, ...]:
        """Provisions, and columns kept in balance."""
        asked = self.scenario.srp
        hard, price = self.strength("srp", asked.rule, asked.weight)
        rules: list[Rule] = [srp_coverage(self.county.schools.where("srp"), price, hard=hard)]
        for name, balance in self.scenario.balance.items():
            excess, _, _ = excess_of(self.county.schools, balance.column, balance.base)
            unit = UNITS.get(balance.column, "")
            rules.append(Balance(f"balance.{name}", excess, balance.weight, unit))
        return tuple(rules)

    def of_reference(self) -> tuple[Rule, ...]:
        """Stay close to the reference plan."""
        plan = reference_plan(self.scenario, self.county)
        if plan is None:
            return ()
        price = self.scenario.reference.weight
        return (CloseToReference(plan.code_of, self._new_to(plan), price, self.names),)

    def over_the_plan(self) -> tuple[PlanRule, ...]:
        """Return the rules about the plan as a whole."""
        rules: list[PlanRule] = []
        if count := self.scenario.clusters.count:
            rules.append(NumberOfClusters(count.low, count.high))
        rules += self.limits
        plan = reference_plan(self.scenario, self.county)
        most = self.scenario.reference.most_movers
        if plan is not None and most is not None:
            rules.append(MostMovers(plan.code_of, most, self._new_to(plan)))
        return tuple(rules)

    def _new_to(self, plan: Plan) -> frozenset[int]:
        return frozenset(self.county.urns) - plan.cluster_of.keys()


def reference_plan(scenario: Scenario, county: County) -> Plan | None:
    """Read the plan to stay close to, or return None where none is named.

    Raises
    ------
    InputError
        Where the file cannot be used.
    """
    path = scenario.reference.plan
    return None if path is None else read_plan(path, county)


def _groups(
    county: County, code: str, title: str
) -> tuple[dict[str, frozenset[int]], dict[str, str]]:
    """Return the groups of two or more schools by code, and their names."""
    groups, titles = county.schools.groups_of(code, title)
    groups = {key: urns for key, urns in groups.items() if len(urns) > 1}
    return groups, {key: titles[key] for key in groups}


def _pair_groups(pairs: Iterable[tuple[int, int]]) -> dict[str, frozenset[int]]:
    return {f"{infant}-{junior}": frozenset({int(infant), int(junior)}) for infant, junior in pairs}


def _unknown(scenario: Scenario, county: County) -> list[Fault]:
    """Return a fault for each setting that names a school or column the county does not have."""
    faults = []
    table = county.schools.table
    pins = scenario.pins
    pinned = {"together": pins.together, "apart": pins.apart, "fixed": tuple(pins.fixed.values())}
    for name, groups in pinned.items():
        for urn in sorted({urn for group in groups for urn in group} - set(county.urns)):
            fix = "Check the URN, or whether the school is open at the planning date"
            found = f"school {urn} is not in the plan"
            faults.append(Fault("scenario", found, fix, setting=f"pins.{name}"))
    numeric = [column.name for column in SCHOOL_COLUMNS if column.kind == "number"]
    for name, balance in scenario.balance.items():
        for key, column in (("column", balance.column), ("base", balance.base)):
            if column in numeric and column in table:
                continue
            if key == "base" and column == "schools":
                continue
            close = get_close_matches(column, numeric, n=1)
            fix = f"Did you mean {close[0]!r}?" if close else f"Columns: {', '.join(numeric)}"
            found = f"there is no column of numbers {column!r}"
            faults.append(Fault("scenario", found, fix, setting=f"balance.{name}.{key}"))
    return faults
