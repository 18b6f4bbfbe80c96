"""Run one peer: ``python -m tests.benchmarks.peers NAME IN.npz OUT.json SECONDS SEED``."""

import importlib
import json
import sys
import time
from pathlib import Path

import numpy as np


def main() -> None:
    """Solve the problem of IN.npz and write labels and seconds to OUT.json."""
    name, source, target, seconds, seed = sys.argv[1:]
    peer = importlib.import_module(f"tests.benchmarks.peers.{name}")
    with np.load(source) as arrays:
        problem = dict(arrays)
    started = time.perf_counter()
    labels, note = peer.solve(problem, float(seconds), int(seed))
    spent = time.perf_counter() - started
    outcome = {"labels": [int(label) for label in labels], "seconds": spent, "note": note}
    Path(target).write_text(json.dumps(outcome), encoding="utf-8")


main()
