"""The compiled code is Python: read as such it finds and proves the same."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.compiled import interpreted

# Counties with a plan and one without; with and without the rule of one piece.
SEEDS = (0, 1, 2, 5)


def test_python_finds_and_proves_what_the_compiled_code_does():
    """No result hangs on what the compiler makes of the code: optima and proofs are the same."""
    command = [sys.executable, "-m", interpreted.__name__, *map(str, SEEDS)]
    env = {**os.environ, "NUMBA_DISABLE_JIT": "1"}
    root = Path(__file__).parents[2]
    run = subprocess.run(command, env=env, cwd=root, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    found = [json.loads(line) for line in run.stdout.splitlines()]
    assert [one["seed"] for one in found] == list(SEEDS)
    for one in found:
        compiled = interpreted.outcome(one["seed"])
        assert one["status"] == compiled.status
        assert one["cost"] == (compiled.cost and pytest.approx(compiled.cost))
    assert {one["status"] for one in found} == {"optimal", "impossible"}
