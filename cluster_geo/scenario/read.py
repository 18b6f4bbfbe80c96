"""Read a scenario from files and overrides, and validate it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from cluster_geo.errors import Fault, ScenarioError
from cluster_geo.plan import record_beside
from cluster_geo.scenario.checks import faults_between
from cluster_geo.scenario.faults import faults_of
from cluster_geo.scenario.lines import Key
from cluster_geo.scenario.merge import Settings, read_settings
from cluster_geo.scenario.missing import missing_files
from cluster_geo.scenario.model import Scenario, scenario_model
from cluster_geo.scenario.paths import found, recorded_path

EXAMPLE = "example"
LEAVE = "Leave it out"
NO_NAME = "A scenario has the name of its file; the plan's title is plan.title"


def read_scenario(
    name_or_path: str | Path | None = None, overrides: Mapping[str, object] | None = None
) -> Scenario:
    """Read a scenario by its shipped name or from a TOML file.

    Parameters
    ----------
    name_or_path : str or Path, optional
        "kent", "kent-benchmark", "example" or the path of a file; without it the built-in
        example county.
    overrides : mapping of str to object, optional
        Settings that replace the file's, by dotted key: ``{"clusters.size": "6:12"}``. Text is
        read as on the command line. Files in it are relative to the current folder.

    Raises
    ------
    ScenarioError
        With every fault found: file, line, setting, what was found and what to do.

    Examples
    --------
    >>> cg.read_scenario("example").clusters.size.high
    14
    >>> cg.read_scenario("example", {"clusters.size": "6:12"}).clusters.size.high
    12
    """
    chosen = EXAMPLE if name_or_path is None else name_or_path
    settings = read_settings(chosen, overrides or {})
    return _checked(settings, Path(chosen).stem)


def recorded_scenario(
    record: Mapping[str, Any],
    overrides: Mapping[str, object] | None = None,
    *,
    beside: Path | None = None,
) -> Scenario:
    """Return the scenario of a record that `Scenario.record` made, such as that in a run.json.

    Its files are looked for from the current folder, then in the folder `beside` and the folders
    above it. A record of the new scenario has the same paths, wherever the files were found.

    Raises
    ------
    ScenarioError
        If the record is not valid, or is of another version.
    """
    tree = {key: value for key, value in record.items() if key != "name"}
    recorded: dict[str, str] = {}

    def file_at(text: str) -> Path:
        path = found(text, beside)
        if recorded_path(path) != text:
            recorded[str(path)] = text
            recorded.setdefault(str(record_beside(path)), record_beside(text).as_posix())
        return path

    settings = Settings()
    settings.add(tree, "run.json", file_at)
    settings.override(overrides or {})
    scenario = _checked(settings, str(record.get("name", "scenario")))
    return scenario.model_copy(update={"recorded_paths": recorded}) if recorded else scenario


def _checked(settings: Settings, name: str) -> Scenario:
    faults = list(settings.faults)
    for key, fix in (("name", NO_NAME), ("recorded_paths", LEAVE), ("granted", LEAVE)):
        if (key,) in settings.origins:
            words = f"there is no such setting as {key!r}"
            faults.append(settings.origin((key,)).fault((key,), words, fix))
    settings.tree["name"] = _fit_for_a_folder(name)
    try:
        scenario = scenario_model().model_validate(settings.tree)
    except ValidationError as error:
        wrong = faults_of(error, settings)
        faults += [*wrong.values(), *_others(settings, wrong)]
        raise ScenarioError(_in_order(faults)) from None
    faults += faults_between(scenario, settings)
    if faults:
        raise ScenarioError(_in_order([*faults, *missing_files(scenario)]))
    return scenario


def _others(settings: Settings, wrong: Iterable[Key]) -> list[Fault]:
    """Return the other faults, which appear once the faulty settings are left out.

    They are those between settings, and files that are not there: a planner should see all faults
    at once. A section that has a fault itself is not checked again, because faults that only
    follow from a setting left out would be misleading.
    """
    for key in wrong:
        settings.remove(key)
    try:
        scenario = scenario_model().model_validate(settings.tree)
    except ValidationError:
        return []
    missing = list(missing_files(scenario))
    sections = {key[:1] if key[0] != "boundaries" else key[:2] for key in wrong}
    names = {".".join(section) for section in sections}
    return missing + [
        fault
        for fault in faults_between(scenario, settings)
        if not any(f"{fault.setting}.".startswith(f"{name}.") for name in names)
    ]


def _fit_for_a_folder(name: str) -> str:
    """Return a scenario's name as the name of its output folder, without any path in it."""
    return re.sub(r"[^\w -]+", "-", name)[:80].strip(" -") or "scenario"


def _in_order(faults: list[Fault]) -> list[Fault]:
    """Sort by file and line, so that a planner can correct them from the top down."""
    return sorted(faults, key=lambda fault: (fault.where, fault.row or 0))
