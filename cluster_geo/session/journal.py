"""The journal of a session: one line for each step, on the disk before the step is shown.

Lines are only ever added. A step that was undone stays in the journal, with the line that says so.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from io import FileIO
from pathlib import Path
from typing import Annotated, Literal, Self, TypeVar

from filelock import FileLock, Timeout
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from cluster_geo.errors import Fault, InputError, OutputError
from cluster_geo.session.requests import MOST_LETTERS, Code, Request, Text

FORMAT = 1
JOURNAL_FILE = "journal.jsonl"
# Words of a request or of a reason: a line or two, read out in a room.
MOST_WORDS = 2_000

Words = Annotated[str, Field(max_length=MOST_WORDS)]
Digest = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class _Line(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Begun(_Line):
    """The session begins.

    Parameters
    ----------
    program : str
        Version of this program.
    source : str
        SHA-256 of the file of the plan that it begins from.
    rules : str
        `Judge.digest`: of the rules that judge it, and of the files that they were read from.
    when : str
        Date and time in ISO 8601, as in every line.
    after : str
        `Draft.digest` after the line, as in every line that leads to a draft.
    """

    event: Literal["begun"] = "begun"
    format: Literal[1] = 1
    program: str
    source: Digest
    rules: Digest
    when: str
    after: Digest


class Accepted(_Line):
    """A request was accepted.

    Parameters
    ----------
    number : int
        Of the step, from 1 in the order of the journal.
    parent : int
        Number of the step that it was accepted after; 0 for the beginning.
    request : Request
    by : str
        Role of who asked.
    asked, reason : str
        What was asked in their words, and why it was accepted.
    before, after : str
        `Draft.digest` before and after.
    """

    event: Literal["accepted"] = "accepted"
    number: int
    parent: int
    request: Request
    by: Text = ""
    asked: Words = ""
    reason: Words = ""
    when: str
    before: Digest
    after: Digest


class Refused(_Line):
    """A request was refused; the plan stays as it is.

    Parameters
    ----------
    parent : int
        Number of the step after which it was refused.
    found : tuple of str
        What it would have broken.
    """

    event: Literal["refused"] = "refused"
    parent: int
    request: Request
    found: tuple[Words, ...] = ()
    by: Text = ""
    asked: Words = ""
    reason: Words = ""
    when: str


class Went(_Line):
    """The plan is that of another step: undone, redone or gone back to."""

    event: Literal["went"] = "went"
    to: int
    when: str
    after: Digest


class Branched(_Line):
    """A variant begins at the current step, and is the current one."""

    event: Literal["branched"] = "branched"
    variant: Code
    when: str


class Switched(_Line):
    """Another variant is the current one."""

    event: Literal["switched"] = "switched"
    variant: Code
    when: str
    after: Digest


class Finished(_Line):
    """The outputs of the current plan were written."""

    event: Literal["finished"] = "finished"
    folder: str
    reason: Words = ""
    when: str
    after: Digest


Line = Annotated[
    Begun | Accepted | Refused | Went | Branched | Switched | Finished,
    Field(discriminator="event"),
]
_READER: TypeAdapter[Line] = TypeAdapter(Line)
Made = TypeVar("Made", bound=_Line)


def text_of(line: _Line) -> str:
    """Return a line as it stands in a journal, without its end."""
    return json.dumps(line.model_dump(mode="json"), ensure_ascii=False, separators=(",", ":"))


@dataclass
class Journal:
    """An open journal, which nobody else can open; a context manager that closes it.

    Parameters
    ----------
    path : Path
    lines : list of Line
        What is in it.
    """

    path: Path
    lines: list[Line]
    _stream: FileIO = field(repr=False)
    _lock: FileLock = field(repr=False)

    @classmethod
    def open(cls, path: Path) -> Journal:
        """Open a journal, or begin one; the last line of one that was cut off is taken away.

        Raises
        ------
        InputError
            Where another session has it open, or a line of it cannot be read.
        OutputError
            Where it cannot be written.
        """
        lock = FileLock(path.with_name(f".{path.name}.lock"), blocking=False, is_singleton=False)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            lock.acquire()
        except Timeout as error:
            found = "another session has this journal open"
            raise InputError([Fault(str(path), found, "Go on there, or close it first")]) from error
        except OSError as error:
            raise _unwritable(path, error) from error
        try:
            content = path.read_bytes() if path.exists() else b""
            # A machine that stops may leave a line without its end: that step was never shown.
            whole = content[: content.rfind(b"\n") + 1]
            lines = read_lines(whole, str(path))
            stream = path.open("ab", buffering=0)
            stream.truncate(len(whole))
        except OSError as error:
            lock.release()
            raise _unwritable(path, error) from error
        except InputError:
            lock.release()
            raise
        return cls(path, lines, stream, lock)

    def _size(self) -> int:
        return os.fstat(self._stream.fileno()).st_size

    def close(self) -> None:
        """Close the file, and let others open it."""
        self._stream.close()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add(self, *lines: Line) -> None:
        """Add lines, all or none, and wait until they are on the disk.

        Raises
        ------
        OutputError
            Where they cannot be written; the journal is then as it was.
        """
        text = "".join(f"{text_of(line)}\n" for line in lines).encode()
        before = self._size()
        try:
            while text:
                text = text[self._stream.write(text) :]
            os.fsync(self._stream.fileno())
        except OSError as error:
            # Where even this fails, the line is not whole: it is taken away on opening again.
            self._stream.truncate(before)
            raise _unwritable(self.path, error) from error
        self.lines += lines


def made(kind: type[Made], **facts: object) -> Made:
    """Make a line of what somebody said.

    Raises
    ------
    InputError
        Where a text is too long, or cannot be written as text.
    """
    try:
        line = kind.model_validate(facts)
        text_of(line).encode()
    except ValidationError as error:
        names = ", ".join(str(fault["loc"][0]) for fault in error.errors() if fault["loc"])
        fix = f"Use at most {MOST_LETTERS:,} letters for a role, and {MOST_WORDS:,} for a reason"
        raise InputError([Fault("record", f"it cannot be recorded ({names})", fix)]) from error
    except UnicodeEncodeError as error:
        found = "it has letters that are damaged"
        raise InputError([Fault("record", found, "Write it anew")]) from error
    return line


def read_lines(content: bytes, name: str) -> list[Line]:
    """Read the lines of a journal.

    Raises
    ------
    InputError
        Where a line is none of a journal, or the first does not begin it.
    """
    fix = "Restore the file from a copy; it is only ever added to"
    lines: list[Line] = []
    for number, text in enumerate(content.splitlines(), start=1):
        try:
            lines.append(_READER.validate_json(text))
        except ValidationError as error:
            raise InputError([Fault(name, "this line cannot be read", fix, number)]) from error
    if lines and not isinstance(lines[0], Begun):
        raise InputError([Fault(name, "it is not the journal of a session", fix, 1)])
    return lines


def _unwritable(path: Path, error: OSError) -> OutputError:
    return OutputError(f"{path} cannot be written ({error.strerror or error}).")
