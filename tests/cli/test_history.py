"""`cluster-geo history`, `export --superseded-by` and `why --history`, over real folders."""

import csv
import json
import shutil
import zipfile

import pandas as pd
import pytest
from click.testing import CliRunner

from cluster_geo.cli import main
from tests.cli.street import FIRST, write_plan, write_street

PHASES, DISTRICTS, TRUSTS = "psppspps", "WWWWEEEE", "T..TT..T"
LINKS = "URN,LinkURN,LinkName,LinkType,LinkEstablishedDate"


def call(*arguments, code=0):
    """Call a command; return what it prints."""
    done = CliRunner().invoke(main, [*map(str, arguments)])
    assert done.exit_code == code, done.output
    return " ".join(done.output.split())


def about(**settings):
    """Options that set what a plan is."""
    return [word for key, value in settings.items() for word in ("--set", f"plan.{key}={value}")]


@pytest.fixture(scope="module")
def plans(tmp_path_factory):
    """Version 1 by hand; version 2 with a school converted, one moved; 2.1, which corrects it."""
    folder = tmp_path_factory.mktemp("plans")
    scenario = write_street(folder, PHASES, DISTRICTS, TRUSTS)
    write_plan(folder / "hand.csv", "1234", "56", "78")
    first = about(version=1, status="adopted", effective_date="2025-09-01")
    call("export", folder / "hand.csv", "--scenario", scenario, "--to", folder / "v1", *first)
    new = FIRST + 99
    rows = (folder / "schools.csv").read_text().replace(f"{FIRST + 6},", f"{new},", 1)
    (folder / "later.csv").write_text(rows)
    (folder / "links.csv").write_text(f"{LINKS}\n{new},{FIRST + 6},Before,Predecessor,01-04-2026\n")
    codes = dict(zip("12345678", ["C-1"] * 3 + ["C-2"] * 3 + ["C-3"] * 2, strict=True))
    urns = {place: new if place == "7" else FIRST + int(place) - 1 for place in codes}
    lines = ["urn,cluster", *(f"{urns[place]},{code}" for place, code in codes.items())]
    (folder / "second.csv").write_text("\n".join(lines) + "\n")
    second = [
        *("--set", f"schools.links={folder / 'links.csv'}", "--schools", folder / "later.csv"),
        *("--set", "schools.as_at=2026-09-01"),
        *about(
            version=2, status="adopted", effective_date="2026-09-01", replaces=1,
            previous_plan=folder / "v1" / "clusters.csv", reason="School 4 asked to move",
            told='["Head teachers, 12 May 2026"]', decision_reference="26/14",
        ),
    ]  # fmt: skip
    call("export", folder / "second.csv", "--scenario", scenario, "--to", folder / "v2", *second)
    (folder / "corrections.csv").write_text(
        "figure,published,correct,since,reason\nPupils of C-1,310,130,2026-09-02,Digits exchanged\n"
    )
    (folder / "waves.csv").write_text(
        "cluster,starts,wave\nC-1,2026-10-01,Pilot\nC-9,2027-01-01,\n"
    )
    fixed = about(
        version="2.1", replaces=2, effective_date="2026-10-01", reason="A figure was wrong",
        corrections=folder / "corrections.csv", waves=folder / "waves.csv", told="[]",
    )  # fmt: skip
    call("export", folder / "v2", "--to", folder / "v2.1", *fixed)
    return folder


