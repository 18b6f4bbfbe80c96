"""Networks of the planner's own."""

import pytest

from cluster_geo.errors import InputError
from cluster_geo.schools import Network, read_networks, read_schools


def test_networks_by_name_with_their_weights(gias, text_file):
    """A school may be in several; a weight in one row holds for its network."""
    path = text_file(
        "networks.csv",
        "urn,network,weight",
        "100001,Vale,2.5",
        "100002,Vale,",
        "100002,Coast,",
        "555555,Coast,",
    )
    networks = read_networks(path, read_schools(gias({}, {})))
    assert networks.networks == (
        Network("Coast", frozenset({100002})),
        Network("Vale", frozenset({100001, 100002}), 2.5),
    )
    assert [n.text for n in networks.notices] == ["URN 555555 of network Coast is not in the plan"]


def test_networks_that_cannot_be_read(gias, text_file):
    """Every fault with its row."""
    path = text_file(
        "networks.csv",
        "urn,network,weight",
        "x,Vale,1",
        "100001,,1",
        "100001,Vale,2",
        "100001,Vale,-3",
    )
    with pytest.raises(InputError) as error:
        read_networks(path, read_schools(gias({})))
    told = str(error.value)
    for words in (
        "row 2, column 'urn'",
        "row 3, column 'network': the network has no name",
        "row 4, column 'weight': Vale has the weights 1 and 2",
        "row 5, column 'weight': '-3' is not a weight",
        "row 5, column 'urn': URN 100001 appears twice in one network",
    ):
        assert words in told


def test_the_weight_is_optional(gias, text_file):
    """Without a column for it the scenario's price holds."""
    path = text_file("networks.csv", "urn,network", "100001,Vale")
    assert read_networks(path, read_schools(gias({}))).networks[0].weight is None


def test_a_weight_of_zero_is_a_weight(gias, text_file):
    """Such a network is shown, and costs nothing, whatever the others cost."""
    path = text_file("networks.csv", "urn,network,weight", "100001,Vale,0")
    assert read_networks(path, read_schools(gias({}))).networks[0].weight == 0.0
