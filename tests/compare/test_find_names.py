"""Ways to find a school by its name, from the surest to the least sure, and their traps."""

from __future__ import annotations

import gzip
from dataclasses import replace

import pandas as pd
import pytest

from cluster_geo.compare import read_plan_file
from cluster_geo.compare.find_names import match_entries
from cluster_geo.compare.name_register import (
    CLOSE,
    OTHER_NAME,
    PLEASE_CHECK,
    SAME,
    SAME_BUT_PLACE,
    SAME_CORE,
    UNMATCHED,
    Entry,
)
from cluster_geo.pipeline import write_names
from cluster_geo.schools import read_schools
from tests.compare.pairs import make_county, urns

NAMES = (
    "Bitterne Park Primary School - Part of the Learning Federation",
    "Bitterne Park School",
    "Bitterne Manor Primary School",
    "Hope Community School Southampton",
    "St George's CofE (Aided) Primary School",
    "St George's Church of England Voluntary Controlled Primary School",
    "Co-op Academy Grove",
    "Sneyd Academy",
)


def register(**others: tuple[str, ...]):
    """Schools of these names, all in Southampton, some with names of predecessors."""
    numbers = range(1, len(NAMES) + 1)
    county = make_county(
        name=dict(zip(urns(*numbers), NAMES, strict=True)),
        town=dict.fromkeys(urns(*numbers), "Southampton"),
        district=dict.fromkeys(urns(*numbers), "Southampton"),
        phase={urns(2)[0]: "secondary", urns(7)[0]: "primary"},
    )
    names = {urns(int(key[1:]))[0]: value for key, value in others.items()}
    return county, replace(county.schools, other_names=names)


def found(*names: str, **others: tuple[str, ...]):
    """Number of the school found for each name (0 for none), and how."""
    schools = register(**others)[1]
    table = match_entries([Entry(k, "A", name) for k, name in enumerate(names, 2)], schools)
    numbers = [0 if pd.isna(urn) else int(urn) - urns(1)[0] + 1 for urn in table["urn"]]
    return list(zip(numbers, table["how"], strict=True)), table["note"].tolist()


@pytest.mark.parametrize(
    ("name", "number", "how"),
    [
        ("Bitterne Park Primary School", 1, SAME_CORE),
        ("Bitterne Park Primary", 1, SAME_CORE),
        ("Bitterne Park School", 2, SAME),
        ("Hope Community School", 4, SAME_BUT_PLACE),
        ("Hope Community School, Southampton", 4, SAME),
        ("Bitterne Manor Primary School, Southampton", 3, SAME_BUT_PLACE),
        ("Bitern Manor Primary School", 3, CLOSE),
        ("St George's CE Primary", 0, UNMATCHED),
        ("Bitterne School", 0, UNMATCHED),
        ("Southampton Primary School", 0, UNMATCHED),
        ("Grove Park Academy", 0, UNMATCHED),
    ],
)
def test_each_way_finds_its_name(name, number, how):
    """And where two schools fit, or none, no way chooses; nothing but the same name is sure."""
    (hit,), (note,) = found(name)
    assert hit == (number, how)
    assert (note == "") == (how == SAME)


def test_a_predecessor_is_found_by_its_name():
    """Unless another school bears that name today."""
    links = {"_8": ("Sneyd Green Primary School",), "_7": ("Bitterne Manor Primary School",)}
    hits, notes = found("Sneyd Green Primary Academy", "Bitterne Manor Primary", **links)
    assert hits == [(8, OTHER_NAME), (3, SAME)]
    assert notes == [PLEASE_CHECK, ""]
    assert found("Sneyd Green Primary Academy")[0] == [(0, UNMATCHED)]


def test_two_schools_of_one_name_are_not_told_apart_by_a_suffix():
    """One of them has a bracket in the register, and is not the likelier for it."""
    (hit,), (note,) = found("St. George's CofE Primary")
    assert hit == (0, UNMATCHED)
    assert "St George's CofE (Aided) Primary School" in note
    assert "Voluntary Controlled" in note


def test_a_place_alone_tells_no_school():
    """Southampton Academy is not the one school that has Southampton for all of its telling words."""
    county = make_county(
        name={urns(1)[0]: "Southampton Grammar School"}, town={urns(1)[0]: "Southampton"}
    )
    entries = [Entry(2, "A", "Southampton Academy"), Entry(3, "A", "Southampton Grammar")]
    table = match_entries(entries, county.schools)
    assert table["how"].tolist() == [UNMATCHED, SAME]
    assert "Southampton Grammar School (100001, taken for another row)" in table["note"].tolist()[0]


