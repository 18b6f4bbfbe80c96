"""The kinds of rule with a section of their own: ties of schools, provisions, and balance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from cluster_geo.columns import SCHOOL_COLUMNS
from cluster_geo.county import County
from cluster_geo.rules import Balance, Rule, Together, Trusts, excess_of, pin_rules, srp_coverage
from cluster_geo.scenario.kinds import Ask, RuleKind
from cluster_geo.scenario.sections import (
    BalanceSection,
    FederationsSection,
    NetworksSection,
    PairsSection,
    PinsSection,
    SrpSection,
    TrustsSection,
)
from cluster_geo.schools.networks import read_networks
from cluster_geo.schools.pairs import propose_pairs, read_pairs

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
    """Infant and junior pairs: those the planner confirmed may be hard, others have a price.

    A pair proposed with low confidence counts once the planner has confirmed it.
    """
    schools = ask.county.schools
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
    hard, price = ask.strength("pairs", asked.rule, asked.weight)
    if not hard:
        groups = _pair_groups([*confirmed, *others])
        yield Together("pairs", groups, price, names=ask.names)
        return
    yield Together("pairs", _pair_groups(confirmed), hard=True, names=ask.names)
    yield Together("pairs not confirmed", _pair_groups(others), asked.weight, names=ask.names)


def _networks(asked: NetworksSection, ask: Ask) -> Iterator[Rule]:
    if asked.file is None:
        return
    networks = read_networks(asked.file, ask.county.schools).networks
    groups = {network.name: network.members for network in networks}
    hard, price = ask.strength("networks", asked.rule, asked.weight)
    prices = {
        network.name: network.weight if price and network.weight is not None else price
        for network in networks
    }
    yield Together("networks", groups, prices, hard, names=ask.names)


def _pins(pins: PinsSection, ask: Ask) -> Iterable[Rule]:
    return pin_rules(together=pins.together, apart=pins.apart, fixed=pins.fixed, names=ask.names)


def _srp(asked: SrpSection, ask: Ask) -> Iterator[Rule]:
    hard, price = ask.strength("srp", asked.rule, asked.weight)
    yield srp_coverage(ask.county.schools.where("srp"), price, hard=hard)


def _balance(asked: Mapping[str, BalanceSection], ask: Ask) -> Iterator[Rule]:
    for name, balance in asked.items():
        excess, _, _ = excess_of(ask.county.schools, balance.column, balance.base)
        unit = UNITS.get(balance.column, "")
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
    RuleKind("pairs", PairsSection, _pairs),
    RuleKind("networks", NetworksSection, _networks),
    RuleKind("pins", PinsSection, _pins),
    RuleKind("srp", SrpSection, _srp),
    RuleKind("balance", BalanceSection, _balance),
)
