"""Scenario files written for a test."""

from pathlib import Path
from textwrap import dedent

import pytest


@pytest.fixture
def toml(tmp_path):
    """Write a scenario file and return its path: `toml(text)` or `toml(text, "name.toml")`."""

    def write(text: str, name: str = "mine.toml") -> Path:
        path = tmp_path / name
        path.write_text(dedent(text), encoding="utf-8")
        return path

    return write
