"""An explanation as files: for a reader, for a text editor, and for other programs."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from cluster_geo.explain import explanation_record, explanation_text
from cluster_geo.export.folder import replaced_folder
from cluster_geo.export.marking import NOTE, write_note
from cluster_geo.export.record import versions, write_json
from cluster_geo.publish import ExplanationPublication
from cluster_geo.report.explanation import explanation_page

EXPLANATION_FILES = ("explanation.html", "explanation.md", "explanation.json")
MARK = "explanation.json"


def write_explanation(folder: Path, published: ExplanationPublication) -> list[Path]:
    """Write an explanation into `folder`, whole or not at all; return the paths.

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
    folder, county, explanation = Path(folder), published.county, published.explanation
    edition, unit = published.edition, county.travel.unit
    facts = {
        "plan": asdict(edition),
        **explanation_record(explanation, unit),
        "travel": county.travel.method,
        "scenario": dict(published.disclosed.brief.settings),
        "versions": versions(),
        "inputs": [asdict(source) for source in county.sources],
    }
    with replaced_folder(folder, frozenset((*EXPLANATION_FILES, NOTE)), MARK) as draft:
        notes = write_note(draft, edition)
        page = explanation_page(published)
        heading = f"# {edition.title}\n\n{edition.line}\n\n"
        for name, text in (("html", page), ("md", heading + explanation_text(explanation))):
            (draft / f"explanation.{name}").write_text(text, encoding="utf-8", newline="\n")
        write_json(draft / MARK, facts)
    return [folder / name for name in (*EXPLANATION_FILES, *(path.name for path in notes))]
