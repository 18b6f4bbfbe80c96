"""Which plan this is: the title, version, status and date that stand on every page and sheet."""

from __future__ import annotations

from dataclasses import dataclass

from cluster_geo.audience import Disclosure
from cluster_geo.scenario import Audience, Brief
from cluster_geo.schools.dates import in_words

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
    audience : {"public", "internal"}
    as_at : str
        Planning date of the schools (ISO 8601); empty where no schools are at hand.
    """

    title: str
    version: str
    status: str
    decision_reference: str
    effective_date: str
    previous_plan: str
    audience: Audience
    as_at: str

    @classmethod
    def of(cls, brief: Brief, as_at: str = "") -> Edition:
        """Return the edition that a brief describes, of the schools as at a date."""
        return cls(
            title=brief.title,
            version=brief.version,
            status=brief.status,
            decision_reference=brief.decision_reference,
            effective_date=brief.effective_date,
            previous_plan=brief.previous_plan,
            audience=brief.audience,
            as_at=as_at,
        )

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
            parts.append(f"in effect from {date_text(self.effective_date)}")
        if self.as_at:
            parts.append(f"schools as at {date_text(self.as_at)}")
        if self.decision_reference:
            parts.append(f"decision {self.decision_reference}")
        return " · ".join(parts)


def edition_of(disclosed: Disclosure) -> Edition:
    """Return the edition of a plan of the schools that are disclosed."""
    return Edition.of(disclosed.brief, disclosed.county.schools.as_at)


def date_text(text: str) -> str:
    """Return an ISO date as a person says it ("18 July 2025"); other text unchanged."""
    try:
        return in_words(text)
    except ValueError:
        return text
