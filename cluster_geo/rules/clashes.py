"""Hard rules that cannot all be kept, found by counting and by looking, before any solve.

What is found is proven: no plan keeps the rules named. What is not found may still be
impossible; only the optimiser can tell.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import networkx as nx

from cluster_geo.county import County
from cluster_geo.plan import TOLERANCE, main_zone
from cluster_geo.rules.apart import Apart
from cluster_geo.rules.clash import Clash, Region
from cluster_geo.rules.non_selective import NonSelective
from cluster_geo.rules.number_of_clusters import NumberOfClusters
from cluster_geo.rules.phases import Phases
from cluster_geo.rules.regions import regions_of
from cluster_geo.rules.rule import Rule
from cluster_geo.rules.rulebook import Rulebook
from cluster_geo.rules.size import Size
from cluster_geo.rules.srp import SrpCoverage
from cluster_geo.rules.together import Together
from cluster_geo.rules.trust_clashes import clashes_of_trusts
from cluster_geo.rules.words import amount, counted, listed, named
from cluster_geo.rules.worst_trip import WorstTrip
from cluster_geo.rules.zones import Zones


@dataclass(frozen=True)
class _Need:
    """Each cluster must have `least` of these schools, because `rule` says so."""

    rule: str
    schools: frozenset[int]
    least: int
    what: str


def find_clashes(rulebook: Rulebook, county: County) -> tuple[Clash, ...]:
    """Find the hard rules that are proven to be impossible together.

    Parameters
    ----------
    rulebook : Rulebook
    county : County

    Returns
    -------
    tuple of Clash
        Schools that must be together and cannot be; regions that cannot be cut into clusters
        of the right size with what each must have; a number of clusters out of reach; trusts
        that need more clusters than they may sit in.
    """
    hard = [rule for rule in rulebook.rules if rule.hard]
    found = list(_of_groups(hard, rulebook, county))
    regions, clashes = _regions(hard, rulebook, county)
    found += clashes
    if not clashes:
        found += _of_number(rulebook, regions)
    found += clashes_of_trusts(rulebook, regions, county)
    return tuple(dict.fromkeys(found))


def _of_groups(hard: list[Rule], rulebook: Rulebook, county: County) -> Iterator[Clash]:
    """Clashes of schools that must be together, tied groups taken as one."""
    ties = [rule for rule in hard if isinstance(rule, Together)]
    graph: nx.Graph[int] = nx.Graph()
    for rule in ties:
        for schools in rule.groups.values():
            nx.add_path(graph, sorted(schools))
    whole = regions_of(Rulebook(_without_zones(hard), rulebook.hub), county.urns)
    for found in sorted(map(frozenset, nx.connected_components(graph)), key=min):
        tied = tuple(r.name for r in ties if any(found & g for g in r.groups.values()))
        said = f"{named(found, county.schools.names)} must be in one cluster ({listed(tied)})"
        for name, words in _against(found, hard, county):
            yield Clash((*tied, name), f"{said}, but {words}.", found)
        if not any(found <= region for region in whole):
            words = f"{said}, but no chain of neighbours joins them."
            yield Clash((*tied, "one piece"), words, found)


def _without_zones(hard: Iterable[Rule]) -> tuple[Rule, ...]:
    return tuple(rule for rule in hard if not isinstance(rule, Zones))


def _against(group: frozenset[int], hard: list[Rule], county: County) -> Iterator[tuple[str, str]]:
    """Name each rule that a group kept together must break, and say why."""
    for rule in hard:
        if isinstance(rule, Size) and len(group) > rule.high:
            yield rule.name, f"they are {len(group)}, and a cluster has at most {rule.high}"
        elif isinstance(rule, Zones):
            zones = sorted({rule.zone_of.get(urn, "") for urn in group})
            if len(zones) > 1:
                titles = listed([rule.zone_names.get(z, z) or "no zone" for z in zones])
                yield rule.name, f"they lie in different zones of {rule.name}: {titles}"
        elif isinstance(rule, Apart):
            for parted in rule.groups:
                if len(group & parted) > 1:
                    schools = named(group & parted, county.schools.names)
                    yield rule.name, f"{schools} must be apart"
        elif isinstance(rule, WorstTrip) and not _has_hub(group, rule):
            worst = amount(rule.worst, rule.travel.unit)
            yield rule.name, f"no school is within {worst} of all of them"


def _has_hub(group: frozenset[int], rule: WorstTrip) -> bool:
    rows = [rule.travel.position[urn] for urn in group]
    return bool((rule.travel.matrix[rows].max(axis=0) <= rule.worst + TOLERANCE).any())


def _regions(
    hard: list[Rule], rulebook: Rulebook, county: County
) -> tuple[list[Region], list[Clash]]:
    """Count how many clusters each region can make, and name those that can make none."""
    sizes = [rule for rule in hard if isinstance(rule, Size)]
    low = max((rule.low for rule in sizes), default=1)
    high = min((rule.high for rule in sizes), default=len(county.urns))
    bounds = tuple(r.name for r in hard if isinstance(r, Zones)) or ("one piece",)
    needs = list(_needs(hard))
    regions = []
    clashes = []
    for schools in regions_of(rulebook, county.urns):
        title = _title(schools, hard, county)
        fewest, most = math.ceil(len(schools) / high), len(schools) // max(low, 1)
        here = f"{title}: {counted(len(schools), 'school')}"
        if fewest > most:
            words = f"{here} cannot be cut into clusters of {low} to {high}."
            clashes.append(Clash(("size", *bounds), words, schools))
        for need in needs:
            present = len(need.schools & schools)
            enough_for = present // need.least
            if enough_for < fewest:
                need_they, have_they = ("needs", "has") if len(schools) == 1 else ("need", "have")
                words = (
                    f"{here} {need_they} at least {counted(fewest, 'cluster')} of at most {high}, "
                    f"but {have_they} {present} {need.what}, enough for {enough_for}."
                )
                clashes.append(Clash((need.rule, "size", *bounds), words, schools))
            most = min(most, enough_for)
        regions.append(Region(schools, title, fewest, most))
    return regions, clashes


def _needs(hard: Iterable[Rule]) -> Iterator[_Need]:
    for rule in hard:
        if isinstance(rule, Phases):
            for schools, least, what in (
                (rule.primaries, rule.least_primaries, "with a primary phase"),
                (rule.secondaries, rule.least_secondaries, "with a secondary phase"),
            ):
                if least > 0:
                    yield _Need(rule.name, schools, least, what)
        elif isinstance(rule, SrpCoverage):
            yield _Need(rule.name, rule.with_srp, 1, "with an SRP")
        elif isinstance(rule, NonSelective):
            what = "secondaries that a child of any ability can enter at 11"
            yield _Need(rule.name, rule.open_to_all, 1, what)


def _title(schools: frozenset[int], hard: Iterable[Rule], county: County) -> str:
    """Name a region by its zones, and by its schools where it is a small part of them."""
    parts = []
    whole = set(county.urns)
    for rule in hard:
        if isinstance(rule, Zones):
            zone = main_zone(schools, rule.zone_of)
            parts.append(_zone_title(rule.zone_names, zone))
            whole &= {urn for urn in county.urns if rule.zone_of.get(urn, "") == zone}
    title = listed(parts) or "The county"
    if schools == whole:
        return title
    few = 5
    if len(schools) <= few:
        return f"{title}, the part of {named(schools, county.schools.names)}"
    return f"{title}, the part with {named([min(schools)], county.schools.names)}"


def _zone_title(names: Mapping[str, str], zone: str) -> str:
    return names.get(zone, zone) or "Schools in no zone"


def _of_number(rulebook: Rulebook, regions: list[Region]) -> Iterator[Clash]:
    """Clashes of the number of clusters with what the regions can make, by counting."""
    fewest = sum(region.fewest for region in regions)
    most = sum(region.most for region in regions)
    everyone = frozenset(urn for region in regions for urn in region.schools)
    for rule in rulebook.plan_rules:
        if not isinstance(rule, NumberOfClusters):
            continue
        if rule.low > most:
            asked = f"at least {counted(int(rule.low), 'cluster')}"
            words = f"The plan must have {asked}, but the schools can make at most {most}."
            yield Clash((rule.name, "size", "phases"), words, everyone)
        if rule.high < fewest:
            asked = f"at most {counted(int(rule.high), 'cluster')}"
            words = f"The plan must have {asked}, but the schools need at least {fewest}."
            yield Clash((rule.name, "size"), words, everyone)
