"""Faults planted by hand: small changes to the product that some test must catch.

Coverage shows that a line was run, not that a test checked its effect. Each fault here is one
realistic slip (a term left out, a limit swapped, a setting without effect) with the tests that
must then fail. `python -m tests.faults` plants them one after the other, in copies of the project,
and lists those that survive.

The catalogue has one TOML file for each part of the product: in `file`, `old` (which occurs there
once) becomes `new`. When a line of code changes, its fault must change too: a test of the everyday
suite fails if `old` is no longer found.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

CATALOGUE = Path(__file__).parent / "catalogue"


@dataclass(frozen=True)
class Fault:
    """One planted fault.

    Parameters
    ----------
    name : str
        What is wrong with it, in a few words; unique.
    file : str
        From the project's root.
    old, new : str
        Text that occurs in the file once, and its replacement.
    tests : tuple of str
        Arguments for pytest; at least one of these tests must fail.
    why : str
        For a fault that no test can catch, why it makes no difference; otherwise empty.
    """

    name: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]
    why: str = ""

    def planted(self, text: str) -> str:
        """Return the file's text with the fault in it."""
        assert text.count(self.old) == 1, f"{self.name}: not once in {self.file}"
        return text.replace(self.old, self.new)


def catalogue() -> list[Fault]:
    """Read every fault, by file of the catalogue."""
    return [
        Fault(**{**entry, "tests": tuple(entry["tests"])})
        for path in sorted(CATALOGUE.glob("*.toml"))
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["fault"]
    ]
