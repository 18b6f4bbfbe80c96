"""Settings of `plan`: what stands on every page, map and sheet, and the papers beside a plan."""

from __future__ import annotations

import html
import io
import json
from typing import Any

import openpyxl
import pandas as pd

from cluster_geo.pipeline import proposal_of, write
from cluster_geo.plan import read_plan
from cluster_geo.scenario import Scenario, load_county
from tests.scenario.effects.table import sets
from tests.scenario.effects.town import AT, Town, urn


def outputs(town: Town, **settings: object) -> dict[str, str]:
    """Write every output of a plan drawn by hand; return the pages, tables and sheets' heads."""
    asked = town.scenario(**settings)
    return town.once("outputs", asked.record(), lambda: _written(town, asked))


def _written(town: Town, asked: Scenario) -> dict[str, str]:
    folder = town.folder / f"outputs {len(town.memory)}"
    drawn = town.plan_file("drawn.csv", WES_01=(1, 2, 5, 6), EAS_01=(3, 4, 7, 8))
    county = load_county(asked)
    write(proposal_of(county, asked, read_plan(drawn, county)), folder)
    texts = {
        path.name: path.read_text(encoding="utf-8-sig")
        for path in folder.iterdir()
        if path.suffix in {".html", ".csv", ".json"}
    }
    # The spaces of dates do not break there.
    pages = {
        name: html.unescape(text).replace("\N{NO-BREAK SPACE}", " ")
        for name, text in texts.items()
        if name.endswith(".html")
    }
    book = openpyxl.load_workbook(folder / "plan.xlsx")
    heads = {f"sheet {sheet.title}": str(sheet["A1"].value) for sheet in book}
    return texts | pages | heads


def record(town: Town, **settings: object) -> dict[str, Any]:
    """Return the record of the run that `outputs` writes."""
    found: dict[str, Any] = json.loads(outputs(town, **settings)["run.json"])
    return found


def stands_everywhere(town: Town, words: str, instead_of: str = "", **settings: object) -> None:
    """Assert that words are on the report, the map and every sheet, where others were before."""
    before, after = outputs(town), outputs(town, **settings)
    places = [name for name in after if name.startswith("sheet ")] + ["report.html", "map.html"]
    assert len(places) >= 7
    for place in places:
        assert words in after[place], place
        assert words not in before[place], place
        assert instead_of in before[place], place


@sets("plan.title")
def title(town: Town) -> None:
    """The plan is called so on every page, map and sheet, and no longer by the default."""
    default = "Proposed clusters of schools"
    stands_everywhere(town, "Eight at the river", default, plan__title="Eight at the river")
    assert default not in outputs(town, plan__title="Eight at the river")["map.html"]


@sets("plan.version")
def version(town: Town) -> None:
    """Its version stands on every page, map and sheet, as the planner counts."""
    stands_everywhere(town, "version 2.10", "version 1", plan__version="2.10")


@sets("plan.status")
def status(town: Town) -> None:
    """Whether it is a draft or adopted stands on every page, map and sheet."""
    stands_everywhere(town, "Superseded", "Draft", plan__status="superseded")


@sets("plan.decision_reference")
def decision_reference(town: Town) -> None:
    """The decision that adopted it stands on every page, map and sheet."""
    stands_everywhere(town, "decision CAB/26/7", plan__decision_reference="CAB/26/7")


@sets("plan.effective_date")
def effective_date(town: Town) -> None:
    """The day it takes effect stands on every page, map and sheet, day before month."""
    words = "in effect from 3 September 2026"
    stands_everywhere(town, words, plan__effective_date="2026-09-03")


@sets("plan.end_date")
def end_date(town: Town) -> None:
    """The last day it is in effect stands on every page, map and sheet."""
    words = "in effect until 31 August 2027"
    stands_everywhere(town, words, plan__end_date="2027-08-31")


@sets("plan.replaces")
def replaces(town: Town) -> None:
    """Which version it replaces stands on every page, map and sheet."""
    stands_everywhere(town, "replaces version 0.9", plan__replaces="0.9")


@sets("plan.reason")
def reason(town: Town) -> None:
    """Why it was made stands at the head of the report and of the map, and in the workbook."""
    texts = outputs(town, plan__reason="Two schools of the mill became one")
    for name in ("report.html", "map.html"):
        assert "Why this version was made: Two schools of the mill became one" in texts[name]
        assert "Why this version was made" not in outputs(town)[name]


@sets("plan.superseded_by")
def superseded_by(town: Town) -> None:
    """Which version has replaced it stands on every page, map and sheet, before all else."""
    newer = {"plan__superseded_by": "4.2", "plan__status": "superseded"}
    stands_everywhere(town, "Superseded by version 4.2 · version 1", "Draft", **newer)
    assert "Version 4.2 replaces this version." in outputs(town, **newer)["map.html"]


@sets("plan.told")
def told(town: Town) -> None:
    """Who was informed is in the plan's record."""
    informed = ["Head teachers, 12 May 2026", "Trusts"]
    assert record(town, plan__told=informed)["plan"]["told"] == informed
    assert record(town)["plan"]["told"] == []


