"""Types of special educational need, as GIAS and commissioners write them."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

# https://www.get-information-schools.service.gov.uk/glossary, "Type of SEN provision".
NEEDS = {
    "ASD": "Autistic spectrum disorder",
    "SLCN": "Speech, language and communication",
    "SEMH": "Social, emotional and mental health",
    "HI": "Hearing impairment",
    "VI": "Visual impairment",
    "MSI": "Multi-sensory impairment",
    "PD": "Physical disability",
    "SpLD": "Specific learning difficulty",
    "MLD": "Moderate learning difficulty",
    "SLD": "Severe learning difficulty",
    "PMLD": "Profound and multiple learning difficulty",
    "OTH": "Other difficulty or disability",
}
NEED_HEADERS = tuple(f"SEN{number} (name)" for number in range(1, 14))
SEPARATOR = "|"
_BY_ANY_SPELLING = {key.casefold(): key for key in NEEDS} | {
    words.casefold(): key for key, words in NEEDS.items()
}


def need_code(text: str) -> str | None:
    """Return the short code of a need ("ASD - Autistic Spectrum Disorder" is ASD).

    "" and "Not Applicable" give ""; words that are not a known need give None.
    """
    plain = text.strip().casefold()
    if plain in ("", "not applicable", "none", "n/a"):
        return ""
    short = plain.partition(" - ")[0].strip()
    return _BY_ANY_SPELLING.get(plain) or _BY_ANY_SPELLING.get(short)


def joined(codes: Iterable[str]) -> str:
    """Join codes with |, each once, in the order given, blanks left out."""
    return SEPARATOR.join(dict.fromkeys(code for code in codes if code))


def need_codes(text: str) -> str | None:
    """Return ASD|SLCN for "ASD, SLCN" (or ; / | between them); None if a word is not a need."""
    whole = need_code(text)  # "SLCN - Speech, language and Communication" is one need
    if whole is not None:
        return whole
    codes = [need_code(part) for part in re.split(r"[,;/|]", text)]
    return None if None in codes else joined(code or "" for code in codes)


def join_needs(raw: pd.DataFrame) -> pd.Series:
    """Join the columns SEN1 to SEN13 of each row into codes: ASD|SLCN.

    A need that is not known here is kept in GIAS's own words.
    """
    columns = [raw[header] for header in NEED_HEADERS if header in raw]
    codes = {
        text: text if (code := need_code(text)) is None else code
        for column in columns
        for text in column.unique()
    }
    if not columns:
        return pd.Series("", index=raw.index, dtype=object)
    # Few schools have a provision: join only the rows with a need.
    filled = (columns[0] != "").to_numpy().copy()
    for column in columns[1:]:
        filled |= (column != "").to_numpy()
    rows = zip(*(column[filled] for column in columns), strict=True)
    needs = pd.Series([joined(codes[text] for text in row) for row in rows], raw.index[filled])
    return needs.reindex(raw.index, fill_value="")
