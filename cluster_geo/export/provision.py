"""Where more provision would help, as tables, a record and a page."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd

from cluster_geo.export.csvfile import write_csv
from cluster_geo.export.folder import refuse_strangers, replaced_folder
from cluster_geo.export.marking import NOTE, write_note
from cluster_geo.export.record import versions, write_json
from cluster_geo.provision import Choice, Provision
from cluster_geo.publish.provision import ProvisionPublication
from cluster_geo.report.provision_choice import write_provision_page

PROVISION_FILES = (
    "provision.csv",
    "provision_curve.csv",
    "provision_spare.csv",
    "provision.html",
    "provision.json",
)
MARK = "provision.json"
DECIMALS = 3


def require_provision_folder(folder: Path) -> None:
    """Refuse a folder that holds somebody's files, before anything long is begun.

    Raises
    ------
    OutputError
        If it is a file, or holds things but no provision.json of an earlier answer.
    """
    refuse_strangers(Path(folder), MARK)


def write_provision(folder: Path, published: ProvisionPublication) -> list[Path]:
    """Write an answer into `folder`, whole or not at all; return the paths.

    Parameters
    ----------
    folder : Path
        Made where it does not exist; what is not this program's in it is kept.
    published : ProvisionPublication

    Raises
    ------
    OutputError
        If the folder holds somebody's files, cannot be written, or another run is writing it.
    """
    folder, tables = Path(folder), provision_tables(published)
    with replaced_folder(folder, frozenset((*PROVISION_FILES, NOTE)), MARK) as draft:
        for name, table in tables.items():
            write_csv(draft / name, table)
        write_provision_page(draft / "provision.html", published)
        write_json(draft / MARK, provision_record(published))
        notes = [path.name for path in write_note(draft, published.edition)]
    return [folder / name for name in (*tables, "provision.html", MARK, *notes)]


def provision_tables(published: ProvisionPublication) -> dict[str, pd.DataFrame]:
    """Return the tables of an answer, by the name of their file."""
    found = published.found
    tables = {
        "provision.csv": _choices(found),
        "provision_curve.csv": pd.DataFrame([asdict(step) for step in found.curve]),
    }
    if found.spare is not None:
        columns = ["urn", "name", "needs", "places", "on_roll", "spare", "for_need", "worth"]
        rows = [asdict(one) | {"needs": "|".join(one.needs)} for one in found.spare]
        tables["provision_spare.csv"] = pd.DataFrame(rows, columns=columns)
    return {name: table.round(DECIMALS) for name, table in tables.items()}


def _choices(found: Provision) -> pd.DataFrame:
    """Return one row for each site of each choice."""
    rows: list[dict[Hashable, Any]] = []
    for rank, choice in enumerate(found.choices, start=1):
        rows += [
            {
                "rank": rank,
                "urn": "|".join(map(str, taken.site.urns)),
                "school": taken.site.name,
                "measure": taken.site.kind,
                "need": found.question.need,
                "phase": found.question.phase,
                "places": taken.site.places,
                "pupils": taken.pupils,
                "journey": taken.journey,
                "area": "; ".join(taken.areas),
                "score": choice.cost,
                "bound": choice.bound,
                "without_place": choice.outcome.without,
            }
            for taken in choice.sites
        ]
    columns = ["rank", "urn", "school", "measure", "need", "phase", "places", "pupils", "journey"]
    columns += ["area", "score", "bound", "without_place"]
    return pd.DataFrame(rows, columns=columns).astype({"journey": float})


def provision_record(published: ProvisionPublication) -> dict[str, Any]:
    """Return what was asked and assumed, of which files, and what was found, as JSON values."""
    found, county = published.found, published.disclosed.county
    return {
        "plan": asdict(published.edition),
        "question": asdict(found.question),
        "assumptions": list(found.words),
        "pupils": found.demand.total,
        "places": found.places,
        "candidates": found.candidates,
        "areas": found.areas.thing,
        "today": _record(found.today),
        "choices": [_record(choice) for choice in found.choices],
        "curve": [asdict(step) for step in found.curve],
        "unit": found.unit,
        "travel": county.travel.method,
        "scenario": dict(published.disclosed.brief.settings),
        "versions": versions(),
        "inputs": [asdict(source) for source in (*county.sources, *published.sources)],
    }


def _record(choice: Choice) -> dict[str, Any]:
    return {
        "sites": [
            {"urns": list(t.site.urns), "measure": t.site.kind, "places": t.site.places}
            for t in choice.sites
        ],
        "score": choice.cost,
        "bound": choice.bound,
        "gap": choice.distance,
        **asdict(choice.outcome),
        "first_srp": list(choice.first),
    }
