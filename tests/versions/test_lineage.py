"""Which version replaces which, in what order, and what does not fit together."""

import itertools
import shlex

import pytest

from cluster_geo.versions import lineage_of, read_versions, superseded_settings
from tests.versions.folders import write_version

FIRST = {"A-1": (1, 2), "B-2": (3, 4)}


@pytest.fixture
def years(tmp_path):
    """Three versions, each made from the one before; the last one is a draft."""
    one = write_version(tmp_path / "one", FIRST, version="1", effective_date="2025-09-01")
    two = write_version(
        tmp_path / "two",
        {"A-1": (1, 2, 3), "B-2": (4,)},
        made_from=one,
        version="2",
        replaces="1",
        effective_date="2026-09-01",
    )
    three = write_version(
        tmp_path / "three", FIRST, made_from=two, version="3", replaces="2", status="draft"
    )
    return one, two, three


def linked(lineage):
    """Which version each was made from, by number."""
    of = [version.version for version in lineage.versions]
    return {of[place]: of[link.before] for place, link in lineage.links.items()}


def test_order_and_links_do_not_depend_on_how_folders_are_given(years):
    """Every order of the folders gives the same lineage, and so does the folder above them."""
    for folders in [*itertools.permutations(years), [years[0].parent]]:
        lineage = lineage_of(read_versions(folders))
        assert [version.version for version in lineage.versions] == ["1", "2", "3"]
        assert linked(lineage) == {"2": "1", "3": "2"}


def test_a_version_ends_on_the_day_before_the_next_takes_effect(years):
    """A draft replaces nothing; an end date of one's own counts before all else."""
    lineage = lineage_of(read_versions(years))
    assert [lineage.ends(place) for place in range(3)] == ["2026-08-31", "", ""]
    assert [lineage.replaced_by(place) for place in range(3)] == [1, None, None]
    own = write_version(
        years[0].parent / "own", FIRST, made_from=years[1], replaces="2", version="4",
        effective_date="2027-09-01", end_date="2028-01-31",
    )  # fmt: skip
    assert lineage_of(read_versions([*years, own])).ends(2) == "2028-01-31"


def test_pages_that_do_not_say_that_the_plan_was_replaced_are_listed(years):
    """With the command that writes them again."""
    [words] = lineage_of(read_versions(years)).doubts
    one, two = years[:2]
    assert words == (
        "The pages of version 1 do not say that version 2 replaces it. Write them again: "
        f"cluster-geo export {one} --superseded-by {two} --to {one}-superseded"
    )


def test_the_command_can_be_typed_as_it_is(tmp_path):
    """Whatever the folder is called."""
    one = write_version(tmp_path / "plans & more" / "v 1", FIRST, version="1")
    two = write_version(tmp_path / "v2", FIRST, made_from=one, version="2", replaces="1")
    [words] = lineage_of(read_versions([one, two])).doubts
    command = shlex.split(words.partition("again: ")[2])
    assert command[2:] == [str(one), "--superseded-by", str(two), "--to", f"{one}-superseded"]


def test_a_version_issued_again_on_the_same_day_ends_nothing(tmp_path):
    """No version ends before it begins, and the two are not at odds."""
    same = {"effective_date": "2025-09-01"}
    one = write_version(tmp_path / "one", FIRST, version="3", **same)
    fixed = write_version(tmp_path / "two", FIRST, version="3.1", replaces="3", **same)
    lineage = lineage_of(read_versions([one, fixed]))
    assert lineage.replaced_by(0) == 1
    assert lineage.ends(0) == ""
    assert [words for words in lineage.doubts if "both in effect" in words] == []
    assert superseded_settings(one, fixed)["plan.end_date"] is None


def test_the_folder_with_waves_counts(tmp_path):
    """Of two with one number and one list; what else differs is said."""
    write_version(tmp_path / "a", FIRST, version="3")
    waves = {"waves": {"A-1": {"starts": "2026-09-01", "name": "Pilot"}}}
    write_version(tmp_path / "b", FIRST, version="3", record=waves)
    lineage = lineage_of(read_versions([tmp_path]))
    assert [version.folder.name for version in lineage.versions] == ["b"]
    assert lineage.doubts == [
        "a and b both hold version 3, with other dates or texts: b is listed."
    ]


