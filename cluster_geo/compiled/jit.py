"""Compilation: entry points are cached on disk; the functions they call are compiled into them.

It uses Numba's public interface except for parts (`parts.py`), which are skipped if Numba's
internals are not those of a known release. If anything is missing, changed or broken, only time
is lost: a function is then compiled like any other, or not cached.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import update_wrapper
from pathlib import Path
from threading import Lock
from types import FunctionType
from typing import Any, TypeVar, cast

from numba import njit, typeof

from cluster_geo.compiled.disk import kept_on_disk

F = TypeVar("F", bound=Callable[..., Any])

# Numba's stubs do not know all of it.
_njit: Any = njit
_typeof: Any = typeof
_OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy"}

# What makes a part of a function; nothing where Numba is not as known, whatever is amiss.
PART_OPTIONS: dict[str, Any] = {}
with suppress(Exception):
    from cluster_geo.compiled.parts import PartCompiler, as_known

    if as_known():
        PART_OPTIONS = {
            "no_cpython_wrapper": True,
            "no_cfunc_wrapper": True,
            "pipeline_class": PartCompiler,
        }


class _Entry:
    """An entry point that is kept on disk, for as long as the disk plays along."""

    def __init__(self, function: Callable[..., Any], kept: Any) -> None:  # noqa: ANN401
        update_wrapper(self, function)
        self._function = function
        self._compiled = kept
        self._folder = Path(kept.stats.cache_path)
        self._prepared = False
        self._lock = Lock()

    @property
    def signatures(self) -> list[tuple[Any, ...]]:
        """Types of arguments it has been compiled for."""
        return list(self._compiled.signatures)

    def files(self) -> list[Path]:
        """Files in which its machine code is kept."""
        with suppress(OSError):
            return list(self._folder.glob(f"*.{self._function.__qualname__}-*.nb[ci]"))
        return []

    def __call__(self, *args: object) -> Any:  # noqa: ANN401
        if not self._prepared:
            with self._lock:
                self._prepare(args)
        return self._compiled(*args)

    def _prepare(self, args: tuple[object, ...]) -> None:
        """Load or compile, so that nothing cached on disk can end the run."""
        if self._prepared:
            return
        with suppress(Exception):
            self._compiled.compile(tuple(_typeof(arg) for arg in args))
        if not self._compiled.signatures:
            # What is there cannot be read. (What cannot be written is compiled all the same.)
            for file in self.files():
                with suppress(OSError):
                    file.unlink()
            self._compiled = _njit(**_OPTIONS)(self._function)
        self._prepared = True


def entry(function: F) -> F:
    """Compile a function that Python calls, and keep it on disk."""
    compiled = _njit(**_OPTIONS)(function)
    if isinstance(compiled, FunctionType):
        # Compilation is switched off (NUMBA_DISABLE_JIT).
        return cast("F", compiled)
    kept = kept_on_disk(function, _OPTIONS)
    return cast("F", compiled if kept is None else _Entry(function, kept))


def is_ready(function: Callable[..., Any]) -> bool:
    """Whether an entry point need not be compiled for the disk: it is there, or cannot be."""
    if not isinstance(function, _Entry):
        return True
    return bool(function.signatures or function.files())


def inner(function: F) -> F:
    """Compile a function that only compiled ones call, as a part of those.

    It has neither its own machine code nor the wrappers that Python needs, which together are more
    than half the work. Never call it from Python: that would crash.
    """
    return cast("F", _njit(**_OPTIONS, **PART_OPTIONS)(function))
