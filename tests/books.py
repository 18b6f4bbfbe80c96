"""Rulebooks for tests: one with every feature on, and its parts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from cluster_geo.county import County
from cluster_geo.rules import (
    Apart,
    Balance,
    CloseToReference,
    MostClustersOfTrust,
    MostMovers,
    NumberOfClusters,
    OnePiece,
    Pathways,
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
    srp_coverage,
)


def every_rule(county: County, seed: int, scale: float = 1.0) -> tuple[Rule, ...]:
    """Return every rule over a cluster, hard and priced, with limits rolled by `seed`.

    Every price is multiplied by `scale`.
    """
    rng = np.random.default_rng(seed)
    schools = county.schools
    urns = np.array(county.urns)
    excess, _, _ = excess_of(schools, "pupils")
    served, _ = open_to_all(schools)
    pair = frozenset(int(urn) for urn in rng.choice(urns, 2, replace=False))
    federations = schools.grouped_by("federation_code")
    old = {int(urn): str(rng.choice(["R1", "R2"])) for urn in urns if rng.random() < 0.8}
    new = frozenset(county.urns) - old.keys()
    pcn = county.layers["pcn"].zone_of
    return (
        Size(int(rng.integers(1, 3)), int(rng.integers(3, 6))),
        Phases(schools.primaries, schools.secondaries),
        OnePiece(county.neighbours.graph, schools.names),
        TravelToHub(county.travel, 0.8 * scale),
        WorstTrip(county.travel, worst_of(county, seed), schools.names),
        Trusts(schools.grouped_by("trust_uid"), 3.0 * scale),
        Zones("district", county.layers["district"].zone_of, hard=True),
        Zones("pcn", pcn, price=1.5 * scale, names=schools.names),
        srp_coverage(schools.where("srp"), 5.0 * scale),
        srp_coverage(schools.where("srp"), hard=True, name="srp hard"),
        non_selective(served, 2.5 * scale, secondaries=schools.secondaries, names=schools.names),
        non_selective(served, hard=True, name="non-selective hard"),
        Together("federations", federations, 4.0 * scale, names=schools.names),
        Together("networks", {"N1": pair, "N2": frozenset(urns[:3].tolist())}, {"N1": 2.0 * scale}),
        Together("pairs", {"P": pair}, hard=True),
        Apart((frozenset(int(u) for u in rng.choice(urns, 3, replace=False)),)),
        Balance("balance.pupils", excess, 0.01 * scale, "pupils"),
        CloseToReference(old, new, 1.25 * scale),
    )


def pathway_rules(county: County, seed: int, scale: float = 1.0) -> tuple[Rule, ...]:
    """Return the rules about ways on, one priced and one hard; they are rolled by themselves."""
    names = county.schools.names
    return (
        Pathways(*_ways(county, seed), 2.25 * scale, names=names),
        Pathways(*_ways(county, seed + 1), hard=True, name="pathways hard"),
    )


def book_with_pathways(county: County, seed: int, scale: float = 1.0) -> Rulebook:
    """Roll a rulebook as `random_rulebook` does, with a rule about ways on: each third is hard."""
    priced, hard = pathway_rules(county, seed, scale)
    book = random_rulebook(county, seed, scale)
    return replace(book, rules=(*book.rules, priced, *([hard] if seed % 3 == 0 else [])))


def _ways(county: County, seed: int) -> tuple[dict[str, frozenset[int]], dict[str, frozenset[int]]]:
    """Roll schools with a primary SRP for two needs and with a secondary one, some with both."""
    rng = np.random.default_rng([seed, 1])
    urns = np.array(county.urns)
    starts, ends = (
        {
            need: frozenset(rng.choice(urns, rng.integers(least, 3), replace=False).tolist())
            for need in ("ASD", "HI")
        }
        for least in (1, 0)
    )
    return starts, ends


def worst_of(county: County, seed: int) -> float:
    """Roll a longest trip that some clusters keep and some break."""
    quantile = np.random.default_rng(seed).uniform(0.3, 0.9)
    return float(np.quantile(county.travel.matrix, quantile))


def every_plan_rule(county: County, seed: int) -> tuple[PlanRule, ...]:
    """Return every rule over a plan."""
    rng = np.random.default_rng(seed)
    low = int(rng.integers(1, 4))
    old = {urn: str(rng.choice(["R1", "R2", "R3"])) for urn in county.urns}
    trusts = county.schools.grouped_by("trust_uid")
    rules: list[PlanRule] = [
        NumberOfClusters(low, low + int(rng.integers(0, 2))),
        MostMovers(old, most=int(rng.integers(2, 6))),
    ]
    rules += [MostClustersOfTrust(uid, urns, most=2) for uid, urns in sorted(trusts.items())]
    return tuple(rules)


def random_rulebook(county: County, seed: int, scale: float = 1.0) -> Rulebook:
    """Roll a rulebook in which every rule is on, each hard one with a chance of a quarter.

    With all hard rules on at once no plan would be left to find.
    """
    rng = np.random.default_rng(seed + 1)
    kept = [r for r in every_rule(county, seed, scale) if not r.hard or rng.random() < 0.25]
    plan_rules = tuple(r for r in every_plan_rule(county, seed) if rng.random() < 0.5)
    return Rulebook(tuple(kept), county.travel, plan_rules)
