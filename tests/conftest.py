"""Fixtures that every test may use."""

from pathlib import Path

import pytest

REAL_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Folder of the real open data; a test that needs it is skipped where it is absent."""
    if not REAL_DATA.is_dir():
        pytest.skip("the real open data is not on this machine")
    return REAL_DATA
