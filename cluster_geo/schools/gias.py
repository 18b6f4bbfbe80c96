"""Get Information About Schools (GIAS): the Department for Education's register.

Column names are those of the `edubasealldata` extract, read by name because columns come and go.
The extract also carries head teachers' names and telephone numbers: only `HEADERS` are read.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from cluster_geo.delimited import DelimitedFile, required_columns
from cluster_geo.errors import InputError
from cluster_geo.records import OGL, Notice
from cluster_geo.schools.dates import date_in_name, iso_dates, newest
from cluster_geo.schools.needs import NEED_HEADERS, join_needs
from cluster_geo.schools.register import (
    ALTERNATIVE,
    MAINSTREAM,
    OTHER,
    SPECIAL,
    Register,
    complete,
)

# Every column that is ever read, and what it is here. Nothing about a named person is in it.
HEADERS = {
    "URN": "urn",
    "EstablishmentName": "name",
    "PhaseOfEducation (name)": "phase_as_recorded",
    "EstablishmentTypeGroup (name)": "type_group",
    "TypeOfEstablishment (name)": "establishment_type",
    "EstablishmentStatus (name)": "status",
    "OpenDate": "open_date",
    "CloseDate": "close_date",
    "LA (code)": "authority_code",
    "LA (name)": "authority",
    "DistrictAdministrative (code)": "district_code",
    "DistrictAdministrative (name)": "district",
    "AdministrativeWard (code)": "ward_code",
    "AdministrativeWard (name)": "ward",
    "LSOA (code)": "lsoa_code",
    "UrbanRural (name)": "urban_rural",
    "Locality": "locality",
    "Town": "town",
    "Postcode": "postcode",
    "Easting": "easting",
    "Northing": "northing",
    "EstablishmentNumber": "establishment_number",
    "UKPRN": "ukprn",
    "StatutoryLowAge": "age_low",
    "StatutoryHighAge": "age_high",
    "AdmissionsPolicy (name)": "admissions",
    "Gender (name)": "gender",
    "OfficialSixthForm (name)": "sixth_form",
    "TrustSchoolFlag (name)": "trust_flag",
    "Trusts (code)": "trust_uid",
    "Trusts (name)": "trust",
    "Federations (code)": "federation_code",
    "Federations (name)": "federation",
    "Diocese (name)": "diocese",
    "TypeOfResourcedProvision (name)": "provision",
    "ResourcedProvisionOnRoll": "resourced_on_roll",
    "ResourcedProvisionCapacity": "resourced_places",
    "SenUnitOnRoll": "unit_on_roll",
    "SenUnitCapacity": "unit_places",
    "CensusDate": "census_date",
    "NumberOfPupils": "pupils",
    "PercentageFSM": "fsm_pct",
    "LastChangedDate": "last_changed",
} | {header: header for header in NEED_HEADERS}

REQUIRED = {
    "URN": "the URN of each school",
    "EstablishmentName": "the name of a school",
    "PhaseOfEducation (name)": "primary, secondary or all-through",
    "EstablishmentTypeGroup (name)": "which schools are mainstream",
    "TypeOfEstablishment (name)": "which schools are mainstream",
    "EstablishmentStatus (name)": "which schools are open",
    "LA (name)": "the authority of a school",
    "Easting": "where a school is",
    "Northing": "where a school is",
}

# A school may have a resourced provision, a SEN unit or both: their figures are added.
PARTS = {
    "srp_places": ("resourced_places", "unit_places"),
    "srp_on_roll": ("resourced_on_roll", "unit_on_roll"),
}
STATE_GROUPS = ("Academies", "Local authority maintained schools", "Free Schools")
# "deemed" is the law's word: a middle school is treated as primary or as secondary.
PHASE_OF = {
    "Primary": "primary",
    "Middle deemed primary": "primary",
    "Secondary": "secondary",
    "Middle deemed secondary": "secondary",
    "All-through": "all-through",
}
WITHOUT_PROVISION = ("", "Not applicable")
MULTI_ACADEMY = "Supported by a multi-academy trust"
# GIAS fills unknown codes with nines, and in one school's GSS code an X before them.
UNKNOWN_CODE = r"X?9{4,}"
CODES = ("district_code", "ward_code", "lsoa_code", "ukprn", "trust_uid", "federation_code")
NO_VALUE = ("Not applicable", "Does not apply", "Not under a federation", "None", "-")


def is_gias(header: tuple[str, ...]) -> bool:
    """Whether a header is that of a GIAS extract, whole or not, rather than a planner's own."""
    return any(name in HEADERS and name not in SHARED_HEADERS for name in header)


