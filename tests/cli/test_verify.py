"""`cluster-geo verify`: what it prints, its exit codes, and that faults come in one message."""

from __future__ import annotations

import gzip
import json

from tests.cli.street import write_street


def written(run, tmp_path):
    """Solve a street of eight schools, with its certificate; return the folder."""
    scenario = write_street(tmp_path, "psppspps", "WWWWEEEE", "T..TT..T")
    certified = ("--set", "solve.work=20000", "--set", "solve.certificate=true")
    found = run("propose", scenario, "--out", "out", *certified)
    assert found.exit_code == 0, found.output
    assert "certificate.json.gz" in found.stdout
    return tmp_path / "out"


def test_a_run_is_verified(run, tmp_path):
    """In plain sentences."""
    folder = written(run, tmp_path)
    found = run("verify", folder, "--processes", "1")
    assert found.exit_code == 0, found.output
    text = " ".join(found.stdout.split())
    assert "Verified. Under the same rules and weights no plan can score below" in text
    assert "8 of 8 claims checked in" in text
    sampled = run("verify", folder, "--hubs", "2", "--processes", "1")
    assert (sampled.exit_code, "Verified" in sampled.stdout) == (0, True)


def test_what_does_not_hold_ends_with_code_2(run, tmp_path):
    """One message, no traceback."""
    folder = written(run, tmp_path)
    path = folder / "certificate.json.gz"
    content = json.loads(gzip.decompress(path.read_bytes()))
    content["bound"] += 1.0
    path.write_bytes(gzip.compress(json.dumps(content).encode()))
    found = run("verify", folder)
    assert found.exit_code == 2
    assert "The certificate states a bound of" in found.stderr
    assert "Traceback" not in found.output


def test_what_cannot_be_settled_ends_with_code_4(run, tmp_path):
    """No time for any claim."""
    folder = written(run, tmp_path)
    found = run("verify", folder, "--time-limit", "1e-9", "--processes", "1")
    assert found.exit_code == 4
    assert "claims could not be settled. The first is about central school 100001" in " ".join(
        found.stdout.split()
    )


def test_folders_and_files_that_are_not_there(run, tmp_path):
    """Each fault names what to do."""
    nowhere = run("verify", tmp_path / "nowhere")
    assert nowhere.exit_code == 2
    assert "there is no such folder" in " ".join(nowhere.stderr.split())
    (tmp_path / "empty").mkdir()
    empty = run("verify", tmp_path / "empty")
    assert empty.exit_code == 2
    assert "there is no certificate in it" in " ".join(empty.stderr.split())
    folder = written(run, tmp_path)
    faults = run("verify", folder, "--file", "schools.csv", "--file", "=x")
    assert faults.exit_code == 2
    assert faults.stderr.count("names no setting and file") == 2
    missing = run("verify", folder, "--file", f"schools.file={tmp_path / 'gone.csv'}")
    assert missing.exit_code == 2
    assert "gone.csv" in missing.stderr


def test_options_that_make_no_sense(run, tmp_path):
    """A seed of no sample, and no number at all."""
    for options in (("--seed", "3"), ("--time-limit", "nan"), ("--sample", "0")):
        found = run("verify", tmp_path, *options)
        assert found.exit_code == 2
        assert options[0] in found.stderr
