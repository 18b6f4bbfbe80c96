"""Patients registered at each practice by the LSOA they live in, as NHS England publishes them.

The files are quarterly ("Patients Registered at a GP Practice", gp-reg-pat-prac-lsoa), by LSOAs of
2011 until 2023 and of either year since. A lookup of the Office for National Statistics
converts the one to the other.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from cluster_geo.boundaries.pcn.counts import percent
from cluster_geo.delimited import cells
from cluster_geo.errors import Fault, InputError, file_name
from cluster_geo.records import OGL, Notice, Source, source_of
from cluster_geo.schools.headings import Synonyms, read_list

REGISTRATION_COLUMNS: Synonyms = {
    "practice": {"practicecode", "organisationcode", "orgcode", "gppracticecode"},
    "lsoa": {"lsoacode", "lsoa11cd", "lsoa21cd", "lsoa11code", "lsoa21code"},
    "patients": {"patient", "numberofpatients", "allpatients"},
    "date": {"extractdate"},
}
LOOKUP_COLUMNS: Synonyms = {
    "old": {"lsoa11cd", "lsoa11code", "lsoa2011code", "lsoa11"},
    "new": {"lsoa21cd", "lsoa21code", "lsoa2021code", "lsoa21"},
}
MOST_FAULTS = 10
OR_LOOKUP = "or a lookup from the LSOAs of 2011 to those of 2021 with --lookup"


@dataclass(frozen=True, eq=False)
class Registrations:
    """Patients by practice and LSOA.

    Parameters
    ----------
    frame : DataFrame
        `practice`, `lsoa` (codes) and `patients` (persons; fractions where an LSOA was split).
    notices : tuple of Notice
    sources : tuple of Source
    """

    frame: pd.DataFrame
    notices: tuple[Notice, ...] = field(default=())
    sources: tuple[Source, ...] = field(default=())

    def moved_by(self, lookup: Lookup) -> Registrations:
        """Return the patients by the new LSOAs of a lookup.

        The patients of an LSOA that was split are spread evenly over its parts, because the
        lookup does not show where they live; their shares among PCNs stay the same. LSOAs that
        are not in the lookup keep their codes.
        """
        moved = self.frame.merge(lookup.frame, left_on="lsoa", right_on="old", how="left")
        unknown = moved["new"].isna()
        patients = moved["patients"] * moved["part"].fillna(1.0)
        lost = float(patients[unknown].sum())
        notices = self.notices
        if lost:
            text = (
                f"{lost:,.0f} patients live in LSOAs that are not in the lookup "
                f"({percent(lost / float(patients.sum()))}); their codes are kept."
            )
            notices = (*notices, Notice("pcn", text))
        frame = pd.DataFrame(
            {
                "practice": moved["practice"],
                "lsoa": moved["new"].where(~unknown, moved["lsoa"]),
                "patients": patients,
            }
        )
        return Registrations(frame, notices, (*self.sources, lookup.source))


@dataclass(frozen=True, eq=False)
class Lookup:
    """LSOAs of 2011 and the LSOAs of 2021 they became.

    Parameters
    ----------
    frame : DataFrame
        `old` and `new` codes, and `part`: the share of the old LSOA that goes to the new one.
    source : Source
    """

    frame: pd.DataFrame
    source: Source

    def leading_to(self, codes: Collection[str]) -> set[str]:
        """Return the old LSOAs from which some new ones were made."""
        return set(self.frame.loc[self.frame["new"].isin(codes), "old"])


def read_registrations(path: str | Path, lsoas: Collection[str] | None = None) -> Registrations:
    """Read patients registered by practice and LSOA.

    Parameters
    ----------
    path : path
        CSV with columns such as PRACTICE_CODE, LSOA_CODE and NUMBER_OF_PATIENTS. Rows by sex are
        added up.
    lsoas : collection of str, optional
        Codes of the LSOAs to keep; the other rows of a national file are skipped.

    Raises
    ------
    InputError
        With every fault: columns that cannot be found, cells that are not a number of patients,
        no row about these LSOAs.
    """
    frame, titles = read_list(
        path,
        REGISTRATION_COLUMNS,
        {
            "practice": "the practice",
            "lsoa": "the LSOA in which the patients live",
            "patients": "the number of patients",
        },
        None if lsoas is None else {"lsoa": lsoas},
    )
    good = frame["patients"].str.fullmatch(r"\d{1,7}").astype(bool)
    name = file_name(path)
    faults = [
        Fault(name, f"{text!r} is not a number of patients", "Write a whole number", row, title)
        for title in [titles["patients"]]
        for row, text in cells(frame.loc[~good, "patients"])
    ]
    if len(faults) > MOST_FAULTS:
        found = f"{len(faults) - MOST_FAULTS:,} more rows without a number of patients"
        faults = [*faults[:MOST_FAULTS], Fault(name, found, "Download the file again")]
    if frame.empty:
        where = f" in LSOAs such as {min(lsoas)}, which have polygons" if lsoas else ""
        fix = f"Give patients and polygons of the same county and census, {OR_LOOKUP}"
        faults.append(Fault(name, f"it has no patients{where}", fix))
    if faults:
        raise InputError(faults)
    patients = frame["patients"].astype(float)
    rows = frame.assign(patients=patients).groupby(["practice", "lsoa"])["patients"]
    summed = rows.sum().reset_index()
    vintage = max(frame["date"]) if frame["date"].str.fullmatch(r"\d{4}-\d\d-\d\d").all() else ""
    return Registrations(summed, (), (source_of(path, "patients by LSOA", OGL, vintage),))


def read_lookup(path: str | Path) -> Lookup:
    """Read a lookup from LSOAs of 2011 to LSOAs of 2021.

    Parameters
    ----------
    path : path
        CSV with columns such as LSOA11CD and LSOA21CD, a row for each pair.

    Raises
    ------
    InputError
        Columns that cannot be found, or blank codes.
    """
    frame, titles = read_list(
        path, LOOKUP_COLUMNS, {"old": "the LSOA of 2011", "new": "the LSOA of 2021"}
    )
    blank = (frame["old"] == "") | (frame["new"] == "")
    if blank.any():
        rows = frame.index[blank].tolist()
        found = f"{len(rows):,} rows lack one of the two codes"
        column = titles["old"] if frame.loc[rows[0], "old"] == "" else titles["new"]
        raise InputError([Fault(file_name(path), found, "Fill the cells", rows[0], column)])
    pairs = frame[["old", "new"]].drop_duplicates()
    pairs["part"] = 1.0 / pairs.groupby("old")["new"].transform("size")
    return Lookup(pairs, source_of(path, "LSOAs of 2011 and 2021", OGL))
