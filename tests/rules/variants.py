"""Rules whose parameters cannot be taken for one another, beside those of `tests.books`.

A rulebook in which the least number of primaries and of secondaries is 1 cannot tell whether a
rule looks at the right one. `alike` finds parameters that are always the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import fields
from itertools import combinations
from typing import Any

import numpy as np

from cluster_geo.county import County
from cluster_geo.rules import (
    Apart,
    CloseToReference,
    MostClustersOfTrust,
    MostMovers,
    NumberOfClusters,
    Pathways,
    Phases,
    PlanRule,
    Rule,
    Together,
    Trusts,
    Zones,
    coverage_by_need,
    exceptions,
    excess_of,
    non_selective,
    open_to_all,
    srp_coverage,
)
from cluster_geo.rules.balance import Balance

Parameters = tuple[str, str, str]


def more_rules(county: County, seed: int) -> tuple[Rule, ...]:
    """Return rules over a cluster that differ from those of the books in what they weigh."""
    rng = np.random.default_rng(seed)
    schools, urns = county.schools, np.array(county.urns)
    primaries, secondaries = schools.primaries, schools.secondaries
    three = frozenset(int(urn) for urn in rng.choice(urns, 3, replace=False))
    pair = frozenset(sorted(three)[:2])
    old = {int(urn): str(rng.choice(["R1", "R2", "R3"])) for urn in urns if rng.random() < 0.6}
    plans, _, _ = excess_of(schools, "ehcp", "pupils")
    return (
        Phases(primaries, secondaries, 2, 1, name="two primaries"),
        Phases(primaries, secondaries, 1, 2, name="two secondaries"),
        Phases(primaries, secondaries, 0, 1, name="a secondary"),
        Phases(primaries, secondaries, 3, 0, name="three primaries"),
        Zones("pcn hard", county.layers["pcn"].zone_of, hard=True),
        Zones("pcn shown", county.layers["pcn"].zone_of),
        Trusts(schools.grouped_by("trust_uid"), 0.0, name="trusts shown"),
        srp_coverage(schools.where("srp"), name="srp shown"),
        non_selective(
            open_to_all(schools)[0], 9.0, hard=True, secondaries=secondaries, name="open to all"
        ),
        Together("threes", {"A": three, "B": pair}, {"A": 4.0, "B": 1.5}),
        Together("threes hard", {"A": three}, 2.0, hard=True),
        exceptions("without", three, 2.75),
        Pathways({"VI": three}, {}, 1.5, name="pathways to nowhere"),
        Pathways({"VI": pair}, {"VI": three - pair}, hard=True, name="pathways in one need"),
        *coverage_by_need(county, ("ASD",), ("primary", "secondary"), 1.25),
        Apart((pair, frozenset(county.urns) - three), name="apart twice"),
        Balance("balance.plans", plans, 0.3, "pupils"),
        CloseToReference(old, frozenset(county.urns) - old.keys(), 0.75, name="reference of few"),
    )


def more_plan_rules(county: County, seed: int) -> tuple[PlanRule, ...]:
    """Return rules over a plan: a reference that does not know every school, a trust elsewhere."""
    rng = np.random.default_rng(seed)
    old = {urn: str(rng.choice(["R1", "R2"])) for urn in county.urns if rng.random() < 0.6}
    some = frozenset(int(urn) for urn in rng.choice(np.array(county.urns), 3, replace=False))
    return (
        NumberOfClusters(2, 4, name="two to four"),
        MostMovers(old, 3, frozenset(county.urns) - old.keys(), name="movers of few"),
        MostClustersOfTrust("T", some, 4, elsewhere=1, title="Three"),
    )


def alike(rules: Iterable[Rule | PlanRule]) -> set[Parameters]:
    """Return pairs of parameters of one kind that are the same in every rule of a class.

    What is only said to readers, as names are, is left aside.
    """
    by_class: dict[type, list[Any]] = defaultdict(list)
    for rule in rules:
        by_class[type(rule)].append(rule)
    found: set[Parameters] = set()
    for kind, made in by_class.items():
        own = [f.name for f in fields(kind) if f.init and f.repr and f.name != "name"]
        for one, other in combinations(own, 2):
            values = [(getattr(rule, one), getattr(rule, other)) for rule in made]
            comparable = [(a, b) for a, b in values if type(a) is type(b) and type(a) is not bool]
            if comparable and all(a == b for a, b in comparable):
                found.add((kind.__name__, one, other))
    return found
