"""The kinds of value a setting can take, and how each is read from a file or a command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, PlainSerializer, SerializationInfo, StringConstraints
from pydantic_core import PydanticCustomError

from cluster_geo.scenario.paths import recorded_path
from cluster_geo.schools.needs import NEEDS, need_code

Wish = Literal["hard", "priced", "shown", "hard-if-possible"]
"""How strict a rule is.

"hard": every plan keeps it; "priced": a plan may break it at a price; "shown": it is only
reported; "hard-if-possible": hard if a plan that keeps it is found, priced if not, and the run
reports which.
"""

Softness = Literal["priced", "shown"]
"""As `Wish`, for rules that cannot be hard."""


def _recorded(path: Path, info: SerializationInfo) -> str:
    """Return the path of a file in a record, from the context if it is there."""
    recorded_paths: Mapping[str, str] = info.context or {}
    return recorded_paths.get(str(path)) or recorded_path(path)


def at_home(value: object) -> object:
    """Return a path that begins with "~" as one in the user's home folder."""
    if not isinstance(value, str | Path) or not str(value).startswith("~"):
        return value
    try:
        return Path(value).expanduser()
    except RuntimeError:  # the system knows of no such user, or of no home
        return value


InputFile = Annotated[Path, BeforeValidator(at_home), PlainSerializer(_recorded)]
"""A file; in a scenario file it is given relative to the folder of that file."""


@dataclass(frozen=True, slots=True)
class Range:
    """Whole numbers from `low` to `high`, both included."""

    low: int
    high: int

    def __str__(self) -> str:
        return str(self.low) if self.low == self.high else f"{self.low}:{self.high}"

    def __contains__(self, number: int) -> bool:
        return self.low <= number <= self.high


def _range(value: object) -> Range | None:
    """Read "8:14", "53", 53 or "free" (no limit, None)."""
    if isinstance(value, Range) or value is None:
        return value
    if isinstance(value, str) and value.strip().lower() == "free":
        return None
    parts = value.split(":") if isinstance(value, str) else [value]
    try:
        low, high = int(str(parts[0])), int(str(parts[-1]))
    except ValueError:
        low = high = -1
    if len(parts) > 2 or isinstance(value, bool) or low < 0:  # noqa: PLR2004
        raise PydanticCustomError("range", "this is not a whole number or a range such as 8:14")
    if low > high:
        raise PydanticCustomError(
            "range", "{low} is greater than {high}", {"low": low, "high": high}
        )
    if low == 0:
        raise PydanticCustomError("range", "it must be at least 1")
    return Range(low, high)


def _limited(value: Range | None) -> Range:
    """Refuse "free" where a range is needed."""
    if value is None:
        raise PydanticCustomError("range", "a range is needed here, not free")
    return value


def _unless_free(value: object) -> object:
    """Read "free" as no limit, None."""
    free = isinstance(value, str) and value.strip().lower() == "free"
    return None if free else value


def _as_list(value: object) -> Any:  # noqa: ANN401
    """Turn a single word on the command line into a list of one."""
    if isinstance(value, str):
        return [value]
    return list(value) if isinstance(value, Sequence) else value


def _needs(value: object) -> object:
    """Turn each need into its code, each once; refuse what is none."""
    if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
        return value
    codes = {part: need_code(part) for part in value}
    if unknown := [part for part, code in codes.items() if not code]:
        raise PydanticCustomError(
            "needs",
            "{unknown} cannot be used: needs are {known}",
            {"unknown": ", ".join(map(repr, unknown)), "known": ", ".join(NEEDS)},
        )
    return tuple(dict.fromkeys(codes.values()))


SizeRange = Annotated[
    Range,
    BeforeValidator(lambda value: _limited(_range(value))),
    PlainSerializer(str),
]
CountRange = Annotated[
    Range | None,
    BeforeValidator(_range),
    PlainSerializer(lambda value: "free" if value is None else str(value)),
]
Limit = Annotated[
    Annotated[int, Field(ge=1)] | None,
    BeforeValidator(_unless_free),
    PlainSerializer(lambda value: "free" if value is None else value),
]
"""A greatest number, or "free" for no limit."""
Words = Annotated[tuple[str, ...], BeforeValidator(_as_list)]
Needs = Annotated[
    tuple[str, ...],
    BeforeValidator(lambda value: _needs(_as_list(value))),
]
"""Types of need by their codes; their names are read too."""
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""Words that must not be blank."""
Urn = Annotated[int, Field(gt=0)]
Price = Annotated[float, Field(ge=0, le=1e6, allow_inf_nan=False)]
Group = Annotated[tuple[Urn, ...], Field(min_length=2)]
