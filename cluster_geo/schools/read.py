"""Read the schools of a plan from files of any supported format."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import ParamSpec, TypeVar

import geopandas as gpd
import pandas as pd

from cluster_geo.delimited import looks_garbled, open_delimited
from cluster_geo.errors import Fault, InputError
from cluster_geo.geometry import BRITISH_NATIONAL_GRID
from cluster_geo.geometry.gdal import messages_may_be_garbled
from cluster_geo.records import Notice, Source, source_of
from cluster_geo.schools import census as census_file
from cluster_geo.schools import deprivation as deprivation_file
from cluster_geo.schools import links as links_file
from cluster_geo.schools.changes import Changes, apply_changes, read_changes
from cluster_geo.schools.choose import Choice, choose, opening
from cluster_geo.schools.conversions import with_conversions
from cluster_geo.schools.dates import planning_date
from cluster_geo.schools.gias import is_gias, read_gias
from cluster_geo.schools.headings import check_once, urns_of
from cluster_geo.schools.identity import identity_of
from cluster_geo.schools.own import VECTOR_SUFFIXES, read_own, read_own_points
from cluster_geo.schools.places import check_remote
from cluster_geo.schools.provision import Provisions, override, read_provisions, small_parts
from cluster_geo.schools.register import PHASES, Register
from cluster_geo.schools.small_counts import COUNTS, SHARES, merged, small_counts
from cluster_geo.schools.table import Schools
from cluster_geo.schools.typed import typed_table

# What the authority's file of provisions counts.
PROVISION = ("srp_places", "srp_on_roll")

P = ParamSpec("P")
T = TypeVar("T")


def read_schools(
    path: str | Path,
    *,
    authorities: Collection[str] = (),
    districts: Collection[str] = (),
    phases: Collection[str] = PHASES,
    as_at: str | date | None = None,
    census: str | Path | None = None,
    links: str | Path | None = None,
    srp: str | Path | None = None,
    changes: str | Path | None = None,
    deprivation: str | Path | None = None,
    associates: bool = False,
) -> Schools:
    """Read the schools that a plan must cover.

    Parameters
    ----------
    path : str or Path
        A GIAS extract (`.csv` or `.csv.gz`), or the planner's own table: CSV with `urn`, `name`,
        `phase` and `easting` and `northing` (metres, EPSG:27700) or `lat` and `lon`; or points
        in a GeoPackage, GeoJSON or shapefile. Its columns show which it is.
    authorities, districts : collection of str
        Names or codes to choose, in any case; none for all of the file.
    phases : collection of str
        Of "primary", "secondary" and "all-through". Middle schools are what they are deemed.
    as_at : str or date, optional
        Planning date; a school is counted if it is open then. Default: the date in the file's
        name, else the newest date on which the register was changed.
    census : str or Path, optional
        The DfE's school census by school: pupils, EHC plans, SEN support.
    links : str or Path, optional
        GIAS links, from a new URN to the one in the census.
    srp : str or Path, optional
        The authority's own provisions (`urn`, `need`, `places`, `on_roll`, `opens`, `closes`);
        they replace the register's.
    changes : str or Path, optional
        The planner's changes (`urn`, `action` add or remove, `reason`).
    deprivation : str or Path, optional
        Indices of deprivation by LSOA, for the IDACI fifth of each school.
    associates : bool
        Whether to load special schools, alternative provision and planned schools, too, which
        are shown and never counted.

    Returns
    -------
    Schools

    Raises
    ------
    InputError
        With every fault of every file.
    """
    faults: list[Fault] = []
    register = _tried(faults, _read_register, path, faults)
    edits = _tried(faults, read_changes, changes) if changes else None
    figures = _Figures(
        _tried(faults, read_provisions, srp) if srp else None,
        _tried(faults, census_file.read_census, census) if census else None,
        _tried(faults, links_file.read_links, links) if links else None,
        _tried(faults, deprivation_file.read_deprivation, deprivation) if deprivation else None,
    )
    day = "" if register is None else _tried(faults, _day, as_at, register)
    if register is None or day is None:
        raise InputError(faults)
    chosen = _Chosen(register, day, figures.links, edits, tuple(authorities), tuple(phases))
    choice = chosen.of(districts, faults)
    schools = _made(register, choice, day, faults, associates=associates)
    if faults:
        raise InputError(dict.fromkeys(faults))
    if districts:
        schools = replace(schools, around=_around(chosen.of((), []), schools.urns))
    if figures.links is not None:
        known = identity_of(
            schools.urns,
            schools.names,
            figures.links,
            day,
            opening(register, day) | dict.fromkeys(choice.former, False),
            dict(zip(choice.counted["urn"].astype(int), choice.counted["open_date"], strict=True)),
        )
        schools = replace(schools, identity=known)
    schools = figures.joined(schools, own=register.own)
    sources = [source_of(path, "schools", register.attribution, register.as_at)]
    year = figures.census.year if figures.census else ""
    sources += _other_sources(census, year, links, srp, changes)
    if deprivation:
        sources.append(source_of(deprivation, "deprivation", deprivation_file.ATTRIBUTION))
    return replace(schools, sources=tuple(sources))


@dataclass(frozen=True, eq=False)
class _Chosen:
    """Chooses the schools of some districts: by the register, the links and the changes."""

    register: Register
    day: str
    links: links_file.Links | None
    edits: Changes | None
    authorities: tuple[str, ...]
    phases: tuple[str, ...]

    def of(self, districts: Collection[str], faults: list[Fault]) -> Choice:
        """Return them; what cannot be used is added to `faults`."""
        choice = choose(
            self.register,
            self.day,
            faults,
            authorities=self.authorities,
            districts=districts,
            phases=self.phases,
        )
        if self.links is not None:
            choice = with_conversions(choice, self.register, self.links, self.day)
        if self.edits is not None:
            choice = apply_changes(self.edits, self.register, choice, faults)
        return choice


@dataclass(frozen=True)
class _Figures:
    """Figures from files other than the register; None for a file that was not given."""

    provisions: Provisions | None
    census: census_file.Census | None
    links: links_file.Links | None
    deprivation: deprivation_file.Deprivation | None

    def joined(self, schools: Schools, *, own: bool) -> Schools:
        """Return the schools with these figures, and which of them are the planner's and small.

        Parameters
        ----------
        own : bool
            Whether the register is the planner's own table, whose counts the census does not
            replace.
        """
        table, day = schools.table, schools.as_at
        notices = list(schools.notices)
        small = small_counts(table, COUNTS) if own else {}
        shares = {share: table.index[table[share].notna()].tolist() for share in SHARES if own}
        if self.provisions is not None:
            provisions = self.provisions.carried(schools.identity)
            table, found = override(table, provisions, day)
            notices += found
            theirs = provisions.frame["urn"].tolist()
            kept = {column: urns.difference(theirs) for column, urns in small.items()}
            overridden = {column: kept[column] for column in PROVISION if column in kept}
            parts = small_parts(provisions, day)
            here = {column: urns & set(schools.urns) for column, urns in parts.items()}
            small = merged(small | overridden, small_counts(table, PROVISION, theirs), here)
        if self.census is not None:
            table, found = census_file.join_census(
                table, self.census, self.links, day, schools.identity, overwrite=not own
            )
            notices += found
        for share, urns in shares.items():
            # A planner's share may be of a number of pupils from the census.
            small = merged(small, small_counts(table, (share,), urns))
        if self.deprivation is not None:
            table, found = deprivation_file.join_deprivation(table, self.deprivation)
            notices += found
        others = {} if self.links is None else self.links.other_names(schools.urns)
        return replace(
            schools, table=table, notices=tuple(notices), small=small, other_names=others
        )


def _tried(
    faults: list[Fault], read: Callable[P, T], *args: P.args, **kwargs: P.kwargs
) -> T | None:
    """Call `read`; if the input cannot be used, keep its faults and continue without it."""
    try:
        return read(*args, **kwargs)
    except InputError as error:
        faults += error.faults
        return None


def _read_register(path: str | Path, faults: list[Fault]) -> Register:
    """Read a file of schools by its suffix and columns, and check its URNs.

    Rows without a URN are added to `faults` and left out, so that the others can be checked.
    """
    if Path(path).suffix.casefold() in VECTOR_SUFFIXES and Path(path).is_file():
        with messages_may_be_garbled():
            register = read_own_points(path)
    else:
        file = open_delimited(path)
        register = read_gias(file) if is_gias(file.header) else read_own(file)
    title = register.title("urn")
    urns = urns_of(register.frame, "urn", path, faults, title)
    check_once(urns, path, faults, title)
    return replace(register, frame=register.frame[(urns != 0) & ~urns.duplicated()])


def _day(as_at: str | date | None, register: Register) -> str:
    """Return the planning date; a file without dates and statuses needs none."""
    timeless = {"status", "open_date", "close_date"} <= register.missing
    if timeless and not as_at and not register.as_at:
        return ""
    return planning_date(as_at, register.as_at, register.name)


def _made(
    register: Register, choice: Choice, day: str, faults: list[Fault], *, associates: bool
) -> Schools:
    """Make the tables of what was chosen."""
    table = typed_table(register, choice.counted, faults)
    notices = [*register.notices, *choice.notices]
    shown, unplaced = _with_place(choice.shown.iloc[: None if associates else 0])
    notices += [
        Notice(
            "place",
            f"{row['name']} ({row['urn']}) has no coordinates in {register.name}: "
            "it is not shown on the map",
            int(row["urn"]),
        )
        for _, row in unplaced.iterrows()
    ]
    notices += [
        Notice("encoding", f"the name {name!r} was once saved in the wrong encoding", int(str(urn)))
        for urn, name in table["name"].items()
        if looks_garbled(name)
    ]
    beside = table.iloc[:0] if shown.empty else typed_table(register, shown, faults)
    if not faults:
        notices += check_remote(table, register.name, faults)
    return Schools(table, beside, day, tuple(notices))


def _around(everyone: Choice, urns: Collection[int]) -> gpd.GeoDataFrame:
    """Return the names and points of the schools chosen beside some, as far as they have any.

    What is wrong with the row of such a school is no fault of a plan that does not hold it.
    """
    rows = everyone.counted
    number = rows["urn"].astype("int64")
    x, y = (pd.to_numeric(rows[name], errors="coerce") for name in ("easting", "northing"))
    beside = (~number.isin(list(urns)) & x.notna() & y.notna()).to_numpy()
    return gpd.GeoDataFrame(
        {"name": rows["name"][beside].to_numpy()},
        index=pd.Index(number[beside], name="urn"),
        geometry=gpd.points_from_xy(x[beside], y[beside]),
        crs=BRITISH_NATIONAL_GRID,
    ).sort_index()


def _with_place(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Split rows into those with coordinates and those without."""
    placed = (rows["easting"] != "") & (rows["northing"] != "")
    return rows[placed], rows[~placed]


def _other_sources(
    census: str | Path | None,
    year: str,
    links: str | Path | None,
    srp: str | Path | None,
    changes: str | Path | None,
) -> list[Source]:
    """Return the records of the files read besides the register."""
    files = (
        (census, "census", census_file.ATTRIBUTION, year),
        (links, "links", links_file.ATTRIBUTION, ""),
        (srp, "srp", "", ""),
        (changes, "changes", "", ""),
    )
    return [source_of(path, role, words, vintage) for path, role, words, vintage in files if path]
