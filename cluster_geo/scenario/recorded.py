"""Read a run from its run.json, to repeat it or to check its plan against its own rules."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cluster_geo.errors import Fault, InputError
from cluster_geo.plan import record_beside
from cluster_geo.records import KEYED, recorded_as, sha256_of
from cluster_geo.scenario.model import Scenario
from cluster_geo.scenario.paths import found
from cluster_geo.scenario.read import recorded_scenario

RUN_RECORD = "run.json"
# Digits of a hash that messages show, enough to distinguish two files.
SHOWN = 12
# Settings that name plans; a plan's retired codes are in the record beside it.
PLAN_SETTINGS = ("plan.previous_plan", "reference.plan")


@dataclass(frozen=True)
class RecordedRun:
    """A run as recorded in its run.json.

    Parameters
    ----------
    scenario : Scenario
        The run's scenario, with the caller's overrides.
    inputs : mapping of Path to str
        SHA-256 of each file the run read, by the path where it should be now.
    versions : mapping of str to str
        Versions of the program and its libraries at the time of the run.
    name : str
        Name of the record in messages.
    bound : float or None
        Below which no plan by the run's rules scores; None where nothing is proven.
    requirements : tuple of str or None
        As `requirements_of` returns them.
    """

    scenario: Scenario
    inputs: Mapping[Path, str]
    versions: Mapping[str, str]
    name: str
    bound: float | None = None
    requirements: tuple[str, ...] | None = None

    def changed_inputs(self) -> list[Fault]:
        """Return a fault for each file of the run that is missing or has changed.

        Files that the scenario no longer names, because an override names others, are not
        checked.
        """
        fix = "Restore the file, or use the files as they are now with --changed-inputs"
        faults = []
        asked = {path: setting for setting, path in self.scenario.files().items()}
        # A plan's retired codes are in the record beside it.
        asked = {record_beside(path): setting for path, setting in asked.items()} | asked
        for path, sha256 in self.inputs.items():
            if path not in asked:
                continue
            if words := _change(path, sha256):
                faults.append(Fault(str(path), words, fix, setting=asked[path]))
        return faults

    def other_versions(self, now: Mapping[str, str]) -> dict[str, tuple[str, str]]:
        """Return the versions then and now of every library whose version has changed."""
        return {
            name: (then, now.get(name, "none"))
            for name, then in self.versions.items()
            if now.get(name) != then
        }


def read_run(path: str | Path, overrides: Mapping[str, object] | None = None) -> RecordedRun:
    """Read a run's record.

    Parameters
    ----------
    path : path
        A run.json, or the output folder it is in.
    overrides : mapping of str to object, optional
        As for `read_scenario`.

    Raises
    ------
    InputError
        If it is not the record of a run, or its settings are not those of this version.
    """
    path = Path(path)
    record = path / RUN_RECORD if path.is_dir() else path
    content = record_of(record)
    beside = record.parent
    scenario = recorded_scenario(content["scenario"], overrides or {}, beside=beside)
    inputs = {
        found(source["path"], beside): source["sha256"]
        for source in _list(content.get("inputs"))
        if isinstance(source, dict)
        and isinstance(source.get("path"), str)
        and isinstance(source.get("sha256"), str)
    }
    versions = content.get("versions")
    known = {str(k): str(v) for k, v in versions.items()} if isinstance(versions, dict) else {}
    bound = content.get("bound")
    if not (isinstance(bound, int | float) and math.isfinite(bound)):
        bound = None
    return RecordedRun(
        scenario,
        inputs,
        known,
        str(record),
        bound,
        _requirements(content),
    )


def requirements_of(record: Path) -> tuple[str, ...] | None:
    """Return the settings of the rules that a run had to keep, with preferences it granted.

    None where there is no record of a run, or it does not say.
    """
    try:
        return _requirements(record_of(record))
    except InputError:
        return None


def previous_in(record: Path) -> str | None:
    """Return the hash of the file of the plan before, as the record of a run has it.

    None where there is no record, or none of such a plan.
    """
    try:
        found = record_of(record).get("previous_plan_sha256")
    except InputError:
        return None
    return found if isinstance(found, str) and found else None


def version_in(record: Path) -> str:
    """Return the version of the plan that the record of a run is of; "" where there is none."""
    try:
        plan = record_of(record).get("plan")
    except InputError:
        return ""
    found = plan.get("version") if isinstance(plan, dict) else None
    return found if isinstance(found, str) else ""


def _requirements(content: Mapping[str, Any]) -> tuple[str, ...] | None:
    found = content.get("requirements")
    return tuple(map(str, found)) if isinstance(found, list) else None


def record_of(record: Path) -> dict[str, Any]:
    """Return what the record of a run says, as JSON values.

    Raises
    ------
    InputError
        If it cannot be read, or is not the record of a run.
    """
    fix = f"Give the {RUN_RECORD} of a run, or its folder"
    try:
        content = json.loads(record.read_bytes())
    except OSError as error:
        fault = Fault(str(record), f"it cannot be read ({error.strerror})", fix)
        raise InputError([fault]) from error
    except (ValueError, RecursionError) as error:
        raise InputError([Fault(str(record), "it is not the record of a run", fix)]) from error
    if not isinstance(content, dict) or not isinstance(content.get("scenario"), dict):
        raise InputError([Fault(str(record), "it has no scenario", fix)])
    return content


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _change(path: Path, recorded: str) -> str:
    """Say what has become of a file since its hash was recorded; "" where it is as it was."""
    since = "it has changed since that run"
    try:
        now = sha256_of(path)
    except FileNotFoundError:
        return "it no longer exists"
    except OSError as error:
        return f"it cannot be read ({error.strerror})"
    same = recorded_as(now, recorded)
    if same is None:
        by_whom = (
            "its hash was made with another user's key" if recorded else "it has no hash of it"
        )
        return (
            "it is not known whether it has changed since that run: the record is for the public, "
            f"and {by_whom}"
        )
    if same:
        return ""
    hashes = f": its SHA-256 was {recorded[:SHOWN]}… and is now {now[:SHOWN]}…"
    return since if recorded.startswith(KEYED) else f"{since}{hashes}"
