"""`sweep` on the command line: a street of eight schools with its settings varied."""

from __future__ import annotations

import pytest

from tests.cli.street import write_street
from tests.studies.here import run_here

RUNS = """
[[run]]
name = "Kept"
best_of = "one boundary"
set = { "boundaries.district.rule" = "hard" }

[[run]]
name = "Two"
best_of = "one boundary"
set = { "clusters.count" = 2 }

[[run]]
name = "One"
set = { "clusters.count" = 1 }
"""


@pytest.fixture
def here(monkeypatch):
    """Runs are done in the process of the test."""
    return run_here(monkeypatch)


def rows_of(printed: str) -> list[list[str]]:
    """Return the cells of what is printed in a table."""
    lines = [line for line in printed.splitlines() if line.startswith("│")]
    return [[cell.strip() for cell in line.strip("│").split("│")] for line in lines]


def test_runs_side_by_side(run, here, tmp_path):
    """A line for each run as it ends; in the table figures where there is a plan, a star in front.

    Two clusters are 1.3 x 9 km of journeys and both districts whole, three 1.3 x 6.
    """
    scenario = write_street(tmp_path, "psppspps", "WWWWEEEE", "T..TT..T")
    told = run("sweep", scenario, "--vary", "clusters.count=2,3,4", "--out", "sweep")
    assert told.exit_code == 0, told.output
    assert sorted(here) == ["count-2", "count-3", "count-4"]
    ended = [line for line in told.stderr.splitlines() if " of 3  " in line]
    assert [line.split()[0] for line in ended] == ["1", "2", "3"]
    assert any(line.endswith("count-4: impossible") for line in ended)
    assert any("count-3: optimal, at most 0.0" in line for line in ended)
    two, three, four = rows_of(told.stdout)
    assert four[:2] == ["4", "impossible"]
    assert four[2:] == [""] * len(four[2:])
    # Clusters, travel, clusters of trusts, those without an SRP, schools outside their district.
    assert two[:-1] == ["2", "2", "10", "2", "2", "0"]
    assert three[:-1] == ["3", "3", "8", "3", "3", "0"]
    assert two[-1].endswith("*")
    assert three[-1].endswith("*")
    assert "Written to sweep: sweep.html, sweep.csv, sweep.parquet, runs/" in told.stdout


def test_runs_of_a_file_have_titles(run, here, tmp_path):
    """Named runs are told by their titles, and of several ways to one end which is the best."""
    scenario = write_street(tmp_path, "psppspps", "WWWWEEEE", "T..TT..T")
    (tmp_path / "runs.toml").write_text(RUNS, encoding="utf-8")
    told = run("sweep", scenario, "--runs", "runs.toml", "--out", "sweep")
    assert told.exit_code == 0, told.output
    assert [row[0] for row in rows_of(told.stdout)] == ["Kept", "Two", "One"]
    told_best = "One boundary: 2 ways were tried, and the best plan found is that of “Kept”."
    assert f"{told_best} No other way can score better." in told.stdout
