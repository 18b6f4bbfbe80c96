"""Trusts that are asked to sit in fewer clusters than their schools need, by counting."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from cluster_geo.county import County
from cluster_geo.rules.clash import Clash, Region
from cluster_geo.rules.rulebook import Rulebook
from cluster_geo.rules.size import Size
from cluster_geo.rules.trusts import MostClustersOfTrust
from cluster_geo.rules.words import counted, listed
from cluster_geo.rules.zones import Zones

# Regions of a trust that are named; the rest are counted.
MOST_NAMED = 6


def clashes_of_trusts(
    rulebook: Rulebook, regions: Sequence[Region], county: County
) -> Iterator[Clash]:
    """Yield a clash for each trust whose schools need more clusters than it may sit in.

    In each region that has any of its schools the trust needs a cluster, and as many as its
    schools there fill.

    Parameters
    ----------
    rulebook : Rulebook
    regions : sequence of Region
        Of the county, no cluster being in two.
    county : County
    """
    sizes = [rule for rule in rulebook.rules if isinstance(rule, Size)]
    high = min((rule.high for rule in sizes), default=len(county.urns))
    layers = [rule.name for rule in rulebook.rules if isinstance(rule, Zones) and rule.hard]
    for rule in rulebook.plan_rules:
        if not isinstance(rule, MostClustersOfTrust):
            continue
        here = {r: len(r.schools & rule.schools) for r in regions if r.schools & rule.schools}
        needed = sum(math.ceil(number / high) for number in here.values())
        if needed <= rule.high:
            continue
        names = [rule.name]
        names += ["size"] if needed > len(here) else []
        names += (layers or ["one piece"]) if len(here) > 1 else []
        words = _words(rule, {r.title: n for r, n in here.items()}, needed, high)
        yield Clash(tuple(names), words, frozenset(county.urns))


def _words(rule: MostClustersOfTrust, here: dict[str, int], needed: int, high: int) -> str:
    """Say what is asked, what is needed, and why."""
    number = sum(here.values())
    words = (
        f"{rule.called} must sit in at most {counted(rule.most, 'cluster')}, but its "
        f"{counted(number, 'school')} need at least {needed}"
    )
    if rule.elsewhere:
        words += f" besides the {rule.elsewhere} that it sits in and that stay as they are"
    reasons = [_where(here)] if len(here) > 1 else []
    reasons += [f"a cluster has at most {high} schools"] if needed > len(here) else []
    return f"{words}: {'; and '.join(reasons)}." if reasons else f"{words}."


def _where(here: dict[str, int]) -> str:
    parts = [f"{number} in {title}" for title, number in here.items()]
    if len(parts) > MOST_NAMED:
        parts = [*parts[:MOST_NAMED], f"others in {counted(len(parts) - MOST_NAMED, 'more place')}"]
    return f"{listed(parts)}, which no cluster joins"
