"""What a run has proven of every plan, for a plan that was changed by hand beside its record."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cluster_geo.errors import InputError
from cluster_geo.pipeline.places import plan_file
from cluster_geo.plan import Cluster, Plan
from cluster_geo.scenario import RUN_RECORD, Scenario, read_run, rule_kinds
from cluster_geo.scenario.ties import BUILT_IN
from cluster_geo.version import __version__

# Sections of a scenario that change neither what a plan may be nor what it scores.
NO_RULES = {"plan", "solve", "name", "recorded_paths"}


@dataclass(frozen=True, slots=True)
class Floor:
    """A score below which no plan can be, as a run has proven it.

    It holds for every plan that keeps the run's requirements, whoever made the plan.

    Parameters
    ----------
    bound : float
        In the unit of scores.
    granted : mapping of str to bool
        For each preference of the scenario, whether it was a requirement when the bound was
        proven: a plan is judged by the same.
    """

    bound: float
    granted: Mapping[str, bool]


def floor_beside(path: str | Path, scenario: Scenario) -> Floor | None:
    """Return the floor from the run.json beside a plan, where it holds for the scenario too.

    It does where it holds of every plan, the rules and weights are the run's, the files it read are
    unchanged and the program is of the same version and has no rules of other packages; else, and
    where nothing was proven, there is none.

    Parameters
    ----------
    path : path
        The plan: a file, or an output folder.
    scenario : Scenario
        By which the plan is judged.
    """
    record = plan_file(path).with_name(RUN_RECORD)
    try:
        run = read_run(record)
        content = json.loads(record.read_bytes())
    except (InputError, OSError, ValueError):
        return None
    bound, required = content.get("bound"), content.get("requirements")
    proven = isinstance(bound, int | float) and math.isfinite(bound)
    # What an installed rule's code does is in no record.
    own = all(kind in BUILT_IN for kind in rule_kinds())
    recorded = isinstance(required, list) or not scenario.wishes()
    same = (
        _rules(run.scenario) == _rules(scenario) and run.versions.get("cluster-geo") == __version__
    )
    # With the fewest movers first, it is proven of plans with so few, and of no other.
    every = not scenario.reference.fewest_movers
    if not (proven and own and recorded and same and every) or run.changed_inputs():
        return None
    granted = {name: name in (required or ()) for name in scenario.wishes()}
    return Floor(float(bound), granted)


def _rules(scenario: Scenario) -> dict[str, Any]:
    return scenario.model_dump(mode="json", exclude=NO_RULES)


def keeps_frozen(plan: Plan, frozen: Iterable[Cluster]) -> bool:
    """Return whether a plan leaves alone the clusters that were frozen.

    What is proven with clusters frozen is proven of no other plan.
    """
    return {c.members for c in frozen} <= {cluster.members for cluster in plan.clusters}
