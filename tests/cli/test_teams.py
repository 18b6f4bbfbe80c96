"""`cluster-geo teams`: what it prints and writes, and what it refuses."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from click.testing import CliRunner

from cluster_geo.cli import main
from tests.cli.street import write_plan, write_street

ROLE = (
    "--set", "teams.nurse.posts=1.5", "--set", "teams.nurse.demand.schools=6",
    "--set", "teams.nurse.visits_per_post=20",
)  # fmt: skip


@pytest.fixture
def call(tmp_path, monkeypatch):
    """Calls the command on a street with a plan by hand."""
    monkeypatch.chdir(tmp_path)
    scenario = write_street(tmp_path, "psppspps", "WWWWEEEE")
    write_plan(tmp_path / "hand.csv", "1234", "56", "78")

    def run(*arguments):
        found = CliRunner().invoke(main, ["teams", *arguments, "--scenario", str(scenario)])
        assert found.exception is None or isinstance(found.exception, SystemExit)
        return found

    return run


def test_it_prints_and_writes_the_same(call, tmp_path):
    """One patch of three clusters, with what its post and a half cannot do."""
    found = call("hand.csv", *ROLE, "--out", "teams")
    assert found.exit_code == 0, found.output
    assert "48 visits a year, and the posts can make 30" in found.output
    patches = pd.read_csv(tmp_path / "teams" / "patches.csv")
    assert patches["clusters"].tolist() == ["C-1; C-2; C-3"]
    assert patches["unmet"].tolist() == [18.0]
    record = json.loads((tmp_path / "teams" / "teams.json").read_text(encoding="utf-8"))
    assert record["roles"]["nurse"]["gap"] == 0
    assert record["scenario"]["teams"]["nurse"]["posts"] == 1.5


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("hand.csv",), 2, "it has no role"),
        (("nowhere.csv", *ROLE), 2, "there is no plan here"),
        (("hand.csv", "--set", "teams.nurse.posts=0"), 2, "it must be more than 0"),
        (("hand.csv", *ROLE, "--set", "teams.nurse.cost_per_visit=-1"), 2, "at least 0"),
        (("hand.csv", *ROLE, "--set", "teams.nurse.demand.pupls=1"), 2, "Did you mean 'pupils'?"),
        (("hand.csv", *ROLE, "--set", "teams.nurse.posts=9"), 2, "Give 1 whole post"),
        (("hand.csv", *ROLE, "--out", "."), 2, "holds other files"),
    ],
)
def test_a_mistake_is_one_message_and_writes_nothing(call, tmp_path, arguments, code, words):
    """Exit code 2, no traceback, and no folder."""
    before = sorted(path.name for path in tmp_path.iterdir())
    found = call(*arguments) if "--out" in arguments else call(*arguments, "--out", "teams")
    assert (found.exit_code, "Traceback" in found.output) == (code, False)
    assert words in " ".join(found.output.split())
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_what_is_proven_impossible_has_its_own_code(call):
    """No patch may cross, and the street's clusters are in two districts of one patch."""
    found = call("hand.csv", *ROLE, "--set", "teams.nurse.layer=district",
                 "--set", "teams.nurse.rule=hard")  # fmt: skip
    assert found.exit_code == 3
    assert "It is proven that the clusters cannot be grouped so" in found.output
