"""What a session leaves behind."""

import hashlib
import tomllib

import pandas as pd
import pytest

import cluster_geo as cg
from cluster_geo import pipeline
from cluster_geo.errors import InputError, OutputError
from cluster_geo.plan import read_decisions, read_plan
from cluster_geo.scenario import load_county, read_scenario
from cluster_geo.session import Apart, Lock, Meet, Merge, Move, Rename, Session, Unlock
from cluster_geo.session.journal import JOURNAL_FILE

FIRST = Move(to={100_005: "C-1"})


def hashes(folder):
    """Return the hash of every file in a folder."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.iterdir())
    }


def decide(session):
    """Accept, refuse, undo and lock."""
    session.accept(FIRST, by="Head teacher", asked="<b>Nearer</b>, please", reason='Agreed, "all"')
    session.refuse(Move(to={100_008: "C-2"}), by="Parent", reason="Too far")
    session.accept(Rename(code="C-2", name="Never"))
    session.undo()
    session.accept(Lock(code="C-3"), by="Chair")


@pytest.fixture
def finished(opened, tmp_path):
    """A finished session, and its folder."""
    with opened(tmp_path / "journal") as session:
        decide(session)
        session.finish(tmp_path / "after")
    return tmp_path / "after"


def test_what_was_decided_is_written(finished):
    """Decisions that can be read again, moves, minutes and the journal; what was undone is not."""
    decisions = read_decisions(finished / "decisions.csv")
    assert decisions["urn"].to_numpy(dtype=object, na_value=None).tolist() == [
        100_005,
        100_008,
        None,
    ]
    assert list(decisions["cluster"]) == ["", "", "C-3"]
    assert set(decisions["stage"]) == {"decided"}
    assert list(decisions["received"]) == list(decisions["date"])
    assert list(decisions["decision"]) == ["granted", "refused", "granted"]
    assert list(decisions["role"]) == ["Head teacher", "Parent", "Chair"]
    assert decisions["request"].iloc[0] == "<b>Nearer</b>, please"
    moves = pd.read_csv(finished / "moves.csv")
    assert list(moves["urn"]) == [100_005]
    page = (finished / "minutes.html").read_text(encoding="utf-8")
    assert "<b>Nearer" not in page
    assert "Nearer" in page
    assert "Never" not in page
    assert '"event":"accepted"' in (finished / JOURNAL_FILE).read_text(encoding="utf-8")


def test_a_request_about_a_cluster_is_one_row_of_the_cluster(opened, tmp_path):
    """Lock, rename, meet and merge name no school; a move of two schools is a row for each."""
    with opened() as session:
        session.accept(Lock(code="C-3"))
        session.accept(Unlock(code="C-3"))
        session.accept(Rename(code="C-2", name="Mill"))
        session.accept(Meet(code="C-2", venue="Library"))
        session.accept(Move(to={100_004: "C-2", 100_005: "C-1"}))
        session.accept(Merge(code="C-1", into="C-2"))
        session.finish(tmp_path / "after", reason="To see")
    rows = pd.read_csv(tmp_path / "after" / "decisions.csv", dtype=str, keep_default_na=False)
    assert list(zip(rows["urn"], rows["cluster"], strict=True)) == [
        ("", "C-3"), ("", "C-3"), ("", "C-2"), ("", "C-2"), ("100004", ""), ("100005", ""),
        ("", "C-1"),
    ]  # fmt: skip


def test_the_versions_before_and_after_are_on_record(opened, street, tmp_path):
    """That of the run begun from, where there is one, and that of the plan that results."""
    with opened(overrides={"plan.version": "2026"}) as session:
        session.accept(FIRST)
        session.finish(tmp_path / "one")
    with Session.open(
        tmp_path / "one", overrides={"plan.version": "2027"}, clock=lambda: "2026-10-01"
    ) as session:
        session.accept(Move(to={100_005: "C-2"}))
        session.finish(tmp_path / "two")
    versions = ["version_before", "version_after"]
    first, second = (
        pd.read_csv(tmp_path / name / "decisions.csv", dtype=str, keep_default_na=False)[versions]
        for name in ("one", "two")
    )
    assert first.to_numpy().tolist() == [["", "2026"]]
    assert second.to_numpy().tolist() == [["2026", "2027"]]


def test_decisions_of_a_meeting_stand_below_those_of_the_list(opened, tmp_path):
    """An old list, all decided, and rows of the meeting: read again they are one list."""
    given = tmp_path / "given.csv"
    given.write_text(
        "urn,request,decision,reason,date,role\n100001,To stay,granted,Near,2025-06-01,Director\n",
        encoding="utf-8",
    )
    with opened(overrides={"plan.decisions": str(given)}) as session:
        session.accept(Lock(code="C-3"))
        session.finish(tmp_path / "after")
    again = read_decisions(tmp_path / "after" / "decisions.csv")
    assert again["urn"].to_numpy(dtype=object, na_value=None).tolist() == [100_001, None]
    assert list(again["stage"]) == ["decided", "decided"]
    assert list(again["received"]) == ["", "2026-09-01"]


def test_who_has_moved_is_the_same_everywhere(opened, street, tmp_path):
    """In the session, the folder and a comparison: a cluster that was merged keeps its code."""
    plan, scenario = street
    with opened() as session:
        session.accept(Merge(code="C-1", into="C-2"))
        moved = session.summary.moved
        session.finish(tmp_path / "after", reason="To see")
    assert moved == (100_001, 100_002, 100_003, 100_004)
    assert tuple(sorted(pd.read_csv(tmp_path / "after" / "moves.csv")["urn"])) == moved
    agreed = cg.read_scenario(str(scenario))
    county = cg.load_county(agreed)
    after = tmp_path / "after" / "clusters.csv"
    for first, second in ((plan, after), (after, plan)):
        assert tuple(sorted(cg.compare(county, agreed, first, second).moves.index)) == moved
    # Of a copy without the record it is not known, and the larger part counts.
    copy = tmp_path / "copy.csv"
    copy.write_bytes(after.read_bytes())
    changes = cg.compare(county, agreed, plan, copy)
    assert tuple(changes.moves.index) == (100_005, 100_006, 100_007)


def test_a_later_search_keeps_what_was_agreed(finished):
    """The moved school is where it was put, and the locked cluster as it was."""
    scenario = read_scenario(finished / "scenario.toml", {"solve.work": 2000})
    county = load_county(scenario)
    agreed = read_plan(finished / "clusters.csv", county)
    found = pipeline.propose(county, scenario)
    assert found.plan.code_of[100_005] == "C-1"
    locked = dict(zip(agreed.labels, agreed.clusters, strict=True))["C-3"]
    assert locked in found.plan.clusters
    assert found.audit.kept


def test_the_source_is_never_written(opened, street, tmp_path):
    """Nor may a session be finished in its folder."""
    plan, _ = street
    before = hashes(plan.parent)
    with opened(tmp_path / "journal") as session:
        decide(session)
        with pytest.raises(InputError, match="the plan that this is made from is there"):
            session.finish(plan.parent)
        with pytest.raises(InputError, match="the plan that this is made from is there"):
            session.finish(plan.parent / "deeper")
        session.finish(tmp_path / "after")
        # Nor in any other folder that has a plan.
        with pytest.raises(OutputError, match="holds files already"):
            session.finish(tmp_path / "after")
    assert hashes(plan.parent) == before


def test_the_journal_replayed_gives_the_same_bytes(opened, tmp_path, street):
    """On the plan that it began from, by another process's clock and in another folder."""
    with opened(tmp_path / "journal") as session:
        decide(session)
        session.finish(tmp_path / "after")
    lines = (tmp_path / "journal" / JOURNAL_FILE).read_bytes().splitlines(keepends=True)
    (tmp_path / "again").mkdir()
    (tmp_path / "again" / JOURNAL_FILE).write_bytes(b"".join(lines[:-1]))
    plan, scenario = street
    with Session.open(plan, scenario=scenario, journal=tmp_path / "again") as again:
        again.finish(tmp_path / "replayed")
    first, second = hashes(tmp_path / "after"), hashes(tmp_path / "replayed")
    # Workbooks and GeoPackages hold the time at which they were made.
    differing = {name for name in first if first[name] != second[name]}
    assert differing <= {"plan.xlsx", "plan.gpkg"}
    assert first.keys() == second.keys()


