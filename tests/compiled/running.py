"""Python run in a process of its own, which prints one line of JSON and nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def printed(code: str, first: Path = ROOT, **env: str) -> dict[str, object]:
    """Run code with a folder before all others to import from; return what it prints."""
    paths = os.pathsep.join([str(first), *filter(None, sys.path)])
    done = subprocess.run(
        [sys.executable, "-P", "-c", code],
        env={**os.environ, "PYTHONPATH": paths, **env},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)
