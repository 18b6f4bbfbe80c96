"""The main job as a library call."""

import json

import pytest

from cluster_geo import pipeline, wishes
from cluster_geo.errors import (
    ImpossibleError,
    InputError,
    NoPlanFoundError,
    OutputError,
    ScenarioError,
)
from cluster_geo.explain import Explanation
from cluster_geo.optimise import Result
from cluster_geo.optimise.certainty import REASONS
from cluster_geo.plan import Plan, read_plan
from cluster_geo.scenario import load_county, read_scenario, rulebook_of
from tests.cli.street import write_plan, write_street


@pytest.fixture(scope="module")
def scenario():
    return read_scenario("example")


@pytest.fixture(scope="module")
def by_hand(scenario, tmp_path_factory):
    """A plan by hand on disk: tens by URN, which breaks rules."""
    path = tmp_path_factory.mktemp("plans") / "by_hand.csv"
    urns = load_county(scenario).urns
    rows = [f"{urn},C-{k // 10:02d}" for k, urn in enumerate(urns)]
    path.write_text("\n".join(["urn,cluster", *rows]) + "\n")
    return path


def judge(path, scenario):
    """Return a plan of a file as a proposal."""
    county = load_county(scenario)
    return pipeline.proposal_of(county, scenario, read_plan(pipeline.plan_file(path), county))


FAILURE = "HiGHS 1.16.0 answered: error, model status not set"


def ends_with(monkeypatch, status, stopped_by, statements=(), **more):
    """Let the search end without a plan."""

    def propose(county, scenario, **_):
        result = Result(status, stopped_by, None, None, None, 3.0, 1, statements=statements, **more)
        return result, rulebook_of(county, scenario)

    monkeypatch.setattr(wishes, "solve_scenario", propose, raising=False)


def test_a_proof_of_impossibility_is_told_with_its_reasons(scenario, monkeypatch):
    """A search that proves there is no plan ends in that error, and says why."""
    ends_with(monkeypatch, "impossible", "proof", ("Stanmere has too few secondaries.",))
    with pytest.raises(ImpossibleError, match="Stanmere has too few"):
        pipeline.propose(load_county(scenario), scenario)


def test_running_out_of_time_proves_nothing(scenario, monkeypatch):
    """A search that found nothing in time does not say that there is nothing."""
    ends_with(monkeypatch, "none found", "time limit")
    with pytest.raises(NoPlanFoundError, match="not proven") as caught:
        pipeline.propose(load_county(scenario), scenario)
    assert caught.value.exit_code == 4


@pytest.mark.parametrize(
    ("stopped_by", "advice"),
    [
        (
            "time limit",
            "Allow more time with --time-limit, or turn a requirement into a preference.",
        ),
        (
            "work limit",
            "Allow more work with --set solve.work, or turn a requirement into a preference.",
        ),
        ("interrupted", "Let the search continue, or turn a requirement into a preference."),
        ("tolerance", None),
    ],
)
def test_what_may_help_depends_on_why_the_search_ended(scenario, monkeypatch, stopped_by, advice):
    """More time is no cure where time is not what ran out."""
    ends_with(monkeypatch, "none found", stopped_by)
    with pytest.raises(NoPlanFoundError) as caught:
        pipeline.propose(load_county(scenario), scenario)
    head = f"The search found no plan in 3 seconds and ended because {REASONS[stopped_by]}. "
    head += "It is not proven whether there is one."
    assert str(caught.value) == head + (f" {advice}" if advice else "")


def test_a_solvers_failure_without_a_plan_proves_nothing(scenario, monkeypatch, tmp_path):
    """Message, report and record name what failed; nobody is sent for more time."""
    ends_with(monkeypatch, "none found", "solver failure", failure=FAILURE)
    found = pipeline.seek(load_county(scenario), scenario)
    error = found.error()
    assert isinstance(error, NoPlanFoundError)
    assert (error.exit_code, error.failure) == (4, FAILURE)
    said = f"The solver failed during the search ({FAILURE}). No plan was found before the failure"
    assert str(error).startswith(said)
    assert "--time-limit" not in str(error)
    pipeline.write_why_not(found, pipeline.why_not(found), tmp_path / "out")
    record = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert (record["status"], record["stopped_by"]) == ("none found", "solver failure")
    assert record["failure"] == record["explanation"]["failure"] == FAILURE
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert said in page
    assert "Allow more time" not in page