def test_it_lists_the_versions_and_what_was_corrected(plans, tmp_path):
    """In the terminal, on a page and in tables; moves are those of moves.csv."""
    words = call("history", plans, "--out", tmp_path / "history")
    assert "Version 2 replaces version 1. Why: School 4 asked to move" in words
    assert "Version 2: decision 26/14." in words
    assert "Version 2: informed were Head teachers, 12 May 2026." in words
    assert (
        "Version 2.1 corrects Pupils of C-1: published since 2 September 2026 was 310, correct is "
        "130. Why: Digits exchanged" in words
    )
    assert "The pages of version 1 do not say that version 2 replaces it." in words
    table = pd.read_csv(tmp_path / "history" / "versions.csv", dtype=str, keep_default_na=False)
    shown = [
        "version",
        "status",
        "effective_date",
        "end_date",
        "replaces",
        "superseded_by",
        "moved",
    ]
    assert table[shown].to_numpy().tolist() == [
        [
            "1",
            "replaced by version 2 from 1 September 2026",
            "2025-09-01",
            "2026-08-31",
            "",
            "2",
            "",
        ],
        [
            "2",
            "replaced by version 2.1 from 1 October 2026",
            "2026-09-01",
            "2026-09-30",
            "1",
            "2.1",
            "1",
        ],
        ["2.1", "adopted", "2026-10-01", "", "2", "", "0"],
    ]
    moves = pd.read_csv(plans / "v2" / "moves.csv")
    assert list(moves["urn"]) == [FIRST + 3]
    schools = pd.read_csv(tmp_path / "history" / "schools_by_version.csv", dtype=str)
    moved = schools[(schools["version"] == "2") & (schools["change"] == "moved")]
    assert list(moved["urn"]) == [str(FIRST + 3)]
    page = (tmp_path / "history" / "history.html").read_text(encoding="utf-8")
    assert page.count("Digits exchanged") == 1
    # Among those that changed, and among all.
    assert page.count(f"before: URN {FIRST + 6}") == 2
    assert "1 October 2026" in page.replace("\N{NO-BREAK SPACE}", " ")


def test_a_version_that_was_replaced_says_so_everywhere(plans, tmp_path):
    """Each page, each sheet, the package and the record; the list itself is the same."""
    call("export", plans / "v1", "--superseded-by", plans / "v2", "--to", tmp_path / "v1s")
    line = (
        "Superseded by version 2 · version 1 · in effect from 1 September 2025 until 31 August 2026"
    )
    for name in ("map.html", "report.html"):
        page = (tmp_path / "v1s" / name).read_text(encoding="utf-8")
        assert line in page.replace("\N{NO-BREAK SPACE}", " "), name
        assert "Version 2 replaces this version, which ends on 31 August 2026." in page.replace(
            "\N{NO-BREAK SPACE}", " "
        ), name
    package = json.loads((tmp_path / "v1s" / "datapackage.json").read_text(encoding="utf-8"))
    assert package["description"].startswith(line)
    with zipfile.ZipFile(tmp_path / "v1s" / "plan.xlsx") as book:
        texts = book.read("xl/sharedStrings.xml").decode()
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    # One string that every sheet has in its first cell.
    assert f"{line} · " in texts
    assert len(sheets) >= 8
    same = [(folder / "clusters.csv").read_bytes() for folder in (plans / "v1", tmp_path / "v1s")]
    assert same[0] == same[1]
    both = call("history", plans / "v1", tmp_path / "v1s", plans / "v2")
    assert "v1 and v1s both hold version 1: v1s is listed." in both


def test_the_new_version_says_what_it_replaces_and_why(plans):
    """On map, report and in the workbook."""
    for name in ("map.html", "report.html"):
        page = (plans / "v2" / name).read_text(encoding="utf-8")
        assert "This version replaces version 1. Why: School 4 asked to move" in page
    report = (plans / "v2.1" / "report.html").read_text(encoding="utf-8")
    assert "The list of starts also names" in report
    assert "C-9: this is no cluster" in " ".join(report.split())


def test_a_school_through_all_versions(plans):
    """By the URN of then or of now; one that moved; one of a version that only corrects."""
    for urn in (FIRST + 6, FIRST + 99):
        words = call("why", plans / "v2.1", urn, "--history")
        assert words == (
            f"School 7 ({FIRST + 99}) "
            "- Version 1, adopted, in effect from 1 September 2025 until 31 August 2026: C-3, as "
            f"School 7 ({FIRST + 6}) (first version). "
            "- Version 2, adopted, in effect from 1 September 2026 until 30 September 2026: C-3 "
            "(as before). "
            "- Version 2.1, adopted, in effect from 1 October 2026: C-3 (as before)."
        )
    assert "C-2 (it moved there from C-1)" in call("why", plans / "v2", FIRST + 3, "--history")
    assert "no version has a school with the URN 5" in call(
        "why", plans / "v2", 5, "--history", code=2
    )


