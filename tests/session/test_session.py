"""Undo, variants, and a journal that loses nothing."""

import json
import os
import signal
import subprocess
import sys

import pytest

from cluster_geo.errors import InputError, OutputError
from cluster_geo.session import Lock, Move, Rename, Session
from cluster_geo.session.journal import JOURNAL_FILE

FOUR, FIVE, EIGHT = 100_004, 100_005, 100_008
FIRST, SECOND = Move(to={FIVE: "C-1"}), Move(to={EIGHT: "C-2"})


def test_undo_and_redo(meeting):
    """Without end, to the beginning and back; a new step begins another way."""
    assert not meeting.undo()
    assert not meeting.redo()
    digests = [meeting.draft.digest]
    for request in (FIRST, SECOND, Lock(code="C-3")):
        meeting.accept(request)
        digests.append(meeting.draft.digest)
    assert len(set(digests)) == 4
    for digest in digests[-2::-1]:
        assert meeting.undo()
        assert meeting.draft.digest == digest
    assert not meeting.undo()
    for digest in digests[1:]:
        assert meeting.redo()
        assert meeting.draft.digest == digest
    meeting.go_to(1)
    meeting.accept(Rename(code="C-3", name="East"))
    assert not meeting.redo()
    meeting.go_to(3)
    assert meeting.draft.digest == digests[3]
    with pytest.raises(InputError, match="there is no step 9"):
        meeting.go_to(9)


def test_variants(meeting):
    """Each stands where it was left; undo in one does not touch the other."""
    meeting.accept(FIRST)
    meeting.branch("B")
    meeting.accept(SECOND)
    meeting.switch("A")
    assert meeting.summary.moved == (FIVE,)
    meeting.undo()
    meeting.switch("B")
    assert meeting.summary.moved == (FIVE, EIGHT)
    with pytest.raises(InputError, match="variant 'B' already"):
        meeting.branch("B")
    with pytest.raises(InputError, match="There are: A, B"):
        meeting.switch("C")


def everything(session):
    """Do a bit of everything that a session can record."""
    session.accept(FIRST, by="Head teacher", asked="Nearer, please", reason="Agreed")
    session.refuse(SECOND, by="Parent")
    session.refuse(Move(to={EIGHT: "C-3"}))
    session.branch("B")
    session.accept(Lock(code="C-3"))
    session.undo()
    session.redo()
    session.switch("A")
    session.accept(Rename(code="C-1", name="Zoë's"))
    session.undo()


def test_a_session_is_gone_on_with(opened, tmp_path):
    """From its journal alone: the same plan, steps, variants and what can be redone."""
    with opened(tmp_path / "journal") as session:
        everything(session)
        digest, lines = session.draft.digest, session.lines
    before = (tmp_path / "journal" / JOURNAL_FILE).read_bytes()
    with opened(tmp_path / "journal") as again:
        assert again.draft.digest == digest
        assert again.lines == lines
        assert set(again.history.variants) == {"A", "B"}
        assert (tmp_path / "journal" / JOURNAL_FILE).read_bytes() == before
        assert again.redo()
        assert again.draft.name_of("C-1") == "Zoë's"


@pytest.mark.parametrize("cut", range(1, 120, 7))
def test_a_line_that_was_cut_off_never_counted(opened, tmp_path, cut):
    """A machine that stops in the middle of a line leaves the steps before it."""
    with opened(tmp_path / "journal") as session:
        session.accept(FIRST)
        digest = session.draft.digest
        session.accept(SECOND)
    path = tmp_path / "journal" / JOURNAL_FILE
    path.write_bytes(path.read_bytes()[:-cut])
    with opened(tmp_path / "journal") as again:
        assert again.draft.digest == digest
        again.accept(SECOND)
    with opened(tmp_path / "journal") as third:
        assert third.summary.moved == (FIVE, EIGHT)


def test_a_journal_that_was_changed_is_refused(opened, tmp_path):
    """By the line, whatever was done to it."""
    with opened(tmp_path / "journal") as session:
        everything(session)
    path = tmp_path / "journal" / JOURNAL_FILE
    lines = path.read_text(encoding="utf-8").splitlines()
    for k, line in enumerate(lines):
        event = json.loads(line)
        for name in ("after", "before", "number", "to", "parent"):
            if name in event:
                other = "0" * 64 if isinstance(event[name], str) else 77
                changed = [*lines[:k], json.dumps(event | {name: other}), *lines[k + 1 :]]
                path.write_text("\n".join(changed) + "\n", encoding="utf-8")
                with pytest.raises(InputError):
                    opened(tmp_path / "journal")
        for damage in ("{", "[]", '{"event":"eaten"}', line + line):
            path.write_text("\n".join([*lines[:k], damage, *lines[k + 1 :]]) + "\n")
            with pytest.raises(InputError, match=f"row {k + 1}"):
                opened(tmp_path / "journal")
    path.write_text("\n".join(lines[1:]) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="not the journal of a session"):
        opened(tmp_path / "journal")


def test_the_journal_of_another_plan_is_refused(opened, street, tmp_path):
    """The plan has changed since: what was agreed was agreed about another one."""
    with opened(tmp_path / "journal") as session:
        session.accept(FIRST)
    plan, _ = street
    plan.write_text(plan.read_text().replace("100005,C-2", "100005,C-3"))
    with pytest.raises(InputError, match="journal of another plan"):
        opened(tmp_path / "journal")


