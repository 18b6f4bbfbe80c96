"""What the public sees of a planner's small counts: nothing, in no file, by no sum."""

from __future__ import annotations

import csv
import json
from dataclasses import replace

import pandas as pd
import pytest

from cluster_geo.export import write_comparison, write_outputs
from cluster_geo.measures import equality, equality_of_all
from cluster_geo.publish import Publication
from cluster_geo.scenario import Brief
from cluster_geo.tables.schools import school_table
from tests.outputs import make_result
from tests.privacy.attack import differing, numbers_of, telling
from tests.privacy.town import (
    COLUMNS,
    COUNTS,
    GROUPS,
    INTERNAL,
    ONE,
    OTHER,
    PAIRS,
    PAIRS_EARLIER,
    PUBLIC,
    URNS,
    Town,
    blank,
    whole_table,
)

Pair = tuple[float, float]
# Twenty per cent of twenty pupils are four: neither figure is small, what they say together is.
CLASS = 20.0


def with_small(columns, pair: Pair) -> dict[tuple[int, str], float]:
    """The table in which these columns are small at the two schools; a share is of a class."""
    cells = whole_table()
    for column in columns:
        for place, count in zip((ONE, OTHER), pair, strict=True):
            if column == "fsm_pct":
                cells[place, "fsm_pct"] = 100 * count / CLASS
                cells[place, "pupils"] = CLASS
            else:
                cells[place, column] = count
    return cells


def even(cells, column: str, base: str) -> dict[tuple[int, str], float]:
    """The same table with one large count set so that the county's rate is a whole number.

    Scores are then exact, and equal sums give equal scores to the last digit.
    """
    rate = 1.0 if base != "schools" else 30.0 if column == "fsm_pct" else 400_000.0
    whole = rate * (12 if base == "schools" else sum(cells[k, base] for k in range(12)))
    rest = sum(cells[k, column] for k in range(11))
    return dict(cells) | {(11, column): whole - rest}


def written(town: Town, folder, audience: Brief = PUBLIC):
    """Every file of a run and of a comparison with the plan before."""
    write_outputs(folder / "run", town.published(audience))
    write_comparison(folder / "pair", town.comparison(audience))
    return folder


@pytest.fixture(scope="module")
def inside(tmp_path_factory):
    """What the authority itself sees: every column small."""
    folder = tmp_path_factory.mktemp("inside")
    return written(Town.read(folder, with_small(COUNTS, (3, 4))), folder / "out", INTERNAL)


def test_a_stranger_finds_nothing_where_nothing_is_small(tmp_path):
    """The attack does not take the outputs' other numbers for what tells a small count."""
    assert telling(written(Town.read(tmp_path, whole_table()), tmp_path / "out")) == set()


def test_a_stranger_would_find_the_counts_in_what_is_for_the_authority(inside):
    """The attack sees what is there to be seen: the sums of every column, in every kind of file."""
    found = telling(inside)
    kinds = {"csv", "html", "json", "geojson", "gpkg", "xlsx"}
    assert {name.rpartition(".")[2] for name, _ in found} == kinds
    assert {13_003.0, 208_004.0} <= {number for _, number in found}


# Of each column another school, of another cluster; places and pupils on roll in two districts.
HIDDEN = {"pupils": 0, "ehcp": 3, "srp_places": 4, "sen_support": 7, "srp_on_roll": 8}


@pytest.fixture(scope="module")
def spread(tmp_path_factory):
    """Each column is small at another school, of another cluster, and all that is written of it.

    What withholds one column's totals does not withhold another's.
    """
    folder, cells = tmp_path_factory.mktemp("spread"), whole_table()
    for column, place in HIDDEN.items():
        cells[place, column] = 1.0 + place % 4
    town = Town.read(folder, cells, groups=PAIRS, earlier=PAIRS_EARLIER)
    return town, written(town, folder / "out")


def test_no_number_tells_a_small_count(spread):
    """Of no column a total over a cluster, a zone, a need, the plan or the movers."""
    town, out = spread
    assert set(town.schools.small) == {*COUNTS, "fsm_pct"}
    assert telling(out) == set()
    shown = numbers_of(out)
    for code, places in PAIRS.items():
        told = town.published().clusters.loc[code]
        for column in ("pupils", "ehcp", "sen_support", "srp_places"):
            whole, hidden = sums(places, column), HIDDEN[column] in places
            assert pd.isna(told[column]) if hidden else told[column] == whole, (code, column)
            assert hidden or shown["run/report.html"][whole] > 0


