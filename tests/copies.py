"""Copies of the project to plant faults in, as it stands: what is not committed included."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@contextmanager
def copies(number: int) -> Iterator[list[Path]]:
    """Check the last commit out into so many folders, with what is not committed on top.

    Files that git does not know yet are left behind.
    """
    change = subprocess.run(
        ["git", "diff", "HEAD", "--binary"], cwd=ROOT, capture_output=True, check=True
    ).stdout
    made: list[Path] = []
    with tempfile.TemporaryDirectory(prefix="copies_") as folder:
        try:
            for place in range(number):
                path = Path(folder) / f"copy_{place}"
                command = ["git", "worktree", "add", "-q", "--detach", str(path), "HEAD"]
                subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
                made.append(path)
                if change:
                    subprocess.run(["git", "apply", "-"], cwd=path, input=change, check=True)
            yield made
        finally:
            for path in made:
                command = ["git", "worktree", "remove", "--force", str(path)]
                subprocess.run(command, cwd=ROOT, check=False, capture_output=True)
