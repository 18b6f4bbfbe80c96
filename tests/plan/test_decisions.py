"""The list of decisions, and venues of the planner's own."""

import pytest

from cluster_geo.errors import InputError
from cluster_geo.plan import read_decisions, read_names

HEADER = "URN,Request,Decision,Why,Date of decision,Decided by"


def written(tmp_path, *lines):
    path = tmp_path / "decisions.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_decisions_are_read_in_order_of_date(tmp_path):
    """Headings as planners spell them; a school may stand twice; dates in either order."""
    path = written(
        tmp_path, HEADER,
        "100002,to stay,granted,near,03-09-2025,Director",
        "100001,to move,refused,far,2025-06-01,Cabinet member",
        "100001,to move,granted,appeal,2025-09-03,Director",
    )  # fmt: skip
    table = read_decisions(path)
    assert list(table.columns) == ["urn", "request", "decision", "reason", "date", "role"]
    assert table["urn"].tolist() == [100001, 100002, 100001]
    assert table["date"].tolist() == ["2025-06-01", "2025-09-03", "2025-09-03"]
    assert table["decision"].tolist() == ["refused", "granted", "granted"]


def test_every_fault_is_told_at_once(tmp_path):
    """A URN that is none, dates that are none, blanks: row by row, with what to do."""
    path = written(
        tmp_path, HEADER,
        "x,a,b,c,2025-13-40,d",
        "100001,,b,,,",
    )  # fmt: skip
    with pytest.raises(InputError) as caught:
        read_decisions(path)
    told = [(fault.row, fault.column) for fault in caught.value.faults]
    assert told == [
        (2, "urn"), (2, "date"), (3, "date"), (3, "request"), (3, "reason"), (3, "role"),
    ]  # fmt: skip
    assert "not a name" in str(caught.value)


def test_columns_that_are_missing_are_named(tmp_path):
    """Each with what it is for."""
    with pytest.raises(InputError, match="who decided") as caught:
        read_decisions(written(tmp_path, "urn,request,decision,reason", "100001,a,b,c"))
    assert len(caught.value.faults) == 2


def test_venues_stand_beside_the_names(tmp_path):
    """A blank cell, or no such column, leaves the central school."""
    path = tmp_path / "names.csv"
    path.write_text("Code,Name,Venue\nA-1,One,Town hall\nA-2,Two,\n", encoding="utf-8")
    assert read_names(path).venues == {"A-1": "Town hall"}
    path.write_text("code,name\nA-1,One\n", encoding="utf-8")
    assert read_names(path).venues == {}
