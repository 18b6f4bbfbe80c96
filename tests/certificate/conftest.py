"""A run of a street with its certificate, to be copied and tampered with."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cluster_geo import pipeline
from cluster_geo.scenario import load_county, read_scenario
from tests.cli.street import write_street

SETTINGS = {"solve.work": 20000, "solve.certificate": True}


@pytest.fixture(scope="session")
def certified_run(tmp_path_factory) -> Path:
    """A folder with the street's files and, in `out`, those of its run."""
    home = tmp_path_factory.mktemp("certified")
    scenario = read_scenario(
        write_street(home, "psppspppspps", "WWWWWWEEEEEE", "T..TT..TT..."), SETTINGS
    )
    proposal = pipeline.propose(load_county(scenario), scenario)
    pipeline.write(proposal, home / "out")
    return home


@pytest.fixture
def copied(certified_run, tmp_path) -> Path:
    """A copy of the run's folder, with the files it was made of beside it."""
    shutil.copytree(certified_run, tmp_path / "home")
    return tmp_path / "home" / "out"


@pytest.fixture(autouse=True)
def own_key(tmp_path_factory):
    """A folder for the key of these tests: the developer's own is left alone.

    With a patch of its own, which a test that undoes another leaves as it is.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
        yield