def test_folders_that_hold_no_plans_are_refused(plans, tmp_path):
    """All in one message, before anything is written; nor is a version's folder written over."""
    (tmp_path / "empty").mkdir()
    words = call("history", tmp_path / "empty", tmp_path / "none", "--out", tmp_path / "o", code=2)
    assert "2 faults in the input" in words
    assert not (tmp_path / "o").exists()
    before = {path.name: path.read_bytes() for path in (plans / "v1").iterdir()}
    assert "holds" in call("history", plans, "--out", plans / "v1", code=2)
    assert {path.name: path.read_bytes() for path in (plans / "v1").iterdir()} == before
    assert "was not made from" in call(
        "export", plans / "v2", "--superseded-by", plans / "v1", "--to", tmp_path / "x", code=2
    )
    assert not (tmp_path / "x").exists()
    words = ("export", plans / "v1", "--superseded-by", plans / "v2", "--to", plans / "v1")
    assert "Choose another folder" in call(*words, code=2)
    assert {path.name: path.read_bytes() for path in (plans / "v1").iterdir()} == before
    assert "leave out --save" in call(
        "why", plans / "v2", FIRST, "--history", "--save", tmp_path / "f.json", code=2
    )


def test_the_page_has_no_housekeeping(plans, tmp_path):
    """What a planner should check is for the planner: in the terminal alone."""
    assert "Please check" in call("history", plans, "--out", tmp_path / "history")
    assert "Please check" not in (tmp_path / "history" / "history.html").read_text("utf-8")


def test_a_version_whose_forerunner_is_gone_is_not_the_first(plans, tmp_path):
    """It is said that what was before is not known."""
    shutil.copytree(plans / "v2", tmp_path / "alone")
    record = json.loads((tmp_path / "alone" / "run.json").read_bytes())
    record["scenario"]["plan"]["previous_plan"] = str(tmp_path / "gone" / "clusters.csv")
    (tmp_path / "alone" / "run.json").write_text(json.dumps(record))
    words = call("why", tmp_path / "alone", FIRST, "--history")
    assert "first version" not in words
    assert "(what was before is not known)" in words
    assert "there is no record of that run" in words


def test_codes_of_the_list_of_starts_that_no_cluster_has_are_named(plans, tmp_path):
    """In the terminal as well; small letters are no other code."""
    (tmp_path / "w.csv").write_text("cluster,starts\nc-1,2026-10-01\nZZZ-9,2027-01-01\n")
    words = call("export", plans / "v2", "--to", tmp_path / "w", *about(waves=tmp_path / "w.csv"))
    assert "The list of when clusters start names ZZZ-9: no cluster here is called so." in words
    waves = json.loads((tmp_path / "w" / "run.json").read_bytes())["waves"]
    assert waves["C-1"]["starts"] == "2026-10-01"


def test_settings_that_contradict_each_other_are_refused(plans, tmp_path):
    """Replaced and adopted, replaced by itself, ended before it began: all in one message."""
    settings = about(
        superseded_by=3, version=3, replaces=3, effective_date="2026-09-01", end_date="2026-08-31"
    )
    words = call("export", plans / "v2", "--to", tmp_path / "x", *settings, code=2)
    assert "the plan is adopted, and version 3 has replaced it" in words
    assert words.count("version 3 cannot replace itself") == 2
    assert "the plan ends on 2026-08-31, before it takes effect" in words


def test_an_internal_version_marks_the_whole_history(plans, tmp_path):
    """The page, the folder and the terminal."""
    call("export", plans / "v2", "--to", tmp_path / "in", "--audience", "internal")
    words = call("history", plans / "v1", tmp_path / "in", "--out", tmp_path / "history")
    assert words.startswith("OFFICIAL-SENSITIVE")
    assert (tmp_path / "history" / "OFFICIAL-SENSITIVE.txt").is_file()
    assert "OFFICIAL-SENSITIVE" in (tmp_path / "history" / "history.html").read_text("utf-8")


def test_what_a_council_writes_cannot_break_the_page(plans, tmp_path):
    """Tags in titles, reasons and corrections stay text, and formulas stay text in tables."""
    nasty = "<script>window.hacked=1</script>"
    (tmp_path / "c.csv").write_text(
        f"figure,published,correct,since,reason\n{nasty},=1+1,2,2026-09-02,{nasty}\n"
    )
    texts = about(title=nasty, reason=nasty, version=nasty, corrections=tmp_path / "c.csv")
    call("export", plans / "v2", "--to", tmp_path / "bad", *texts)
    call("history", tmp_path / "bad", "--out", tmp_path / "history")
    page = (tmp_path / "history" / "history.html").read_text(encoding="utf-8")
    assert nasty not in page
    with (tmp_path / "history" / "corrections.csv").open(encoding="utf-8-sig", newline="") as file:
        [row] = csv.DictReader(file)
    assert row["published"] == "'=1+1"
