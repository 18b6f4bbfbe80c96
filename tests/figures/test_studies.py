"""Plans side by side, of a sweep or as options: their tables, their figure, what they agree on."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace

import pandas as pd
import pytest

from cluster_geo.alternatives import (
    Agreement,
    Option,
    Options,
    Sweep,
    Variation,
    differences,
    outcome_row,
)
from cluster_geo.audit import audit
from cluster_geo.export import write_options
from cluster_geo.maps.settled import settled_page
from cluster_geo.plan import Plan
from cluster_geo.publish import OptionsPublication
from cluster_geo.report import write_options_page, write_sweep_page
from cluster_geo.scenario import read_scenario
from tests.figures.cells import fitted, same
from tests.figures.county import NAMES, OTHER, PLAN, URNS, ZONES, Figures, make_result, urns
from tests.figures.drawn import facts_of, layers_of
from tests.figures.mapped import whole
from tests.figures.pages import Page
from tests.figures.said import LAYERS, called, journey, tenth
from tests.figures.sums import total

FIGURES = Figures("km")
# As it is; one school over the border; the other plan, whose clusters are called as the first's.
VALE = 6
GROUPS = (
    {code: urns(*places) for code, places in PLAN.items()},
    {
        "ALD-01": urns(*set(PLAN["ALD-01"]) - {VALE}),
        "BEX-02": urns(*PLAN["BEX-02"], VALE),
        "CRA-05": urns(*PLAN["CRA-05"]),
        "DUN-08": urns(*PLAN["DUN-08"]),
    },
    {
        "ALD-01": urns(*OTHER["one"]),
        "BEX-02": urns(*OTHER["two"]),
        "CRA-05": urns(*OTHER["three"], 11, 20),
        "DUN-08": urns(*OTHER["five"]),
        "FAR-09": urns(*OTHER["four"]),
    },
)
GAPS = (0.0511, 0.0249, 0.0001)
BEYOND = (0.0, 0.00372, 0.01956)


def plans() -> dict[str, Plan]:
    made = {}
    for name, groups in zip("ABC", GROUPS, strict=True):
        clusters = {code: FIGURES.rulebook.cluster(members) for code, members in groups.items()}
        made[name] = Plan.coded(clusters, NAMES)
    return made


def rows() -> list[dict[str, object]]:
    """The outcome of each plan, as the studies make it, with a distance from the best of its own."""
    found = []
    for plan, gap in zip(plans().values(), GAPS, strict=True):
        result = replace(make_result(plan), cost=1000.0, bound=1000.0 * (1 - gap))
        found.append(outcome_row(plan, FIGURES.county, FIGURES.rulebook, result=result))
    return found


def outcomes() -> list[dict[str, float]]:
    """The same figures from the sums."""
    return [
        FIGURES.sums.totals(list(groups.values()), 8)
        | {
            f"outside_{layer}": sum(len(FIGURES.sums.outside(m, layer)) for m in groups.values())
            for layer in ZONES
        }
        for groups in GROUPS
    ]


@pytest.fixture(scope="module")
def sweep(tmp_path_factory) -> Page:
    """The page of a sweep of the three plans, and of a run without one."""
    variations = [Variation(f"run-{k}", {"clusters.count": str(k)}) for k in range(4)]
    told = dict(
        zip(
            [v.name for v in variations],
            [*rows(), {"status": "impossible", "words": "No."}],
            strict=True,
        )
    )
    path = tmp_path_factory.mktemp("sweep") / "sweep.html"
    write_sweep_page(path, Sweep.of(read_scenario("example"), variations, told))
    return Page.of(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def options() -> Options:
    made = plans()
    agreed, results = Agreement.of(made, FIGURES.county), [make_result(p) for p in made.values()]
    table = pd.DataFrame.from_dict(
        {
            name: {"title": f"Plan {name}", "beyond": beyond} | row
            for name, beyond, row in zip("ABC", BEYOND, rows(), strict=True)
        },
        orient="index",
    ).rename_axis("option")
    listed = tuple(
        Option(n, f"Plan {n}", p, audit(FIGURES.county, FIGURES.rulebook, p), 50.0, b, r)
        for (n, p), b, r in zip(made.items(), BEYOND, results, strict=True)
    )
    return Options(
        None, FIGURES.county, FIGURES.rulebook, listed, differences(made), table,
        agreed.schools, agreed.pairs,
    )  # fmt: skip


@pytest.fixture(scope="module")
def page(options, tmp_path_factory) -> Page:
    path = write_options_page(
        tmp_path_factory.mktemp("options") / "o.html",
        OptionsPublication(FIGURES.disclosed, options),
    )
    return Page.of(path.read_text(encoding="utf-8"))


def test_an_outcome_is_of_the_whole_plan():
    """Totals, clusters with and without an SRP, and crossings of each layer."""
    for row, told in zip(rows(), outcomes(), strict=True):
        for name, figure in told.items():
            if name in row:
                assert row[name] == pytest.approx(figure), name
        assert row["with_srp"] == told["clusters"] - told["without_srp"]
        assert (row["cost"], row["seconds"]) == (1000.0, 1234.0)


def test_the_table_of_runs(sweep):
    """Each run's own figures; how much better there may be is rounded up."""
    *found, impossible = sweep.table("Table of runs")
    up = ("5.2 %", "2.5 %", "0.02 %")
    for k, (row, told) in enumerate(zip(found, outcomes(), strict=True)):
        assert list(row.values()) == [
            str(k + 1), str(k), f"{told['clusters']:.0f}", tenth(told["travel"]),
            journey(told["travel_worst"], "km"), f"{told['trust_pieces']:.0f}",
            *(f"{told[f'outside_{layer}']:.0f}" for layer in ZONES),
            f"{told['clusters'] - told['without_srp']:.0f} of {told['clusters']:.0f}",
            up[k], f"run-{k}",
        ]  # fmt: skip
    assert list(impossible.values())[2:] == ["No."] * (len(impossible) - 2)
    heads = list(found[0])
    assert [heads[6 + k].removeprefix("outside main ") for k in range(3)] == list(LAYERS.values())


