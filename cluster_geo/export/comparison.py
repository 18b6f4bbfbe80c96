"""A comparison of two plans as files: the moves and every table of changes, and the two maps."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pandas as pd

from cluster_geo.audience import Disclosure
from cluster_geo.compare import Comparison, Side, comparison_sentences
from cluster_geo.export.csvfile import write_csv
from cluster_geo.export.folder import refuse_strangers, replaced_folder
from cluster_geo.export.marking import NOTE, write_note
from cluster_geo.export.record import versions, write_json
from cluster_geo.publish.edition import edition_of
from cluster_geo.records import Source
from cluster_geo.tables.rows import plain

COMPARISON_FILES = (
    "moves.csv",
    "clusters_compared.csv",
    "rules_compared.csv",
    "measures_compared.csv",
    "trusts_compared.csv",
    "comparison.html",
    "comparison.json",
)
# Of a plan that was a published list: which school each of its rows was taken for.
NAMES_FILES = ("names_first.csv", "names_second.csv")
# Where the audience may see how money is shared.
FUNDING_FILE = "funding_compared.csv"
MARK = "comparison.json"
WHOLE_NUMBERS = ("pupils", "ehcp", "sen_support")
WHOLE_FIGURES = ("schools", "primaries", "secondaries", "srps", "trusts", *WHOLE_NUMBERS)
TRAVEL_DECIMALS = 3


def require_comparison_folder(folder: Path) -> None:
    """Refuse a folder that holds somebody's files, before anything long is begun.

    Raises
    ------
    OutputError
        If it is a file, or holds things but no comparison.json of an earlier comparison.
    """
    refuse_strangers(Path(folder), MARK)


def write_comparison(folder: Path, comparison: Comparison) -> list[Path]:
    """Write a comparison into `folder`, whole or not at all; return the paths.

    Parameters
    ----------
    folder : Path
        Made where it does not exist; what is not this program's in it is kept.
    comparison : Comparison

    Raises
    ------
    OutputError
        If the folder holds somebody's files, cannot be written, or another run is writing it.
    """
    from cluster_geo.maps import write_pair  # noqa: PLC0415 - folium is slow to import

    folder, tables = Path(folder), comparison_tables(comparison)
    own = frozenset((*COMPARISON_FILES, *NAMES_FILES, FUNDING_FILE, NOTE))
    edition = edition_of(comparison.disclosed)
    with replaced_folder(folder, own, MARK) as draft:
        for name, table in tables.items():
            write_csv(draft / name, table)
        write_pair(draft / "comparison.html", comparison)
        write_json(draft / MARK, comparison_record(comparison))
        notes = [path.name for path in write_note(draft, edition)]
    return [folder / name for name in (*tables, "comparison.html", MARK, *notes)]


def comparison_tables(comparison: Comparison) -> dict[str, pd.DataFrame]:
    """Return the tables of a comparison as they are written, by the name of their file."""
    clusters = comparison.clusters.reset_index()
    whole = [f"{name}_{when}" for name in WHOLE_FIGURES for when in ("before", "after")]
    rules = _adding_up(comparison.rules, "price_before", "price_after", "price_change")
    measures = _adding_up(comparison.measures, "before", "after", "change")
    answers = {
        name: rules[name].map({True: "yes", False: "no"}) for name in ("kept_before", "kept_after")
    }
    tables = {
        "moves.csv": moves_sheet(comparison.moves, comparison.county.travel.unit),
        "clusters_compared.csv": _rounded(clusters.astype(dict.fromkeys(whole, "Int64"))),
        "rules_compared.csv": _rounded(rules.assign(**answers)).rename(columns=_as_score),
        "measures_compared.csv": _rounded(measures),
        "trusts_compared.csv": comparison.trusts.reset_index(),
    }
    if len(comparison.funding):
        tables[FUNDING_FILE] = comparison.funding
    for name, side in zip(NAMES_FILES, (comparison.before, comparison.after), strict=True):
        if side.names is not None:
            tables[name] = side.names.reset_index()
    return tables


def moves_sheet(moves: pd.DataFrame, unit: str) -> pd.DataFrame:
    """Return moves as they are written: whole pupils, journeys to the metre with their unit."""
    table = moves.reset_index()
    table = table.round({"travel_before": TRAVEL_DECIMALS, "travel_after": TRAVEL_DECIMALS})
    trips = {f"travel_{when}": f"travel_{when}_{unit}" for when in ("before", "after")}
    return table.astype(dict.fromkeys(WHOLE_NUMBERS, "Int64")).rename(columns=trips)


def _rounded(table: pd.DataFrame) -> pd.DataFrame:
    """Round what is not whole: sums in another order differ in their last digits."""
    return table.round(dict.fromkeys(table.select_dtypes("float"), TRAVEL_DECIMALS))


def _adding_up(table: pd.DataFrame, before: str, after: str, changed: str) -> pd.DataFrame:
    """Return the table with the change between the figures as they are written."""
    table = table.reset_index()
    rounded = table[[before, after]].astype(float).round(TRAVEL_DECIMALS)
    return table.assign(**{changed: rounded[after] - rounded[before]})


def _as_score(column: str) -> str:
    """Return a column's name with the words that outputs use: a score, never a price."""
    return column.replace("price", "score").replace("count", "measure")


def comparison_record(comparison: Comparison) -> dict[str, Any]:
    """Return what was compared with what, by which rules, and the outcome, as JSON values."""
    county = comparison.county
    return {
        "plan": asdict(edition_of(comparison.disclosed)),
        "first": _side(comparison.before, comparison.disclosed),
        "second": _side(comparison.after, comparison.disclosed),
        "common": {
            "schools": sum(map(len, comparison.common[0].plan.clusters)),
            "scores": list(comparison.scores),
            "only_first": list(comparison.only[0]),
            "only_second": list(comparison.only[1]),
            "comparable": comparison.alike,
        },
        "touched": {name: plain(value) for name, value in comparison.touched.items()},
        "summary": comparison_sentences(comparison),
        "unit": county.travel.unit,
        "travel": county.travel.method,
        "scenario": dict(comparison.disclosed.brief.settings),
        "versions": versions(),
        "inputs": [asdict(source) for source in county.sources],
    }


def _side(side: Side, disclosed: Disclosure) -> dict[str, Any]:
    return {
        "title": side.title,
        "file": None if side.source is None else _file(side.source, disclosed),
        "clusters": len(side.plan),
        "schools": sum(len(cluster) for cluster in side.plan.clusters),
        "score": side.audit.cost,
        "kept": side.audit.kept,
        "broken": list(side.audit.broken),
    }


def _file(source: Source, disclosed: Disclosure) -> dict[str, Any]:
    """Return which file a plan was read from; its list may hold what the audience must not see."""
    return asdict(replace(source, sha256=disclosed.hash_of_plan(source.sha256)))
