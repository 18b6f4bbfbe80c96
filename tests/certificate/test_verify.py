"""Verification as a job: a sample, several processes, what is kept, and what is left open."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import Future
from contextlib import suppress

import pytest

from cluster_geo import pipeline
from cluster_geo.certificate import (
    CERTIFICATE_FILE,
    CHECKED_FILE,
    RefutedError,
    subject,
    verification,
    verify,
)
from cluster_geo.certificate.claims import Claims, Finding
from cluster_geo.errors import ClusterGeoError, SolverError
from cluster_geo.plan import Cluster
from cluster_geo.scenario import load_county, read_scenario
from tests.cli.street import FIRST, write_street


def test_a_sample_says_what_is_left(copied):
    """Drawn anew each time, or as an earlier one; a second sample goes on with the rest."""
    one = verify(copied, sample=3, seed=7, processes=1)
    assert (one.checked, one.complete, one.seed) == (3, False, 7)
    words = " ".join(one.words())
    assert "Not verified in full. Under the same rules and weights no plan can score below" in words
    assert "--seed 7 draws it again" in words
    rest = verify(copied, sample=10**6, processes=1)
    assert rest.complete
    assert rest.earlier == 3


def test_samples_without_a_seed_differ(copied):
    """Nobody who writes a certificate can know which claims are looked at."""
    seeds = {verify(copied, sample=1, processes=1).seed for _ in range(3)}
    assert len(seeds) == 3


def test_processes_find_the_same(copied):
    """Each reads the folder anew."""
    one = verify(copied, processes=2)
    assert one.complete
    (copied / CHECKED_FILE).unlink()
    two = verify(copied, processes=1)
    assert (two.bound, two.total, two.complete) == (one.bound, one.total, True)


def test_a_claim_that_cannot_be_settled_is_no_proof(copied, monkeypatch):
    """Time over or a solver that fails: neither verified nor refuted, and not kept."""

    def fails(*_, **__):
        raise SolverError("no answer")

    monkeypatch.setattr("cluster_geo.certificate.claims.cheaper_cluster", fails)
    found = verify(copied, processes=1)
    assert not found.complete
    assert len(found.unsettled) == found.total - found.checked
    assert "could not be settled" in " ".join(found.words())
    monkeypatch.undo()
    assert verify(copied, processes=1).complete


def test_no_time_settles_nothing(copied):
    """A limit too short for a single programme."""
    found = verify(copied, seconds=1e-9, processes=1)
    assert found.checked == 0
    assert {finding.words for finding in found.unsettled} == {"the time for it was over"}


def test_ctrl_c_keeps_what_was_checked(copied, monkeypatch):
    """The same call goes on from there."""
    check, seen = Claims.check, []

    def interrupted(self, claim, seconds) -> Finding:
        if len(seen) == 4:
            raise KeyboardInterrupt
        seen.append(claim)
        return check(self, claim, seconds)

    monkeypatch.setattr(Claims, "check", interrupted)
    found = verify(copied, processes=1)
    assert (found.interrupted, found.checked) == (True, 4)
    monkeypatch.undo()
    rest = verify(copied, processes=1)
    assert (rest.complete, rest.earlier) == (True, 4)


def test_a_kill_keeps_what_was_checked(copied):
    """Killed outright, at any moment: lines cut short are skipped, the rest count."""
    code = (
        "import sys; from cluster_geo.certificate import verify\n"
        "verify(sys.argv[1], processes=1, progress=lambda done, of: print(done, flush=True))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(copied)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    for _ in range(3):
        process.stdout.readline()
    process.kill()
    process.communicate()
    with (copied / CHECKED_FILE).open("a", encoding="ascii") as stream:
        stream.write('["cut sho')
    found = verify(copied, processes=1)
    assert found.complete
    assert found.earlier >= 3


@pytest.mark.skipif(os.name == "nt", reason="signals are others there")
@pytest.mark.parametrize("seconds", [0.1, 2.0])
def test_ctrl_c_with_processes(copied, seconds):
    """To all of them, while they import their modules or later: no traceback, and soon over."""
    code = (
        "import signal, sys\n"
        "from cluster_geo.certificate import claims, verification, verify\n"
        "submit = verification.ProcessPoolExecutor.submit\n"
        "def announced(*arguments):\n"
        "    future = submit(*arguments)\n"
        "    print('begun', flush=True)\n"
        "    return future\n"
        "verification.ProcessPoolExecutor.submit = announced\n"
        "if __name__ == '__main__':\n"
        "    try:\n"
        "        found = verify(sys.argv[1], processes=2)\n"
        "    finally:\n"
        # From here on it would end Python's own farewell.
        "        signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
        "    print('interrupted', found.interrupted, flush=True)"
    )
    script = copied.parent / "script.py"
    script.write_text(code)
    process = subprocess.Popen(
        [sys.executable, str(script), str(copied)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert err == ""
    assert "interrupted True" in out or verify(copied, processes=1).earlier
    assert process.returncode == 0


def test_nothing_of_a_pool_is_left(copied):
    """Neither a process nor the thread that looks after them, for Python to wait for at its end."""
    before = set(threading.enumerate())
    assert verify(copied, processes=2).complete
    assert multiprocessing.active_children() == []
    assert set(threading.enumerate()) <= before


@pytest.mark.skipif(os.name == "nt", reason="processes are killed otherwise there")
def test_a_process_that_dies_is_reported(copied, monkeypatch):
    """By the system, for want of memory: one message, and what was checked is kept."""
    pool = verification.ProcessPoolExecutor

    class Dying(pool):
        def submit(self, *arguments):
            future = super().submit(*arguments)
            # Not before all have begun: Python's own pool may fail in a thread then.
            if len(self._processes) == 2:
                # An earlier call may have ended it already.
                with suppress(ProcessLookupError):
                    os.kill(next(iter(self._processes)), signal.SIGKILL)
            return future

    monkeypatch.setattr(verification, "ProcessPoolExecutor", Dying)
    with pytest.raises(Exception, match="ended from outside") as caught:
        verify(copied, processes=2)
    assert caught.value.exit_code == 2


@pytest.mark.skipif(os.name == "nt", reason="processes are killed otherwise there")
def test_processes_that_are_gone_without_a_word_are_reported(copied, monkeypatch):
    """Python's own pool may lose the thread that would say so: then nobody waits for ever."""

    class Silent(verification.ProcessPoolExecutor):
        def submit(self, *arguments):
            return Future()

    monkeypatch.setattr(verification, "LOST_AFTER", 0.1)
    monkeypatch.setattr(verification, "ProcessPoolExecutor", Silent)
    with pytest.raises(ClusterGeoError, match="ended from outside"):
        verify(copied, processes=2)


