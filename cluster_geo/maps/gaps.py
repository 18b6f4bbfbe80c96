"""What a plan leaves open, as the map marks it: schools across a border, and how far is far."""

from __future__ import annotations

import math

import numpy as np

from cluster_geo.county import County
from cluster_geo.plan import Plan, main_zone

# The map's box of long journeys begins at what nine schools in ten stay within.
USUAL_SHARE = 0.9


def layers_outside(county: County, plan: Plan) -> dict[int, list[int]]:
    """Return, for each school outside its cluster's main zone of some layer, these layers' places.

    A school in no zone of a layer is outside; places are those in `county.layers`.
    """
    found: dict[int, list[int]] = {}
    for place, layer in enumerate(county.layers.values()):
        for cluster in plan.clusters:
            main = main_zone(cluster, layer.zone_of)
            for urn in cluster.members:
                if layer.zone_of.get(urn) != main:
                    found.setdefault(urn, []).append(place)
    return found


def usual_journey(county: County, plan: Plan) -> int:
    """Return the journey to the hub that nine schools in ten stay within, rounded up.

    In the unit of the county's travel; the hubs' own journeys, of nothing, do not count.
    """
    journeys = [
        county.travel.between(urn, cluster.hub)
        for cluster in plan.clusters
        for urn in cluster.members
        if urn != cluster.hub
    ]
    return math.ceil(np.quantile(journeys, USUAL_SHARE)) if journeys else 0
