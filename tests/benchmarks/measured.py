"""Run a command and write what it took: ``python measured.py REPORT.json LIMIT COMMAND...``.

A small process in between, because on Linux a program's peak memory includes that of the
process that started it. Needs nothing but the standard library.
"""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

# Linux counts in KiB, macOS in bytes.
BYTES = 1 if sys.platform == "darwin" else 1024


def main() -> None:
    """Run the command, end it and its children after LIMIT seconds, and report."""
    report, limit, *command = sys.argv[1:]
    started = time.perf_counter()
    child = subprocess.Popen(command, start_new_session=True)
    killed = False
    try:
        child.wait(timeout=float(limit))
    except subprocess.TimeoutExpired:
        killed = True
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    told = {
        "code": child.returncode,
        "killed": killed,
        "wall_seconds": time.perf_counter() - started,
        "cpu_seconds": used.ru_utime + used.ru_stime,
        "peak_mb": used.ru_maxrss * BYTES / 1e6,
    }
    Path(report).write_text(json.dumps(told), encoding="utf-8")


main()
