"""A plan and the versions it was made from, found by what each record says of the one before."""

from __future__ import annotations

from pathlib import Path

from cluster_geo.plan import PLAN_FILE
from cluster_geo.records import sha256_of
from cluster_geo.scenario import RUN_RECORD, read_run
from cluster_geo.versions.version import Version, folders_in, read_version


def versions_before(plan: str | Path) -> tuple[list[Version], str]:
    """Return the version of a plan with all that it was made from, and why there are no more.

    Parameters
    ----------
    plan : path
        An output folder, or the list in one.

    Returns
    -------
    list of Version
        The newest first.
    str
        Why nothing is known of the time before the oldest, in a sentence; "" where it is the
        first version.

    Raises
    ------
    InputError
        Where a record or a list cannot be read.
    """
    folder = (Path(plan) if Path(plan).is_dir() else Path(plan).parent).resolve()
    found: list[Version] = []
    while True:
        found.append(read_version(folder))
        before = _corrected(found[-1]) or read_run(folder).scenario.plan.previous_plan
        if before is None:
            return found, ""
        oldest, folder = found[-1].at_head, before.resolve().parent
        if before.name != PLAN_FILE or not (folder / RUN_RECORD).is_file() or not before.is_file():
            file = f"{folder.name}/{before.name}"
            return found, f"{oldest} was made from {file}, and there is no record of that run."
        if folder in {version.folder for version in found}:
            return found, f"{oldest} names as the plan before one that was made from it."


def _corrected(version: Version) -> Path | None:
    """Return the list of the version that one was issued again of: beside it, with its number.

    The record of a version that only corrects another has the plan before that one.
    """
    if not version.replaces:
        return None
    for folder in folders_in([version.folder.parent]):
        file = folder / PLAN_FILE
        if folder == version.folder or sha256_of(file) != version.sha256:
            continue
        if read_version(folder).version == version.replaces:
            return file
    return None