# Names so common that a planner's own file may have them too.
SHARED_HEADERS = ("URN", "Easting", "Northing", "Postcode", "Town", "Locality", "UKPRN")


def read_gias(file: DelimitedFile) -> Register:
    """Read a GIAS extract, all rows, only the columns of `HEADERS`.

    Raises
    ------
    InputError
        A required column is missing, or rows cannot be read.
    """
    faults = required_columns(file.header, REQUIRED, file.name)
    try:
        raw = file.columns(HEADERS)
    except InputError as error:
        faults += error.faults
    if faults:
        raise InputError(faults)
    lacking = [header for header in HEADERS if header not in file.header]
    raw = raw.assign(**{HEADERS[header]: "" for header in lacking})
    frame, _ = complete(_in_our_words(raw))
    day = date_in_name(file.name) or newest(frame["last_changed"])
    return Register(
        frame=frame,
        name=file.name,
        titles={ours: theirs for theirs, ours in HEADERS.items()},
        as_at=day,
        parts=PARTS,
        missing=frozenset(HEADERS[header] for header in lacking),
        notices=_lacking_notices(file.name, lacking),
        attribution=f"Get Information About Schools, Department for Education. {OGL}",
    )


def _in_our_words(raw: pd.DataFrame) -> pd.DataFrame:
    """Translate GIAS's vocabulary into the schools table's."""
    in_trust = raw["trust_flag"] == MULTI_ACADEMY
    has_provision = ~raw["provision"].isin(WITHOUT_PROVISION)
    setting = _setting(raw)
    frame = raw.assign(
        setting=setting,
        phase=_phase(raw, setting),
        laestab=_laestab(raw),
        trust_uid=raw["trust_uid"].where(in_trust, ""),
        trust=raw["trust"].where(in_trust, ""),
        sixth_form=np.where(raw["sixth_form"] == "Has a sixth form", "yes", ""),
        srp=np.where(has_provision, "yes", ""),
        srp_needs=join_needs(raw).where(has_provision | (setting != MAINSTREAM), ""),
    )
    for column in ("admissions", "gender", "diocese", "federation"):
        frame[column] = frame[column].mask(frame[column].isin(NO_VALUE), "")
    for column in CODES:
        frame[column] = frame[column].mask(frame[column].str.fullmatch(UNKNOWN_CODE), "")
    for column in ("open_date", "close_date", "census_date", "last_changed"):
        frame[column] = iso_dates(frame[column])
    return frame


def _setting(raw: pd.DataFrame) -> pd.Series:
    """Sort establishments into mainstream, special, alternative provision and other."""
    kind = raw["establishment_type"].str.casefold()
    state = raw["type_group"].isin(STATE_GROUPS)
    alternative = kind.str.contains("alternative provision|pupil referral", regex=True)
    special = kind.str.contains("special") & ~kind.str.contains("independent|post 16", regex=True)
    outside = kind.str.contains("nursery school|16 to 19|16-19", regex=True)
    taught = raw["phase_as_recorded"].isin(list(PHASE_OF))
    setting = np.select(
        [alternative, special, state & taught & ~outside],
        [ALTERNATIVE, SPECIAL, MAINSTREAM],
        OTHER,
    )
    return pd.Series(setting, index=raw.index)


def _phase(raw: pd.DataFrame, setting: pd.Series) -> pd.Series:
    phase = raw["phase_as_recorded"].map(PHASE_OF).fillna("")
    return phase.mask(setting.isin([SPECIAL, ALTERNATIVE]), setting)


def _laestab(raw: pd.DataFrame) -> pd.Series:
    known = (raw["authority_code"] != "") & (raw["establishment_number"] != "")
    joined = raw["authority_code"] + "/" + raw["establishment_number"].str.zfill(4)
    return joined.where(known, "")


def _lacking_notices(name: str, lacking: list[str]) -> tuple[Notice, ...]:
    needed = [header for header in lacking if header not in NEED_HEADERS]
    return tuple(
        Notice("column", f"{name} has no column {header!r}: that information is left blank")
        for header in needed
    )
