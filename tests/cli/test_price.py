"""`price` on the command line: a street of eight schools, every rule of it turned."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from click.testing import CliRunner
from click.testing import Result as Answer

from cluster_geo import optimise
from cluster_geo.cli import main
from cluster_geo.cli.show_worth import show_worth
from cluster_geo.cli.terminal import console
from cluster_geo.explain import ask, worth
from cluster_geo.optimise import Result
from cluster_geo.report.worth import FOUND
from cluster_geo.scenario import load_county, read_scenario, rulebook_of
from tests.cli.street import write_plan, write_street
from tests.figures.pages import Page


def street(folder: Path) -> Path:
    """Two districts, a trust with four schools, two of them at the ends."""
    return write_street(folder, "psppspps", "WWWWEEEE", "T..TT..T")


@pytest.fixture(scope="module")
def priced(tmp_path_factory) -> tuple[Answer, Path]:
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
    assert "Written to tables: price.csv, trusts.csv, price.html" in told.stdout


def test_the_street_by_the_rules_as_they_are(priced):
    """Schools 1 to 4, 5 and 6, 7 and 8: 1 + 1 + 2, 1 and 1 km, 1.3 times as long by road."""
    lines = priced[0].stdout.splitlines()
    assert not re.search(r"-0\.0+(?![0-9])", priced[0].stdout)
    assert lines[0] == "OFFICIAL-SENSITIVE"
    assert "clusters 3, travel 8, clusters that trusts are spread over 3" in lines[1]
    assert "score 9.3." in lines[1]
    assert lines[2] == "Its distance from the best possible is at most 0.001."


@pytest.mark.parametrize(
    ("turn", "said"),
    [
        ("clusters of 8 to 14 schools", "clusters -2, travel +13.0"),
        ("clusters of 10 to 16 schools", "no plan: proven"),
        (
            "“Primary and secondary schools together” given up",
            "rest of the score -2.1 (lower: between -2.101 and -2.099)",
        ),
        (
            "“Clusters follow the boundaries: District” without weight",
            "travel -1.3, schools outside their main District +1",
        ),
        (
            "“Few clusters for each multi-academy trust” without weight",
            "nothing changes; rest of the score +0.0 (proven: no difference: between -0.001 and",
        ),
        ("“An SRP in each cluster” met without exception", "no plan: proven"),
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
    assert cells == ["Trust T", "4", "3", "2", f"{trust['score_change']:+.1f}", "0.001", "found"]


def test_the_page_says_and_draws_each_change(priced):
    """A row for each turn, in the words that are printed, with its proven limits drawn to scale."""
    told, folder = priced
    text = (folder / "tables" / "price.html").read_text(encoding="utf-8")
    page = Page.of(text)
    table = pd.read_csv(folder / "tables" / "price.csv", keep_default_na=False)
    rows = page.table("What each rule is worth")
    assert [row["Change"].lower() for row in rows] == [w.lower() for w in table["words"]]
    drawn = text.split('aria-label="What each rule is worth"')[1].split("</table>")[0]
    marks = re.findall(r'<text x="([\d.]+)" y="13" class="mid">([^<]+)</text>', drawn)
    places = [(float(mark), float(x)) for x, mark in marks]
    assert [x for _, x in sorted(places)] == [x for _, x in places]
    nought = dict(places)[0.0]
    for row, cells in zip(rows, drawn.split("<tr>")[2:], strict=True):
        assert row["What is proven"] in told.stdout
        line = re.search(r'<path d="M([\d.]+) 13H([\d.]+)', cells)
        if not line:
            assert "<small>not known</small>" in cells
            continue
        lower, upper = re.search(r'aria-label="between (\S+) and (\S+)"', cells).groups()
        assert float(lower) <= float(upper)
        for end, x in ((lower, line[1]), (upper, line[2])):
            if abs(float(end)) > 0.1:
                assert (float(end) > 0) == (float(x) > nought)
    assert page.table("What each trust in one cluster fewer would mean")[0]["Trust"] == "Trust T"
    assert page.one("p", class_="marking").text == "OFFICIAL-SENSITIVE"


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
    assert "It is proven that no plan meets the requirements." in told.stderr
    assert "Run cluster-geo explain on the scenario" in told.stderr
    assert not (tmp_path / "tables").exists()


def test_out_of_time_is_not_impossible(run, tmp_path):
    """Both secondaries at one end: only a search proves that, and it had no time. Exit 4."""
    scenario = write_street(tmp_path, "sspppp")
    told = run("price", scenario, "--set", "clusters.size=3", "--time-limit", "1e-9")
    assert told.exit_code == 4
    words = r"By the rules as they are: The search found no plan in \d+ seconds?"
    assert re.search(words, " ".join(told.stderr.split()))
    assert "It is not proven whether there is one. Run cluster-geo explain" in told.stderr


def test_a_folder_that_cannot_be_written_is_a_message(run, tmp_path):
    """A file stands where the tables would go: exit 2, after what was found is printed."""
    scenario = write_street(tmp_path, "ps")
    (tmp_path / "taken").write_text("")
    told = run("price", scenario, "--set", "clusters.size=2", "--out", "taken/tables")
    assert told.exit_code == 2
    assert "cannot be written" in told.stderr
    assert "The rules as they are" in told.stdout


FAILURE = "HiGHS 1.16.0 answered: error"


def test_a_solvers_failure_in_a_turn_is_told(run, tmp_path, monkeypatch):
    """The rules as they are have their plan; each turn failed, is not said to be out of time."""
    solve, calls = optimise.solve, []

    def failing(*arguments, **options):
        calls.append(1)
        if len(calls) == 1:
            return solve(*arguments, **options)
        return Result("none found", "solver failure", None, None, None, 1.0, 1, failure=FAILURE)

    monkeypatch.setattr(ask, "optimise", SimpleNamespace(solve=failing))
    told = run("price", street(tmp_path), "--out", "tables")
    assert told.exit_code == 0, told.output
    assert (
        "“Clusters follow the boundaries: District” without weight: none found: the solver failed"
        in told.stdout
    )
    assert told.stdout.count(f"The solver failed during the search ({FAILURE}).") == 1
    table = pd.read_csv(tmp_path / "tables" / "price.csv", keep_default_na=False)
    turned = table[table["found"] == "none found"]
    assert set(turned["failure"]) == {FAILURE}
    assert set(table[table["found"] == "impossible"]["failure"]) == {""}


def test_a_failure_before_any_plan_is_exit_4(run, tmp_path, monkeypatch):
    """Nothing is proven by it."""
    none = Result("none found", "solver failure", None, None, None, 1.0, 1, failure=FAILURE)
    monkeypatch.setattr(ask, "optimise", SimpleNamespace(solve=lambda *_, **__: none))
    told = run("price", street(tmp_path))
    assert told.exit_code == 4
    assert f"The solver failed during the search ({FAILURE})." in told.stderr
    assert "nothing is proven" in told.stderr


def test_what_is_frozen_is_told(run, tmp_path):
    """What is proven of prices is proven of plans that leave the cluster alone."""
    scenario = street(tmp_path)
    before = write_plan(tmp_path / "before.csv", "1234", "5678")
    kept = ("--set", f"reference.plan={before}", "--set", "reference.freeze_clusters=C-1")
    told = run("price", scenario, *kept)
    assert told.exit_code == 0, told.output
    assert "1 cluster is frozen, so the proof covers only plans that keep it" in told.stdout


def test_a_distance_of_no_use_is_not_a_number(county_found, capsys):
    """No negative bound, and no distance above a fifth of the score, is printed."""
    _, found = county_found
    for bound in (None, -779.5, 0.5):
        show_worth(console(), replace(found, base=replace(found.base, bound=bound)))
        assert "Its distance from the best possible is not known." in capsys.readouterr().out


@pytest.fixture(scope="module")
def county_found(tmp_path_factory):
    """The street, and one turn of it."""
    asked = read_scenario(street(tmp_path_factory.mktemp("street")))
    county = load_county(asked)
    found = worth(county, rulebook_of(county, asked), time_limit=20, threads=1)
    return county, found