def test_a_plan_found_after_a_proof_that_there_is_none_is_not_hushed_up(scenario, monkeypatch):
    """The proof is refuted: nothing is called impossible, and the fault is told."""
    ends_with(monkeypatch, "impossible", "proof")
    found = pipeline.seek(load_county(scenario), scenario)
    there = Explanation("possible", plan=Plan.of([]))
    monkeypatch.setattr("cluster_geo.pipeline.no_plan.explanation_of", lambda *_, **__: there)
    with pytest.raises(NoPlanFoundError, match="The solver failed and nothing is proven"):
        pipeline.why_not(found)


def test_what_is_proven_stays_proven_without_time_to_explain(scenario, monkeypatch, tmp_path):
    """The search took all of the time: the report says what it has proven, and what is not known."""
    ends_with(monkeypatch, "impossible", "proof", ("Stanmere has too few secondaries.",))
    asked = read_scenario("example", {"solve.time_limit": "3"})
    found = pipeline.seek(load_county(asked), asked)
    told = pipeline.why_not(found)
    assert told.status == "impossible"
    assert any("Stanmere" in words for words in told.statements)
    written = pipeline.write_why_not(found, told, tmp_path / "out")
    assert [path.name for path in written] == ["report.html", "run.json"]
    record = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert record["status"] == "impossible"
    assert pipeline.scenario_of_run(tmp_path / "out").solve.time_limit == 3


def test_a_search_that_found_nothing_leaves_an_earlier_plan(
    scenario, by_hand, monkeypatch, tmp_path
):
    """Nothing is proven, so nothing is taken away; in an empty folder it is told."""
    pipeline.write(judge(by_hand, scenario), tmp_path / "old")
    before = [path.read_bytes() for path in sorted((tmp_path / "old").iterdir())]
    ends_with(monkeypatch, "none found", "time limit")
    found = pipeline.seek(load_county(scenario), scenario)
    told = pipeline.why_not(found)
    assert told.status == "not proven"
    assert pipeline.write_why_not(found, told, tmp_path / "old") == []
    assert [path.read_bytes() for path in sorted((tmp_path / "old").iterdir())] == before
    assert len(pipeline.write_why_not(found, told, tmp_path / "new")) == 2


def test_ctrl_c_while_it_is_explained_keeps_the_proof(scenario, monkeypatch):
    """What counting has proven is told, although the search for cures was stopped."""

    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("cluster_geo.pipeline.no_plan.explanation_of", stop)
    asked = read_scenario("example", {"clusters.count": "3"})
    found = pipeline.seek(load_county(asked), asked)
    assert found.result is None
    told = pipeline.why_not(found)
    assert told.status == "impossible"
    assert told.statements == found.words
    assert "at most 3 clusters" in told.statements[0]


def test_files_for_names_are_read_before_the_search(scenario, monkeypatch, tmp_path):
    """A faulty file of names is known before minutes are spent."""
    ends_with(monkeypatch, "none found", "time limit")
    names = tmp_path / "names.csv"
    names.write_text("code,name\nALD-01,\n")
    asked = read_scenario("example", {"clusters.names": names})
    with pytest.raises(InputError, match="blank"):
        pipeline.propose(load_county(asked), asked)


def test_a_plan_by_hand_is_judged_as_it_stands(scenario, by_hand):
    """The audit speaks of the file's own clusters, and the plan is not changed."""
    judged = judge(by_hand, scenario)
    assert judged.result is None
    assert judged.plan.labels[0] == "C-00"
    assert len(judged.plan) == 13
    assert not judged.audit.kept
    assert "size" in judged.audit.by_rule.index


