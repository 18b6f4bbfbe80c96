"""What each request makes of a plan, and what is refused."""

import pytest

from cluster_geo.errors import InputError
from cluster_geo.session import (
    Adjust,
    Apart,
    Lock,
    Meet,
    Merge,
    Move,
    Release,
    Rename,
    Split,
    Together,
    Unlock,
    read_request,
    words_of,
)

FOUR, FIVE, SIX, EIGHT = 100_004, 100_005, 100_006, 100_008


def members(session):
    """Return the places of the schools of each cluster."""
    clusters = session.draft.clusters.items()
    return {code: "".join(str(u % 100 % 10) for u in c.members) for code, c in clusters}


def test_a_move(meeting):
    """One school changes its cluster, and nothing else changes."""
    meeting.accept(Move(to={FIVE: "C-1"}))
    assert members(meeting) == {"C-1": "12345", "C-2": "67", "C-3": "890"}
    assert meeting.summary.moved == (FIVE,)


def test_a_swap(meeting):
    """Two schools change places at once."""
    meeting.accept(Move(to={FIVE: "C-1", FOUR: "C-2"}))
    assert members(meeting) == {"C-1": "1235", "C-2": "467", "C-3": "890"}


def test_a_merge_retires_a_code(meeting):
    """The code that stays is the one that was named; the other is not used again."""
    meeting.accept(Rename(code="C-2", name="Middle"))
    found = meeting.accept(Merge(code="C-2", into="C-1"))
    assert members(meeting) == {"C-1": "1234567", "C-3": "890"}
    assert "C-2" in meeting.draft.plan.retired
    assert "C-2" not in meeting.draft.plan.names
    assert [(row.code, row.before.schools, row.after) for row in found.rows][1:] == [
        ("C-2", 3, None)
    ]
    with pytest.raises(InputError, match="the cluster C-2 is no more"):
        meeting.preview(Move(to={EIGHT: "C-2"}))


def test_a_split_has_a_code_of_its_own(meeting):
    """Beside all codes that there are or were, with a name that no other cluster has."""
    meeting.accept(Split(urns=(100_001, 100_002)))
    (code,) = set(meeting.draft.clusters) - {"C-1", "C-2", "C-3"}
    assert members(meeting)[code] == "12"
    names = [meeting.draft.name_of(other) for other in meeting.draft.clusters]
    assert len(set(names)) == len(names)
    meeting.accept(Merge(code=code, into="C-1"))
    meeting.accept(Split(urns=(100_001, 100_002), name="West end"))
    (again,) = set(meeting.draft.clusters) - {"C-1", "C-2", "C-3"}
    assert again != code
    assert meeting.draft.name_of(again) == "West end"


def test_together_and_apart_are_judged(meeting):
    """What was agreed is a requirement from then on, until it is released."""
    found = meeting.accept(Together(urns=(FOUR, FIVE)))
    assert [broken.rule for broken in found.broken] == ["Pins: schools held together"] * 2
    assert meeting.accept(Move(to={FIVE: "C-1"})).mended
    assert meeting.judged.broken == ()
    assert meeting.accept(Apart(urns=(FIVE, FOUR))).broken
    meeting.accept(Release(urns=(FIVE, FOUR)))
    assert meeting.draft.together == meeting.draft.apart == ()
    assert meeting.judged.broken == ()


def test_a_setting_is_judged(meeting):
    """A narrower size breaks what was allowed before; the same setting back mends it."""
    found = meeting.accept(Adjust(settings={"clusters.size": "2:3"}))
    assert [broken.code for broken in found.broken] == ["C-1"]
    assert meeting.accept(Adjust(settings={"clusters.size": "2:5"})).mended


