"""What a version has to say of itself once another has replaced it."""

from __future__ import annotations

from pathlib import Path

from cluster_geo.errors import Fault, InputError
from cluster_geo.versions.lineage import lineage_of
from cluster_geo.versions.version import read_versions


def superseded_settings(plan: str | Path, newer: str | Path) -> dict[str, object]:
    """Return the settings of a version that another has replaced, to export it again.

    Its status, the number of the other version, and the last day before that one took effect.

    Parameters
    ----------
    plan, newer : path
        Output folders; of `plan` also the list in one.

    Raises
    ------
    InputError
        Where a record cannot be read, or the newer version does not replace the other: it was not
        made from it, is a draft, or has no number.
    """
    own = Path(plan) if Path(plan).is_dir() else Path(plan).parent
    lineage = lineage_of(read_versions([own, newer]))
    if len(lineage) != 2:  # noqa: PLR2004 - the two that were asked for
        fix = "Give the folder of the version that has replaced it"
        raise InputError([Fault(str(newer), "it does not hold one other version", fix)])
    old, new = lineage.versions
    link = lineage.links.get(1)
    where = str(newer)
    if link is None or not link.replaces or old.folder != own:
        found = "this version was not made from the one that is exported"
        fix = "Give the version that has replaced it, with plan.replaces where it was drawn by hand"
        raise InputError([Fault(where, found, fix)])
    if link.doubt:
        raise InputError(
            [Fault(where, link.doubt.rstrip("."), "Give the two that belong together")]
        )
    if not new.in_force:
        found, fix = (
            f"its status is {new.status}: it replaces nothing yet",
            "Wait until it is adopted",
        )
        raise InputError([Fault(where, found, fix)])
    if not new.version:
        fix = "Give it one with plan.version"
        raise InputError([Fault(where, "this version has no number", fix)])
    return {
        "plan.status": "superseded",
        "plan.superseded_by": new.version,
        "plan.end_date": lineage.ends(0) or None,
    }
