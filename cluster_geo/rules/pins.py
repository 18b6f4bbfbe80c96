"""Pins: decisions about single schools that a planner has made by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cluster_geo.rules.apart import Apart
from cluster_geo.rules.rule import Rule
from cluster_geo.rules.together import Together


def pin_rules(
    *,
    together: Iterable[Iterable[int]] = (),
    apart: Iterable[Iterable[int]] = (),
    fixed: Mapping[str, Iterable[int]] | None = None,
    names: Mapping[int, str] | None = None,
) -> tuple[Rule, ...]:
    """Make the hard rules for pins.

    Parameters
    ----------
    together, apart : iterable of groups of URNs
        Groups whose schools share a cluster, and groups of which no two do.
    fixed : mapping of str to URNs
        Schools by the number of the cluster they are fixed to: schools with the same number are
        together, others apart. `naming.name_plan` puts the number in the cluster's code.
    names : mapping of int to str, optional
        Schools' names, for the words.

    Returns
    -------
    tuple of Rule
        Rules named "pins.together", "pins.apart" and "pins.fixed", if there are such pins.
    """
    names = names or {}
    numbered = {number: frozenset(urns) for number, urns in sorted((fixed or {}).items())}
    groups = {f"pin {k}": frozenset(urns) for k, urns in enumerate(together, start=1)}
    pairs = tuple(frozenset(urns) for urns in apart)
    rules: list[Rule] = []
    if groups:
        rules.append(Together("pins.together", groups, hard=True, names=names))
    if pairs:
        rules.append(Apart(pairs, names, name="pins.apart"))
    if numbered:
        titles = {number: f"cluster {number}" for number in numbered}
        rules.append(Together("pins.fixed", numbered, hard=True, group_names=titles, names=names))
    if len(numbered) > 1:
        # One school of each number is enough: the others are in the same cluster.
        rules.append(Apart((frozenset(map(min, numbered.values())),), names, "pins.fixed apart"))
    return tuple(rules)
