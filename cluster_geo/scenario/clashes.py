"""Hard rules that plainly cannot hold together, found by counting before any search."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from cluster_geo.county import County
from cluster_geo.rules import Rulebook, Size, Together, Zones
from cluster_geo.rules.words import counted, listed, named


def clashes(rulebook: Rulebook, county: County) -> tuple[str, ...]:
    """Name the groups that must stay together and cannot: one plain sentence for each.

    An empty answer proves nothing; a sentence proves that no plan keeps the hard rules.
    """
    return tuple(_across_zones(rulebook, county)) + tuple(_too_large(rulebook, county))


def _across_zones(rulebook: Rulebook, county: County) -> Iterator[str]:
    names = county.schools.names
    layers = [rule for rule in rulebook.rules if isinstance(rule, Zones) and rule.hard]
    for rule, group, urns in _groups(rulebook):
        for layer in layers:
            homes: dict[str, list[int]] = defaultdict(list)
            for urn in sorted(urns):
                homes[layer.zone_of.get(urn, "")].append(urn)
            if len(homes) > 1:
                places = listed(
                    [
                        f"{named(home, names)} in {layer.zone_names.get(code, code) or 'no zone'}"
                        for code, home in sorted(homes.items())
                    ]
                )
                title = rule.group_names.get(group, group)
                yield (
                    f"{rule.name} and {layer.name} are both hard, and {title} has {places}: "
                    f"no cluster may cross {layer.name}."
                )


def _too_large(rulebook: Rulebook, county: County) -> Iterator[str]:
    most = min((rule.high for rule in rulebook.rules if isinstance(rule, Size)), default=None)
    if most is None:
        return
    for rule, group, urns in _groups(rulebook):
        if len(urns) > most:
            title = rule.group_names.get(group, group)
            yield (
                f"{rule.name} is hard, and {title} has {counted(len(urns), 'school')}: a cluster "
                f"may have {most}. ({named(urns, county.schools.names)})"
            )


def _groups(rulebook: Rulebook) -> Iterator[tuple[Together, str, frozenset[int]]]:
    """Yield every group of two or more schools that must share a cluster."""
    for rule in rulebook.rules:
        if isinstance(rule, Together) and rule.hard:
            for group, urns in sorted(rule.groups.items()):
                if len(urns) > 1:
                    yield rule, group, urns
