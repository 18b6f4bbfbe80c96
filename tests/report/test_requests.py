"""Requests in the report and on a page of their own: what each audience is shown."""

from __future__ import annotations

import json
import re
import zipfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from cluster_geo.audience import Disclosure
from cluster_geo.errors import OutputError
from cluster_geo.export import write_outputs
from cluster_geo.export.csvfile import csv_bytes
from cluster_geo.pipeline import propose
from cluster_geo.plan import Papers, read_decisions
from cluster_geo.plan.figures import figures_text
from cluster_geo.publish.asked_about import Places
from cluster_geo.publish.requests import RequestsPublication, about_open, are
from cluster_geo.report import report_page
from cluster_geo.report.requests import requests_page
from cluster_geo.scenario import brief_of, decisions_of, load_county, read_scenario
from tests.cli.street import write_street
from tests.markup import SCRIPT, markup_of, unescaped, words_of
from tests.outputs import BRIEF, HOSTILE, make_papers, make_world
from tests.requests import decided, listed, make_figures, saved
from tests.worlds import FIRST_URN

INTERNAL = replace(BRIEF, audience="internal")
SECRET = "Qwertzuiop"
ROWS = (
    decided(request="To meet at the mill", due="2026-04-01", version_before="1", version_after="2"),
    {"stage": "received", "received": "2026-04-01", "due": "2026-05-01", "request": SECRET},
    {"case": "K-1", "stage": "received", "received": "2026-01-01", "request": SECRET},
    decided(case="K-1", request=SECRET, reason=SECRET),
    decided(case="K-1", stage="appeal", request=SECRET, reason=SECRET, date="2026-05-01"),
    decided(urn=None, cluster="SQU-02", request="Another name", stage="closed"),
)


@pytest.fixture(scope="module")
def world():
    return make_world()


def section(world, decisions, brief=BRIEF):
    """The report's record of decisions, in words."""
    page = report_page(world.published(brief, papers=Papers(listed(*decisions))))
    history = page[page.index('<section id="history">') :]
    return words_of(history[: history.index("<h3>Moves")])


def test_the_table_of_an_old_list_has_its_old_columns(world):
    """What no row has anything in is no column, and that all is decided says nothing."""
    heads = "School Cluster now Asked for Decision Reason Date Decided by School 1"
    text = words_of(report_page(world.published(papers=make_papers(world))))
    assert heads in text
    assert heads in section(world, [decided()])
    assert "Figures of" not in text


def test_what_the_list_has_is_in_the_table(world):
    """Stage, due date, cluster, versions and case, each where a row has one."""
    text = section(world, ROWS, INTERNAL)
    heads = "School Cluster now Case Asked for Received Due Stage Decision Reason Date Decided by"
    assert f"{heads} Plan version before Plan version after" in text
    assert "Cluster Middle (SQU-02) Another name closed granted" in text
    both = section(world, [decided(cluster="SQU-02"), decided(cluster="SQU-77")])
    assert "Cluster now Cluster asked about Asked for" in both
    assert "School 1 (100001) West Middle (SQU-02) To stay" in both
    assert "SQU-77, not in this plan" in both


def test_codes_of_other_plans_are_known_again(world):
    """Those of the plan before, and those that are used no more."""
    before = replace(world.plan, codes=("SQU-01", "OLD-1", "OLD-2"), names={"OLD-1": "Mill"})
    places = Places.of(world.county, replace(world.plan, retired=("OLD-9",)), before)
    assert places.cluster("SQU-01") == "West (SQU-01)"
    assert places.cluster("OLD-1") == "Mill (OLD-1), of the plan before"
    assert places.cluster("OLD-2") == "OLD-2, of the plan before"
    assert places.cluster("OLD-9") == "OLD-9, which is no longer used"
    assert places.cluster("X") == "X, not in this plan"
    assert (Places().cluster("X"), Places().school(5)) == ("X", "URN 5")


def test_the_public_is_shown_what_is_settled_and_how_much_is_not(world):
    """Not even the decision that an appeal is about; inside the authority all is shown."""
    text = section(world, ROWS)
    assert "To meet at the mill" in text
    assert "Another name" in text
    assert SECRET not in text
    assert "2 requests are open, 1 of them under appeal." in text
    inside = section(world, ROWS, INTERNAL)
    assert inside.count(SECRET) == 6
    assert "requests are open" not in inside
    assert "No decision is shown." in section(world, ROWS[1:2])


def test_figures_unfold_below_their_decision(world):
    """As they were, of which plan; those for the authority are only counted for the public."""
    inside = make_figures(audience="internal", text=(SECRET,))
    rows = [decided(figures=saved(make_figures())), decided(figures=saved(inside, "b.json", "34"))]
    page = report_page(world.published(papers=Papers(listed(*rows))))
    assert page.count("<details class=") == 1
    text = section(world, rows)
    assert "Figures of 1 February 2026 for School 1" in text
    assert "1. SQU-02: 2.5 km then" in text
    assert "of the plan “Clusters of Squareshire”, version 2.0; they are not worked out" in text
    assert "ef" * 32 in text
    assert SECRET not in page
    assert "1 decision has figures that were made for the authority" in text
    assert SECRET in section(world, rows, INTERNAL)


