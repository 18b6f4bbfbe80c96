"""However the code comes to be compiled, a limit of work gives the same results to the last bit."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from cluster_geo.compiled import jit, warm
from tests.compiled import outcome
from tests.compiled.running import printed
from tests.compiled.test_fallbacks import CACHE_AMISS, PARTS_AMISS

RUN = "from tests.compiled import outcome; outcome.main()"
# What the other process may do instead of compiling.
HELPERS = {
    "it fails": "raise SystemExit(3)",
    "it is killed": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
    "it hangs": "import time; time.sleep(600)",
    "it floods": "print('x' * 10_000_000); import sys; print('x' * 10_000_000, file=sys.stderr)",
}


@pytest.fixture(scope="module")
def usual():
    """Return what is found here, with all that the machine's Numba offers."""
    return outcome.outcomes()


def as_read(found):
    """Return outcomes as they are when written and read."""
    return [{**one, "trace": [list(point) for point in one["trace"]]} for one in found]


def test_the_counties_differ_in_what_is_found(usual):
    """There are plans with a gap and without, and there is a proof that there is no plan."""
    kinds = {(one["status"], one["stopped_by"]) for one in usual}
    assert kinds == {("feasible", "work limit"), ("optimal", "gap"), ("impossible", "proof")}
    assert all((one["plan"] is None) == (one["status"] == "impossible") for one in usual)


@pytest.mark.nightly
def test_parts_disk_and_another_process_change_no_bit(usual, tmp_path):
    """Compiled as any other function and kept nowhere; in another process; loaded from disk.

    None of it starts threads of Numba's own, whose number would be the machine's.
    """
    amiss = PARTS_AMISS["a name is gone"] + "\n" + CACHE_AMISS["the folder's name is gone"]
    with ThreadPoolExecutor(2) as threads:
        plain = threads.submit(printed, f"{amiss}\n{RUN}")
        cold = threads.submit(printed, RUN, NUMBA_CACHE_DIR=str(tmp_path))
    loaded = printed(RUN, NUMBA_CACHE_DIR=str(tmp_path))
    nothing = {"parts": False, "kept": False, "loaded": 0, "helper": None, "layer": None}
    parts = {**nothing, "parts": bool(jit.PART_OPTIONS), "kept": True, "loaded": 1}
    assert plain.result() == {"found": as_read(usual), "how": nothing}
    assert cold.result() == {"found": as_read(usual), "how": {**parts, "helper": 0}}
    assert loaded == {"found": as_read(usual), "how": parts}


@pytest.mark.parametrize("command", HELPERS.values(), ids=HELPERS)
def test_another_process_that_does_not_compile_changes_nothing(usual, monkeypatch, command):
    """It costs time, and neither a word nor a result."""
    monkeypatch.setattr(warm, "is_ready", lambda _: False)
    monkeypatch.setattr(warm, "_process", None)
    monkeypatch.setattr(warm, "_COMMAND", command)
    monkeypatch.setattr(warm, "LONGEST", 1.0)
    assert outcome.outcomes() == usual
    assert warm._process.returncode is not None
    warm.end()


@pytest.mark.parametrize("executable", ["/nowhere/python", None, "\0"])
def test_another_process_that_cannot_be_started_changes_nothing(usual, monkeypatch, executable):
    """Python may not know where it is, or the system may refuse."""
    monkeypatch.setattr(warm, "is_ready", lambda _: False)
    monkeypatch.setattr(warm, "_process", None)
    monkeypatch.setattr(sys, "executable", executable)
    assert outcome.outcomes() == usual
    assert warm._process is None
