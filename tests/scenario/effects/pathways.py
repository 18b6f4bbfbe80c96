"""Settings of `pathways`, and the needs and phases of `srp`: a way on for each need."""

from __future__ import annotations

from typing import Any

from cluster_geo.scenario import brief_of
from tests.scenario.effects.table import sets
from tests.scenario.effects.town import Town, km, strengths, urn

# Primary provision at 1, 3 and 5, secondary at 2 and 7; the all-through school 4 has both.
PROVISION = {1: "ASD", 3: "ASD", 5: "HI", 2: "ASD", 7: "HI", 4: "VI"}
PRICED = {"pathways__rule": "priced"}


def listed(town: Town) -> dict[str, Any]:
    """The setting that names the town's own list of provisions."""
    rows = [f"{urn(place)},{need}" for place, need in PROVISION.items()]
    return {"schools__srp": town.file("ways.csv", "urn,need", *rows)}


@sets("pathways.rule")
def rule(town: Town) -> None:
    """A cluster with primary provision and no way on is refused, charged or shown."""
    own = listed(town)
    strengths(town, "pathways", "pathways", (1, 5, 6), 5.0, **own)
    assert town.verdict("pathways", 1, 2, pathways__rule="hard", **own).kept
    assert town.verdict("pathways", 4, 8, pathways__rule="hard", **own).kept


@sets("pathways.weight")
def weight(town: Town) -> None:
    """It is the price of a cluster and a need, however many schools lack a way on."""
    own = listed(town) | PRICED | {"pathways__weight": 2.75}
    assert town.verdict("pathways", 1, 3, **own).price == 2.75
    assert town.verdict("pathways", 1, 5, 6, **own).price == 2 * 2.75


@sets("pathways.needs")
def needs(town: Town) -> None:
    """A need that is not asked about needs no way on; its name is as good as its code."""
    own = listed(town)
    for asked in (["ASD"], ["Autistic spectrum disorder"]):
        assert town.verdict("pathways", 1, 5, 6, pathways__needs=asked, **own).count == 1
    assert town.verdict("pathways", 5, 6, pathways__needs=["ASD"], **own).count == 0


@sets("pathways.by_team")
def by_team(town: Town) -> None:
    """A need that a team meets needs no way on."""
    own = listed(town)
    assert town.verdict("pathways", 1, 5, 6, pathways__by_team=["HI"], **own).count == 1
    assert "HI" not in town.verdict("pathways", 1, 5, 6, pathways__by_team=["HI"], **own).words


@sets("pathways.within")
def within(town: Town) -> None:
    """From 1 to 2 are 2 km in a straight line and 1.3 times that by road; from 5 to 7 it is farther."""
    own = listed(town)
    reach = 1.3 * km(1, 2)
    for limit, count in ((reach - 0.01, 2), (reach + 0.01, 1), (1.3 * km(5, 7) + 0.01, 0)):
        assert town.verdict("pathways", 1, 5, 6, pathways__within=limit, **own).count == count


@sets("pathways.layer")
def layer(town: Town) -> None:
    """In West, 1 has a way on at 2; 3 and 5 have none in their own district."""
    own = listed(town) | {"boundaries__district__column": "district"}
    same = {"pathways__layer": "district"}
    assert town.verdict("pathways", 1, 8, **own).count == 1
    assert town.verdict("pathways", 1, 8, **own, **same).count == 0
    assert town.verdict("pathways", 3, 5, 8, **own, **same).count == 2
    far = {"pathways__within": 1.0}
    assert town.verdict("pathways", 1, 8, **own, **same, **far).count == 1


@sets("pathways.published")
def published(town: Town) -> None:
    """What was published is handed to the report."""
    words = "No pathway in 1 of 2 districts"
    assert brief_of(town.scenario(pathways__published=words)).pathways.published == words


@sets("srp.needs")
def srp_needs(town: Town) -> None:
    """Each need is a rule of its own, which asks for a school with provision for it."""
    own = listed(town) | {"srp__needs": ["ASD", "HI"], "srp__rule": "priced"}
    assert town.verdict("srp ASD", 1, 7, **own).price == 0
    assert town.verdict("srp HI", 1, 3, **own).price == 5
    assert "srp" not in [rule.name for rule in town.rules(**own).rules]


@sets("srp.phases")
def srp_phases(town: Town) -> None:
    """A need is asked for in each phase; an all-through school has it in both."""
    own = listed(town) | {"srp__phases": ["primary", "secondary"], "srp__rule": "hard"}
    assert town.verdict("srp primary", 1, 6, **own).kept
    assert not town.verdict("srp secondary", 1, 6, **own).kept
    assert town.verdict("srp secondary", 4, 6, **own).kept
    assert not town.verdict("srp ASD secondary", 7, 8, srp__needs=["ASD"], **own).kept
