"""The same from a planner's files to the folders that the commands write."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import openpyxl
import pytest

import cluster_geo as cg
from cluster_geo import pipeline
from cluster_geo.cli.show_comparison import show_comparison
from cluster_geo.cli.terminal import console
from cluster_geo.export.worth import write_worth
from cluster_geo.publish import WorthPublication
from cluster_geo.scenario import brief_of, read_scenario
from cluster_geo.verbs import explaining
from tests.cli.street import write_plan, write_street
from tests.figures.pages import Page
from tests.privacy.attack import bytes_of

BALANCES = """
[balance.plans]
column = "ehcp"
weight = 0.0
[balance.roll]
column = "pupils"
base = "ehcp"
weight = 0.0
"""


def write_files(folder: Path, first: int, second: int) -> Path:
    """Write a street of eight schools of which two have so many EHC plans; return its scenario."""
    scenario = write_street(folder, "psppspps", "WWWWEEEE", "T..TT..T")
    heads, *rows = (folder / "schools.csv").read_text(encoding="utf-8").splitlines()
    plans = [20, first, 31, 42, 17, second, 28, 39]
    told = [f"{row},{200 + 10 * k},{plans[k]}" for k, row in enumerate(rows)]
    table = "\n".join([f"{heads},pupils,ehcp", *told])
    (folder / "schools.csv").write_text(table + "\n", encoding="utf-8")
    scenario.write_text(scenario.read_text(encoding="utf-8") + BALANCES, encoding="utf-8")
    write_plan(folder / "a.csv", "12345", "678")
    write_plan(folder / "b.csv", "1345", "2678")
    return scenario


def judged_by(scenario: cg.Scenario, path: Path) -> cg.Proposal:
    """Return a plan of a file as a proposal."""
    county = cg.load_county(scenario)
    return cg.proposal_of(county, scenario, cg.read_plan(path, county))


def compared(folder: Path, capsys, audience: str, **counts: int) -> dict[str, object]:
    """What a comparison prints and writes."""
    asked = read_scenario(write_files(folder, **counts), {"plan.audience": audience})
    found = cg.compare(cg.load_county(asked), asked, folder / "a.csv", folder / "b.csv")
    pipeline.write_compared(found, folder / "pair")
    show_comparison(console(), found)
    return without_hash(folder, "pair") | {"printed": capsys.readouterr().out}


# The hash of the planner's own file, with a key that nobody else has.
KEYED = re.compile(rb"hmac-sha256:[0-9a-f]{8}:[0-9a-f]{64}")


def without_hash(folder: Path, name: str) -> dict[str, object]:
    """What a folder's files hold, but for the hash of the planner's own file."""
    own = hashlib.sha256((folder / "schools.csv").read_bytes()).hexdigest().encode()
    files = bytes_of(folder / name)
    return {file: KEYED.sub(b"", data.replace(own, b"")) for file, data in files.items()}


def test_nothing_printed_or_written_of_a_comparison_tells_a_small_count(tmp_path, capsys):
    """A balance of the column and one with it as its base; both are shown, and add nothing."""
    first = compared(tmp_path, capsys, "public", first=0, second=1)
    second = compared(tmp_path, capsys, "public", first=4, second=3)
    assert {name for name in first if first[name] != second[name]} == set()
    assert "Even shares: plans" in first["printed"]
    assert "nan" not in first["printed"].lower()


def test_all_of_it_is_told_the_authority(tmp_path, capsys):
    """For insiders the same files differ: they hold the counts."""
    first = compared(tmp_path, capsys, "internal", first=0, second=1)
    second = compared(tmp_path, capsys, "internal", first=4, second=3)
    differ = {name for name in first if first[name] != second[name]}
    assert {"moves.csv", "rules_compared.csv", "comparison.html", "printed"} <= differ


def test_nothing_written_of_a_plan_tells_a_small_count(tmp_path):
    """Of a plan read from a file, by a scenario for the public."""
    seen = []
    for first, second in ((0, 1), (4, 3)):
        asked = read_scenario(write_files(tmp_path, first, second))
        pipeline.write(judged_by(asked, tmp_path / "a.csv"), tmp_path / "run")
        book = openpyxl.load_workbook(tmp_path / "run" / "plan.xlsx")
        cells = [c.value for sheet in book for row in sheet.iter_rows() for c in row]
        found = without_hash(tmp_path, "run")
        seen.append(found | {"plan.xlsx": [c for c in cells if not KEYED.match(str(c).encode())]})
    assert {name for name in seen[0] if seen[0][name] != seen[1][name]} == set()


def priced(folder: Path, audience: str, **counts: int) -> dict[str, object]:
    """What `price --trusts` writes by a scenario with a priced balance of plans."""
    settings = {"plan.audience": audience, "balance.plans.weight": 1.0}
    asked = read_scenario(write_files(folder, **counts), settings)
    county = cg.load_county(asked)
    found = explaining.price(county, asked, time_limit=20, threads=1)
    trusts = explaining.price_trusts(county, asked, found.base.plan, time_limit=20, threads=1)
    notes = (explaining.about_left_out(county, asked),)
    published = WorthPublication(brief_of(asked), found, trusts, notes=notes)
    write_worth(folder / "price", published)
    return without_hash(folder, "price")


def test_nothing_written_of_prices_tells_a_small_count(tmp_path):
    """The page and the tables, of the rules and of each trust, are the same whatever it is."""
    first = priced(tmp_path, "public", first=0, second=1)
    second = priced(tmp_path, "public", first=4, second=3)
    assert set(first) == {"price.csv", "price.html", "trusts.csv"}
    assert {name for name in first if first[name] != second[name]} == set()
    assert "Left out, since counts below 5 are withheld" in first["price.html"].decode()
    insiders = [
        priced(tmp_path, "internal", first=a, second=b)["price.html"] for a, b in ((0, 1), (4, 3))
    ]
    assert insiders[0] != insiders[1]


def explained(folder: Path, audience: str, **counts: int) -> dict[str, object]:
    """What is written of why no plan keeps to the districts, by a priced balance of plans."""
    settings = {"plan.audience": audience, "balance.plans.weight": 1.0, "clusters.size": "5:8"}
    settings |= {"boundaries.district.rule": "hard", "solve.work": 20_000}
    asked = read_scenario(write_files(folder, **counts), settings)
    found = pipeline.seek(cg.load_county(asked), asked)
    pipeline.write_why_not(found, pipeline.why_not(found, threads=1), folder / "why")
    return without_hash(folder, "why")


def test_nothing_written_of_why_there_is_no_plan_tells_a_small_count(tmp_path):
    """A change is scored for a district's schools: what a balance charges them would tell."""
    first = explained(tmp_path, "public", first=0, second=1)
    second = explained(tmp_path, "public", first=4, second=3)
    assert {name for name in first if first[name] != second[name]} == set()
    words = "Left out, since counts below 5 are withheld: balance.plans, balance.roll."
    assert words in first["report.html"].decode()
    insiders = [
        explained(tmp_path, "internal", first=a, second=b)["report.html"].decode()
        for a, b in ((0, 1), (4, 3))
    ]
    assert insiders[0] != insiders[1]
    assert "Left out, since" not in insiders[0]


