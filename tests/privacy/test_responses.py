"""What people wrote in a consultation: in no public file unless it is marked for publication."""

import hashlib
import json
import shutil

import pytest

from tests.cli.street import FIRST, write_plan, write_street
from tests.privacy.test_hashes import everything, propose, run

SECRET, OPEN = b"Zebra words", b"Okapi words"
LINES = (
    "category,count,action,urns,clusters,rule,text,publish",
    f"Too far,12,A bus,{FIRST + 7},C-2,trusts,{SECRET.decode()},no",
    f"Too far,3,,{FIRST},,size,{SECRET.decode()} again,",
    f"Too large,5,,,,,{OPEN.decode()},yes",
)


@pytest.fixture
def street(tmp_path, monkeypatch):
    """A street with a plan by hand before, and the responses to a consultation on it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    scenario = write_street(tmp_path, "psppspps", "WWWWEEEE", "T..TT..T")
    write_plan(tmp_path / "before.csv", "1234", "5678")
    (tmp_path / "asked.csv").write_text("\n".join(LINES) + "\n", encoding="utf-8")
    lines = '[plan]\nprevious_plan = "before.csv"\nresponses = "asked.csv"\n'
    scenario.write_text(lines + scenario.read_text())
    return scenario


def holding(folder, words):
    """The files of a folder that hold some bytes, unpacked too."""
    return {name.partition("/")[0] for name, content in everything(folder) if words in content}


def test_no_public_file_has_a_text_that_is_not_marked(street, tmp_path):
    """Nor the plain hash of the table, from which a guess could be confirmed."""
    plain = hashlib.sha256((tmp_path / "asked.csv").read_bytes()).hexdigest()
    hashes = propose(street, tmp_path / "out")
    shown = {"report.html", "plan.xlsx", "responses.csv"}
    assert holding(tmp_path / "out", OPEN) == shown
    assert holding(tmp_path / "out", SECRET) == set()
    assert holding(tmp_path / "out", plain[:16].encode()) == set()
    assert hashes["responses"].startswith("hmac-sha256:")


def test_the_authority_sees_it_in_files_that_are_marked(street, tmp_path):
    """In the same three, with the note that they must not leave it."""
    hashes = propose(street, tmp_path / "inside", "--audience", "internal")
    assert holding(tmp_path / "inside", SECRET) == {"report.html", "plan.xlsx", "responses.csv"}
    assert hashes["responses"] == hashlib.sha256((tmp_path / "asked.csv").read_bytes()).hexdigest()
    note = (tmp_path / "inside" / "OFFICIAL-SENSITIVE.txt").read_text(encoding="utf-8")
    assert "texts of responses to a consultation" in " ".join(note.split())


def test_where_all_may_be_published_the_hash_is_plain(street, tmp_path):
    """There is nothing to guess."""
    path = tmp_path / "asked.csv"
    path.write_text("\n".join((LINES[0], LINES[3])) + "\n", encoding="utf-8")
    hashes = propose(street, tmp_path / "out")
    assert hashes["responses"] == hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_public_run_is_repeated_byte_by_byte(street, tmp_path):
    """The keyed hash knows the file again, and what is written is equal."""
    propose(street, tmp_path / "out")
    run("propose", "--from", tmp_path / "out" / "run.json", "--out", tmp_path / "again")
    for name in ("report.html", "responses.csv", "plan.xlsx"):
        one, other = ((tmp_path / folder / name).read_bytes() for folder in ("out", "again"))
        assert one == other, name


def test_what_is_made_of_a_public_run_has_no_such_text_either(street, tmp_path):
    """Not a plan changed by hand, and a plan of next year has nothing of this consultation."""
    propose(street, tmp_path / "out")
    codes = json.loads((tmp_path / "out" / "run.json").read_bytes())["colours"]
    run("move", tmp_path / "out", f"{FIRST + 3}={max(codes)}", "--out", tmp_path / "moved")
    assert OPEN in (tmp_path / "moved" / "responses.csv").read_bytes()
    run("update", tmp_path / "out", "--set", "solve.work=2000", "--out", tmp_path / "next")
    for folder in ("moved", "next"):
        assert holding(tmp_path / folder, SECRET) == set()
    assert holding(tmp_path / "next", OPEN) == set()


def test_a_table_in_the_folder_that_is_published_is_refused(street, tmp_path):
    """Before anything is searched: it would stay there; one that is all published may."""
    out = tmp_path / "out"
    propose(street, out)
    (out / "responses.csv").write_bytes((tmp_path / "asked.csv").read_bytes())
    before = dict(everything(out))
    here = ("--set", f"plan.responses={out / 'responses.csv'}", "--out", out)
    output = run("propose", street, "--set", "solve.work=2000", *here, code=2)
    assert "plan.responses: it has 2 texts that are not for publication" in output
    assert dict(everything(out)) == before
    lines = "\n".join((LINES[0], LINES[3])) + "\n"
    (out / "responses.csv").write_text(lines, encoding="utf-8")
    run("propose", street, "--set", "solve.work=2000", *here)
    assert (out / "responses.csv").read_text(encoding="utf-8") == lines, "it stays as it is"


def test_a_table_of_an_internal_run_is_not_left_in_a_public_folder(street, tmp_path):
    """Even where the public run is of no consultation at all."""
    out = tmp_path / "out"
    propose(street, out, "--audience", "internal")
    assert SECRET in (out / "responses.csv").read_bytes()
    lines = street.read_text().replace('responses = "asked.csv"\n', "")
    street.write_text(lines)
    propose(street, out)
    assert holding(out, SECRET) == set()
    assert not (out / "responses.csv").exists()


def test_nor_one_of_an_internal_run_before_the_last(street, tmp_path):
    """An internal run of no consultation comes between, and update.html is there as well."""
    out, text = tmp_path / "out", street.read_text()
    propose(street, out, "--audience", "internal")
    street.write_text(text.replace('responses = "asked.csv"\n', ""))
    propose(street, out, "--audience", "internal")
    assert SECRET in (out / "responses.csv").read_bytes()
    later = ("--scenario", street, "--set", "solve.work=2000", "--audience", "internal")
    shutil.copytree(out, tmp_path / "before")
    run("update", tmp_path / "before", *later, "--out", out)
    assert {"update.html", "changes.csv"} <= {path.name for path in out.iterdir()}
    propose(street, out)
    assert holding(out, SECRET) == set()
    assert {"update.html", "changes.csv", "responses.csv"}.isdisjoint(
        path.name for path in out.iterdir()
    )


def test_a_table_that_the_planner_put_there_stays(street, tmp_path):
    """Where a run had written one, too: what is not what it wrote is the planner's."""
    propose(street, tmp_path / "out")
    street.write_text(street.read_text().replace('responses = "asked.csv"\n', ""))
    out = tmp_path / "out"
    propose(street, out)
    (out / "responses.csv").write_text("mine", encoding="utf-8")
    propose(street, out)
    assert (out / "responses.csv").read_text(encoding="utf-8") == "mine"


def test_so_does_one_that_the_planner_put_in_place_of_an_internal_one(street, tmp_path):
    """A run for the public removes what an internal run wrote, as it wrote it, and nothing else."""
    out = tmp_path / "out"
    propose(street, out, "--audience", "internal")
    (out / "responses.csv").write_text("mine", encoding="utf-8")
    street.write_text(street.read_text().replace('responses = "asked.csv"\n', ""))
    propose(street, out)
    assert (out / "responses.csv").read_text(encoding="utf-8") == "mine"
