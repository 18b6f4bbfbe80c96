"""The number of schools that a cluster may have under all rules together."""

from __future__ import annotations

from collections.abc import Iterable

from cluster_geo.rules.rule import Rule
from cluster_geo.rules.rulebook import Rulebook


def size_limits(rules: Iterable[Rule], schools: int) -> tuple[int, int]:
    """Return the fewest and most schools of a cluster under all hard rules.

    They are 1 and `schools` if no rule limits the size.
    """
    sizes = [limits for rule in rules if rule.hard and (limits := rule.size_limits) is not None]
    return max((low for low, _ in sizes), default=1), min((h for _, h in sizes), default=schools)


def sizing(rules: Iterable[Rule]) -> tuple[str, ...]:
    """Return the names of the hard rules that set the fewest or most schools of a cluster."""
    sized = [rule for rule in rules if rule.hard and rule.size_limits is not None]
    low, high = size_limits(sized, 0)
    names = []
    for rule in sized:
        least, most = rule.size_limits or (1, 0)
        if most == high or least == low > 1:
            names.append(rule.name)
    return tuple(names)


def most_schools(rulebook: Rulebook) -> int | None:
    """Return the most schools that a cluster may have, or None if no rule limits them."""
    if any(rule.hard and rule.size_limits for rule in rulebook.rules):
        return size_limits(rulebook.rules, 0)[1]
    return None


def fewest_by_size(schools: int, largest: int | None) -> int:
    """Return the fewest clusters that so many schools fit into, by the size of a cluster alone."""
    return 1 if largest is None else -(-schools // largest)
