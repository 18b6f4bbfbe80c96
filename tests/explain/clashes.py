"""Drawn counties in which one known set of demands clashes: the suite that explain is held to."""

from __future__ import annotations

from dataclasses import dataclass

from cluster_geo.county import County
from cluster_geo.rules import (
    Apart,
    MostClustersOfTrust,
    NumberOfClusters,
    OnePiece,
    Phases,
    Rule,
    Rulebook,
    Size,
    Together,
    TravelToHub,
    WorstTrip,
    Zones,
    non_selective,
    srp_coverage,
)
from tests.worlds import draw_county

URN = 100_000
# Schools around one in the middle are one cluster or none: no count knows that.
STARS = draw_county(
    """
    . p . . p .
    p s p p s p
    . p . . p .
    """,
    district="""
    . A . . B .
    A A A B B B
    . A . . B .
    """,
)
STAR_AND_STREET = draw_county(
    """
    . p . . . . . .
    p s p p s p s p
    . p . . . . . .
    """,
    district="""
    . A . . . . . .
    A A A B B B B B
    . A . . . . . .
    """,
)


@dataclass(frozen=True)
class Clashes:
    """A county, its rules, and the sets of (rule, part) that must come out."""

    county: County
    rulebook: Rulebook
    expected: tuple[frozenset[tuple[str, str]], ...]


def urns(*places: int) -> frozenset[int]:
    """Return the URNs of schools by their place in the drawing, from 1."""
    return frozenset(URN + place for place in places)


def book(county: County, *rules: Rule, plan_rules=()) -> Rulebook:
    """Make a rulebook with travel in it."""
    return Rulebook((TravelToHub(county.travel), *rules), county.travel, tuple(plan_rules))


def phases(county: County) -> Phases:
    """One primary and one secondary in each cluster."""
    return Phases(county.schools.primaries, county.schools.secondaries)


def piece(county: County) -> OnePiece:
    """Each cluster in one piece."""
    return OnePiece(county.neighbours.graph)


def district(county: County) -> Zones:
    """No cluster crosses a district."""
    return Zones("district", county.layers["district"].zone_of, hard=True)


def made(county: County, rulebook: Rulebook, *expected: tuple[str, ...]) -> Clashes:
    """Make a case; a demand is written "size high", a whole rule "district"."""
    names = {rule.name for rule in (*rulebook.rules, *rulebook.plan_rules)}
    return Clashes(
        county,
        rulebook,
        tuple(frozenset(_demand(text, names) for text in texts) for texts in expected),
    )


def _demand(text: str, names: set[str]) -> tuple[str, str]:
    if text in names:
        return text, ""
    rule = max((name for name in names if text.startswith(f"{name} ")), key=len)
    return rule, text.removeprefix(f"{rule} ")


def zone_short_of_secondaries() -> Clashes:
    """A has five schools, clusters of two at most, two secondaries; B has enough."""
    county = draw_county("p p s a s p\ns p . s p s", district="A A A B B B\nA A . B B B")
    rules = book(county, Size(1, 2), phases(county), district(county))
    return made(county, rules, ("size high", "phases secondaries", "district"))


def zone_of_no_size() -> Clashes:
    """Five schools cannot be cut into clusters of three to four."""
    county = draw_county("p p p p p s s s", district="A A A A A B B B")
    rules = book(county, Size(3, 4), district(county))
    return made(county, rules, ("size low", "size high", "district"))


def zone_too_small() -> Clashes:
    """Two schools in a zone, where a cluster has three at least: the highest size is no matter."""
    county = draw_county("p s p p p s s p", district="A A B B B B B B")
    rules = book(county, Size(3, 6), piece(county), district(county))
    return made(county, rules, ("size low", "district"))


def island_too_small() -> Clashes:
    """Two schools beyond the water."""
    county = draw_county("p s . p p s p")
    rules = book(county, Size(3, 4), piece(county))
    return made(county, rules, ("size low", "one piece"))


def zone_without_srp() -> Clashes:
    """An SRP in each cluster, and a district that has none."""
    county = draw_county("p s p P s p", district="A A A B B B")
    rules = book(
        county, Size(1, 4), srp_coverage(county.schools.where("srp"), hard=True), district(county)
    )
    return made(county, rules, ("srp", "district"))


