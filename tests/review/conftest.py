"""Plans to hold a meeting about: a street by hand, and a district that a search has solved."""

import pytest
from click.testing import CliRunner

from cluster_geo.cli import main
from cluster_geo.review.room import Room
from cluster_geo.session import Session
from tests.cli.street import write_plan, write_street
from tests.review.served import Client, Served

DISTRICT = ("--set", "schools.districts=Stanmere", "--set", "clusters.count=free")


@pytest.fixture(scope="session")
def street(tmp_path_factory):
    """A plan by hand of eight schools in three clusters, and its scenario."""
    folder = tmp_path_factory.mktemp("street")
    scenario = write_street(folder, "psppspps", "WWWWEEEE", "T..TT..T")
    return write_plan(folder / "hand.csv", "123", "456", "78"), scenario


@pytest.fixture
def session(street):
    """A session about the street, without a journal."""
    plan, scenario = street
    with Session.open(plan, scenario=scenario) as found:
        yield found


@pytest.fixture
def room(session):
    """What the page of that session can ask."""
    found = Room(session)
    found.start()
    return found


@pytest.fixture(scope="module")
def served(street):
    """A server of the street for all tests of a file."""
    plan, scenario = street
    server = Served.of(plan, "--scenario", scenario)
    yield server
    server.kill()


@pytest.fixture(scope="module")
def client(served):
    """What has opened the page of that server."""
    return Client.entered(served)


@pytest.fixture(scope="session")
def district(tmp_path_factory):
    """The folder of a run of a third of the example county."""
    folder = tmp_path_factory.mktemp("district") / "plan"
    words = ["propose", "example", *DISTRICT, "--set", "solve.work=2000", "--out", str(folder)]
    done = CliRunner().invoke(main, words, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return folder
