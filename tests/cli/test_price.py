"""`price` on the command line: a street of eight schools, every rule of it turned."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from cluster_geo.cli import main
from cluster_geo.cli.show_worth import FOUND
from tests.cli.street import write_plan, write_street


def street(folder: Path) -> Path:
    """Two districts, a trust with four schools, two of them at the ends."""
    return write_street(folder, "psppspps", "WWWWEEEE", "T..TT..T")


@pytest.fixture(scope="module")
def priced(tmp_path_factory) -> tuple[Result, Path]:
    """Every dial and the trust, inside the authority; the folder it was written in."""
    folder = tmp_path_factory.mktemp("price")
    scenario = street(folder)
    here = Path.cwd()
    os.chdir(folder)
    try:
        told = CliRunner().invoke(
            main,
            ["price", str(scenario), "--trusts", "--audience", "internal", "--out", "tables"],
            catch_exceptions=False,
        )
    finally:
        os.chdir(here)
    assert told.exit_code == 0, told.output
    return told, folder


def test_each_turn_of_a_rule_is_a_line_and_a_row(priced):
    """What is printed of a rule is what is written of it, and how sure it is."""
    told, folder = priced
    table = pd.read_csv(folder / "tables" / "price.csv", keep_default_na=False)
    assert len(table) == 11
    lines = told.stdout.splitlines()
    for row in table.to_dict(orient="records"):
        (line,) = [line for line in lines if line.startswith(f"{row['words']}: ")]
        assert FOUND[row["found"]] in line
        assert f"solving: {row['words']}" in told.stderr
    assert "Written to tables: price.csv, trusts.csv" in told.stdout


def test_the_street_by_the_rules_as_they_are(priced):
    """Schools 1 to 4, 5 and 6, 7 and 8: 1 + 1 + 2, 1 and 1 km, 1.3 times as long by road."""
    lines = priced[0].stdout.splitlines()
    assert "-0.0" not in priced[0].stdout
    assert lines[0] == "OFFICIAL-SENSITIVE"
    assert "clusters 3, travel 8, clusters of trusts in all 3" in lines[1]
    assert "score 9.3 km-equivalents" in lines[1]
    assert lines[2] == "Its distance from the best possible is 0.0."


@pytest.mark.parametrize(
    ("turn", "said"),
    [
        ("clusters of 8 to 14 schools", "clusters -2, travel +13.0"),
        ("clusters of 10 to 16 schools", "no plan: proven"),
        ("phases given up", "rest of the score -2.1 (lower: between -2.1 and -2.1)"),
        ("district left out of account", "travel -1.3, schools outside their main district +1"),
        (
            "trusts left out of account",
            "nothing changes; rest of the score +0.0 (proven: no difference: between +0.0 and",
        ),
        ("srp kept without exception", "no plan: proven"),
    ],
)
def test_what_a_rule_is_worth_on_the_street(priced, turn, said):
    """Few enough schools to see it: each of these was counted by hand."""
    (line,) = [line for line in priced[0].stdout.splitlines() if line.startswith(f"{turn}: ")]
    assert said in line


def test_a_trust_in_one_cluster_fewer_is_a_row(priced):
    """Its schools, its clusters, the fewest there can be, and what one fewer does to the score."""
    told, folder = priced
    (trust,) = pd.read_csv(folder / "tables" / "trusts.csv").to_dict(orient="records")
    assert (trust["schools"], trust["clusters"], trust["fewest"]) == (4, 3, 2)
    assert trust["found"] == "found"
    (line,) = [line for line in told.stdout.splitlines() if "│ Trust T" in line]
    cells = [cell.strip() for cell in line.strip("│").split("│")]
    assert cells == ["Trust T", "4", "3", "2", f"{trust['score_change']:+.1f}", "0.0", "found"]


def test_a_plan_to_begin_from(run, tmp_path):
    """Begun from the worst of plans, it ends with the best; nothing is marked or written."""
    scenario = street(tmp_path)
    plan = write_plan(tmp_path / "plan.csv", "12345", "678")
    told = run("price", scenario, "--plan", plan)
    assert told.exit_code == 0, told.output
    assert told.stdout.startswith("The rules as they are: clusters 3,")
    assert "Trusts" not in told.stdout
    assert "Written" not in told.stdout
    assert {path.name for path in tmp_path.iterdir()} == {"schools.csv", "street.toml", "plan.csv"}


def test_a_plan_that_is_not_there_is_refused_first(run, tmp_path):
    """Nothing is searched for, and the message says what would do."""
    told = run("price", street(tmp_path), "--plan", "nowhere")
    assert told.exit_code == 2
    assert "there is no plan here. Give a table with the columns urn and cluster" in told.stderr
    assert "solving" not in told.stderr


def test_rules_that_clash_have_no_price(run, tmp_path):
    """Proven impossible: exit 3, and the command that tells why."""
    told = run("price", street(tmp_path), "--set", "clusters.count=5", "--out", "tables")
    assert told.exit_code == 3
    assert "It is proven that no plan keeps the hard rules." in told.stderr
    assert "Run cluster-geo explain on the scenario" in told.stderr
    assert not (tmp_path / "tables").exists()


def test_out_of_time_is_not_impossible(run, tmp_path):
    """Both secondaries at one end: only a search proves that, and it had no time. Exit 4."""
    scenario = write_street(tmp_path, "sspppp")
    told = run("price", scenario, "--set", "clusters.size=3", "--time-limit", "1e-9")
    assert told.exit_code == 4
    assert "No plan was found by the rules as they are. Run cluster-geo explain" in told.stderr


def test_a_folder_that_cannot_be_written_is_a_message(run, tmp_path):
    """A file stands where the tables would go: exit 2, after what was found is printed."""
    scenario = write_street(tmp_path, "ps")
    (tmp_path / "taken").write_text("")
    told = run("price", scenario, "--set", "clusters.size=2", "--out", "taken/tables")
    assert told.exit_code == 2
    assert "cannot be written" in told.stderr
    assert "The rules as they are" in told.stdout