def test_two_sessions_do_not_share_a_journal(opened, tmp_path):
    """The second is refused while the first has it open, and not after."""
    with opened(tmp_path / "journal"), pytest.raises(InputError, match="another session"):
        opened(tmp_path / "journal")
    opened(tmp_path / "journal").close()


@pytest.mark.skipif(os.name == "nt", reason="signals are others there")
def test_a_kill_loses_nothing(street, tmp_path):
    """A step that was shown is in the journal."""
    plan, scenario = street
    code = (
        "import os, signal, sys\n"
        "from cluster_geo.session import Move, Session\n"
        "session = Session.open(sys.argv[1], scenario=sys.argv[2], journal=sys.argv[3])\n"
        "session.accept(Move(to={100005: 'C-1'}))\n"
        "print(session.draft.digest, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    where = tmp_path / "journal"
    done = subprocess.run(
        [sys.executable, "-c", code, str(plan), str(scenario), str(where)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    with Session.open(plan, scenario=scenario, journal=where) as again:
        assert again.draft.digest == done.stdout.strip()


def test_a_full_disk_changes_nothing(opened, tmp_path):
    """The step is refused in words, the plan stays, and the next one can be tried."""
    resource = pytest.importorskip("resource", reason="Windows limits no file")
    path = tmp_path / "journal" / JOURNAL_FILE
    with opened(tmp_path / "journal") as session:
        digest, size = session.draft.digest, path.stat().st_size
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        # Room for a part of a line.
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 20, before[1]))
        try:
            with pytest.raises(OutputError, match="cannot be written"):
                session.accept(FIRST)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        assert session.draft.digest == digest
        assert path.stat().st_size == size
        session.accept(SECOND)
    with opened(tmp_path / "journal") as again:
        assert again.summary.moved == (EIGHT,)


def test_a_school_in_two_clusters_is_refused(opened, street):
    """Nobody can say which of them it would leave."""
    plan, _ = street
    with plan.open("a") as stream:
        stream.write("100001,C-2\n")
    with pytest.raises(InputError, match=r"School 1 \(100001\) is in C-1 and C-2"):
        opened()


def test_a_school_in_no_cluster_can_be_placed(opened, street):
    """It is broken until it has one; a school of no county is left out, and named."""
    plan, _ = street
    plan.write_text(plan.read_text().replace("100005,C-2", "199999,C-2"))
    with opened() as session:
        assert session.notices == (
            "URN 199999 is in the plan, but is not a school in this county.",
        )
        assert [one.words for one in session.judged.broken if not one.code] == [
            "in no cluster: School 5"
        ]
        found = session.accept(Move(to={FIVE: "C-2"}))
        assert [one.rule for one in found.mended][-1] == "Every school is in exactly one cluster"
        assert session.summary.moved == (FIVE,)


def test_a_card_in_a_notebook(meeting):
    """What stands, and how it came to it; names are text."""
    meeting.accept(Rename(code="C-1", name="<b>West</b>"), by="Chair")
    meeting.accept(FIRST)
    meeting.undo()
    card = meeting._repr_html_()
    assert "&lt;b&gt;West" in card
    assert "<b>West" not in card
    assert "Move School 5" not in card


def test_what_there_is_not_cannot_be_refused(meeting):
    """A slip of the keyboard is no request: the record would hold a school of nobody's."""
    before = meeting.lines
    for request in (Lock(code="TYPO"), Move(to={1: "C-1"}), Move(to={FIVE: "TYPO"})):
        with pytest.raises(InputError):
            meeting.refuse(request)
    assert meeting.lines == before


@pytest.mark.parametrize(
    "said", [{"by": "x" * 201}, {"reason": "x" * 2001}, {"asked": "bad\udcff"}]
)
def test_what_cannot_be_recorded_is_refused_in_words(meeting, said):
    """A text too long, or one with letters that are none."""
    before = meeting.draft.digest, meeting.lines
    with pytest.raises(InputError, match="record"):
        meeting.accept(FIRST, **said)
    with pytest.raises(InputError, match="record"):
        meeting.refuse(FIRST, **said)
    assert (meeting.draft.digest, meeting.lines) == before


def test_several_requests_are_accepted_all_or_none(meeting):
    """The second is locked by the first."""
    with pytest.raises(InputError, match="is locked"):
        meeting.accept_all([Lock(code="C-1"), FIRST])
    assert len(meeting.history.steps) == 0
    found = meeting.accept_all([FIRST, SECOND], by="Chair")
    assert [len(one.moved) for one in found] == [1, 1]
    assert meeting.summary.moved == (FIVE, EIGHT)
    assert meeting.undo()
    assert meeting.summary.moved == (FIVE,)


@pytest.mark.parametrize("changed", [{"clusters.size": "1:9"}, {"trusts.weight": "9"}])
def test_other_rules_do_not_go_on_with_a_journal(opened, tmp_path, changed):
    """What the room saw was judged by those that it began with."""
    with opened(tmp_path / "journal") as session:
        session.accept(FIRST)
    with pytest.raises(InputError, match="the rules, or a file"):
        opened(tmp_path / "journal", overrides=changed)
    opened(tmp_path / "journal").close()