def test_a_version_written_again_counts_once(years, tmp_path):
    """Of two folders with one number and one list that one counts that says it is superseded."""
    again = write_version(
        tmp_path / "again", FIRST, version="1", status="superseded", superseded_by="2",
        effective_date="2025-09-01",
    )  # fmt: skip
    lineage = lineage_of(read_versions([*years, again]))
    assert [version.folder.name for version in lineage.versions] == ["again", "two", "three"]
    assert lineage.doubts == ["one and again both hold version 1: again is listed."]


def test_two_plans_of_one_number_are_told_apart(years, tmp_path):
    """They are both listed, and it is said."""
    other = write_version(tmp_path / "other", {"A-1": (1, 2, 3, 4)}, version="1")
    lineage = lineage_of(read_versions([*years, other]))
    assert len(lineage) == 4
    assert any("hold different plans, and both are called version 1" in w for w in lineage.doubts)
    assert linked(lineage)["2"] == "1"
    assert lineage.versions[lineage.links[lineage.versions.index(
        next(v for v in lineage.versions if v.version == "2"))].before].folder.name == "one"  # fmt: skip


def test_a_list_that_has_changed_since_is_a_doubt(years):
    """The number still says which version was meant."""
    file = years[0] / "clusters.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("4,School 4,B-2,b-2,3\n", ""))
    lineage = lineage_of(read_versions(years))
    assert linked(lineage) == {"2": "1", "3": "2"}
    assert not lineage.links[1].made_from
    assert lineage.doubts[0] == (
        "Version 2 was made from another list than the one that is now in one, which is version 1 "
        "by its number."
    )


def test_what_is_not_among_the_folders_is_listed(years):
    """The version before, by its number or as another plan; nothing else is taken for it."""
    lineage = lineage_of(read_versions(years[1:]))
    assert linked(lineage) == {"3": "2"}
    assert lineage.doubts == [
        "Version 2 was made from version 1, which is not among these folders."
    ]


def test_a_version_that_only_corrects_another_follows_it(years, tmp_path):
    """It has the list of the one it corrects, and the same plan before."""
    fixed = write_version(
        tmp_path / "fixed", {"A-1": (1, 2, 3), "B-2": (4,)}, made_from=years[0], version="2.1",
        replaces="2", effective_date="2026-10-01",
    )  # fmt: skip
    lineage = lineage_of(read_versions([*years[:2], fixed]))
    assert linked(lineage) == {"2": "1", "2.1": "2"}
    assert all(link.made_from for link in lineage.links.values())
    assert lineage.ends(1) == "2026-09-30"
    without = lineage_of(read_versions([years[0], fixed]))
    assert linked(without) == {"2.1": "1"}
    assert without.replaced_by(0) is None, "its record names another"
    assert without.doubts[0] == (
        "Version 2.1 replaces version 2, which is not among these folders; it was made from "
        "version 1."
    )


def test_two_versions_in_effect_on_one_day_are_listed(tmp_path):
    """Those that end before the next begins are not, nor drafts."""
    write_version(tmp_path / "a", FIRST, version="1", effective_date="2025-09-01")
    write_version(tmp_path / "b", {"A-1": (1,)}, version="2", effective_date="2026-01-01")
    write_version(
        tmp_path / "c", {"A-1": (2,)}, version="3", effective_date="2026-02-01", status="draft"
    )
    assert lineage_of(read_versions([tmp_path])).doubts == [
        "Version 1 and version 2 are both in effect on 1 January 2026. Give the first an end date."
    ]
    ended = write_version(
        tmp_path / "d", {"A-1": (5,)}, version="0", effective_date="2024-09-01",
        end_date="2025-08-31",
    )  # fmt: skip
    lineage = lineage_of(read_versions([tmp_path / "a", ended]))
    assert [version.version for version in lineage.versions] == ["0", "1"]
    assert lineage.doubts == []


def test_versions_that_name_each_other_are_no_circle(tmp_path):
    """One of the two links holds, and the other is said not to."""
    write_version(tmp_path / "a", FIRST, version="1", replaces="2")
    write_version(tmp_path / "b", {"A-1": (1,)}, version="2", replaces="1")
    lineage = lineage_of(read_versions([tmp_path]))
    assert len(lineage.links) == 1
    assert "Version 1 replaces version 2 by its record, but version 2 was made from it." in (
        lineage.doubts
    ) or "Version 2 replaces version 1 by its record, but version 1 was made from it." in (
        lineage.doubts
    )
    assert lineage.chain(1) == [0, 1]
