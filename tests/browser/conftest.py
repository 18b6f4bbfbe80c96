"""Pages of the example county, made once."""

import pytest

from tests.browser.example import Example


@pytest.fixture(scope="session")
def example(tmp_path_factory) -> Example:
    """The example county with two plans, and a folder for its pages."""
    return Example(tmp_path_factory.mktemp("example"))
