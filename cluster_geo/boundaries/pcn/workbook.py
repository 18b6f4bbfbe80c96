"""The NHS workbook of PCNs (ePCN): the networks and the practices of each.

Published by the NHS Organisation Data Service as two sheets, PCNs and "core partners". Headings
hold line breaks and follow the NHS's reorganisations: what was a clinical commissioning group
(CCG) until June 2022 is now a sub-ICB location. Sheets and columns are therefore recognised by
the meaning of their headings.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

import pandas as pd

from cluster_geo.delimited import cells
from cluster_geo.errors import Fault, InputError, file_name
from cluster_geo.phrases import in_short
from cluster_geo.records import OGL, Notice, Source, source_of
from cluster_geo.schools.headings import Synonyms, recognise

PCN_COLUMNS: Synonyms = {
    "code": {"pcncode"},
    "name": {"pcnname"},
    "area_code": {
        "currentsubicbloccode",
        "currentsubicblocationcode",
        "currentclinicalcommissioninggroupcode",
        "currentccgcode",
    },
    "area": {
        "subicblocation",
        "subicblocationname",
        "currentsubicblocname",
        "clinicalcommissioninggroupname",
        "ccgname",
    },
    "opened": {"opendate"},
    "closed": {"closedate"},
    "postcode": {"postcode"},
}
PARTNER_COLUMNS: Synonyms = {
    "practice": {"partnerorganisationcode", "practicecode"},
    "practice_name": {"partnername", "practicename"},
    "pcn": {"pcncode"},
    "started": {"practicetopcnrelationshipstartdate"},
    "ended": {"practicetopcnrelationshipenddate"},
}
# Columns that may be missing; the NHS's areas change their name every few years.
OPTIONAL = frozenset({"area_code", "area", "postcode", "opened", "started", "practice_name"})
# Names of the required columns in messages.
TITLES = {
    "code": "PCN Code",
    "name": "PCN Name",
    "closed": "Close Date",
    "practice": "Partner Organisation Code",
    "pcn": "PCN Code",
    "ended": "Practice to PCN Relationship End Date",
}
# The header is among a sheet's first rows, perhaps below a title.
FIRST_ROWS = 10
DOWNLOAD = "Download the workbook again from the NHS Organisation Data Service, as .xlsx"


@dataclass(frozen=True, eq=False)
class PcnList:
    """Primary care networks and their practices, as the workbook states them.

    Parameters
    ----------
    pcns : DataFrame
        The open PCNs by code, ascending: `name`, `area_code` and `area` (the sub-ICB location or
        CCG they belong to), `postcode` of the head office.
    practices : DataFrame
        Practices that belong to an open PCN by code, ascending: `name`, `pcn`.
    notices : tuple of Notice
    source : Source, optional
    """

    pcns: pd.DataFrame
    practices: pd.DataFrame
    notices: tuple[Notice, ...] = field(default=())
    source: Source | None = None

    def within(self, areas: Iterable[str]) -> PcnList:
        """Return the PCNs of some sub-ICB locations (or CCGs) and their practices.

        Parameters
        ----------
        areas : iterable of str
            Codes ("91Q"), names, or parts of names ("Kent and Medway"), in upper or lower case.

        Raises
        ------
        InputError
            Areas that are not in the workbook.
        """
        chosen, faults = pd.Series(False, index=self.pcns.index), []
        codes = self.pcns["area_code"].str.casefold()
        names = self.pcns["area"].str.casefold()
        for area in areas:
            wanted = area.strip().casefold()
            found = (codes == wanted) | names.str.contains(wanted, regex=False)
            if not wanted or not found.any():
                faults.append(self._unknown(area))
            chosen |= found
        if faults:
            raise InputError(faults)
        pcns = self.pcns[chosen]
        practices = self.practices[self.practices["pcn"].isin(pcns.index)]
        return PcnList(pcns, practices, self.notices, self.source)

    def _unknown(self, area: str) -> Fault:
        known = sorted({*self.pcns["area"], *self.pcns["area_code"]})
        near = get_close_matches(area.upper(), known, n=3, cutoff=0.4)
        hint = f"Did you mean {' or '.join(map(repr, near))}? " if near else ""
        fix = f"{hint}Give the code or name of a sub-ICB location (or CCG) of the workbook"
        where = file_name(self.source.path) if self.source else "PCNs"
        return Fault(where, f"no open PCN belongs to {area!r}", fix)


def read_pcns(path: str | Path) -> PcnList:
    """Read the ePCN workbook.

    A PCN with a close date and a practice whose membership has an end date are left out, even
    if the date is in the future: what follows is in another row.

    Parameters
    ----------
    path : path
        `.xlsx` of any vintage since 2019.

    Raises
    ------
    InputError
        Not a workbook, sheets or columns that cannot be found, PCNs without a code or twice.
    """
    name = file_name(path)
    sheets = _sheets(Path(path), name)
    partners = _find(sheets, PARTNER_COLUMNS, name, "the practices of each PCN", ())
    pcns = _find(sheets, PCN_COLUMNS, name, "the PCNs", PARTNER_COLUMNS["practice"])
    if isinstance(pcns, Fault) or isinstance(partners, Fault):
        raise InputError([found for found in (pcns, partners) if isinstance(found, Fault)])
    faults = _code_faults(pcns, name)
    if faults:
        raise InputError(faults)
    opened = pcns[pcns["closed"] == ""].set_index("code").sort_index()
    members, notices = _members(partners, opened)
    newest = max([*pcns["opened"], *partners["started"]], default="")
    source = source_of(path, "PCNs", OGL, _iso(newest))
    return PcnList(opened[["name", "area_code", "area", "postcode"]], members, notices, source)


def _sheets(path: Path, name: str) -> list[tuple[str, pd.DataFrame]]:
    """Return every sheet as text, missing cells "", rows numbered as Excel does."""
    try:
        data = pd.read_excel(
            path, sheet_name=None, header=None, dtype=str, engine="openpyxl", na_filter=False
        )
    except IsADirectoryError as error:
        raise InputError([Fault(name, "it is a folder", "Give the file in it")]) from error
    except OSError as error:
        found = f"the file cannot be opened ({error.strerror or error})"
        raise InputError([Fault(name, found, "Check the path")]) from error
    except (BadZipFile, KeyError, ValueError, TypeError, EOFError, ParseError) as error:
        raise InputError([Fault(name, "it is not an .xlsx workbook", DOWNLOAD)]) from error
    sheets = []
    for sheet, frame in data.items():
        text = frame.astype(str).apply(lambda column: column.str.split().str.join(" "))
        sheets.append((str(sheet), text.set_axis(range(1, len(text) + 1))))
    return sheets


def _find(
    sheets: list[tuple[str, pd.DataFrame]],
    synonyms: Synonyms,
    name: str,
    what: str,
    never: Collection[str],
) -> pd.DataFrame | Fault:
    """Return the sheet whose header has the columns, renamed, or a fault that names those missing.

    A sheet with one of the folded headings in `never` is another sheet.
    """
    best: set[str] = set()
    others: Synonyms = {"other": never}
    for _, sheet in sheets:
        for row in list(sheet.index[:FIRST_ROWS]):
            header = list(sheet.loc[row])
            found, _ = recognise(header, synonyms)
            if recognise(header, others)[0]:
                continue
            if not synonyms.keys() - set(found.values()) - OPTIONAL:
                body = sheet.loc[row + 1 :].set_axis(header, axis=1)
                frame = body.loc[:, ~body.columns.duplicated()][list(found)].rename(columns=found)
                frame = frame[(frame != "").any(axis=1)]
                return frame.assign(**dict.fromkeys(synonyms.keys() - set(frame), ""))
            best = max(best, set(found.values()), key=len)
    lacking = [TITLES[ours] for ours in synonyms if ours not in best | OPTIONAL]
    found_words = f"no sheet lists {what} (there is no column {', '.join(lacking)})"
    return Fault(name, found_words, DOWNLOAD)


def _code_faults(pcns: pd.DataFrame, name: str) -> list[Fault]:
    """List PCNs without a code, and codes that are open twice."""
    fix = "Correct the row, or download the workbook again"
    faults = [
        Fault(name, "the PCN has no code", fix, row, "PCN Code")
        for row in pcns.index[pcns["code"] == ""].tolist()
    ]
    opened = pcns[(pcns["closed"] == "") & (pcns["code"] != "")]
    twice = opened[opened["code"].duplicated()]
    faults += [
        Fault(name, f"{code} is also an open PCN in an earlier row", fix, row, "PCN Code")
        for row, code in cells(twice["code"])
    ]
    return faults


def _members(
    partners: pd.DataFrame, opened: pd.DataFrame
) -> tuple[pd.DataFrame, tuple[Notice, ...]]:
    """Return each practice's one open PCN."""
    current = partners[(partners["ended"] == "") & (partners["practice"] != "")]
    known = current["pcn"].isin(opened.index)
    notices = _listed(current.loc[~known, "practice"], "Practices that are not in an open PCN")
    current = current[known].sort_values(["practice", "started", "pcn"], kind="stable")
    pairs = current.drop_duplicates(["practice", "pcn"])
    repeated = pairs.loc[pairs["practice"].duplicated(), "practice"]
    notices += _listed(
        repeated, "Practices in several PCNs at once, of which the most recent is used"
    )
    one = current.drop_duplicates("practice", keep="last").set_index("practice")
    return one.rename(columns={"practice_name": "name"})[["name", "pcn"]], notices


def _listed(practices: pd.Series, words: str) -> tuple[Notice, ...]:
    codes = sorted(set(practices))
    return (Notice("pcn", f"{words}: {in_short(codes)}."),) if codes else ()


def _iso(date: str) -> str:
    """Return 20241001 as 2024-10-01, and anything else as ""."""
    digits = date[:8]
    known = len(digits) == 8 and digits.isdigit()  # noqa: PLR2004 - year, month and day
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}" if known else ""
