"""The PCN with most of an LSOA's patients."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from cluster_geo.boundaries.pcn.counts import percent
from cluster_geo.boundaries.pcn.registrations import Registrations
from cluster_geo.boundaries.pcn.workbook import PcnList
from cluster_geo.records import Notice

# Across a border of the NHS a few patients keep a practice on the other side: where fewer than
# this share of an LSOA's patients are in the PCNs asked for, it is other PCNs' ground.
LEAST_SHARE = 0.05


@dataclass(frozen=True, eq=False)
class Majority:
    """Patients of each LSOA by PCN.

    Parameters
    ----------
    patients : Series
        Patients by LSOA and PCN (two index levels), of the PCNs asked for.
    pcn : Series
        The PCN with most of them by LSOA, of equals the lowest code.
    beyond : frozenset of str
        LSOAs that are other PCNs' ground, left out of both.
    notices : tuple of Notice
    """

    patients: pd.Series
    pcn: pd.Series
    beyond: frozenset[str]
    notices: tuple[Notice, ...]


def find_majority(
    registrations: Registrations, networks: PcnList, *, least_share: float = LEAST_SHARE
) -> Majority:
    """Give each LSOA to the PCN with most of its patients.

    Patients of practices outside these PCNs do not count. A row that counts nobody is as good as
    none: an LSOA with no others is not in the figures, and belongs to no PCN.

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
    # Sorted by code within an LSOA: of equals the first is the lowest.
    ordered = kept.reset_index().sort_values(
        ["lsoa", "patients", "pcn"], ascending=[True, False, True]
    )
    most = ordered.drop_duplicates("lsoa").set_index("lsoa")["pcn"]
    beyond = frozenset(everyone.index.difference(most.index))
    return Majority(kept, most, beyond, _notices(frame, pcn, everyone, most))


def _notices(
    frame: pd.DataFrame, pcn: pd.Series, everyone: pd.Series, most: pd.Series
) -> tuple[Notice, ...]:
    """Say how many patients of these LSOAs do not count."""
    here = frame["lsoa"].isin(most.index)
    stray = frame[here & pcn.isna()]
    if stray.empty:
        return ()
    number, total = float(stray["patients"].sum()), float(everyone.reindex(most.index).sum())
    text = (
        f"{number:,.0f} of {total:,.0f} patients ({percent(number / total)}) do not count: their "
        f"{stray['practice'].nunique()} practices are in none of these PCNs, having closed since "
        "or belonging to other areas."
    )
    return (Notice("pcn", text),)
