"""Merrowshire's register and census, column by column as the real ones have them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from random import Random

from shapely.geometry.base import BaseGeometry

from cluster_geo.example.schools import NEEDS, School

AUTHORITY = ("990", "Merrowshire")
NEED_COLUMNS = 13


def register_rows(
    schools: Iterable[School], districts: Mapping[tuple[str, str], BaseGeometry]
) -> Iterator[dict[str, object]]:
    """Yield a row of a GIAS extract for each establishment.

    Heads and telephone numbers are included as in the real file, to check that a run on the
    example does not show them.
    """
    for school in schools:
        code, district = next(key for key, s in districts.items() if s.covers(school.point))
        primary = school.ages[1] <= 11  # noqa: PLR2004 - years
        yield {
            "URN": school.urn,
            "LA (code)": AUTHORITY[0],
            "LA (name)": AUTHORITY[1],
            "EstablishmentNumber": 2000 + school.urn % 1000
            if primary
            else 4000 + school.urn % 1000,
            "EstablishmentName": school.name,
            "TypeOfEstablishment (name)": school.kind,
            "EstablishmentTypeGroup (name)": school.group,
            "EstablishmentStatus (name)": school.status,
            "OpenDate": school.opened,
            "CloseDate": school.closes,
            "PhaseOfEducation (name)": school.phase,
            "StatutoryLowAge": school.ages[0],
            "StatutoryHighAge": school.ages[1],
            "OfficialSixthForm (name)": _sixth_form(school),
            "Gender (name)": school.gender,
            "Diocese (name)": school.diocese,
            "AdmissionsPolicy (name)": school.admissions,
            "SchoolCapacity": round(school.pupils * 1.08),
            "CensusDate": "16-01-2025",
            "NumberOfPupils": school.pupils or "",
            "PercentageFSM": f"{_share(school, 7, 38):.2f}",
            "TrustSchoolFlag (name)": school.trust_flag,
            "Trusts (code)": school.trust[0],
            "Trusts (name)": school.trust[1],
            "FederationFlag (name)": "Supported by a federation"
            if school.federation[0]
            else "Not under a federation",
            "Federations (code)": school.federation[0],
            "Federations (name)": school.federation[1],
            "UKPRN": 19_000_000 + school.urn % 100_000,
            "LastChangedDate": "29-08-2025",
            "Street": "School Lane",
            "Locality": "",
            "Town": school.place,
            "Postcode": f"ME{school.urn % 9}R {school.urn % 7}QQ",
            "TelephoneNum": "01632960000",
            "HeadTitle (name)": "Mx",
            "HeadFirstName": "Invented",
            "HeadLastName": "Headteacher",
            "HeadPreferredJobTitle": "Headteacher",
            **_provision(school),
            "DistrictAdministrative (code)": code,
            "DistrictAdministrative (name)": district,
            "AdministrativeWard (code)": "",
            "AdministrativeWard (name)": "",
            "UrbanRural (name)": _urban_rural(school),
            "GSSLACode (name)": "E10000990",
            "Easting": int(school.point.x),
            "Northing": int(school.point.y),
            "LSOA (code)": "",
        }


def census_rows(schools: Iterable[School], rng: Random) -> Iterator[dict[str, object]]:
    """Yield a row of the school census for each establishment with pupils."""
    for school in schools:
        if not school.pupils:
            continue
        plans = round(school.pupils * (0.02 + 0.04 * rng.random())) + 4 * len(school.needs)
        support = round(school.pupils * (0.10 + 0.10 * rng.random()))
        yield {
            "URN": school.urn,
            "LA": AUTHORITY[0],
            "Estab": 2000 + school.urn % 1000,
            "SCHOOLTYPE": "State-funded primary" if school.phase == "Primary"
            else "State-funded secondary",
            "NOR": school.pupils,
            "TSENELSE": plans,
            "PSENELSE": f"{100 * plans / school.pupils:.2f}%",
            "TSENELK": support,
            "PSENELK": f"{100 * support / school.pupils:.2f}%",
            "NUMFSM": round(school.pupils * _share(school, 7, 38) / 100),
        }  # fmt: skip


def _provision(school: School) -> dict[str, object]:
    """Return the columns on special needs; both ways of writing "none" occur, as in GIAS."""
    row: dict[str, object] = {
        f"SEN{i + 1} (name)": NEEDS[school.needs[i]] if i < len(school.needs) else ""
        for i in range(NEED_COLUMNS)
    }
    special = school.group == "Special schools"
    unit = bool(school.needs) and school.urn % 4 == 0
    base = bool(school.needs) and not unit
    none = "" if school.urn % 9 else "Not applicable"
    kind = "SEN unit" if unit else "Resourced provision"
    places = 10 + school.urn % 3 * 5
    row["TypeOfResourcedProvision (name)"] = kind if school.needs and not special else none
    row["ResourcedProvisionOnRoll"] = places - 2 if base and not special else ""
    row["ResourcedProvisionCapacity"] = places if base and not special else ""
    row["SenUnitOnRoll"] = places - 1 if unit and not special else ""
    row["SenUnitCapacity"] = places if unit and not special else ""
    return row


def _sixth_form(school: School) -> str:
    if school.phase == "Primary":
        return "Not applicable"
    return "Has a sixth form" if school.ages[1] > 16 else "Does not have a sixth form"  # noqa: PLR2004


def _share(school: School, low: float, high: float) -> float:
    """Return a percentage by the school's URN, different for neighbouring URNs."""
    return low + (high - low) * (school.urn * 37 % 101) / 100


def _urban_rural(school: School) -> str:
    rural = school.pupils < 190 and school.phase == "Primary"  # noqa: PLR2004
    kind = "Smaller rural" if rural else "Urban"
    return f"{kind}: Further from a major town or city"
