"""Another process compiles ahead of need, harms nothing, and is never left behind."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

import cluster_geo
from cluster_geo.compiled import warm
from cluster_geo.compiled.branch import price_hub
from cluster_geo.compiled.jit import is_ready
from cluster_geo.compiled.violations import violated


@pytest.fixture
def cold(monkeypatch):
    """Nothing is compiled, and the other process does nothing but wait to be let go."""
    monkeypatch.setattr(warm, "is_ready", lambda _: False)
    monkeypatch.setattr(warm, "_process", None)
    monkeypatch.setattr(warm, "_COMMAND", "import sys; sys.stdin.read()")
    yield
    warm.end()


def test_the_toy_county_compiles_what_counties_need():
    """Each has one signature, so what is compiled ahead of need is what is asked for."""
    warm.compile_pricing()
    warm.compile_cutting()
    assert len(price_hub.signatures) == len(violated.signatures) == 1
    assert is_ready(price_hub)
    assert is_ready(violated)


def test_nothing_is_started_where_all_is_ready(monkeypatch):
    """A run with a warm cache starts no process, and has none to wait for."""
    monkeypatch.setattr(warm, "_process", None)
    monkeypatch.setattr(warm, "is_ready", lambda _: True)
    warm.begin()
    warm.wait()
    assert warm._process is None


def test_one_process_is_started_and_ended(cold):
    """However often it is asked for, and although it would have gone on."""
    warm.begin()
    first = warm._process
    warm.begin()
    assert warm._process is first
    assert first.poll() is None
    warm.end()
    assert first.poll() is not None
    warm.wait()


def test_a_stuck_process_is_not_waited_for(cold, monkeypatch):
    """After the longest time it is ended, and the run goes on."""
    monkeypatch.setattr(warm, "LONGEST", 0.05)
    warm.begin()
    warm.wait()
    assert warm._process.returncode is not None


def test_the_other_process_compiles_the_package_that_runs_here(cold, monkeypatch, tmp_path):
    """Not one of that name in the folder that the user stands in, such as a clone."""
    (tmp_path / "cluster_geo").mkdir()
    (tmp_path / "cluster_geo" / "__init__.py").write_text("raise SystemExit(5)")
    monkeypatch.chdir(tmp_path)
    here = [path or "." for path in sys.path if Path(path or ".").resolve() != tmp_path]
    monkeypatch.setattr(sys, "path", here)
    found = f"import cluster_geo, sys; sys.exit(cluster_geo.__file__ != {cluster_geo.__file__!r})"
    monkeypatch.setattr(warm, "_COMMAND", found)
    warm.begin()
    warm.wait()
    assert warm._process.returncode == 0


def test_a_process_that_cannot_be_started_is_done_without(cold, monkeypatch):
    """Python may be missing, or the system may be out of processes."""
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    warm.begin()
    warm.wait()
    assert warm._process is None


def test_the_process_goes_when_the_one_that_asked_is_killed(tmp_path):
    """Not only when that ends in good order: its pipe closes in any case."""
    note = tmp_path / "pid"
    child = f"""
import os, pathlib, time
from cluster_geo.compiled import warm
warm.compile_pricing = lambda: time.sleep(600)
pathlib.Path({str(note)!r}).write_text(str(os.getpid()))
warm.compile_while_wanted()
"""
    parent = f"""
import subprocess, sys, time
subprocess.Popen([sys.executable, "-c", {child!r}], stdin=subprocess.PIPE)
time.sleep(600)
"""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    asking = subprocess.Popen([sys.executable, "-c", parent], env=env)
    assert within(60.0, lambda: note.is_file() and note.read_text() != "")
    pid = int(note.read_text())
    assert alive(pid)
    asking.kill()
    asking.wait()
    assert within(20.0, lambda: not alive(pid))


def within(seconds, happened):
    """Whether something happens within so many seconds."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if happened():
            return True
        time.sleep(0.05)
    return False


def alive(pid):
    """Whether a process runs (one that has ended and waits to be collected does not)."""
    shown = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return shown.stdout.strip() != "" and not shown.stdout.strip().startswith("Z")
