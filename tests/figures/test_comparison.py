"""Every figure of a comparison, in its files and on its page, the first plan and the second."""

from __future__ import annotations

import json
import math
from decimal import Decimal

import pytest

from cluster_geo.compare import comparison_sentences, measure_titles
from cluster_geo.maps import pair_page
from tests.figures.cells import read_csv, same
from tests.figures.county import (
    LACKED_BEFORE,
    NAMES,
    OTHER,
    PLAN,
    URNS,
    WEIGHTS,
    urns,
)
from tests.figures.pages import Page
from tests.figures.said import MINUS, RULES, SIZE, numbers, tenth, whole
from tests.figures.sums import total

BEFORE = {code: urns(*set(places).difference(LACKED_BEFORE)) for code, places in PLAN.items()}
# The second plan's clusters by the codes of the first that they go by, and their own.
AFTER = {"ALD-01": "one", "BEX-02": "two", "CRA-05": "three", "DUN-08": "five", "four": "four"}
AFTER_OF = {code: urns(*OTHER[own]) for code, own in AFTER.items()}
NONE = "\u2013"
TITLES = {"CRA-05": "CRA-05", "four": "four"} | NAMES
SIDES = (("before", BEFORE), ("after", AFTER_OF))
MEASURES = (
    *("clusters", "schools", "smallest", "largest", "travel", "travel_mean", "travel_worst", "km"),
    *("km_mean", "km_worst", "srps", "without_srp", "trust_pieces", "trust_pieces_beyond"),
    *("pupils", "ehcp", "sen_support"),
)


@pytest.fixture(scope="module")
def page(minutes):
    return Page.of(pair_page(minutes.comparison))


def places(side) -> dict[int, str]:
    return {urn: code for code, members in side.items() for urn in members}


def moves(figures) -> list[dict[str, object]]:
    """What each file says of each school that moves, joins or leaves, in order."""
    old, new, found = places(BEFORE), places(AFTER_OF), []
    for urn in URNS:
        if old.get(urn) == new.get(urn):
            continue
        row, change = figures.sums.rows[urn], "moves"
        if urn not in old or urn not in new:
            change = f"only in the {'second' if urn in new else 'first'} plan"
        found.append(
            {
                "urn": urn, "name": row.name, "phase": row.phase,
                "district": f"{'Westmere' if row.district == 'W' else 'Eastholt'} Borough",
                "trust": f"Trust {row.trust}" if row.trust else "",
                "srp": "no" if row.needs is None else "yes", "pupils": row.pupils,
                "ehcp": row.ehcp, "sen_support": row.sen_support, "change": change,
                "from_cluster": old.get(urn, ""), "from_name": TITLES.get(old.get(urn), ""),
                "to_cluster": new.get(urn, ""), "to_name": TITLES.get(new.get(urn), ""),
            }
            | {
                f"travel_{when}_minutes": None
                if urn not in (at := places(side))
                else figures.sums.trip(urn, figures.sums.hub(side[at[urn]]))
                for when, side in SIDES
            }
        )  # fmt: skip
    return sorted(found, key=lambda move: (move["from_cluster"], move["to_cluster"], move["urn"]))


def clusters(figures) -> list[dict[str, object]]:
    """What each file says of each cluster of either plan."""
    changes = {"DUN-08": "unchanged", "four": "new"}
    found = []
    for code, own in AFTER.items():
        old, new = set(BEFORE.get(code, ())), set(AFTER_OF[code])
        row: dict[str, object] = {
            "cluster": code, "name": TITLES[code], "code_after": own,
            "name_after": "Old Bexwell" if code == "BEX-02" else "",
            "change": changes.get(code, "changed"), "stay": len(old & new),
            "leave": len(old - new), "join": len(new - old),
        }  # fmt: skip
        for when, side in SIDES:
            told = figures.sums.measures(side[code]) if code in side else {}
            hub = figures.sums.rows[figures.sums.hub(side[code])].name if told else ""
            row |= {f"hub_{when}": hub} | {
                f"{name}_{when}": told.get(name)
                for name in (
                    *("schools", "primaries", "secondaries", "srps", "trusts", "pupils", "ehcp"),
                    *("sen_support", "travel_mean", "travel_worst"),
                )
            }
        found.append(row)
    return found


