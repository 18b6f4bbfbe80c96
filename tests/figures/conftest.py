"""The county of figures, its pages and its files, made once for all tests of them."""

import pytest

from cluster_geo.export import write_comparison, write_outputs
from cluster_geo.maps import map_page
from cluster_geo.report import report_page
from tests.figures.county import Figures
from tests.figures.pages import Page


@pytest.fixture(scope="session", params=["minutes", "km"])
def figures(request) -> Figures:
    """The county with travel in the planner's minutes, then in kilometres that are no lines."""
    return Figures(request.param)


@pytest.fixture(scope="session")
def minutes() -> Figures:
    """The county in minutes alone, where the unit tells nothing more."""
    return Figures("minutes")


@pytest.fixture(scope="session")
def report(figures) -> Page:
    return Page.of(report_page(figures.published))


@pytest.fixture(scope="session")
def map_text(minutes) -> str:
    return map_page(minutes.published)


@pytest.fixture(scope="session")
def folder(minutes, tmp_path_factory):
    """Every output of the plan."""
    folder = tmp_path_factory.mktemp("figures") / "plan"
    write_outputs(folder, minutes.published)
    return folder


@pytest.fixture(scope="session")
def compared(minutes, tmp_path_factory):
    """Every output of the comparison."""
    folder = tmp_path_factory.mktemp("figures") / "pair"
    write_comparison(folder, minutes.comparison)
    return folder
