"""When clusters start, where not all do at once: a pilot first, then the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cluster_geo.delimited import cells
from cluster_geo.errors import Fault, InputError, file_name
from cluster_geo.schools.dates import dates_of
from cluster_geo.schools.headings import blank_cells, read_list

SYNONYMS = {
    "cluster": ("code", "clustercode"),
    "starts": ("start", "startdate", "from", "date"),
    "wave": ("phase", "stage", "name"),
}
REQUIRED = {"cluster": "the code of a cluster", "starts": "the date it starts"}
BLANK = {"cluster": "Write the code of a cluster, as in clusters.csv, or delete the row"}


@dataclass(frozen=True, slots=True)
class Wave:
    """When a cluster starts (ISO 8601), and what that wave is called ("" for no name)."""

    starts: str
    name: str = ""


@dataclass(frozen=True)
class Waves:
    """When the clusters of a list start.

    Parameters
    ----------
    of_cluster : mapping of str to Wave
        By code, in any letters; a cluster that is absent starts when the plan takes effect.
    """

    of_cluster: Mapping[str, Wave]


def read_waves(path: str | Path) -> Waves:
    """Read a CSV with `cluster` (a code) and `starts` (a date), and perhaps `wave` (a name).

    Raises
    ------
    InputError
        With every fault: missing columns, blank codes, dates that are none, a code twice.
    """
    frame, _ = read_list(path, SYNONYMS, REQUIRED)
    name = file_name(path)
    faults: list[Fault] = []
    frame = frame.assign(starts=dates_of(frame["starts"], name, faults))
    faults += blank_cells(frame, BLANK, name)
    again = frame["cluster"].str.casefold().duplicated() & (frame["cluster"] != "")
    for row, code in cells(frame.loc[again, "cluster"]):
        faults.append(Fault(name, f"{code} appears twice", "Keep one row", row, "cluster"))
    if faults:
        raise InputError(sorted(faults, key=lambda fault: fault.row or 0))
    rows = zip(frame["cluster"], frame["starts"], frame["wave"], strict=True)
    return Waves({code: Wave(starts, wave) for code, starts, wave in rows})
