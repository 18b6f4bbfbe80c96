"""Plan files, of a run or drawn by hand."""

from __future__ import annotations

import json

import pytest

from cluster_geo.errors import InputError
from cluster_geo.plan import read_names, read_plan
from cluster_geo.records import notices_of_files
from tests.worlds import draw_county

COUNTY = draw_county("p s p p s")


def write(folder, text: str, name: str = "plan.csv"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_plan_of_two_columns(tmp_path):
    """Any table of urn and cluster will do, spelt any way; hubs are worked out."""
    path = write(tmp_path, "URN,School,Cluster\n100001,a,1\n100002,b,1\n100003,c,1\n100005,d,2\n")
    plan = read_plan(path, COUNTY)
    assert plan.codes == ("1", "2")
    assert [(c.members, c.hub) for c in plan.clusters] == [
        ((100001, 100002, 100003), 100002),
        ((100005,), 100005),
    ]


def test_what_is_wrong_with_a_drawn_plan_is_kept_for_the_audit(tmp_path):
    """A stranger, a school twice and a school not placed yet are read as they stand."""
    path = write(tmp_path, "urn,cluster\n100001,A\n100001,B\n999999,B\n100002,\n888888,C\n")
    plan = read_plan(path, COUNTY)
    assert [c.members for c in plan.clusters] == [(100001,), (100001, 999999), (888888,)]
    assert plan.clusters[2].hub == 888888


def test_names_and_retired_codes_of_a_run(tmp_path):
    """The names stand in the table, the retired codes in the run's record beside it."""
    colours = {"DIS-01": "#77AADD", "DIS-09": "#EE8866"}
    record = {"retired_codes": ["DIS-09", "DIS-01"], "colours": colours}
    write(tmp_path, json.dumps(record), "run.json")
    path = write(tmp_path, "urn,cluster,cluster_name\n100001,DIS-01,West\n100002,DIS-01,West\n")
    plan = read_plan(path, COUNTY)
    assert plan.names == {"DIS-01": "West"}
    assert plan.retired == ("DIS-09",)
    assert plan.colours == {"DIS-01": "#77AADD"}


@pytest.mark.parametrize(
    "record", ["not json", "[1, 2]", '{"retired_codes": 7, "colours": ["#77AADD"]}']
)
def test_another_file_of_that_name_tells_nothing(tmp_path, record):
    """A run.json that is no record of a run is passed over."""
    write(tmp_path, record, "run.json")
    path = write(tmp_path, "urn,cluster\n100001,A\n")
    assert read_plan(path, COUNTY).retired == ()


def test_every_fault_of_a_file_at_once(tmp_path):
    """Rows that are no schools."""
    text = "urn,cluster,cluster_name\nabc,A,West\n,B,\n100001,A,West\nx,A,East\n"
    with pytest.raises(InputError) as error:
        read_plan(write(tmp_path, text), COUNTY)
    assert [fault.row for fault in error.value.faults] == [2, 3, 5]


@pytest.mark.parametrize(
    ("rows", "names", "said"),
    [
        # A school that was moved, its old name left beside its new code, or no name.
        (("A West", "A West", "B East", "B East", "B West"), {"A": "West", "B": "East"}, ["B"]),
        (("A West", "B East", "B ", "A West"), {"A": "West", "B": "East"}, []),
        # As many rows of either name: the one that the other cluster has is not its own.
        (("A West", "A West", "B West", "B East"), {"A": "West", "B": "East"}, ["B"]),
        (("A East", "A West", "B East", "B East"), {"A": "West", "B": "East"}, ["A"]),
        # Nothing else to go by.
        (("A West", "A East"), {"A": "West"}, ["A"]),
        # Names of one another: each keeps what most of its rows have.
        (("A West", "A West", "A East", "B East", "B East", "B West"), {"A": "West", "B": "East"},
         ["A", "B"]),
    ],
)  # fmt: skip
def test_a_cluster_takes_its_own_name_and_it_is_said_which(tmp_path, rows, names, said):
    """Moving a school by hand is changing one cell: the cluster it comes to keeps its name."""
    cells = [row.partition(" ")[::2] for row in rows]
    lines = [f"{100001 + k},{code},{name}" for k, (code, name) in enumerate(cells)]
    path = write(tmp_path, "\n".join(["urn,cluster,cluster_name", *lines]))
    with notices_of_files() as notices:
        plan = read_plan(path, COUNTY)
    assert dict(plan.names) == names
    assert len(notices) == len(said)
    for code, notice in zip(said, notices, strict=True):
        assert f"{code} is called {names[code]!r}; " in notice.text
        assert "left out" in notice.text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("school,cluster\n1,A\n", "urn"),
        ("urn\n1\n", "cluster"),
        ("urn,cluster\n100001,\n", "no school is in a cluster"),
    ],
)
def test_a_file_that_is_no_plan(tmp_path, text, said):
    """The column that is missing is named."""
    with pytest.raises(InputError, match=said):
        read_plan(write(tmp_path, text), COUNTY)


def test_a_planners_own_names(tmp_path):
    """Two columns, each cell filled, no code twice."""
    given = read_names(write(tmp_path, "Code,Name\nA-1,The Weald\n"))
    assert given.names == {"A-1": "The Weald"}
    with pytest.raises(InputError) as error:
        read_names(write(tmp_path, "code,name\nA,\n,x\nB,b\nB,c\n"))
    assert [fault.row for fault in error.value.faults] == [2, 3, 5]
    with pytest.raises(InputError, match="name"):
        read_names(write(tmp_path, "code\nA\n"))
