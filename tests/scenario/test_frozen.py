"""Clusters that stay as they are while the rest is solved."""

import pytest

from cluster_geo.errors import ScenarioError
from cluster_geo.scenario import (
    frozen_clusters,
    load_county,
    read_scenario,
    rulebook_of,
    with_inputs,
)


@pytest.fixture(scope="module")
def county():
    return load_county(read_scenario("example"))


@pytest.fixture
def reference(county, tmp_path):
    """A plan of tens by URN within each district, with one school that has closed."""
    path = tmp_path / "before.csv"
    lines = ["urn,cluster", "899999,ALD-00"]
    for _, rows in county.schools.table.groupby("district"):
        code = rows["district"].iloc[0][:3].upper()
        lines += [f"{urn},{code}-{k // 10:02d}" for k, urn in enumerate(rows.index)]
    path.write_text("\n".join(lines))
    return path


def frozen(county, reference, settings):
    scenario = read_scenario("example", {"reference.plan": reference, **settings})
    county = with_inputs(county, scenario)
    return frozen_clusters(county, scenario, rulebook_of(county, scenario))


def test_nothing_is_frozen_unless_asked(county, reference):
    """A reference plan alone freezes nothing; without one there is nothing to freeze."""
    assert frozen(county, reference, {}) == ()
    scenario = read_scenario("example")
    assert frozen_clusters(county, scenario, rulebook_of(county, scenario)) == ()


def test_clusters_are_frozen_by_code(county, reference):
    """A named cluster stays, less the schools that have closed."""
    (cluster,) = frozen(county, reference, {"reference.freeze_clusters": "ALD-00"})
    alderwold = county.schools.table.query("district == 'Alderwold'").index
    assert cluster.members == tuple(alderwold[:10])
    assert cluster.hub in cluster.members


def test_clusters_are_frozen_by_zone(county, reference):
    """All clusters that lie mainly in a named zone stay; name and code both serve."""
    by_name = frozen(county, reference, {"reference.freeze_zones.district": "Stanmere"})
    by_code = frozen(county, reference, {"reference.freeze_zones.district": "E07000993"})
    assert by_name == by_code
    members = {urn for cluster in by_name for urn in cluster.members}
    assert members == set(county.schools.table.query("district == 'Stanmere'").index)


def test_zones_of_two_layers_are_frozen_together(county, reference):
    """What each would freeze alone is frozen, whichever is named first."""
    zones = [
        {"reference.freeze_zones.district": "Stanmere"},
        {"reference.freeze_zones.pcn": str(county.layers["pcn"].zones.index[0])},
    ]
    alone = [{c.members for c in frozen(county, reference, wanted)} for wanted in zones]
    assert alone[0]
    assert alone[1] - alone[0]
    for first, second in (zones, zones[::-1]):
        both = frozen(county, reference, first | second)
        assert {cluster.members for cluster in both} == alone[0] | alone[1]


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"reference.freeze_clusters": "ALD-99"}, "Did you mean 'ALD-0"),
        ({"reference.freeze_zones.district": "Stanmore"}, "Did you mean 'Stanmere'"),
    ],
)
def test_unknown_names_are_refused(county, reference, settings, words):
    """A cluster or zone that is not there is a fault with the nearest one."""
    with pytest.raises(ScenarioError, match=words) as caught:
        frozen(county, reference, settings)
    assert [fault.setting for fault in caught.value.faults] == list(settings)
