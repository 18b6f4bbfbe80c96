"""The street of eight schools as a planner's files, with a pot of money."""

from __future__ import annotations

import csv

from click.testing import CliRunner

from cluster_geo.cli import main
from tests.cli.street import FIRST, write_street

POT = """
[funding.locality]
amount = "45,000,000.00"
title = "Locality resource"
audience = "public"
reserve = 2.5
contingency = 1
zones = "district"
last_year = "last.csv"
largest_loss = 5
[funding.locality.terms.lump]
column = "clusters"
share = 30
[funding.locality.terms.places]
column = "places"
share = 70
[columns.places]
file = "own.csv"
audience = "public"
counts_pupils = false
"""


def write_pot(folder, text=POT, figures=range(20, 28), last=None):
    """The street of eight schools with a pot, a column of its own and money of last year."""
    scenario = write_street(folder, "psppspps", "WWWWEEEE")
    head, *schools = (folder / "schools.csv").read_text().splitlines()
    lines = [f"{head},pupils", *(f"{line},{200 + 30 * k}" for k, line in enumerate(schools))]
    (folder / "schools.csv").write_text("\n".join([*lines, ""]))
    rows = [(FIRST + k, figure) for k, figure in enumerate(figures)]
    with (folder / "own.csv").open("w", newline="") as file:
        csv.writer(file).writerows([("urn", "places"), *rows])
    with (folder / "last.csv").open("w", newline="") as file:
        sums = last or [5_400_000 + 1000 * k for k in range(8)]
        csv.writer(file).writerows(
            [("urn", "pounds"), *zip(range(FIRST, FIRST + 8), sums, strict=True)]
        )
    scenario.write_text(scenario.read_text() + text)
    return scenario


def run(*words, code=0):
    done = CliRunner().invoke(main, [str(word) for word in words])
    assert done.exit_code == code, done.output
    return done.output
