"""Compilation in advance: another process fills the cache on disk while this one reads its input.

Pricing takes the longest to compile, and is not called until a county is read and a first plan is
found. If the other process cannot be started or fails, only time is lost: the functions are
compiled here when they are called.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Lock, Thread

import networkx as nx
import numpy as np

from cluster_geo.compiled.arrays import ArrayModel
from cluster_geo.compiled.branch import price_hub
from cluster_geo.compiled.duals import Duals
from cluster_geo.compiled.effort import Effort
from cluster_geo.compiled.jit import is_ready
from cluster_geo.compiled.violations import violated

# Seconds after which the other process is taken to be stuck.
LONGEST = 300.0
_COMMAND = "from cluster_geo.compiled import warm; warm.compile_while_wanted()"

_process: subprocess.Popen[bytes] | None = None
_lock = Lock()


def begin() -> None:
    """Have pricing compiled in another process, unless that was done."""
    global _process  # noqa: PLW0603
    with _lock:
        if _process is not None or not sys.executable or is_ready(price_hub):
            return
        # Whatever is amiss with the system, the interpreter or its paths: it is done without.
        with suppress(Exception):
            _process = _started()
            atexit.register(end)


def _started() -> subprocess.Popen[bytes]:
    paths = os.pathsep.join(path or str(Path.cwd()) for path in sys.path)
    return subprocess.Popen(  # noqa: S603
        # With -P not the folder that a user stands in, but the very package run here.
        [sys.executable, "-P", "-c", _COMMAND],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": paths},
        # Ctrl-C is for this process, which ends the other.
        start_new_session=True,
    )


def wait() -> None:
    """Wait until the other process has done, where there is one; compile what is next meanwhile."""
    with _lock:
        if _process is not None and _process.returncode is None:
            compile_cutting()
            try:
                _process.wait(LONGEST)
            except subprocess.TimeoutExpired:
                _end(_process)


def end() -> None:
    """End the other process, where there is one."""
    if _process is not None:
        _end(_process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        process.kill()
        process.wait()
    if process.stdin is not None:
        process.stdin.close()


def compile_while_wanted() -> None:
    """Compile pricing; stop at once when the process that asked for it is gone."""

    def watch() -> None:
        # The other end of the pipe closes with the process that holds it, however that ends.
        sys.stdin.buffer.read()
        os._exit(1)

    Thread(target=watch, daemon=True).start()
    compile_pricing()
    # Without clearing up after a thread that still waits.
    os._exit(0)


def compile_pricing() -> None:
    """Price a county of two schools."""
    model = ArrayModel(range(2))
    model.connect(nx.path_graph(2))
    arrays = model.arrays()
    duals = Duals(
        atom=np.zeros(2),
        cut_atoms=np.empty((0, 3), dtype=np.int64),
        cut_price=np.empty(0),
        cut_start=np.zeros(3, dtype=np.int64),
        cut_of=np.empty(0, dtype=np.int64),
    )
    effort = Effort(1, 1, 1, 1.0, 1.0, 1, 1, 1, 1, 1.0)
    found = np.empty((1, 4), dtype=np.int64)
    price_hub(arrays, duals, 0, 0.0, 1.0, effort, False, found, np.empty(1))


def compile_cutting() -> None:
    """Look for the cuts of a county of one school."""
    one = np.ones(1)
    violated(1, np.array([0, 1]), np.zeros(1, dtype=np.int64), one, one.reshape(1, 1), 1.0, 1)
