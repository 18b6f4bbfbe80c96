"""GDAL's messages about damaged files are not printed as tracebacks."""

from __future__ import annotations

import sys

from cluster_geo.geometry.gdal import messages_may_be_garbled


class Last:
    """Something whose end raises where no caller can catch it."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def __del__(self) -> None:
        raise self.error


def test_half_a_character_is_not_printed(monkeypatch):
    """A message that cannot be decoded is dropped; any other failure is printed as before."""
    heard = []
    monkeypatch.setattr(sys, "unraisablehook", lambda found: heard.append(found.exc_type))
    with messages_may_be_garbled():
        Last(UnicodeDecodeError("utf-8", b"\xc3", 0, 1, "unexpected end of data"))
        assert heard == []
        Last(ValueError("another"))
    Last(UnicodeDecodeError("utf-8", b"\xc3", 0, 1, "unexpected end of data"))
    assert heard == [ValueError, UnicodeDecodeError]
