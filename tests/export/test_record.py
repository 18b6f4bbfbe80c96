"""A record as JSON."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import numpy as np
import pytest

from cluster_geo.export.record import write_json


def test_no_value_of_a_record_costs_the_record(tmp_path):
    """After a search of minutes a number of numpy's, a set, a path or a date is written as well."""
    values = {
        "count": np.int64(3), "urns": {2, 1}, "file": Path("a/b.csv"),
        "date": dt.date(2025, 9, 1), "pair": (1, 2),
    }  # fmt: skip
    write_json(tmp_path / "run.json", values)
    assert json.loads((tmp_path / "run.json").read_text(encoding="utf-8")) == {
        "count": 3, "urns": [1, 2], "file": "a/b.csv", "date": "2025-09-01", "pair": [1, 2],
    }  # fmt: skip


def test_what_is_no_number_is_no_json(tmp_path):
    """Infinity and the like are words of JavaScript: a reader of JSON would refuse the file."""
    with pytest.raises(ValueError, match="JSON"):
        write_json(tmp_path / "run.json", {"bound": float("inf")})
    assert not (tmp_path / "run.json").exists()