def test_a_publication_withholds_again_what_it_is_given(world):
    """What was left out before is counted once."""
    published = world.published(papers=Papers(listed(*ROWS)))
    again = replace(published, floor=1.0)
    assert again.papers.withheld == published.papers.withheld
    assert again.papers.withheld.open == 2


def page_of(audience, *rows, day="2026-06-01", places=None):
    """The page of a list, and its words."""
    published = RequestsPublication("list.csv", day, audience, listed(*rows), places or Places())
    page = requests_page(published)
    return page, words_of(page)


def test_the_page_has_what_is_overdue_first(world):
    """Then what is open by the date it is due, then what is decided; with counts."""
    rows = (*ROWS, {"stage": "received", "received": "2026-05-02", "due": "2026-07-01"})
    places = Places.of(world.county, world.plan)
    page, text = page_of("internal", *rows, places=places)
    assert page.index("OFFICIAL-SENSITIVE") < page.index("<h1>")
    order = [
        page.index(f'<section id="{part}">') for part in ("overdue", "open", "settled", "counts")
    ]
    assert order == sorted(order)
    overdue, waiting = (words_of(page[a:b]) for a, b in pairwise(order[:3]))
    assert "Overdue on 1 June 2026" in overdue
    assert "1 May 2026" in overdue
    assert waiting.index("1 July 2026") < waiting.index("no date")
    assert (
        "3 requests are open, 1 of them under appeal. 1 request is decided, and 1 is closed."
        in (text)
    )
    assert "Received 2 Considered 0 Decided 1 Appeal 1 Closed 1" in text
    assert "West (SQU-01) 1 2 1 0 Middle (SQU-02) 0 0 0 1" in text
    assert "Cluster Middle (SQU-02) Another name closed granted" in text


def test_the_page_for_the_public(world):
    """What is settled and the counts, without a marking; nothing of what is open."""
    page, text = page_of("public", *ROWS)
    assert SECRET not in page
    assert "OFFICIAL-SENSITIVE" not in page
    assert "2 requests are open, 1 of them under appeal." in text
    assert "Decided 1 Closed 1" in text
    assert "verdue" not in re.sub("<style>.*?</style>", "", page, flags=re.DOTALL)


def test_an_empty_list_has_a_page(world):
    """It says that there is nothing."""
    _, text = page_of("internal")
    assert "No request is open. No request is decided, and none is closed." in text
    assert "No request is overdue." in text


def test_hostile_texts_are_text(world):
    """In every cell, and in figures."""
    for text in HOSTILE:
        figures = make_figures(name=text, text=(text,), plan=make_figures().plan)
        cells = {"request": text, "case": text, "cluster": text}
        row = {"received": "2026-01-01", "stage": "received", "figures": saved(figures)}
        more = {"decision": text, "reason": text, "role": text, "version_after": text}
        rows = (row | cells, decided(**more | cells | {"figures": saved(figures), "case": "K"}))
        page, words = page_of("internal", *rows)
        assert re.sub(r"\s+", " ", text) in words
        assert unescaped((text,), markup_of(page)) == []
        assert page.count("<script") == len(SCRIPT.findall(page)) == 1
        assert not re.search(r"""(?:src|href)=["'](?!#)""", markup_of(page))
        assert "Content-Security-Policy" in page


def test_equal_lists_give_equal_pages(world):
    """On the day that is asked about, and on no other."""
    assert page_of("internal", *ROWS)[0] == page_of("internal", *ROWS)[0]
    assert page_of("internal", *ROWS)[0] != page_of("internal", *ROWS, day="2026-06-02")[0]


def test_sentences_count():
    """Singular, plural and nothing."""
    assert about_open(0, 0) == "No request is open."
    assert about_open(1, 0) == "1 request is open."
    assert about_open(1_203, 2) == "1,203 requests are open, 2 of them under appeal."
    assert (are(0), are(1), are(2)) == ("none is", "1 is", "2 are")


LIST = (
    "urn,cluster,case,stage,request,received,due,decision,reason,date,role,figures",
    "100001,,K-2,decided,To stay,2026-01-01,,granted,Near,2026-02-01,Head,open.json",
    f"100002,,K-7,received,{SECRET},2026-03-01,2026-05-01,,,,,{SECRET}.json",
    f",C-{SECRET},,considered,{SECRET},2026-03-02,,,,,,",
    f"100004,,,appeal,{SECRET},,,refused,{SECRET},2026-03-03,{SECRET},",
)


