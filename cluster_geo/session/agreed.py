"""The scenario that keeps what was agreed, so that a later search leads to it again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import tomli_w

from cluster_geo.scenario import Scenario
from cluster_geo.session.draft import Draft
from cluster_geo.session.judge import Judge


def agreed_scenario(draft: Draft, begun: Draft, judge: Judge) -> Scenario:
    """Return the scenario with what was agreed as pins.

    Every school that moved is pinned to the cluster that it joined, with the central school of
    that cluster; every school of a locked cluster is pinned to that cluster.
    """
    scenario = judge.scenario_of(draft)
    fixed = {code: set(urns) for code, urns in scenario.pins.fixed.items()}
    for urn in draft.moved_from(begun):
        code = draft.code_of[urn]
        fixed.setdefault(code, set()).update((urn, draft.clusters[code].hub))
    for code in draft.locked:
        fixed.setdefault(code, set()).update(draft.clusters[code].members)
    pins = {code: tuple(sorted(urns)) for code, urns in sorted(fixed.items())}
    section = scenario.pins.model_copy(update={"fixed": pins})
    return scenario.model_copy(update={"pins": section})


def scenario_file(scenario: Scenario, draft: Draft, plan_file: str) -> str:
    """Return an agreed scenario as TOML, to lie beside the plan.

    The plan beside it is the previous one, so that its codes and names stay. Locked clusters are
    frozen: nobody joins them or leaves them.

    Parameters
    ----------
    scenario : Scenario
        Of `agreed_scenario`.
    draft : Draft
    plan_file : str
        Name of the plan's file.
    """
    record: dict[str, Any] = scenario.record()
    del record["name"]
    # The folder may be moved, and the files that the scenario names stay where they are.
    for setting, path in scenario.files().items():
        *sections, name = setting.split(".")
        section = record
        for part in sections:
            section = section[part]
        section[name] = _at_any_place(path)
    record["plan"] = {**record.get("plan", {}), "previous_plan": plan_file}
    if draft.locked:
        frozen = {"plan": plan_file, "freeze_clusters": sorted(draft.locked)}
        record["reference"] = {**record.get("reference", {}), **frozen}
    return tomli_w.dumps(record)


def _at_any_place(path: Path) -> str:
    """Return the path of a file as a scenario in any folder has it."""
    path = path.absolute()
    try:
        return f"~/{path.relative_to(Path.home()).as_posix()}"
    except (ValueError, RuntimeError):
        return path.as_posix()
