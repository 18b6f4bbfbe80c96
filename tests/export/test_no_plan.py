"""What is written of a run without a plan: a report and a record, whole, and nothing else."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from cluster_geo.errors import OutputError
from cluster_geo.explain import Explanation, explanation_of
from cluster_geo.export import no_plan, write_no_plan, write_outputs
from cluster_geo.optimise import Result
from cluster_geo.publish import ExplanationPublication
from tests.briefs import disclosed
from tests.explain.clashes import zone_too_small
from tests.outputs import BRIEF, HOSTILE, SETTINGS, make_world

INTERNAL = replace(BRIEF, audience="internal")
NOTHING = Result("none found", "work limit", None, None, None, 9.0, 7, work=40, timed=False)


@pytest.fixture(scope="module")
def case():
    """A district of two schools where a cluster has three."""
    return zone_too_small()


@pytest.fixture(scope="module")
def found(case):
    return explanation_of(case.county, case.rulebook, work=400_000, threads=1)


def published(case, explanation, brief, result=None):
    return ExplanationPublication(disclosed(case.county, brief), explanation, result)


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_proof_takes_the_place_of_an_earlier_plan(case, found, tmp_path):
    """No file of another run's plan stays beside the word that there is none; the planner's do."""
    folder = tmp_path / "out"
    write_outputs(folder, make_world().published())
    (folder / "minutes of the meeting.txt").write_text("keep me")
    written = write_no_plan(folder, published(case, found, BRIEF))
    assert names_in(folder) == ["minutes of the meeting.txt", "report.html", "run.json"]
    assert [path.name for path in written] == ["report.html", "run.json"]
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assert record["status"] == "impossible"
    assert record["cost"] is record["bound"] is record["clusters"] is None
    assert record["scenario"] == SETTINGS
    (clash,) = record["explanation"]["clashes"]
    assert {demand["rule"] for demand in clash["demands"]} == {"size", "district"}
    assert clash["cures"]
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "It is proven that no plan meets the requirements." in page
    assert "A: 2 schools cannot be cut into clusters of 3 to 6." in page
    assert clash["cures"][0]["words"][1:] in page


def test_what_is_not_proven_is_not_called_impossible(case, tmp_path):
    """A search that found nothing: its limits are told, and the same run gives the same bytes."""
    told = Explanation(
        "not proven", statements=("It remains a preference that no federation is split.",)
    )
    pages = []
    for name in ("one", "two"):
        write_no_plan(tmp_path / name, published(case, told, BRIEF, NOTHING))
        pages.append([path.read_bytes() for path in sorted((tmp_path / name).iterdir())])
    assert pages[0] == pages[1]
    record = json.loads((tmp_path / "one" / "run.json").read_text(encoding="utf-8"))
    assert record["status"] == "none found"
    assert record["stopped_by"] == "work limit"
    assert record["seconds"] is None
    page = (tmp_path / "one" / "report.html").read_text(encoding="utf-8")
    assert "not proven" in page
    assert "impossible" not in page


def test_a_fault_half_way_touches_nothing(case, found, tmp_path, monkeypatch):
    """The disk is full when the record is written: the earlier run's files are as they were."""
    folder = tmp_path / "out"
    write_no_plan(folder, published(case, found, BRIEF))
    before = [path.read_bytes() for path in sorted(folder.iterdir())]

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(no_plan, "write_json", full)
    with pytest.raises(OutputError, match="No space left"):
        write_no_plan(folder, published(case, found, INTERNAL))
    assert [path.read_bytes() for path in sorted(folder.iterdir())] == before
    assert names_in(tmp_path) == ["out"]


def test_the_page_is_marked_and_harmless(case, tmp_path):
    """Internal pages say what they are at both ends; hostile words are words."""
    told = Explanation("not proven", statements=HOSTILE)
    write_no_plan(tmp_path / "out", published(case, told, INTERNAL))
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert page.count("OFFICIAL-SENSITIVE") >= 2
    assert "<script" not in page
    assert "<img" not in page
    assert "<svg" not in page
    assert "{{ 7*7 }}" in page.replace("&#123;", "{").replace("&#125;", "}")
