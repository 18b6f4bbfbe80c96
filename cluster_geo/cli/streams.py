"""Output streams that never end a command: what cannot be printed takes nothing from its work."""

from __future__ import annotations

import errno
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

# Errors of a pipe whose reader has gone; Windows reports the second.
GONE = (errno.EPIPE, errno.EINVAL)


class _Lasting(io.FileIO):
    """A file descriptor that takes what is written after its first failure, and drops it."""

    failure: OSError | None = None

    def write(self, data: bytes | memoryview) -> int:  # type: ignore[override]
        """Write, or pretend to."""
        if self.failure is None:
            try:
                return super().write(data)
            except OSError as error:
                self.failure = error
        return memoryview(data).nbytes


@contextmanager
def lasting_streams() -> Iterator[None]:
    """Make standard output and error last for the duration of a command.

    A reader that goes away, as `head` does, is no error, and the command ends as it would have.
    A full disk is reported at the end. Signs that the stream's encoding lacks are printed as "?".

    Raises
    ------
    OSError
        On leaving, if the output could not be printed for another reason than that its reader
        has gone.
    """
    files: list[_Lasting] = []
    streams = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (_lasting(stream, files) for stream in streams)
    try:
        yield
    finally:
        for stream in (sys.stdout, sys.stderr):
            # There is none where a scheduler has closed it.
            if stream is not None:
                stream.flush()
        sys.stdout, sys.stderr = streams
        failures = [file.failure for file in files if file.failure is not None]
        if lost := [error for error in failures if error.errno not in GONE]:
            raise lost[0]


def _lasting(stream: TextIO, files: list[_Lasting]) -> TextIO:
    """Return a stream to print to instead; a terminal, or what a test put there, as it is."""
    if not isinstance(stream, io.TextIOWrapper):
        return stream
    stream.reconfigure(errors="replace")
    try:
        number, terminal = stream.fileno(), stream.isatty()
    except (OSError, ValueError):
        return stream
    if terminal:
        return stream
    stream.flush()
    files.append(_Lasting(number, "wb", closefd=False))
    return io.TextIOWrapper(
        io.BufferedWriter(files[-1]),  # type: ignore[type-var]
        encoding=stream.encoding,
        errors="replace",
        line_buffering=stream is sys.stderr,
    )
