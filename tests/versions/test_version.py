"""A version read from its folder, and folders that hold none."""

import json

import pytest

from cluster_geo.errors import InputError
from cluster_geo.records import notices_of_files
from cluster_geo.versions import folders_in, read_version, read_versions, superseded_settings
from cluster_geo.versions.version import natural
from tests.versions.folders import write_version

FIRST = {"A-1": (1, 2), "B-2": (3, 4)}


def test_it_says_what_the_record_says(tmp_path):
    """Each fact in its own place."""
    facts = {
        "title": "Clusters of Squareshire", "version": "2.1", "status": "superseded",
        "decision_reference": "26/014", "effective_date": "2025-09-01", "end_date": "2026-08-31",
        "replaces": "2", "reason": "A merger", "superseded_by": "3", "audience": "internal",
        "as_at": "2025-07-18",
    }  # fmt: skip
    more = {
        "corrections": [
            {"figure": "Pupils", "published": "1", "correct": "2", "since": "2025-01-01",
             "reason": "Typed"}
        ],
        "waves": {"A-1": {"starts": "2026-01-01", "name": "Pilot"}},
    }  # fmt: skip
    folder = write_version(tmp_path / "v", FIRST, told=["Heads"], record=more, **facts)
    version = read_version(folder)
    assert {name: getattr(version, name) for name in facts} == facts
    assert version.told == ("Heads",)
    assert version.corrections[0]["correct"] == "2"
    assert (version.waves["A-1"].starts, version.waves["A-1"].name) == ("2026-01-01", "Pilot")
    assert version.schools[3] == "School 3"
    assert version.hubs == {1, 3}
    assert version.code_of == {1: "A-1", 2: "A-1", 3: "B-2", 4: "B-2"}


def test_an_older_record_says_less(tmp_path):
    """What is not in it is empty; rubbish in it is not taken for anything."""
    folder = write_version(tmp_path / "v", FIRST)
    record = json.loads((folder / "run.json").read_text())
    record |= {"plan": {"title": 5}, "previous_urns": {"x": [1], "2": "3", "4": [9]}, "waves": [1]}
    record |= {"corrections": [3], "previous_plan_sha256": None}
    (folder / "run.json").write_text(json.dumps(record))
    version = read_version(folder)
    assert (version.title, version.version, version.status) == ("", "", "")
    assert (version.others, version.waves, version.corrections) == ({4: (9,)}, {}, ())
    assert version.called == "v"


def test_every_folder_without_a_plan_is_a_fault(tmp_path):
    """All of them in one message; a folder of folders gives those that hold plans."""
    write_version(tmp_path / "plans" / "v1", FIRST)
    (tmp_path / "plans" / "notes").mkdir()
    assert [folder.name for folder in folders_in([tmp_path / "plans"])] == ["v1"]
    with pytest.raises(InputError) as caught:
        folders_in([tmp_path / "plans" / "notes", tmp_path / "nowhere", tmp_path / "plans"])
    texts = [str(fault) for fault in caught.value.faults]
    assert len(texts) == 2
    assert "notes: no plan with its record is in this folder" in texts[0]
    assert "nowhere: no such folder" in texts[1]


def test_faults_of_all_versions_come_together(tmp_path):
    """A broken list in one and a broken record in another."""
    for name in ("a", "b", "c"):
        write_version(tmp_path / name, FIRST)
    (tmp_path / "a" / "clusters.csv").write_text("urn,cluster\nx,A-1\n")
    (tmp_path / "b" / "run.json").write_text("{")
    (tmp_path / "c" / "run.json").write_text('{"scenario": {}}')
    with pytest.raises(InputError) as caught:
        read_versions([tmp_path])
    assert [fault.found for fault in caught.value.faults] == [
        "'x' is not a URN",
        "it is not the record of a run",
        "it is not the record of a plan",
    ]


def test_versions_are_ordered_as_people_count():
    """2.10 comes after 2.9, and a text after no text."""
    assert sorted(["10", "2.10", "9", "2.9", "2a", "", "2"], key=natural) == [
        "", "2", "2.9", "2.10", "2a", "9", "10",
    ]  # fmt: skip


def test_a_replaced_version_says_by_which_and_until_when(tmp_path):
    """The settings with which it is exported again."""
    one = write_version(tmp_path / "one", FIRST, version="1", effective_date="2025-09-01")
    two = write_version(
        tmp_path / "two", FIRST, made_from=one, version="2", replaces="1",
        effective_date="2026-09-01",
    )  # fmt: skip
    expected = {
        "plan.status": "superseded",
        "plan.superseded_by": "2",
        "plan.end_date": "2026-08-31",
    }
    assert superseded_settings(one, two) == expected
    assert superseded_settings(one / "clusters.csv", two) == expected


@pytest.mark.parametrize(
    ("about", "found"),
    [
        ({"version": "2", "replaces": "7"}, "was not made from the one that is exported"),
        ({"version": "2", "replaces": "1", "status": "draft"}, "its status is draft"),
        ({"version": "", "replaces": "1"}, "has no number"),
        ({"version": "1"}, "does not hold one other version"),
    ],
)
def test_what_replaces_nothing_is_refused(tmp_path, about, found):
    """A plan of another origin, a draft, one without a number, the plan itself."""
    one = write_version(tmp_path / "one", FIRST, version="1")
    two = write_version(tmp_path / "two", FIRST, **about)
    with pytest.raises(InputError, match=found):
        superseded_settings(one, two)


def test_a_date_that_is_none_is_no_date(tmp_path):
    """In a record that somebody has written by hand."""
    one = write_version(
        tmp_path / "a", FIRST, effective_date="1st Sept", end_date="x", as_at="soon"
    )
    version = read_version(one)
    assert (version.effective_date, version.end_date, version.as_at) == ("", "", "")


def test_a_fault_says_in_which_folder(tmp_path):
    """The lists of all versions have one name."""
    folder = write_version(tmp_path / "v7", FIRST)
    (folder / "clusters.csv").write_text("urn,cluster\nx,A-1\n")
    with pytest.raises(InputError, match=r"v7/clusters\.csv, row 2"):
        read_version(folder)


def test_a_list_without_a_record_is_reported(tmp_path):
    """It is no version, but it may have been meant as one."""
    write_version(tmp_path / "v1", FIRST)
    (write_version(tmp_path / "v2", FIRST) / "run.json").unlink()
    with notices_of_files() as found:
        assert [folder.name for folder in folders_in([tmp_path])] == ["v1"]
    assert [notice.text for notice in found] == [
        "v2 has a clusters.csv and no run.json: it is left out"
    ]