def test_a_broken_plan_needs_the_chairs_reason(opened, tmp_path):
    """It is written with the reason, and says what it breaks."""
    with opened() as session:
        session.accept(Apart(urns=(100_001, 100_002)))
        with pytest.raises(InputError, match="breaks 1 requirement"):
            session.finish(tmp_path / "after", reason="  ")
        assert not (tmp_path / "after").exists()
        session.finish(tmp_path / "after", reason="For the consultation")
    page = (tmp_path / "after" / "minutes.html").read_text(encoding="utf-8")
    assert "For the consultation" in page
    assert "Pins: schools held apart" in page


def test_a_strangers_folder_is_left_alone(opened, tmp_path):
    """Nothing of it is lost, and the session can be finished elsewhere."""
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "letter.txt").write_text("x")
    with opened(tmp_path / "journal") as session:
        session.accept(FIRST)
        with pytest.raises(OutputError, match="holds files already"):
            session.finish(tmp_path / "theirs")
        assert [path.name for path in (tmp_path / "theirs").iterdir()] == ["letter.txt"]
        session.finish(tmp_path / "after")


def test_the_scenario_reads_from_any_folder(finished, tmp_path):
    """Its files are where they were, wherever it is read from."""
    content = tomllib.loads((finished / "scenario.toml").read_text(encoding="utf-8"))
    assert content["pins"]["fixed"]["C-1"]
    assert content["reference"]["freeze_clusters"] == ["C-3"]
    moved = tmp_path / "elsewhere" / "deep"
    moved.parent.mkdir()
    finished.rename(moved)
    county = load_county(read_scenario(moved / "scenario.toml"))
    assert len(county.urns) == 10
