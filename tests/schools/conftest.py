"""Small registers of schools in the shape of a GIAS extract."""

import csv
import io
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

PRIVATE = {
    "HeadTitle (name)": "Ms",
    "HeadFirstName": "Persephone",
    "HeadLastName": "Quillfeather",
    "TelephoneNum": "01632960123",
    "SchoolWebsite": "www.quillfeather.example",
}
SCHOOL = {
    "URN": "",
    "LA (code)": "999",
    "LA (name)": "Wessex",
    "EstablishmentNumber": "2001",
    "EstablishmentName": "",
    "TypeOfEstablishment (name)": "Community school",
    "EstablishmentTypeGroup (name)": "Local authority maintained schools",
    "EstablishmentStatus (name)": "Open",
    "OpenDate": "",
    "CloseDate": "",
    "PhaseOfEducation (name)": "Primary",
    "StatutoryLowAge": "4",
    "StatutoryHighAge": "11",
    "OfficialSixthForm (name)": "Does not have a sixth form",
    "Gender (name)": "Mixed",
    "Diocese (name)": "Not applicable",
    "AdmissionsPolicy (name)": "Not applicable",
    "CensusDate": "16-01-2025",
    "NumberOfPupils": "210",
    "PercentageFSM": "12.5",
    "TrustSchoolFlag (name)": "Not applicable",
    "Trusts (code)": "",
    "Trusts (name)": "",
    "Federations (code)": "",
    "Federations (name)": "",
    "UKPRN": "10000001",
    "LastChangedDate": "18-07-2025",
    "Locality": "",
    "Town": "Casterbridge",
    "Postcode": "CB1 1AA",
    **{f"SEN{number} (name)": "" for number in range(1, 14)},
    "TypeOfResourcedProvision (name)": "",
    "ResourcedProvisionOnRoll": "",
    "ResourcedProvisionCapacity": "",
    "SenUnitOnRoll": "",
    "SenUnitCapacity": "",
    "DistrictAdministrative (code)": "E07000901",
    "DistrictAdministrative (name)": "Casterbridge",
    "AdministrativeWard (code)": "E05000901",
    "AdministrativeWard (name)": "High Street",
    "UrbanRural (name)": "Rural",
    "Easting": "400000",
    "Northing": "100000",
    "LSOA (code)": "E01000901",
} | PRIVATE

WriteGias = Callable[..., Path]
WriteText = Callable[..., Path]


def gias_bytes(
    rows: Iterable[dict[str, str]], encoding: str = "cp1252", without: Iterable[str] = ()
) -> bytes:
    """Return rows as the DfE writes them: every field quoted, CRLF, cp1252."""
    header = [key for key in SCHOOL if key not in set(without)]
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(
        stream, header, quoting=csv.QUOTE_ALL, lineterminator="\r\n", extrasaction="ignore"
    )
    writer.writeheader()
    for k, row in enumerate(rows):
        urn = row.get("URN", str(100001 + k))
        writer.writerow({**SCHOOL, "URN": urn, "EstablishmentName": f"School {urn}", **row})
    return stream.getvalue().encode(encoding)


@pytest.fixture
def gias(tmp_path: Path) -> WriteGias:
    """Write a register with these rows (what differs from a plain primary school) to a file."""

    def write(
        *rows: dict[str, str],
        name: str = "edubasealldata20250718.csv",
        encoding: str = "cp1252",
        without: Iterable[str] = (),
    ) -> Path:
        path = tmp_path / name
        path.write_bytes(gias_bytes(rows, encoding, without))
        return path

    return write


@pytest.fixture
def text_file(tmp_path: Path) -> WriteText:
    """Write lines to a file of this name."""

    def write(name: str, *lines: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes("\n".join([*lines, ""]).encode(encoding))
        return path

    return write
