"""The peers' own virtual environment, made when it is first asked for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent
PINS = FOLDER / "peers.txt"
HOME = FOLDER / ".venv"


def peers_python() -> Path | None:
    """Return the interpreter of the peers' environment, or None where it is not (or outdated)."""
    done = HOME / PINS.name
    python = HOME / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    fresh = done.is_file() and done.read_bytes() == PINS.read_bytes()
    return python if fresh and python.is_file() else None


def make_environment() -> Path:
    """Return the interpreter of the peers' environment; make it (about a minute) if need be."""
    if python := peers_python():
        return python
    subprocess.run([sys.executable, "-m", "venv", "--clear", HOME], check=True)
    pip = [HOME / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "-r", PINS], check=True)
    # Copied last: an installation cut short is not taken for a whole one.
    (HOME / PINS.name).write_bytes(PINS.read_bytes())
    python = peers_python()
    assert python is not None
    return python
