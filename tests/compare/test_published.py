"""A plan against a list as a council publishes it."""

from __future__ import annotations

import pytest

from cluster_geo.compare import compare_plans, comparison_sentences, read_plan_file
from cluster_geo.errors import InputError
from tests.briefs import disclosed
from tests.compare.pairs import BEFORE, as_file, make_county, make_rulebook, urns

NAMES = (
    "St Mary's Church of England Voluntary Aided Primary School",
    "The Weald Academy",
    "Riverview Infant School",
    "Riverview Junior School",
    "Our Lady & St. Peter Catholic Primary School",
    "Chiddingstone Primary School",
    "Barton Court Grammar School",
    "Holly Bush Primary School",
)


@pytest.fixture(scope="module")
def county():
    return make_county(name=dict(zip(urns(*range(1, 9)), NAMES, strict=True)))


@pytest.fixture
def read(tmp_path, county):
    """Read a list given as its text."""

    def write_and_read(text: str, encoding: str = "utf-8"):
        path = tmp_path / "published.csv"
        path.write_bytes(text.encode(encoding))
        return read_plan_file(path, county)

    return write_and_read


def test_a_list_of_misspelt_names(read, county):
    """Names as people write them are found; what cannot be found is told, with what is near."""
    found = read(
        "School name,Community\n"
        "St. Mary\u2019s C of E Primary,North\n"
        "Weald Academy,North\n"
        "Our Lady and Saint Peter RC Primary,North\n"
        "Rivervew Infants,South\n"
        "Chidingstone Primary Sch,South\n"
        "Barton Cuort Gramar,South\n"
        "Rivervew Juniors,East\n"
        "Hollybush Primary,East\n"
        "Atlantis High School,East\n"
    )
    assert found.names["urn"].dropna().tolist() == list(urns(1, 2, 5, 3, 6, 7, 4, 8))
    assert found.names["urn"].isna().tolist() == [False] * 8 + [True]
    how = found.names["how"].tolist()
    assert how[:3] == ["same name"] * 3
    assert how[3:8] == ["close name"] * 5
    assert how[8] == "not matched"
    assert found.names["note"].tolist()[8] == "no school of a name like this"
    compared = compare_plans(disclosed(county), make_rulebook(county), as_file(BEFORE), found)
    assert sorted(compared.moves.index) == []
    assert comparison_sentences(compared)[-1] == (
        "The second plan is a published list of 9 rows: 5 matched by a name that is not quite the "
        "same (please check), 1 not matched with a school."
    )


def test_infants_are_never_taken_for_juniors(read):
    """However alike the names, and though the juniors' school is the only one left."""
    found = read("school,cluster\nRiverview Infant,A\nRiverview Infants School,A\nRivervew Inf,B\n")
    assert found.names["urn"].tolist()[:2] == [urns(3)[0]] * 2
    assert found.names["how"].tolist()[2] == "not matched"
    assert "Riverview Junior School" not in found.names["note"].tolist()[2]


def test_two_names_that_fit_one_school_are_both_left(read):
    """Which of the two it is nobody can tell but the planner."""
    found = read("school,cluster\nHolly Bush Academy,A\nHolly Bush CE Primary,B\nWeald Academy,B\n")
    assert found.names["how"].tolist() == ["not matched", "not matched", "same name"]
    assert "Holly Bush Primary School" in found.names["note"].tolist()[0]


def test_short_names_must_be_more_than_alike(read):
    """St Mark's is not a misspelt St Mary's."""
    found = read("school,cluster\nSt Mark's CE Primary,A\nWeald Academy,A\n")
    assert found.names["how"].tolist() == ["not matched", "same name"]
    assert found.plan.cluster_of.keys() == {urns(2)[0]}


def test_schools_of_one_name_are_told_apart_by_what_stands_beside_it(tmp_path):
    """By postcode, district or phase; without these neither is chosen."""
    county = make_county(
        name={urns(1)[0]: "St John's School", urns(6)[0]: "St Johns School"},
        district={urns(1)[0]: "Dover", urns(6)[0]: "Swale"},
        postcode={urns(1)[0]: "CT16 1AA", urns(6)[0]: "ME10 1AA"},
    )
    path = tmp_path / "list.csv"
    path.write_text("school,cluster,district\nSt John's,A,Swale\nSt John's School,B,dover\n")
    assert read_plan_file(path, county).names["urn"].tolist() == [urns(6)[0], urns(1)[0]]
    path.write_text("school,cluster,postcode\nSt John's,A,me101aa\nSchool 3,B,\n")
    assert read_plan_file(path, county).names["urn"].tolist() == [urns(6)[0], urns(3)[0]]
    path.write_text("school,cluster\nSt John's,A\nSchool 3,B\n")
    assert read_plan_file(path, county).names["urn"].isna().tolist() == [True, False]


def test_urns_and_names_may_be_mixed(read):
    """A URN wins over the name beside it; a row without one is found by its name."""
    found = read(
        f"URN,School,Cluster\n{urns(8)[0]},Some other name,1\n,Weald Academy,1\n123456,,2\nx,,2\n"
    )
    assert found.names["how"].tolist() == ["URN", "same name", "not matched", "not matched"]
    assert found.names["note"].tolist()[2] == "URN 123456 is not a school in this county"
    assert found.names["note"].tolist()[3] == "'x' is not a URN"
    assert found.names.index.tolist() == [2, 3, 4, 5]
    assert found.plan.labels == ("1",)


def test_a_list_of_urns_under_other_headings(read):
    """Names are not needed where there are URNs."""
    found = read(f"Unique reference number;Group name\n{urns(8)[0]};West\n{urns(2)[0]};West\n")
    assert found.plan.clusters[0].members == urns(2, 8)
    assert found.names["how"].tolist() == ["URN", "URN"]


def test_a_plan_file_is_read_as_a_plan(read):
    """With urn and cluster on every row the file's own names and codes hold."""
    found = read(f"urn,name,cluster,cluster_name\n{urns(8)[0]},Weald,W-01,West\n")
    assert found.names is None
    assert found.title == "published.csv"
    assert found.plan.names == {"W-01": "West"}


def test_a_school_without_a_cluster_is_in_none(read):
    """A blank cell puts the school in no cluster; a list saved by an old spreadsheet is read."""
    found = read("school,cluster\nWeald Academy,\nHolly Bush Primary,Grün\n", "cp1252")
    assert found.plan.labels == ("Grün",)
    assert found.plan.cluster_of.keys() == {urns(8)[0]}


def test_a_school_named_twice_is_for_the_audit(read, county):
    """In two clusters of the list: read as it stands, and said by the audit."""
    found = read("school,cluster\nWeald Academy,A\nThe Weald Academy,B\nHolly Bush Primary,B\n")
    compared = compare_plans(disclosed(county), make_rulebook(county), as_file(BEFORE), found)
    assert compared.after.audit.doubled == urns(2)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("place,colour\nx,y\n", ["no column of clusters", "no column of URNs or school names"]),
        ("school,cluster\nNobody,A\n", ["none of its 1 rows"]),
        ("school,cluster\nWeald Academy\n", ["1 cells where the header has 2"]),
        ("", ["empty"]),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words(read, text, said):
    """Every fault at once, with what to do."""
    with pytest.raises(InputError) as caught:
        read(text)
    assert all(words in str(caught.value) for words in said)