def test_a_lock_is_kept(meeting):
    """Nobody joins or leaves a locked cluster, which may be renamed and unlocked."""
    meeting.accept(Lock(code="C-1"))
    meeting.accept(Rename(code="C-1", name="West"))
    for request in (
        Move(to={FIVE: "C-1"}),
        Move(to={FOUR: "C-2"}),
        Merge(code="C-2", into="C-1"),
        Merge(code="C-1", into="C-2"),
        Split(urns=(100_001,)),
    ):
        with pytest.raises(InputError, match=r"West \(C-1\) is locked"):
            meeting.preview(request)
    assert {c for one in meeting.ranking(EIGHT) for c in one.request.to.values()} == {"C-2"}
    meeting.accept(Unlock(code="C-1"))
    meeting.accept(Move(to={FIVE: "C-1"}))


def test_every_request_leads_to_another_plan(meeting):
    """By its digest, by which a journal is held against it."""
    digests = {meeting.draft.digest}
    for request in (
        Move(to={FIVE: "C-1"}),
        Rename(code="C-1", name="West"),
        Meet(code="C-1", venue="Hall"),
        Together(urns=(FOUR, FIVE)),
        Apart(urns=(FIVE, SIX)),
        Lock(code="C-1"),
        Adjust(settings={"clusters.size": "2:6"}),
        Merge(code="C-2", into="C-3"),
    ):
        meeting.accept(request)
        digests.add(meeting.draft.digest)
    assert len(digests) == 9


def test_a_limit_on_journeys_chooses_central_schools_anew(meeting):
    """Schools 1, 2, 3 and 8: the second travels least, the third has nobody more than 7 km away."""
    meeting.accept(Move(to={EIGHT: "C-1", FOUR: "C-2"}))
    assert meeting.draft.clusters["C-1"].hub == 100_002
    meeting.accept(Adjust(settings={"travel.worst": "7"}))
    assert meeting.draft.clusters["C-1"].hub == 100_003


def test_a_place_to_meet(meeting):
    """It is shown with the cluster, and goes with it."""
    meeting.accept(Meet(code="C-2", venue=" Village hall "))
    assert meeting.draft.venues == {"C-2": "Village hall"}
    meeting.accept(Merge(code="C-2", into="C-1"))
    assert meeting.draft.venues == {}


@pytest.mark.parametrize(
    ("request_", "found"),
    [
        (Move(to={999: "C-1"}), "no school here has the URN 999"),
        (Move(to={FIVE: "X-9", 999: "C-1"}), "there is no cluster 'X-9'"),
        (Move(to={FIVE: "C-2"}), "would stay where they are"),
        (Merge(code="C-1", into="C-1"), "merged with itself"),
        (Split(urns=(FIVE, SIX, 100_007)), "has no other schools"),
        (Split(urns=(FIVE,), name="C-1 is free"), None),
        (Rename(code="C-9", name="x"), "there is no cluster 'C-9'"),
        (Release(urns=(FOUR, FIVE)), "neither kept together nor apart"),
        (Adjust(settings={"clusters.siez": "1"}), "clusters.siez"),
        (Adjust(settings={"schools.as_at": "2020-01-01"}), "county"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(meeting, request_, found):
    """With what is wrong; the plan and the journal are as they were."""
    before = meeting.draft.digest, len(meeting.lines)
    if found is None:
        assert meeting.preview(request_).rows
    else:
        with pytest.raises(InputError, match=found):
            meeting.accept(request_)
    assert (meeting.draft.digest, len(meeting.lines)) == before


def test_every_request_reads_back(meeting):
    """As plain values, with words that a person can read."""
    for request in (
        Move(to={FIVE: "C-1", SIX: "C-3"}),
        Merge(code="C-2", into="C-1"),
        Split(urns=(FIVE,), name="New"),
        Together(urns=(FOUR, FIVE)),
        Apart(urns=(FOUR, FIVE)),
        Release(urns=(FOUR, FIVE)),
        Lock(code="C-1"),
        Unlock(code="C-1"),
        Rename(code="C-1", name="West"),
        Meet(code="C-1", venue=""),
        Adjust(settings={"clusters.size": "2:6"}),
    ):
        assert read_request(request.model_dump(mode="json")) == request
        words = words_of(request, meeting.draft, meeting.county.schools.names)
        assert words[0].isupper()
        assert "{" not in words
