"""A planner's own figures: read from any file, by URN or LAESTAB, and withheld as they should be."""

from dataclasses import replace

import numpy as np
import pytest

from cluster_geo.columns import OwnColumn
from cluster_geo.errors import InputError
from cluster_geo.schools import without_small_counts
from cluster_geo.schools.identity import Identity, Succession
from cluster_geo.schools.own_columns import ColumnFile, name_fault, with_own_columns
from tests.worlds import FIRST_URN, draw_county

A, B, C, D = range(FIRST_URN, FIRST_URN + 4)


@pytest.fixture
def schools():
    """Four schools; the census knows the pupils of three."""
    laestabs = {A: "886/2001", B: "886/2002", C: "", D: "886/2004"}
    columns = {"laestab": laestabs, "pupils": {A: 100.0, B: 300.0, C: np.nan, D: 40.0}}
    return draw_county("p s p s", columns=columns).schools


def read(schools, path, *lines, heading="Money", **about):
    """Read a file of these lines; return the figures by school."""
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return with_own_columns(schools, [ColumnFile(OwnColumn("money", **about), path, heading)])


def figures(found):
    return [None if np.isnan(x) else x for x in found.table["money"]]


def test_figures_are_read_by_urn(schools, tmp_path):
    """Pounds, commas, signs and per cents; blanks and the DfE's words are not known."""
    found = read(
        schools, tmp_path / "own.csv", "School;URN;money",
        f"a;{A};£1,234.50", f"b;{B};-£7", f"c;{C};SUPP", f"d;{D};12%", "e;999999;5",
    )  # fmt: skip
    assert figures(found) == [1234.5, -7.0, None, 12.0]
    [notice] = [n for n in found.notices if n.topic == "figures"]
    assert notice.text == "own.csv: money is not known for 1 of 4 schools"
    assert found.own[0].heading == "Money"
    assert found.sources[-1].role == "column money"


def test_figures_are_read_by_laestab(schools, tmp_path):
    """However it is written; a school without one has no figure."""
    found = read(
        schools, tmp_path / "own.csv", "LAEstab,Money", "8862001,1", "886/2002,2", "886 2004,4", ",9"
    )  # fmt: skip
    assert figures(found) == [1.0, 2.0, None, 4.0]


def test_every_fault_is_found_at_once(schools, tmp_path):
    """Of all files: what is no number, what is no URN, a school twice; a heading that is not there."""
    (tmp_path / "a.csv").write_text(f"urn,money\n{A},lots\nx,1\n{B},1\n{B},2\n")
    (tmp_path / "b.csv").write_text("name,money\nA,1\n")
    (tmp_path / "c.csv").write_text(f"urn,monney\n{A},1\n")
    files = [
        ColumnFile(OwnColumn(name), tmp_path / f"{name}.csv", "money") for name in ("a", "b", "c")
    ]
    with pytest.raises(InputError) as caught:
        with_own_columns(schools, files)
    texts = [str(fault) for fault in caught.value.faults]
    assert texts == [
        "a.csv, row 2, column 'money': 'lots' is not a number. Write a figure or leave it blank",
        "a.csv, row 3, column 'urn': 'x' is not a URN. Write the school's unique reference number",
        f"a.csv, row 5, column 'urn': {B} appears twice. Keep one row of each school",
        (
            "b.csv, row 1: no column shows which school (the file has name, money). Add a column URN, "
            "or LAESTAB"
        ),
        "scenario, columns.c.column: c.csv has no column 'money'. Its columns are monney",
    ]


def test_schools_that_became_one_add_up(schools, tmp_path):
    """Amounts do; a rate of such a school is not known, nor anything of a part of a school."""
    identity = Identity({1: Succession(1, (A,), ""), 2: Succession(2, (A,), ""),
                         3: Succession(3, (B, D), "")})  # fmt: skip
    here = replace(schools, identity=identity)
    lines = ("urn,money", "1,10", "2,5", "3,7")
    assert figures(read(here, tmp_path / "o.csv", *lines)) == [15.0, None, None, None]
    rates = read(here, tmp_path / "o.csv", *lines, kind="rate")
    assert figures(rates) == [None, None, None, None]


@pytest.mark.parametrize(
    ("about", "withheld"),
    [
        ({}, {A, B, C, D}),
        ({"public": True}, {A}),
        ({"public": True, "counts_pupils": False}, set()),
        ({"public": True, "kind": "rate", "unit": "per cent"}, {A, C, D}),
        ({"public": True, "kind": "rate", "unit": "per 1,000 pupils"}, {A, B, C, D}),
    ],
)
def test_what_is_not_for_the_public_is_withheld(schools, tmp_path, about, withheld):
    """A whole column, counts below 5, per cents that are such counts: 4 % of 100, 10 % of 40.

    A per cent of an unknown number may be, and of another rate it is not known of what it is one.
    """
    found = read(
        schools, tmp_path / "o.csv", "urn,money", f"{A},4", f"{B},5", f"{C},6", f"{D},10", **about
    )  # fmt: skip
    assert found.small.get("money", frozenset()) == withheld
    public = without_small_counts(found)
    assert {u for u, x in public.table["money"].items() if np.isnan(x)} == withheld
    assert [column.name for column in public.own] == (["money"] if about.get("public") else [])
    assert public.may_show_total("money", [B]) == (B not in withheld)


@pytest.mark.parametrize(
    "name", ["pupils", "Funding", "cluster", "travel_km", "outside_pcn", "a-b"]
)
def test_names_of_other_things_are_refused(name):
    """Those of the program's own columns, and what is no name."""
    assert name_fault(name)


def test_other_names_are_not():
    """Small letters, figures, underscores."""
    assert name_fault("deprivation_funding_2026") == ""


def test_keys_that_a_spreadsheet_took_for_decimals_are_read(schools, tmp_path):
    """URNs and LAESTABs."""
    assert figures(read(schools, tmp_path / "o.csv", "urn,money", f"{A}.0,7")) == [
        7,
        None,
        None,
        None,
    ]
    found = read(schools, tmp_path / "o.csv", "laestab,money", "8862001.0,7")
    assert figures(found) == [7, None, None, None]


def test_a_file_of_other_schools_is_refused(schools, tmp_path):
    """A county's figures for another county's schools."""
    with pytest.raises(InputError, match="no row is of a school of this plan"):
        read(schools, tmp_path / "o.csv", "urn,money", "7,1", "8,2")


def test_the_key_is_no_figure(schools, tmp_path):
    """Said in words."""
    with pytest.raises(InputError, match="'URN' is which school"):
        read(schools, tmp_path / "o.csv", "URN,money", f"{A},1", heading="urn")
