"""A folder written whole or not at all."""

import multiprocessing
import os
import signal
import time

import pytest

from cluster_geo.errors import OutputError
from cluster_geo.export import folder as module
from cluster_geo.export.folder import replaced_file, replaced_folder

OWN = frozenset({"a.txt", "run.json"})


def fill(folder, text: str) -> None:
    """Write both own files."""
    (folder / "a.txt").write_text(text)
    (folder / "run.json").write_text("{}")


def write(folder, text: str) -> None:
    """Write the folder as a run does."""
    with replaced_folder(folder, OWN, "run.json") as draft:
        fill(draft, text)


def write_and_hang(folder, text: str) -> None:
    """A run that is killed before it is done."""
    with replaced_folder(folder, OWN, "run.json") as draft:
        fill(draft, text)
        (folder.parent / "written").touch()
        time.sleep(60)


def write_and_fail(folder, text: str) -> None:
    """A run that ends with an error."""
    with replaced_folder(folder, OWN, "run.json") as draft:
        fill(draft, text)
        raise ZeroDivisionError


def test_a_new_folder_is_made(tmp_path):
    """Parents too, and nothing else is left beside it."""
    folder = tmp_path / "outputs" / "kent"
    write(folder, "one")
    assert (folder / "a.txt").read_text() == "one"
    assert [path.name for path in folder.parent.iterdir()] == ["kent"]


def test_an_earlier_output_is_replaced_whole(tmp_path):
    """A file that the new run does not write is gone; the planner's own stay."""
    folder = tmp_path / "kent"
    write(folder, "one")
    (folder / "notes.docx").write_text("mine")
    (folder / "minutes").mkdir()
    (folder / "minutes" / "may.txt").write_text("mine too")
    with replaced_folder(folder, OWN, "run.json") as draft:
        (draft / "run.json").write_text("{}")
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["minutes", "notes.docx", "run.json"]
    assert (folder / "minutes" / "may.txt").read_text() == "mine too"


def test_an_error_leaves_the_earlier_output(tmp_path):
    """What was there is untouched, and no draft is left."""
    folder = tmp_path / "kent"
    write(folder, "one")
    with pytest.raises(ZeroDivisionError):
        write_and_fail(folder, "two")
    assert (folder / "a.txt").read_text() == "one"
    assert [path.name for path in tmp_path.iterdir()] == ["kent"]


def test_a_killed_run_leaves_the_earlier_output(tmp_path):
    """Killed half-way (signal 9): the earlier files are whole, and the next run clears up."""
    folder = tmp_path / "kent"
    write(folder, "one")
    process = multiprocessing.get_context("spawn").Process(
        target=write_and_hang, args=(folder, "two")
    )
    process.start()
    while not (tmp_path / "written").exists():
        assert process.is_alive()
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    assert (folder / "a.txt").read_text() == "one"
    write(folder, "three")
    assert (folder / "a.txt").read_text() == "three"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kent", "written"]


def test_a_run_killed_between_the_renames_gets_its_folder_back(tmp_path):
    """The earlier output is found beside its place and put back, whatever comes next."""
    folder = tmp_path / "kent"
    write(folder, "one")
    folder.rename(tmp_path / ".kent.previous")
    with pytest.raises(ZeroDivisionError):
        write_and_fail(folder, "two")
    assert (folder / "a.txt").read_text() == "one"


def test_two_runs_do_not_mix(tmp_path):
    """The second is told that the first is writing."""
    folder = tmp_path / "kent"
    with replaced_folder(folder, OWN, "run.json") as draft:
        fill(draft, "one")
        with pytest.raises(OutputError, match="another run"):
            write(folder, "two")
    assert (folder / "a.txt").read_text() == "one"


def test_two_runs_do_not_mix_across_processes(tmp_path):
    """Also where the other run is another process, as on any system; then the place is free."""
    folder = tmp_path / "kent"
    process = multiprocessing.get_context("spawn").Process(
        target=write_and_hang, args=(folder, "one")
    )
    process.start()
    while not (tmp_path / "written").exists():
        assert process.is_alive()
        time.sleep(0.02)
    with pytest.raises(OutputError, match="another run"):
        write(folder, "two")
    process.kill()
    process.join()
    write(folder, "three")
    assert (folder / "a.txt").read_text() == "three"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kent", "written"]


