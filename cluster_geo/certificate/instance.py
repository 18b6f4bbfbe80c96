"""What a certificate is about: the run's settings, the files it read, its rules and its plan."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cluster_geo.county import County
from cluster_geo.plan import Cluster
from cluster_geo.rules import NumberOfClusters, Rulebook, size_limits


def instance_hash(record: Mapping[str, Any]) -> str:
    """Return a hash of what a run was asked and of the files it read, from its run.json.

    Files count by what is in them, wherever they are.
    """
    hashes = {source["path"]: source["sha256"] for source in record["inputs"]}
    asked = {
        "scenario": _by_content(record["scenario"], hashes),
        "requirements": record["requirements"],
        "most_movers": record["most_movers"],
        "inputs": sorted((source["role"], source["sha256"]) for source in record["inputs"]),
    }
    # As they are once read from the file again, where a tuple is a list.
    text = json.dumps(asked, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _by_content(part: object, hashes: Mapping[str, str]) -> object:
    """Return settings with the hash of each file in place of its path."""
    if isinstance(part, Mapping):
        return {str(key): _by_content(value, hashes) for key, value in part.items()}
    if isinstance(part, list | tuple):
        return [_by_content(value, hashes) for value in part]
    return hashes.get(part, part) if isinstance(part, str) else part


@dataclass(frozen=True)
class Instance:
    """The schools and rules that a bound is about: those of a run, and what is frozen of it.

    Parameters
    ----------
    county : County
    rulebook : Rulebook
        Its rules over the plan have the limits that the frozen clusters leave.
    frozen : tuple of Cluster
    frozen_cost : float
    numbers : (int, int)
        Fewest and most clusters that sizes and rules over the plan allow.
    """

    county: County
    rulebook: Rulebook
    frozen: tuple[Cluster, ...]
    frozen_cost: float
    numbers: tuple[int, int]

    @classmethod
    def of(cls, county: County, rulebook: Rulebook, frozen: Iterable[Cluster]) -> Instance:
        """Leave out what is frozen, and count how many clusters the rest can have."""
        frozen = tuple(frozen)
        schools = len(county.urns) - sum(map(len, frozen))
        rules = tuple(rule.less(sum(map(rule.coefficient, frozen))) for rule in rulebook.plan_rules)
        numbers = _numbers(rulebook, rules, schools)
        # One rule always counts the clusters, as in a search.
        counted = NumberOfClusters(*numbers)
        others = tuple(rule for rule in rules if not rule.counts_clusters)
        rest = Rulebook(rulebook.rules, rulebook.travel, (counted, *others))
        return cls(county, rest, frozen, sum(map(rulebook.price, frozen)), numbers)

    @cached_property
    def absent(self) -> frozenset[int]:
        """Schools of frozen clusters."""
        return frozenset(urn for cluster in self.frozen for urn in cluster.members)

    @cached_property
    def urns(self) -> tuple[int, ...]:
        """The other schools."""
        return tuple(urn for urn in self.county.urns if urn not in self.absent)


def _numbers(rulebook: Rulebook, plan_rules: Iterable[Any], schools: int) -> tuple[int, int]:
    fewest, most = size_limits(rulebook.rules, schools)
    low, high = -(-schools // max(1, most)), schools // max(1, fewest)
    for rule in plan_rules:
        if rule.counts_clusters:
            low = max(low, math.ceil(max(rule.low, low)))
            high = math.floor(min(rule.high, high))
    return low, high
