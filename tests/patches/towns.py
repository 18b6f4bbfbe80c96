"""Small counties with plans and roles, and a brute force that knows no code of the project's own."""

from __future__ import annotations

import math
from itertools import combinations, pairwise, permutations

import networkx as nx
import numpy as np

from cluster_geo.patches.demand import demand_of
from cluster_geo.patches.grouping import Grouping
from cluster_geo.patches.level import Level
from cluster_geo.plan import Cluster, Plan, central_school
from cluster_geo.scenario.team_section import TeamSection
from tests.worlds import random_county


def role(**settings):
    """A role with a post for each two to three clusters, and visits to every school."""
    asked = {"posts": 3.0, "demand": {"schools": 2.0, "ehcp": 0.3}, "clusters_per_post": "2:3"}
    return TeamSection(**(asked | settings))


def paired(county, size=2):
    """A plan of the schools taken in order, so many to a cluster."""
    urns = county.urns
    groups = [tuple(urns[i : i + size]) for i in range(0, len(urns), size)]
    clusters = [Cluster(group, central_school(group, county.travel)) for group in groups]
    return Plan.coded({f"C-{number}": cluster for number, cluster in enumerate(clusters)})


def rolled(seed, clusters=8):
    """A random county of two schools to a cluster, and a plan of it."""
    county = random_county(seed, 2 * clusters)
    return county, paired(county)


def grouping_of(county, plan, asked, number):
    """What `teams_of` makes of a role."""
    demand = demand_of(county, plan, asked)
    level = Level.of(county, plan, demand)
    load = {hub: demand.of_cluster[code] for hub, code in level.code_of.items()}
    return Grouping(level, asked, load, number)


class Plainly:
    """The same judged in plain Python: from the schools' table, edges and travel alone."""

    def __init__(self, county, plan, asked, number):
        self.asked, self.number = asked, number
        table = county.schools.table
        self.members = {code: c.members for code, c in zip(plan.labels, plan.clusters, strict=True)}
        self.hub = {code: c.hub for code, c in zip(plan.labels, plan.clusters, strict=True)}
        demand = asked.demand
        self.at = {
            urn: demand.get("schools", 0) + demand.get("ehcp", 0) * table.at[urn, "ehcp"]
            for urn in county.urns
        }
        self.visits = {
            code: sum(self.at[urn] for urn in urns) + demand.get("clusters", 0)
            for code, urns in self.members.items()
        }
        self.between = county.travel.between
        home = plan.code_of
        self.graph = nx.Graph()
        self.graph.add_nodes_from(plan.labels)
        for one, other in county.neighbours.graph.edges:
            if home[one] != home[other]:
                self.graph.add_edge(home[one], home[other])
        self.zone = {}
        if asked.layer:
            zones = county.layers[asked.layer].zone_of
            for code, urns in self.members.items():
                here = [zones[urn] for urn in urns if urn in zones]
                most = max((here.count(zone) for zone in here), default=0)
                best = sorted({zone for zone in here if here.count(zone) == most})
                own = zones.get(self.hub[code])
                self.zone[code] = own if own in best else (best[0] if best else None)

    def travel(self, codes, base):
        """A year's visits of some clusters from one base."""
        total = 0.0
        for code in codes:
            for urn in self.members[code]:
                way = self.between(urn, self.hub[base]) + self.between(self.hub[base], urn)
                total += self.at[urn] * way
            hub = self.hub[code]
            way = self.between(hub, self.hub[base]) + self.between(self.hub[base], hub)
            total += self.asked.demand.get("clusters", 0) * way
        return total

    def outside(self, codes):
        """Clusters outside the zone that most of a patch are in."""
        here = [self.zone[code] for code in codes if self.zone.get(code) is not None]
        return len(codes) - max((here.count(zone) for zone in here), default=0)

    def price(self, codes):
        """What a patch adds to the score; None where it may not be."""
        size = self.asked.clusters_per_post
        if not size.low <= len(codes) <= size.high:
            return None
        if not nx.is_connected(self.graph.subgraph(codes)):
            return None
        price = min(self.travel(codes, base) for base in codes)
        if self.asked.layer:
            if self.asked.rule == "hard":
                if len({self.zone.get(code) for code in codes}) > 1:
                    return None
            else:
                price += self.asked.weight * self.outside(codes)
        share = sum(self.visits.values()) / self.number
        load = sum(self.visits[code] for code in codes)
        return price + self.asked.balance * abs(load - share)

    def covers(self, allowed):
        """Every way to part the clusters into sets of which each is allowed, with their price."""
        size = self.asked.clusters_per_post

        def extend(left):
            if not left:
                yield [], 0.0
                return
            first, *others = sorted(left)
            for number in range(size.low - 1, size.high):
                for more in combinations(others, number):
                    codes = (first, *more)
                    price = allowed(codes)
                    if price is None:
                        continue
                    for rest, cost in extend(left - set(codes)):
                        yield [codes, *rest], price + cost

        yield from extend(frozenset(self.members))

    def best(self):
        """The least score of any grouping into so many patches; infinite where there is none."""
        costs = [c for groups, c in self.covers(self.price) if len(groups) == self.number]
        return min(costs, default=math.inf)

    def fewest(self, capacity):
        """The smallest number of patches that are within a capacity; None where there is none."""

        def within(codes):
            load = sum(self.visits[code] for code in codes)
            fits = load <= capacity + 1e-9 and self.price(codes) is not None
            return 1.0 if fits else None

        return min((len(groups) for groups, _ in self.covers(within)), default=None)

    def round(self, base, codes):
        """The shortest way past some clusters' central schools and back."""
        lengths = []
        for order in permutations(code for code in codes if code != base):
            way = [self.hub[code] for code in (base, *order, base)]
            lengths.append(sum(self.between(a, b) for a, b in pairwise(way)))
        return min(lengths)


def even(seed):
    """A generator of random numbers."""
    return np.random.default_rng(seed)
