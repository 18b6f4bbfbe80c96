"""Names of real schools, misspelt."""

import random

import pytest

from cluster_geo.compare.find_names import match_entries
from cluster_geo.compare.name_register import Entry
from cluster_geo.schools import read_schools

pytestmark = pytest.mark.real

SHORTER = (
    ("Church of England", "CofE"), ("Catholic", "RC"), (" Primary School", " Primary"),
    ("Voluntary Controlled ", ""), ("St ", "St. "), (" and ", " & "), ("Junior School", "Juniors"),
)  # fmt: skip


@pytest.fixture(scope="module")
def schools(real_data):
    path = real_data / "gias" / "edubasealldata20250718_kent_medway.csv"
    return read_schools(path, authorities=["Kent"])


def shortened(name: str) -> str:
    for long, short in SHORTER:
        name = name.replace(long, short)
    return name


def slip(name: str, dice: random.Random) -> str:
    """Swap two letters, drop one or double one."""
    places = [i for i in range(1, len(name) - 2) if name[i : i + 2].isalpha()]
    i = dice.choice(places)
    return dice.choice(
        [
            name[:i] + name[i + 1] + name[i] + name[i + 2 :],
            name[:i] + name[i + 1 :],
            name[: i + 1] + name[i:],
        ]
    )


@pytest.mark.parametrize(("slips", "most_lost"), [(0, 10), (1, 40)])
def test_kents_names_are_found_and_none_is_taken_for_another(schools, slips, most_lost):
    """Every name shortened, and then with a slip: nearly all found, not one wrong."""
    dice = random.Random(1)
    entries = []
    for row, name in enumerate(schools.names.values(), start=2):
        text = shortened(name)
        for _ in range(slips):
            text = slip(text, dice)
        entries.append(Entry(row, "A", text))
    found = match_entries(entries, schools)["urn"]
    pairs = list(zip(found.isna(), found, schools.urns, strict=True))
    assert [pair for pair in pairs if not pair[0] and pair[1] != pair[2]] == []
    assert sum(missing for missing, *_ in pairs) <= most_lost
