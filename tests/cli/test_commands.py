"""The commands on the example county, with a search that finds something at once."""

import csv
import json
import re
from dataclasses import replace

import pytest

from cluster_geo import wishes
from cluster_geo.compiled import warm as compilation
from cluster_geo.export import OUTPUT_FILES
from cluster_geo.optimise import Result
from cluster_geo.scenario import read_scenario, rulebook_of, scenario_text, template


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    """A plan by hand: the example's schools in tens by URN, one left out."""
    path = tmp_path_factory.mktemp("plans") / "by_hand.csv"
    rows = [f"{900_001 + k},C-{k // 10:02d}" for k in range(121)]
    path.write_text("\n".join(["urn,cluster", *rows]) + "\n")
    return path


def test_propose_writes_everything(run, instant_search, tmp_path):
    """The main job ends with every output, and says what was found and how sure it is."""
    result = run("propose", "--set", "clusters.size=1:122")
    assert result.exit_code == 0, result.output
    folder = tmp_path / "outputs" / "example"
    assert {path.name for path in folder.iterdir()} == set(OUTPUT_FILES)
    assert "122 schools in 2 clusters of 9 to 113." in result.stdout
    assert re.search(
        r"122 schools: \d+ primary, \d+ secondary, \d+ all-through, which", result.stdout
    )
    assert "Nothing useful is proven yet about how far it is from the best" in result.stdout
    assert "ended because it reached the time limit." in result.stdout
    assert "clusters.non_selective is priced" in result.stdout
    assert "A first plan: best score" in result.stderr
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assert record["status"] == "feasible"
    assert record["scenario"]["name"] == "example"
    with (folder / "clusters.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert len(list(csv.DictReader(stream))) == 122


def test_propose_passes_its_options_on(run, instant_search, tmp_path):
    """Time limit, seed and settings reach the search; the outputs go where they are asked."""
    result = run(
        "propose", "example", "--time-limit", 20, "--seed", 3, "--set", "clusters.size=1:122",
        "--authority", "Merrowshire", "--out", tmp_path / "there",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    (asked,) = instant_search
    assert (asked.solve.time_limit, asked.solve.seed) == (20, 3)
    assert str(asked.clusters.size) == "1:122"
    assert (tmp_path / "there" / "map.html").is_file()


def test_a_folder_that_cannot_be_written_is_refused_first(run, instant_search, tmp_path):
    """No search of minutes is begun for a folder that cannot be written."""
    (tmp_path / "taken").write_text("")
    assert run("propose", "--out", "taken").exit_code == 2
    assert run("propose", "--out", "taken/below").exit_code == 2
    assert instant_search == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("--set", "clusters.size=20:10"),
        ("--set", "nonsense=1"),
        ("--schools", "not_there.csv"),
        ("--authority", "Atlantis"),
        ("--boundary", "district"),
        ("--boundary", "pcn=not_there.gpkg"),
        ("--time-limit", "-1"),
        ("--time-limit", "soon"),
    ],
)
def test_bad_input_is_a_message_and_touches_nothing(run, instant_search, tmp_path, arguments):
    """What the planner did wrong is exit 2 and one message; no output is touched."""
    result = run("propose", *arguments)
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    assert list(tmp_path.iterdir()) == []


def test_proven_impossible_is_exit_3(run, instant_search, tmp_path):
    """Rules that clash by counting are named before any search."""
    result = run("propose", "--set", "clusters.secondaries=5", "--set", "solve.work=2000")
    assert result.exit_code == 3
    assert "It is proven that no plan meets the requirements" in result.stderr
    assert instant_search == []
    written = {path.name for path in (tmp_path / "outputs" / "example").iterdir()}
    assert written == {"report.html", "run.json"}


def test_audit_of_a_plan_by_hand(run, plan):
    """A plan drawn by hand is judged rule by rule; a script can ask for an exit code."""
    result = run("audit", plan, "--scenario", "example")
    assert result.exit_code == 0
    assert run("audit", plan, "--scenario", "example", "--strict").exit_code == 1
    assert "900122" in result.stdout
    assert "Size of a cluster" in result.stdout
    assert "Broken:" in result.stdout


def test_a_plan_needs_a_scenario(run, plan):
    """A plan that lies alone does not tell by which rules to judge it."""
    result = run("audit", plan)
    assert result.exit_code == 2
    assert "--scenario" in result.stderr
    assert run("audit", "not_there.csv", "--scenario", "example").exit_code == 2


