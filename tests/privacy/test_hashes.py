"""The hash of a small private file: from a plain one anybody could confirm a guess at it."""

import gzip
import hashlib
import json
import zipfile

import pytest
from click.testing import CliRunner

from cluster_geo.cli import main
from cluster_geo.records import Source, keyed, recorded_as
from tests.cli.street import FIRST, write_street
from tests.studies.here import run_here

SRP = "urn,need,places,on_roll,opens\n{0},ASD,20,{1},2020-09-01\n"


@pytest.fixture
def street(tmp_path, monkeypatch):
    """A street with a list of provisions of which one number is small; keys have their own folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    scenario = write_street(tmp_path, "psppspps", "WWWWEEEE", "T..TT..T")
    (tmp_path / "srp.csv").write_text(SRP.format(FIRST, 3))
    text = scenario.read_text().replace("[schools]", '[schools]\nsrp = "srp.csv"')
    scenario.write_text(text)
    return scenario


def run(*words, code=0):
    done = CliRunner().invoke(main, [str(word) for word in words])
    assert done.exit_code == code, done.output
    return done.output


def propose(street, out, *more):
    run("propose", street, "--set", "solve.work=2000", *more, "--out", out)
    return {s["role"]: s["sha256"] for s in json.loads((out / "run.json").read_bytes())["inputs"]}


def everything(folder):
    """Yield all that the files of a folder hold, unpacked."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        content = path.read_bytes()
        yield path.name, content
        if path.suffix == ".gz":
            yield path.name, gzip.decompress(content)
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as packed:
                yield from ((f"{path.name}/{n}", packed.read(n)) for n in packed.namelist())


def test_no_public_file_has_the_plain_hash(street, tmp_path):
    """Of the list with a small number; files of others have theirs."""
    plain = hashlib.sha256((tmp_path / "srp.csv").read_bytes()).hexdigest()
    hashes = propose(street, tmp_path / "out")
    assert hashes["srp"].startswith("hmac-sha256:")
    run("move", tmp_path / "out", f"{FIRST + 4}=C-1", "--out", tmp_path / "moved", code=2)
    code = json.loads((tmp_path / "out" / "run.json").read_bytes())["colours"]
    run("move", tmp_path / "out", f"{FIRST + 3}={max(code)}", "--out", tmp_path / "moved")
    for folder in ("out", "moved"):
        for name, content in everything(tmp_path / folder):
            assert plain.encode() not in content, name
            assert plain[:16].encode() not in content, name


def test_the_authority_has_the_plain_hash(street, tmp_path):
    """And so has anybody where no number is small."""
    plain = hashlib.sha256((tmp_path / "srp.csv").read_bytes()).hexdigest()
    hashes = propose(street, tmp_path / "inside", "--audience", "internal")
    assert hashes["srp"] == plain
    (tmp_path / "srp.csv").write_text(SRP.format(FIRST, 13))
    hashes = propose(street, tmp_path / "large")
    assert hashes["srp"] == hashlib.sha256((tmp_path / "srp.csv").read_bytes()).hexdigest()


def test_a_run_is_repeated_by_its_keyed_hash(street, tmp_path, monkeypatch):
    """Unchanged it goes on, changed it is refused, and with another key nobody knows."""
    propose(street, tmp_path / "out")
    again = ["propose", "--from", tmp_path / "out" / "run.json", "--out", tmp_path / "again"]
    run(*again)
    (tmp_path / "srp.csv").write_text(SRP.format(FIRST, 4))
    assert "it has changed since that run" in run(*again, code=2)
    (tmp_path / "srp.csv").write_text(SRP.format(FIRST, 3))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "another"))
    assert "not known whether it has changed" in " ".join(run(*again, code=2).split())
    run(*again, "--changed-inputs")


