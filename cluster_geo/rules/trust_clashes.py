"""Trusts that may sit in fewer clusters than their schools need, found by counting."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from cluster_geo.phrases import counted, listed
from cluster_geo.rules.clash import Clash, Counting

if TYPE_CHECKING:
    from cluster_geo.rules.clusters_of_trust import MostClustersOfTrust

# Most regions of a trust that a message names; the rest are counted.
MOST_NAMED = 6


def clashes_of_trust(rule: MostClustersOfTrust, counting: Counting) -> Iterator[Clash]:
    """Yield a clash if a trust's schools need more clusters than it may sit in.

    In each region with any of its schools the trust needs at least one cluster, and enough
    clusters for all its schools there.

    Parameters
    ----------
    rule : MostClustersOfTrust
    counting : Counting
    """
    regions, high = counting.regions, counting.most_schools
    here = {r: len(r.schools & rule.schools) for r in regions if r.schools & rule.schools}
    needed = sum(math.ceil(number / high) for number in here.values())
    if needed <= rule.high:
        return
    names = [rule.name]
    names += counting.sizing if needed > len(here) else ()
    names += counting.parting if len(here) > 1 else ()
    words = _words(rule, {r.title: n for r, n in here.items()}, needed, high)
    yield Clash(tuple(names), words, counting.schools)


def _words(rule: MostClustersOfTrust, here: dict[str, int], needed: int, high: int) -> str:
    """Return a sentence with the limit, the number needed, and the reasons."""
    number = sum(here.values())
    words = (
        f"{rule.called} must sit in at most {counted(rule.most, 'cluster')}, but its "
        f"{counted(number, 'school')} need at least {needed}"
    )
    if rule.elsewhere:
        words += f" besides {counted(rule.elsewhere, 'frozen cluster')} that it already sits in"
    reasons = [_where(here)] if len(here) > 1 else []
    reasons += [f"a cluster has at most {high:,} schools"] if needed > len(here) else []
    return f"{words}: {'; and '.join(reasons)}." if reasons else f"{words}."


def _where(here: dict[str, int]) -> str:
    parts = [f"{number} in {title}" for title, number in here.items()]
    if len(parts) > MOST_NAMED:
        parts = [*parts[:MOST_NAMED], f"others in {counted(len(parts) - MOST_NAMED, 'more place')}"]
    return f"{listed(parts)}, which cannot share a cluster"
