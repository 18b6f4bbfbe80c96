"""Where a school was in every version: moves, conversions, mergers, splits, closures."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cluster_geo.versions import history_of, lineage_of, read_versions, stays_of, table_of
from tests.versions.folders import write_version


@pytest.fixture
def years(tmp_path):
    """1 converts into 11 and moves, 2 and 3 become 12, 4 is split into 13 and 14, 5 closes."""
    one = write_version(tmp_path / "one", {"A-1": (1, 2, 3), "B-2": (4, 5, 6)}, version="1")
    two = write_version(
        tmp_path / "two",
        {"A-1": (12, 7), "B-2": (11, 13, 14, 6)},
        made_from=one,
        others={1: (11,), 2: (12,), 3: (12,), 4: (13, 14)},
        version="2",
        replaces="1",
    )
    three = write_version(
        tmp_path / "three", {"A-1": (12,), "B-2": (11, 13, 14, 6, 7)}, made_from=two, version="3"
    )
    return lineage_of(read_versions([one, two, three]))


def path(lineage, urn):
    """What happened to a school: version, URN, cluster, change and old URNs."""
    return [(s.place + 1, s.urn, s.code, s.change, s.old_urns) for s in history_of(lineage, urn)]


def test_a_conversion_is_the_same_school(years):
    """By its URN of then or of now."""
    expected = [
        (1, 1, "A-1", "first version", ()),
        (2, 11, "B-2", "moved", (1,)),
        (3, 11, "B-2", "stayed", ()),
    ]
    assert path(years, 11) == expected
    assert path(years, 1) == expected


def test_an_amalgamated_school_was_each_of_its_parts(years):
    """Asked by one of the parts, the other is no part of the answer."""
    assert [row[:3] for row in path(years, 12)] == [
        (1, 2, "A-1"), (1, 3, "A-1"), (2, 12, "A-1"), (3, 12, "A-1"),
    ]  # fmt: skip
    assert [row[:2] for row in path(years, 2)] == [(1, 2), (2, 12), (3, 12)]


def test_a_split_school_goes_on_as_both_parts(years):
    """Each part has the whole before it, and not the other part."""
    assert [row[:2] for row in path(years, 4)] == [(1, 4), (2, 13), (2, 14), (3, 13), (3, 14)]
    assert [row[:2] for row in path(years, 13)] == [(1, 4), (2, 13), (3, 13)]


def test_new_closed_moved_and_unknown(years):
    """A new school has no time before, one that closed none after, and 99 none at all."""
    assert path(years, 7) == [
        (2, 7, "A-1", "new in the plan", ()),
        (3, 7, "B-2", "moved", ()),
    ]
    assert path(years, 5) == [(1, 5, "B-2", "first version", ())]
    assert path(years, 99) == []


def test_a_cluster_under_another_code_has_not_moved(tmp_path):
    """Where one plan was not made from the other, clusters are matched by their schools."""
    one = write_version(tmp_path / "one", {"A-1": (1, 2, 3), "B-2": (4, 5)}, version="1")
    write_version(tmp_path / "two", {"X-9": (1, 2, 3, 4), "Y-8": (5,)}, version="2", replaces="1")
    lineage = lineage_of(read_versions([one, tmp_path / "two"]))
    changes = {urn: stay.change for urn, stay in stays_of(lineage, 1).items()}
    assert changes == {1: "stayed", 2: "stayed", 3: "stayed", 4: "moved", 5: "stayed"}


def test_the_table_has_every_school_of_every_version(years):
    """One row each, with the clusters' names."""
    table = table_of(years)
    assert len(table) == 6 + 6 + 6
    row = table[(table["version"] == "2") & (table["urn"] == 11)].iloc[0]
    assert (row["cluster_name"], row["before"], row["old_urns"]) == ("b-2", "a-1", "1")


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_random_years_keep_every_school(tmp_path_factory, data):
    """Whatever converts, closes, opens and moves: moves, comings and goings are the true ones."""
    folder = tmp_path_factory.mktemp("years")
    people = list(range(1, 9))  # schools, whatever their URN
    urn_of = {one: one for one in people}
    home = {one: "AB"[one % 2] for one in people}
    last, folders, truth = None, [], []
    for year in range(1, data.draw(st.integers(2, 5), label="years") + 1):
        others, moved = {}, set()
        if last is not None:
            for one in list(home):
                what = data.draw(st.sampled_from(["stay", "stay", "convert", "move", "close"]))
                if what == "close" and sum(home[o] == home[one] for o in home) > 1:
                    del home[one]
                elif what == "convert":
                    new = 100 * year + one
                    others[urn_of[one]] = (new,)
                    urn_of[one] = new
                elif what == "move" and sum(home[o] == home[one] for o in home) > 1:
                    home[one] = "B" if home[one] == "A" else "A"
                    moved.add(one)
        clusters = {code: [urn_of[o] for o in home if home[o] == code] for code in "AB"}
        last = write_version(
            folder / str(year), {c: urns for c, urns in clusters.items() if urns},
            made_from=last, others=others, version=str(year),
            replaces=str(year - 1) if year > 1 else "",
        )  # fmt: skip
        folders.append(last)
        truth.append((dict(home), dict(urn_of), moved))
    lineage = lineage_of(read_versions(folders))
    kept = True
    for place, (homes, urns, moved) in enumerate(truth):
        stays = stays_of(lineage, place)
        assert set(stays) == {urns[one] for one in homes}
        # Codes of one plan made from another mean the same as long as a school is in both.
        before = truth[place - 1][0] if place else {}
        shared = all(any(before.get(o) == c == homes.get(o) for o in homes) for c in "AB")
        kept = kept and (not place or shared)
        if place and shared:
            assert {urn for urn, stay in stays.items() if stay.change == "moved"} == {
                urns[one] for one in moved if one in homes
            }
    for one in truth[-1][0]:
        steps = history_of(lineage, truth[-1][1][one])
        assert [step.urn for step in steps] == [urns[one] for _, urns, _ in truth]


def test_a_school_made_of_two_clusters_has_not_moved(tmp_path):
    """As in the list of moves: it had no cluster of its own."""
    one = write_version(tmp_path / "one", {"A-1": (1, 2), "B-2": (3, 4)}, version="1")
    write_version(
        tmp_path / "two", {"A-1": (1, 9), "B-2": (4,)}, made_from=one,
        others={2: (9,), 3: (9,)}, version="2",
    )  # fmt: skip
    lineage = lineage_of(read_versions([tmp_path]))
    stay = stays_of(lineage, 1)[9]
    assert (stay.change, stay.before, stay.old_urns) == (
        "made of schools of several clusters", "a-1 and b-2", (2, 3),
    )  # fmt: skip
