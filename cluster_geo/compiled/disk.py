"""The cache of machine code between runs, in a folder named by the digest of its sources.

Numba's own cache depends only on the file of the cached function, so an entry point would not be
recompiled after a change to a function that it calls. Each state of the sources therefore has its
own folder, which Numba is given in place of its `NUMBA_CACHE_DIR`.
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
    """Return a digest of the compiled sources and the version of Numba; None without sources.

    The sources are this folder and the tolerances, which Numba compiles in as constants.
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
    """Have Numba compile a function and cache it on disk; None if no folder can be used."""
    if SOURCES is None:
        return None
    for home in _homes():
        kept = _kept_in(home / f"numba-{SOURCES[:16]}", function, options)
        if kept is not None:
            return kept
    return None


def _homes() -> Iterator[Path]:
    """Return folders for machine code, of which the first that can be written is used.

    If the user has set Numba's folder, it is the only one; otherwise they are beside the bytecode
    of the sources and in the user's cache folder.
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
    """Have Numba cache a function in a folder; None if it does not, whatever the reason."""
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