def test_a_user_without_a_folder_for_a_key(copied, tmp_path, monkeypatch):
    """Nothing can be signed, so nothing is kept; it is verified all the same."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    monkeypatch.setenv("HOME", str(tmp_path / "file"))
    found = verify(copied, sample=1, processes=1)
    assert found.checked == 1
    assert "could not be kept" in " ".join(found.words())
    assert not (copied / CHECKED_FILE).exists()


def test_a_folder_that_cannot_be_written(copied):
    """It is verified all the same, and the words say that nothing was kept."""
    # As a file by this name cannot be: root may write into any folder.
    (copied / CHECKED_FILE).mkdir()
    found = verify(copied, processes=1)
    assert found.complete
    assert "could not be kept" in " ".join(found.words())


def test_frozen_clusters_are_part_of_what_is_proven(tmp_path):
    """They are neither judged nor priced by the claims, and their cost is added."""
    scenario = write_street(tmp_path, "psppspppspps", "WWWWWWEEEEEE")
    first = read_scenario(scenario, {"solve.work": 20000})
    plan = pipeline.propose(load_county(first), first)
    pipeline.write(plan, tmp_path / "first")
    code = plan.plan.labels[0]
    settings = {
        "solve.work": 20000,
        "solve.certificate": True,
        "reference.plan": tmp_path / "first" / "clusters.csv",
        "reference.freeze_clusters": [code],
    }
    asked = read_scenario(scenario, settings)
    pipeline.write(pipeline.propose(load_county(asked), asked), tmp_path / "out")
    found = verify(tmp_path / "out", processes=1)
    assert found.complete
    assert len(found.certificate.frozen) == 1
    assert found.bound == pytest.approx(found.certificate.cost, abs=1e-2)


def test_a_plan_without_the_frozen_clusters(tmp_path, monkeypatch):
    """The bound is of plans that keep them, so of this one it says nothing."""
    scenario = read_scenario(
        write_street(tmp_path, "psppspppspps", "WWWWWWEEEEEE"),
        {"solve.work": 20000, "solve.certificate": True},
    )
    pipeline.write(pipeline.propose(load_county(scenario), scenario), tmp_path / "out")
    read = subject.read_certificate

    def frozen(path):
        return read(path).model_copy(update={"frozen": ((FIRST, FIRST + 1, FIRST + 3),)})

    monkeypatch.setattr(subject, "read_certificate", frozen)
    monkeypatch.setattr(
        subject, "frozen_clusters", lambda *_: (Cluster((FIRST, FIRST + 1, FIRST + 3), FIRST),)
    )
    monkeypatch.setattr(subject, "_compare", lambda *_: None)
    monkeypatch.setattr(subject, "require_known", lambda *_: None)
    with pytest.raises(RefutedError, match="does not keep the frozen clusters"):
        verify(tmp_path / "out", processes=1)


def test_none_is_written_unless_asked_for(tmp_path):
    """And an earlier one does not stay beside another plan."""
    scenario = write_street(tmp_path, "psppspps")
    for asked in (True, False):
        settings = {"solve.work": 5000, "solve.certificate": asked}
        read = read_scenario(scenario, settings)
        pipeline.write(pipeline.propose(load_county(read), read), tmp_path / "out")
        assert (tmp_path / "out" / CERTIFICATE_FILE).is_file() == asked
        report = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
        assert ("cluster-geo verify" in report) == asked


def test_the_same_run_writes_the_same_certificate(copied, certified_run):
    """Byte for byte under a limit of work."""
    scenario = read_scenario(
        certified_run / "street.toml", {"solve.work": 20000, "solve.certificate": True}
    )
    pipeline.write(pipeline.propose(load_county(scenario), scenario), copied.parent / "again")
    again = (copied.parent / "again" / CERTIFICATE_FILE).read_bytes()
    assert again == (copied / CERTIFICATE_FILE).read_bytes()
