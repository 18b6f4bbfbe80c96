"""Every setting of a scenario does what its sentence says: by a table that has them all.

The functions of `effects` are held to two things: what they assert is so, and it would not be so
if the setting did nothing.
"""

from __future__ import annotations

import pytest

from cluster_geo.errors import ClusterGeoError
from cluster_geo.scenario.known import known_settings
from tests.scenario.effects import (  # noqa: F401 - each enters its functions into the table
    boundaries,
    clusters,
    columns,
    equality,
    funding,
    ground,
    numbers,
    paper,
    pathways,
    reference,
    schools,
    search,
    teams,
    ties,
)
from tests.scenario.effects.table import EFFECTS, settings_of
from tests.scenario.effects.town import Town

DEFAULTS = dict(settings_of())


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """Return what makes the town with a setting cut off from what it sets, or with none."""
    folder, memory = tmp_path_factory.mktemp("town"), {}
    return lambda cut_off="": Town(folder, DEFAULTS, memory, cut_off)


def test_the_table_has_every_setting_and_no_other():
    """A setting without an entry fails here, and so does an entry without a setting."""
    assert set(EFFECTS) == set(DEFAULTS)
    assert {".".join(key) for key in known_settings()} == set(DEFAULTS)


@pytest.mark.parametrize("key", sorted(EFFECTS))
def test_a_setting_does_what_its_sentence_says(key, town):
    """Set away from its default it changes what it says, and as it says."""
    here = town()
    EFFECTS[key](here)
    assert key in here.changed, f"{key} was never set away from its default"


@pytest.mark.parametrize("key", sorted(EFFECTS))
def test_a_setting_that_did_nothing_would_be_noticed(key, town):
    """Left at its default, whatever is asked, its entry in the table fails."""
    with pytest.raises((AssertionError, ClusterGeoError, LookupError, StopIteration)):
        EFFECTS[key](town(cut_off=key))
