"""Where requests stand, by the rows of a list."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_geo.plan import requests_of, without_open
from cluster_geo.plan.stages import OPEN, STAGES, STATES
from cluster_geo.publish.asked_about import Places
from cluster_geo.publish.requests import RequestsPublication
from tests.requests import decided, listed, make_figures, saved

DAY = "2026-06-01"
DAYS = ("", "2026-01-01", "2026-05-31", "2026-06-01", "2026-06-02", "2026-12-31")


def only(*rows):
    """The one request of rows of one case."""
    (request,) = requests_of(listed(*({"case": "K-1", **row} for row in rows)))
    return request


@pytest.mark.parametrize(
    ("stage", "due", "state"),
    [
        ("received", "", "open"),
        ("received", "2026-05-31", "overdue"),
        ("received", "2026-06-01", "open"),
        ("considered", "2026-05-31", "overdue"),
        ("appeal", "2026-05-31", "overdue"),
        ("appeal", "2026-06-02", "open"),
        ("decided", "2026-05-31", "decided"),
        ("closed", "2026-05-31", "closed"),
    ],
)
def test_the_state_of_one_row(stage, due, state):
    """Overdue is what is open and was due before the day; on the day itself it is not yet."""
    (request,) = requests_of(listed({"stage": stage, "due": due, "received": "2026-01-01"}))
    assert request.state(DAY) == state


def test_the_newest_row_says_where_a_case_stands():
    """By date, before a decision by that of receipt; of one day the later stage; wherever it is."""
    received = {"stage": "received", "received": "2026-01-01", "due": "2026-04-01"}
    request = only(decided(date="2026-02-01"), received)
    assert (request.stage, request.received, request.due) == ("decided", "2026-01-01", "2026-04-01")
    same_day = only({**received, "received": "2026-02-01"}, decided(date="2026-02-01"))
    assert same_day.stage == "decided"
    closed = only(decided(), {**decided(date="2026-03-02"), "stage": "closed"}, received)
    assert closed.state(DAY) == "closed"


def test_an_appeal_opens_a_request_with_a_date_of_its_own():
    """The date by which it was first due is past, and does not make the appeal overdue."""
    received = {"stage": "received", "received": "2026-01-01", "due": "2026-02-01"}
    appeal = decided(stage="appeal", date="2026-05-01")
    assert only(received, decided(), appeal).state(DAY) == "open"
    assert only(received, decided(), appeal).due == ""
    assert only(received, decided(), {**appeal, "due": "2026-05-20"}).state(DAY) == "overdue"
    again = decided(date="2026-05-25", decision="granted on appeal")
    request = only(received, decided(), {**appeal, "due": "2026-05-20"}, again)
    assert (request.state(DAY), request.now("decision")) == ("decided", "granted on appeal")


def test_a_date_that_is_due_is_kept_until_another_is_given():
    """A row of the council's consideration need not say it again, and may put it off."""
    received = {"stage": "received", "received": "2026-01-01", "due": "2026-02-01"}
    considered = {"stage": "considered", "received": "2026-01-01", "date": "2026-01-20"}
    assert only(received, considered).state(DAY) == "overdue"
    assert only(received, {**considered, "due": "2026-07-01"}).state(DAY) == "open"


def test_schools_of_one_case_are_one_request():
    """With what was decided of each; rows without a case are requests of their own."""
    request = only(decided(urn=1), decided(urn=2, decision="refused", cluster="C-1"))
    assert (request.urns, request.clusters) == ((1, 2), ("C-1",))
    assert request.now("decision") == "granted; refused"
    assert len(requests_of(listed(decided(urn=1), decided(urn=1)))) == 2


ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "case": st.sampled_from(["", "", "K-1", "K-2"]),
            "stage": st.sampled_from(STAGES),
            "urn": st.sampled_from([None, 1, 2]),
            "cluster": st.sampled_from(["", "C-1", "C-2"]),
            "date": st.sampled_from(DAYS[1:]),
            "received": st.sampled_from(DAYS),
            "due": st.sampled_from(DAYS),
        }
    ),
    max_size=12,
)


@given(rows=ROWS, day=st.sampled_from(DAYS[1:]))
def test_every_row_is_in_one_request_of_one_state(rows, day):
    """Counts by state, by stage and, for one cluster each, by cluster add up to the same."""
    decisions = listed(*rows)
    requests = requests_of(decisions)
    places = [place for request in requests for place in request.places]
    assert sorted(places) == list(range(len(rows)))
    states = Counter(request.state(day) for request in requests)
    assert set(states) <= set(STATES)
    inside = RequestsPublication("list.csv", day, "internal", decisions, Places())
    assert {state: len(found) for state, found in inside.by_state.items() if found} == dict(states)
    assert sum(inside.by_stage.values()) == len(requests)
    of_one = sum(max(1, len(request.clusters)) for request in requests)
    assert sum(sum(counts.values()) for _, counts in inside.by_cluster) == of_one
    late = [one for one in requests if one.state(day) == "overdue"]
    assert all(one.stage in OPEN and "" < one.due < day for one in late)
    assert all(not one.due or one.due >= day for one in inside.by_state["open"])


@given(rows=ROWS, day=st.sampled_from(DAYS[1:]))
def test_the_public_is_shown_or_counted_each_request(rows, day):
    """No open request is shown, none is both shown and counted, and twice withheld is once."""
    decisions = listed(*rows)
    requests = requests_of(decisions)
    shown, withheld = without_open(decisions)
    assert len(requests_of(shown)) + withheld.open == len(requests)
    assert withheld.open == sum(one.stage in OPEN for one in requests)
    assert withheld.appeals == sum(one.stage == "appeal" for one in requests)
    again, nothing = without_open(shown)
    assert again.equals(shown)
    assert (nothing.open, nothing.appeals) == (0, 0)
    public = RequestsPublication("list.csv", day, "public", decisions, Places())
    assert not public.by_state["overdue"]
    assert not public.by_state["open"]
    assert public.withheld == withheld


def test_figures_for_the_authority_are_not_shown_to_the_public():
    """Those for the public are; the files of both that are not shown must be kept apart."""
    inside, outside = make_figures(audience="internal"), make_figures()
    shown, withheld = without_open(
        listed(
            decided(figures=saved(inside, "inside.json", "aa")),
            decided(figures=saved(outside, "outside.json", "bb")),
            {"stage": "received", "figures": saved(outside, "open.json", "cc")},
        )
    )
    assert [one and one.figures for one in shown["figures"]] == [None, outside]
    assert withheld.figures == 1
    assert [path.name for path in withheld.files] == ["inside.json", "open.json"]


def test_one_case_may_be_written_in_several_ways():
    """Capitals and blanks make no other case: an appeal is not lost sight of."""
    rows = [
        decided(urn=1, case="K-16", date="2026-01-05"),
        decided(urn=1, case="k- 16", stage="appeal", date="2026-02-05"),
    ]
    [request] = requests_of(listed(*rows))
    assert (request.stage, request.is_open) == ("appeal", True)