def sums(places, column) -> float:
    """The sum of a column of the whole table over some schools."""
    return sum(whole_table()[place, column] for place in places)


def test_no_total_is_of_what_is_left(spread):
    """A total without its small part is no total: it is in no file, of no group of schools."""
    shown = {number for found in numbers_of(spread[1]).values() for number in found}
    movers = [1, 3, 5, 7, 9, 11]
    for column, hidden in HIDDEN.items():
        zone = range(6) if hidden < 6 else range(6, 12)
        for group in (zone, range(12), movers):
            if hidden in group:
                assert sums(set(group) - {hidden}, column) not in shown, (column, group)
        if column.startswith("srp"):
            left = set(zone) - {hidden}
            assert sums(left, "srp_places") - sums(left, "srp_on_roll") not in shown, column


# Each two tables differ in small counts alone. Their sums are the same, and the clusters of the
# two schools lie to the same side of their share, so that even the whole score is the same.
BALANCES = {
    "a withheld column": (COUNTS, ("ehcp", "schools")),
    "a withheld base": (("pupils",), ("ehcp", "pupils")),
    "a withheld share": (("fsm_pct",), ("fsm_pct", "schools")),
}


@pytest.mark.parametrize("balance", BALANCES)
def test_outputs_do_not_change_with_what_is_withheld(tmp_path, balance):
    """A priced balance of it included: the same bytes in every file, whatever the counts are."""
    columns, of = BALANCES[balance]
    column_itself = of[0] == columns[0] or len(columns) > 1
    folders, insiders = [], []
    for k, pair in enumerate(((1.0, 4.0), (4.0, 1.0))):
        town = Town.read(tmp_path, even(with_small(columns, pair), *of), balance=of, price=0.25)
        assert {URNS[ONE], URNS[OTHER]} <= set(town.schools.small[columns[0]])
        folders.append(tmp_path / f"public-{k}")
        write_outputs(folders[k] / "run", town.published())
        if column_itself:
            write_comparison(folders[k] / "pair", town.comparison())
        insiders.append(town.audit)
    assert differing(*folders) == []
    # The clusters' own scores do change: there is something to be told.
    assert insiders[0].cost == insiders[1].cost
    for code in ("ONE-01", "TWO-02"):
        assert len({audit.by_cluster.loc[code, "price"] for audit in insiders}) == 2


def test_outputs_do_not_change_with_a_sum_of_what_is_withheld(tmp_path):
    """Nor where the sums differ, and a balance is shown that adds nothing to the score."""
    folders = []
    for k, pair in enumerate(((0.0, 1.0), (4.0, 3.0))):
        cells = with_small(COLUMNS, pair)
        town = Town.read(tmp_path, cells, balance=("sen_support", "schools"))
        folders.append(written(town, tmp_path / f"public-{k}"))
    assert differing(*folders) == []


