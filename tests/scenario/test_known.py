"""What is known of each setting, and how the template shows it."""

from __future__ import annotations

import pytest

from cluster_geo.scenario import known, read_scenario, shipped_scenarios
from cluster_geo.scenario.known import known_settings
from cluster_geo.scenario.sections import ClustersSection
from cluster_geo.scenario.template import template


@pytest.fixture(autouse=True)
def anew():
    """What another test asked for is not remembered."""
    known._known_of.cache_clear()


def test_a_setting_is_known_by_its_sections_words():
    """Meaning, default, purpose and whether it is a file are those of the model."""
    size, names = (known_settings()["clusters", name] for name in ("size", "names"))
    assert size.meaning == ClustersSection.model_fields["size"].description
    assert size.default == read_scenario("example").clusters.size
    assert size.purpose == ClustersSection.__doc__.strip()
    assert (size.is_file, names.is_file) == (False, True)
    assert (names.default, known_settings()["trusts", "most", "*"].default) == (None, {})
    assert known_settings()["balance", "*", "column"].default is None


def test_the_template_has_a_heading_for_each_section():
    """In the order of the sections; a planner's own names stand for the stars."""
    lines = template().splitlines()
    assert [line for line in lines if line.startswith(("[", "#["))] == [
        *("[plan]", "[schools]", "[clusters]", "[clusters.non_selective]", "[travel]"),
        *("[neighbours]", "#[boundaries.district]", "#[context.map]"),
        *("#[columns.deprivation_funding]", "[trusts]"),
        *("[federations]", "[pairs]", "[networks]", "[srp]", "[pathways]", "#[balance.pupils]"),
        *("#[funding.locality]", "#[funding.locality.terms.pupils]"),
        *("#[teams.specialist-teachers]", "[pins]", "[reference]", "[solve]"),
    ]
    assert f"# {', '.join(shipped_scenarios())}," in lines
    for line in (
        'count = "free"',
        'size = "8:14"',
        "bridge = true",
        '#most."Oak Learning Trust" = 2',
    ):
        assert line in lines, line
