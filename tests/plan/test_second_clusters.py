"""Schools that also work with a second cluster: read, fitted to a plan, and counted once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cluster_geo.errors import InputError
from cluster_geo.plan import SecondCluster, SecondClusters, read_second_clusters
from cluster_geo.report.packs import packs_of
from cluster_geo.report.page import report_page
from tests.markup import words_of
from tests.outputs import make_papers, make_world
from tests.worlds import FIRST_URN

KNOWN = range(FIRST_URN, FIRST_URN + 18)


def listed(tmp_path, *rows, header="urn,cluster,reason"):
    """Write a list, and read it."""
    path = tmp_path / "second.csv"
    path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    return read_second_clusters(path, KNOWN)


def test_a_list_is_read(tmp_path):
    """In order of URN and code; a reason may be missing."""
    first, second = FIRST_URN, FIRST_URN + 1
    found = listed(tmp_path, f"{second},SQU-02,Split", f"{first},SQU-03,")
    assert found.rows == (
        SecondCluster(first, "SQU-03"),
        SecondCluster(second, "SQU-02", "Split"),
    )
    assert listed(tmp_path, f"{first},B", header="URN,Code").rows == (SecondCluster(first, "B"),)


def test_every_fault_is_found(tmp_path):
    """Each with its row and what to do."""
    rows = ["x,SQU-01,", "999999,SQU-01,", f"{FIRST_URN},,", f"{FIRST_URN},A,", f"{FIRST_URN},a,"]
    with pytest.raises(InputError) as caught:
        listed(tmp_path, *rows)
    found = [(fault.row, fault.column) for fault in caught.value.faults]
    assert found == [(2, "urn"), (3, "urn"), (4, "cluster"), (6, "cluster")]
    assert "999999 is none of the schools that are planned" in str(caught.value)


def test_what_says_nothing_of_the_plan_is_left_out_with_the_reason():
    """A code that it has not, a school that is in it, a school that is in none."""
    world = make_world()
    plan, code_of = world.plan, world.plan.code_of
    other = next(code for code in plan.codes if code != code_of[FIRST_URN])
    rows = [
        SecondCluster(FIRST_URN, other.lower(), "Split"),
        SecondCluster(FIRST_URN, code_of[FIRST_URN]),
        SecondCluster(FIRST_URN, "ZZZ-01"),
        SecondCluster(999_999, other),
    ]
    shown, wrong = SecondClusters(tuple(rows)).of_plan(plan)
    assert shown == (SecondCluster(FIRST_URN, other, "Split"),)
    assert wrong == (
        f"{FIRST_URN} is in {code_of[FIRST_URN]} already.",
        f"{FIRST_URN}: no cluster of this plan is called ZZZ-01.",
        "999999 is in no cluster of this plan.",
    )


def test_it_is_shown_with_both_clusters_and_counted_in_one():
    """In the report, the pack of the second cluster and the page of the school."""
    world = make_world()
    other = next(c for c in world.plan.codes if c != world.plan.code_of[FIRST_URN])
    ties = SecondClusters((SecondCluster(FIRST_URN, other, "<b>Split</b>"),))
    published = world.published(papers=replace(make_papers(world), second_clusters=ties))
    pages, plain = packs_of(published), packs_of(world.published())
    for page in (report_page(published), pages[f"cluster-{other}.html"]):
        assert "<b>Split</b>" not in page
        assert "Schools of other clusters that also work with this one" in words_of(page)
    assert "Also works with" in words_of(pages[f"school-{FIRST_URN}.html"])
    assert "Also works with" not in words_of(plain[f"school-{FIRST_URN}.html"])
    assert published.clusters.equals(world.published().clusters)
