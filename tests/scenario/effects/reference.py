"""Settings of `reference`: an earlier plan to stay close to, or to freeze in part."""

from __future__ import annotations

from cluster_geo.scenario import frozen_clusters, load_county
from cluster_geo.wishes import solve_scenario
from tests.scenario.effects.table import sets
from tests.scenario.effects.town import Town, urn, urns


def earlier(town: Town):
    """Three clusters and a school that is new since; return the path of the plan."""
    return town.plan_file("earlier.csv", R_1=(1, 2, 5), R_2=(3, 4, 7), R_3=(6,))


@sets("reference.plan")
def plan(town: Town) -> None:
    """Members not of the cluster's main old cluster are counted, and codes are inherited."""
    asked = {"reference__plan": earlier(town)}
    assert "reference" not in [rule.name for rule in town.rules().rules]
    moved = town.verdict("reference", 1, 2, 3, **asked)
    assert (moved.count, moved.price) == (1, 0)
    assert moved.words == "School 3 (100003) not in R-1 in the reference plan"
    assert town.verdict("reference", 1, 2, 8, **asked).count == 0, "a new school has not moved"
    assert town.named((1, 2), (3, 4, 7, 8), (5, 6), **asked).code_of[urn(8)] == "R-2"


@sets("reference.weight")
def weight(town: Town) -> None:
    """A school that leaves its old cluster costs so much; a new one costs nothing."""
    asked = {"reference__plan": earlier(town), "reference__weight": 1.75}
    for places, movers in (((1, 2, 3), 1), ((1, 2, 3, 6), 2), ((1, 2, 5, 8), 0), ((8,), 0)):
        assert town.verdict("reference", *places, **asked).price == 1.75 * movers


@sets("reference.most_movers")
def most_movers(town: Town) -> None:
    """A plan with more movers than asked breaks a rule over it; as many are allowed."""
    none, two = ((1, 2, 5, 8), (3, 4, 7), (6,)), ((1, 2, 3), (4, 7, 5, 8), (6,))
    for most, kept in ((0, (True, False)), (1, (True, False)), (2, (True, True))):
        asked = {"reference__plan": earlier(town), "reference__most_movers": most}
        assert tuple(town.sums_kept(*clusters, **asked) for clusters in (none, two)) == kept
    assert town.sums_kept(*two, reference__plan=earlier(town))


@sets("reference.fewest_movers")
def fewest_movers(town: Town) -> None:
    """No plan with fewer movers is passed over for a better score."""
    asked = FREE | {"reference__plan": town.plan_file("odd.csv", **ODD)}
    scenarios = [town.scenario(**asked, reference__fewest_movers=few) for few in (False, True)]
    moved = []
    for scenario in scenarios:
        result, rulebook = solve_scenario(load_county(scenario), scenario)
        movers = next(rule for rule in rulebook.rules if rule.name == "reference")
        moved.append(sum(movers.judge(cluster).count for cluster in result.plan.clusters))
    assert moved[0] > moved[1] == 0


# Rules that leave plans of so few schools.
FREE = {
    "clusters__size": "1:4", "clusters__primaries": 0, "clusters__secondaries": 0,
    "solve__work": 2000,
}  # fmt: skip


def frozen(town: Town, **settings: object) -> set[tuple[int, ...]]:
    """Places of the clusters that stay as they are; the search must keep them so."""
    asked = FREE | settings
    scenario, county, book = town.scenario(**asked), town.county(**asked), town.rules(**asked)
    kept = {cluster.members for cluster in frozen_clusters(county, scenario, book)}
    chosen = {cluster.members for cluster in town.search(**asked).plan.clusters}
    assert kept <= chosen
    return {tuple(u - urn(0) for u in members) for members in kept}


# No search would choose the first: its schools are 6 km apart, and one of them has a neighbour.
ODD = {"R_1": (1, 8), "R_2": (2, 3), "R_3": (4, 5, 7), "R_4": (6,)}


@sets("reference.freeze_clusters")
def freeze_clusters(town: Town) -> None:
    """The clusters named stay as they are, though the search would part them; no other does."""
    asked = {"reference__plan": town.plan_file("odd.csv", **ODD)}
    assert frozen(town, **asked) == set()
    free = town.search(**FREE, **asked)
    assert urns(1, 8) not in {cluster.members for cluster in free.plan.clusters}
    assert frozen(town, reference__freeze_clusters=["R-1"], **asked) == {(1, 8)}
    both = frozen(town, reference__freeze_clusters=["R-3", "R-1"], **asked)
    assert both == {(1, 8), (4, 5, 7)}


@sets("reference.freeze_zones.*")
def freeze_zones(town: Town) -> None:
    """Clusters that lie mainly in a zone named stay; a tie is of the central school's zone."""
    asked = {
        "reference__plan": town.plan_file("odd.csv", **ODD),
        "boundaries__district__column": "district",
        "boundaries__bank__column": "authority",
    }
    west = frozen(town, reference__freeze_zones__district=["West"], **asked)
    assert west == {(1, 8), (2, 3), (6,)}
    east = frozen(town, reference__freeze_zones__district=["East"], **asked)
    assert east == {(4, 5, 7)}
    south = frozen(town, reference__freeze_zones__bank=["Southshire"], **asked)
    assert south == {(1, 8), (2, 3)}
