"""How functions are compiled: entry points once and kept on disk, what they call within them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FunctionType
from typing import Any, TypeVar, cast

from numba import njit
from numba.core.caching import FunctionCache

from cluster_geo.compiled.parts import PartCompiler

F = TypeVar("F", bound=Callable[..., Any])


def _digest() -> str:
    """Digest of the sources of this folder."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


SOURCES = _digest()


class _KeptBySources(FunctionCache):
    """Numba's cache on disk, which knows an entry's own file alone, told of all it is made of.

    Without it an entry point would go on as it was after a function that it calls was changed.
    """

    def save_overload(self, sig: object, data: object) -> None:
        # A full disk or a folder that may not be written to costs time, not the run.
        with suppress(OSError):
            super().save_overload(sig, data)  # type: ignore[no-untyped-call]

    def holds_sources(self) -> bool:
        """Whether anything made of the sources as they are is kept."""
        index = self._cache_file._load_index()  # type: ignore[no-untyped-call]  # noqa: SLF001
        return any(key[-1] == SOURCES for key in index)

    def _index_key(self, sig: object, codegen: object) -> tuple[object, ...]:
        return (*super()._index_key(sig, codegen), SOURCES)  # type: ignore[no-untyped-call]


# Numba's stubs know neither its caches nor all of its options.
_njit: Any = njit
_cache: Any = _KeptBySources


def entry(function: F) -> F:
    """Compile a function that Python calls, and keep it on disk."""
    compiled = _njit(nogil=True, error_model="numpy")(function)
    # Numba refuses where there is no folder to keep it in: then it is not kept.
    with suppress(RuntimeError):
        compiled._cache = _cache(function)  # noqa: SLF001
    return cast("F", compiled)


def is_ready(function: Callable[..., Any]) -> bool:
    """Whether an entry point need not be compiled for the disk: it is there, or cannot be."""
    compiled: Any = function
    if isinstance(function, FunctionType) or compiled.signatures:
        return True
    cache = compiled._cache  # noqa: SLF001
    return not isinstance(cache, _KeptBySources) or cache.holds_sources()


def inner(function: F) -> F:
    """Compile a function that only compiled ones call, as a part of those.

    It has neither machine code of its own nor the wrappers that Python needs, which together
    are more than half the work. Never call it from Python: nothing but a crash would come of it.
    """
    options = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True, "pipeline_class": PartCompiler}
    return cast("F", _njit(nogil=True, error_model="numpy", **options)(function))
