"""The authority's own record of specialist resource provisions, used instead of the register's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import geopandas as gpd
import pandas as pd

from cluster_geo.delimited import cells
from cluster_geo.errors import Fault, InputError, file_name
from cluster_geo.records import Notice
from cluster_geo.schools.headings import read_list, urns_of
from cluster_geo.schools.identity import Identity
from cluster_geo.schools.needs import NEEDS, SEPARATOR, joined, need_codes
from cluster_geo.schools.provision_cells import (
    check_room,
    dates_of,
    figures_of,
    spanned,
    years_of,
)
from cluster_geo.schools.small_counts import LEAST_SHOWN

SYNONYMS = {
    "urn": ("schoolurn",),
    "need": ("needs", "needtype", "designation"),
    "places": ("commissionedplaces", "capacity"),
    "on_roll": ("roll", "pupils"),
    "opens": ("opendate", "from"),
    "closes": ("closedate", "until", "to"),
    "years": ("yeargroups", "schoolyears"),
    "spans": ("alsoat", "sharedwith", "otherurn"),
    "over": ("overplaces", "overfull"),
}
REQUIRED = {"urn": "which school has the provision (URN)", "need": "which need it is for"}
# The columns of the schools table that the authority's file overrides.
COLUMNS = ("srp", "srp_needs", "srp_places", "srp_on_roll", "srp_years")
# Said for a number that is not shown, since a part of it is small.
WITHHELD = "a withheld number of"


@dataclass(frozen=True, eq=False)
class Provisions:
    """The authority's provisions, one row a school and need.

    Parameters
    ----------
    frame : DataFrame
        `urn` (integer), `need` (short codes joined by |), `places` and `on_roll` (pupils, NaN
        for unknown), `opens` and `closes` (ISO 8601 or ""), `years` ("7 to 11", or "" for all)
        and `of` (0, or the school at whose row a provision that spans two schools is listed; its
        places are counted there).
    name : str
        Name of the file in messages.
    """

    frame: pd.DataFrame
    name: str

    def carried(self, identity: Identity) -> Provisions:
        """Return them with the URNs that the schools have now."""
        return replace(self, frame=identity.carried_rows(self.frame, ["urn"], self.name))


def read_provisions(path: str | Path) -> Provisions:
    """Read a CSV with `urn`, `need`, `places`, `on_roll`, `opens`, `closes` and more.

    `years` are the school years that a provision is for, such as 7-11, if not all of its phase.
    `spans` is the URN of a second school that it spans, such as the junior school beside an
    infant school: it counts for both, and its places are counted once. More pupils than places are
    a mistake unless `over` says yes.

    Raises
    ------
    InputError
        Missing columns; URNs, needs, figures, dates or years that cannot be read; more pupils
        than places; a need twice at one school for the same dates.
    """
    frame, _ = read_list(path, SYNONYMS, REQUIRED)
    name = file_name(path)
    faults: list[Fault] = []
    codes = frame["need"].map({text: need_codes(text) for text in frame["need"].unique()})
    for row, text in cells(frame.loc[codes.isna() | (codes == ""), "need"]):
        found, fix = f"{text!r} is not a need", f"Write one of {', '.join(NEEDS)}"
        faults.append(Fault(name, found, fix, row, "need"))
    frame = frame.assign(
        urn=urns_of(frame, "urn", path, faults),
        need=codes.fillna(""),
        places=figures_of(frame["places"], name, faults),
        on_roll=figures_of(frame["on_roll"], name, faults),
        opens=dates_of(frame["opens"], name, faults),
        closes=dates_of(frame["closes"], name, faults),
        years=years_of(frame["years"], name, faults),
        of=0,
    )
    check_room(frame, name, faults)
    frame = spanned(frame, path, faults)
    twice = frame.duplicated(["urn", "need", "opens", "closes"]) & (frame["urn"] != 0)
    for row, need in cells(frame.loc[twice, "need"]):
        found = f"{need} appears twice for one school and the same dates"
        faults.append(Fault(name, found, "Keep one row of each need", row, "need"))
    if faults:
        raise InputError(faults)
    return Provisions(frame, name)


def small_parts(provisions: Provisions, day: str) -> dict[str, frozenset[int]]:
    """Return, by column, the schools of which one provision in force has a count below 5.

    Their sum is as private as the part: with the sum of another date it would tell it.
    """
    now = provisions.frame[_in_force(provisions.frame, day)]
    below = {
        "srp_places": now["urn"][now["places"] < LEAST_SHOWN],
        "srp_on_roll": now["urn"][now["on_roll"] < LEAST_SHOWN],
    }
    return {column: frozenset(map(int, urns)) for column, urns in below.items() if len(urns)}


def _in_force(frame: pd.DataFrame, day: str) -> pd.Series:
    """Whether each provision is there on a day."""
    if not day:
        return pd.Series(data=True, index=frame.index)
    return (frame["opens"] <= day) & ((frame["closes"] == "") | (frame["closes"] >= day))


def override(
    table: gpd.GeoDataFrame, provisions: Provisions, day: str
) -> tuple[gpd.GeoDataFrame, list[Notice]]:
    """Replace the register's provisions by the authority's, school by school.

    Schools that are not in the authority's file keep the register's provision.

    Parameters
    ----------
    table : GeoDataFrame
        Schools, as in `columns.SCHOOL_COLUMNS`.
    provisions : Provisions
    day : str
        Planning date (ISO 8601): provisions not yet open, or closed by then, do not count.

    Returns
    -------
    GeoDataFrame
    list of Notice
        Each school at which the two differ, each that only the register lists, and each
        provision at a school that is not in the plan.
    """
    theirs = _by_school(provisions.frame, day)
    here = theirs.index.intersection(table.index)
    changed = table.copy()
    changed.loc[here, list(COLUMNS)] = theirs.loc[here]
    changed["srp"] = changed["srp"].astype(bool)
    notices = [
        Notice("srp", f"{provisions.name} has a provision at {urn}, which is not in the plan", urn)
        for urn in theirs.index.difference(table.index).tolist()
    ]
    notices += _shared(provisions, day, table)
    private = small_parts(provisions, day)
    for urn in here.union(table.index[table["srp"]]).tolist():
        register = _words(table.loc[[urn]])
        hidden = frozenset(column for column, urns in private.items() if urn in urns)
        if urn not in theirs.index:
            difference = f"{provisions.name} does not list the school; the register's is kept"
        elif register == (own := _words(changed.loc[[urn]], hidden)):
            continue
        else:
            difference = f"{provisions.name} has {own}"
        who = f"{table.loc[urn, 'name']} ({urn})"
        notices.append(Notice("srp", f"{who}: the register has {register}, {difference}", urn))
    return changed, notices


def _shared(provisions: Provisions, day: str, table: gpd.GeoDataFrame) -> list[Notice]:
    """Report the schools that share a provision whose places are counted at another."""
    now = provisions.frame[_in_force(provisions.frame, day)]
    shared = now[(now["of"] != 0) & now["urn"].isin(table.index)]
    return [
        Notice(
            "srp",
            f"{table.loc[urn, 'name']} ({urn}) shares a provision for {need} with school {of}, at "
            "which its places are counted",
            int(urn),
        )
        for urn, need, of in zip(shared["urn"], shared["need"], shared["of"], strict=True)
    ]


def _by_school(frame: pd.DataFrame, day: str) -> pd.DataFrame:
    """Sum up the provisions in force on a day, one row for each school in the file."""
    in_force = _in_force(frame, day)
    now = frame.assign(
        need=frame["need"].where(in_force, ""), years=frame["years"].where(in_force, "")
    )
    schools = now.assign(
        srp=in_force,
        places=now["places"].where(in_force),
        on_roll=now["on_roll"].where(in_force),
    ).groupby("urn", sort=True)
    return pd.DataFrame(
        {
            "srp": schools["srp"].any(),
            "srp_needs": schools["need"].agg(_all_needs),
            "srp_places": schools["places"].sum(min_count=1),
            "srp_on_roll": schools["on_roll"].sum(min_count=1),
            "srp_years": schools["years"].agg(_all_years),
        }
    )


def _all_needs(needs: pd.Series) -> str:
    return joined(code for codes in needs.tolist() for code in codes.split(SEPARATOR))


def _all_years(years: pd.Series) -> str:
    """Join the years of a school's provisions, each once."""
    return ", ".join(dict.fromkeys(filter(None, years.tolist())))


def _words(one: pd.DataFrame, hidden: frozenset[str] = frozenset()) -> str:
    """Describe the provision of a table of one school: "ASD|SLCN, 20 places, 18 on roll".

    Of the columns that are hidden no number is shown.
    """
    if not one["srp"].any():
        return "no provision"
    parts = [str(one["srp_needs"].iloc[0]) or "needs not stated"]
    for column, what in (("srp_places", "places"), ("srp_on_roll", "on roll")):
        for figure in one[column].dropna():
            shown = WITHHELD if column in hidden and figure >= LEAST_SHOWN else _shown(figure)
            parts.append(f"{shown} {what}")
    return ", ".join(parts)


def _shown(figure: float) -> str:
    """Return a figure for a notice; a small one is withheld, as notices are public."""
    return f"{figure:g}" if figure >= LEAST_SHOWN else f"fewer than {LEAST_SHOWN}"
