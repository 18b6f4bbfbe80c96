"""A drawn health service: LSOAs as squares of a kilometre, PCNs, practices and patients.

    north  | A1 | A2 | A3 | A4 |
    south  | B1 | B2 | B3 | B4 |

The columns of a picture are eastings, its rows northings; LSOA codes are "E0100" and the letter's
and the figure's number: A1 is E010011, B4 is E010024.
"""

from __future__ import annotations

import pandas as pd
from shapely.geometry import box

from tests.ground import write_zones
from tests.worlds import ORIGIN

HEADINGS = {
    "2025": (
        ("PCN Code", "PCN Name", "Current Sub ICB Loc Code", "Sub ICB Location", "Open Date", "Close Date", "Postcode"),
        ("Partner\nOrganisation\nCode", "Partner\nName", "PCN Code", "PCN Name", "Practice to PCN\nRelationship\nStart Date", "Practice to PCN\nRelationship\nEnd Date"),
    ),
    "2022": (
        ("PCN Code", "PCN Name", "Current Clinical \nCommissioning \nGroup Code", "Clinical\nCommissioning\nGroup Name", "Open Date", "Close Date", "Postcode"),
        ("Partner\nOrganisation\nCode", "Partner\nName", "PCN Code", "PCN Name", "Practice to PCN\nRelationship\nStart Date", "Practice to PCN\nRelationship\nEnd Date"),
    ),
}  # fmt: skip
PCNS = (
    ("U00001", "WEST PCN", "11X", "NHS DALES ICB - 11X", "20190701", "", "ZZ1 1AA"),
    ("U00002", "EAST PCN", "11X", "NHS DALES ICB - 11X", "20190701", "", "ZZ1 1AB"),
    ("U00003", "GONE PCN", "11X", "NHS DALES ICB - 11X", "20190701", "20230331", "ZZ1 1AC"),
    ("U00009", "FOREIGN PCN", "22Y", "NHS MOORS ICB - 22Y", "20241001", "", "ZZ9 9ZZ"),
)
PARTNERS = (
    ("G00001", "West Surgery", "U00001", "WEST PCN", "20190701", ""),
    ("G00002", "East Surgery", "U00002", "EAST PCN", "20190701", ""),
    ("G00003", "Moved Surgery", "U00003", "GONE PCN", "20190701", "20230331"),
    ("G00003", "Moved Surgery", "U00002", "EAST PCN", "20230401", ""),
    ("G00004", "Closed Surgery", "U00001", "WEST PCN", "20190701", "20220331"),
    ("G00009", "Foreign Surgery", "U00009", "FOREIGN PCN", "20190701", ""),
)


def lsoa(name):
    """Code of an LSOA of the picture: A1 is E010011."""
    return f"E0100{'AB'.index(name[0]) + 1}{name[1]}"


def square(name):
    """The square kilometre of an LSOA, in km: A1 is the north-west."""
    x, y = int(name[1]) - 1, 1 - "AB".index(name[0])
    return box(x, y, x + 1, y + 1)


def write_workbook(path, pcns=PCNS, partners=PARTNERS, headings="2025"):
    """Write a workbook as the NHS does; return its path."""
    first, second = HEADINGS[headings]
    with pd.ExcelWriter(path, engine="openpyxl") as writer:
        pd.DataFrame(pcns, columns=first).to_excel(writer, sheet_name="PCNDetails", index=False)
        frame = pd.DataFrame(partners, columns=second)
        frame.to_excel(writer, sheet_name="PCN Core Partner Details", index=False)
    return path


def write_patients(path, patients):
    """Write patients by (practice, LSOA of the picture); return the path."""
    lines = ["PUBLICATION,EXTRACT_DATE,PRACTICE_CODE,LSOA_CODE,SEX,NUMBER_OF_PATIENTS"]
    lines += [
        f"GP_PRAC_PAT_LIST,2025-01-01,{practice},{lsoa(name)},ALL,{number}"
        for (practice, name), number in patients.items()
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def write_lsoas(path, names):
    """Write the squares of some LSOAs; return the path."""
    return write_zones(
        path,
        [square(name) for name in names],
        {"LSOA21CD": [lsoa(name) for name in names], "LSOA21NM": [f"Dales {n}" for n in names]},
    )


def write_practices(path, places):
    """Write a table of practices at points in km; return the path."""
    lines = ["practice_code,easting,northing"]
    lines += [
        f"{code},{ORIGIN[0] + 1000 * x:.0f},{ORIGIN[1] + 1000 * y:.0f}"
        for code, (x, y) in places.items()
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


ALL = ("A1", "A2", "A3", "A4", "B1", "B2", "B3", "B4")
# West has the two western columns, East the two eastern ones.
HALVES = {("G00001", name): 60 for name in ("A1", "A2", "B1", "B2")} | {
    ("G00002", name): 60 for name in ("A3", "A4", "B3", "B4")
}
