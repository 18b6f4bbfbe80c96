"""Errors, one class for each kind; all faults in a user's input are reported together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

Found = TypeVar("Found")


class ClusterGeoError(Exception):
    """Base of every error this package raises on purpose; `exit_code` is the command's."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with an input, and what to do about it.

    Parameters
    ----------
    where : str
        File (its name as the user gave it), setting or option the fault is in.
    found : str
        What was found there.
    fix : str
        What the user can do.
    row : int, optional
        Line of the file, counted from 1 with the header as line 1.
    column : str, optional
        Name of the column or key.
    setting : str, optional
        Dotted name of a scenario's setting; such a fault has a line, not a row.
    """

    where: str
    found: str
    fix: str
    row: int | None = None
    column: str | None = None
    setting: str | None = None

    def __str__(self) -> str:
        place = self.where
        if self.row is not None:
            place += f", {'row' if self.setting is None else 'line'} {self.row}"
        if self.setting:
            place += f", {self.setting}"
        if self.column is not None:
            place += f", column {self.column!r}"
        return f"{place}: {self.found}. {self.fix}"


class InputError(ClusterGeoError):
    """Files or settings that cannot be used; carries every fault found, not only the first."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        number = len(self.faults)
        head = "1 fault" if number == 1 else f"{number} faults"
        super().__init__("\n".join([f"{head} in the input:", *(f"  - {f}" for f in self.faults)]))


class ScenarioError(InputError):
    """A scenario file or `--set` option with an unknown setting or an invalid value."""


class OutputError(ClusterGeoError):
    """An output folder that cannot be written; nothing in it was changed."""


class SolverError(ClusterGeoError):
    """A solver gave no usable answer, or one that contradicts what is known."""


class ImpossibleError(ClusterGeoError):
    """It is proven that no plan meets the requirements."""

    exit_code = 3

    @classmethod
    def of(cls, reasons: Iterable[str]) -> ImpossibleError:
        """Return the error with the sentences that explain why."""
        head = "It is proven that no plan meets the requirements."
        return cls("\n".join([head, *(f"  - {reason}" for reason in reasons)]))


class NoPlanFoundError(ClusterGeoError):
    """A search ended before any plan was found, and nothing is proven.

    Parameters
    ----------
    words : str
        The message.
    failure : str
        If a solver failed and ended the search: the solver, its version and its answer.
    """

    exit_code = 4

    def __init__(self, words: str, failure: str = "") -> None:
        self.failure = failure
        super().__init__(words)


def file_name(path: str | Path) -> str:
    """Return the name to use for `path` in messages."""
    return Path(path).name


def gathered(
    path: str | Path | None, read: Callable[[str | Path], Found], faults: list[Fault]
) -> Found | None:
    """Read a file if one is given, and add what is wrong with it to `faults`."""
    if path is None:
        return None
    try:
        return read(path)
    except InputError as error:
        faults += error.faults
        return None
