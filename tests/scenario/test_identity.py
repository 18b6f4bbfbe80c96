"""A year later: schools have other URNs, and nothing about them has changed."""

import pandas as pd
import pytest
from click.testing import CliRunner

import cluster_geo as cg
from cluster_geo.cli import main
from cluster_geo.scenario import carried_pins
from cluster_geo.scenario.sections import PinsSection
from cluster_geo.schools.identity import Identity, Succession
from tests.cli.street import write_plan, write_street

PHASES = "pspppsppsp"
LINKS = "URN,LinkURN,LinkName,LinkType,LinkEstablishedDate"


@pytest.fixture
def later(tmp_path):
    """Return a function that converts schools of a street, and gives the scenario of then."""
    scenario = write_street(tmp_path, PHASES, "WWWWWEEEEE", "AA.BB..BB.")
    write_plan(tmp_path / "plan.csv", "1234", "567", "89")
    with (tmp_path / "plan.csv").open("a") as stream:
        stream.write("100010,C-3\n")

    def convert(*urns, settings=""):
        register = (tmp_path / "schools.csv").read_text(encoding="utf-8")
        links = [LINKS]
        for urn in urns:
            register = register.replace(f"{urn},", f"{urn + 100_000},")
            links.append(f"{urn + 100_000},{urn},Before,Predecessor,01-04-2025")
        (tmp_path / "schools.csv").write_text(register, encoding="utf-8")
        (tmp_path / "links.csv").write_text("\n".join(links) + "\n", encoding="utf-8")
        text = scenario.read_text().replace("[schools]", '[schools]\nlinks = "links.csv"')
        scenario.write_text(text + settings)
        return cg.read_scenario(str(scenario))

    return convert


def run(*words):
    done = CliRunner().invoke(main, [str(word) for word in words])
    assert done.exit_code == 0, done.output
    return done.output


def test_a_plan_of_last_year_is_judged_by_the_schools_of_today(later, tmp_path):
    """Nobody is missing, nobody unknown, and the list of notices says who was read as whom."""
    scenario = later(100_005)
    county = cg.load_county(scenario)
    plan = cg.read_plan(tmp_path / "plan.csv", county)
    verdict = cg.audit(county, scenario, plan)
    assert verdict.missing == ()
    assert plan.code_of[200_005] == "C-2"
    changes = cg.compare(county, scenario, tmp_path / "plan.csv", plan)
    assert changes.moves.empty
    output = run("audit", tmp_path / "plan.csv", "--scenario", tmp_path / "street.toml")
    assert "in no cluster" not in output
    named = ["--scenario", tmp_path / "street.toml"]
    assert "School 5 (200005)" in run("why", tmp_path / "plan.csv", "100005", *named)
    words = [str(w) for w in ("move", tmp_path / "plan.csv", "100005=C-1", *named)]
    refused = CliRunner().invoke(main, [*words, "--out", str(tmp_path / "moved")])
    assert refused.exit_code == 2
    assert "Give its URN of now: 200005" in refused.output


def test_a_cluster_whose_schools_all_converted_is_the_same(later, tmp_path):
    """It keeps its code and its name, and no school has moved."""
    later(
        100_008,
        100_009,
        100_010,
        settings='[plan]\nprevious_plan = "plan.csv"\n[reference]\nplan = "plan.csv"\n'
        'most_movers = 0\nfreeze_clusters = ["C-3"]\n',
    )
    run("propose", tmp_path / "street.toml", "--out", tmp_path / "out")
    rows = pd.read_csv(tmp_path / "out" / "clusters.csv").set_index("urn")["cluster"]
    assert set(rows[[200_008, 200_009, 200_010]]) == {"C-3"}
    assert pd.read_csv(tmp_path / "out" / "moves.csv").empty
    report = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "URN 100008 is read as" in report


def test_pins_and_the_clusters_of_an_earlier_run_carry_over(later, tmp_path):
    """Pinned under the URN of then; `--warm` reads what an earlier run has found."""
    scenario = tmp_path / "street.toml"
    run("propose", scenario, "--out", tmp_path / "first")
    later(100_005, settings="[pins]\ntogether = [[100004, 100005]]\n")
    output = run("propose", scenario, "--warm", tmp_path / "first", "--out", tmp_path / "second")
    assert "is not in the plan" not in output
    rows = pd.read_csv(tmp_path / "second" / "clusters.csv").set_index("urn")["cluster"]
    assert rows[100_004] == rows[200_005]


def test_pins_of_schools_that_were_split_or_have_become_one():
    """Both parts are pinned as the whole was; of one school nothing is left to keep apart."""
    identity = Identity(
        {
            1: Succession(1, (11, 12), ""),
            2: Succession(2, (20,), ""),
            3: Succession(3, (20,), ""),
        }
    )
    pins = PinsSection(together=((1, 5), (2, 3)), apart=((1, 5), (2, 3)), fixed={"7": (1, 2, 3)})
    now = carried_pins(pins, identity)
    assert now.together == ((11, 12, 5),)
    assert now.apart == ((5, 11), (5, 12))
    assert now.fixed == {"7": (11, 12, 20)}


def test_travel_times_carry_over(later, tmp_path):
    """A file of minutes from before the conversion serves on."""
    urns = [100_001 + k for k in range(len(PHASES))]
    rows = [f"{a},{b},{abs(a - b)}" for a in urns for b in urns if a != b]
    (tmp_path / "minutes.csv").write_text("\n".join(["from_urn,to_urn,minutes", *rows]) + "\n")
    scenario = later(100_005, settings='[travel]\nmatrix = "minutes.csv"\n')
    county = cg.load_county(scenario)
    assert county.travel.between(200_005, 100_001) == 4