def zone_of_grammar_schools() -> Clashes:
    """A district whose only secondary is closed to most."""
    county = draw_county("p s p p s p", district="A A A B B B")
    rules = book(county, Size(1, 4), non_selective(urns(5), hard=True), district(county))
    return made(county, rules, ("non-selective", "district"))


def federation_across_districts() -> Clashes:
    """Two schools under one head in two districts."""
    county = draw_county("p s p p s p", district="A A A B B B")
    together = Together("federations", {"F": urns(3, 4), "G": urns(1, 2)}, hard=True)
    rules = book(county, Size(2, 4), together, piece(county), district(county))
    return made(county, rules, ("federations F", "district"))


def pin_larger_than_a_cluster() -> Clashes:
    """Four pinned together, where three may be."""
    county = draw_county("p s p p s p")
    pins = Together("pins.together", {"pin 1": urns(1, 2, 3, 4), "pin 2": urns(5, 6)}, hard=True)
    rules = book(county, Size(2, 3), pins)
    return made(county, rules, ("pins.together pin 1", "size high"))


def pins_at_odds() -> Clashes:
    """Together and apart."""
    county = draw_county("p s p p s p")
    pins = Together("pins.together", {"pin 1": urns(1, 2), "pin 2": urns(4, 5)}, hard=True)
    rules = book(county, Size(1, 4), pins, Apart((urns(3, 6), urns(1, 2)), name="pins.apart"))
    return made(county, rules, ("pins.together pin 1", "pins.apart 1"))


def chain_of_ties_across() -> Clashes:
    """One with two by a federation, two with three by a pin; one and three are to be apart."""
    county = draw_county("p s p p s p")
    rules = book(
        county,
        Size(1, 4),
        Together("federations", {"F": urns(1, 2), "G": urns(5, 6)}, hard=True),
        Together("pins.together", {"pin 1": urns(2, 3)}, hard=True),
        Apart((urns(1, 3),), name="pins.apart"),
    )
    return made(county, rules, ("federations F", "pins.together pin 1", "pins.apart 0"))


def tie_beyond_reach() -> Clashes:
    """A federation whose schools are further apart than a trip may be."""
    county = draw_county("p s p p s p")
    together = Together("federations", {"F": urns(1, 6)}, hard=True)
    rules = book(county, Size(1, 6), together, WorstTrip(county.travel, 2.0))
    return made(county, rules, ("federations F", "worst trip"))


def tie_across_water() -> Clashes:
    """A federation on both sides of the water."""
    county = draw_county("p s . p p s")
    together = Together("federations", {"F": urns(2, 3)}, hard=True)
    return made(
        county,
        book(county, Size(1, 6), together, piece(county)),
        ("federations F", "one piece"),
    )


def too_many_clusters_asked() -> Clashes:
    """Four clusters of two or more of six schools."""
    county = draw_county("p s p p s p")
    rules = book(county, Size(2, 4), piece(county), plan_rules=[NumberOfClusters(4, 4)])
    return made(county, rules, ("size low", "number of clusters low"))


def too_few_clusters_asked() -> Clashes:
    """One cluster of at most four of six schools."""
    county = draw_county("p s p p s p")
    rules = book(county, Size(1, 4), piece(county), plan_rules=[NumberOfClusters(1, 1)])
    return made(county, rules, ("size high", "number of clusters high"))


def more_clusters_than_secondaries() -> Clashes:
    """Three clusters, two secondaries."""
    county = draw_county("p s p p s p")
    rules = book(county, Size(1, 4), phases(county), plan_rules=[NumberOfClusters(3, 3)])
    return made(county, rules, ("phases secondaries", "number of clusters low"))


def secondaries_at_one_end() -> Clashes:
    """No count tells: both secondaries are at one end, and the far primaries cannot reach one."""
    county = draw_county("s s p p p p")
    rules = book(county, Size(3, 3), phases(county), piece(county))
    return made(county, rules, ("size high", "phases secondaries", "one piece"))


