"""The built-in kinds of rule: ties between schools, provision and balance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from cluster_geo.columns import SCHOOL_COLUMNS
from cluster_geo.county import County
from cluster_geo.rules import (
    Balance,
    Rule,
    Together,
    Trusts,
    coverage_by_need,
    excess_of,
    pathway_rule,
    pin_rules,
)
from cluster_geo.scenario.kinds import Ask, Reading, RuleKind
from cluster_geo.scenario.pins import carried_pins
from cluster_geo.scenario.provision_sections import PathwaysSection, SrpSection
from cluster_geo.scenario.sections import (
    BalanceSection,
    FederationsSection,
    NetworksSection,
    PairsSection,
    PinsSection,
    TrustsSection,
)
from cluster_geo.schools import Schools
from cluster_geo.schools.networks import Network, read_networks
from cluster_geo.schools.pairs import Pair, propose_pairs, read_pairs

UNITS = {column.name: column.unit for column in SCHOOL_COLUMNS}


def _trusts(asked: TrustsSection, ask: Ask) -> Iterator[Rule]:
    groups, titles = _groups(ask.county, "trust_uid", "trust")
    price = asked.weight if asked.rule == "priced" else 0.0
    yield Trusts(groups, price, trust_names=titles)


def _federations(asked: FederationsSection, ask: Ask) -> Iterator[Rule]:
    groups, titles = _groups(ask.county, "federation_code", "federation")
    hard, price = ask.strength("federations", asked.rule, asked.weight)
    yield Together("federations", groups, price, hard, group_names=titles, names=ask.names)


def _pairs(asked: PairsSection, ask: Ask) -> Iterator[Rule]:
    """Infant and junior pairs: only those the planner confirmed may be hard.

    A pair proposed with low confidence is ignored until the planner confirms it.
    """
    schools, pairs = ask.county.schools, _known_pairs(ask)
    confirmed: list[tuple[int, int]] = []
    if pairs is None:
        proposed = propose_pairs(schools)
        likely = proposed[proposed["confidence"] != "low"]
        others = list(zip(likely["infant_urn"], likely["junior_urn"], strict=True))
    else:
        confirmed = [(pair.infant, pair.junior) for pair in pairs if pair.confirmed]
        others = [
            (pair.infant, pair.junior)
            for pair in pairs
            if not pair.confirmed and pair.confidence != "low"
        ]
    hard, price = ask.strength("pairs", asked.rule, asked.weight)
    if not hard:
        groups = _pair_groups([*confirmed, *others])
        yield Together("pairs", groups, price, names=ask.names)
        return
    yield Together("pairs", _pair_groups(confirmed), hard=True, names=ask.names)
    yield Together("pairs not confirmed", _pair_groups(others), asked.weight, names=ask.names)


def _read_pairs(files: Mapping[str, Path], schools: Schools) -> Reading:
    pairs = read_pairs(files["file"], schools)
    return Reading(pairs.pairs, pairs.notices)


def _known_pairs(ask: Ask) -> list[Pair] | None:
    """Return the pairs in the planner's file whose schools are in the county; None if no file."""
    if ask.content is None:
        return None
    here = set(ask.county.urns)
    return [pair for pair in ask.content if here.issuperset((pair.infant, pair.junior))]


def _read_networks(files: Mapping[str, Path], schools: Schools) -> Reading:
    networks = read_networks(files["file"], schools)
    return Reading(networks.networks, networks.notices)


def _networks(asked: NetworksSection, ask: Ask) -> Iterator[Rule]:
    if ask.content is None:
        return
    networks: Sequence[Network] = ask.content
    here = frozenset(ask.county.urns)
    groups = {network.name: network.members & here for network in networks}
    groups = {name: members for name, members in groups.items() if members}
    hard, price = ask.strength("networks", asked.rule, asked.weight)
    prices = {
        network.name: network.weight if price and network.weight is not None else price
        for network in networks
        if network.name in groups
    }
    yield Together("networks", groups, prices, hard, names=ask.names)


def _pins(pins: PinsSection, ask: Ask) -> Iterable[Rule]:
    now = carried_pins(pins, ask.county.schools.identity)
    return pin_rules(together=now.together, apart=now.apart, fixed=now.fixed, names=ask.names)


def _srp(asked: SrpSection, ask: Ask) -> Iterator[Rule]:
    hard, price = ask.strength("srp", asked.rule, asked.weight)
    yield from coverage_by_need(ask.county, asked.needs, asked.phases, price, hard=hard)


def _pathways(asked: PathwaysSection, ask: Ask) -> Iterator[Rule]:
    hard, price = ask.strength("pathways", asked.rule, asked.weight)
    yield pathway_rule(ask.county, asked.terms, price, hard=hard)


def _balance(asked: Mapping[str, BalanceSection], ask: Ask) -> Iterator[Rule]:
    units = UNITS | {column.name: column.unit for column in ask.county.schools.own}
    for name, balance in asked.items():
        excess, _, _ = excess_of(ask.county.schools, balance.column, balance.base)
        unit = units.get(balance.column, "")
        yield Balance(f"balance.{name}", excess, balance.weight, unit)


def _groups(
    county: County, code: str, title: str
) -> tuple[dict[str, frozenset[int]], dict[str, str]]:
    """Return the groups of two or more schools by code, and their names."""
    groups, titles = county.schools.groups_of(code, title)
    groups = {key: urns for key, urns in groups.items() if len(urns) > 1}
    return groups, {key: titles[key] for key in groups}


def _pair_groups(pairs: Iterable[tuple[int, int]]) -> dict[str, frozenset[int]]:
    return {f"{infant}-{junior}": frozenset({int(infant), int(junior)}) for infant, junior in pairs}


BUILT_IN = (
    RuleKind("trusts", TrustsSection, _trusts),
    RuleKind("federations", FederationsSection, _federations),
    RuleKind("pairs", PairsSection, _pairs, read=_read_pairs),
    RuleKind("networks", NetworksSection, _networks, read=_read_networks),
    RuleKind("pins", PinsSection, _pins),
    RuleKind("srp", SrpSection, _srp),
    RuleKind("pathways", PathwaysSection, _pathways),
    RuleKind("balance", BalanceSection, _balance),
)
