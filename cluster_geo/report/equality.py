"""The report's equality section: who is served how well, and where it is least favourable."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from cluster_geo.columns import AMOUNT, OwnColumn
from cluster_geo.county import County
from cluster_geo.measures import equality, equality_of_all
from cluster_geo.phrases import in_short
from cluster_geo.plan import Plan, title_of
from cluster_geo.report.amounts import journey

# Clusters that share the last place are named up to this number.
MOST_NAMED = 3
# Figures closer than this count as the same.
SAME = 1e-9


@dataclass(frozen=True)
class Measure:
    """One column of the equality table.

    Parameters
    ----------
    name : str
        Column of `measures.equality`.
    heading, meaning : str
        Heading of the column; what it says, as the start of a sentence.
    source : str
        Which input provides it, for a reader who misses it; empty where every plan has it.
    least : str
        "highest" or "lowest": which end is the least favourable.
    kind : str
        "journey", "per cent", "quintile" or "figure" (its unit is in its heading).
    """

    name: str
    heading: str
    meaning: str
    source: str
    least: str
    kind: str


MEASURES = (
    Measure("travel_mean", "Mean journey", "Mean journey to the central school", "", "highest",
            "journey"),
    Measure("travel_worst", "Longest journey", "Longest journey to the central school", "",
            "highest", "journey"),
    Measure("reach_mean", "Mean to SRP", "Mean journey to the nearest SRP of a school's own phase",
            "schools with an SRP", "highest", "journey"),
    Measure("reach_worst", "Longest to SRP",
            "Longest journey to the nearest SRP of a school's own phase", "schools with an SRP",
            "highest", "journey"),
    Measure("fsm_pct", "FSM", "Pupils eligible for free school meals",
            "the share of pupils eligible for free school meals (register or census)", "highest",
            "per cent"),
    Measure("idaci_quintile", "IDACI fifth",
            "Fifth of areas by child poverty (IDACI) in which the middle school stands",
            "IDACI by area (Indices of Deprivation)", "lowest", "quintile"),
    Measure("deprived_pct", "In poorest fifth",
            "Schools in the fifth of areas with most child poverty (IDACI)",
            "IDACI by area (Indices of Deprivation)", "highest", "per cent"),
    Measure("rural_pct", "Rural", "Schools in a rural place",
            "the urban or rural class of places (register)", "highest", "per cent"),
    Measure("ehcp_pct", "EHCP", "Pupils with an education, health and care plan",
            "pupils with an education, health and care plan (census)", "highest", "per cent"),
    Measure("sen_support_pct", "SEN support", "Pupils on SEN support",
            "pupils on SEN support (census)", "highest", "per cent"),
)  # fmt: skip


@dataclass(frozen=True)
class EqualitySection:
    """The measures that the inputs allow, cluster by cluster.

    Parameters
    ----------
    headings : list of str
        Of the measures known for at least one cluster, with their units.
    rows : list of dict
        `code`, `name` and `figures`: texts in the order of `headings`.
    whole : list of str
        The same figures over all schools.
    least : list of dict
        Of each measure `meaning`, `whole`, `figure` and `clusters`: the least favourable.
    absent : list of str
        What was not supplied.
    """

    headings: list[str]
    rows: list[dict[str, Any]]
    whole: list[str]
    least: list[dict[str, str]]
    absent: list[str]


def equality_section(county: County, plan: Plan) -> EqualitySection:
    """Gather the measures of a plan; the county is as its audience may see it."""
    table, whole = equality(plan, county).sort_index(), equality_of_all(plan, county)
    unit = county.travel.unit
    wanted = (*MEASURES, *map(_of_own, county.schools.own))
    supplied = [measure for measure in wanted if table[measure.name].notna().any()]
    absent = [measure.source for measure in wanted if measure not in supplied]
    return EqualitySection(
        headings=[_heading(measure, unit) for measure in supplied],
        rows=[
            {
                "code": code,
                "name": title_of(str(code), plan.names),
                "figures": [_figure(row[measure.name], measure) for measure in supplied],
            }
            for code, row in table.iterrows()
        ],
        whole=[_figure(whole[measure.name], measure) for measure in supplied],
        least=[
            _least(measure, table[measure.name].dropna(), plan.names)
            | {"whole": _with_unit(whole[measure.name], measure, unit)}
            | {"figure": _with_unit(_extreme(table[measure.name], measure), measure, unit)}
            for measure in supplied
        ],
        absent=list(dict.fromkeys(absent)),
    )


def _of_own(column: OwnColumn) -> Measure:
    """Return how a column of the planner's own is shown: an amount by pupil, a rate as it is."""
    each = " for each pupil" if column.kind == AMOUNT else ""
    heading = f"{column.heading}{each}"
    meaning = column.meaning or column.heading
    return Measure(column.name, heading, f"{meaning}{each}", heading, "highest", "figure")


def _extreme(figures: pd.Series, measure: Measure) -> float:
    return float(figures.max() if measure.least == "highest" else figures.min())


def _least(measure: Measure, figures: pd.Series, names: Mapping[str, str]) -> dict[str, str]:
    """Name the clusters with the least favourable figure; all alike are no finding."""
    extreme = _extreme(figures, measure)
    codes = [str(code) for code, figure in figures.items() if abs(figure - extreme) < SAME]
    named = in_short([title_of(code, names) for code in codes], MOST_NAMED)
    if len(codes) == len(figures) > 1:
        named = "all alike"
    return {"meaning": measure.meaning, "least": measure.least, "clusters": named}


def _with_unit(figure: float, measure: Measure, unit: str) -> str:
    """Return a figure with its unit, for a sentence."""
    if math.isnan(figure):
        return "not known"
    if measure.kind == "journey":
        return journey(figure, unit)
    if measure.kind == "figure":
        return f"{figure:,.2f}"
    return f"{figure:.1f} %" if measure.kind == "per cent" else f"{figure:g}"


def _figure(figure: float, measure: Measure) -> str:
    """Return a figure without its unit, which stands in the heading of its column."""
    if math.isnan(figure):
        return "not known"
    if measure.kind == "figure":
        return f"{figure:,.2f}"
    return f"{figure:g}" if measure.kind == "quintile" else f"{figure:.1f}"


def _heading(measure: Measure, unit: str) -> str:
    units = {"journey": f", {unit}", "per cent": ", %", "quintile": "", "figure": ""}
    return measure.heading + units[measure.kind]
