"""A stranger with every release: no withheld number of a provision is known to within two.

The stranger knows which provisions there are and when each is in force, and sets up what the
published tables say of the sums: an integer programme a cell, for its least and its largest value.
"""

import pandas as pd
import pulp
import pytest
from click.testing import CliRunner

from cluster_geo.cli import main
from tests.cli.street import FIRST, write_street

# School, need, places, opens, closes; at each date some are in force.
ROWS = [
    (FIRST, "ASD", 4, "2020-09-01", ""),
    (FIRST, "SLCN", 20, "2020-09-01", "2026-03-31"),
    (FIRST + 1, "ASD", 3, "2026-04-01", ""),
    (FIRST + 1, "MLD", 12, "2020-09-01", ""),
    (FIRST + 2, "ASD", 8, "2020-09-01", ""),
    (FIRST + 2, "HI", 6, "2026-04-01", ""),
    (FIRST + 4, "VI", 2, "2020-09-01", ""),
    (FIRST + 4, "HI", 2, "2020-09-01", ""),
]
DATES = ("2025-09-01", "2026-09-01")
MOST = 60


@pytest.fixture
def releases(tmp_path):
    """The tables of schools and of clusters that were published at both dates."""
    scenario = write_street(tmp_path, "psppspps", "WWWWEEEE", "T..TT..T")
    lines = [",".join(map(str, row)) for row in ROWS]
    (tmp_path / "srp.csv").write_text("\n".join(["urn,need,places,opens,closes", *lines]) + "\n")
    text = scenario.read_text().replace("[schools]", '[schools]\nsrp = "srp.csv"')
    found = {}
    for day in DATES:
        scenario.write_text(text.replace('as_at = "2025-09-01"', f'as_at = "{day}"'))
        words = ["propose", scenario, "--set", "solve.work=2000", "--out", tmp_path / day]
        done = CliRunner().invoke(main, [str(word) for word in words])
        assert done.exit_code == 0, done.output
        found[day] = (
            pd.read_csv(tmp_path / day / "clusters.csv").set_index("urn"),
            pd.read_excel(tmp_path / day / "plan.xlsx", sheet_name=None, header=None),
        )
    return found


def in_force(day):
    return [k for k, row in enumerate(ROWS) if row[3] <= day and (not row[4] or row[4] >= day)]


def possible(releases, cell):
    """Return the least and the largest value of a cell by all that was published."""
    ends = []
    for sense in (pulp.LpMinimize, pulp.LpMaximize):
        problem = pulp.LpProblem("attack", sense)
        places = [
            problem.add_variable(f"x{k}", lowBound=0, upBound=MOST, cat=pulp.LpInteger)
            for k in range(len(ROWS))
        ]
        problem.setObjective(pulp.LpAffineExpression([(places[cell], 1)]))
        for day, (schools, _) in releases.items():
            for urn in {row[0] for row in ROWS}:
                shown = schools.loc[urn, "srp_places"]
                mine = [places[k] for k in in_force(day) if ROWS[k][0] == urn]
                if not pd.isna(shown) and mine:
                    problem += pulp.lpSum(mine) == int(shown)
        assert problem.solve(pulp.HiGHS(msg=False)) == pulp.LpStatusOptimal
        ends.append(round(pulp.value(problem.objective)))
    return ends


def test_no_small_number_is_known_to_within_two(releases):
    """While those that need not be withheld are known."""
    for cell, row in enumerate(ROWS):
        least, largest = possible(releases, cell)
        if row[2] < 5:
            assert largest - least >= 2, row
    assert possible(releases, 4) == [8, 8]
    assert possible(releases, 5) == [6, 6]


def test_no_notice_tells_a_sum_with_a_small_part(releases, tmp_path):
    """Nor does any page: of 4 and 20 places nobody reads 24."""
    for day in DATES:
        report = (tmp_path / day / "report.html").read_text(encoding="utf-8")
        assert "24 places" not in report
        assert "15 places" not in report
    assert "a withheld number of places" in (tmp_path / DATES[0] / "report.html").read_text()


def test_the_large_part_alone_is_shown(releases):
    """At a date when only it is in force; with a small one beside it the sum is withheld."""
    first, second = (releases[day][0]["srp_places"] for day in DATES)
    assert first[FIRST + 1] == 12
    assert pd.isna(second[FIRST + 1])
    assert pd.isna(first[FIRST])
    assert pd.isna(second[FIRST])
    assert pd.isna(first[FIRST + 4])
    assert (first[FIRST + 2], second[FIRST + 2]) == (8, 14)
