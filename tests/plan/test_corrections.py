"""The list of corrections, and the list of when clusters start."""

import pytest

from cluster_geo.errors import InputError
from cluster_geo.plan import Wave, read_corrections, read_waves

HEAD = "figure,published,correct,since,reason"


def written(tmp_path, *lines, name="list.csv"):
    path = tmp_path / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def faults(read, path):
    """Row, column and what was found of each fault."""
    with pytest.raises(InputError) as caught:
        read(path)
    return [(fault.row, fault.column, fault.found) for fault in caught.value.faults]


def test_corrections_are_read_by_many_headings(tmp_path):
    """In the order of the file, dates in ISO 8601."""
    path = written(
        tmp_path,
        "Item;Was;Right;Wrong since;Why",
        "Pupils, sheet Clusters;2310;2130;01-10-2025;Two digits were exchanged",
        "Map, Swale;missing;removed;2025-11-02;Drawn twice",
    )
    table = read_corrections(path)
    assert list(table.columns) == HEAD.split(",")
    assert table.iloc[0].to_list() == [
        "Pupils, sheet Clusters", "2310", "2130", "2025-10-01", "Two digits were exchanged",
    ]  # fmt: skip
    assert list(table["since"]) == ["2025-10-01", "2025-11-02"]


def test_every_fault_of_corrections_is_found_at_once(tmp_path):
    """Blank cells and dates, by row."""
    path = written(tmp_path, HEAD, ",1,2,2025-13-01,Typed", "Pupils,,2,,", "Pupils,1,,2025-01-01,x")
    assert faults(read_corrections, path) == [
        (2, "since", "'2025-13-01' is not a date"),
        (2, "figure", "the cell is blank"),
        (3, "since", "the date is missing"),
        (3, "published", "the cell is blank"),
        (3, "reason", "the cell is blank"),
        (4, "correct", "the cell is blank"),
    ]
    assert faults(read_corrections, written(tmp_path, "figure,published", "a,b"))[0][2].startswith(
        "no column shows what is correct"
    )


def test_waves_are_read(tmp_path):
    """A wave may have a name."""
    path = written(
        tmp_path, "Code,Start date,Wave", "MAI-01,01/09/2026,Pilot", "ASH-02,2027-01-04,"
    )
    assert read_waves(path).of_cluster == {
        "MAI-01": Wave("2026-09-01", "Pilot"),
        "ASH-02": Wave("2027-01-04"),
    }


def test_every_fault_of_waves_is_found_at_once(tmp_path):
    """A blank code, a code twice, a date that is none."""
    path = written(
        tmp_path, "cluster,starts", "A-1,2026-09-01", ",2026-09-01", "A-1,soon", "B-2,", "A-1,2026-09-01"
    )  # fmt: skip
    assert faults(read_waves, path) == [
        (3, "cluster", "the cell is blank"),
        (4, "starts", "'soon' is not a date"),
        (4, "cluster", "A-1 appears twice"),
        (5, "starts", "the date is missing"),
        (6, "cluster", "A-1 appears twice"),
    ]
