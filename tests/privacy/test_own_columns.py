"""Figures of a planner's own: what is not public is in no file for the public, nor can be had."""

import csv
import json
import re

import pytest
from click.testing import CliRunner

from cluster_geo.cli import main
from tests.cli.street import FIRST, write_street
from tests.privacy.test_hashes import everything

# Hashes made with a key that nobody else has, and what is compressed or has a time in it.
KEYED = re.compile(rb"hmac-sha256:[0-9a-f]+:[0-9a-f]{64}")
PACKED = re.compile(r".*\.(gpkg|xlsx|gz)").fullmatch
SECRETS = [48213 + 7 * k for k in range(8)]


@pytest.fixture
def street(tmp_path, monkeypatch):
    """A street with an internal column that a rule weighs, and a public one beside it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    scenario = write_street(tmp_path, "psppspps", "WWWWEEEE", "T..TT..T")
    write(tmp_path, SECRETS)
    text = scenario.read_text() + (
        '[columns.secret]\nfile = "own.csv"\ncounts_pupils = false\n'
        '[columns.known]\nfile = "own.csv"\naudience = "public"\ncounts_pupils = false\n'
        '[balance.secret]\ncolumn = "secret"\nweight = 0.0001\n'
    )
    scenario.write_text(text)
    return scenario


def write(folder, secrets):
    rows = [(FIRST + k, secret, 100 + k) for k, secret in enumerate(secrets)]
    with (folder / "own.csv").open("w", newline="") as file:
        csv.writer(file).writerows([("urn", "secret", "known"), *rows])


def run(*words):
    done = CliRunner().invoke(main, [str(word) for word in words])
    assert done.exit_code == 0, done.output
    return done.output


def test_no_public_file_has_a_figure_of_an_internal_column(street, tmp_path):
    """Nor the plain hash of the file; the public column of that file is there."""
    printed = run("propose", street, "--set", "solve.work=2000", "--out", tmp_path / "out")
    totals = [str(a + b) for a in SECRETS for b in SECRETS if a != b]
    for name, content in [*everything(tmp_path / "out"), ("printed", printed.encode())]:
        for figure in [*map(str, SECRETS), f"{SECRETS[0]:,}", *totals]:
            assert figure.encode() not in content, (name, figure)
    record = json.loads((tmp_path / "out" / "run.json").read_bytes())
    roles = {source["role"]: source["sha256"] for source in record["inputs"]}
    for role in ("column secret", "column known"):
        assert roles[role].startswith("hmac-sha256:")
    assert record["bound"] is None
    head, row = (tmp_path / "out" / "clusters.csv").read_text("utf-8-sig").splitlines()[:2]
    assert head.split(",")[-1] == "known"
    assert row.split(",")[-1] == "100"


def test_what_is_published_does_not_depend_on_what_is_not(street, tmp_path):
    """Two sets of secret figures that lead to one plan give the same bytes."""
    run("propose", street, "--set", "solve.work=2000", "--out", tmp_path / "out")
    plan = tmp_path / "plan.csv"
    plan.write_bytes((tmp_path / "out" / "clusters.csv").read_bytes())
    found = []
    for secrets in (SECRETS, [secret * 3 + 11 * k for k, secret in enumerate(SECRETS)]):
        write(tmp_path, secrets)
        out = tmp_path / f"export-{secrets[1]}"
        run("export", plan, "--scenario", street, "--to", out)
        found.append([(n, KEYED.sub(b"", c)) for n, c in everything(out) if not PACKED(n)])
    assert [name for name, _ in found[0]] == [name for name, _ in found[1]]
    for (name, content), (_, other) in zip(*found, strict=True):
        assert content == other, name


def test_the_authority_sees_them(street, tmp_path):
    """In its own outputs, which are marked."""
    run("propose", street, "--set", "solve.work=2000", "--audience", "internal",
        "--out", tmp_path / "in")  # fmt: skip
    text = (tmp_path / "in" / "clusters.csv").read_text("utf-8-sig")
    assert all(str(secret) in text for secret in SECRETS)
