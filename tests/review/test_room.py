"""What a meeting is told: the same areas as everywhere, the journal's place, folders' names."""

from pathlib import Path

import pytest

from cluster_geo.errors import InputError
from cluster_geo.review.picture import Picture
from cluster_geo.review.places import journal_for
from cluster_geo.review.room import Ask, Decide, Finish, Nothing
from cluster_geo.review.words import signed
from cluster_geo.session import Apart, Move, Split
from cluster_geo.tables.areas import cluster_areas
from tests.cli.street import FIRST


def test_areas_are_those_of_the_plan(session):
    """Drawn from parcels, some or all: the areas that every other page shows."""
    picture, plan = Picture(session), session.draft.plan
    whole = cluster_areas(session.county, plan)
    drawn = picture.shapes(plan)
    assert list(drawn.index) == list(whole.index)
    for code in whole.index:
        apart = drawn.geometry[code].symmetric_difference(whole.geometry[code]).area
        assert apart < 0.05 * whole.geometry[code].area
        assert picture.shapes(plan, [code]).geometry[code].equals(drawn.geometry[code])
    joined = drawn.geometry.union_all()
    assert joined.area == pytest.approx(drawn.area.sum(), rel=1e-6)


def test_only_what_changed_is_drawn_anew(room, session):
    """A move changes two clusters; undo brings their marks back."""
    before = room.state()["marks"]
    room.accept(Decide(requests=(Move(to={FIRST + 2: "C-2"}),), seen=session.draft.digest))
    changed = room.changes()
    drawn = {part["area"]["properties"]["code"] for part in changed["parts"]}
    assert drawn == {code for code, mark in changed["marks"].items() if before[code] != mark}
    assert drawn == {"C-1", "C-2"}
    members = {
        part["area"]["properties"]["code"]: {s["properties"]["urn"] for s in part["schools"]}
        for part in changed["parts"]
    }
    assert members == {code: set(session.draft.clusters[code].members) for code in drawn}
    room.undo(Nothing())
    assert room.state()["marks"] == before


def test_a_colour_stays_with_its_code(room, session):
    """A new code has a colour that no neighbour has, and keeps it when it comes again."""
    picture = room.picture
    before = picture.colours(session.draft)
    session.accept(Split(urns=(FIRST + 4, FIRST + 5)))
    after = picture.colours(session.draft)
    (new,) = after.keys() - before.keys()
    assert {code: after[code] for code in before} == before
    assert after[new] not in {after["C-2"], after["C-3"]}
    session.undo()
    session.redo()
    assert picture.colours(session.draft) == after


def test_what_is_agreed_is_in_the_verdicts_of_a_cluster(room, session):
    """Schools to be kept apart change what every cluster is judged by, and so how it looks."""
    before = room.state()["marks"]
    session.accept(Apart(urns=(FIRST, FIRST + 1)))
    assert not set(before.values()) & set(room.state()["marks"].values())
    rules = {
        part["area"]["properties"]["code"]: part["area"]["properties"]["rules"]
        for part in room.changes()["parts"]
    }
    assert "broken" in {verdict for _, verdict, _ in rules["C-1"]}


def test_requests_that_follow_each_other_are_judged_together(room, session):
    """Before the first and after the last, as if each had been accepted."""
    requests = (Move(to={FIRST + 2: "C-2"}), Move(to={FIRST + 5: "C-3"}))
    found = room.preview(Ask(requests=requests))
    for request in requests:
        session.accept(request)
    assert found["change"] == signed(session.summary.change)
    rows = {row["code"]: row for row in found["rows"]}
    assert {code: row["after"]["schools"] for code, row in rows.items()} == {
        code: f"{len(session.draft.clusters[code])}" for code in rows
    }
    assert {one["urn"] for one in found["moved"]} == set(session.summary.moved)


def test_the_journal_lies_beside_the_plan(tmp_path):
    """And in the plan's folder not even where it is asked for."""
    run = tmp_path / "run"
    run.mkdir()
    (run / "clusters.csv").write_text("urn,cluster\n1,A\n")
    assert journal_for(run) == journal_for(run / "clusters.csv") == tmp_path / "run.review"
    hand = tmp_path / "hand.csv"
    hand.write_text("urn,cluster\n1,A\n")
    assert journal_for(hand) == tmp_path / "hand.review"
    assert journal_for(run, tmp_path / "other") == tmp_path / "other"
    for inside in (run, run / "journal"):
        with pytest.raises(InputError, match="never written"):
            journal_for(run, inside)


@pytest.mark.parametrize(
    "name", ["..", "a/b", "a\\b", ".hidden", "C:", " ", "a\nb", "x" * 0 or "/"]
)
def test_a_finished_plan_has_a_plain_name(room, name):
    """No way out of the folder that the plan's folder lies in."""
    with pytest.raises(InputError, match="not a name for a folder"):
        room.begin_finish(Finish(seen=room.session.draft.digest, folder=name))
    assert isinstance(room.home, Path)
