"""Doubt about the inputs: each weight a quarter up and down, and the road factor."""

from __future__ import annotations

from cluster_geo.alternatives.variations import Variation
from cluster_geo.scenario import Scenario

SHARE = 0.25
# Road km for a km of straight line: what is found in towns and across open country.
FACTORS = (1.2, 1.5)


def doubts(scenario: Scenario, *, after: str | None = None) -> tuple[Variation, ...]:
    """Return a variation for every weight moved by a quarter either way, and for each factor.

    Travel's own weight is left: to move it is to move all others the other way. A rule that is
    hard or only shown has no weight to doubt, nor has one of weight 0.

    Parameters
    ----------
    scenario : Scenario
    after : str, optional
        Run whose plan each search begins from.
    """
    found = [
        Variation(f"{key}-{direction}", {f"{key}.weight": repr(round(weight * factor, 6))}, after)
        for key, weight in _weights(scenario).items()
        for direction, factor in (("less", 1 - SHARE), ("more", 1 + SHARE))
    ]
    if scenario.travel.matrix is None:
        found += [
            Variation(f"travel.factor-{factor}", {"travel.factor": repr(factor)}, after)
            for factor in FACTORS
            if factor != scenario.travel.factor
        ]
    return tuple(found)


def _weights(scenario: Scenario) -> dict[str, float]:
    """Weights that count, by the rule's dotted name."""
    counted = {
        name: asked.weight
        for name, asked in scenario.weighed().items()
        if asked.rule in {"priced", "hard-if-possible"} and asked.weight
    }
    counted |= {f"balance.{name}": b.weight for name, b in scenario.balance.items() if b.weight}
    if scenario.reference.plan is not None and scenario.reference.weight:
        counted["reference"] = scenario.reference.weight
    return counted
