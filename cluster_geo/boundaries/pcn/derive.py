"""Derive the best areas of PCNs that the given files allow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from cluster_geo.boundaries.pcn.areas import PcnAreas
from cluster_geo.boundaries.pcn.by_nearest import areas_by_nearest
from cluster_geo.boundaries.pcn.by_patients import areas_by_patients
from cluster_geo.boundaries.pcn.lsoas import Lsoas, read_lsoas
from cluster_geo.boundaries.pcn.majority import LEAST_SHARE
from cluster_geo.boundaries.pcn.measure import nearest_by_patients
from cluster_geo.boundaries.pcn.practices import (
    Points,
    locate_head_offices,
    locate_practices,
    read_practices,
)
from cluster_geo.boundaries.pcn.registrations import Lookup, read_lookup, read_registrations
from cluster_geo.boundaries.pcn.workbook import PcnList, read_pcns
from cluster_geo.errors import Fault, InputError, gathered
from cluster_geo.geometry import read_polygons
from cluster_geo.records import Notice


def derive_areas(
    workbook: str | Path,
    *,
    of: Iterable[str] = (),
    registrations: str | Path | None = None,
    lsoas: Iterable[str | Path] = (),
    lookup: str | Path | None = None,
    practices: str | Path | None = None,
    postcodes: Iterable[str | Path] = (),
    outline: str | Path | None = None,
    absorb_lsoas: int = 0,
    least_share: float = LEAST_SHARE,
) -> PcnAreas:
    """Derive the areas of PCNs, by patients where they are known, else by the nearest practice.

    Parameters
    ----------
    workbook : path
        The NHS workbook ePCN.
    of : iterable of str
        Codes or names of the sub-ICB locations (CCGs) whose PCNs are wanted; all by default.
    registrations : path, optional
        Patients by practice and LSOA; needs `lsoas`.
    lsoas : iterable of path
        LSOA polygons.
    lookup : path, optional
        LSOAs of 2011 and 2021, for patients by the former and polygons of the latter.
    practices : path, optional
        The NHS register epraccur, or a table of practices with points. With patients it is
        used only to report how often the nearest practice would have been right.
    postcodes : iterable of path
        Code-Point Open. Without patients and practices it locates the head offices.
    outline : path, optional
        Polygons at which areas end if there are no LSOAs.
    absorb_lsoas : int
        Detached groups of up to this many LSOAs go to the PCN around them.
    least_share : float
        LSOAs with a smaller share of their patients in these PCNs are left out.

    Raises
    ------
    InputError
        With the faults of all files together.
    """
    lsoas, postcodes = tuple(lsoas), tuple(postcodes)
    faults = _lacking(registrations, lsoas, practices, postcodes)
    networks = gathered(workbook, lambda path: _networks(path, of), faults)
    moves = gathered(lookup, read_lookup, faults)
    ground = _lsoas(lsoas, faults)
    wanted = _wanted(ground, moves)
    counted = gathered(registrations, lambda path: read_registrations(path, wanted), faults)
    frame = gathered(outline, lambda path: read_polygons(path, "outline"), faults)
    points = _points(networks, practices, postcodes, faults)
    if networks is None or faults:
        raise InputError(faults)
    if counted is None:
        assert points is not None
        return areas_by_nearest(networks, points, lsoas=ground, within=frame)
    assert ground is not None
    if moves is not None:
        counted = counted.moved_by(moves)
    areas = areas_by_patients(
        networks, counted, ground, absorb_lsoas=absorb_lsoas, least_share=least_share
    )
    return areas if points is None else _with_points(areas, ground, points)


def _lacking(
    registrations: str | Path | None,
    lsoas: tuple[str | Path, ...],
    practices: str | Path | None,
    postcodes: tuple[str | Path, ...],
) -> list[Fault]:
    """Return a fault if the files given are not enough."""
    if registrations is not None and not lsoas:
        fix = "Give the polygons of the LSOAs with --lsoa"
        return [
            Fault("--registrations", "patients are counted by LSOA, but no LSOA has a polygon", fix)
        ]
    if registrations is None and practices is None and not postcodes:
        fix = (
            "Give --registrations and --lsoa (best), or --practices with points, "
            "or --practices and --postcodes"
        )
        return [Fault("--epcn", "the workbook alone does not show where PCNs are", fix)]
    return []


def _networks(path: str | Path, of: Iterable[str]) -> PcnList:
    networks, wanted = read_pcns(path), tuple(of)
    return networks.within(wanted) if wanted else networks


def _lsoas(paths: tuple[str | Path, ...], faults: list[Fault]) -> Lsoas | None:
    if not paths:
        return None
    try:
        return read_lsoas(paths)
    except InputError as error:
        faults += error.faults
        return None


def _wanted(ground: Lsoas | None, moves: Lookup | None) -> set[str] | None:
    """Return the codes, of either census, of the LSOAs whose patients are needed."""
    if ground is None:
        return None
    codes = set(ground.codes)
    return codes | moves.leading_to(codes) if moves is not None else codes


def _points(
    networks: PcnList | None,
    practices: str | Path | None,
    postcodes: tuple[str | Path, ...],
    faults: list[Fault],
) -> Points | None:
    """Locate the practices, or else the head offices, as far as the files allow."""
    if networks is None:
        gathered(practices, read_practices, faults)
        return None
    if practices is None and not postcodes:
        return None
    try:
        if practices is None:
            return locate_head_offices(networks, postcodes)
        return locate_practices(networks, practices, postcodes)
    except InputError as error:
        faults += error.faults
        return None


def _with_points(areas: PcnAreas, ground: Lsoas, points: Points) -> PcnAreas:
    """Add where the practices are, and how often the nearest would have been right."""
    middles = ground.only(areas.lsoas.index).middles
    right = nearest_by_patients(areas, points, middles)
    text = f"The nearest {points.what} alone would have given the right PCN for {right}."
    return replace(
        areas,
        notices=(*areas.notices, *points.notices, Notice("pcn", text)),
        sources=(*areas.sources, *points.sources),
        points=points,
    )
