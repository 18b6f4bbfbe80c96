"""You said, we did: what the report states of responses to a consultation, worked out by hand.

The plan has West (schools 1, 2, 7, 8, 13, 14), Middle (3, 4, 9, 10, 15, 16) and East (the others).
In the version before, school 1 was in Middle, school 6 in none, school 18 in a cluster by itself,
and East had a school that has closed since.
"""

import re
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_geo.audit import audit
from cluster_geo.export import write_outputs
from cluster_geo.plan import Cluster, Papers, Plan, Response, Responses
from cluster_geo.report import report_page
from cluster_geo.report.responses import consultation_of
from cluster_geo.rules import Balance
from tests.markup import markup_of, words_of
from tests.outputs import BRIEF, HOSTILE, make_world
from tests.worlds import FIRST_URN

CLOSED, UNKNOWN = 999_999, 888_888
INTERNAL = replace(BRIEF, audience="internal")
GROUPS = {
    "SQU-01": (2, 7, 8, 13, 14),
    "SQU-02": (1, 3, 4, 9, 10, 15, 16),
    "SQU-03": (5, 11, 12, 17, CLOSED),
    "SQU-05": (18,),
}
NAMES = {"SQU-01": "West", "SQU-02": "Middle", "SQU-03": "East", "SQU-05": "Quay"}
WERE_TOGETHER = "In the version before they were together in Middle."
JOINED_EAST = "School 6 (100006) and School 18 (100018)"
SIZES = "a cluster has at least 4 schools; a cluster has at most 8 schools"


def urn(place):
    """URN of a school by its number; the closed and the unknown one by their own."""
    return place if place >= UNKNOWN else FIRST_URN + place - 1


def urns(*places):
    return tuple(map(urn, places))


BEFORE = Plan.coded(
    {code: Cluster(tuple(sorted(urns(*p))), urn(p[0])) for code, p in GROUPS.items()}, NAMES
)


@pytest.fixture(scope="module")
def world():
    return make_world()


def published(world, *rows, before=BEFORE, brief=BRIEF, **changes):
    papers = Papers(previous=before, responses=Responses(rows))
    return world.published(brief, papers=papers, **changes)


def facts(world, places=(), clusters=(), before=BEFORE):
    """What is stated of schools and clusters that one response names."""
    row = Response(2, "Point", 1, urns=urns(*places), clusters=tuple(clusters))
    (point,) = consultation_of(published(world, row, before=before)).points
    return point.answers[0].facts


@pytest.mark.parametrize(
    ("place", "fact"),
    [
        (1, "School 1 (100001) moves from Middle to West."),
        (2, "School 2 (100002) stays in West."),
        (6, "School 6 (100006) is in East; the version before did not have it."),
        (18, "School 18 (100018) moves from Quay to East."),
        (CLOSED, "URN 999999 was in East and is not in this plan."),
        (UNKNOWN, "URN 888888 is neither in this plan nor in the version before."),
    ],
)
def test_of_a_school_it_says_where_it_was_and_is(world, place, fact):
    """Moved, stayed, new, gone, or never in any plan."""
    assert facts(world, [place]) == (fact,)


@pytest.mark.parametrize(
    ("places", "fact"),
    [
        ((3, 4), "They are kept together, in Middle."),
        ((1, 2), "They are together in West, and were not in the version before."),
        ((5, 6), "They are together in East, and were not in the version before."),
        (
            (1, 3),
            f"They are in 2 clusters: West (1 school) and Middle (1 school). {WERE_TOGETHER}",
        ),
        ((2, 7, 3), "They are in 2 clusters: West (2 schools) and Middle (1 school)."),
        ((3, 4, CLOSED), "The 2 that are in this plan are kept together, in Middle."),
    ],
)
def test_of_several_schools_it_says_whether_they_are_together(world, places, fact):
    """Now, and in the version before; those that have closed are left out and counted."""
    assert facts(world, places)[-1] == fact
    assert len(facts(world, places)) == len(places) + 1


@pytest.mark.parametrize(
    ("code", "fact"),
    [
        ("SQU-01", "West (SQU-01): joined: School 1 (100001)."),
        ("SQU-02", "Middle (SQU-02): no longer in it: School 1 (100001)."),
        (
            "SQU-03",
            f"East (SQU-03): joined: {JOINED_EAST}; no longer in it: URN 999999.",
        ),
        ("SQU-05", "Quay (SQU-05): not in this plan; its schools are in East (1 school)."),
        ("SQU-07", "No cluster of the version before has the code SQU-07."),
    ],
)
def test_of_a_cluster_it_says_who_joined_and_left(world, code, fact):
    """By its code in the plan that was consulted on."""
    assert facts(world, clusters=[code]) == (fact,)


