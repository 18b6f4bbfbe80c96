"""A street of ten schools with a plan by hand, and a session that begins from it."""

from __future__ import annotations

import itertools

import pytest

from cluster_geo.session import Session
from tests.cli.street import write_plan, write_street


@pytest.fixture
def street(tmp_path):
    """Write the street and its plan; return the plan's file and the scenario's."""
    scenario = write_street(tmp_path, "pspppsppsp", "WWWWWEEEEE", "AA.BB..BB.")
    (tmp_path / "plan").mkdir()
    rows = write_plan(tmp_path / "plan" / "clusters.csv", "1234", "567", "89")
    with rows.open("a") as stream:
        stream.write("100010,C-3\n")
    return rows, scenario


@pytest.fixture
def opened(street):
    """Return a function that opens the session, with a journal or without; its clock counts."""
    plan, scenario = street
    ticks = itertools.count()

    def session(journal=None, **options):
        return Session.open(
            plan,
            scenario=scenario,
            journal=journal,
            clock=lambda: f"2026-09-01T10:{next(ticks):02d}:00+00:00",
            **options,
        )

    return session


@pytest.fixture
def meeting(opened):
    """A session without a journal."""
    with opened() as session:
        yield session
