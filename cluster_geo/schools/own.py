"""A planner's own table of schools: CSV, or points in a GeoPackage, GeoJSON or shapefile."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio

from cluster_geo.columns import SCHOOL_COLUMNS
from cluster_geo.delimited import DelimitedFile, cells
from cluster_geo.errors import Fault, InputError, file_name
from cluster_geo.geometry import BRITISH_NATIONAL_GRID, WGS84
from cluster_geo.geometry.polygons import require_utf8
from cluster_geo.schools.choose import CLOSED, CLOSING, OPEN, OPENING
from cluster_geo.schools.dates import date_in_name, iso_dates
from cluster_geo.schools.headings import missing_headings, recognise
from cluster_geo.schools.needs import NEEDS, need_codes
from cluster_geo.schools.register import (
    ALTERNATIVE,
    MAINSTREAM,
    SPECIAL,
    Register,
    complete,
)
from cluster_geo.schools.typed import FALSE_WORDS, TRUE_WORDS, to_number

VECTOR_SUFFIXES = (".gpkg", ".geojson", ".json", ".shp", ".fgb")

SYNONYMS: dict[str, tuple[str, ...]] = {column.name: () for column in SCHOOL_COLUMNS} | {
    "urn": ("schoolurn", "urnnumber", "uniquereferencenumber"),
    "name": ("school", "schoolname", "establishment", "establishmentname"),
    "phase": ("phaseofeducation", "schoolphase"),
    "easting": ("eastings", "x", "xcoord", "xcoordinate", "bngx", "osx"),
    "northing": ("northings", "y", "ycoord", "ycoordinate", "bngy", "osy"),
    "lat": ("latitude",),
    "lon": ("lng", "long", "longitude"),
    "district": ("districtname", "lad", "ladname", "localauthoritydistrict"),
    "authority": ("la", "laname", "localauthority"),
    "authority_code": ("lacode",),
    "laestab": ("dfe", "dfenumber", "lestab"),
    "status": ("establishmentstatus",),
    "open_date": ("opens", "opened", "dateopened"),
    "close_date": ("closes", "closed", "dateclosed"),
    "age_low": ("lowage", "minage", "statutorylowage"),
    "age_high": ("highage", "maxage", "statutoryhighage"),
    "admissions": ("admissionspolicy", "admissionpolicy"),
    "trust": ("trustname", "mat", "matname", "academytrust", "multiacademytrust"),
    "trust_uid": ("trustcode", "trustid", "matcode", "matid"),
    "federation": ("federationname",),
    "federation_code": ("federationid",),
    "srp": ("hassrp", "resourcedprovision", "specialistresourceprovision"),
    "srp_needs": ("need", "needs", "srpneed", "needtypes"),
    "srp_places": ("places", "srpcapacity"),
    "srp_on_roll": ("srponroll", "srproll"),
    "pupils": ("nor", "roll", "numberonroll", "pupilsonroll", "numberofpupils"),
    "ehcp": ("ehcps", "ehcplans", "ehc"),
    "sen_support": ("sensupport",),
    "fsm_pct": ("fsm", "percentagefsm", "fsmpercent"),
}
REQUIRED = {
    "urn": "the URN of each school",
    "name": "the name of a school",
    "phase": "whether a school is primary, secondary or all-through",
}
PHASE_WORDS = {
    "primary": (
        "primary",
        "infant",
        "junior",
        "first",
        "middle deemed primary",
        "infant and junior",
    ),
    "secondary": ("secondary", "upper", "high", "middle deemed secondary"),
    "all-through": ("all-through", "all through", "allthrough"),
    SPECIAL: ("special",),
    ALTERNATIVE: ("alternative provision", "ap", "pru", "pupil referral unit"),
}
PHASE_OF = {word: phase for phase, words in PHASE_WORDS.items() for word in words}
STATUS_OF = {words.casefold(): words for words in ("", OPEN, CLOSING, OPENING, CLOSED)}
ADMISSIONS_OF = {"selective": "Selective", "grammar": "Selective", "": ""} | dict.fromkeys(
    ("non-selective", "non selective", "comprehensive", "all ability"), "Non-selective"
)


def read_own(file: DelimitedFile) -> Register:
    """Read a planner's own CSV of schools.

    Raises
    ------
    InputError
        Missing or repeated columns, rows that cannot be read, unknown phases or statuses.
    """
    found, faults = _headings(file.header, file.name, ("easting", "northing"))
    try:
        frame = file.columns(found)
    except InputError as error:
        faults += error.faults
    if faults:
        raise InputError(faults)
    return _register(frame, file.name, found)


def read_own_points(path: str | Path) -> Register:
    """Read a planner's own points: the layer named "schools", or the only layer of a file.

    Raises
    ------
    InputError
        No coordinate reference system, geometries that are not points, and as `read_own`.
    """
    name = file_name(path)
    require_utf8(Path(path), name)
    try:
        layers = [str(layer) for layer in pyogrio.list_layers(path)[:, 0]]
    except (pyogrio.errors.DataSourceError, OSError) as error:
        found, fix = f"the file cannot be read ({error})", "Check the path and the format"
        raise InputError([Fault(name, found, fix)]) from error
    if len(layers) != 1 and "schools" not in layers:
        found = f"the file has the layers {', '.join(layers)}"
        raise InputError([Fault(name, found, "Name the layer of schools 'schools'")])
    layer = "schools" if "schools" in layers else layers[0]
    header = tuple(str(field) for field in pyogrio.read_info(path, layer=layer)["fields"])
    headings, faults = _headings(header, name, ())
    points = pyogrio.read_dataframe(path, layer=layer, columns=list(headings))
    if not isinstance(points, gpd.GeoDataFrame):
        faults.append(Fault(name, "the layer has no geometry", "Give a layer of points"))
    elif points.crs is None:
        found = "the file does not state its coordinate reference system"
        faults.append(Fault(name, found, "Save it with one, such as EPSG:27700"))
    elif not (points.geometry.isna() | (points.geom_type == "Point")).all():
        faults.append(
            Fault(name, "not every geometry is a point", "Give one point for each school")
        )
    if faults:
        raise InputError(faults)
    return _register(_text_of(points.to_crs(BRITISH_NATIONAL_GRID), headings), name, headings)


def _headings(
    header: tuple[str, ...], name: str, position: tuple[str, ...]
) -> tuple[dict[str, str], list[Fault]]:
    """Recognise the headings; unless they give degrees, `position` is required."""
    found, doubts = recognise(header, SYNONYMS)
    required = dict(REQUIRED)
    if position and not {"lat", "lon"} <= set(found.values()):
        required |= {
            "easting": "where a school is (or lat)",
            "northing": "where a school is (or lon)",
        }
    faults = [Fault(name, doubt, "Keep one of them", 1) for doubt in doubts]
    return found, faults + missing_headings(header, found.values(), required, name)


def _text_of(points: gpd.GeoDataFrame, headings: dict[str, str]) -> pd.DataFrame:
    """Return the attributes of points as text, with their eastings and northings."""
    frame = pd.DataFrame({ours: points[heading].map(_cell) for heading, ours in headings.items()})
    frame.index = pd.Index(range(1, len(frame) + 1), name="row")
    frame["easting"] = [_cell(x) for x in points.geometry.x]
    frame["northing"] = [_cell(y) for y in points.geometry.y]
    return frame.drop(columns=["lat", "lon"], errors="ignore")


def _cell(value: object) -> str:
    """Return a cell of a typed file as the text a CSV would hold."""
    if value is None or value is pd.NaT or (isinstance(value, float) and np.isnan(value)):
        return ""
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value).strip()


def _register(frame: pd.DataFrame, name: str, headings: dict[str, str]) -> Register:
    """Translate a planner's words into the schools table's."""
    titles = {ours: heading for heading, ours in headings.items()}
    if "lat" in frame and "easting" not in frame:
        frame, titles = _from_degrees(frame, titles)
    frame, missing = complete(frame.drop(columns=["lat", "lon"], errors="ignore"))
    raw = Register(frame, name, titles)
    faults: list[Fault] = []
    phase = _translated(raw, "phase", PHASE_OF, faults)
    federation_code = frame["federation_code"]
    frame = _provision(raw, faults).assign(
        phase_as_recorded=frame["phase"],
        phase=phase,
        setting=phase.where(phase.isin([SPECIAL, ALTERNATIVE]), MAINSTREAM),
        status=_translated(raw, "status", STATUS_OF, faults),
        admissions=_translated(raw, "admissions", ADMISSIONS_OF, faults),
        trust_uid=frame["trust_uid"].mask(frame["trust_uid"] == "", frame["trust"]),
        trust=frame["trust"].mask(frame["trust"] == "", frame["trust_uid"]),
        federation_code=federation_code.mask(federation_code == "", frame["federation"]),
        open_date=iso_dates(frame["open_date"]),
        close_date=iso_dates(frame["close_date"]),
    )
    if faults:
        raise InputError(faults)
    return Register(frame, name, titles, as_at=date_in_name(name), missing=missing, own=True)


def _from_degrees(
    frame: pd.DataFrame, titles: dict[str, str]
) -> tuple[pd.DataFrame, dict[str, str]]:
    """Convert latitudes and longitudes to eastings and northings; invalid ones stay the same."""
    lat = np.array([to_number(text) for text in frame["lat"]], dtype=float)
    lon = np.array([to_number(text) for text in frame["lon"]], dtype=float)
    good = (np.abs(lat) <= 90) & (np.abs(lon) <= 180)  # noqa: PLR2004
    points = gpd.GeoSeries.from_xy(lon[good], lat[good], crs=WGS84).to_crs(BRITISH_NATIONAL_GRID)
    easting, northing = frame["lon"].copy(), frame["lat"].copy()
    easting[good] = [f"{x:.2f}" for x in points.x]
    northing[good] = [f"{y:.2f}" for y in points.y]
    named = titles | {"easting": titles["lon"], "northing": titles["lat"]}
    return frame.assign(easting=easting, northing=northing), named


def _translated(
    register: Register, column: str, words: dict[str, str], faults: list[Fault]
) -> pd.Series:
    """Translate a column by its words in lower case; other words are faults."""
    known = register.frame[column].map(lambda text: words.get(" ".join(text.casefold().split())))
    fix = f"Write {', '.join(dict.fromkeys(word for word in words.values() if word))}"
    for row, text in cells(register.frame.loc[known.isna(), column]):
        found, title = f"{text!r} is not known", register.title(column)
        faults.append(Fault(register.name, found, fix, row, title))
    return known.fillna("")


def _provision(register: Register, faults: list[Fault]) -> pd.DataFrame:
    """Read the SRP: yes or no, or the needs themselves instead."""
    frame = register.frame
    plain_answer = frame["srp"].str.casefold().isin(TRUE_WORDS | FALSE_WORDS)
    in_place = ~plain_answer & frame["srp"].map(lambda text: bool(need_codes(text))).astype(bool)
    needs = frame["srp_needs"].mask(in_place & (frame["srp_needs"] == ""), frame["srp"])
    codes = {text: need_codes(text) for text in needs.unique()}
    for row, text in cells(needs[needs.map(lambda text: codes[text] is None).astype(bool)]):
        found, fix = f"{text!r} has an unknown need", f"Write {', '.join(NEEDS)}, joined by |"
        title = register.title("srp_needs")
        faults.append(Fault(register.name, found, fix, row, title))
    joined_needs = needs.map({text: code or "" for text, code in codes.items()})
    implied = in_place | ((frame["srp"] == "") & (joined_needs != ""))
    return frame.assign(srp=frame["srp"].mask(implied, "yes"), srp_needs=joined_needs)
