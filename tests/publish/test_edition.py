"""Title, version, status and date of a plan."""

from dataclasses import replace

from cluster_geo.publish.edition import Edition, date_text, edition_of
from tests.briefs import PUBLIC, disclosed
from tests.outputs import BRIEF, make_world


def test_the_line_tells_status_version_and_dates():
    """One line says all that must stand on every page."""
    line = Edition.of(BRIEF, "2025-07-18").line
    expected = "Consultation · version 2.1 · in effect from 1 September 2026"
    assert line == f"{expected} · schools as at 18 July 2025"


def test_what_is_not_told_has_a_default():
    """A brief that tells nothing but its audience is of a draft."""
    assert Edition.of(PUBLIC).line == "Draft"


def test_what_must_not_leave_the_authority_is_marked():
    """Inside, the line begins with the marking; for the public there is none."""
    inside = Edition.of(replace(PUBLIC, audience="internal"))
    assert inside.line == "OFFICIAL-SENSITIVE · Draft"
    assert Edition.of(PUBLIC).marking == ""


def test_a_disclosure_tells_the_date_of_its_schools():
    """The brief says what the plan is, the county of which day its schools are."""
    county = make_world().county
    edition = edition_of(disclosed(county, BRIEF))
    assert edition == Edition.of(BRIEF, county.schools.as_at)
    assert edition.title == "Clusters of Squareshire"


def test_text_that_is_no_date_stays():
    """A date that nobody can read is shown as it is."""
    assert date_text("autumn 2026") == "autumn 2026"