def test_export_audit_and_map_of_a_run(run, plan, tmp_path):
    """A plan's outputs tell its scenario, so that they can be audited and drawn again."""
    result = run("export", plan, "--to", "out", "--scenario", "example")
    assert result.exit_code == 0, result.output
    assert {path.name for path in (tmp_path / "out").iterdir()} == set(OUTPUT_FILES)
    assert run("audit", "out").exit_code == 0
    before = (tmp_path / "out" / "map.html").read_bytes()
    assert run("map", "out", "--out", "again.html").exit_code == 0
    assert (tmp_path / "again.html").read_bytes() == before
    assert run("map", "out/clusters.csv").exit_code == 0
    assert run("map", "out", "--out", "no/such/folder.html").exit_code == 2


def test_check_reads_and_writes_nothing(run, tmp_path):
    """The inputs are shown, with what was noticed in them."""
    result = run("check")
    assert result.exit_code == 0
    assert "Alderwold" in result.stdout
    assert "Skerne Bridge" in result.stdout
    assert "The inputs can be used." in result.stdout
    assert list(tmp_path.iterdir()) == []


def test_check_proposes_pairs(run, tmp_path):
    """Pairs are proposed into a file, and a file that is there is not overwritten."""
    assert run("check", "--pairs", "pairs.csv").exit_code == 0
    text = (tmp_path / "pairs.csv").read_text(encoding="utf-8-sig")
    assert text.startswith("infant_urn,")
    again = run("check", "--pairs", "pairs.csv")
    assert again.exit_code == 2
    assert "there already" in again.stderr
    nowhere = run("check", "--pairs", "nowhere/pairs.csv")
    assert nowhere.exit_code == 2
    assert "nowhere/pairs.csv cannot be written" in nowhere.stderr
    assert run("check", "--set", "pairs.file=pairs.csv", "--set", "pairs.rule=hard").exit_code == 0


def test_check_names_clashes(run):
    """Rules that cannot all be kept are exit 3, in words."""
    result = run("check", "--set", "clusters.count=3")
    assert result.exit_code == 3
    assert "at most 3 clusters" in result.stderr


def test_scenario_prints_what_can_be_run(run, tmp_path):
    """The template and the shipped scenarios are printed as they are."""
    assert run("scenario").stdout == template()
    assert run("scenario", "kent").stdout == scenario_text("kent")
    assert run("scenario", "knt").exit_code == 2
    (tmp_path / "mine.toml").write_text(run("scenario").stdout, encoding="utf-8")
    assert read_scenario("mine.toml").name == "mine"


FAILURE = "HiGHS 1.16.0 answered: error"


def test_a_plan_from_before_a_solvers_failure_is_given_and_the_failure_told(
    run, instant_search, tmp_path, monkeypatch
):
    """Exit 0: the terminal, the report and the record say what failed, and what still stands."""
    propose = wishes.solve_scenario

    def failing(*arguments, **options):
        result, rulebook = propose(*arguments, **options)
        return replace(result, stopped_by="solver failure", failure=FAILURE), rulebook

    monkeypatch.setattr(wishes, "solve_scenario", failing)
    told = run("propose", "--set", "clusters.size=1:122", "--out", "out")
    assert told.exit_code == 0, told.output
    said = (
        f"The solver failed during the search ({FAILURE}). The plan and figures shown are those "
        "found and proven before the failure; run it again, and report it if it happens again."
    )
    assert said in told.stdout
    assert said in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    record = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert (record["stopped_by"], record["failure"]) == ("solver failure", FAILURE)
    assert record["status"] == "feasible"


def test_a_solvers_failure_without_a_plan_is_exit_4(run, tmp_path, monkeypatch):
    """Nothing is proven, and an earlier plan in the folder stays."""

    def failing(county, scenario, **_):
        none = Result("none found", "solver failure", None, None, None, 3.0, 1, failure=FAILURE)
        return none, rulebook_of(county, scenario)

    monkeypatch.setattr(wishes, "solve_scenario", failing)
    told = run("propose", "--out", "out")
    assert told.exit_code == 4
    assert f"The solver failed during the search ({FAILURE})." in told.stderr
    assert "nothing is proven" in told.stderr
    record = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert (record["status"], record["failure"]) == ("none found", FAILURE)


def test_the_search_is_compiled_while_the_files_are_read(run, monkeypatch):
    """Compilation is asked for before any file is opened, so that a first run waits less."""
    began = []
    monkeypatch.setattr(compilation, "begin", lambda: began.append("compiling"))
    refused = run("propose", "--schools", "nowhere.csv")
    assert refused.exit_code == 2
    assert "nowhere.csv" in refused.stderr
    assert began == ["compiling"]