def test_the_figure_of_a_sweep(sweep):
    """Each run is a dot with its own number, at its travel and at what the panel measures."""
    picture = sweep.one("svg", class_="tradeoff")
    texts = [(t.attributes, t.text) for t in picture.all("text")]
    heads = [text for attributes, text in texts if attributes.get("class") == "head"]
    names = ["trust_pieces", "without_srp", *(f"outside_{layer}" for layer in ZONES)]
    told = [name for name in names if len({row[name] for row in outcomes()}) > 1]
    assert len(heads) == len(told)
    assert all(LAYERS[layer] in " ".join(heads) for layer in ZONES if f"outside_{layer}" in told)
    for place, name in enumerate(told):
        top, end = place * 230, (place + 1) * 230
        inside = [(a, t) for a, t in texts if top <= float(a["y"]) < end]
        down = fitted([(float(a["y"]) - 4, float(t)) for a, t in inside if a.get("class") == "end"])
        across = fitted([
            (float(a["x"]), float(t.replace(",", "")))
            for a, t in inside
            if a.get("class") == "mid" and float(a["y"]) == end - 20
        ])  # fmt: skip
        for group in picture.all("g"):
            circle, number = group.one("circle").attributes, group.one("text")
            if top <= float(circle["cy"]) < end:
                row = outcomes()[int(number.text) - 1]
                assert across(float(circle["cx"])) == pytest.approx(row["travel"], abs=0.5)
                assert down(float(circle["cy"])) == pytest.approx(row[name], abs=0.1)
                (title,) = group.all("title")
                assert "".join(title.parts) == f"run-{int(number.text) - 1}"


def test_the_table_of_options(page):
    """How far each scores above the first, and its own figures."""
    for row, told, beyond in zip(page.table("Table of options"), outcomes(), BEYOND, strict=True):
        assert list(row.values())[2:] == [
            f"{100 * beyond:.2f} %", f"{told['clusters']:.0f}", tenth(told["travel"]),
            journey(told["travel_worst"], "km"), f"{told['trust_pieces']:.0f}",
            *(f"{told[f'outside_{layer}']:.0f}" for layer in ZONES),
            f"{told['clusters'] - told['without_srp']:.0f} of {told['clusters']:.0f}",
        ]  # fmt: skip


def codes(urn: int) -> list[str]:
    """A school's cluster in each of the three plans, as the first calls it."""
    found = [next(c for c, m in groups.items() if urn in m) for groups in GROUPS]
    return [code if code in PLAN else f"{code} (C)" for code in found]


def settled() -> dict[int, tuple[float, str]]:
    """Of each school the share of the plans that have it in its usual cluster, and which it is."""
    return {
        urn: max(
            ((n / 3, code) for code, n in Counter(codes(urn)).items()),
            key=lambda one: (one[0], [-ord(sign) for sign in one[1]]),
        )
        for urn in URNS
    }


def test_schools_in_other_clusters(page):
    """Of each hundred schools, between each two of the options."""
    head, *body = page.one("div", aria_label="Table of differences").rows
    for k, row in enumerate(body):
        for other, cell in enumerate(row[1:]):
            moved = sum(codes(urn)[k] != codes(urn)[other] for urn in URNS)
            assert cell == (f"{100 * moved / len(URNS):.1f}" if k != other else "")
    assert head[1:] == ["A", "B", "C"]


