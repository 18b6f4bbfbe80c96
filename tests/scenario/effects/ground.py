"""Settings of `travel` and `neighbours`: what a trip is, and which schools touch."""

from __future__ import annotations

from itertools import permutations

import pytest
from shapely.geometry import LineString, box

from tests.geometry.zoomstack import write_zoomstack
from tests.ground import write_zones
from tests.scenario.effects.paper import outputs
from tests.scenario.effects.table import sets
from tests.scenario.effects.town import AT, Town, km, urn, urns

# The banks, in km; the river between them is 400 m wide.
BANKS = (box(-3, -3, 9, 0.8), box(-3, 1.2, 9, 5))
SOUTH, NORTH = {1, 2, 3, 4}, {5, 6, 7, 8}


def land(town: Town):
    """The two banks as a file of polygons; return its path."""
    path = town.folder / "land.geojson"
    return path if path.exists() else write_zones(path, BANKS, {"name": ["South", "North"]})


def bridge_file(town: Town):
    """One bridge, between schools 3 and 7; return its path."""
    return town.file("bridge.csv", "name,from_urn,to_urn", f"East Bridge,{urn(3)},{urn(7)}")


def wet_m(a: int, b: int) -> float:
    """Metres of the line between two places that lie off both banks."""
    return 1000 * LineString([AT[a], AT[b]]).difference(BANKS[0].union(BANKS[1])).length


def edges(town: Town, **settings: object) -> dict[tuple[int, int], str]:
    """Kind of each edge, by places."""
    graph = town.county(**settings).neighbours.graph
    return {
        (min(u, v) - urn(0), max(u, v) - urn(0)): kind for u, v, kind in graph.edges(data="kind")
    }


def trips(town: Town, **settings: object) -> dict[tuple[int, int], float]:
    """Travel from place to place."""
    travel = town.county(**settings).travel
    return {(a, b): travel.between(urn(a), urn(b)) for a, b in permutations(AT, 2)}


@sets("travel.factor")
def factor(town: Town) -> None:
    """Every trip is the straight line times the factor, around water as on land."""
    lines = {pair: km(*pair) for pair in permutations(AT, 2)}
    for asked, settings in ((1.3, {}), (2.0, {"travel__factor": 2}), (1.0, {"travel__factor": 1})):
        assert trips(town, **settings) == pytest.approx({p: asked * d for p, d in lines.items()})
    wet = {"travel__around_water": True, "neighbours__land": land(town)}
    once, twice = (trips(town, travel__factor=f, **wet) for f in (1, 2))
    assert twice == pytest.approx({pair: 2 * d for pair, d in once.items()})


@sets("travel.around_water")
def around_water(town: Town) -> None:
    """Across the river a trip goes by the bridge, from neighbour to neighbour; on land straight."""
    files = {"neighbours__land": land(town), "neighbours__crossings": bridge_file(town)}
    straight = trips(town, **files)
    around = trips(town, travel__around_water=True, **files)
    assert straight[1, 5] == pytest.approx(1.3 * km(1, 5))
    # School 2 stands a little aside of the way along the bank.
    assert around[1, 5] == pytest.approx(1.3 * (km(1, 3) + km(3, 7) + km(7, 6) + km(6, 5)))
    assert around[3, 7] == pytest.approx(1.3 * km(3, 7))
    assert around[8, 4] == pytest.approx(1.3 * (km(8, 7) + km(7, 3) + km(3, 4)))
    dry = [pair for pair in around if {*pair} <= SOUTH or {*pair} <= NORTH]
    assert [around[pair] for pair in dry] == pytest.approx([straight[pair] for pair in dry])


def minutes_file(town: Town):
    """Minutes that differ by the way: from a to b ten a and b; return the path of the file."""
    rows = [f"{urn(a)},{urn(b)},{10 * a + b}" for a, b in permutations(AT, 2)]
    return town.file("minutes.csv", "from_urn,to_urn,minutes", *rows)


@sets("travel.matrix")
def matrix(town: Town) -> None:
    """Trips are the minutes of the file, each way its own, and prices are in minutes."""
    settings = {"travel__matrix": minutes_file(town)}
    assert trips(town, **settings) == {(a, b): 10 * a + b for a, b in permutations(AT, 2)}
    assert (town.county().travel.unit, town.scenario().unit) == ("km", "km")
    assert (town.county(**settings).travel.unit, town.scenario(**settings).unit) == (
        "minutes",
        "minutes",
    )
    # To hub 1 it is 21 and 31 minutes, to hub 2 it is 12 and 32, to hub 3 it is 13 and 23.
    book = town.rules(**settings)
    assert book.cluster(urns(1, 2, 3)).hub == urn(3)
    assert town.verdict("travel", 1, 2, 3, **settings).price == 13 + 23


@sets("travel.weight")
def weight(town: Town) -> None:
    """A km of travel costs so much; the km themselves stay what they are."""
    total = 1.3 * (km(1, 2) + km(3, 2))
    for asked, price in ((None, 1.0), (2.5, 2.5), (0.0, 0.0)):
        settings = {} if asked is None else {"travel__weight": asked}
        verdict = town.verdict("travel", 1, 2, 3, **settings)
        assert verdict.price == pytest.approx(price * total)
        assert verdict.count == pytest.approx(total)


