"""A register of schools as it is in its file, before any are chosen."""

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

# Columns of a register that are needed only to choose schools, besides the schools table's.
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
        The file's own name for each column, for messages.
    as_at : str
        Date of the register (ISO 8601), or "" if it is not in the file.
    parts : mapping of str to tuple of str
        Columns of `frame` that add up to a column of numbers.
    missing : frozenset of str
        Columns that the file does not have.
    notices : tuple of Notice
    attribution : str
        Attribution that the register's licence requires.
    own : bool
        Whether it is the planner's own table, whose figures no other file replaces.
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
        """Return the file's own name for a column."""
        return self.titles.get(column, column)


def complete(frame: pd.DataFrame) -> tuple[pd.DataFrame, frozenset[str]]:
    """Add the columns of a register that `frame` lacks, empty, and return which they are."""
    wanted = [*WORKING_COLUMNS, *(column.name for column in SCHOOL_COLUMNS)]
    missing = frozenset(column for column in wanted if column not in frame)
    columns = [*frame.columns, *sorted(missing)]
    return frame.reindex(columns=columns, fill_value=""), missing
