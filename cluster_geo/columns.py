"""The columns of the schools table: name, type, unit and meaning, in one place.

The table is indexed by `urn` (int64, ascending) and has geometry points in EPSG:27700
(British National Grid, metres). Missing text is "", missing numbers are NaN.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `kind` is text, integer, number, flag or date; `unit` may be empty."""

    name: str
    kind: str
    unit: str
    meaning: str


SCHOOL_COLUMNS: tuple[Column, ...] = (
    Column("name", "text", "", "Name of the school as in the register"),
    Column("phase", "text", "", "primary, secondary or all-through (counts as both)"),
    Column("district", "text", "", "Name of the district"),
    Column("district_code", "text", "", "Code of the district (GSS)"),
    Column("authority", "text", "", "Name of the local authority"),
    Column("authority_code", "text", "", "Three-figure code of the local authority"),
    Column("laestab", "text", "", "Authority and establishment number, 886/1234"),
    Column("ukprn", "text", "", "UK provider reference number"),
    Column("establishment_type", "text", "", "Type of establishment"),
    Column("status", "text", "", "Open, proposed to open, open but proposed to close"),
    Column("open_date", "date", "", "Date opened (ISO 8601) or empty"),
    Column("close_date", "date", "", "Date closed or to close (ISO 8601) or empty"),
    Column("age_low", "number", "years", "Lowest statutory age"),
    Column("age_high", "number", "years", "Highest statutory age"),
    Column("admissions", "text", "", "Selective, Non-selective or empty"),
    Column("gender", "text", "", "Mixed, Boys or Girls"),
    Column("sixth_form", "flag", "", "Has an official sixth form"),
    Column("postcode", "text", "", "Postcode"),
    Column("locality", "text", "", "Village or part of a town, as in the postal address"),
    Column("town", "text", "", "Post town"),
    Column("ward", "text", "", "Name of the electoral ward"),
    Column("ward_code", "text", "", "Code of the electoral ward"),
    Column("lsoa_code", "text", "", "Code of the 2021 LSOA"),
    Column("urban_rural", "text", "", "Urban or rural class"),
    Column("trust_uid", "text", "", "Identifier of the multi-academy trust, else empty"),
    Column("trust", "text", "", "Name of the multi-academy trust, else empty"),
    Column("federation_code", "text", "", "Identifier of the federation, else empty"),
    Column("federation", "text", "", "Name of the federation, else empty"),
    Column("diocese", "text", "", "Name of the diocese, else empty"),
    Column("srp", "flag", "", "Has a specialist resource provision or SEN unit"),
    Column("srp_needs", "text", "", "Need types of the provision, joined by |: ASD|SLCN"),
    Column("srp_places", "number", "pupils", "Places in the provision"),
    Column("srp_on_roll", "number", "pupils", "Pupils on roll in the provision"),
    Column("srp_years", "text", "", "School years of the provision (7 to 11), if only some"),
    Column("census_date", "text", "", "Date or school year of the figures about pupils"),
    Column("pupils", "number", "pupils", "Pupils on roll, with nursery and sixth form"),
    Column("ehcp", "number", "pupils", "Pupils with an education, health and care plan"),
    Column("sen_support", "number", "pupils", "Pupils on SEN support"),
    Column("fsm_pct", "number", "per cent", "Pupils eligible for free school meals"),
    Column("idaci_quintile", "number", "", "Fifth by IDACI (child poverty), 1 the poorest"),
)

Kind = Literal["amount", "rate"]
AMOUNT: Kind = "amount"
RATE: Kind = "rate"


@dataclass(frozen=True, slots=True)
class OwnColumn:
    """A column of a planner's own.

    Parameters
    ----------
    name : str
        In tables and settings: small letters, figures and underscores.
    title : str
        What its file calls it, for readers; "" for its name.
    unit : str
        Such as "GBP" or "pupils"; "" for none.
    meaning : str
        What it is, in a sentence.
    kind : {"amount", "rate"}
        An amount adds up over schools. A rate does not: of several schools it is the mean, by
        pupils where these are known.
    public : bool
        Whether the public may see it.
    counts_pupils : bool
        Whether it counts pupils, or is a per cent of them: then figures of fewer than 5 are
        withheld from the public.
    """

    name: str
    title: str = ""
    unit: str = ""
    meaning: str = ""
    kind: Kind = AMOUNT
    public: bool = False
    counts_pupils: bool = True

    @property
    def heading(self) -> str:
        """What a reader calls it, with the unit."""
        words = self.title or self.name.replace("_", " ")
        return f"{words[:1].upper()}{words[1:]}" + (f", {self.unit}" if self.unit else "")
