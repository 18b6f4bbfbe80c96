"""Where machine code is kept between runs: in a folder named by all that it is made of.

Numba's own cache knows the file of the function it keeps and no other: an entry point would go
on as it was after a function that it calls was changed. So each state of the sources has a
folder of its own, which is handed to Numba as its `NUMBA_CACHE_DIR` would be.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import numba
from numba import njit

_config: Any = getattr(numba, "config", None)
_njit: Any = njit


def _digest() -> str | None:
    """Digest of what is compiled and the version of Numba; None: there are no sources.

    That is this folder, and the tolerances, which Numba builds into the code as they are.
    """
    here = Path(__file__).parent
    paths = sorted([*here.glob("*.py"), *here.parent.glob("tolerances.py")])
    digest = hashlib.sha256(f"{numba.__version__} {sys.implementation.cache_tag}".encode())
    try:
        for path in paths:
            digest.update(path.read_bytes())
    except OSError:
        return None
    return digest.hexdigest() if paths else None


SOURCES = _digest()


def kept_on_disk(function: Callable[..., Any], options: dict[str, Any]) -> Any | None:  # noqa: ANN401
    """Have Numba compile a function and keep it on disk; None where there is no place for it."""
    if SOURCES is None:
        return None
    for home in _homes():
        kept = _kept_in(home / f"numba-{SOURCES[:16]}", function, options)
        if kept is not None:
            return kept
    return None


def _homes() -> Iterator[Path]:
    """Folders to keep machine code in, the first that can be written is taken.

    That which the user names to Numba and no other; else beside the bytecode of the sources, or
    in the user's own folder of such things.
    """
    named = getattr(_config, "CACHE_DIR", "")
    if named:
        yield Path(named).absolute()
        return
    yield Path(__file__).parent.absolute() / "__pycache__"
    named = os.environ.get("XDG_CACHE_HOME")
    if named:
        yield Path(named).absolute() / "cluster-geo"
    with suppress(RuntimeError):
        yield Path.home() / ".cache" / "cluster-geo"


def _kept_in(folder: Path, function: Callable[..., Any], options: dict[str, Any]) -> Any | None:  # noqa: ANN401
    """Have Numba keep a function in a folder; None where it would not, whatever the reason."""
    with suppress(Exception):
        named = _config.CACHE_DIR
        try:
            _config.CACHE_DIR = str(folder)
            kept = _njit(cache=True, **options)(function)
        finally:
            _config.CACHE_DIR = named
        # Where it cannot write Numba looks for another folder, one not named by the sources.
        there = Path(kept.stats.cache_path).is_relative_to(folder)
        # All else that is used of it.
        if there and callable(kept.compile) and not kept.signatures:
            return kept
    return None
