"""What is written of a run that ended without a plan: a report that says why, and its record."""

from __future__ import annotations

from pathlib import Path

from cluster_geo.explain import explanation_record
from cluster_geo.export.folder import replaced_folder
from cluster_geo.export.marking import write_note
from cluster_geo.export.outputs import MARK, MORE_FILES, OUTPUT_FILES
from cluster_geo.export.record import no_plan_record, write_json
from cluster_geo.publish import ExplanationPublication
from cluster_geo.report.explanation import explanation_page

NO_PLAN_FILES = ("report.html", "run.json")


def write_no_plan(folder: Path, published: ExplanationPublication) -> list[Path]:
    """Write why there is no plan into an output folder, whole or not at all; return the paths.

    It takes the place of an earlier run's files: a plan by other rules beside the word that there
    is none would be taken for its outcome.

    Parameters
    ----------
    folder : Path
        Made where it does not exist; what is not this program's in it is kept.
    published : ExplanationPublication

    Raises
    ------
    OutputError
        If the folder holds somebody's files, cannot be written, or another run is writing it.
    """
    folder, unit = Path(folder), published.county.travel.unit
    facts = no_plan_record(published)
    facts["explanation"] = explanation_record(published.explanation, unit)
    with replaced_folder(folder, frozenset((*OUTPUT_FILES, *MORE_FILES)), MARK) as draft:
        page = explanation_page(published)
        (draft / "report.html").write_text(page, encoding="utf-8", newline="\n")
        write_json(draft / MARK, facts)
        notes = [path.name for path in write_note(draft, published.edition)]
    return [folder / name for name in (*NO_PLAN_FILES, *notes)]
