"""The PCN with most of an LSOA's patients."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from cluster_geo.boundaries.pcn.counts import percent
from cluster_geo.boundaries.pcn.registrations import Registrations
from cluster_geo.boundaries.pcn.workbook import PcnList
from cluster_geo.records import Notice

# Near an NHS border a few patients are registered on the other side: an LSOA with less than this
# share of its patients in the PCNs asked for belongs to other PCNs.
LEAST_SHARE = 0.05


@dataclass(frozen=True, eq=False)
class Majority:
    """Patients of each LSOA by PCN.

    Parameters
    ----------
    patients : Series
        Patients by LSOA and PCN (two index levels), of the PCNs asked for.
    pcn : Series
        The PCN with most of them by LSOA; in a tie the lowest code.
    outside : frozenset of str
        LSOAs that belong to other PCNs, left out of both.
    notices : tuple of Notice
    """

    patients: pd.Series
    pcn: pd.Series
    outside: frozenset[str]
    notices: tuple[Notice, ...]


def find_majority(
    registrations: Registrations, networks: PcnList, *, least_share: float = LEAST_SHARE
) -> Majority:
    """Give each LSOA to the PCN with most of its patients.

    Patients of practices outside these PCNs are not counted. Rows of 0 patients are ignored: an
    LSOA that has no others belongs to no PCN.

    Parameters
    ----------
    registrations : Registrations
    networks : PcnList
        The PCNs asked for.
    least_share : float
        LSOAs with a smaller share of all their registered patients in these PCNs are left out.
    """
    frame = registrations.frame
    frame = frame[frame["patients"] > 0]
    everyone = frame.groupby("lsoa")["patients"].sum()
    pcn = frame["practice"].map(networks.practices["pcn"])
    patients = (
        frame.assign(pcn=pcn)
        .dropna(subset=["pcn"])
        .groupby(["lsoa", "pcn"])["patients"]
        .sum()
        .rename("patients")
    )
    there = patients.groupby("lsoa").sum()
    share = there / everyone.reindex(there.index)
    few = share.index[(share < least_share).to_numpy()]
    kept = patients[~patients.index.get_level_values("lsoa").isin(few)]
    # Sorted by code within an LSOA, so that in a tie the first is the lowest.
    ordered = kept.reset_index().sort_values(
        ["lsoa", "patients", "pcn"], ascending=[True, False, True]
    )
    most = ordered.drop_duplicates("lsoa").set_index("lsoa")["pcn"]
    outside = frozenset(everyone.index.difference(most.index))
    return Majority(kept, most, outside, _notices(frame, pcn, everyone, most))


def _notices(
    frame: pd.DataFrame, pcn: pd.Series, everyone: pd.Series, most: pd.Series
) -> tuple[Notice, ...]:
    """Report how many patients of these LSOAs are not counted."""
    here = frame["lsoa"].isin(most.index)
    stray = frame[here & pcn.isna()]
    if stray.empty:
        return ()
    number, total = float(stray["patients"].sum()), float(everyone.reindex(most.index).sum())
    text = (
        f"{number:,.0f} of {total:,.0f} patients ({percent(number / total)}) are not counted: "
        f"their {stray['practice'].nunique():,} practices have closed since or belong to PCNs of "
        "other areas."
    )
    return (Notice("pcn", text),)
