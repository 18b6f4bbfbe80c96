"""Pages of a district of the example county, made once."""

import pytest

from tests.browser.example import DISTRICT, Example


@pytest.fixture(scope="session")
def example(tmp_path_factory) -> Example:
    """The district with two plans, and a folder for its pages."""
    return Example(tmp_path_factory.mktemp("example"), DISTRICT)
