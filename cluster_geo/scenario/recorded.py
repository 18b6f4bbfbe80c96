"""A run read back from its run.json, to repeat it or to judge its plan by its own rules."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cluster_geo.errors import Fault, InputError
from cluster_geo.plan import record_beside
from cluster_geo.records import sha256_of
from cluster_geo.scenario.model import Scenario
from cluster_geo.scenario.paths import found
from cluster_geo.scenario.read import recorded_scenario

RUN_RECORD = "run.json"
# So many figures of a hash tell two files apart for a reader.
SHOWN = 12
# Settings of plans, whose retired codes are in the record beside them.
PLAN_SETTINGS = ("plan.previous_plan", "reference.plan")


@dataclass(frozen=True)
class RecordedRun:
    """What a run.json tells of its run.

    Parameters
    ----------
    scenario : Scenario
        What was asked, changed where the caller asked for it.
    inputs : mapping of Path to str
        SHA-256 of each file the run read, by where the file should be now.
    versions : mapping of str to str
        Versions of the program and its libraries then.
    name : str
        Name of the record in messages.
    """

    scenario: Scenario
    inputs: Mapping[Path, str]
    versions: Mapping[str, str]
    name: str

    def changed_inputs(self) -> list[Fault]:
        """Return a fault for each file of the run that is gone or is not what it was.

        Files that the scenario no longer names, because the caller asked for others, are not
        looked at.
        """
        fix = "Put the file of that run back, or go on without it by --changed-inputs"
        faults = []
        asked = {path: setting for setting, path in self.scenario.files().items()}
        # A plan's retired codes are in the record beside it.
        asked = {record_beside(path): setting for path, setting in asked.items()} | asked
        for path, sha256 in self.inputs.items():
            if path not in asked:
                continue
            now = _hash(path)
            if now is None:
                words = "it is not there any more"
            elif now != sha256:
                words = (
                    "it has changed since that run: its SHA-256 was "
                    f"{sha256[:SHOWN]}… and is {now[:SHOWN]}…"
                )
            else:
                continue
            faults.append(Fault(str(path), words, fix, setting=asked[path]))
        return faults

    def other_versions(self, now: Mapping[str, str]) -> dict[str, tuple[str, str]]:
        """Return then and now of every library whose version is another."""
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
        Where it is no record of a run, or its settings are not those of this version.
    """
    path = Path(path)
    record = path / RUN_RECORD if path.is_dir() else path
    told = _told(record)
    beside = record.parent
    scenario = recorded_scenario(told["scenario"], overrides or {}, beside=beside)
    inputs = {
        found(source["path"], beside): source["sha256"]
        for source in _list(told.get("inputs"))
        if isinstance(source, dict)
        and isinstance(source.get("path"), str)
        and isinstance(source.get("sha256"), str)
    }
    versions = told.get("versions")
    known = {str(k): str(v) for k, v in versions.items()} if isinstance(versions, dict) else {}
    return RecordedRun(scenario, inputs, known, str(record))


def _told(record: Path) -> dict[str, Any]:
    fix = f"Give the {RUN_RECORD} of a run, or its folder"
    try:
        told = json.loads(record.read_bytes())
    except OSError as error:
        fault = Fault(str(record), f"it cannot be read ({error.strerror})", fix)
        raise InputError([fault]) from error
    except (ValueError, RecursionError) as error:
        raise InputError([Fault(str(record), "it is no record of a run", fix)]) from error
    if not isinstance(told, dict) or not isinstance(told.get("scenario"), dict):
        raise InputError([Fault(str(record), "it tells no scenario", fix)])
    return told


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _hash(path: Path) -> str | None:
    try:
        return sha256_of(path)
    except OSError:
        return None
