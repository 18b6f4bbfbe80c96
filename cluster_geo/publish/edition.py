"""Which plan this is: the title, version, status and date that stand on every page and sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields

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
    decision_reference, effective_date, end_date, previous_plan : str
        Empty where not given; the dates in ISO 8601.
    replaces, reason, superseded_by : str
        The version that this one replaces, why, and the version that has replaced this one.
    told : tuple of str
        Who was informed, and when.
    audience : {"public", "internal"}
    as_at : str
        Planning date of the schools (ISO 8601); empty where no schools are at hand.
    """

    title: str
    version: str
    status: str
    decision_reference: str
    effective_date: str
    end_date: str
    previous_plan: str
    replaces: str
    reason: str
    superseded_by: str
    told: tuple[str, ...]
    audience: Audience
    as_at: str

    @classmethod
    def of(cls, brief: Brief, as_at: str = "") -> Edition:
        """Return the edition that a brief describes, of the schools as at a date."""
        names = [field.name for field in fields(cls) if field.name != "as_at"]
        return cls(as_at=as_at, **{name: getattr(brief, name) for name in names})

    @property
    def marking(self) -> str:
        """The protective marking of what must not leave the authority, else empty."""
        return MARKING if self.audience == "internal" else ""

    @property
    def line(self) -> str:
        """One line for a page's head: marking, status, version and date."""
        return " · ".join(filter(None, self._parts()))

    def _parts(self) -> Iterator[str]:
        yield self.marking
        # First, so that it is not cut off where a printed head is short.
        newer = self.superseded_by and f"Superseded by version {self.superseded_by}"
        yield newer or self.status.capitalize()
        yield self.version and f"version {self.version}"
        yield self.replaces and f"replaces version {self.replaces}"
        yield in_effect(self.effective_date, self.end_date)
        yield self.as_at and f"schools as at {date_text(self.as_at)}"
        yield self.decision_reference and f"decision {self.decision_reference}"

    @property
    def notices(self) -> list[str]:
        """What a reader should know before using the plan: what replaces it, what it replaces."""
        found = []
        if self.superseded_by:
            until = f", which ends on {date_text(self.end_date)}" if self.end_date else ""
            found.append(f"Version {self.superseded_by} replaces this version{until}.")
        if self.replaces and self.reason:
            found.append(f"This version replaces version {self.replaces}. Why: {self.reason}")
        elif self.replaces:
            found.append(f"This version replaces version {self.replaces}.")
        elif self.reason:
            found.append(f"Why this version was made: {self.reason}")
        return found


def edition_of(disclosed: Disclosure) -> Edition:
    """Return the edition of a plan of the schools that are disclosed."""
    return Edition.of(disclosed.brief, disclosed.county.schools.as_at)


def in_effect(first: str, last: str) -> str:
    """Return from when and until when something is in effect, in words; "" where not known."""
    begins = f"from {date_text(first)}" if first else ""
    ends = f"until {date_text(last)}" if last else ""
    words = " ".join(filter(None, (begins, ends)))
    return f"in effect {words}" if words else ""


def date_text(text: str) -> str:
    """Return an ISO date as a person says it ("18 July 2025"); other text unchanged."""
    try:
        return in_words(text)
    except ValueError:
        return text
