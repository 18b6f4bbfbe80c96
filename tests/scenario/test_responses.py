"""The responses to a consultation, read with a county: its schools, its rules, the plan before."""

import json

import pytest

from cluster_geo.errors import InputError
from cluster_geo.scenario import papers_of
from tests.scenario.effects.table import settings_of
from tests.scenario.effects.town import Town, urn

HEADER = "category,count,urns,clusters,rule"


@pytest.fixture
def town(tmp_path):
    return Town(tmp_path, dict(settings_of()), {})


def read(town, *rows, **settings):
    """The responses as the papers have them, and what was noticed."""
    path = town.folder / str(len(list(town.folder.iterdir()))) / "responses.csv"
    path.parent.mkdir()
    path.write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8")
    asked = {"plan__responses": path, **settings}
    county = town.county(**asked)
    return papers_of(county, town.scenario(**asked)).responses.rows, county.notices


def faults(town, *rows, **settings):
    with pytest.raises(InputError) as caught:
        read(town, *rows, **settings)
    return [(fault.where, fault.row, fault.column, fault.found) for fault in caught.value.faults]


def test_a_school_that_is_not_in_the_plan_is_reported_and_its_row_kept(town):
    """By its URN, with the rows that name it."""
    rows, notices = read(town, f"a,1,{urn(1)} 999999,,", "b,2,999999,,", "c,3,888888,,")
    assert [row.urns for row in rows] == [(urn(1), 999999), (999999,), (888888,)]
    said = [(n.heading, n.text, n.urn) for n in notices if n.topic == "response"]
    end = "is not a school of the plan; the responses are kept."
    heading = "Responses to the consultation"
    assert said == [
        (heading, f"responses.csv, row 4: URN 888888 {end}", 888888),
        (heading, f"responses.csv, rows 2 and 3: URN 999999 {end}", 999999),
    ]


def test_a_school_is_known_by_the_urn_that_it_had(town):
    """By the register's links, as in a list of decisions."""
    link = f"{urn(6)},200006,Predecessor,01-09-2024"
    links = town.file("links.csv", "URN,LinkURN,LinkType,LinkEstablishedDate", link)
    rows, notices = read(town, "a,1,200006,,", schools__links=links)
    assert rows[0].urns == (urn(6),)
    assert any("responses.csv: URN 200006 is read as" in notice.text for notice in notices)
    assert not any(notice.topic == "response" for notice in notices)


def test_codes_are_of_the_plan_before(town):
    """One that was retired by then is no fault, since an earlier consultation may name it."""
    before = town.plan_file("before.csv", A_1=(1, 2, 5, 6), B_2=(3, 4, 7, 8))
    town.file("run.json", json.dumps({"retired_codes": ["A-9"]}))
    named = {"plan__previous_plan": before}
    rows, _ = read(town, "a,1,,a-1; B-2 A-9,", **named)
    assert rows[0].clusters == ("A-1", "B-2", "A-9")
    assert faults(town, "a,1,,C-3,", **named) == [
        ("responses.csv", 2, "clusters", "no cluster of the plan before has the code 'C-3'")
    ]


def test_without_a_plan_before_no_code_is_known_yet(town):
    """A search gives them; the report then says which there are not."""
    rows, _ = read(town, "a,1,,C-3,")
    assert rows[0].clusters == ("C-3",)


def test_rules_are_those_of_the_scenario(town):
    """Its layers and balances, and rules that it leaves out; a layer that it does not have is none."""
    words = ("ward", "boundaries.ward", "balance.ehcp", "networks", "travel.worst", "SRP")
    settings = {
        "boundaries__ward__column": "district",
        "balance__ehcp__column": "ehcp",
        "balance__ehcp__weight": 0.1,
    }
    rows, _ = read(town, *(f"a,1,,,{word}" for word in words), **settings)
    assert [row.rule for row in rows] == [*words[:-1], "srp"]
    assert faults(town, "a,1,,,boundaries.ward", "b,x,,,")[:2] == [
        ("responses.csv", 2, "rule", "there is no rule 'boundaries.ward'"),
        ("responses.csv", 3, "count", "'x' is not a whole number of 1 or more"),
    ]


def test_faults_of_several_files_are_one_message(town):
    """Of the plan before and of the responses, whose codes are then not known."""
    before = town.file("before.csv", "urn,cluster", "x,A-1")
    found = faults(town, "a,0,,C-3,", plan__previous_plan=before)
    assert {where for where, *_ in found} == {"before.csv", "responses.csv"}
    assert len(found) == 2
