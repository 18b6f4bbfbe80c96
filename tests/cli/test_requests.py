"""`cluster-geo requests`, as it is called: a list by itself, a folder, and what cannot be used."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import pytest

from cluster_geo.publish.requests import RequestsPublication
from cluster_geo.schools.dates import in_words
from cluster_geo.verbs.requests import requests_in
from tests.cli.street import FIRST, REQUESTS, write_plan, write_requests, write_street
from tests.cli.test_lines import ESCAPES, WINDOW, assert_fit

DAY = ("--as-at", "2026-06-01")


def called(folder, *arguments, **environment):
    """Call the program as a process of its own, in a folder."""
    code = "from cluster_geo.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_list_by_itself(tmp_path):
    """A window of 80 columns: the marking, the counts, then what is overdue and what is open."""
    write_requests(tmp_path / "asked.csv")
    done = called(tmp_path, "requests", "asked.csv", *DAY, **WINDOW)
    assert (done.returncode, done.stderr) == (0, "")
    lines = [ESCAPES.sub("", line) for line in done.stdout.splitlines()]
    assert_fit(lines)
    assert lines[0] == "OFFICIAL-SENSITIVE"
    text = " ".join(done.stdout.split())
    assert (
        "asked.csv: 3 requests are open, 1 of them under appeal. 1 request is decided, and 1 is "
        "closed. 1 request is overdue on 1 June 2026." in text
    )
    assert (
        "Overdue, 1 request: - due 1 April 2026; URN 100001; To be with School 8; appeal on "
        "20 February 2026; received on 5 January 2026; case K-1" in text
    )
    assert "Open, not overdue, 2 requests: - due 1 July 2026; cluster C-2; To meet" in text
    assert "considered; received on 2 May 2026" in text
    assert [path.name for path in tmp_path.iterdir()] == ["asked.csv"]


def test_without_a_date_it_is_today_and_said(tmp_path):
    """The day that is asked about is in what is printed; midnight may pass, and zones differ."""
    write_requests(tmp_path / "asked.csv")
    today = datetime.now(tz=UTC).date()
    days = [in_words((today + timedelta(days=k)).isoformat()) for k in (-1, 0, 1)]
    done = called(tmp_path, "requests", "asked.csv")
    assert any(f"overdue on {day}." in done.stdout for day in days)


@pytest.fixture
def folder(run, tmp_path):
    """An output folder whose scenario names a list, which has grown since."""
    scenario = write_street(tmp_path, "psppspps", "WWWWEEEE", "T..TT..T")
    write_plan(tmp_path / "hand.csv", "1234", "56", "78")
    write_requests(tmp_path / "asked.csv")
    short = "\n".join(REQUESTS[:2]) + "\n"
    (tmp_path / "asked.csv").write_text(short, encoding="utf-8")
    done = run(
        "export", "hand.csv", "--scenario", scenario, "--to", "out",
        "--set", "plan.decisions=asked.csv",
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    write_requests(tmp_path / "asked.csv")
    return tmp_path / "out"


def test_a_folder_gives_schools_and_clusters_their_names(run, folder, tmp_path):
    """The list is that of its scenario, as it is now; the folder is not written."""
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    done = run("requests", "out", *DAY, "--out", "page.html")
    assert done.exit_code == 0, done.output
    assert "3 requests are open" in done.stdout
    assert "School 1 (100001); To be with School 8" in done.stdout
    assert "School 3 (100003); cluster C-9, not in this plan" in done.stdout
    assert "cluster C-2; To meet" in done.stdout
    assert "Written: page.html" in done.stdout
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "School 2 (100002)" in page
    assert page.count("OFFICIAL-SENSITIVE") >= 2
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    again = run("requests", "out", *DAY, "--out", "again.html")
    assert again.exit_code == 0
    assert (tmp_path / "again.html").read_text(encoding="utf-8") == page


def test_decisions_of_a_meeting_are_pointed_out(run, folder, tmp_path):
    """They are in the folder's list, and not in the one that its scenario names."""
    assert "decisions.csv" not in run("requests", "out", *DAY).stderr
    moved = run("move", "out", f"{FIRST}=C-2", "--out", "moved", "--reason", "Agreed")
    assert moved.exit_code == 0, moved.output
    done = run("requests", "moved", *DAY)
    assert "moved/decisions.csv has 1 row that asked.csv has not" in done.stderr
    whole = tmp_path / "moved" / "decisions.csv"
    done = run("requests", whole, *DAY)
    assert done.exit_code == 0
    assert "2 requests are decided" in done.stdout


def test_a_folder_without_a_named_list_has_its_own(run, folder, tmp_path):
    """The decisions.csv in it; without one it is said that there is none."""
    scenario = tmp_path / "street.toml"
    assert run("export", "hand.csv", "--scenario", scenario, "--to", "bare").exit_code == 0
    done = run("requests", "bare")
    assert done.exit_code == 2
    assert "there is no decisions.csv in it" in done.stderr
    write_requests(tmp_path / "bare" / "decisions.csv")
    done = run("requests", "bare", *DAY)
    assert "decisions.csv: 3 requests are open" in done.stdout
    assert "School 1 (100001)" in done.stdout