def of_prices(folder: Path, audience: str, **counts: int) -> tuple[cg.Scenario, cg.County]:
    """A scenario that weighs the balance of plans, and its county."""
    settings = {"plan.audience": audience, "balance.plans.weight": 1.0}
    asked = read_scenario(write_files(folder, **counts), settings)
    return asked, cg.load_county(asked)


def test_no_price_of_a_rule_tells_a_small_count(tmp_path):
    """Each search by other rules would be one more equation for the counts."""

    def priced(audience, first, second):
        asked, county = of_prices(tmp_path, audience, first=first, second=second)
        plan = cg.read_plan(tmp_path / "a.csv", county)
        return cg.price(county, asked, plan, time_limit=5, threads=1).table.round(6).to_csv()

    assert priced("public", 0, 1) == priced("public", 4, 3)
    assert priced("internal", 0, 1) != priced("internal", 4, 3)


@pytest.mark.parametrize(("audience", "weighed"), [("public", False), ("internal", True)])
def test_nor_does_a_price_of_a_trust(tmp_path, monkeypatch, audience, weighed):
    """The searches for one cluster fewer are by rules that the audience may see."""
    asked, county = of_prices(tmp_path, audience, first=0, second=1)
    given = []
    monkeypatch.setattr(explaining, "trusts_apart", lambda *these, **_: given.append(these[1]))
    cg.price_trusts(county, asked, cg.read_plan(tmp_path / "a.csv", county))
    assert ("balance.plans" in {rule.name for rule in given[0].rules}) == weighed


def test_what_is_withheld_of_a_rule_is_said_to_be(tmp_path):
    """The report and the page of a comparison have the rule, and no figure of it."""
    asked = read_scenario(write_files(tmp_path, 4, 3))
    judged = judged_by(asked, tmp_path / "a.csv")
    pipeline.write(judged, tmp_path / "run")
    page = Page.of((tmp_path / "run" / "report.html").read_text(encoding="utf-8"))
    rows = {row["Rule"]: list(row.values())[2] for row in page.table("Table of rules")}
    assert "withheld" in rows["Even shares: plans"]
    assert not any(sign.isdigit() for sign in rows["Even shares: roll"].replace("below 5", ""))
    public = judged.published.audit.by_rule
    assert public.loc["balance.plans", ["clusters", "count", "price"]].isna().all()
    assert judged.audit.by_rule.loc["balance.plans", "count"] == pytest.approx(
        sum(judged.audit.verdicts.query("rule == 'balance.plans'")["count"])
    )