def shared(side) -> list[tuple[int, ...]]:
    """The clusters of a side without the schools that the other does not hold."""
    both = places(BEFORE).keys() & places(AFTER_OF).keys()
    kept = [tuple(urn for urn in members if urn in both) for members in side.values()]
    return [members for members in kept if members]


def measures(figures) -> dict[str, tuple[float, float]]:
    """Each measure of the first plan and of the second, over the schools of both."""
    both = [figures.sums.totals(shared(side), 8) for _, side in SIDES]
    return {name: (both[0][name], both[1][name]) for name in MEASURES}


def whole_scores(figures) -> list[float]:
    """The scores of the plans with all schools that each of them holds."""
    return [
        math.fsum(sum(figures.sums.scores(members, WEIGHTS).values()) for members in side.values())
        for _, side in SIDES
    ]


def scores(figures) -> dict[str, tuple[float, float]]:
    """What each rule adds to the score of the first plan and of the second, of common schools."""
    both = [
        [figures.sums.scores(members, WEIGHTS) for members in shared(side)] for _, side in SIDES
    ]
    return {r: tuple(math.fsum(row[r] for row in side) for side in both) for r in RULES}


def trusts(figures) -> list[tuple[object, ...]]:
    """Schools, movers and clusters, before and after, of each trust that is touched."""
    gone, found = {move["urn"] for move in moves(figures)}, []
    for trust in sorted({row.trust for row in figures.sums.rows.values()} - {""}):
        own = {urn for urn, row in figures.sums.rows.items() if row.trust == trust}
        if own & gone:
            pieces = [sum(bool(own & set(m)) for m in side.values()) for _, side in SIDES]
            counts = (len(own), len(own & gone), *pieces)
            found.append((trust, f"Trust {trust}", *counts, pieces[1] - pieces[0]))
    return found


def test_the_moves(minutes, compared):
    """Each school's own figures, and its journey before and after."""
    found, expected = read_csv(compared / "moves.csv"), moves(minutes)
    assert len(found) == len(expected)
    for row, told in zip(found, expected, strict=True):
        assert set(row) == set(told)
        assert {
            name: (row[name], cell) for name, cell in told.items() if not same(row[name], cell)
        } == {}


def test_the_clusters(minutes, compared):
    """Each cluster's figures in the first plan and in the second."""
    found, expected = read_csv(compared / "clusters_compared.csv"), clusters(minutes)
    assert len(found) == len(expected)
    for row, told in zip(found, expected, strict=True):
        assert set(row) == set(told)
        assert {
            name: (row[name], cell) for name, cell in told.items() if not same(row[name], cell)
        } == {}


def test_the_measures(minutes, compared):
    """Before, after, and the second less the first."""
    rows = {row["measure"]: row for row in read_csv(compared / "measures_compared.csv")}
    expected = measures(minutes)
    assert set(rows) == set(expected)
    for name, (old, new) in expected.items():
        told = [float(rows[name][column]) for column in ("before", "after", "change")]
        assert told[:2] == pytest.approx([old, new], abs=6e-4), name
        assert told[2] == pytest.approx(told[1] - told[0], abs=1e-9), name


