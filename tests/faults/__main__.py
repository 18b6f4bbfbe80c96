"""Plant every fault in turn, in copies of the project, and list those that survive.

    python -m tests.faults [--workers 2] [--only TEXT] [--report FILE]

Exits with 1 if a fault survives that is not explained in the catalogue.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from tests.copies import copies
from tests.faults import Fault, catalogue

# Seconds after which a fault that never ends counts as caught: a test would never pass.
LONGEST = 600.0
# Exit codes of pytest: all passed, some failed, and failed to collect (an import that breaks).
PASSED, FAILED, BROKEN = 0, 1, 2


@dataclass(frozen=True)
class Outcome:
    """What became of one fault: caught, alive, or not tried for a reason."""

    fault: Fault
    verdict: str
    by: str
    seconds: float


def tried(fault: Fault, copy: Path) -> Outcome:
    """Plant a fault in a copy, run its tests, and take it out again."""
    path = copy / fault.file
    text = path.read_text(encoding="utf-8")
    path.write_text(fault.planted(text), encoding="utf-8")
    began = time.monotonic()
    environment = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    if fault.file.startswith("cluster_geo/compiled/"):
        # Compiling takes longer than running it as the Python it is written in.
        environment["NUMBA_DISABLE_JIT"] = "1"
    command = [sys.executable, "-m", "pytest", "-q", "-x", "--no-header", "-p", "no:cacheprovider"]
    try:
        done = subprocess.run(
            [*command, *fault.tests],
            cwd=copy,
            env=environment,
            capture_output=True,
            text=True,
            timeout=LONGEST,
            check=False,
        )
        verdict, by = _verdict(done)
    except subprocess.TimeoutExpired:
        verdict, by = "caught", "its tests did not end"
    finally:
        path.write_text(text, encoding="utf-8")
    return Outcome(fault, verdict, by, time.monotonic() - began)


def _verdict(done: subprocess.CompletedProcess[str]) -> tuple[str, str]:
    """Read what pytest says of a planted fault."""
    failed = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    if done.returncode in (FAILED, BROKEN) and failed:
        return "caught", failed[0].split(" - ")[0].removeprefix("FAILED ")
    if done.returncode == PASSED:
        skipped = " passed" not in done.stdout
        return ("not tried", "every test was skipped") if skipped else ("ALIVE", "")
    return "not tried", (done.stdout + done.stderr)[-300:]


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--only", default="", help="faults whose name or file holds this text")
    parser.add_argument("--report", type=Path, help="where to write a line for each fault")
    asked = parser.parse_args()
    chosen = [f for f in catalogue() if asked.only in f.name or asked.only in f.file]
    began = time.monotonic()
    outcomes = []
    with copies(asked.workers) as made, ThreadPoolExecutor(asked.workers) as pool:
        free: SimpleQueue[Path] = SimpleQueue()
        for copy in made:
            free.put(copy)

        def run(fault: Fault) -> Outcome:
            copy = free.get()
            try:
                return tried(fault, copy)
            finally:
                free.put(copy)

        for outcome in pool.map(run, chosen):
            outcomes.append(outcome)
            said = outcome.by or outcome.fault.why or "no test of its list fails"
            line = f"{outcome.verdict:9}  {outcome.fault.file}: {outcome.fault.name}  [{said}]"
            print(line, flush=True)
            if asked.report:
                with asked.report.open("a", encoding="utf-8") as report:
                    report.write(line + "\n")
    caught = sum(outcome.verdict == "caught" for outcome in outcomes)
    alive = [o for o in outcomes if o.verdict != "caught" and not o.fault.why]
    minutes = (time.monotonic() - began) / 60
    print(f"{caught} of {len(outcomes)} caught, {len(alive)} unexplained, {minutes:.1f} minutes")
    return 1 if alive else 0


if __name__ == "__main__":
    sys.exit(main())