def test_what_a_row_states_against_its_school_is_to_be_checked():
    """A district, a postcode, or another school's name beside a URN with a slip."""
    schools = register()[1]
    entries = [
        Entry(2, "A", "Bitterne Park School", district="Kirklees"),
        Entry(3, "A", "Kings Hill Primary School", urn=str(urns(4)[0])),
        Entry(4, "A", "Sneyd Acad", urn=str(urns(8)[0])),
    ]
    table = match_entries(entries, schools)
    assert table["urn"].tolist() == list(urns(2, 4, 8))
    assert table["note"].tolist() == [
        "please check: its district is another's",
        "please check: its name is another's",
        "",
    ]


def test_candidates_are_ranked_by_the_words_that_tell():
    """Grove is in one name alone, Bitterne in three."""
    assert found("Maple Grove Bitterne Academy")[1][0].startswith("nearest: Co-op Academy Grove")


def test_confirmed_names_come_back(tmp_path):
    """The table of matches is read again as a list: a URN put right holds, the rest stays."""
    county, _ = register()
    (tmp_path / "list.csv").write_text(
        "school,cluster\nBitterne School,A\nHope Community School,B\nNowhere,B\n"
    )
    first = read_plan_file(tmp_path / "list.csv", county)
    assert first.plan.cluster_of.keys() == set(urns(4))
    names = first.names.copy()
    names.loc[2, "urn"] = urns(2)[0]
    again = read_plan_file(write_names(names, tmp_path / "names.csv"), county)
    assert again.names["how"].tolist() == ["URN", "URN", UNMATCHED]
    assert again.plan.code_of == {urns(2)[0]: "A", urns(4)[0]: "B"}


# Rows of the real lists whose school the register does not hold: new, or no mainstream school.
NO_SCHOOL = {
    "stoke_central_pilot_sep2025": {"Manor Abbey School", "Merit Pupil Referral Unit"},
    "derbyshire_anthony_gell_2016": {"Wirksworth Infant School"},
}
# Checked by hand in the register and the links file.
BY_HAND = {
    "Carmountside Primary School": 139846,
    "Grove Academy": 144696,
    "Hamilton Academy": 143484,
    "Hanley St Luke's CofE Aided Primary School": 150423,
    "Holden Lane Primary School": 150050,
    "Northwood Broom Academy": 143486,
    "Sneyd Green Primary Academy": 145691,
    "St Mark's CE (A) Primary School": 146465,
    "Bonsall CE Primary School": 112888,
    "Carsington and Hopton CE School": 112878,
}


@pytest.mark.real
@pytest.mark.parametrize(
    ("authority", "name"),
    [
        ("Stoke-on-Trent", "stoke_central_pilot_sep2025"),
        ("Derbyshire", "derbyshire_anthony_gell_2016"),
    ],
)
def test_published_lists_of_real_schools(real_data, tmp_path, authority, name):
    """Every school that the register holds is found, old names and all, and none is wrong."""
    england = tmp_path / "edubasealldata20250718.csv"
    zipped = real_data / "gias" / "edubasealldata20250718_england_open.csv.gz"
    england.write_bytes(gzip.decompress(zipped.read_bytes()))
    links = real_data / "gias" / "links_edubasealldata20260815.csv"
    schools = read_schools(england, authorities=[authority], links=links)
    rows = pd.read_csv(real_data / "lists" / f"{name}.csv")["school"]
    table = match_entries([Entry(k, "A", text) for k, text in enumerate(rows, 2)], schools)
    hits = dict(zip(table["school"], table["urn"], strict=True))
    assert {school for school, urn in hits.items() if pd.isna(urn)} == NO_SCHOOL[name]
    for school, urn in hits.items():
        if school in BY_HAND:
            assert urn == BY_HAND[school]
        elif school not in NO_SCHOOL[name]:
            assert schools.names[urn].split()[0] == school.split()[0]


def test_names_made_of_places_alone_are_not_taken_for_each_other():
    """Romsey Abbey Primary School is not Romsey Primary School, though Abbey is a place there."""
    county = make_county(
        name={urns(1)[0]: "Romsey Primary School"},
        town={urns(1)[0]: "Romsey"},
        locality={urns(1)[0]: "Abbey"},
    )
    table = match_entries([Entry(2, "A", "Romsey Abbey Primary School")], county.schools)
    assert table["how"].tolist() == [UNMATCHED]
    assert "Romsey Primary School" in table["note"].tolist()[0]
