"""Frozen parameters that refuse a value outside its range when they are made."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import Field, dataclass, field, fields
from typing import Any


@dataclass(frozen=True)
class Range:
    """Values that a parameter may have; only whole numbers if its default is one.

    Parameters
    ----------
    least, most : float
    open : bool
        Whether `least` itself is excluded.
    """

    least: float
    most: float
    open: bool

    def fault(self, value: object, *, whole: bool) -> str:
        """Return what is wrong with a value, or "" if nothing is."""
        kind = int if whole else (int, float)
        if isinstance(value, bool) or not isinstance(value, kind):
            return "not a whole number" if whole else "not a number"
        assert isinstance(value, (int, float))
        if not math.isfinite(value) or value > self.most:
            return f"more than {self.most:g}"
        if value < self.least or (self.open and value == self.least):
            return f"not above {self.least:g}" if self.open else f"less than {self.least:g}"
        return ""


def some(
    default: Any,  # noqa: ANN401 - a number, or a tuple of them
    *,
    least: float = 0.0,
    above: float | None = None,
    most: float = math.inf,
) -> Any:  # noqa: ANN401 - a dataclass field may be of any type
    """Return a field for a number in a range, or for several; at least 0 by default."""
    lowest = least if above is None else above
    return field(default=default, metadata={"range": Range(lowest, most, above is not None)})


def share(
    default: Any,  # noqa: ANN401 - a number, or a tuple of them
    *,
    above: float | None = None,
    most: float = 1.0,
) -> Any:  # noqa: ANN401
    """Return a field for a fraction, 0 to 1."""
    return some(default, above=above, most=most)


def range_of(one: Field[Any]) -> Range | None:
    """Return the range of a field made by `some` or `share`, or None for any other field."""
    found = one.metadata.get("range")
    return found if isinstance(found, Range) else None


@dataclass(frozen=True)
class Ranged:
    """A frozen dataclass whose fields are numbers with a range, or are `Ranged` themselves."""

    def __post_init__(self) -> None:
        """Refuse values outside their ranges, all at once.

        Raises
        ------
        ValueError
            With every fault.
        """
        faults = [fault for one in fields(self) for fault in self._faults_of(one)]
        if faults:
            raise ValueError("; ".join(faults))

    def _faults_of(self, one: Field[Any]) -> Iterator[str]:
        value, within = getattr(self, one.name), range_of(one)
        if within is None:
            return
        several = isinstance(one.default, tuple) and isinstance(value, tuple)
        if several and not value:
            yield f"{type(self).__name__}.{one.name} is empty"
        for number in value if several else (value,):
            if fault := within.fault(number, whole=isinstance(one.default, int)):
                yield f"{type(self).__name__}.{one.name} is {number!r}: {fault}"

    def in_order(self, low: str, high: str) -> None:
        """Refuse a lower number above the higher one.

        Raises
        ------
        ValueError
        """
        if getattr(self, low) > getattr(self, high):
            raise ValueError(f"{type(self).__name__}.{low} is above {high}")
