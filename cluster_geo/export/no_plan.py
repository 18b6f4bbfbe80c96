"""What is written of a run that ended without a plan: a report that says why, and its record."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cluster_geo.county import County
from cluster_geo.explain import Explanation, explanation_record
from cluster_geo.export.folder import replaced_folder
from cluster_geo.export.marking import write_note
from cluster_geo.export.outputs import MARK, MORE_FILES, OUTPUT_FILES
from cluster_geo.export.record import no_plan_record, write_json
from cluster_geo.optimise import Result
from cluster_geo.optimise.result import Status
from cluster_geo.publish.edition import Edition
from cluster_geo.report.explanation import explanation_page

NO_PLAN_FILES = ("report.html", "run.json")


def write_no_plan(
    folder: Path,
    explanation: Explanation,
    *,
    county: County,
    result: Result | None = None,
    record: Mapping[str, Any] | None = None,
) -> list[Path]:
    """Write why there is no plan into an output folder, whole or not at all; return the paths.

    It takes the place of an earlier run's files: a plan by other rules beside the word that there
    is none would be taken for its outcome.

    Parameters
    ----------
    folder : Path
        Made where it does not exist; what is not this program's in it is kept.
    explanation : Explanation
    county : County
    result : Result, optional
        The search; None where counting was enough.
    record : mapping, optional
        Facts of the scenario, as `write_outputs` takes them.

    Raises
    ------
    OutputError
        If the folder holds somebody's files, cannot be written, or another run is writing it.
    """
    folder, record, unit = Path(folder), record or {}, county.travel.unit
    status: Status = "impossible" if explanation.status == "impossible" else "none found"
    facts = no_plan_record(status=status, county=county, result=result, record=record)
    facts["explanation"] = explanation_record(explanation, unit)
    with replaced_folder(folder, frozenset((*OUTPUT_FILES, *MORE_FILES)), MARK) as draft:
        page = explanation_page(explanation, county=county, record=record)
        (draft / "report.html").write_text(page, encoding="utf-8", newline="\n")
        write_json(draft / MARK, facts)
        edition = Edition.of(record, county.schools.as_at)
        notes = [path.name for path in write_note(draft, edition)]
    return [folder / name for name in (*NO_PLAN_FILES, *notes)]
