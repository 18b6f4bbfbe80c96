"""SRPs with spare places, and the need for which these would be worth most."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from cluster_geo.county import County
from cluster_geo.errors import InputError
from cluster_geo.provision.answer import Spare
from cluster_geo.provision.demand import demand_of
from cluster_geo.provision.lists import Lists, figures_of
from cluster_geo.provision.model import Location
from cluster_geo.provision.programme import solve_location
from cluster_geo.provision.question import CHANGED, Question
from cluster_geo.provision.sites import of_phase, sites_of, travel_to
from cluster_geo.rules import needs_of
from cluster_geo.schools.needs import NEEDS


def spare_places(
    county: County, asked: Question, lists: Lists, progress: Callable[[str], None]
) -> tuple[Spare, ...]:
    """Return the SRPs of the phase with spare places, those worth most for another need first.

    Worth is what one SRP alone would save, if its spare places were for that need, by the same
    assumptions as the question's own.
    """
    here = of_phase(county, asked.phase)
    needs = {urn: kinds for urn, kinds in needs_of(county).items() if urn in here}
    places, held = figures_of(county, "srp_places"), figures_of(county, "srp_on_roll")
    spare = {urn: places[urn] - held[urn] for urn in needs if places[urn] > held[urn]}
    best: dict[int, tuple[float, str]] = dict.fromkeys(spare, (0.0, ""))
    # A share is of the need that it was given for.
    only = {asked.need} if asked.share is not None else set(NEEDS)
    kinds = sorted(only & {kind for theirs in needs.values() for kind in theirs})
    for need in kinds:
        progress(f"what spare places would be worth for {need}")
        for urn, worth in _worth(county, replace(asked, need=need), lists).items():
            if urn in best and worth > best[urn][0]:
                best[urn] = worth, need
    found = [
        Spare(
            urn,
            county.schools.names[urn],
            needs[urn],
            places[urn],
            held[urn],
            spare[urn],
            need,
            worth,
        )
        for urn, (worth, need) in best.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.worth, one.urn)))


# What is saved below this is rounding.
LEAST_WORTH = 0.05


def _worth(county: County, asked: Question, lists: Lists) -> dict[int, float]:
    """Return what each SRP for other needs would save if its spare places were for this one."""
    asked = replace(asked, new=0, expand=0, change=1)
    sites, _ = sites_of(county, asked, replace(lists, candidates=None))
    try:
        pupils = demand_of(county, asked, lists, sites).pupils
    except InputError:
        # Nothing says how many pupils need a place for it.
        return {}
    location = Location(
        pupils=pupils,
        travel=travel_to(county, sites),
        places=np.array([site.places for site in sites], dtype=float),
        kind=tuple(site.kind for site in sites),
        reach=asked.reach,
        unplaced=asked.price,
    )
    if not location.choices:
        return {}
    today = solve_location(location, {CHANGED: 0})
    assert today is not None, "to choose nothing is always allowed"
    found = {}
    for j in location.choices:
        only = tuple(kind if k == j else "" for k, kind in enumerate(location.kind))
        places = np.where([bool(kind) for kind in location.kind], 0.0, location.places)
        places[j] = location.places[j]
        best = solve_location(replace(location, kind=only, places=places), {CHANGED: 1})
        assert best is not None, "to choose nothing is always allowed"
        if today.cost - best.cost > LEAST_WORTH:
            found[sites[j].urns[0]] = today.cost - best.cost
    return found
