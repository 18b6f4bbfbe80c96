"""Title, version, status and date of a plan."""

from datetime import date

from cluster_geo.publish.edition import Edition, said_date
from tests.outputs import RECORD


def test_the_line_tells_status_version_and_dates():
    """One line says all that must stand on every page."""
    line = Edition.of(RECORD, "2025-07-18").line
    expected = "Consultation · version 2.1 · in effect from 1 September 2026"
    assert line == f"{expected} · schools as at 18 July 2025"


def test_what_is_not_told_has_a_default():
    """A record without a plan is a draft."""
    assert Edition.of({}).line == "Draft"


def test_dates_may_be_dates():
    """A scenario may hand over a date where a file would hold text."""
    assert Edition.of({"plan": {"effective_date": date(2026, 9, 1)}}).effective_date == "2026-09-01"


def test_text_that_is_no_date_stays():
    """A date that nobody can read is shown as it is."""
    assert said_date("autumn 2026") == "autumn 2026"
