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
    that cluster; every school of a locked cluster, and every one that was pinned before, to the
    cluster that it is in. So each is pinned to one cluster at most, by its code.
    """
    scenario = judge.scenario_of(draft)
    fixed: dict[str, set[int]] = {}
    before = {urn for urns in scenario.pins.fixed.values() for urn in urns}
    locked = {urn for code in draft.locked for urn in draft.clusters[code].members}
    moved = draft.moved_from(begun)
    for urn in before | locked | set(moved):
        fixed.setdefault(draft.code_of[urn], set()).add(urn)
    for code in {draft.code_of[urn] for urn in moved}:
        fixed[code].add(draft.clusters[code].hub)
    pins = {code: tuple(sorted(urns)) for code, urns in sorted(fixed.items())}
    section = scenario.pins.model_copy(update={"fixed": pins})
    return scenario.model_copy(update={"pins": section})


def scenario_file(scenario: Scenario, draft: Draft, judge: Judge, plan_file: str) -> str:
    """Return an agreed scenario as TOML, to lie beside the plan.

    The plan beside it is the previous one, so that its codes and names stay. Locked clusters are
    frozen: nobody joins them or leaves them. Where the scenario asks to stay close to another plan,
    that stays what it is about, and locked clusters are only pinned.

    Parameters
    ----------
    scenario : Scenario
        Of `agreed_scenario`.
    draft : Draft
    judge : Judge
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
    asked = scenario.reference
    close = asked.weight or asked.fewest_movers or asked.most_movers is not None
    if draft.locked and not close:
        kept = {cluster.members for cluster in judge.frozen}
        frozen = {code for code, cluster in draft.clusters.items() if cluster.members in kept}
        codes = sorted(frozen | draft.locked)
        section = {**record["reference"], "plan": plan_file, "freeze_clusters": codes}
        record["reference"] = {**section, "freeze_zones": {}}
    return tomli_w.dumps(record)


def _at_any_place(path: Path) -> str:
    """Return the path of a file as a scenario in any folder has it."""
    path = path.absolute()
    try:
        return f"~/{path.relative_to(Path.home()).as_posix()}"
    except (ValueError, RuntimeError):
        return path.as_posix()
