"""Python run in a process of its own, which prints one line of JSON and nothing else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]
# A process that has Numba's compiler ready, and parts into two for every piece of code. It knows
# nothing of this package: that is imported by the code, with whatever was done to Numba before.
READY = """
import json, os, sys, traceback
import numba
numba.njit(lambda x: x + 1.0)(1.0)
for line in sys.stdin:
    code, first, env, outputs = json.loads(line)
    child = os.fork()
    if child == 0:
        for stream, path in enumerate(outputs, 1):
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), stream)
        sys.path.insert(0, first)
        os.environ.update(env)
        sys.dont_write_bytecode = bool(os.environ.get("PYTHONDONTWRITEBYTECODE"))
        numba.core.config.reload_config()
        try:
            exec(code, {"__name__": "__main__"})
        except BaseException:
            traceback.print_exc()
        sys.stdout.flush()
        # Without clearing up all that was copied, which takes longer than the rest.
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


def printed(code: str, first: Path = ROOT, **env: str) -> dict[str, object]:
    """Run code with a folder before all others to import from; return what it prints."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", code],
        env={**_environment(first), **env},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def _environment(first: Path) -> dict[str, str]:
    paths = os.pathsep.join([str(first), *filter(None, sys.path)])
    return {**os.environ, "PYTHONPATH": paths}


class Forks:
    """Runs code as `printed` does, in a copy of a process that has Numba loaded already.

    To start Python, load Numba and compile something first takes ten times as long as what is
    tested.
    """

    def __init__(self, process: subprocess.Popen[str], folder: Path) -> None:
        self._process, self._folder = process, folder

    def printed(self, code: str, first: Path = ROOT, **env: str) -> dict[str, object]:
        """Run code with a folder before all others to import from; return what it prints."""
        outputs = [self._folder / name for name in ("out", "err")]
        asked = json.dumps([code, str(first), env, [str(path) for path in outputs]])
        self._process.stdin.write(f"{asked}\n")
        self._process.stdin.flush()
        ended = self._process.stdout.readline()
        out, err = (path.read_text(encoding="utf-8") for path in outputs)
        for path in outputs:
            path.unlink()
        assert (ended, err) == ("0\n", "")
        return json.loads(out)


@contextmanager
def forks() -> Iterator[Forks]:
    """Start a process that is ready to run code in copies of itself."""
    with (
        TemporaryDirectory() as folder,
        subprocess.Popen(
            [sys.executable, "-P", "-c", READY],
            env=_environment(ROOT),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as process,
    ):
        yield Forks(process, Path(folder))
        process.stdin.close()
