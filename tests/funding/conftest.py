"""Every output of a plan with a pot, written once."""

import pytest

from tests.cli.street import write_plan
from tests.funding.street import run, write_pot


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """Every output of a plan drawn by hand."""
    folder = tmp_path_factory.mktemp("street")
    scenario = write_pot(folder)
    plan = write_plan(folder / "plan.csv", "123", "456", "78")
    run("export", plan, "--scenario", scenario, "--to", folder / "out")
    other = write_plan(folder / "other.csv", "12", "3456", "78")
    found = run("compare", plan, other, "--scenario", scenario, "--out", folder / "compared")
    return folder, found
