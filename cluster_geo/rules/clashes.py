"""Hard rules that no plan can keep together, found by counting before any solve.

Every clash found is proven: no plan keeps the rules it names. Rules without a clash may still be
impossible together, which only the optimiser can prove.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

import networkx as nx

from cluster_geo.county import County
from cluster_geo.phrases import counted, listed, named
from cluster_geo.plan import leading_zones
from cluster_geo.rules.clash import Clash, Counting, Region
from cluster_geo.rules.regions import regions_of
from cluster_geo.rules.rule import Rule
from cluster_geo.rules.rulebook import Rulebook
from cluster_geo.rules.sizes import size_limits, sizing

# Most schools that are named one by one when a region is a small part of its zones.
_FEW = 5


def find_clashes(county: County, rulebook: Rulebook) -> tuple[Clash, ...]:
    """Find the hard rules that are proven to be impossible together.

    Parameters
    ----------
    county : County
    rulebook : Rulebook

    Returns
    -------
    tuple of Clash
        Schools that must be together but cannot be; regions that cannot be split into clusters
        of the right size with the schools that each must have; an impossible number of clusters;
        trusts that need more clusters than they may sit in.
    """
    hard = [rule for rule in rulebook.rules if rule.hard]
    found = list(_of_groups(hard, rulebook, county))
    counting, clashes = _counted(hard, rulebook, county)
    found += clashes
    for rule in rulebook.plan_rules:
        found += rule.clashes(counting)
    return tuple(dict.fromkeys(found))


def _of_groups(hard: list[Rule], rulebook: Rulebook, county: County) -> Iterator[Clash]:
    """Yield clashes of schools that must be together; groups that overlap count as one."""
    ties = [rule for rule in hard if rule.tied]
    graph: nx.Graph[int] = nx.Graph()
    for rule in ties:
        for schools in rule.tied.values():
            nx.add_path(graph, sorted(schools))
    pieces = [rule.name for rule in hard if rule.neighbours is not None]
    whole = regions_of(Rulebook(_without_zones(hard), rulebook.travel), county.urns)
    for found in sorted(map(frozenset, nx.connected_components(graph)), key=min):
        tied = tuple(r.name for r in ties if any(found & g for g in r.tied.values()))
        demand = f"{named(found, county.schools.names)} must be in one cluster ({listed(tied)})"
        for rule in hard:
            for words in rule.against(found, county):
                yield Clash((*tied, rule.name), f"{demand}, but {words}.", found)
        if not any(found <= region for region in whole):
            words = f"{demand}, but no chain of neighbours joins them."
            yield Clash((*tied, *pieces), words, found)


def _without_zones(hard: Iterable[Rule]) -> tuple[Rule, ...]:
    return tuple(rule for rule in hard if rule.layer is None)


def _counted(hard: list[Rule], rulebook: Rulebook, county: County) -> tuple[Counting, list[Clash]]:
    """Bound the number of clusters of each region, and return a clash for each that fits none."""
    low, high = size_limits(hard, len(county.urns))
    sized = sizing(hard) or ("size",)
    parting = tuple(r.name for r in hard if r.layer is not None) or ("one piece",)
    needs = [need for rule in hard for need in rule.needs()]
    regions = []
    clashes = []
    for schools in regions_of(rulebook, county.urns):
        title = _title(schools, hard, county)
        fewest, most = math.ceil(len(schools) / high), len(schools) // max(low, 1)
        here = f"{title}: {counted(len(schools), 'school')}"
        if fewest > most:
            words = f"{here} cannot be cut into clusters of {low} to {high}."
            clashes.append(Clash((*sized, *parting), words, schools))
        for need in needs:
            present = len(need.schools & schools)
            enough_for = present // need.least
            if enough_for < fewest:
                need_they, have_they = ("needs", "has") if len(schools) == 1 else ("need", "have")
                words = (
                    f"{here} {need_they} at least {counted(fewest, 'cluster')} of at most {high}, "
                    f"but {have_they} {present} {need.what}, enough for {enough_for}."
                )
                clashes.append(Clash((need.rule, *sized, *parting), words, schools))
            most = min(most, enough_for)
        clashes += _stranded(hard, schools, title, parting, county)
        regions.append(Region(schools, title, fewest, most))
    needing = tuple(dict.fromkeys(need.rule for need in needs))
    return Counting(tuple(regions), high, sized, needing, parting, not clashes), clashes


def _stranded(
    hard: Iterable[Rule],
    region: frozenset[int],
    title: str,
    parting: tuple[str, ...],
    county: County,
) -> Iterator[Clash]:
    """Yield a clash for schools of a region that no cluster within it can have."""
    # A rule about the whole county clashes with none that divides it.
    names = parting if len(region) < len(county.urns) else ()
    for rule in hard:
        for words in rule.stranded(region, county):
            # Other schools of the region might have helped, so the clash is of all of them.
            yield Clash((rule.name, *names), f"{title}: {words}.", region)


def _title(schools: frozenset[int], hard: Iterable[Rule], county: County) -> str:
    """Name a region by its zones, and also by its schools if it is only a part of them."""
    parts = []
    whole = set(county.urns)
    for rule in hard:
        if (layer := rule.layer) is not None:
            zone = next(iter(leading_zones(schools, layer.zone_of)), "")
            parts.append(layer.zone_title(zone, "Schools in no zone"))
            whole &= {urn for urn in county.urns if layer.zone_of.get(urn, "") == zone}
    title = listed(parts) or "The county"
    if schools == whole:
        return title
    if len(schools) <= _FEW:
        return f"{title}, the part of {named(schools, county.schools.names)}"
    return f"{title}, the part with {named([min(schools)], county.schools.names)}"
