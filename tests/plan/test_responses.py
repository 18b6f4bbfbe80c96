"""The table of responses to a consultation, as officers keep it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_geo.errors import InputError
from cluster_geo.export.csvfile import write_csv
from cluster_geo.plan import Response, Responses, codes_in, read_responses
from cluster_geo.records import notices_of_files
from cluster_geo.schools.identity import Identity, Succession

HEADER = "category,count,action,urns,clusters,rule,text,publish"
RULES = ("trusts", "srp", "clusters.size", "boundaries.pcn")


def written(tmp_path, *lines, encoding="utf-8"):
    path = tmp_path / "responses.csv"
    path.write_text("\n".join(lines) + "\n", encoding=encoding)
    return path


def faults_of(path, **known):
    with pytest.raises(InputError) as caught:
        read_responses(path, **known)
    return caught.value.faults


def test_a_row_is_read_as_it_is_meant(tmp_path):
    """Several schools and clusters in a cell, a count with a comma, a quotation with one."""
    path = written(
        tmp_path, HEADER,
        'Too large,"1,203",We look at it again,100001; 100002 100001,A-1;A-2,clusters.size,"No, no",Yes',
        "Too far,1,,,,,,",
    )  # fmt: skip
    found = read_responses(path, rules=RULES, codes=["A-1", "A-2"])
    assert found.file == path
    assert found.rows == (
        Response(
            2, "Too large", 1203, "We look at it again", (100001, 100002), ("A-1", "A-2"),
            "clusters.size", "No, no", publish=True,
        ),
        Response(3, "Too far", 1),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("encoding", "delimiter", "header"),
    [
        ("utf-8-sig", ";", "Theme;Number of responses;We did;Schools;Cluster codes;Setting;Quote;May publish"),
        ("utf-16", "\t", "You said\tHow many\tOur response\tURN\tCluster\tRules\tComment\tPublished"),
        ("cp1252", ",", "ISSUE,Responses,What we did,School URNs,Codes,Rule,Free text,Publish text"),
    ],
)  # fmt: skip
def test_headings_and_files_are_read_as_councils_make_them(tmp_path, encoding, delimiter, header):
    """Each column by other names, from what Excel saves in any of its ways."""
    row = delimiter.join(("Café", "3", "Later", "100001", "A-1", "TRUSTS", "Non", "no"))
    (found,) = read_responses(written(tmp_path, header, row, encoding=encoding), rules=RULES).rows
    assert found == Response(2, "Café", 3, "Later", (100001,), ("A-1",), "trusts", "Non")


def test_every_fault_is_reported_at_once_with_what_to_do(tmp_path):
    """One message: each cell that cannot be used, in the order of the rows."""
    path = written(
        tmp_path, HEADER,
        ",2,,,,,,",
        "a,,,,,,,",
        "b,2.5,,,,,,",
        "c,0,,10001x; 100002,,,,",
        "d,1,,,A-9,trust,x,perhaps",
    )  # fmt: skip
    found = faults_of(path, rules=RULES, codes=["A-1", "B-2"])
    assert [(fault.row, fault.column, fault.found) for fault in found] == [
        (2, "category", "the category is missing"),
        (3, "count", "the count is missing"),
        (4, "count", "'2.5' is not a whole number of 1 or more"),
        (5, "count", "'0' is not a whole number of 1 or more"),
        (5, "urns", "'10001x' is not a URN"),
        (6, "clusters", "no cluster of the plan before has the code 'A-9'"),
        (6, "rule", "there is no rule 'trust'"),
        (6, "publish", "'perhaps' is neither yes nor no"),
    ]
    assert {fault.column: fault.fix for fault in found} == {
        "category": "Write what was raised, such as: Clusters split our trust",
        "count": "Write how many responses raised it, or delete the row",
        "urns": "Write the schools' unique reference numbers, such as: 118229; 118230",
        "clusters": "Its codes are A-1, B-2",
        "rule": "Leave it blank, or name one of these: trusts, clusters.size, srp, boundaries.pcn",
        "publish": "Write yes where the text may be published; no, or nothing, where it may not",
    }


@pytest.mark.parametrize(
    "count", ["-1", "1e3", "1,20", "12,345,678,901", "many", "\N{ARABIC-INDIC DIGIT ONE}"]
)
def test_only_whole_numbers_are_counts(tmp_path, count):
    """No sign, no power, no comma but between thousands, no figures of another script."""
    (fault,) = faults_of(written(tmp_path, "category,count", f'a,"{count}"'))
    assert repr(count) in fault.found


def test_the_columns_that_must_be_there_are_named(tmp_path):
    """What each is for, with the headings that were found."""
    found = [fault.found for fault in faults_of(written(tmp_path, "urns,text", "100001,x"))]
    assert found == [
        "no column shows what was raised (the file has urns, text)",
        "no column shows how many responses raised it (the file has urns, text)",
    ]


def test_a_fault_names_the_heading_of_the_file(tmp_path):
    """The officer looks for the heading that is there."""
    (fault,) = faults_of(written(tmp_path, "Theme,How many", "a,x"))
    assert (fault.row, fault.column) == (2, "How many")


def test_urns_with_decimals_are_read_as_whole_and_reported(tmp_path):
    """As pandas writes a column of URNs with blanks."""
    path = written(tmp_path, HEADER, "a,4.0,,100001.0,,,,")
    with notices_of_files() as notices:
        (row,) = read_responses(path).rows
    assert (row.count, row.urns) == (4, (100001,))
    assert [notice.text for notice in notices] == [
        "responses.csv: 1 URN with decimals, as 118229.0, was read as whole."
    ]


def test_codes_may_have_blanks_and_capitals_do_not_matter():
    """A cluster of a plan drawn by hand may be called "Hythe East"."""
    assert codes_in(["hythe east", "a-1 A-2"], ["Hythe East", "A-1", "A-2"]) == (
        ("Hythe East", "A-1", "A-2"),
        (),
    )
    assert codes_in(["A-1 X", "A-1"], ["A-1"]) == (("A-1",), ("X",))


def test_the_public_sees_no_text_that_is_not_marked():
    """Nor is one counted twice as left out."""
    rows = (
        Response(2, "a", 1, text="Private"),
        Response(3, "b", 1, text="Open", publish=True),
        Response(4, "c", 1, publish=True),
        Response(5, "d", 1),
    )
    given_ = Responses(rows)
    assert given_.unpublished == 1
    once = given_.for_public()
    assert [row.text for row in once.rows] == ["", "Open", "", ""]
    assert (once.withheld, once.unpublished) == (1, 0)
    assert once.for_public() == once


def test_schools_have_the_urns_of_now():
    """An academy order and a merger since the consultation: each school is named once."""
    new = {
        1: Succession(1, (11,), "2025-09-01"),
        2: Succession(2, (11,), "2025-09-01"),
        3: Succession(3, (31, 32), ""),
    }
    rows = (Response(2, "a", 5, urns=(1, 2, 3, 4)),)
    with notices_of_files() as notices:
        carried = Responses(rows).carried(Identity(new, names={11: "Oak"}), "responses.csv")
    assert carried.rows[0].urns == (11, 31, 32, 4)
    assert len(notices) == 3


words = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12
)
responses = st.builds(
    Response,
    row=st.just(0),
    category=words.filter(lambda text: not text.startswith(("=", "+", "-", "@"))),
    count=st.integers(1, 999_999_999),
    action=st.just("") | st.just("We look at it"),
    urns=st.lists(st.integers(1, 999_999_999), unique=True, max_size=5).map(tuple),
    clusters=st.lists(st.sampled_from(["A-1", "B-2", "Hythe East"]), unique=True).map(tuple),
    rule=st.sampled_from(["", *RULES]),
    text=st.just("") | st.just('A "quotation"; with, signs\nand lines'),
    publish=st.booleans(),
)


@given(rows=st.lists(responses, max_size=6))
def test_what_is_written_is_read_back(rows, tmp_path_factory):
    """The table in the outputs is the planner's own, row by row."""
    path = tmp_path_factory.mktemp("written") / "responses.csv"
    write_csv(path, Responses(tuple(rows)).table())
    found = read_responses(path, rules=RULES, codes=["A-1", "B-2", "Hythe East"])
    assert [_without_row(row) for row in found.rows] == [_without_row(row) for row in rows]


def _without_row(row):
    return (
        row.category,
        row.count,
        row.action,
        row.urns,
        row.clusters,
        row.rule,
        row.text,
        row.publish,
    )