def test_a_cluster_that_has_not_changed_is_said_to_be_the_same(world):
    """Under another code too: clusters are matched by their schools."""
    groups = {f"OLD-{k}": c for k, c in enumerate(world.plan.clusters)}
    before = Plan.coded(groups, {"OLD-0": "Old West"})
    assert facts(world, [2], ["OLD-0"], before) == (
        "School 2 (100002) stays in West.",
        "Old West (OLD-0): the same 6 schools as in the version before.",
    )


def test_without_a_version_before_this_plan_was_consulted_on(world):
    """Codes are those of this plan, and nothing is stated of moves."""
    assert facts(world, (1, 2, CLOSED), ("squ-02 SQU-05",), before=None) == (
        "School 1 (100001) is in West.",
        "School 2 (100002) is in West.",
        "URN 999999 is not in this plan.",
        "The 2 that are in this plan are together in West.",
        "Middle (SQU-02): 6 schools.",
        "No cluster of this plan has the code SQU-05.",
    )


ROWS = (
    # Schools 1 and 3 were both in Middle when the consultation was held: it counts once.
    Response(2, "Too far", 5, urns=urns(1, 3)),
    # Of two clusters, one of them named as well: each counts once.
    Response(3, "Split trust", 10, "We look at it", urns(2, 5), ("SQU-03",), "trusts"),
    Response(4, "too  FAR", 7, "A bus", urns(4)),
    Response(5, "No detail", 40, rule="clusters.size"),
    # In no cluster then.
    Response(6, "No detail", 1, urns=urns(6), rule="travel.worst"),
)


def test_responses_are_counted_by_the_cluster_that_they_were_about(world):
    """Worked out by hand: Middle 5 + 7, West 10, East 10; 41 are about none."""
    found = consultation_of(published(world, *ROWS))
    assert [(one.code, one.title, one.count, one.about) for one in found.clusters] == [
        ("SQU-02", "Middle", 12, (("Too far", 12),)),
        ("SQU-03", "East", 10, (("Split trust", 10),)),
        ("SQU-01", "West", 10, (("Split trust", 10),)),
    ]
    assert (found.total, found.nowhere) == (63, 41)
    assert found.clusters[2].since == "Joined: School 1 (100001)"


def test_rows_of_one_category_are_added_up_and_kept(world):
    """Capitals and blanks make no other of it; the most responses first."""
    points = consultation_of(published(world, *ROWS)).points
    assert [(point.category, point.count) for point in points] == [
        ("No detail", 41),
        ("Too far", 12),
        ("Split trust", 10),
    ]
    assert [a.response.action for a in points[1].answers] == ["", "A bus"]


def test_what_a_rule_found_stands_beside_it(world):
    """A requirement with what it asks for, a preference, and a rule that the plan does not have."""
    points = consultation_of(published(world, *ROWS)).points
    assert points[0].outcomes == (
        f"Size of a cluster (requirement: {SIZES}): met.",
        "This plan has no rule about it.",
    )
    (trusts,) = points[2].outcomes
    assert trusts.startswith(
        "Few clusters for each multi-academy trust (preference): adds to the score in 3 of 3"
    )


def test_a_rule_that_is_broken_is_said_to_be(world):
    """As the table of rules has it."""
    rules = (replace(world.rulebook.rules[0], low=7), *world.rulebook.rules[1:])
    rulebook = replace(world.rulebook, rules=rules)
    judged = audit(world.county, rulebook, world.plan)
    row = Response(2, "Too large", 1, rule="size")
    (point,) = consultation_of(published(world, row, rulebook=rulebook, audit=judged)).points
    assert point.outcomes[0].endswith("broken in 3.")
    (point,) = consultation_of(published(world, row, rulebook=None, audit=None)).points
    assert point.outcomes == ("This plan was not judged by rules.",)


def test_a_rule_that_the_public_may_not_see_is_not_stated_to_be_none(world):
    """It weighs counts below 5: the report has it as not shown."""
    schools = replace(world.county.schools, small={"ehcp": frozenset(urns(1))})
    county = replace(world.county, schools=schools)
    balance = Balance("balance.ehcp", dict.fromkeys(county.urns, 0.0), 1.0, "pupils")
    rulebook = replace(world.rulebook, rules=(*world.rulebook.rules, balance))
    judged = audit(county, rulebook, world.plan)
    row = Response(2, "Unfair", 1, rule="balance.ehcp")
    changes = {"rulebook": rulebook, "audit": judged, "county": county, "result": None}
    (point,) = consultation_of(published(world, row, **changes)).points
    assert len(point.outcomes) == 1
    assert "not shown (withheld" in point.outcomes[0]


