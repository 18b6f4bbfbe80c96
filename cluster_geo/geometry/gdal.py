"""Listening to GDAL while it reads files that may be broken."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def messages_may_be_garbled() -> Iterator[None]:
    """Let GDAL say what is wrong with a file in words that are no text.

    Its messages quote the file, sometimes half a character of it. pyogrio's ear for them then
    trips where no caller can catch it, and Python prints a traceback beside the message that
    the caller makes of the error itself. Its warnings are left out too: what is wrong with each
    shape is found and told by the caller, and a field of lists stays text.
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
