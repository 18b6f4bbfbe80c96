"""What a run has proven of every plan, for a plan that was changed by hand beside its record."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cluster_geo.errors import InputError
from cluster_geo.pipeline.places import plan_file
from cluster_geo.plan import Cluster, Plan
from cluster_geo.scenario import RUN_RECORD, Scenario, read_run, rule_kinds
from cluster_geo.scenario.ties import BUILT_IN
from cluster_geo.version import __version__

# Sections of a scenario that change neither what a plan may be nor what it scores.
NO_RULES = {"plan", "solve", "name", "recorded_paths", "granted"}


def floor_beside(path: str | Path, scenario: Scenario) -> float | None:
    """Return the score below which no plan can be, as the run beside a plan has proven it.

    It holds for every plan that keeps the run's requirements, whoever made the plan. There is none
    where nothing was proven, and where it would not hold: of other rules, weights or requirements
    than the scenario's, of files that have changed, by another version of the program, with rules
    of other packages.

    Parameters
    ----------
    path : path
        The plan: a file, or an output folder.
    scenario : Scenario
        By which the plan is judged, with what the run granted (`judged_beside`).
    """
    try:
        run = read_run(plan_file(path).with_name(RUN_RECORD))
    except InputError:
        return None
    # What an installed rule's code does is in no record.
    own = all(kind in BUILT_IN for kind in rule_kinds())
    asked = run.scenario.as_granted(run.requirements).granted
    same = (
        _rules(run.scenario) == _rules(scenario)
        and (not scenario.wishes() or asked is not None)
        and (asked or ()) == (scenario.granted or ())
        and run.versions.get("cluster-geo") == __version__
    )
    # With the fewest movers first, it is proven of plans with so few, and of no other.
    every = not scenario.reference.fewest_movers
    return run.bound if own and same and every and not run.changed_inputs() else None


def _rules(scenario: Scenario) -> dict[str, Any]:
    return scenario.model_dump(mode="json", exclude=NO_RULES)


def keeps_frozen(plan: Plan, frozen: Iterable[Cluster]) -> bool:
    """Return whether a plan leaves alone the clusters that were frozen.

    What is proven with clusters frozen is proven of no other plan.
    """
    return {c.members for c in frozen} <= {cluster.members for cluster in plan.clusters}