def test_the_appendix_is_in_the_report_only_where_responses_were_given(world):
    """Without them neither the section nor the way to it."""
    without = report_page(world.published(papers=Papers(previous=BEFORE)))
    assert "You said, we did" not in without
    page = report_page(published(world, *ROWS))
    assert '<a href="#responses">You said, we did</a>' in page
    text = words_of(page)
    assert "The council has counted 63 responses under 3 headings" in text
    assert "Too far 12 responses Of these 5 responses We did No action is recorded." in text
    assert "41 responses are about no cluster in particular." in text
    assert "The table of responses to the consultation is empty." in words_of(
        report_page(published(world))
    )


SECRET, OPEN = "Unpublished-Zebra-words", "Published-Okapi-words"
QUOTED = (
    Response(2, "One", 3, text=SECRET),
    Response(3, "Two", 2, text=OPEN, publish=True),
)


def test_the_public_reads_what_is_marked_and_how_many_are_left_out(world):
    """Inside, the others are shown as not for publication, on a page that is marked."""
    page = report_page(published(world, *QUOTED))
    assert OPEN in page
    assert SECRET not in page
    assert "1 quotation that is not marked for publication is left out." in words_of(page)
    inside = words_of(report_page(published(world, *QUOTED, brief=INTERNAL)))
    assert f"In one response (not for publication) {SECRET}" in inside
    assert f"In one response {OPEN}" in inside
    assert "left out" not in inside[inside.index("You said, we did What") :][:2000]
    assert "OFFICIAL-SENSITIVE" in inside


def test_hostile_words_are_text(world):
    """What people wrote, and what the council wrote, is never markup."""
    rows = [
        Response(2 + k, text, 1, text, clusters=(text,), text=text, publish=True)
        for k, text in enumerate(HOSTILE)
    ]
    page = report_page(published(world, *rows))
    section = page[page.index('<section id="responses">') :]
    section = section[: section.index("</section>")]
    for text in HOSTILE:
        shown = re.sub(r"\s+", " ", text)
        assert words_of(f"<body>{section}").count(shown) >= 3, text
    assert "<script" not in markup_of(page)
    assert not re.search(r"<(img|svg onload)", section)


def test_outputs_have_a_table_and_a_sheet(world, tmp_path):
    """Equal runs give equal bytes; the sheet says what the page says."""
    shown = published(world, *ROWS)
    paths = write_outputs(tmp_path / "out", shown)
    assert paths[-1].name == "responses.csv"
    lines = paths[-1].read_text(encoding="utf-8-sig").splitlines()
    assert lines[2] == "Split trust,10,We look at it,100002; 100005,SQU-03,trusts,,no"
    book = openpyxl.load_workbook(tmp_path / "out" / "plan.xlsx")
    rows = [[cell.value for cell in row] for row in book["Responses"].iter_rows(min_row=4)]
    assert [(row[0], row[1]) for row in rows] == [
        *(("No detail", 40), ("No detail", 1), ("Too far", 5), ("too  FAR", 7)),
        ("Split trust", 10),
    ]
    assert rows[2][4].startswith("School 1 (100001) moves from Middle to West.")
    assert rows[4][5] == "SQU-01; SQU-03"
    about = [row[1].value for row in book["Read me"].iter_rows() if row[0].value == "Sheet"]
    assert about == book.sheetnames[1:]
    write_outputs(tmp_path / "again", published(make_world(), *ROWS))
    for name in ("responses.csv", "report.html", "plan.xlsx"):
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "again" / name).read_bytes()


some = st.builds(
    Response,
    row=st.just(2),
    category=st.sampled_from(["Too far", "too far", "Split trust", "No detail"]),
    count=st.integers(1, 10_000),
    urns=st.lists(st.sampled_from([*urns(*range(1, 19)), CLOSED]), unique=True).map(tuple),
    clusters=st.lists(st.sampled_from([*GROUPS, "SQU-07"]), unique=True).map(tuple),
)


@given(rows=st.lists(some, max_size=6), with_before=st.booleans())
def test_no_response_and_no_school_is_lost(world, rows, with_before):
    """Categories add up to the file's total, every school is named, and clusters are counted so."""
    before = BEFORE if with_before else None
    found = consultation_of(published(world, *rows, before=before))
    assert sum(point.count for point in found.points) == found.total == sum(r.count for r in rows)
    answers = [answer for point in found.points for answer in point.answers]
    for answer in answers:
        text = " ".join(answer.facts)
        assert all(str(urn_) in text for urn_ in answer.response.urns)
        assert all(code in text for code in answer.response.clusters)
    home = (before or world.plan).code_of
    for one in found.clusters:
        about = [r for r in rows if one.code in r.clusters or one.code in map(home.get, r.urns)]
        assert one.count == sum(r.count for r in about) > 0
    counts = [one.count for one in found.clusters]
    assert counts == sorted(counts, reverse=True)