@pytest.mark.parametrize("searched", [True, False])
def test_no_score_rests_on_withheld_counts(tmp_path, searched):
    """Where a balance has a price, the whole score changes with them, and no file does.

    Neither after a search, whose bound and course are of the whole score, nor for a plan by hand
    beside such a search.
    """
    folders, scores = [], []
    for k, pair in enumerate(((0.0, 0.0), (4.0, 4.0))):
        cells = with_small(["ehcp"], pair)
        town = Town.read(tmp_path, cells, balance=("ehcp", "schools"), price=0.25)
        folders.append(tmp_path / f"public-{k}")
        cost = town.audit.cost
        # How much work it took, and which clusters it met, depend on every count too.
        result = replace(make_result(town.plan(), cost), work=10 + k, timed=False, known=((k,),))
        more = {"result": result} if searched else {"floor": 0.99 * cost}
        published = Publication(
            town.disclosed(PUBLIC),
            town.plan(),
            rulebook=town.rulebook,
            audit=town.audit,
            **more,
        )
        write_outputs(folders[k], published)
        scores.append(cost)
        if searched:
            assert published.gap == 0.01
            assert "By all rules it could improve by at most 1.0 %" in published.certainty
            assert published.left_out in published.certainty
        assert "Left out, since counts below 5 are withheld: balance.even." in published.left_out
    assert scores[0] != scores[1]
    assert differing(*folders) == []
    record = json.loads((folders[0] / "run.json").read_text(encoding="utf-8"))
    assert record["bound"] is None
    assert (record["trace"], record["work"] or 0) == ([], 0)
    assert record["cost"] not in scores


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("audience", [PUBLIC, INTERNAL])
def test_a_blank_is_where_a_small_count_was_and_nowhere_else(tmp_path, column, audience):
    """Every figure from 5 is shown, every one below it is not; insiders see them all."""
    cells = with_small([column], (4.0, 5.0))
    public = Town.read(tmp_path, cells).published(audience)
    table = school_table(public.county, public.plan).set_index("urn")
    hidden = {(ONE, column)}
    if column == "pupils":
        # A share of four or five pupils is of fewer than five.
        hidden |= {(ONE, "fsm_pct"), (OTHER, "fsm_pct")}
    if audience is INTERNAL:
        hidden = set()
    for place, urn in enumerate(URNS):
        for name in COLUMNS:
            figure = table.loc[urn, name]
            if (place, name) in hidden:
                assert pd.isna(figure)
            else:
                assert figure == pytest.approx(cells[place, name], abs=0.001)


def test_a_withheld_mover_withholds_the_movers_total(tmp_path):
    """One of the schools that move has a small count: how many move in all is not told."""
    town = Town.read(tmp_path, with_small(["ehcp"], (3.0, 60_000.0)))
    found = town.comparison()
    assert {URNS[ONE], URNS[OTHER], URNS[8]} == set(found.moves.index)
    assert found.touched[["ehcp"]].isna().all()
    assert found.touched["pupils"] == 1000 * (2 + 32 + 256)
    assert found.measures.loc["ehcp"].isna().all()
    inside = town.comparison(INTERNAL)
    assert inside.touched["ehcp"] == 3 + 60_000 + 256_000
    write_comparison(tmp_path / "out", found)
    with (tmp_path / "out" / "moves.csv").open(encoding="utf-8-sig", newline="") as stream:
        told = {int(row["urn"]): row["ehcp"] for row in csv.DictReader(stream)}
    assert told == {URNS[ONE]: "", URNS[OTHER]: "60000", URNS[8]: "256000"}


def test_a_mover_that_only_one_plan_has_is_withheld_in_the_other(tmp_path):
    """The first plan lacks the school: its count is in no total of what both plans hold."""
    before = GROUPS | {"ONE-01": (0, 2, 3)}
    cells = with_small(["sen_support"], (3.0, 60_000.0))
    found = Town.read(tmp_path, cells, earlier=before).comparison()
    row = found.measures.loc["sen_support"]
    assert row["before"] == row["after"] == 1000 * (4095 - 2 - 32) + 60_000
    assert row["change"] == 0.0
    assert found.touched[["sen_support"]].isna().all()
    assert found.clusters.loc["ONE-01", "sen_support_before"] == 13_000
    assert found.clusters.loc[["ONE-01"], "sen_support_after"].isna().all()


def test_shares_of_a_cluster_with_a_small_part_are_withheld(tmp_path):
    """Of the pupils, of those with a plan, of those eligible for meals: each with its own parts."""
    names = {"ehcp": "ehcp_pct", "sen_support": "sen_support_pct", "fsm_pct": "fsm_pct"}
    for column in ("ehcp", "sen_support", "fsm_pct", "pupils"):
        town = Town.read(tmp_path, with_small([column], (3.0, 4.0)))
        county = town.published().county
        table, whole = equality(town.plan(), county), equality_of_all(town.plan(), county)
        for own, share in names.items():
            hidden = column in {own, "pupils"}
            assert table[share].isna().tolist() == [hidden, hidden, False], (column, share)
            assert pd.isna(whole[share]) == hidden


def test_a_column_that_a_file_lacks_withholds_nothing(tmp_path):
    """What nobody tells is not known, and is no secret."""
    town = Town.read(tmp_path, blank(whole_table(), "ehcp", "srp_on_roll"))
    assert town.schools.small == {}
    assert town.published().county is town.county
