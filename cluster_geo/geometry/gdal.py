"""Messages of GDAL when it reads files that may be damaged."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def messages_may_be_garbled() -> Iterator[None]:
    """Suppress the tracebacks and warnings that GDAL's messages about a file can cause.

    GDAL's messages quote the file, sometimes only part of a character. pyogrio then fails to
    decode them where no caller can catch it, and Python prints a traceback in addition to the
    caller's own message. Warnings are suppressed too: the caller reports what is wrong with each
    shape, and a field of lists remains text.
    """
    printed = sys.unraisablehook

    def without_garble(unraisable: sys.UnraisableHookArgs) -> None:
        if not issubclass(unraisable.exc_type, UnicodeDecodeError):
            printed(unraisable)

    sys.unraisablehook = without_garble
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)
            warnings.filterwarnings("ignore", "Could not parse column", UserWarning)
            yield
    finally:
        sys.unraisablehook = printed
