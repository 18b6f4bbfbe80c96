"""What DESIGN measured as impossible in real Kent is named before any solve."""

from __future__ import annotations

import pytest

from cluster_geo.county import County
from cluster_geo.read import LayerSpec, read_county
from cluster_geo.rules import (
    NumberOfClusters,
    OnePiece,
    Phases,
    Rule,
    Rulebook,
    Size,
    Together,
    Zones,
    find_clashes,
    non_selective,
    open_to_all,
    regions_of,
)
from cluster_geo.schools import read_schools

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def kent(real_data) -> County:
    schools = read_schools(
        real_data / "gias" / "edubasealldata20250718_kent_medway.csv", authorities=["Kent"]
    )
    layers = (
        LayerSpec(name="district", column="district"),
        LayerSpec(name="pcn", file=real_data / "pcn" / "kent_medway_pcn_polygons_derived.geojson"),
    )
    return read_county(schools=schools, layers=layers)


def zones(county: County, name: str) -> Zones:
    layer = county.layers[name]
    titles = {str(code): layer.name_of(str(code)) for code in layer.zones.index}
    return Zones(name, layer.zone_of, hard=True, zone_names=titles)


def book(county: County, *rules: Rule, high: int = 14) -> Rulebook:
    phases = Phases(county.schools.primaries, county.schools.secondaries)
    number = (NumberOfClusters(53, 53),)
    return Rulebook((Size(8, high), phases, *rules), county.travel, number)


def test_sevenoaks_has_too_few_secondaries(kent):
    """Of the twelve districts it is the only one that cannot be hard; with 15 it can."""
    found = find_clashes(kent, book(kent, zones(kent, "district")))
    assert [clash.words for clash in found] == [
        (
            "Sevenoaks: 45 schools need at least 4 clusters of at most 14, but have 3 with a "
            "secondary phase, enough for 3."
        )
    ]
    assert find_clashes(kent, book(kent, zones(kent, "district"), high=15)) == ()


def test_pcns_cannot_be_hard(kent):
    """Six cannot be cut into 8 to 14 with a secondary each; three of them have none at all."""
    found = list(find_clashes(kent, book(kent, zones(kent, "pcn"))))
    assert len(regions_of(book(kent, zones(kent, "pcn")), kent.urns)) == 37
    assert len({clash.words.partition(":")[0] for clash in found if "size" in clash.rules}) == 6
    assert sum("cannot be cut" in clash.words for clash in found) == 4
    assert sum("0 with a secondary" in clash.words for clash in found) == 3


def test_a_federation_across_two_districts(kent):
    """Greatstone and Repton Manor are 22.7 km apart, in two districts."""
    federations = kent.schools.grouped_by("federation_code")
    together = Together("federations", federations, hard=True)
    found = list(find_clashes(kent, book(kent, zones(kent, "district"), together)))
    words = [clash.words for clash in found if clash.rules == ("federations", "district")]
    assert len(words) == 1
    assert "Greatstone" in words[0]
    assert "Repton Manor" in words[0]
    assert "Ashford and Folkestone and Hythe" in words[0]


def test_plain_kent_has_no_clash(kent):
    """The benchmark's rules, and a secondary open to all: nothing is proven against them."""
    served, _ = open_to_all(kent.schools)
    rules = (OnePiece(kent.neighbours.graph), non_selective(served, hard=True))
    assert find_clashes(kent, book(kent, *rules)) == ()
    selective = kent.schools.secondaries - served
    assert len(selective) == 32
