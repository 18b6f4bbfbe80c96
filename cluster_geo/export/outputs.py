"""Every output of a run, written into one folder whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import geopandas as gpd

from cluster_geo.certificate import (
    CERTIFICATE_FILE,
    CHECKED_FILE,
    certificate_of,
    instance_hash,
    write_certificate,
)
from cluster_geo.export.contract import write_contract
from cluster_geo.export.csvfile import write_csv
from cluster_geo.export.folder import refuse_strangers, replaced_folder
from cluster_geo.export.funding import FUNDING_FILE, funding_file
from cluster_geo.export.geodata import write_geojson
from cluster_geo.export.marking import NOTE, write_note
from cluster_geo.export.papers import (
    AREAS,
    left_over,
    paper_tables,
    require_kept_out,
    written_inside,
)
from cluster_geo.export.record import run_record, write_json
from cluster_geo.export.sheets import workbook_sheets
from cluster_geo.export.styles import write_styles
from cluster_geo.export.workbook import write_workbook
from cluster_geo.geometry import BRITISH_NATIONAL_GRID, write_geopackage
from cluster_geo.optimise import write_known
from cluster_geo.publish import Publication
from cluster_geo.report import write_report
from cluster_geo.tables.contract import export_columns
from cluster_geo.tables.letters import letter_table
from cluster_geo.tables.schools import school_table
from cluster_geo.tables.sources import attributions
from cluster_geo.version import __version__

OUTPUT_FILES = (
    "clusters.csv",
    "clusters.schema.json",
    "datapackage.json",
    "mail_merge.csv",
    "clusters.geojson",
    "plan.gpkg",
    "plan.xlsx",
    "map.html",
    "report.html",
    "run.json",
    "known.txt.gz",
)
# Made of one plan, and removed with it, where the planner has asked for them.
MORE_FILES = ("moves.csv", AREAS, FUNDING_FILE, "report.pdf", CERTIFICATE_FILE, CHECKED_FILE, NOTE)
MARK = "run.json"


def require_own_folder(folder: Path) -> None:
    """Refuse a folder that holds somebody's files, before a search of minutes is begun.

    Raises
    ------
    OutputError
        If it is a file, or holds things but no run.json of an earlier run.
    """
    refuse_strangers(Path(folder), MARK)


def write_outputs(
    folder: Path,
    published: Publication,
    beside: Mapping[str, Callable[[Path], object]] | None = None,
) -> list[Path]:
    """Write every output of a plan into `folder`; return the paths.

    The folder is replaced whole, or, on an error or a kill, left as it was. Files in it that
    are not this program's are kept. The planner's decisions, the moves since the version before
    and the responses to a consultation are written as decisions.csv, moves.csv and responses.csv.

    Parameters
    ----------
    folder : Path
        Made where it does not exist.
    published : Publication
    beside : mapping of str to callable, optional
        What writes more files at a path, by their names.

    Raises
    ------
    OutputError
        If the folder holds somebody's files, or a list with open requests though it is for the
        public; if it cannot be written, or another run is writing it.
    InputError
        If texts that are not for publication lie in it, and it is for the public.
    """
    from cluster_geo.maps import write_map  # noqa: PLC0415 - folium is slow to import

    folder, facts, more = Path(folder), run_record(published), paper_tables(folder, published)
    more |= funding_file(published)
    require_kept_out(folder, published.papers.kept_out)
    others = dict(beside or {})
    left = left_over(folder, published, {*more, *others})
    own_names = frozenset((*OUTPUT_FILES, *MORE_FILES, *more, *others, *left))
    with replaced_folder(folder, own_names, MARK) as draft:
        _write_tables(draft, published, facts)
        write_map(draft / "map.html", published)
        write_report(draft / "report.html", published)
        for name, table in more.items():
            write_csv(draft / name, table)
        for name, write in others.items():
            write(draft / name)
        known = published.result.known if published.result else ()
        write_known(draft / "known.txt.gz", published.county, known)
        facts |= written_inside(folder, published, draft, (*more, *others))
        write_json(draft / "run.json", facts)
        notes = [path.name for path in write_note(draft, published.edition)]
        proofs = [path.name for path in _write_proof(draft, published, facts)]
    return [folder / name for name in (*OUTPUT_FILES, *more, *others, *proofs, *notes)]


def _write_proof(draft: Path, published: Publication, facts: Mapping[str, Any]) -> list[Path]:
    """Write the certificate of the plan's bound, where it is asked for and there is one."""
    if not published.certified or published.result is None:
        return []
    certificate = certificate_of(
        published.result,
        instance=instance_hash(facts),
        unit=published.county.travel.unit,
        program=__version__,
    )
    if certificate is None:
        return []
    write_certificate(draft / CERTIFICATE_FILE, certificate)
    return [draft / CERTIFICATE_FILE]


def _write_tables(draft: Path, published: Publication, record: Mapping[str, Any]) -> None:
    """Write the files for spreadsheets, other systems and a GIS."""
    county, plan, edition = published.county, published.plan, published.edition
    words = " ".join(attributions(county))
    about = {"title": edition.title, "edition": edition.line, "attribution": words}
    schools, clusters = school_table(county, plan), published.clusters
    write_csv(draft / "clusters.csv", schools)
    write_contract(draft, export_columns(county), schools, edition, attributions(county))
    timetable = published.timetable
    starts = None if timetable is None else timetable.starts()
    write_csv(draft / "mail_merge.csv", letter_table(county, plan, starts))
    facts = published.areas[["geometry"]].join(clusters).reset_index()
    write_geojson(draft / "clusters.geojson", facts, about)
    points = gpd.GeoDataFrame(
        schools, geometry=county.schools.table.geometry.to_numpy(), crs=BRITISH_NATIONAL_GRID
    )
    hubs = points[points["urn"] == points["hub_urn"]]
    layers = {"schools": points, "clusters": facts, "hubs": hubs}
    write_geopackage(draft / "plan.gpkg", layers, about)
    write_styles(draft / "plan.gpkg", published.colours)
    sheets = workbook_sheets(published, record)
    write_workbook(draft / "plan.xlsx", sheets, edition, words)