def test_what_is_written_can_be_read_again(scenario, by_hand, tmp_path):
    """The record beside a plan gives back its scenario, changed where asked."""
    judged = judge(by_hand, scenario)
    folder = tmp_path / "out"
    written = pipeline.write(judged, folder)
    assert all(path.is_file() for path in written)
    again = pipeline.scenario_of_run(folder)
    assert again == scenario.as_granted(())
    assert judge(folder, again).plan.code_of == judged.plan.code_of
    other = pipeline.scenario_of_run(folder / "clusters.csv", {"clusters.size": "6:12"})
    assert str(other.clusters.size) == "6:12"
    with pytest.raises(ScenarioError, match=r"solve\.seed"):
        pipeline.scenario_of_run(folder, {"solve.sed": "1"})


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"scenario": 3}', '{"scenario": {"x": 1}}'])
def test_a_record_that_tells_no_scenario(tmp_path, text):
    """A run.json that is damaged or not ours is a fault, never a traceback."""
    (tmp_path / "run.json").write_text(text)
    (tmp_path / "clusters.csv").write_text("urn,cluster\n1,a\n")
    with pytest.raises(InputError):
        pipeline.scenario_of_run(tmp_path)


def test_a_map_that_cannot_be_written(scenario, by_hand, tmp_path):
    """A failed map leaves the old one, and no draft beside it."""
    judged = judge(by_hand, scenario)
    taken = tmp_path / "map.html"
    taken.mkdir()
    with pytest.raises(OutputError, match="cannot be written"):
        pipeline.draw(judged, taken)
    assert [path.name for path in tmp_path.iterdir()] == ["map.html"]


def test_a_folder_of_an_earlier_run_can_be_written(tmp_path):
    """A folder that is there, or is not there yet, is fine; a file in its place is not."""
    pipeline.require_writable(tmp_path)
    pipeline.require_writable(tmp_path / "new" / "below")
    (tmp_path / "file").write_text("")
    for path in ("file", "file/below"):
        with pytest.raises(OutputError):
            pipeline.require_writable(tmp_path / path)


def test_the_record_is_plain_json(scenario, by_hand, tmp_path):
    """run.json holds the plan's facts, the scenario and a hash for each input."""
    pipeline.write(judge(by_hand, scenario), tmp_path / "out")
    record = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert record["status"] == "audited"
    assert record["scenario"]["clusters"]["size"] == "8:14"
    assert {row["role"] for row in record["inputs"]} >= {"schools", "census", "crossings"}


def test_clusters_frozen_as_they_were_may_break_rules_and_it_is_said(tmp_path):
    """Six schools where five may be, kept as asked: the plan is given, with what it breaks."""
    file = write_street(tmp_path, "psppspps")
    before = write_plan(tmp_path / "before.csv", "123456", "78")
    asked = {"reference.plan": str(before), "reference.freeze_clusters": "C-1"}
    scenario = read_scenario(file, asked)
    proposal = pipeline.propose(load_county(scenario), scenario, threads=1)
    assert not proposal.audit.kept
    assert [len(cluster.members) for cluster in proposal.plan.clusters] == [6, 2]
    said = "Some frozen clusters break requirements; the audit names them."
    assert proposal.result.statements[-1] == said
    assert "only plans that keep it unchanged" in proposal.result.statements[-2]


def test_what_is_impossible_beside_frozen_clusters_is_said_to_be_that(tmp_path):
    """Two of a street frozen, and six left where a cluster has four and the plan two: no plan so."""
    file = write_street(tmp_path, "psppspps")
    before = write_plan(tmp_path / "before.csv", "12", "345678")
    asked = {
        "reference.plan": str(before),
        "reference.freeze_clusters": "C-1",
        "clusters.size": "2:4",
        "clusters.count": "2",
    }
    scenario = read_scenario(file, asked)
    county = load_county(scenario)
    with pytest.raises(
        ImpossibleError, match="1 cluster is frozen, so the proof covers only plans"
    ):
        pipeline.propose(county, scenario, threads=1)
