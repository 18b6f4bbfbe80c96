"""Where and when figures were measured: a table without this says nothing."""

from __future__ import annotations

import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from tests.benchmarks.environment import PINS

ROOT = Path(__file__).resolve().parents[2]
LIBRARIES = ("highspy", "numba", "numpy", "pandas", "PuLP", "scipy")


def circumstances(seed: int, seconds: float) -> dict[str, str]:
    """Return what a reader must know to measure the same again."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    pins = [line for line in PINS.read_text().splitlines() if "==" in line]
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "commit": _commit(),
        "machine": f"{_cores()} cores, {_processor()}, {memory:.0f} GB",
        "load at the start": " ".join(f"{load:.1f}" for load in os.getloadavg()),
        "system": f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
        "libraries": ", ".join(f"{name} {version(name)}" for name in LIBRARIES),
        "peers": ", ".join(pin.replace("==", " ") for pin in pins),
        "seed": str(seed),
        "seconds": f"{seconds:g} for each method that can use them",
    }


def _cores() -> int:
    """Cores that this process may use, which is not always all there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.is_file():
        for line in cpuinfo.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown processor"


def _commit() -> str:
    def git(*words: str) -> str:
        done = subprocess.run(
            ["git", *words], cwd=ROOT, capture_output=True, text=True, check=False
        )
        return done.stdout.strip()

    changed = git("status", "--porcelain", "--", "cluster_geo")
    return (git("rev-parse", "--short", "HEAD") or "none") + (" with changes" if changed else "")
