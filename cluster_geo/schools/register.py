"""A register of schools as its file tells it, before anybody is chosen from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from cluster_geo.columns import SCHOOL_COLUMNS
from cluster_geo.records import Notice

MAINSTREAM = "mainstream"
SPECIAL = "special"
ALTERNATIVE = "alternative provision"
OTHER = "other"

PHASES = ("primary", "secondary", "all-through")

# What a register tells beyond the schools table, wanted only while schools are chosen.
WORKING_COLUMNS = ("urn", "setting", "phase_as_recorded", "easting", "northing", "last_changed")


@dataclass(frozen=True, eq=False)
class Register:
    """Every row of a file of schools, in this project's column names, all still text.

    Parameters
    ----------
    frame : DataFrame
        Columns of `columns.SCHOOL_COLUMNS` and `WORKING_COLUMNS`, text ("" for missing),
        dates in ISO 8601 where they can be read, indexed by line of the file.
    name : str
        Name of the file in messages.
    titles : mapping of str to str
        The file's own name of each column, for messages.
    as_at : str
        Date of the register (ISO 8601), or "" where the file does not tell it.
    parts : mapping of str to tuple of str
        Columns of `frame` that add up to a column of numbers.
    missing : frozenset of str
        Columns that the file does not have.
    notices : tuple of Notice
    attribution : str
        Words that the register's licence asks for.
    own : bool
        Whether it is the planner's own, whose figures nobody else's replace.
    """

    frame: pd.DataFrame
    name: str
    titles: Mapping[str, str]
    as_at: str = ""
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    notices: tuple[Notice, ...] = field(default=())
    attribution: str = ""
    own: bool = False

    def title(self, column: str) -> str:
        """Return the file's own name of a column."""
        return self.titles.get(column, column)


def complete(frame: pd.DataFrame) -> tuple[pd.DataFrame, frozenset[str]]:
    """Add the columns of a register that `frame` lacks, empty, and return which they are."""
    wanted = [*WORKING_COLUMNS, *(column.name for column in SCHOOL_COLUMNS)]
    missing = frozenset(column for column in wanted if column not in frame)
    return frame.assign(**dict.fromkeys(sorted(missing), "")), missing