def ties_that_do_not_matter() -> Clashes:
    """The same with three federations, none of which is needed for the clash."""
    county = draw_county("s s p p p p")
    groups = {"F": urns(1, 2), "G": urns(3, 4), "H": urns(5, 6)}
    federations = Together("federations", groups, hard=True)
    rules = book(county, Size(3, 3), phases(county), piece(county), federations)
    return made(county, rules, ("size high", "phases secondaries", "one piece"))


def leaf_cut_off_by_a_pin() -> Clashes:
    """No count tells: the end of the road cannot be with its only neighbour, nor alone."""
    county = draw_county("p p s p p p")
    apart = Apart((urns(1, 2),), name="pins.apart")
    rules = book(county, Size(2, 6), piece(county), apart)
    return made(county, rules, ("size low", "one piece", "pins.apart 0"))


def school_out_of_reach() -> Clashes:
    """No count tells: the last school is further from any other than a trip may be."""
    county = draw_county("p s p p . . . s")
    rules = book(county, Size(2, 4), WorstTrip(county.travel, 2.0))
    return made(county, rules, ("size low", "worst trip"))


def trust_in_one_cluster() -> Clashes:
    """No count tells: a trust at both ends of the county, asked to sit in one cluster."""
    county = draw_county("p s p p s p", trust="T . . . . T")
    most = MostClustersOfTrust("T", urns(1, 6), most=1)
    rules = book(county, Size(1, 4), piece(county), plan_rules=[most])
    return made(county, rules, ("size high", "one piece", "clusters of T high"))


def trust_larger_than_its_clusters() -> Clashes:
    """Five schools of a trust in one cluster, where four may be."""
    county = draw_county("p s p p s p p", trust="T T . T T T .")
    most = MostClustersOfTrust("T", urns(1, 2, 4, 5, 6), most=1, title="Oak Learning Trust")
    rules = book(county, Size(1, 4), piece(county), plan_rules=[most])
    return made(county, rules, ("size high", "clusters of Oak Learning Trust high"))


def trust_in_more_districts_than_clusters() -> Clashes:
    """A trust with a school in each of three districts, asked to sit in two clusters."""
    county = draw_county("p s p p s p", district="A A B B C C", trust="T . T . T .")
    most = MostClustersOfTrust("T", urns(1, 3, 5), most=2)
    rules = book(county, Size(1, 4), district(county), plan_rules=[most])
    return made(county, rules, ("district", "clusters of T high"))


def part_of_a_zone_too_small() -> Clashes:
    """Two schools of A beyond B, where a cluster has three at least."""
    county = draw_county("p s p s p p p s p p", district="A A B B B B A A A A")
    rules = book(county, Size(3, 6), piece(county), district(county))
    return made(county, rules, ("size low", "one piece", "district"))


def star_of_no_size() -> Clashes:
    """No count tells: four schools around a fifth, each a neighbour of that one alone."""
    rules = book(STAR_AND_STREET, Size(2, 3), piece(STAR_AND_STREET), district(STAR_AND_STREET))
    return made(STAR_AND_STREET, rules, ("size low", "size high", "one piece"))


def stars_in_more_clusters() -> Clashes:
    """No count tells: each of two stars is one cluster, and three are asked for."""
    three = NumberOfClusters(3, 3)
    rules = book(STARS, Size(2, 5), piece(STARS), district(STARS), plan_rules=[three])
    return made(STARS, rules, ("size low", "one piece", "district", "number of clusters low"))


CASES = (
    zone_short_of_secondaries,
    zone_of_no_size,
    zone_too_small,
    island_too_small,
    zone_without_srp,
    zone_of_grammar_schools,
    federation_across_districts,
    pin_larger_than_a_cluster,
    pins_at_odds,
    chain_of_ties_across,
    tie_beyond_reach,
    tie_across_water,
    too_many_clusters_asked,
    too_few_clusters_asked,
    more_clusters_than_secondaries,
    secondaries_at_one_end,
    ties_that_do_not_matter,
    leaf_cut_off_by_a_pin,
    school_out_of_reach,
    trust_in_one_cluster,
    trust_larger_than_its_clusters,
    trust_in_more_districts_than_clusters,
    part_of_a_zone_too_small,
    star_of_no_size,
    stars_in_more_clusters,
)
