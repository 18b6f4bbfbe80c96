"""Each rule's linear constraints, word for word, as a golden .lp file.

To renew the files after a change that is meant: ``RENEW_GOLDEN=1 pytest tests/rules``, and read
the difference.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pulp
import pytest

from cluster_geo.optimise.compact import compact_model
from cluster_geo.optimise.linear import LinearClusterModel
from cluster_geo.rules import (
    Apart,
    Balance,
    CloseToReference,
    MostClustersOfTrust,
    MostMovers,
    NumberOfClusters,
    OnePiece,
    Pathways,
    Phases,
    Rulebook,
    Size,
    Together,
    TravelToHub,
    Trusts,
    WorstTrip,
    Zones,
    non_selective,
    srp_coverage,
)
from tests.rules.variants import alike
from tests.worlds import draw_county

GOLDEN = Path(__file__).with_name("golden")

# A row of three and a row of two: schools 1 to 5, hub in the middle of the upper row.
DRAWN = draw_county(
    """
    p s P
    p a .
    """,
    district="""
    A A B
    A B .
    """,
)
# The way from a school to one of a higher URN is a quarter longer than the way back.
LONGER = 1 + np.triu(np.full((5, 5), 0.25))
TOWN = replace(DRAWN, travel=replace(DRAWN.travel, matrix=DRAWN.travel.matrix * LONGER))
ONE, TWO, THREE, FOUR, FIVE = TOWN.urns
DISTRICT = TOWN.layers["district"].zone_of
OLD = {ONE: "R1", TWO: "R1", THREE: "R2", FOUR: "R2"}

RULES = {
    "size": Size(2, 4),
    "phases": Phases(TOWN.schools.primaries, TOWN.schools.secondaries, 2, 1),
    "one_piece": OnePiece(TOWN.neighbours.graph),
    "travel": TravelToHub(TOWN.travel),
    "worst_trip": WorstTrip(TOWN.travel, 1.0),
    "trusts": Trusts({"T1": frozenset({ONE, THREE}), "T2": frozenset({TWO, FIVE})}, 3.0),
    "zones_priced": Zones("district", DISTRICT, 1.5),
    "zones_hard": Zones("district", DISTRICT, hard=True),
    "srp_priced": srp_coverage(frozenset({THREE}), 5.0),
    "srp_hard": srp_coverage(frozenset({THREE}), hard=True),
    "non_selective": non_selective(frozenset({FIVE}), 2.0),
    "pathways_priced": Pathways(
        {"ASD": frozenset({ONE, FOUR}), "HI": frozenset({FIVE})},
        {"ASD": frozenset({THREE}), "HI": frozenset({TWO})},
        2.5,
    ),
    "pathways_hard": Pathways(
        {"ASD": frozenset({ONE, FOUR}), "HI": frozenset({FIVE})},
        {"ASD": frozenset({THREE}), "HI": frozenset({TWO})},
        hard=True,
    ),
    "together_priced": Together("federations", {"F": frozenset({ONE, FOUR})}, 4.0),
    "together_hard": Together("federations", {"F": frozenset({ONE, FOUR})}, hard=True),
    "apart": Apart((frozenset({ONE, FIVE}),)),
    "balance": Balance("balance", {ONE: -3, TWO: 2, THREE: 1, FOUR: 0, FIVE: 5}, 0.1),
    "reference": CloseToReference(OLD, frozenset({FIVE}), 1.25),
}
PLAN_RULES = {
    "number_of_clusters": NumberOfClusters(2, 3),
    "clusters_of_trust": MostClustersOfTrust("T1", frozenset({ONE, THREE}), 1),
    "most_movers": MostMovers(OLD, 2, frozenset({FIVE})),
}


def test_the_files_tell_every_parameter_from_the_others():
    """Where two were alike, a rule that takes one for the other would be written the same."""
    assert alike([*RULES.values(), *PLAN_RULES.values()]) == set()


@pytest.mark.parametrize("name", RULES)
def test_the_constraints_of_a_rule_over_a_cluster(name, tmp_path):
    """One cluster with school 2 as its hub."""
    problem = pulp.LpProblem(name, pulp.LpMinimize)
    model = LinearClusterModel(problem, TOWN.urns, TWO)
    RULES[name].formulate(model)
    problem.setObjective(model.cost + 0)
    text = written(problem, tmp_path)
    assert text == golden(name, text)


@pytest.mark.parametrize("name", PLAN_RULES)
def test_the_rows_of_a_rule_over_a_plan(name, tmp_path):
    """The compact model of the five schools with no other rule."""
    rulebook = Rulebook((), TOWN.travel, (PLAN_RULES[name],))
    problem, _ = compact_model(TOWN, rulebook)
    text = written(problem, tmp_path)
    assert text == golden(name, text)


def written(problem: pulp.LpProblem, folder: Path) -> str:
    """Return a problem as an .lp file has it."""
    problem.writeLP(folder / "written.lp")
    return (folder / "written.lp").read_text()


def golden(name: str, text: str) -> str:
    """Return the golden file of a rule; where renewal is asked for, it is made `text` first."""
    path = GOLDEN / f"{name}.lp"
    if os.environ.get("RENEW_GOLDEN"):
        GOLDEN.mkdir(exist_ok=True)
        path.write_text(text)
    return path.read_text()
