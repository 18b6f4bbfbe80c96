"""Settings of `columns.NAME`: a planner's own figures, wherever a built-in one is shown."""

from __future__ import annotations

import io
from pathlib import Path

import pandas as pd
import pytest

from cluster_geo.measures import measures
from cluster_geo.plan import Cluster, Plan
from tests.scenario.effects.paper import outputs, record
from tests.scenario.effects.table import sets
from tests.scenario.effects.town import AT, Town, urn, urns

MONEY = {1: 900, 2: 800, 3: 150, 4: 90, 5: 120, 6: 180, 7: 70, 8: 2}
OTHER = {k: 1000 + value for k, value in MONEY.items()}


def figures(town: Town) -> Path:
    """A file with the URN, two columns of figures and one that no setting names."""
    rows = [f"{urn(k)},{MONEY[k]},{OTHER[k]},private" for k in AT]
    return town.file("own.csv", "URN,money,Other sum,notes", *rows)


def asked(town: Town, **more: object) -> dict[str, object]:
    """Settings of a public column of pounds, but for these."""
    known = {"file": figures(town), "audience": "public", "counts_pupils": "false"} | more
    return {f"columns__money__{name}": value for name, value in known.items()}


def shown(town: Town, **settings: object) -> dict[int, float]:
    """The figures in clusters.csv, by URN."""
    table = pd.read_csv(io.StringIO(outputs(town, **settings)["clusters.csv"])).set_index("urn")
    return {int(str(k)): float(x) for k, x in table["money"].dropna().items()}


@sets("columns.*.file")
def file(town: Town) -> None:
    """Its figures are in the table of schools, and can be balanced like any other."""
    assert shown(town, **asked(town)) == {urn(k): MONEY[k] for k in AT}
    assert "money" not in outputs(town)["clusters.csv"].splitlines()[0]
    balance = {"balance__even__column": "money"}
    found = town.verdict("balance.even", 1, 2, **asked(town), **balance)
    assert found.count == pytest.approx(MONEY[1] + MONEY[2] - 2 * sum(MONEY.values()) / 8)


@sets("columns.*.column")
def column(town: Town) -> None:
    """It is the column of that heading, which is what readers see."""
    settings = asked(town, column="other sum")
    assert shown(town, **settings) == {urn(k): OTHER[k] for k in AT}
    assert "Other sum" in outputs(town, **settings)["report.html"]


@sets("columns.*.unit")
def unit(town: Town) -> None:
    """The unit stands in the heading."""
    assert "Money, GBP" in outputs(town, **asked(town, unit="GBP"))["report.html"]
    assert "Money, GBP" not in outputs(town, **asked(town))["report.html"]


@sets("columns.*.meaning")
def meaning(town: Town) -> None:
    """What it is stands beside its figures, and in the schema for other programs."""
    texts = outputs(town, **asked(town, meaning="What the forum gave"))
    for name in ("report.html", "clusters.schema.json"):
        assert "What the forum gave" in texts[name]
        assert "What the forum gave" not in outputs(town, **asked(town))[name]


@sets("columns.*.kind")
def kind(town: Town) -> None:
    """An amount adds up over a cluster, a rate is the mean by pupils."""
    plan = Plan.of(
        Cluster(urns(*places), urn(places[0])) for places in ((1, 2, 5, 6), (3, 4, 7, 8))
    )
    areas = {
        name: measures(plan, town.county(**asked(town, kind=name)))["money"].tolist()
        for name in ("amount", "rate")
    }
    assert areas["amount"] == [2000.0, 312.0]
    west = 900 * 100 + 800 * 800 + 120 * 120 + 180 * 180
    assert areas["rate"][0] == pytest.approx(west / (100 + 800 + 120 + 180))


@sets("columns.*.audience")
def audience(town: Town) -> None:
    """What is internal is in no output for the public, and in those for the authority."""
    assert shown(town, **asked(town, audience="public")) == {urn(k): MONEY[k] for k in AT}
    inside = asked(town, audience="internal", meaning="Not for the public")
    texts = outputs(town, **inside)
    assert "money" not in texts["clusters.csv"].splitlines()[0]
    assert "Not for the public" not in texts["report.html"]
    whole = shown(town, plan__audience="internal", **inside)
    assert whole == {urn(k): MONEY[k] for k in AT}
    [source] = [s for s in record(town, **inside)["inputs"] if s["role"] == "column money"]
    assert source["sha256"].startswith("hmac-sha256:") or source["sha256"] == ""


@sets("columns.*.counts_pupils")
def counts_pupils(town: Town) -> None:
    """Figures of fewer than five pupils are withheld, and every total they are part of."""
    counted = asked(town, counts_pupils="true")
    assert shown(town, **counted) == {urn(k): MONEY[k] for k in AT if k != 8}
    assert shown(town, **asked(town))[urn(8)] == 2
    texts = outputs(town, **counted)
    assert "2,000" in texts["map.html"]
    assert "312" not in texts["map.html"]
    assert "312" in outputs(town, **asked(town))["map.html"]
