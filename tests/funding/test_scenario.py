"""A pot in a scenario: refused with one message, found in every output, and balanced."""

from __future__ import annotations

import csv
import json
from decimal import Decimal

import openpyxl
import pytest

from cluster_geo.funding import school_parts
from cluster_geo.scenario import load_county, read_scenario, rulebook_of
from cluster_geo.scenario.funding import pot_of
from tests.cli.street import FIRST, write_street
from tests.funding.street import POT, run, write_pot


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_parts_in_the_file_add_up_to_the_pot(folder):
    """To the penny, with what zones and the county hold."""
    rows = rows_of(folder[0] / "out" / "funding.csv")
    parts = [r for r in rows if r["kind"] in ("term", "protection", "contingency", "reserve")]
    assert sum(Decimal(row["pounds"]) for row in parts) == Decimal(45000000)
    shares = {r["code"]: Decimal(r["pounds"]) for r in rows if r["kind"] == "share"}
    for code, share in shares.items():
        own = [r for r in parts if r["code"] == code and r["level"] == "cluster"]
        assert sum(Decimal(row["pounds"]) for row in own) == share
    assert {r["level"] for r in rows} == {"cluster", "zone", "county"}


def test_the_sheet_and_the_page_have_the_same_shares(folder):
    """And the page calls them illustrative."""
    rows = [r for r in rows_of(folder[0] / "out" / "funding.csv") if r["kind"] == "share"]
    sheet = openpyxl.load_workbook(folder[0] / "out" / "plan.xlsx")["Funding"]
    cells = {row[0]: row for row in sheet.iter_rows(values_only=True)}
    page = (folder[0] / "out" / "report.html").read_text(encoding="utf-8")
    for row in rows:
        assert float(row["pounds"]) in cells[row["code"]]
        assert f"{Decimal(row['pounds']):,.2f}" in page
    assert "Illustrative: these shares" in page
    assert "How your cluster's share was worked out" in page


def test_two_plans_have_gainers_and_losers(folder):
    """By cluster, in pounds, in words and in a file."""
    assert (
        "Locality resource (illustrative): 1 cluster of both plans would have more and"
        in " ".join(folder[1].split())
    )
    rows = rows_of(folder[0] / "compared" / "funding_compared.csv")
    assert sum(Decimal(row["change"]) for row in rows) == 0


def test_the_record_repeats_the_pot(folder):
    """Its sum as text, so that no penny is lost."""
    record = json.loads((folder[0] / "out" / "run.json").read_bytes())
    assert record["scenario"]["funding"]["locality"]["amount"] == "45000000.00"
    [last] = [s for s in record["inputs"] if s["role"] == "funding locality"]
    assert last["sha256"].startswith("hmac-sha256:") or not last["sha256"]


BAD = """
[funding.one]
amount = -5
[funding.two]
amount = "10.00"
contingency = 5
largest_loss = 3
[funding.two.terms.a]
column = "pupills"
share = 40
[funding.two.terms.b]
column = "schools"
share = 40
only = "heads"
[funding.three]
amount = 7
[funding.three.terms.a]
column = "schools"
[funding.three.terms.b]
column = "clusters"
rate = 2
low = 3
"""


def test_bad_settings_are_one_message(tmp_path):
    """Negative money alone, for pydantic finds it first; then what does not go together."""
    scenario = write_street(tmp_path, "psppspps")
    text = scenario.read_text()
    scenario.write_text(text + BAD)
    assert "-5 cannot be used: it is below 0" in run("check", scenario, code=2)
    scenario.write_text(text + BAD.replace("-5", "0"))
    message = " ".join(run("check", scenario, code=2).split())
    for words in (
        "there is no money in it",
        "its formula has no term",
        "no zones are named that hold it",
        "there is no money of last year",
        "it cannot count 'pupills'. Did you mean 'pupils'?",
        "schools cannot be chosen by 'heads'",
        "only needs low or high",
        "low and high need only",
        "the shares of its terms add up to 80, not to 100",
        "it needs either a share or a rate",
    ):
        assert words in message, words


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("largest_loss = 5", "floor_per_pupil = 3"), ""),
        (('column = "places"', 'column = "ehcp"'), "no school has any 'ehcp' that counts"),
        (("largest_loss = 5", "largest_loss = 0"), "it would take at least £43,228,000.00"),
        (("largest_loss = 5", "largest_gain = 1"), "it would allow at most £43,660,280.00"),
    ],
)
def test_a_formula_that_cannot_work_is_refused_before_the_search(tmp_path, change, words):
    """What no plan could change is found while the files are read."""
    text = POT.replace("reserve = 2.5", "reserve = 4" if "loss = 0" in change[1] else "reserve = 0")
    scenario = write_pot(tmp_path, text.replace(*change))
    message = " ".join(run("check", scenario, code=2 if words else 0).split())
    assert words in message


def test_a_figure_below_nothing_is_refused(tmp_path):
    """It would take money from a cluster."""
    scenario = write_pot(tmp_path, figures=[-3, *range(1, 8)])
    assert "is below 0 for School 1 (100001)" in " ".join(run("check", scenario, code=2).split())


def test_a_plan_can_be_asked_for_even_money(tmp_path):
    """A balance weighs each school's part of the terms that no plan changes."""
    text = POT + '[balance.money]\ncolumn = "funding_locality"\nweight = 0.001\n'
    asked = read_scenario(write_pot(tmp_path, text))
    county = load_county(asked)
    book = rulebook_of(county, asked)
    rule = next(rule for rule in book.rules if rule.name == "balance.money")
    parts = school_parts(pot_of("locality", asked.funding["locality"]), county)
    # 45 million less 3.5 % and the lump sums of 30 %, by places: 20 of 188.
    assert parts.loc[FIRST] == pytest.approx(45_000_000 * 0.965 * 0.7 * 20 / 188)
    assert rule.excess[FIRST] == pytest.approx(parts.loc[FIRST] - parts.mean())
    assert "GBP below its share" in rule.judge(book.cluster([FIRST, FIRST + 1])).words
