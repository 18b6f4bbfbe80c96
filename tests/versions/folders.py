"""Versions of a plan as folders, with no more in them than a register of plans reads."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from cluster_geo.records import sha256_of


def write_version(
    folder: Path,
    clusters: Mapping[str, Iterable[int]],
    *,
    made_from: Path | None = None,
    others: Mapping[int, Iterable[int]] | None = None,
    record: Mapping[str, object] | None = None,
    **about: object,
) -> Path:
    """Write a version; return its folder.

    Parameters
    ----------
    folder : Path
    clusters : mapping of str to iterable of int
        URNs by code; a cluster's name is its code in lower case.
    made_from : Path, optional
        Folder of the version that it was made from.
    others : mapping of int to iterable of int, optional
        URNs that the schools of that one have now, where they differ.
    record : mapping, optional
        What else the record says.
    **about
        What it says of the plan.
    """
    folder.mkdir(parents=True)
    rows = [
        f"{urn},School {urn},{code},{code.lower()},{min(urns)}"
        for code, urns in ((code, sorted(urns)) for code, urns in clusters.items())
        for urn in urns
    ]
    lines = ["urn,name,cluster,cluster_name,hub_urn", *rows]
    (folder / "clusters.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    previous = "" if made_from is None else str(made_from / "clusters.csv")
    content = {
        "plan": {"title": "Plan", "version": "1", "status": "adopted"} | about,
        "scenario": {"plan": {"previous_plan": previous} if previous else {}},
        "previous_plan_sha256": "" if made_from is None else sha256_of(made_from / "clusters.csv"),
        "previous_urns": {str(old): list(new) for old, new in (others or {}).items()},
        **(record or {}),
    }
    (folder / "run.json").write_text(json.dumps(content), encoding="utf-8")
    return folder