def test_the_rules(minutes, compared):
    """What each rule adds to either score, how much of it there is, and the change."""
    rows = {row["rule"]: row for row in read_csv(compared / "rules_compared.csv")}
    weights = {"travel": 1.0, "balance.pupils": WEIGHTS["balance"]} | WEIGHTS
    for rule, (old, new) in scores(minutes).items():
        row = rows[rule]
        told = [float(row[f"score_{name}"]) for name in ("before", "after", "change")]
        assert told == pytest.approx([old, new, new - old], abs=6e-4)
        counts = [float(row[f"measure_{name}"]) for name in ("before", "after")]
        assert counts == pytest.approx([old / weights[rule], new / weights[rule]], abs=6e-4)
    size = rows["size"]
    assert (size["kept_before"], size["kept_after"]) == ("yes", "no")
    assert (size["clusters_before"], size["clusters_after"]) == ("0", "1")
    assert (rows["district"]["clusters_before"], rows["district"]["clusters_after"]) == ("3", "5")


def test_the_trusts(minutes, compared):
    """Schools, movers, and the clusters before and after."""
    found = [tuple(row.values()) for row in read_csv(compared / "trusts_compared.csv")]
    assert found == [tuple(map(str, row)) for row in trusts(minutes)]


def test_what_is_touched(minutes, compared):
    """Sums over the schools that move, join or leave, and nothing of those that stay."""
    gone = [minutes.sums.rows[move["urn"]] for move in moves(minutes)]
    record = json.loads((compared / "comparison.json").read_text(encoding="utf-8"))
    old, new = places(BEFORE), places(AFTER_OF)
    hubs = [{u: minutes.sums.hub(side[c]) for u, c in places(side).items()} for _, side in SIDES]
    assert record["touched"] == {
        "schools": len({*old, *new}), "moving": 6, "joining": 4, "leaving": 2,
        "new_hub": sum(hubs[0][urn] != hubs[1][urn] for urn in old.keys() & new.keys()),
        "trusts": len({row.trust for row in gone} - {""}),
        "srps": sum(row.needs is not None for row in gone),
        "pupils_unknown": sum(math.isnan(row.pupils) for row in gone),
        **{name: total(getattr(row, name) for row in gone) for name in ("pupils", "ehcp", "sen_support")},
    }  # fmt: skip
    common = [math.fsum(score[k] for score in scores(minutes).values()) for k in (0, 1)]
    assert record["common"]["scores"] == pytest.approx(common)
    assert record["common"]["schools"] == len(old.keys() & new.keys()) == 21
    assert record["common"]["only_first"] == sorted(old.keys() - new.keys())
    assert record["common"]["only_second"] == sorted(new.keys() - old.keys())
    assert record["common"]["comparable"] is False
    first, second = whole_scores(minutes)
    assert record["first"]["score"] == pytest.approx(first)
    assert record["second"]["score"] == pytest.approx(second)
    assert (record["first"]["clusters"], record["second"]["clusters"]) == (4, 5)
    assert (record["first"]["schools"], record["second"]["schools"]) == (23, 25)
    assert (record["first"]["title"], record["second"]["title"]) == ("first.csv", "second.csv")
    assert record["summary"] == comparison_sentences(minutes.comparison)


def test_the_sentences(minutes):
    """The first plan and the second each in its place, and more is called more."""
    gone = [minutes.sums.rows[move["urn"]] for move in moves(minutes)]
    pupils, ehcp, sen = (
        total(getattr(row, name) for row in gone) for name in ("pupils", "ehcp", "sen_support")
    )
    first, second = (math.fsum(score[k] for score in scores(minutes).values()) for k in (0, 1))
    moving, kept, affected, hubs, judged, scored, *broken = comparison_sentences(minutes.comparison)
    assert numbers(moving) == [6, 27, 2, 4]
    assert moving.index("first plan") < moving.index("second plan")
    assert numbers(kept) == [1, 4, 3, 1]
    assert numbers(affected) == [5, pupils, ehcp, sen, 3, 1]
    assert affected.index("EHCP") < affected.index("SEN support")
    assert numbers(hubs) == [8]
    assert "schools.csv" in judged
    change = round(round(second, 1) - round(first, 1), 1)
    assert numbers(scored) == pytest.approx([21, round(first, 1), round(second, 1), change])
    assert "more. That does not make either plan the better one" in scored
    assert [numbers(sentence) for sentence in broken] == [[1], [2]]