def test_what_is_settled(page, options, tmp_path):
    """Shares of the options, pupils, and the clusters a school is usually and else in."""
    told, sums = settled(), FIGURES.sums
    open_ = [urn for urn in URNS if told[urn][0] < 1]
    section = page.section("settled")
    assert f"{len(URNS) - len(open_)} of {len(URNS)} schools" in section.text
    rows_of = {row["school"]: row for row in page.table("Table of contested schools")}
    assert set(rows_of) == {called(FIGURES, urn) for urn in open_}
    # Of schools equally settled those with most pupils first; those of unknown number last.
    order = sorted(open_, key=lambda u: (told[u][0], -(total([sums.rows[u].pupils]) or -1), u))
    assert list(rows_of) == [called(FIGURES, urn) for urn in order]
    for urn in open_:
        row, share = rows_of[called(FIGURES, urn)], told[urn]
        assert row["pupils"] == (whole(sums.rows[urn].pupils) or "not known")
        assert row["options that agree"] == f"{100 * share[0]:.0f} %"
        assert row["usually in"] == share[1]
        assert row["else in"] == "; ".join(sorted(set(codes(urn)) - {share[1]}))
    write_options(tmp_path, OptionsPublication(FIGURES.disclosed, options))
    with (tmp_path / "settled.csv").open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            urn = int(row["urn"])
            assert float(row["settled"]) == pytest.approx(told[urn][0])
            assert [row[name] for name in "ABC"] == codes(urn)
            assert same(row["pupils"], sums.rows[urn].pupils)
    with (tmp_path / "options.csv").open(encoding="utf-8-sig", newline="") as stream:
        for row, figures, beyond in zip(csv.DictReader(stream), outcomes(), BEYOND, strict=True):
            assert float(row["beyond"]) == beyond
            assert float(row["travel_mean"]) == pytest.approx(figures["travel_mean"])
    with (tmp_path / "pairs.csv").open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            a, b = int(row["urn"]), int(row["neighbour"])
            shared = sum(x == y for x, y in zip(codes(a), codes(b), strict=True)) / 3
            assert float(row["together"]) == pytest.approx(shared)
            assert float(row["km"]) == pytest.approx(sums.line(a, b))


def test_the_map_of_what_is_settled(options):
    """Each school's shade, its pupils, and in how many of the options it is where."""
    layers = layers_of(settled_page(OptionsPublication(FIGURES.disclosed, options)))
    schools = {f["urn"]: f for layer in layers for f in facts_of(layer) if "settled" in f}
    shades = {1 / 3: "#a3004f", 2 / 3: "#e2789d", 1.0: "#ffffff"}
    for urn, (share, _) in settled().items():
        facts = schools[urn]
        assert facts["settled"] == pytest.approx(share)
        assert facts["colour"] == next(c for s, c in shades.items() if s == pytest.approx(share))
        assert facts["pupils"] == whole(FIGURES.sums.rows[urn].pupils)
        where = Counter(codes(urn))
        assert len(facts["clusters"]) == len(where)
        for cluster, said in facts["clusters"]:
            code = next(c for c in where if c == cluster or f"({c})" in cluster)
            names = [n for n, own in zip("ABC", codes(urn), strict=True) if own == code]
            assert said == f"{where[code]} of 3 options: {', '.join(names)}"


@pytest.mark.browser
def test_the_map_of_what_is_settled_as_a_reader_meets_it(chromium, options, tmp_path):
    """A school's popup, its shade, and how neighbours are joined: thin, long dashes, short ones."""
    path = tmp_path / "settled.html"
    path.write_text(settled_page(OptionsPublication(FIGURES.disclosed, options)), encoding="utf-8")
    page = chromium.new_page()
    page.goto(path.as_uri())
    popups = page.evaluate(
        """Object.fromEntries(Object.entries(clusterMap.opened.shown().symbols).map(
          ([urn, symbol]) => {
            symbol.openPopup();
            const box = symbol.getPopup().getElement(), text = (node) => node.textContent.trim();
            return [urn, [text(box.querySelector("h3")), text(box.querySelector("p")),
              symbol.options.fillColor, [...box.querySelectorAll("tr")].map(text)]];
          }))"""
    )
    shades = {1: "#a3004f", 2: "#e2789d", 3: "#ffffff"}
    for urn, row in FIGURES.sums.rows.items():
        name, kind, fill, lines = popups[str(urn)]
        where = Counter(codes(urn))
        pupils = whole(row.pupils)
        assert name == row.name
        told = f", {pupils} pupils" if pupils else ""
        assert kind == f"{row.phase.capitalize()} school, {urn}{told}"
        assert fill == shades[max(where.values())]
        assert sorted(Counter(int(line.split(" of 3 ")[0][-1]) for line in lines).elements()) == (
            sorted(where.values())
        )
    pairs = page.evaluate(
        """clusterMap.opened.shown().pairs.getLayers().map(({feature, options}) =>
          [feature.properties.together, options.weight, options.dashArray || ""])"""
    )
    page.close()
    looks = {3: (1.4, ""), 2: (2.6, "9 4"), 1: (2.6, "2 5")}
    assert {round(3 * share) for share, *_ in pairs} == set(looks)
    assert all((weight, dashes) == looks[round(3 * share)] for share, weight, dashes in pairs)