@sets("plan.corrections")
def corrections(town: Town) -> None:
    """Each correction is in the report, in the record, and in a table of its own."""
    row = f"Pupils of {urn(3)},210,120,2025-06-01,Digits exchanged"
    listed = town.file("corr.csv", "figure,published,correct,since,reason", row)
    texts = outputs(town, plan__corrections=listed)
    assert texts["corrections.csv"].splitlines()[1] == row
    assert "An earlier issue of this plan had 1 figure wrong." in texts["report.html"]
    assert "Digits exchanged" in texts["report.html"]
    assert "Corrections" not in outputs(town)["report.html"]
    [recorded] = record(town, plan__corrections=listed)["corrections"]
    assert recorded["correct"] == "120"


@sets("plan.waves")
def waves(town: Town) -> None:
    """Clusters start on their days: on the map, in the report and in letters."""
    listed = town.file("waves.csv", "cluster,starts,wave", "WES-01,2026-09-03,Pilot")
    asked = {"plan__waves": listed, "plan__effective_date": "2027-01-04"}
    texts = outputs(town, **asked)
    letters = pd.read_csv(io.StringIO(texts["mail_merge.csv"])).set_index("urn")["starts"]
    assert letters[urn(1)] == "3 September 2026"
    assert letters[urn(3)] == "4 January 2027"
    assert 'value="2026-09-03"' in texts["map.html"]
    assert 'id="pick-start"' not in outputs(town)["map.html"]
    assert "When clusters start" in texts["report.html"]
    starts = {code: wave["starts"] for code, wave in record(town, **asked)["waves"].items()}
    assert starts == {"EAS-01": "2027-01-04", "WES-01": "2026-09-03"}
    assert "starts" not in outputs(town)["mail_merge.csv"]


@sets("plan.second_clusters")
def second_clusters(town: Town) -> None:
    """A school also works with another cluster: the page says so, and it is counted once."""
    row = f"{urn(1)},eas-01,Its catchment is split"
    asked = {"plan__second_clusters": town.file("second.csv", "urn,cluster,reason", row)}
    texts, plain = outputs(town, **asked), outputs(town)
    assert "Schools of other clusters that also work with this one" in texts["report.html"]
    assert "Its catchment is split" in texts["report.html"]
    assert "also work with this one" not in plain["report.html"]
    assert texts["clusters.csv"] == plain["clusters.csv"]


@sets("plan.audience")
def audience(town: Town) -> None:
    """The public sees no count of the planner's own below 5; inside all is shown and marked."""
    small = {"schools__file": town.file("small.csv", *town.table(ehcp={k: k + 2 for k in AT}))}
    shown = {}
    for name in ("public", "internal"):
        texts = outputs(town, plan__audience=name, **small)
        table = pd.read_csv(io.StringIO(texts["clusters.csv"]))
        shown[name] = table.set_index("urn")["ehcp"].to_dict()
        marked = "OFFICIAL-SENSITIVE"
        pages = [name for name in texts if name.startswith("sheet ") or name.endswith(".html")]
        assert all((marked in texts[page]) == (name == "internal") for page in pages)
    assert shown["internal"] == {urn(k): k + 2 for k in AT}
    assert {u for u, count in shown["public"].items() if pd.isna(count)} == {urn(1), urn(2)}


@sets("plan.previous_plan")
def previous_plan(town: Town) -> None:
    """Clusters inherit its codes and names, and the moves since it are listed."""
    rows = [f"{urn(k)},{c},{n}" for k, c, n in (
        (1, "OLD-4", "Mill"), (2, "OLD-4", "Mill"), (5, "OLD-4", "Mill"), (3, "OLD-9", "Quay"),
        (4, "OLD-9", "Quay"), (6, "OLD-9", "Quay"), (7, "OLD-9", "Quay"), (8, "OLD-9", "Quay"),
    )]  # fmt: skip
    before = town.file("previous.csv", "urn,cluster,cluster_name", *rows)
    plan = town.named((1, 2, 5, 6), (3, 4, 7, 8), plan__previous_plan=before)
    assert {plan.code_of[urn(1)], plan.code_of[urn(8)]} == {"OLD-4", "OLD-9"}
    assert plan.names == {"OLD-4": "Mill", "OLD-9": "Quay"}
    texts = outputs(town, plan__previous_plan=before)
    moves = texts["moves.csv"].splitlines()
    assert len(moves) == 2
    assert moves[1].startswith(f"{urn(6)},")
    assert "moves.csv" not in outputs(town)


@sets("plan.decisions")
def decisions(town: Town) -> None:
    """Each decision of the list is in the report, and in a table of its own."""
    rows = f"{urn(3)},To stay by the sea,Granted,It is near,2025-06-01,Director"
    listed = town.file("decisions.csv", "urn,request,decision,reason,date,role", rows)
    texts = outputs(town, plan__decisions=listed)
    assert texts["decisions.csv"].splitlines()[1] == rows
    assert "To stay by the sea" in texts["report.html"]
    assert "To stay by the sea" not in outputs(town)["report.html"]


@sets("plan.responses")
def responses(town: Town) -> None:
    """What was raised and what is done about it is in the report, and in a table of its own."""
    rows = f"Too far,12,A bus,{urn(3)},EAS-01,clusters.size,Over an hour,yes"
    listed = town.file("r.csv", "category,count,action,urns,clusters,rule,text,publish", rows)
    texts = outputs(town, plan__responses=listed)
    assert texts["responses.csv"].splitlines()[1] == rows
    assert "Too far" in texts["report.html"]
    assert "sheet Responses" in texts
    assert "Too far" not in outputs(town)["report.html"]
