"""Which plan this is: the title, version, status and date that stand on every page and sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

# Python's own month names follow the machine's language; a plan's do not.
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

# The Government Security Classifications' word for what would harm people if it got about.
MARKING = "OFFICIAL-SENSITIVE"


@dataclass(frozen=True, slots=True)
class Edition:
    """The plan's own description of itself, from the scenario's ``[plan]``.

    Parameters
    ----------
    title, version, status : str
        Status is "draft", "consultation", "adopted" or "superseded".
    decision_reference, effective_date, previous_plan : str
        Empty where not given; the date in ISO 8601.
    audience : str
        "public" or "internal".
    as_at : str
        Planning date of the schools (ISO 8601).
    """

    title: str = "Plan of school clusters"
    version: str = ""
    status: str = "draft"
    decision_reference: str = ""
    effective_date: str = ""
    previous_plan: str = ""
    audience: str = "public"
    as_at: str = ""

    @classmethod
    def of(cls, record: Mapping[str, Any], as_at: str = "") -> Edition:
        """Read the ``plan`` part of a run's record; what is missing keeps its default."""
        told = record.get("plan") or {}
        known = {name: told.get(name) for name in cls.__dataclass_fields__ if name != "as_at"}
        return cls(**{name: str(value) for name, value in known.items() if value}, as_at=as_at)

    @property
    def marking(self) -> str:
        """The protective marking of what must not leave the authority, else empty."""
        return MARKING if self.audience == "internal" else ""

    @property
    def line(self) -> str:
        """One line for a page's head: marking, status, version and date."""
        parts = [self.marking] if self.marking else []
        parts.append(self.status.capitalize())
        if self.version:
            parts.append(f"version {self.version}")
        if self.effective_date:
            parts.append(f"in effect from {said_date(self.effective_date)}")
        if self.as_at:
            parts.append(f"schools as at {said_date(self.as_at)}")
        if self.decision_reference:
            parts.append(f"decision {self.decision_reference}")
        return " · ".join(parts)


def said_date(text: str) -> str:
    """Return an ISO date as a person says it ("18 July 2025"); other text unchanged."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
