"""Names that a person can say."""

from __future__ import annotations

import gzip

import pytest

from cluster_geo.naming import names_by_place
from cluster_geo.read import read_county
from cluster_geo.schools import read_schools
from tests.worlds import draw_county


def county(**places: dict[int, str]):
    return draw_county(
        """
        p p p
        s p p
        """,
        columns={
            column: {100000 + k: v for k, v in values.items()} for column, values in places.items()
        },
    )


@pytest.mark.parametrize(
    ("locality", "town", "name"),
    [
        ("Bearsted", "Maidstone", "Bearsted"),
        ("Norman Road", "West Malling", "West Malling"),
        ("", "LONGFIELD", "Longfield"),
        ("12 The Green", "", "Weald"),
    ],
)
def test_the_village_else_the_town_else_the_district(locality, town, name):
    """A street where a village should be is passed over."""
    place = county(locality={1: locality}, town={1: town}, district={1: "Weald"})
    assert names_by_place({"A": 100001}, place) == {"A": name}


def test_clusters_that_share_a_town_take_its_sides():
    """West and East of the middle of their hubs."""
    place = county(town=dict.fromkeys(range(1, 7), "Dover"))
    assert names_by_place({"A": 100004, "B": 100006}, place) == {
        "A": "Dover West",
        "B": "Dover East",
    }


def test_where_sides_do_not_tell_them_apart_the_hubs_name_does():
    """Without the words that every school's name ends in."""
    names = {1: "St Mary's Church of England Primary School", 2: "Oakwood Park Grammar School"}
    place = county(town={1: "Dover", 2: "Dover"}, name=names)
    found = names_by_place({"A": 100001, "B": 100002}, place, taken=["Dover West", "Dover East"])
    assert found == {"A": "Dover, St Mary's", "B": "Dover, Oakwood Park"}
    alone = names_by_place({"A": 100001}, place, taken=["Dover"])
    assert alone == {"A": "Dover, St Mary's"}


def test_wards_tell_clusters_of_a_town_apart_before_sides_do():
    """A ward that names the town already is enough; where two share one, their sides are added."""
    wards = {4: "Maxton", 5: "Dover Castle Ward", 6: "PRIORY"}
    place = county(town=dict.fromkeys(range(1, 7), "Dover"), ward=wards, locality={1: "Kearsney"})
    hubs = {"A": 100004, "B": 100005, "C": 100006, "D": 100001}
    hubs |= {"E": 100002}
    place.schools.table.loc[[100001, 100002, 100003], "town"] = "Deal"
    assert names_by_place(hubs, place) == {
        "A": "Dover, Maxton",
        "B": "Dover Castle",
        "C": "Dover, Priory",
        "D": "Kearsney",
        "E": "Deal",
    }
    shared = county(town=dict.fromkeys((4, 6), "Dover"), ward=dict.fromkeys((4, 6), "Maxton"))
    assert names_by_place({"A": 100004, "B": 100006}, shared) == {
        "A": "Dover, Maxton West",
        "B": "Dover, Maxton East",
    }


def test_a_city_that_most_clusters_share_is_left_out():
    """Its wards, or without them the schools, are what people say there."""
    town = dict.fromkeys(range(1, 7), "London")
    wards = {1: "Kentish Town", 2: "Highgate", 3: "Barnsbury", 4: "Canonbury"}
    hubs = {"A": 100001, "B": 100002, "C": 100003, "D": 100004}
    assert names_by_place(hubs, county(town=town, ward=wards)) == dict(
        zip("ABCD", wards.values(), strict=True)
    )
    names = {
        1: "Argyle Primary School",
        2: "Argyle Primary School",
        3: "St Luke's",
        4: "Hungerford",
    }
    found = names_by_place(hubs, county(town=town, name=names))
    assert found == {
        "A": "Argyle",
        "B": "Argyle Primary School",
        "C": "St Luke's",
        "D": "Hungerford",
    }


@pytest.mark.real
def test_camden_with_islington_has_no_cluster_called_london(real_data, tmp_path):
    """Every hub there could be has a name of its own without the post town's."""
    zipped = real_data / "gias" / "edubasealldata20250718_england_open.csv.gz"
    register = tmp_path / "edubasealldata20250718.csv"
    register.write_bytes(gzip.decompress(zipped.read_bytes()))
    schools = read_schools(register, authorities=["Camden", "Islington"])
    place = read_county(schools=schools)
    hubs = {f"C-{k:02d}": urn for k, urn in enumerate(place.urns[::8])}
    names = names_by_place(hubs, place)
    assert len(set(names.values())) == len(hubs)
    assert not any("London" in name for name in names.values())