@sets("travel.worst")
def worst(town: Town) -> None:
    """A trip as long as allowed is kept, one longer is refused; the hub is chosen to keep it."""
    longest = 1.3 * km(1, 2)
    assert town.kept("worst trip", 1, 2, travel__worst=longest)
    assert not town.kept("worst trip", 1, 2, travel__worst=longest - 0.001)
    assert [rule.name for rule in town.rules().rules].count("worst trip") == 0
    # Hub 1 has the least sum, 9, and a trip of 8; hub 2 a sum of 10, and no trip above 5.
    rows = {(1, 2): 5, (3, 2): 5, (2, 1): 1, (3, 1): 8, (1, 3): 9, (2, 3): 9}
    lines = [f"{urn(a)},{urn(b)},{rows.get((a, b), 50)}" for a, b in permutations(AT, 2)]
    minutes = town.file("hubs.csv", "from_urn,to_urn,minutes", *lines)
    free, capped, tight = (
        town.rules(travel__matrix=minutes, **extra)
        for extra in ({}, {"travel__worst": 5}, {"travel__worst": 4.9})
    )
    three = urns(1, 2, 3)
    assert (free.cluster(three).hub, capped.cluster(three).hub) == urns(1, 2)
    assert capped.judge(capped.cluster(three))["worst trip"].kept
    assert not tight.judge(tight.cluster(three))["worst trip"].kept


@sets("neighbours.reach_km")
def reach(town: Town) -> None:
    """Edges longer than the reach go, and only these; one exactly as long stays."""
    alone = {"neighbours__bridge": False}
    every = edges(town, **alone)
    lengths = sorted(km(*edge) for edge in every)
    for limit in (2.1, 2.5, lengths[3]):
        near = {edge for edge in every if km(*edge) <= limit}
        assert near < every.keys()
        assert edges(town, neighbours__reach_km=limit, **alone).keys() == near
    entries = town.county(neighbours__reach_km=2.1, **alone).neighbours.log
    assert {entry.event for entry in entries} == {"reach"}


@sets("neighbours.land")
def land_layer(town: Town) -> None:
    """With land, neighbours across the river are cut, and those on a bank are as before."""
    alone = {"neighbours__bridge": False}
    every = edges(town, **alone)
    dry = {edge for edge in every if {*edge} <= SOUTH or {*edge} <= NORTH}
    assert dry < every.keys()
    assert edges(town, neighbours__land=land(town), **alone).keys() == dry


@sets("neighbours.tolerance_m")
def tolerance(town: Town) -> None:
    """An edge may cross so many metres of water and no more; so may a straight trip."""
    alone = {"neighbours__bridge": False, "neighbours__land": land(town)}
    every = edges(town, neighbours__bridge=False)
    wet = sorted({wet_m(*edge) for edge in every} - {0.0})
    assert wet[0] > 100
    for metres in (0, wet[0] + 1, wet[2] + 1, 5000):
        kept = {edge for edge in every if wet_m(*edge) <= metres}
        assert edges(town, neighbours__tolerance_m=metres, **alone).keys() == kept
    around = {"travel__around_water": True, "neighbours__land": land(town)}
    assert trips(town, **around)[1, 7] > 1.3 * km(1, 7) + 0.1
    wide = trips(town, neighbours__tolerance_m=wet_m(1, 7) + 1, **around)
    assert wide[1, 7] == pytest.approx(1.3 * km(1, 7))


@sets("neighbours.crossings")
def crossings(town: Town) -> None:
    """A bridge of the file joins its two schools, and nobody else."""
    alone = {"neighbours__bridge": False, "neighbours__land": land(town)}
    apart = edges(town, **alone)
    joined = edges(town, neighbours__crossings=bridge_file(town), **alone)
    assert joined == apart | {(3, 7): "crossing"}
    assert len(town.county(neighbours__crossings=bridge_file(town), **alone).neighbours.pieces) == 1


@sets("neighbours.bridge")
def bridge(town: Town) -> None:
    """A piece left alone is joined by its shortest link, or, if it is not to be, stays alone."""
    wet = {"neighbours__land": land(town)}
    apart = edges(town, neighbours__bridge=False, **wet)
    assert len(town.county(neighbours__bridge=False, **wet).neighbours.pieces) == 2
    nearest = min(((a, b) for a in SOUTH for b in NORTH), key=lambda pair: km(*pair))
    assert edges(town, **wet) == apart | {nearest: "bridge"}


@sets("context.*.file")
def context(town: Town) -> None:
    """The map shows the roads and the villages of the file beneath the clusters, and names its maker."""
    path = town.folder / "roads.gpkg"
    if not path.exists():
        write_zoomstack(path)
    plain, drawn = outputs(town), outputs(town, context__map__file=path)
    for words in ("Main road", "Netherby", "Contains OS data"):
        assert words in drawn["map.html"]
        assert words not in plain["map.html"]
