"""Settings that cannot both hold, and their neighbours that can: each check on either side."""

import pytest

from cluster_geo.errors import ScenarioError
from cluster_geo.scenario import read_scenario

PLAN = {"reference.plan": "plan.csv"}
COLUMN = {"boundaries.district.column": "district"}
AREA = {"boundaries.area.groups": "areas.csv", "boundaries.area.of": "district"}

# What contradicts itself, the settings blamed, and the least change that does not.
CONTRADICTIONS = {
    "a layer called as a rule": (
        {"boundaries.size.column": "district"}, {"boundaries.size"},
        {"boundaries.sizes.column": "district"},
    ),
    "a layer of nothing": (
        {"boundaries.ward.rule": "hard"}, {"boundaries.ward"},
        {"boundaries.ward.rule": "hard", "boundaries.ward.column": "ward"},
    ),
    "a layer drawn and grouped": (
        COLUMN | AREA | {"boundaries.area.column": "town"}, {"boundaries.area"}, COLUMN | AREA,
    ),
    "groups of no layer": (
        {"boundaries.area.groups": "areas.csv"}, {"boundaries.area"}, COLUMN | AREA,
    ),
    "groups of a layer that is not there": (AREA, {"boundaries.area.of"}, COLUMN | AREA),
    "groups of groups": (
        COLUMN | AREA | {"boundaries.team.groups": "t.csv", "boundaries.team.of": "area"},
        {"boundaries.team.of"},
        COLUMN | AREA | {"boundaries.team.groups": "t.csv", "boundaries.team.of": "district"},
    ),
    "divisions of a layer that is not there": (
        {"plan.divisions": "division"}, {"plan.divisions"},
        {"plan.divisions": "division", "boundaries.division.column": "division"},
    ),
    "together and apart": (
        {"pins.together": "[[1, 2, 3]]", "pins.apart": "[[3, 1, 9]]"}, {"pins.apart"},
        {"pins.together": "[[1, 2, 3]]", "pins.apart": "[[3, 8, 9]]"},
    ),
    "fixed to one cluster and apart": (
        {"pins.fixed.3": "[1, 2]", "pins.apart": "[[1, 2]]"}, {"pins.apart"},
        {"pins.fixed.3": "[1, 2]", "pins.apart": "[[1, 3]]"},
    ),
    "fixed to two clusters": (
        {"pins.fixed.3": "[1, 2]", "pins.fixed.4": "[2, 5]"}, {"pins.fixed.4"},
        {"pins.fixed.3": "[1, 2]", "pins.fixed.4": "[4, 5]"},
    ),
    "a school twice together": (
        {"pins.together": "[[1, 2, 1]]"}, {"pins.together"}, {"pins.together": "[[1, 2], [1, 3]]"},
    ),
    "a school twice apart": (
        {"pins.apart": "[[1, 1]]"}, {"pins.apart"}, {"pins.apart": "[[1, 2], [1, 3]]"},
    ),
    "movers from no plan": (
        {"reference.weight": "0.5"}, {"reference"}, PLAN | {"reference.weight": "0.5"},
    ),
    "no mover at all from no plan": (
        {"reference.most_movers": "0"}, {"reference"}, PLAN | {"reference.most_movers": "0"},
    ),
    "fewest movers from no plan": (
        {"reference.fewest_movers": "true"}, {"reference"},
        PLAN | {"reference.fewest_movers": "true"},
    ),
    "clusters of no plan frozen": (
        {"reference.freeze_clusters": "A-1"}, {"reference"},
        PLAN | {"reference.freeze_clusters": "A-1"},
    ),
    "zones of no plan frozen": (
        COLUMN | {"reference.freeze_zones.district": "West"}, {"reference"},
        COLUMN | PLAN | {"reference.freeze_zones.district": "West"},
    ),
    "zones of no layer frozen": (
        PLAN | {"reference.freeze_zones.ward": "West"}, {"reference.freeze_zones.ward"},
        COLUMN | PLAN | {"reference.freeze_zones.district": "West"},
    ),
    "pairs hard that nobody confirmed": (
        {"pairs.rule": "hard"}, {"pairs.rule"}, {"pairs.rule": "hard", "pairs.file": "p.csv"},
    ),
    "pairs wished for that nobody confirmed": (
        {"pairs.rule": "hard-if-possible"}, {"pairs.rule"}, {"pairs.rule": "priced"},
    ),
    "networks hard that nobody named": (
        {"networks.rule": "hard"}, {"networks.rule"},
        {"networks.rule": "hard", "networks.file": "n.csv"},
    ),
    "networks wished for that nobody named": (
        {"networks.rule": "hard-if-possible"}, {"networks.rule"}, {"networks.rule": "shown"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_a_contradiction_is_a_fault_and_its_neighbour_is_none(name, toml, tmp_path, monkeypatch):
    """One fault on the setting that a planner would change; the least change reads without one."""
    # Files that are not there would be faults of their own.
    monkeypatch.chdir(tmp_path)
    for file in ("plan.csv", "areas.csv", "t.csv", "p.csv", "n.csv", "a.gpkg"):
        (tmp_path / file).touch()
    wrong, blamed, right = CONTRADICTIONS[name]
    empty = toml("")
    with pytest.raises(ScenarioError) as caught:
        read_scenario(empty, wrong)
    assert {fault.setting for fault in caught.value.faults} == blamed
    assert len(caught.value.faults) == 1
    read_scenario(empty, right)
