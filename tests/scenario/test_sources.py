"""Every file that a scenario names is read, hashed and on record."""

import hashlib

import pytest

from cluster_geo.scenario import papers_of
from cluster_geo.scenario.known import known_settings
from tests.scenario.effects.everything import every_file
from tests.scenario.effects.table import settings_of
from tests.scenario.effects.town import AT, Town, urn


@pytest.fixture(scope="module")
def everything(tmp_path_factory):
    """The town with every file that a scenario can name, and the settings that name them."""
    town = Town(tmp_path_factory.mktemp("town"), dict(settings_of()), {})
    return town, every_file(town)


def test_every_file_of_a_scenario_is_a_source(everything):
    """Each by its path and the hash of what is in it, the record of retired codes as well."""
    town, settings = everything
    asked = town.scenario(**settings)
    named = asked.files()
    assert {key.replace("__", ".") for key in settings} - {*named} == {
        *("boundaries.area.of", "funding.pot.amount"),
        *("funding.pot.terms.each.column", "funding.pot.terms.each.rate"),
    }
    files = {".".join(known.key) for known in known_settings().values() if known.is_file}
    assert {town.pattern(key) for key in named} == files, "each setting that is a file"
    county = town.county(**settings)
    hashes = {source.path: source.sha256 for source in county.sources}
    for path in (*named.values(), town.folder / "run.json"):
        assert (
            hashes[asked.recorded_path(str(path))] == hashlib.sha256(path.read_bytes()).hexdigest()
        )
    assert len(hashes) == len(set(named.values())) + 1


def test_every_file_of_a_scenario_has_a_role_of_its_own(everything):
    """So that a reader can distinguish the previous plan from the plan to stay close to."""
    town, settings = everything
    roles = [source.role for source in town.county(**settings).sources]
    assert len(roles) == len(set(roles))
    assert {
        "reference plan",
        "previous plan",
        "decisions",
        "responses",
        "cluster names",
        "codes retired",
    } <= {*roles}


def test_papers_are_read_from_their_own_files(everything):
    """The county's record and the papers of the plan are of the same files."""
    town, settings = everything
    found = papers_of(town.county(**settings), town.scenario(**settings))
    assert found.decisions["urn"].tolist() == [urn(3)]
    assert found.previous.code_of[urn(1)] == "A-1"
    assert found.decisions_file == settings["plan__decisions"]
    assert found.responses.rows[0].urns == (urn(3),)
    assert found.responses.file == settings["plan__responses"]


def test_blanks_of_a_balanced_column_and_of_its_base_are_listed(everything):
    """A school without the figure, and one without the base it is in step with."""
    town, _ = everything
    lines = town.table(ehcp={k: k for k in AT if k != 3}, pupils={k: 100 for k in AT if k != 5})
    blank = town.file("blank.csv", *lines)
    asked = {"schools__file": blank, "balance__x__column": "ehcp"}
    for base, listed in (("schools", [urn(3)]), ("pupils", [urn(3), urn(5)])):
        county = town.county(balance__x__base=base, **asked)
        reported = [notice.urn for notice in county.own_notices if notice.topic == "balance"]
        assert sorted(reported) == listed
