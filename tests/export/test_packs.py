"""The folder of the packs: written whole, with what is the planner's kept."""

from dataclasses import replace

import pytest

from cluster_geo.errors import OutputError
from cluster_geo.export.marking import NOTE
from cluster_geo.export.packs import require_packs_folder, write_packs
from tests.outputs import BRIEF, make_world


@pytest.fixture(scope="module")
def world():
    return make_world()


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_pages_of_an_earlier_time_go_and_the_planners_files_stay(world, tmp_path):
    """A cluster that has another code now leaves no page behind, nor does a school that left."""
    folder = tmp_path / "packs"
    write_packs(folder, world.published())
    (folder / "school-trip.html").write_text("mine")
    first = world.plan.clusters[0].members[0]
    fewer = replace(world.plan, codes=("NEW-01", *world.plan.codes[1:]))
    fewer = fewer.within(set(world.county.urns) - {first})
    paths = write_packs(folder, world.published(plan=fewer, audit=None, result=None))
    left = contents(folder)
    assert left.pop("school-trip.html") == b"mine"
    assert set(left) == {path.name for path in paths}
    assert f"school-{first}.html" not in left
    assert "cluster-NEW-01.html" in left


def test_equal_plans_make_equal_folders(world, tmp_path):
    """Byte for byte."""
    for name in ("one", "other"):
        write_packs(tmp_path / name, world.published())
    assert contents(tmp_path / "one") == contents(tmp_path / "other")


def test_a_folder_of_somebody_is_refused_and_left_as_it_was(world, tmp_path):
    """Also one with an index of its own."""
    (tmp_path / "index.html").write_text("mine")
    for refuse in (require_packs_folder, lambda folder: write_packs(folder, world.published())):
        with pytest.raises(OutputError, match=r"no packs\.csv of an earlier run"):
            refuse(tmp_path)
    assert contents(tmp_path) == {"index.html": b"mine"}


def test_what_is_not_for_the_public_is_marked(world, tmp_path):
    """On every page, and by a note in the folder."""
    inside = replace(BRIEF, audience="internal")
    paths = write_packs(tmp_path / "packs", world.published(inside))
    pages = [path for path in paths if path.suffix == ".html"]
    assert all("OFFICIAL-SENSITIVE" in path.read_text(encoding="utf-8") for path in pages)
    assert (tmp_path / "packs" / NOTE) in paths
    assert not any(path.name == NOTE for path in write_packs(tmp_path / "packs", world.published()))
    assert not (tmp_path / "packs" / NOTE).exists()
