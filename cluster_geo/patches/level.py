"""A county one level up: its "schools" are the central schools of a plan's clusters.

A rule judges one cluster, whatever it is made of. So a patch is a cluster of clusters, and what a
year of visits travels is a matrix between central schools like any other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import networkx as nx
import numpy as np

from cluster_geo.boundaries import BoundaryLayer
from cluster_geo.county import County
from cluster_geo.neighbours import Neighbours
from cluster_geo.patches.demand import Demand
from cluster_geo.plan import Plan, main_zone
from cluster_geo.travel import Travel

METHOD = "A year of visits: each from the base of the patch to the school and back"


@dataclass(frozen=True, eq=False)
class Level:
    """The clusters of a plan as the places of a county of their own.

    Parameters
    ----------
    county : County
        One school for each cluster, its central school. Neighbours are clusters with neighbouring
        schools; travel from i to j is that of a year's visits to the schools of i from a base at
        j; the zone of a cluster is its main zone.
    code_of : mapping of int to str
        Code of each cluster by the URN of its central school.
    """

    county: County
    code_of: Mapping[int, str]

    @property
    def graph(self) -> nx.Graph[int]:
        """The clusters next to each other, by their central schools."""
        return self.county.neighbours.graph

    @classmethod
    def of(cls, county: County, plan: Plan, demand: Demand) -> Level:
        """Take a county of schools, with a plan of it, one level up."""
        hubs = tuple(sorted(cluster.hub for cluster in plan.clusters))
        layers = {name: _main_zones(layer, plan) for name, layer in county.layers.items()}
        part = county.within(hubs)
        up = replace(
            part,
            layers=layers,
            neighbours=Neighbours(_beside(county, plan)),
            travel=Travel(hubs, _year(county, plan, demand, hubs), county.travel.unit, METHOD),
        )
        codes = zip(plan.labels, plan.clusters, strict=True)
        return cls(up, {cluster.hub: code for code, cluster in codes})


def _main_zones(layer: BoundaryLayer, plan: Plan) -> BoundaryLayer:
    zones = {cluster.hub: main_zone(cluster, layer.zone_of) for cluster in plan.clusters}
    return replace(layer, zone_of={hub: zone for hub, zone in zones.items() if zone})


def _beside(county: County, plan: Plan) -> nx.Graph[int]:
    """Return the graph of clusters of which two schools are neighbours."""
    hub_of = {urn: cluster.hub for cluster in plan.clusters for urn in cluster.members}
    pairs = {
        (min(hub_of[one], hub_of[other]), max(hub_of[one], hub_of[other]))
        for one, other in county.neighbours.graph.edges
        if one in hub_of and other in hub_of and hub_of[one] != hub_of[other]
    }
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(sorted(set(hub_of.values())))
    graph.add_edges_from(sorted(pairs))
    return graph


def _year(county: County, plan: Plan, demand: Demand, hubs: tuple[int, ...]) -> np.ndarray:
    """Return the travel of a year's visits to each cluster (rows) from each base (columns)."""
    place, matrix = county.travel.position, county.travel.matrix
    bases = [place[hub] for hub in hubs]
    both_ways = matrix[:, bases] + matrix[bases, :].T
    own = {cluster.hub: cluster for cluster in plan.clusters}
    rows = []
    for hub in hubs:
        members = own[hub].members
        visits = np.array([demand.of_school[urn] for urn in members])
        to_schools = visits @ both_ways[[place[urn] for urn in members]]
        rows.append(to_schools + demand.of_hub * both_ways[place[hub]])
    return np.array(rows)