def test_the_lock_goes_with_the_run(tmp_path):
    """Nothing is left beside the folder, and a lock file left by a crash locks nobody out."""
    folder = tmp_path / "kent"
    (tmp_path / ".kent.lock").write_text("")
    write(folder, "one")
    with replaced_folder(folder, OWN, "run.json") as draft:
        fill(draft, "two")
        assert (tmp_path / ".kent.lock").is_file()
    assert [path.name for path in tmp_path.iterdir()] == ["kent"]


def test_somebodys_folder_is_refused(tmp_path):
    """A folder that holds files and no run.json is not an output folder: hands off."""
    (tmp_path / "thesis.docx").write_text("years of work")
    with pytest.raises(OutputError, match="holds other files"):
        write(tmp_path, "one")
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_a_file_in_the_folders_place_is_refused(tmp_path):
    """A file is not replaced by a folder."""
    (tmp_path / "kent").write_text("a file")
    with pytest.raises(OutputError, match="is a file"):
        write(tmp_path / "kent", "one")


def test_a_place_that_cannot_be_written_is_one_message(tmp_path):
    """No traceback of the system's: what cannot be written, and what to do."""
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="Choose another folder"):
        write(tmp_path / "file" / "kent", "one")


@pytest.fixture
def by_two_renames(monkeypatch):
    """A system on which two folders cannot change places at one stroke."""
    monkeypatch.setattr(module, "_exchanged", lambda *_: False)


def test_a_folder_is_replaced_where_nothing_can_be_exchanged(by_two_renames, tmp_path):
    """By two renames, as on Windows and macOS: the new files, the planner's own, nothing else."""
    folder = tmp_path / "kent"
    write(folder, "one")
    (folder / "notes.docx").write_text("mine")
    write(folder, "two")
    assert (folder / "a.txt").read_text() == "two"
    assert (folder / "notes.docx").read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["kent"]


def test_a_second_rename_that_fails_undoes_the_first(by_two_renames, tmp_path, monkeypatch):
    """A folder that somebody holds open, as Windows has it: the earlier output is back."""
    folder = tmp_path / "kent"
    write(folder, "one")
    rename = type(folder).rename

    def refuse_the_draft(path, target):
        if path.name.endswith(".draft"):
            raise PermissionError(13, "it is open in another program")
        return rename(path, target)

    monkeypatch.setattr(type(folder), "rename", refuse_the_draft)
    with pytest.raises(OutputError, match="open in another program"):
        write(folder, "two")
    assert (folder / "a.txt").read_text() == "one"
    assert [path.name for path in tmp_path.iterdir()] == ["kent"]


def test_one_file_is_written_whole_or_not_at_all(tmp_path):
    """An error leaves the file that was there, and nothing beside it."""
    path = tmp_path / "map.html"
    with replaced_file(path) as draft:
        draft.write_text("one")

    def fail_half_way() -> None:
        with replaced_file(path) as draft:
            draft.write_text("half of tw")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    assert path.read_text() == "one"
    assert [beside.name for beside in tmp_path.iterdir()] == ["map.html"]


def test_two_runs_do_not_write_one_file(tmp_path):
    """The second is told; a place that cannot be written is one message."""
    path = tmp_path / "map.html"
    with replaced_file(path) as draft:
        with pytest.raises(OutputError, match="another run"), replaced_file(path):
            pass
        draft.write_text("one")
    assert path.read_text() == "one"
    with pytest.raises(OutputError, match="cannot be written"), replaced_file(path / "below"):
        pass


def test_a_folder_that_is_not_there_is_not_made_for_one_file(tmp_path):
    """A path misspelt is a message, and no folder of that name is left."""
    with (
        pytest.raises(OutputError, match="No such file"),
        replaced_file(tmp_path / "no" / "m.html"),
    ):
        pass
    assert list(tmp_path.iterdir()) == []