def test_what_was_proven_still_counts_beside_it(street, tmp_path):
    """A plan by hand is as far from the best as the run has proven."""
    propose(street, tmp_path / "out")
    output = run("audit", tmp_path / "out", "--scenario", street, "--set", "solve.work=2000")
    report = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "could improve" in report or "can score lower" in report
    assert "Every requirement is met" in output


def test_without_a_folder_for_a_key_there_is_no_hash(monkeypatch):
    """It is left out, and whether the file has changed cannot be known."""
    monkeypatch.setattr("cluster_geo.records.own_key", lambda: b"")
    plain = hashlib.sha256(b"a").hexdigest()
    assert keyed(Source("srp", "a.csv", plain)).sha256 == ""
    assert recorded_as(plain, "") is None
    assert recorded_as(plain, plain) is True
    assert recorded_as(plain, plain[::-1]) is False
    assert recorded_as(plain, f"hmac-sha256:12345678:{plain}") is None


def test_the_key_is_not_in_the_record(street, tmp_path):
    """Neither whole nor its plain hash: only a name made of it."""
    hashes = propose(street, tmp_path / "out")
    key = next((tmp_path / "cache").rglob("*.key")).read_bytes()
    _, name, digest = hashes["srp"].split(":")
    assert key.hex() not in json.dumps(hashes)
    assert not hashlib.sha256(key).hexdigest().startswith(name)
    assert len(digest) == 64


def test_neither_is_the_hash_of_a_plan_for_the_authority(street, tmp_path):
    """Its list of schools has every count: from its plain hash they could be guessed."""
    propose(street, tmp_path / "inside", "--audience", "internal")
    plain = hashlib.sha256((tmp_path / "inside" / "clusters.csv").read_bytes()).hexdigest()
    work = ("--set", "solve.work=2000", "--audience", "public")
    run("update", tmp_path / "inside", *work, "--out", tmp_path / "next")
    codes = json.loads((tmp_path / "inside" / "run.json").read_bytes())["colours"]
    public = ("--audience", "public", "--out", tmp_path / "moved")
    run("move", tmp_path / "inside", f"{FIRST + 3}={max(codes)}", *public)
    for folder in ("next", "moved"):
        for name, content in everything(tmp_path / folder):
            assert plain.encode() not in content, (folder, name)
    # The plan is known again all the same.
    output = run("compare", tmp_path / "inside", tmp_path / "moved", "--scenario", street)
    assert "1 school" in output


def test_no_row_of_a_sweep_has_a_plain_hash(street, tmp_path, monkeypatch):
    """And a run that is done is known again by the keyed one."""
    run_here(monkeypatch)
    words = ["sweep", street, "--vary", "trusts.weight=1", "--set", "solve.work=600"]
    run(*words, "--out", tmp_path / "sweep")
    plain = hashlib.sha256((tmp_path / "srp.csv").read_bytes()).hexdigest()
    for name, content in everything(tmp_path / "sweep"):
        assert plain.encode() not in content, name
    made = (tmp_path / "sweep" / "runs" / "weight-1" / "run.json").stat().st_mtime_ns
    run(*words, "--out", tmp_path / "sweep")
    assert (tmp_path / "sweep" / "runs" / "weight-1" / "run.json").stat().st_mtime_ns == made


def test_a_comparison_has_no_plain_hash_of_an_internal_list(street, tmp_path):
    """Its list has the counts: from a plain hash anybody could confirm a guess at them."""
    propose(street, tmp_path / "inside", "--audience", "internal")
    propose(street, tmp_path / "out")
    run("compare", tmp_path / "inside", tmp_path / "out", "--audience", "public",
        "--out", tmp_path / "changes")  # fmt: skip
    plain = hashlib.sha256((tmp_path / "inside" / "clusters.csv").read_bytes()).hexdigest()
    for name, content in everything(tmp_path / "changes"):
        assert plain.encode() not in content, name
    found = json.loads((tmp_path / "changes" / "comparison.json").read_bytes())
    assert found["first"]["file"]["sha256"].startswith("hmac-sha256:")