@pytest.fixture
def run(tmp_path):
    """A street with a list of requests, and what writes its outputs for an audience."""
    scenario = write_street(tmp_path, "psppspps", "WWWWEEEE", "T..TT..T")
    papers = tmp_path / "papers"
    papers.mkdir()
    (papers / "list.csv").write_text("\n".join(LIST) + "\n", encoding="utf-8")
    for urn, name in ((100001, "open"), (100002, SECRET)):
        text = figures_text(make_figures(urn=urn, name=f"School of {name}"))
        (papers / f"{name}.json").write_text(text, encoding="utf-8")

    def write(audience, folder, decisions=papers / "list.csv"):
        settings = {
            "plan.decisions": decisions, "plan.audience": audience, "solve.work": 2000,
        }  # fmt: skip
        asked = read_scenario(scenario, settings)
        proposal = propose(load_county(asked), asked, threads=1)
        write_outputs(folder, proposal.published)
        return folder

    return write


def content(path: Path) -> bytes:
    """All bytes of a file; those of a workbook unpacked."""
    if path.suffix != ".xlsx":
        return path.read_bytes()
    with zipfile.ZipFile(path) as book:
        return b"".join(book.read(name) for name in book.namelist())


def test_no_file_for_the_public_tells_of_an_open_request(run, tmp_path):
    """Neither its words, its case nor its figures are in any byte; inside the authority they are."""
    public, inside = run("public", tmp_path / "public"), run("internal", tmp_path / "inside")
    for path in public.iterdir():
        data = content(path)
        for text in (SECRET, "K-7"):
            assert text.encode() not in data, (path.name, text)
    telling = {path.name for path in inside.iterdir() if SECRET.encode() in content(path)}
    assert {"report.html", "decisions.csv", "run.json"} <= telling
    rows = read_decisions(public / "decisions.csv")
    assert rows["case"].tolist() == ["K-2"]
    assert "figures" not in rows
    assert len(read_decisions(inside / "decisions.csv")) == 4
    assert "3 requests are open, 1 of them under appeal." in words_of(
        (public / "report.html").read_text(encoding="utf-8")
    )


def test_the_record_of_a_run_for_the_public_confirms_no_guess(run, tmp_path):
    """The list's hash is keyed, and the files of figures that are shown are on record."""
    sources = {}
    for audience in ("public", "internal"):
        folder = run(audience, tmp_path / audience)
        record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        sources[audience] = {
            Path(source["path"]).name: source["sha256"] for source in record["inputs"]
        }
    assert set(sources["public"]) == {"schools.csv", "list.csv", "open.json"}
    assert set(sources["internal"]) == {"schools.csv", "list.csv", "open.json", f"{SECRET}.json"}
    assert sources["public"]["list.csv"].startswith("hmac-sha256:")
    assert not sources["internal"]["list.csv"].startswith("hmac")
    assert sources["public"]["open.json"] == sources["internal"]["open.json"]


def test_a_county_for_the_public_holds_no_open_request(run, tmp_path):
    """Whatever is made of it: its list, sources and notices are those that may be seen."""
    settings = {"plan.decisions": tmp_path / "papers" / "list.csv"}
    asked = read_scenario(tmp_path / "street.toml", settings)
    whole = load_county(asked)
    seen = Disclosure(whole, brief_of(asked)).county
    assert decisions_of(whole)["case"].tolist() == ["K-2", "K-7", "", ""]
    assert decisions_of(seen)["case"].tolist() == ["K-2"]
    assert SECRET not in repr(seen.sources)
    assert Disclosure(seen, brief_of(asked)).county is seen
    inside = Disclosure(whole, replace(brief_of(asked), audience="internal")).county
    assert inside is whole


def test_a_list_in_the_folder_for_the_public_is_refused(run, tmp_path):
    """It would be published with the rest; the folder stays as it was. Inside it may lie there."""
    folder = tmp_path / "out"
    run("internal", folder)
    listed_here = folder / "mine.csv"
    listed_here.write_text("\n".join(LIST).replace(".json", ""), encoding="utf-8")
    text = listed_here.read_text(encoding="utf-8").replace(",open\n", ",\n")
    listed_here.write_text(text.replace(f",,,,,{SECRET}\n", ",,,,,\n"), encoding="utf-8")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(OutputError, match=r"it holds mine\.csv, with requests that the public"):
        run("public", folder, listed_here)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    run("internal", folder, listed_here)


def test_a_list_that_was_written_can_be_read_again(tmp_path):
    """Rows of schools and of clusters, and every column but that of the figures."""
    table = listed(*ROWS).drop(columns="figures")
    (tmp_path / "list.csv").write_bytes(csv_bytes(table))
    again = read_decisions(tmp_path / "list.csv")
    assert sorted(map(str, again.to_numpy().tolist())) == sorted(
        map(str, table[list(again.columns)].to_numpy().tolist())
    )
    assert pd.isna(again["urn"]).sum() == 1
    assert FIRST_URN in set(again["urn"].dropna())
