"""Counting is tight: one school away from a clash, on the other side, there is a plan.

Every kind of clash has a world in which it is named, and one that differs by one school, one
cluster or one kilometre, in which nothing is named. Brute force knows of both whether there is a
plan. A count too weak is silent where it should speak; one too strong calls impossible what is
not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pytest

from cluster_geo.county import County
from cluster_geo.rules import (
    Apart,
    MostClustersOfTrust,
    NumberOfClusters,
    OnePiece,
    Phases,
    PlanRule,
    Rule,
    Rulebook,
    Size,
    Together,
    WorstTrip,
    Zones,
    find_clashes,
    non_selective,
    srp_coverage,
)
from cluster_geo.travel import Travel
from tests.oracle import best_plan
from tests.worlds import draw_county

URN = 100_000


@dataclass(frozen=True)
class Pair:
    """A world that clashes, its rules named, and one like it that does not."""

    clashing: tuple[County, Rulebook]
    rules: tuple[str, ...]
    possible: tuple[County, Rulebook]


def urns(*places: int) -> frozenset[int]:
    """URNs of places in a drawing, from 1."""
    return frozenset(URN + place for place in places)


def world(county: County, *rules: Rule, plan_rules: tuple[PlanRule, ...] = ()):
    """A county with rules."""
    return county, Rulebook(rules, county.travel, plan_rules)


def phased(county: County, primaries: int, secondaries: int) -> Phases:
    """So many of each phase in a cluster."""
    return Phases(county.schools.primaries, county.schools.secondaries, primaries, secondaries)


def split(county: County) -> Zones:
    """No cluster crosses a district."""
    return Zones("district", county.layers["district"].zone_of, hard=True)


def street(phases: str, *rules, number: tuple[int, int] | None = None, district: str = ""):
    """Schools in a row and rules, some made of the county."""
    county = draw_county(phases, district=district)
    made = [rule(county) if callable(rule) else rule for rule in rules]
    return world(county, *made, plan_rules=(NumberOfClusters(*number),) if number else ())


def of_sizes() -> Iterator[tuple[str, Pair]]:
    """A region that no size fits."""
    for name, sizes, wrong, right in (
        ("between two sizes", (3, 4), 5, 6),
        ("below the least", (3, 4), 2, 3),
        ("one size only", (3, 3), 7, 6),
        ("above the most", (4, 4), 5, 4),
    ):
        worlds = [street("p" * n, Size(*sizes)) for n in (wrong, right)]
        yield f"size: {name}", Pair(worlds[0], ("size", "one piece"), worlds[1])
    two = (Size(2, 4), Size(2, 3, name="another size"))
    higher = (Size(2, 4), Size(3, 4, name="another size"))
    yield "size: the lower most", Pair(street("pppp", *two, number=(1, 1)),
        ("number of clusters", "size", "another size"), street("ppp", *two, number=(1, 1)))  # fmt: skip
    yield "size: the higher least", Pair(street("ppppp", *higher),
        ("size", "another size", "one piece"), street("pppp", *higher))  # fmt: skip
    pieces = [
        world(c, Size(2, 4), OnePiece(c.neighbours.graph))
        for c in (draw_county("ppp . p"), draw_county("ppp . pp"))
    ]
    yield "size: an island", Pair(pieces[0], ("size", "one piece"), pieces[1])
    zoned = [street("ppppp", Size(2, 3), split, district=d) for d in ("AAAAB", "AAABB")]
    yield "size: a district", Pair(zoned[0], ("size", "district"), zoned[1])


def of_needs() -> Iterator[tuple[str, Pair]]:
    """Too few schools of a kind for the clusters that sizes ask for."""
    for name, sizes, least, short, enough in (
        ("a secondary each", (2, 3), (0, 1), "pppps", "ppsps"),
        ("two secondaries each", (3, 4), (0, 2), "sspspp", "sspssp"),
        ("two primaries each", (3, 4), (2, 0), "ppspss", "ppspps"),
        ("two secondaries, all-through counted", (3, 4), (0, 2), "sspapp", "sspasp"),
        ("in one cluster", (2, 6), (0, 3), "ppss", "psss"),
    ):
        worlds = [
            street(phases, Size(*sizes), lambda c, least=least: phased(c, *least))
            for phases in (short, enough)
        ]
        yield f"phases: {name}", Pair(worlds[0], ("phases", "size", "one piece"), worlds[1])
    srp = [
        street(p, Size(2, 3), lambda c: srp_coverage(c.schools.where("srp"), hard=True))
        for p in ("ppPpp", "pPPpp")
    ]
    yield "srp", Pair(srp[0], ("srp", "size", "one piece"), srp[1])
    served = [
        street("psps", Size(1, 2), non_selective(who, hard=True)) for who in (urns(2), urns(2, 4))
    ]
    yield "non-selective", Pair(served[0], ("non-selective", "size", "one piece"), served[1])
    # The county has enough, and the district A has not.
    here = [
        street(p, Size(2, 3), lambda c: phased(c, 0, 1), split, district="AAAABBB")
        for p in ("pppssss", "ppssssp")
    ]
    yield "phases: in a district", Pair(here[0], ("phases", "size", "district"), here[1])


def of_numbers() -> Iterator[tuple[str, Pair]]:
    """A number of clusters out of reach."""
    both = ("number of clusters", "size")
    for name, rules, phases, wrong, right in (
        ("more than sizes make", (Size(2, 4),), "ppppp", 3, 2),
        ("more than secondaries", (Size(1, 4), lambda c: phased(c, 0, 1)), "psppsp", 3, 2),
        ("more than pairs of secondaries", (Size(1, 6), lambda c: phased(c, 0, 2)), "ssspps", 3, 2),
        ("more than threes of primaries", (Size(1, 6), lambda c: phased(c, 3, 0)), "pppppsp", 3, 2),
        ("more than srps", (Size(1, 4), lambda c: srp_coverage(c.schools.where("srp"), hard=True)),
         "pPpPp", 3, 2),
    ):  # fmt: skip
        worlds = [street(phases, *rules, number=(n, 9)) for n in (wrong, right)]
        needing = ("srp",) if "srps" in name else ("phases",) if len(rules) > 1 else ()
        yield f"number: {name}", Pair(worlds[0], (*both, *needing), worlds[1])
    for name, phases, sizes, wrong, right in (
        ("fewer than sizes need", "ppppp", (1, 3), 1, 2),
        ("just as many as sizes need", "pppppp", (1, 3), 1, 2),
    ):
        worlds = [street(phases, Size(*sizes), number=(1, n)) for n in (wrong, right)]
        yield f"number: {name}", Pair(worlds[0], ("number of clusters", "size"), worlds[1])
    # Each district makes and needs its own: the sums count, not the county as a whole.
    low = [street("pppppp", Size(2, 4), split, number=(n, 9), district="AAABBB") for n in (3, 2)]
    yield "number: more than districts make", Pair(low[0], both, low[1])
    high = [street("pppppp", Size(1, 4), split, number=(1, n), district="AAAAAB") for n in (2, 3)]
    yield (
        "number: fewer than districts need",
        Pair(high[0], ("number of clusters", "size"), high[1]),
    )


def of_groups() -> Iterator[tuple[str, Pair]]:
    """Schools that must be together and cannot be."""

    def tied(county: County, places: tuple[int, ...], *rules: Rule):
        federation = Together("federations", {"F": urns(*places)}, hard=True)
        return world(county, federation, *rules)

    row = draw_county("pppppp")
    yield "group: of a size", Pair(tied(row, (1, 2, 3, 4), Size(1, 3)), ("federations", "size"),
        tied(row, (1, 2, 3), Size(1, 3)))  # fmt: skip
    zoned = draw_county("pppp", district="AABB")
    yield "group: across a district", Pair(tied(zoned, (2, 3), split(zoned)),
        ("federations", "district"), tied(zoned, (1, 2), split(zoned)))  # fmt: skip
    yield "group: apart", Pair(tied(row, (1, 2), Apart((urns(1, 2, 5),))),
        ("federations", "apart"), tied(row, (1, 2), Apart((urns(1, 3, 5),))))  # fmt: skip
    parted = draw_county("pp . pp")
    graph = OnePiece(parted.neighbours.graph)
    yield "group: on two islands", Pair(tied(parted, (2, 3), graph),
        ("federations", "one piece"), tied(parted, (3, 4), graph))  # fmt: skip
    three = draw_county("ppp")
    near, far = WorstTrip(three.travel, 0.999), WorstTrip(three.travel, 1.0)
    yield "group: a worst trip", Pair(tied(three, (1, 3), near),
        ("federations", "worst trip"), tied(three, (1, 3), far))  # fmt: skip
    # To school 3 it is near from both, and from it far: trips run from member to hub.
    ways = Travel(three.urns, np.array([[0, 9, 1], [9, 0, 1], [5, 5, 0]], dtype=float))
    back = Travel(three.urns, ways.matrix.T)
    pair = Together("federations", {"F": urns(1, 2)}, hard=True)
    hubs = [(three, Rulebook((pair, WorstTrip(way, 1.0)), way)) for way in (back, ways)]
    yield "group: the way to the hub", Pair(hubs[0], ("federations", "worst trip"), hubs[1])


def of_trusts() -> Iterator[tuple[str, Pair]]:
    """A trust that needs more clusters than it may sit in."""

    def limited(county: County, schools, most: int, *rules: Rule, elsewhere: int = 0):
        limit = MostClustersOfTrust("T", schools, most, elsewhere=elsewhere)
        return world(county, *rules, plan_rules=(limit,))

    row = draw_county("pppppp")
    named = "clusters of T"
    for number, most in ((3, 1), (5, 2), (4, 1)):
        schools = urns(*range(1, number + 1))
        yield f"trust: {number} schools in {most}", Pair(limited(row, schools, most, Size(1, 2)),
            (named, "size"), limited(row, schools, most + 1, Size(1, 2)))  # fmt: skip
    less = [limited(row, urns(*range(1, n + 1)), 2, Size(1, 2)) for n in (5, 4)]
    yield "trust: one school fewer", Pair(less[0], (named, "size"), less[1])
    zoned = draw_county("pppppp", district="AAABBB")
    for wrong, right, schools, rules in (
        (1, 2, urns(1, 4), (named, "district")),
        (2, 3, urns(1, 2, 3, 4), (named, "size", "district")),
    ):
        worlds = [limited(zoned, schools, n, Size(1, 2), split(zoned)) for n in (wrong, right)]
        yield f"trust: {len(schools)} in two districts", Pair(worlds[0], rules, worlds[1])
    gone = [limited(row, urns(1, 2), 3, Size(1, 2), elsewhere=n) for n in (3, 2)]
    yield "trust: elsewhere", Pair(gone[0], (named,), gone[1])


PAIRS = dict(
    pair for kind in (of_sizes, of_needs, of_numbers, of_groups, of_trusts) for pair in kind()
)


@pytest.mark.parametrize("name", PAIRS)
def test_a_clash_is_named_where_there_is_no_plan(name):
    """It is named, by the rules that make it, and there is none indeed."""
    county, book = PAIRS[name].clashing
    found = [clash.rules for clash in find_clashes(county, book)]
    assert PAIRS[name].rules in found
    assert best_plan(county, book) is None


@pytest.mark.parametrize("name", PAIRS)
def test_nothing_is_named_one_step_further(name):
    """No clash is named, and there is a plan."""
    county, book = PAIRS[name].possible
    assert find_clashes(county, book) == ()
    assert best_plan(county, book) is not None
