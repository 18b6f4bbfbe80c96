"""The sheets of the workbook: what each holds, under which headings, and what the words mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from cluster_geo.audit import Audit
from cluster_geo.export.funding import FUNDING_SHEET, about_funding, funding_sheet
from cluster_geo.export.responses import ABOUT, HEADINGS, SHEET, responses_sheet
from cluster_geo.glossary import KINDS, READERS
from cluster_geo.optimise.certainty import NOT_USEFUL, REASONS, at_most, open_share
from cluster_geo.phrases import trust_name, zone_name
from cluster_geo.publish import Publication
from cluster_geo.report.pathways import pathway_section
from cluster_geo.report.provision import ProvisionSection, provision_section
from cluster_geo.report.sections import weight_rows
from cluster_geo.rounding import down
from cluster_geo.tables.contract import export_columns
from cluster_geo.tables.headings import Heading, headings_of
from cluster_geo.tables.provision import NO_SRP
from cluster_geo.tables.schools import school_table
from cluster_geo.tables.sources import attributions

READ_ME = "Read me"
HOW_SURE = "How sure it is"
SHEETS = {
    "Clusters": "One row for each cluster: its schools, journeys, pupils, provision and trusts",
    "Schools": "One row for each school: who it is, its cluster, and what is known of it",
    "SRPs": "Specialist resource provisions by district, by cluster and by need",
    "Gaps": "Where specialist provision is missing, by each definition",
    "Pathways": "From each primary SRP, need by need, the way on to a secondary SRP",
    "Trusts": "Multi-academy trusts of two or more schools, and the clusters they are in",
    "Rules": "What each rule found: over the plan, then where it is broken or adds to the score",
    "Run": "What was asked, what was found, how sure it is, and from which files",
}
AREAS = "Areas"
ABOUT_AREAS = (
    "Figures by the council's Areas, counted by cluster and by school, and of the whole plan"
)
AREA_MEANINGS = {
    "by": "A cluster counts whole in the council's Area with most of its schools, a school "
    "where it lies",
    "primaries": "All-through schools are among them",
    "secondaries": "All-through schools are among them",
}
# What cells of this workbook mean; the words of a plan are in the glossary.
CELLS = {
    "none": "There is nothing to count, as places in a cluster without an SRP",
    "Empty cell": "Not known, or withheld because it is a count below 5 of the authority's own",
    "Row 2": "Hidden: the names of the columns for other programs, as in clusters.csv",
}
# Measures that the sheet of clusters has in another form, or the sheet of SRPs in more detail.
LEFT_OUT = ("primaries", "secondaries", "all_through", "primary_srps", "secondary_srps")


def workbook_sheets(
    published: Publication, facts: Mapping[str, Any]
) -> dict[str, tuple[pd.DataFrame, dict[str, Heading]]]:
    """Return each sheet's table and the headings of its columns, by the sheet's name.

    Parameters
    ----------
    published : Publication
    facts : mapping of str to any
        The record of the run.
    """
    county, unit = published.county, published.county.travel.unit
    section = provision_section(county, published.plan)
    meanings = {
        column.name: column.meaning + (f" ({column.unit})" if column.unit else "")
        for column in export_columns(county)
    }
    tables = {
        "Clusters": cluster_sheet(published),
        "Schools": school_sheet(published),
        "SRPs": srp_sheet(section),
        "Gaps": gap_sheet(section, unit),
        "Pathways": pathway_sheet(published),
        "Trusts": published.trusts,
        "Rules": rule_sheet(published.audit),
        "Run": run_sheet(published, facts),
    }
    sheets = {
        name: (
            table,
            headings_of(
                table.columns, unit, meanings if name == "Schools" else None, county.schools.own
            ),
        )
        for name, table in tables.items()
    }
    if (areas := published.by_area) is not None:
        sheets[AREAS] = (areas, headings_of(areas.columns, unit, AREA_MEANINGS, county.schools.own))
    if (responses := responses_sheet(published)) is not None:
        sheets[SHEET] = (responses, HEADINGS)
    if (funding := funding_sheet(published)) is not None:
        sheets[FUNDING_SHEET] = funding
    words = pd.DataFrame(_read_me(published, sheets), columns=["where", "word", "meaning"])
    own = {"where": Heading("Where"), "word": Heading("Word"), "meaning": Heading("What it means")}
    return {READ_ME: (words, own), **sheets}


def _read_me(
    published: Publication, sheets: Mapping[str, tuple[pd.DataFrame, dict[str, Heading]]]
) -> Iterator[tuple[str, str, str]]:
    yield "This plan", published.edition.title, published.edition.line
    for words in published.edition.notices:
        yield "This plan", "Please note", words
    yield "This plan", HOW_SURE, published.certainty
    for words in attributions(published.county):
        yield "This plan", "Source", words
    about = {**SHEETS, AREAS: ABOUT_AREAS, SHEET: ABOUT, FUNDING_SHEET: about_funding(published)}
    for name in sheets:
        yield "Sheet", name, about[name]
    for word, meaning in {**READERS, **CELLS}.items():
        yield "Word", word, meaning
    for name, (_, headings) in sheets.items():
        for heading in headings.values():
            if heading.meaning:
                yield f"Column of {name}", heading.words, heading.meaning


def cluster_sheet(published: Publication) -> pd.DataFrame:
    """Return the table of clusters with each school counted once, and "none" where there are none.

    A cluster without an SRP has no places, which is known.
    """
    county, plan = published.county, published.plan
    table = published.clusters.drop(columns=list(LEFT_OUT))
    place = list(table.columns).index("schools") + 1
    members = dict(zip(plan.labels, (c.members for c in plan.clusters), strict=True))
    counts = [county.phase_counts(members[code]) for code in table.index]
    for k, (name, column) in enumerate(pd.DataFrame(counts, index=table.index).items()):
        table.insert(place + k, str(name), column)
    places = table["srp_places"].astype(object)
    return table.assign(srp_places=places.where(table["srps"] > 0, "none")).reset_index()


def school_sheet(published: Publication) -> pd.DataFrame:
    """Return the table of schools with the names of trusts and zones as readers are shown them."""
    table = school_table(published.county, published.plan)
    zones = [f"{layer}_zone" for layer in published.county.layers]
    named = {name: table[name].map(zone_name) for name in ("area", *zones)}
    return table.assign(trust=table["trust"].map(trust_name), **named)


def srp_sheet(section: ProvisionSection) -> pd.DataFrame:
    """Return SRPs by district, by cluster and over the whole plan; a row for each need."""
    kinds = [("District", section.by_district), ("Cluster", section.by_cluster)]
    rows = [
        {"by": by if row["group"] else "Whole plan", **row}
        for by, listed in kinds
        for row in listed
        if row["group"] or by == "Cluster"
    ]
    columns = ["by", "name", "need", "primary", "secondary", "all_through"]
    table = pd.DataFrame(rows, columns=[*columns, "places", "on_roll", "spare"])
    for name in ("places", "on_roll", "spare"):
        table[name] = table[name].astype(object).where(table["need"] != NO_SRP, "none")
    return table


def gap_sheet(section: ProvisionSection, unit: str) -> pd.DataFrame:
    """Return every provision gap: its kind, where it is, for which need, and the journey."""
    gaps, rows = section.gaps, []
    rows += [("Cluster without an SRP", where, "", "", None) for where in gaps.clusters]
    for kind, listed in (("District", gaps.districts), ("Cluster", gaps.pathway_clusters)):
        about = f"{kind} with a primary SRP and no secondary one for the need"
        rows += [(about, where, needs, "", None) for where, needs in listed]
    rows += [
        ("Nearest secondary SRP for the same need", way["school"], way["need"],
         way["onward"] or "none in the plan", way["travel"])
        for way in gaps.pathways
    ]  # fmt: skip
    rows += [
        ("Farthest from an SRP of its own phase", f"{far['school']}, in {far['cluster']}", "",
         "the nearest such SRP", far["travel"])
        for far in gaps.reach
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["kind of gap", "place", "need", "to", f"travel_{unit}"])


def pathway_sheet(published: Publication) -> pd.DataFrame:
    """Return each pathway: from, need, how a child goes on, to, and the places there."""
    columns = ["school", "cluster", "need", "how", "onward", "travel", "years", "places", "spare"]
    table = pd.DataFrame(pathway_section(published).ways, columns=columns)
    names = {"how": "way_on", "onward": "to", "travel": f"journey_{published.county.travel.unit}"}
    return table.rename(columns=names | {"cluster": "cluster_name"})


def rule_sheet(audit: Audit | None) -> pd.DataFrame:
    """Return the audit by rule, then by rule and cluster where a rule is broken or charges."""
    if audit is None:
        return pd.DataFrame(columns=["rule"])
    whole = audit.by_rule.reset_index().assign(cluster="whole plan", words=lambda t: t["found"])
    own = audit.verdicts[(~audit.verdicts["kept"]) | (audit.verdicts["price"] != 0)]
    columns = ["rule", "title", "kind", "cluster", "kept", "clusters", "count", "price", "words"]
    both = pd.concat([whole, own], ignore_index=True)
    both["title"] = both["rule"].map(dict(audit.titles)).fillna(both["rule"])
    both = both.reindex(columns=columns)
    both["kind"] = both["kind"].map(KINDS)
    both["kept"] = (
        both["kept"].map({True: "yes", False: "no"}).where(both["kind"] == KINDS["hard"], "")
    )
    return both.rename(columns={"price": "score", "count": "measure"})


def value_of(facts: Mapping[str, Any], name: str) -> object:
    """Return a fact of a record as a reader may see it: no bound that proves nothing of use."""
    useful = open_share(facts["cost"], facts["bound"]) is not None
    if name in ("bound", "gap") and facts["bound"] is not None and not useful:
        return NOT_USEFUL
    value = facts[name]
    if value is None:
        return None
    # Rounded so that no figure claims more than is proven.
    if name == "gap":
        return at_most(value)
    if name == "bound":
        return down(value)
    return REASONS.get(value, value) if name == "stopped_by" else value


# What a reader calls the facts of a record.
FACTS = {
    "title": "Title", "version": "Version", "status": "Status",
    "decision_reference": "Reference of the decision", "effective_date": "In effect from",
    "end_date": "In effect until", "replaces": "Replaces version", "reason": "Why it was made",
    "superseded_by": "Superseded by version", "told": "Who was informed",
    "previous_plan": "The plan before", "audience": "For whom", "as_at": "Schools as at",
    "stopped_by": "What ended the search", "failure": "What the solver answered that failed",
    "cost": "Score", "bound": "No plan can score below", "gap": "Could improve by at most",
    "seconds": "Seconds of search", "seed": "Seed", "unit": "Unit of travel", "travel": "Travel",
}  # fmt: skip


def run_sheet(published: Publication, facts: Mapping[str, Any]) -> pd.DataFrame:
    """Return the run's record and the county's notices as two columns, for a reader."""
    county = published.county
    rows: list[tuple[str, object]] = [
        (FACTS[name], "; ".join(value) if name == "told" else value)
        for name, value in facts["plan"].items()
    ]
    rows.append((HOW_SURE, published.certainty))
    names = ("stopped_by", "failure", "cost", "bound", "gap", "seconds", "seed", "unit", "travel")
    rows += [(FACTS[name], value_of(facts, name)) for name in names]
    rows += [(f"Weight: {title}", weight) for title, weight in weight_rows(published)]
    rows += [(f"Version of {name}", value) for name, value in facts["versions"].items()]
    rows += [("Statement", words) for words in facts["statements"]]
    for source in county.sources:
        rows += [(f"Input: {source.role}", source.path), ("SHA-256", source.sha256)]
        rows += [("Attribution", source.attribution)] if source.attribution else []
    rows += [(f"Notice: {notice.heading}", notice.text) for notice in county.notices]
    known = [(fact, value) for fact, value in rows if value not in (None, "")]
    return pd.DataFrame(known, columns=["fact", "value"], dtype=object)
