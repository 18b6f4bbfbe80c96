"""Files of figures: written the same each time, and read with care."""

from __future__ import annotations

import json

import pytest

from cluster_geo.errors import InputError
from cluster_geo.plan import read_figures
from cluster_geo.plan.figures import LARGEST, figures_text
from tests.requests import make_figures


@pytest.fixture
def path(tmp_path):
    """A file of figures."""
    path = tmp_path / "figures.json"
    path.write_text(figures_text(make_figures()), encoding="utf-8")
    return path


def test_figures_are_read_as_they_were_written(path):
    """Also by an editor that puts a byte order mark before them."""
    assert read_figures(path).figures == make_figures()
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert read_figures(path).figures == make_figures()
    assert figures_text(make_figures()) == figures_text(read_figures(path).figures)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"format": 2}, "format"),
        ({"kind": "letter"}, "kind"),
        ({"asked": "yesterday"}, "asked"),
        ({"audience": "all"}, "audience"),
        ({"score": "50"}, "score"),
        ({"score": float("nan")}, ""),
        ({"urn": 0}, "urn"),
        ({"text": "a line"}, "text"),
        ({"plan": {"title": "x", "version": "1"}}, "plan.sha256"),
        ({"more": 1}, "more"),
    ],
)
def test_what_is_none_is_refused(path, change, where):
    """With the place of the first thing that is wrong."""
    content = json.loads(path.read_text(encoding="utf-8")) | change
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputError, match="it is not a file of figures") as caught:
        read_figures(path)
    assert where in str(caught.value)
    assert "why --save" in str(caught.value)


@pytest.mark.parametrize("data", [b"", b"urn,cluster\n", b"\xff\xfe\x00", b"[" * 100_000])
def test_other_files_are_refused(path, data):
    """A table, bytes that are no text, brackets without end."""
    path.write_bytes(data)
    with pytest.raises(InputError, match="it is not a file of figures"):
        read_figures(path)


def test_a_file_that_is_missing_or_too_large_is_refused(path, tmp_path):
    """One message each."""
    with pytest.raises(InputError, match="cannot be opened"):
        read_figures(tmp_path / "nowhere.json")
    path.write_bytes(b" " * (LARGEST + 1))
    with pytest.raises(InputError, match="too large"):
        read_figures(path)
