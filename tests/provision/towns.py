"""Small counties with SRPs and pupils with an EHCP, and an oracle that tries every choice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations

import numpy as np
from scipy.optimize import linprog

from cluster_geo.provision import Areas, question
from cluster_geo.provision.model import Group, Location
from tests.worlds import FIRST_URN, draw_county

# Nine schools in a row, 1 km apart; the first secondary has places, and so has the first primary.
ROW = "P s p S p s p p s"


def row_of_schools(**columns: Mapping[int, object]):
    """Return nine schools from west to east: each has 10 pupils with an EHCP."""
    urns = range(FIRST_URN, FIRST_URN + 9)
    given = {
        "ehcp": dict.fromkeys(urns, 10.0),
        "srp_places": {FIRST_URN: 8.0, FIRST_URN + 3: 20.0},
        "srp_on_roll": {FIRST_URN: 10.0, FIRST_URN + 3: 10.0},
    }
    for name, values in columns.items():
        given[name] = {**given.get(name, {}), **values}
    return draw_county(ROW, columns=given)


def ask(**asked):
    """Return a question about ASD places that has nothing out of order."""
    return question(asked.pop("need", "ASD"), **asked)


def halves(county) -> Areas:
    """Return two clusters: the first five schools, and the other four."""
    urns = county.urns
    return Areas("cluster", {"West": frozenset(urns[:5]), "East": frozenset(urns[5:])})


def rolled(seed: int) -> tuple[Location, dict[str, int]]:
    """Roll a question of up to six homes and seven sites, with every part of it on."""
    rng = np.random.default_rng(seed)
    homes, sites = int(rng.integers(2, 7)), int(rng.integers(3, 8))
    kind = tuple(rng.choice(["", "new", "expanded"], size=sites, p=[0.3, 0.5, 0.2]).tolist())
    choices = [j for j in range(sites) if kind[j]]
    some = tuple(j for j in choices if rng.random() < 0.5)
    others = tuple(j for j in choices if rng.random() < 0.3)
    return Location(
        pupils=np.round(rng.uniform(0, 12, homes), 1),
        travel=np.round(rng.uniform(0, 40, (homes, sites)), 1),
        places=rng.integers(1, 15, sites).astype(float),
        kind=kind,
        reach=30.0,
        unplaced=60.0,
        gap=float(rng.choice([0.0, 50.0, 400.0])),
        groups=(
            Group(missing=True, sites=some),
            Group(missing=False, sites=others),
            Group(missing=True),
        ),
    ), {"new": int(rng.integers(0, 3)), "expanded": int(rng.integers(0, 2))}


def allowed(location: Location, most: Mapping[str, int]) -> Iterable[tuple[int, ...]]:
    """Yield every choice of sites."""
    choices = [j for j, kind in enumerate(location.kind) if kind]
    for size in range(len(choices) + 1):
        for chosen in combinations(choices, size):
            kinds = [location.kind[j] for j in chosen]
            if all(kinds.count(kind) <= number for kind, number in most.items()):
                yield chosen


def cost_of(location: Location, chosen: Iterable[int]) -> float:
    """Return what a choice costs: every pupil placed by SciPy, the groups counted by hand."""
    open_sites = [j for j, kind in enumerate(location.kind) if not kind or j in set(chosen)]
    homes = range(len(location.pupils))
    pairs = [(i, j) for i in homes for j in open_sites if location.travel[i, j] <= location.reach]
    costs = [location.travel[i, j] for i, j in pairs] + [location.unplaced for _ in homes]
    placed = [[float(p[0] == i) for p in pairs] + [float(i == k) for k in homes] for i in homes]
    held = [[float(p[1] == j) for p in pairs] + [0.0 for _ in homes] for j in open_sites]
    found = linprog(
        costs,
        A_eq=placed,
        b_eq=location.pupils,
        A_ub=held or None,
        b_ub=[location.places[j] for j in open_sites] or None,
    )
    assert found.success
    gaps = 0
    for group in location.groups:
        gaps += any(j in chosen for j in group.sites) != group.missing
    return float(found.fun) + location.gap * gaps