def test_a_list_among_what_is_published_is_refused_before_a_search(run, folder, tmp_path):
    """No search is begun for a folder that would publish it."""
    write_requests(folder / "mine.csv")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    call = ("propose", tmp_path / "street.toml", "--out", "out", "--set", "solve.work=2000")
    done = run(*call, "--set", "plan.decisions=out/mine.csv")
    assert done.exit_code == 2
    assert "out: it holds mine.csv, with requests that the public is not shown." in done.stderr
    assert "first plan" not in done.stderr
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_no_internal_page_is_put_among_what_is_published(run, folder):
    """Nor figures of why; a page for the public may be there."""
    record = json.loads((folder / "run.json").read_bytes())
    assert record["plan"]["audience"] == "public"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    page = folder / "requests.html"
    done = run("requests", folder, "--out", page)
    assert done.exit_code == 2
    assert "the folder is for the public, and this is not" in " ".join(done.output.split())
    done = run("why", folder, FIRST, "--audience", "internal", "--time-limit", "3",
               "--save", folder / "f.json")  # fmt: skip
    assert done.exit_code == 2, done.output
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert run("requests", folder, "--audience", "public", "--out", page).exit_code == 0


def test_the_public_is_told_the_number(run, folder, tmp_path):
    """No line of a request, no marking, and a page of what is decided."""
    done = run("requests", "out", *DAY, "--audience", "public", "--out", "page.html")
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("asked.csv: 3 requests are open, 1 of them under appeal.")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    for text in (done.stdout, page):
        assert "OFFICIAL-SENSITIVE" not in text
        assert "School 8" not in text
        assert "library" not in text
    assert "It is near" in page


def test_faults_are_one_message_and_nothing_is_written(tmp_path):
    """Every fault with its row and column, exit code 2, an earlier page left as it was."""
    rows = [REQUESTS[0], "x,,,,,2026-01-05,2026-01-01,,,,", "100001,,,gone,a,soon,,,,,"]
    (tmp_path / "asked.csv").write_text("\n".join(rows), encoding="utf-8")
    (tmp_path / "page.html").write_text("earlier")
    done = called(tmp_path, "requests", "asked.csv", "--out", "page.html")
    assert (done.returncode, done.stdout) == (2, "")
    for words in (
        "5 faults in the input:",
        "asked.csv, row 2, column 'urn': 'x' is not a URN.",
        "asked.csv, row 2, column 'request': the request is missing.",
        (
            "asked.csv, row 2, column 'due': it is due on 1 January 2026, before it was received on "
            "5 January 2026."
        ),
        (
            "asked.csv, row 3, column 'stage': 'gone' is not a stage. Write received, considered, "
            "decided, appeal or closed"
        ),
        "asked.csv, row 3, column 'received': 'soon' is not a date.",
    ):
        assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "page.html").read_text() == "earlier"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["asked.csv", "page.html"]


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["nowhere.csv"], "the file cannot be opened"),
        (["."], "there is no plan here"),
        (["asked.csv", "--as-at", "soon"], "does not match the format"),
        (["asked.csv", "--audience", "all"], "is not one of"),
        (["asked.csv", "--out", "no/such/page.html"], "cannot be written"),
    ],
)
def test_what_cannot_be_used_is_a_message(run, tmp_path, arguments, found):
    """Exit code 2."""
    write_requests(tmp_path / "asked.csv")
    done = run("requests", *arguments)
    assert done.exit_code == 2
    assert found in " ".join(done.stderr.split())


def test_an_old_urn_is_read_as_that_of_today(run, tmp_path):
    """And it is said; of an open request not to the public."""
    scenario = write_street(tmp_path, "psppspps", "WWWWEEEE", "T..TT..T")
    links = ["URN,LinkURN,LinkName,LinkType,LinkEstablishedDate"]
    links += [
        f"{FIRST},99001,Old 1,Predecessor,01-04-2025",
        f"{FIRST + 1},99002,Old 2,Predecessor,01-04-2025",
    ]
    (tmp_path / "links.csv").write_text("\n".join(links) + "\n", encoding="utf-8")
    write_plan(tmp_path / "hand.csv", "1234", "56", "78")
    (tmp_path / "asked.csv").write_text(
        "urn,stage,request,received,decision,reason,date,role\n"
        "99001,received,To stay,2026-01-01,,,,\n"
        "99002,decided,To stay,2026-01-01,yes,Near,2026-02-01,Head\n",
        encoding="utf-8",
    )
    files = ("--set", "schools.links=links.csv", "--set", "plan.decisions=asked.csv")
    done = run("export", "hand.csv", "--scenario", scenario, "--to", "out", *files)
    assert done.exit_code == 0, done.output
    for name in ("report.html", "run.json"):
        text = (tmp_path / "out" / name).read_text(encoding="utf-8")
        assert "99001" not in text, name
    assert "99002" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    inside = run("requests", "out", *DAY)
    assert "School 1 (100001); To stay" in inside.stdout
    assert "asked.csv: URN 99001 is read as School 1" in inside.stderr
    public = run("requests", "out", *DAY, "--audience", "public")
    assert "99001" not in public.output
    assert "99002" in public.stderr


def test_in_python_the_same_is_a_function(tmp_path):
    """The command has no logic of its own."""
    found = requests_in(write_requests(tmp_path / "asked.csv"), date(2026, 6, 1))
    assert isinstance(found, RequestsPublication)
    assert {state: len(requests) for state, requests in found.by_state.items()} == {
        "overdue": 1, "open": 2, "decided": 1, "closed": 1,
    }  # fmt: skip
