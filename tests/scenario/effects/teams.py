"""Settings of `teams.NAME`: posts, the visits that are called for, and the patches of each post."""

from __future__ import annotations

import pytest

from cluster_geo.errors import ImpossibleError, InputError
from cluster_geo.patches import teams_of
from tests.scenario.effects.table import sets
from tests.scenario.effects.town import EHCP, Town, urns

POSTS = {"teams__nurse__posts": 2.0, "teams__nurse__demand__schools": 1.0}
PAIRS = ((1, 2), (3, 4), (5, 6), (7, 8))


def team(town: Town, **settings: object):
    """Return the role of four clusters of two schools, west to east, south bank and north bank."""
    asked = POSTS | settings
    plan = town.rules().plan([urns(*pair) for pair in PAIRS])
    return teams_of(town.county(), town.scenario(**asked), plan, time_limit=10).roles[0]


@sets("teams.*.title")
def title(town: Town) -> None:
    """It is called so, or by its name."""
    assert team(town, teams__nurse__title="School nurse").title == "School nurse"
    assert team(town).title == "Nurse"


@sets("teams.*.posts")
def posts(town: Town) -> None:
    """So many posts are shared, and each whole one has a patch."""
    for number, patches in ((1.0, 1), (2.0, 2), (1.5, 1)):
        found = team(town, teams__nurse__posts=number)
        assert sum(found.shares.values()) == pytest.approx(number)
        assert len(found.patches) == patches


@sets("teams.*.share_step")
def share_step(town: Town) -> None:
    """Every share is a number of such steps."""
    plans = {"teams__nurse__demand__schools": 0.0, "teams__nurse__demand__ehcp": 1.0}
    for step in (0.25, 0.5):
        shares = team(town, teams__nurse__share_step=step, **plans).shares.values()
        assert {share % step for share in shares} == {0}
        assert sum(shares) == 2


@sets("teams.*.demand.*")
def demand(town: Town) -> None:
    """Each pupil with a plan, each school and each cluster calls for so many visits."""
    found = team(
        town, teams__nurse__demand__ehcp=0.5, teams__nurse__demand__schools=3,
        teams__nurse__demand__clusters=7,
    )  # fmt: skip
    wanted = sorted(7 + 6 + 0.5 * (EHCP[a] + EHCP[a + 1]) for a in (1, 3, 5, 7))
    assert sorted(found.demand.of_cluster.values()) == pytest.approx(wanted)


@sets("teams.*.visits_per_post")
def visits_per_post(town: Town) -> None:
    """What a post can make is compared with what its patch calls for."""
    assert team(town).unmet is None
    assert team(town, teams__nurse__visits_per_post=3).unmet == pytest.approx(2)
    assert team(town, teams__nurse__visits_per_post=4).unmet == 0


@sets("teams.*.cost_per_visit")
def cost_per_visit(town: Town) -> None:
    """Eight visits cost eight times as much."""
    assert team(town).cost is None
    assert team(town, teams__nurse__cost_per_visit=80.5).cost == pytest.approx(8 * 80.5)


@sets("teams.*.clusters_per_post")
def clusters_per_post(town: Town) -> None:
    """No patch has more clusters, or fewer."""
    found = team(town, teams__nurse__clusters_per_post="1:3", teams__nurse__posts=3)
    assert sorted(len(patch.clusters) for patch in found.patches) == [1, 1, 2]
    with pytest.raises(InputError, match="2 posts make 2 patches of 3 clusters"):
        team(town, teams__nurse__clusters_per_post="3:3")


@sets("teams.*.layer")
def layer(town: Town) -> None:
    """A cluster is outside where most of its patch lies in another zone of the layer."""
    assert "district" in town.scenario(**DISTRICTS).boundaries
    found = crossing(town, teams__nurse__layer="district")
    assert [patch.zone != "" for patch in found.patches] == [True]
    assert [len(patch.outside) for patch in found.patches] == [2]
    assert [len(patch.outside) for patch in crossing(town).patches] == [0]


@sets("teams.*.rule")
def rule(town: Town) -> None:
    """Where it is hard no patch crosses."""
    grouped = True
    try:
        crossing(town, teams__nurse__layer="district", teams__nurse__rule="hard")
    except ImpossibleError:
        grouped = False
    assert not grouped
    assert crossing(town, teams__nurse__layer="district").result.plan is not None


@sets("teams.*.weight")
def weight(town: Town) -> None:
    """Each cluster outside costs so much."""
    free = crossing(town, teams__nurse__layer="district", teams__nurse__weight=0.0).result.cost
    for price in (7.0, 70.0):
        found = crossing(town, teams__nurse__layer="district", teams__nurse__weight=price)
        assert found.result.cost == pytest.approx(free + 2 * price)


@sets("teams.*.balance")
def balance(town: Town) -> None:
    """Each visit off an even share costs so much."""
    plans = {"teams__nurse__demand__schools": 0.0, "teams__nurse__demand__ehcp": 1.0}
    costs = [team(town, teams__nurse__balance=price, **plans) for price in (0.0, 1000.0, 2000.0)]
    loads = [patch.visits for patch in costs[2].patches]
    off = sum(abs(load - sum(EHCP.values()) / 2) for load in loads)
    assert off > 0
    assert costs[2].result.cost - costs[1].result.cost == pytest.approx(1000 * off)
    assert costs[0].result.cost < 1000 * off


DISTRICTS = {"boundaries__district__column": "district"}


def crossing(town: Town, **settings: object):
    """Return the role of one patch with all four clusters, two in each district."""
    asked = POSTS | DISTRICTS | {"teams__nurse__posts": 1.0} | settings
    plan = town.rules(**DISTRICTS).plan([urns(*pair) for pair in PAIRS])
    return teams_of(town.county(**DISTRICTS), town.scenario(**asked), plan, time_limit=10).roles[0]
