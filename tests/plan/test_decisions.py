"""The list of decisions, and venues of the planner's own."""

import re

import pandas as pd
import pytest

from cluster_geo.errors import InputError
from cluster_geo.plan import (
    carried_decisions,
    read_decisions,
    read_names,
    requests_of,
    with_decisions,
)
from cluster_geo.plan.decisions import COLUMNS
from cluster_geo.plan.figures import figures_text
from cluster_geo.records import notices_of_files, sha256_of
from cluster_geo.schools.identity import Identity, Succession
from tests.copies import ROOT
from tests.requests import make_figures

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


STAGED = (
    "urn,cluster,case,stage,request,received,due,decision,reason,date,role,"
    "version_before,version_after"
)


def faults_in(tmp_path, *lines):
    """Return row, column and text of every fault in a list."""
    with pytest.raises(InputError) as caught:
        read_decisions(written(tmp_path, *lines))
    return [(fault.row, fault.column, fault.found) for fault in caught.value.faults]


def test_an_old_list_is_read_as_it_was(tmp_path):
    """No column more, URNs as whole numbers, and every row is decided."""
    table = read_decisions(written(tmp_path, HEADER, "100002,to stay,granted,near,03-09-2025,Head"))
    assert list(table.columns) == ["urn", "request", "decision", "reason", "date", "role"]
    assert table["urn"].dtype == "int64"
    (request,) = requests_of(table)
    assert (request.stage, request.due, request.clusters, request.figures) == (
        "decided",
        "",
        (),
        (),
    )
    # A blank decision is a fault there, not a request that was only received.
    assert faults_in(tmp_path, HEADER, "100001,a,,c,2025-01-01,d") == [
        (2, "decision", "the decision is missing")
    ]


def test_requests_at_every_stage_are_read(tmp_path):
    """By date, or before a decision by that of receipt; a stage in any letters; a blank one."""
    table = read_decisions(
        written(
            tmp_path, STAGED,
            ",C-1,,Closed,to meet,,,dropped,moved away,2025-09-03,Head,1,2",
            "100002,,K-1,,to stay,2025-06-01,2025-08-01,,,,,,",
            "100003,C-2,,,to move,2025-05-01,,granted,near,2025-07-01,Head,,",
            "100004,,,CONSIDERED,to move,2025-05-02,,,,,,,",
            "100005,,,appeal,to move,,2025-12-01,refused,far,2025-06-30,Head,,",
        )
    )  # fmt: skip
    assert table["stage"].tolist() == ["considered", "received", "appeal", "decided", "closed"]
    assert table["urn"].isna().tolist() == [False, False, False, False, True]
    assert table.index.tolist() == [5, 3, 6, 4, 2]
    assert table["version_after"].tolist() == ["", "", "", "", "2"]
    assert "figures" not in table


def test_a_list_of_open_requests_needs_no_columns_of_decisions(tmp_path):
    """Nor a column of URNs, where it has one of clusters."""
    table = read_decisions(written(tmp_path, "cluster,request,received", "C-1,to meet,2025-05-01"))
    assert table["stage"].tolist() == ["received"]
    assert table["role"].tolist() == [""]
    with pytest.raises(InputError, match="which school it is about"):
        read_decisions(written(tmp_path, "request,received", "to meet,2025-05-01"))


def test_each_stage_needs_its_cells(tmp_path):
    """Before a decision what was asked and when, and after it what was decided too."""
    assert faults_in(
        tmp_path, STAGED,
        "100001,,,received,,,,,,,,,",
        "100001,,,considered,a,x,y,,,,,,",
        "100001,,,appeal,a,,,,,,,,",
        "100001,,,closed,a,,,b,c,z,d,,",
        "100001,,,waiting,a,,,,,,,,",
        ",,,received,a,2025-05-01,,,,,,,",
        "12x,,,received,a,2025-05-01,,,,,,,",
    ) == [
        (2, "received", "the date of receipt is missing"),
        (2, "request", "the request is missing"),
        (3, "received", "'x' is not a date"),
        (3, "due", "'y' is not a date"),
        (4, "date", "the date is missing"),
        (4, "decision", "the decision is missing"),
        (4, "reason", "the reason is missing"),
        (4, "role", "the role is missing"),
        (5, "date", "'z' is not a date"),
        (6, "stage", "'waiting' is not a stage"),
        (7, "urn", "neither a school nor a cluster is named"),
        (8, "urn", "'12x' is not a URN"),
    ]  # fmt: skip


def test_dates_that_cannot_be_are_faults(tmp_path):
    """Due, or decided, before it was received; on the same day is well."""
    assert faults_in(
        tmp_path, STAGED,
        "100001,,,decided,a,2025-05-02,2025-05-01,b,c,2025-04-30,d,,",
        "100001,,,decided,a,2025-05-02,2025-05-02,b,c,2025-05-02,d,,",
    ) == [
        (2, "due", "it is due on 1 May 2025, before it was received on 2 May 2025"),
        (2, "date", "it was decided on 30 April 2025, before it was received on 2 May 2025"),
    ]  # fmt: skip


