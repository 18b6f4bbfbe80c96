"""Names that a person can say."""

from __future__ import annotations

import pytest

from cluster_geo.naming import names_by_place
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