def signed(old: float, new: float, decimals: int) -> str:
    """The change between two figures as they are printed."""
    change = Decimal(f"{new:.{decimals}f}") - Decimal(f"{old:.{decimals}f}")
    return f"{change:+,.{decimals}f}".replace("-", MINUS)


def test_the_tables_of_the_page(minutes, page):
    """The same figures, each under its heading."""
    for row, move in zip(page.table("Table of schools that move"), moves(minutes), strict=True):
        school = minutes.sums.rows[move["urn"]]
        trips = [move[f"travel_{when}_minutes"] for when in ("before", "after")]
        assert (row["School"], row["URN"]) == (school.name, str(school.urn))
        assert row["Phase"] == school.phase + (", SRP" if school.needs is not None else "")
        assert row["Pupils"] == (NONE if math.isnan(school.pupils) else f"{school.pupils:,.0f}")
        assert row["To central school before, minutes"] == _cell(trips[0], tenth)
        assert row["After, minutes"] == _cell(trips[1], tenth)
        for heading, end in (("From", "from"), ("To", "to")):
            code, name = move[f"{end}_cluster"], move[f"{end}_name"]
            assert row[heading] == ((name if name == code else f"{name} {code}") or NONE)
    _, *rows = page.one("div", aria_label="Table of clusters").rows
    for cells, told in zip(rows, clusters(minutes), strict=True):
        assert cells[3:9] == [
            _cell(told[f"{name}_{when}"], tenth if name == "travel_worst" else whole)
            for name in ("schools", "srps", "travel_worst")
            for when in ("before", "after")
        ]
        assert cells[9] == (told["hub_before"] or NONE)
        same_hub = told["hub_before"] == told["hub_after"]
        assert cells[10] == ("the same" if same_hub else told["hub_after"])
        parts = [f"{told['stay']} schools stay"]
        parts += [f"{told['leave']} leave"] * bool(told["leave"])
        parts += [f"{told['join']} join{'s' * (told['join'] == 1)}"] * bool(told["join"])
        said = (
            told["change"]
            if told["change"] == "unchanged"
            else f"{told['change']}: {', '.join(parts)}"
        )
        assert cells[2] == said


def _cell(figure, form) -> str:
    return NONE if figure is None else form(figure)


def test_rules_measures_and_trusts_of_the_page(minutes, page):
    """Score and then, first plan and second, before and after."""
    rows = {row["Rule"]: row for row in page.table("Table of rules")}
    for rule, (old, new) in scores(minutes).items():
        row = rows[RULES[rule]]
        assert (row["Score"], row["then"], row["Change"]) == (
            tenth(old), tenth(new), signed(old, new, 1)
        )  # fmt: skip
    assert rows[SIZE]["First plan"] == "met"
    assert numbers(rows[SIZE]["Second plan"]) == [1]
    _, *body = page.one("div", aria_label="Table of measures").rows
    for cells, (name, (old, new)) in zip(body, measures(minutes).items(), strict=True):
        decimals = 1 if name.startswith(("travel", "km")) else 0
        assert cells[1:] == [
            f"{old:,.{decimals}f}",
            f"{new:,.{decimals}f}",
            signed(old, new, decimals),
        ]
    titles = dict(zip(MEASURES, (cells[0] for cells in body), strict=True))
    assert titles == measure_titles("minutes")
    for word, ending in (("mean", "_mean"), ("longest", "_worst")):
        told = [name for name in MEASURES if word in titles[name].lower()]
        assert told == [name for name in MEASURES if name.endswith(ending)]
    for name, title in titles.items():
        assert ("(minutes)" in title) == name.startswith("travel")
        assert ("(km)" in title) == name.startswith("km")
    _, *body = page.one("div", aria_label="Table of trusts").rows
    assert [tuple(cells) for cells in body] == [
        tuple(map(str, row[1:-1])) for row in trusts(minutes)
    ]