def test_rows_of_one_case_are_of_one_request(tmp_path):
    """One date of receipt, nothing before it, and one decision of a day on one thing."""
    assert faults_in(
        tmp_path, STAGED,
        "100001,,K-1,received,a,2025-05-02,,,,,,,",
        "100001,,K-1,considered,a,2025-05-03,,,,,,,",
        "100001,,K-1,decided,a,,,no,c,2025-05-01,d,,",
        "100001,,K-2,decided,a,,,no,c,2025-06-01,d,,",
        "100001,,K-2,decided,a,,,yes,c,2025-06-01,d,,",
        "100002,,K-2,decided,a,,,yes,c,2025-06-01,d,,",
    ) == [
        (3, "received", "case K-1 was received on 2 May 2025 and 3 May 2025, in rows 2 and 3"),
        (4, "date", "case K-1 was received on 2 May 2025, after 1 May 2025"),
        (6, "decision", "case K-2 has two decisions of one day, 'no', 'yes', in rows 5 and 6"),
    ]  # fmt: skip


def test_the_example_in_the_documentation_is_read(tmp_path):
    """As it is printed: one request under appeal, and one that was received."""
    page = (ROOT / "docs" / "planners" / "requests.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"```text\n(urn,.*?)```", page, re.DOTALL)
    (tmp_path / "figures").mkdir()
    figures = figures_text(make_figures(urn=118313))
    (tmp_path / "figures" / "118313.json").write_text(figures, encoding="utf-8")
    requests = requests_of(read_decisions(written(tmp_path, *text.splitlines())))
    assert [(one.stage, one.due, len(one.rows)) for one in requests] == [
        ("appeal", "2026-04-30", 4), ("received", "2026-05-01", 1),
    ]  # fmt: skip
    # A row of a case must have a date of some kind, or it would be the oldest.
    assert faults_in(
        tmp_path, *text.replace("figures/118313.json", "").replace("2026-02-03", "").splitlines()
    ) == [(3, "date", "the date is missing")]
    # Without its first row nobody knows when the case was received.
    first, _, *rest = text.splitlines()
    assert faults_in(tmp_path, first, *rest) == [(2, "received", "the date of receipt is missing")]


def test_figures_are_read_from_beside_the_list(tmp_path):
    """By their path from it; a file that is missing, another kind, or of another school is a fault."""
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "a.json").write_text(figures_text(make_figures()), encoding="utf-8")
    (tmp_path / "other.json").write_text("{}", encoding="utf-8")
    head, row = f"{HEADER},figures", "a,b,c,2025-01-01,d"
    table = read_decisions(
        written(tmp_path, head, f"100001,{row},figures/a.json", f"100001,{row},")
    )
    (saved, nothing) = table["figures"]
    assert saved.figures == make_figures()
    assert nothing is None
    assert saved.source.sha256 == sha256_of(tmp_path / "figures" / "a.json")
    found = faults_in(
        tmp_path, head,
        f"100001,{row},none.json", f"100001,{row},other.json", f"100002,{row},figures/a.json",
    )  # fmt: skip
    assert [(row, column) for row, column, _ in found] == [(k, "figures") for k in (2, 3, 4)]
    assert found[0][2].startswith("figures 'none.json': the file cannot be opened")
    assert found[1][2].startswith("figures 'other.json': it is not a file of figures (asked: ")
    assert found[2][2] == "figures 'figures/a.json' are of School 1 (100001), not of URN 100002"


def test_urns_are_carried_to_those_of_today(tmp_path):
    """A split school has a row for each part; what is noticed of open requests has its own topic."""
    table = read_decisions(
        written(
            tmp_path, STAGED,
            "100001,,,received,a,2025-05-01,,,,,,,",
            ",C-1,,received,a,2025-05-02,,,,,,,",
            "100002,,,decided,a,,,b,c,2025-05-03,d,,",
            "100003,,,decided,a,,,b,c,2025-05-04,d,,",
        )
    )  # fmt: skip
    identity = Identity(
        {
            100001: Succession(100001, (200001,), ""),
            100002: Succession(100002, (200002, 200003), ""),
        }
    )
    with notices_of_files() as found:
        carried = carried_decisions(table, identity, "list.csv")
    urns = carried["urn"].to_numpy(dtype=object, na_value=None).tolist()
    assert urns == [200001, None, 200002, 200003, 100003]
    assert carried["cluster"].tolist() == ["", "C-1", "", "", ""]
    topics = {notice.topic: notice.text for notice in found}
    assert "URN 100001 is read as" in topics["request"]
    assert "URN 100002 is read as" in topics["identity"]
    assert carried_decisions(table, Identity(), "list.csv") is table


def test_rows_are_added_below_a_list():
    """Of an old list all are decided; columns that neither has stay away."""
    old = pd.DataFrame([(1, "a", "b", "c", "2025-01-01", "d")], columns=list(COLUMNS))
    facts = {"request": "x", "decision": "y", "reason": "z", "date": "2026-01-01", "role": "r"}
    both = with_decisions(old, [{"urn": None, "cluster": "C-1", "stage": "decided", **facts}])
    assert list(both.columns) == [*COLUMNS, "cluster", "stage"]
    assert both["stage"].tolist() == ["decided", "decided"]
    assert both["urn"].isna().tolist() == [False, True]
    assert with_decisions(None, [{"urn": 5, **facts}])["urn"].dtype == "int64"


def test_venues_stand_beside_the_names(tmp_path):
    """A blank cell, or no such column, leaves the central school."""
    path = tmp_path / "names.csv"
    path.write_text("Code,Name,Venue\nA-1,One,Town hall\nA-2,Two,\n", encoding="utf-8")
    assert read_names(path).venues == {"A-1": "Town hall"}
    path.write_text("code,name\nA-1,One\n", encoding="utf-8")
    assert read_names(path).venues == {}
