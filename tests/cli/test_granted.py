"""What a run granted is part of its record: whatever judges a plan of that run judges by it."""

from __future__ import annotations

import itertools
import json
import pickle
import re

import pytest

import cluster_geo as cg
from cluster_geo.scenario import rulebook_of
from cluster_geo.tolerances import HALF_SHOWN, SAME_SCORE
from tests.cli.street import FIRST, write_plan, write_street

WISHED = ("boundaries.district.rule=hard-if-possible", "solve.work=20000")
# Plans of each kind that are asked about.
FEW = 2
AS_GRANTED = (
    "Requirements here, as in the run of this plan: “Clusters follow the boundaries: District”."
)
BY_WEIGHT = "In the run of this plan no preference became a requirement"
# Phases and districts from west to east, the weight of crossing, and what is granted.
WORLDS = {
    "granted": ("psppspps", "WWWWEEEE", 0.1, ("boundaries.district",)),
    "granted, three districts": ("spspspps", "WWEEENNN", 0.2, ("boundaries.district",)),
    "not granted": ("psppsppp", "WWWWWWEE", 0.1, ()),
    "one of two": ("pspsppsp", "WWEEEEEE", 0.1, ("boundaries.district",)),
}


@pytest.fixture(params=WORLDS)
def solved(request, run, tmp_path):
    """A street solved to the end: how commands are run, its folder, what it was asked, what it granted."""
    phases, districts, weight, granted = WORLDS[request.param]
    scenario = write_street(tmp_path, phases, districts, "T..TT..T")
    asked = [*WISHED, f"boundaries.district.weight={weight}"]
    if request.param == "one of two":
        asked.append("srp.rule=hard-if-possible")
    options = [part for setting in asked for part in ("--set", setting)]
    told = run("propose", scenario, "--out", "out", *options)
    assert told.exit_code == 0, told.output
    return run, tmp_path / "out", [scenario, *options], granted


def in_rows(number):
    """Yield every way to cut a street into clusters of neighbours, as places from 0."""
    for cuts in itertools.product((False, True), repeat=number - 1):
        ends = [place for place, cut in enumerate(cuts, start=1) if cut]
        bounds = itertools.pairwise([0, *ends, number])
        yield [range(low, high) for low, high in bounds]


def test_no_plan_is_judged_below_what_was_proven(solved):
    """Of all plans of the street, and of what `why` and `compare` say of them, none of those kept."""
    _, folder, _, granted = solved
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    again = cg.scenario_of_run(folder)
    assert again.granted == granted
    county = cg.load_county(again)
    forgetful = again.as_granted(None)
    least = record["bound"] - SAME_SCORE
    judged, weighed = (rulebook_of(county, scenario) for scenario in (again, forgetful))
    plans = [judged.plan([FIRST + k for k in part] for part in parts) for parts in in_rows(8)]
    kept = sorted((plan for plan in plans if judged.keeps(plan)), key=judged.cost)
    assert all(judged.cost(plan) >= least for plan in kept)
    for plan in kept[:FEW]:
        assert cg.audit(county, again, plan).cost >= least
        answer = cg.why(county, again, plan, FIRST + 3, work=200)
        assert judged.cost(plan) - answer.improvable >= least
    # Without the record some plan would be: otherwise this shows nothing.
    below = [plan for plan in plans if weighed.keeps(plan) and weighed.cost(plan) < least]
    assert bool(below) == bool(granted)
    for plan in below[:FEW]:
        assert not cg.audit(county, again, plan).kept
        places = ["".join(str(u - FIRST + 1) for u in part.members) for part in plan.clusters]
        compared = cg.compare(county, forgetful, folder, write_plan(folder / "drawn.csv", *places))
        assert compared.scores[0] >= least
        assert not compared.after.audit.kept


def test_every_command_says_how_preferences_are_judged(solved):
    """And no score that it prints is below what the run has proven."""
    run, folder, asked, granted = solved
    bound = json.loads((folder / "run.json").read_text(encoding="utf-8"))["bound"]
    words = AS_GRANTED if granted else BY_WEIGHT
    price = ("price", *asked, "--plan", folder, "--time-limit", "0.2")
    for command in (
        ("audit", folder),
        ("export", folder, "--to", "again"),
        ("why", folder, FIRST, "--time-limit", "2"),
        ("compare", folder, folder / "clusters.csv"),
        price,
    ):
        told = run(*command)
        assert told.exit_code == 0, told.output
        said = " ".join(told.stdout.split())
        assert words.replace("this plan", "these plans") in said or words in said, command
        if command is not price:
            scores = re.findall(r"[Ss]cores? (?:of the plan: )?([\d,]+\.\d)", said)
            assert all(float(s.replace(",", "")) >= bound - HALF_SHOWN for s in scores), said


def street(tmp_path, weight=0.1):
    """A scenario whose districts can be kept, and its county."""
    path = write_street(tmp_path, "psppspps", "WWWWEEEE", "T..TT..T")
    settings = dict(setting.split("=") for setting in WISHED)
    scenario = cg.read_scenario(path, settings | {"boundaries.district.weight": weight})
    return scenario, cg.load_county(scenario)


def test_a_proposal_judges_as_its_search_did(tmp_path):
    """In one process as from a file; where it is not known, each preference is judged by weight."""
    scenario, county = street(tmp_path)
    proposal = cg.propose(county, scenario)
    across = proposal.rulebook.plan(
        [[FIRST + k for k in range(5)], [FIRST + 5, FIRST + 6, FIRST + 7]]
    )
    assert not cg.audit(county, proposal.scenario, across).kept
    assert cg.audit(county, scenario, across).by_rule.loc["district", "kind"] == "priced"
    cg.write(proposal, tmp_path / "out")
    again = cg.scenario_of_run(tmp_path / "out")
    assert again.granted == proposal.scenario.granted == ("boundaries.district",)
    assert pickle.loads(pickle.dumps(again)) == again != again.as_granted(None)
    assert again.record() == scenario.record()


def test_a_search_decides_anew_what_can_be_granted(tmp_path):
    """What a run granted does not bind the next one, whose schools may make it impossible."""
    scenario, county = street(tmp_path)
    asked = scenario.model_copy(update={"granted": ()})
    assert cg.propose(county, asked).scenario.granted == ("boundaries.district",)
    tight = cg.read_scenario(
        tmp_path / "street.toml",
        {"clusters.size": "8:8", "boundaries.district.rule": "hard-if-possible", "solve.work": 500},
    ).as_granted(["boundaries.district"])
    assert tight.granted
    assert cg.propose(county, tight).scenario.granted == ()
    assert cg.explain(county, tight).status == "possible"


def test_plans_of_two_runs_are_judged_alike(run, tmp_path):
    """What one run alone made a requirement is judged by its weight in both, and that is said."""
    write_street(tmp_path, "psppspps", "WWWWEEEE", "T..TT..T")
    asked = [part for setting in WISHED for part in ("--set", setting)]
    for folder in ("one", "two"):
        assert run("propose", "street.toml", "--out", folder, *asked).exit_code == 0
    said = " ".join(run("compare", "one", "two").stdout.split())
    assert AS_GRANTED.replace("this plan", "these plans") in said
    record = json.loads((tmp_path / "two" / "run.json").read_text(encoding="utf-8"))
    record["requirements"].remove("boundaries.district")
    (tmp_path / "two" / "run.json").write_text(json.dumps(record), encoding="utf-8")
    for pair in (("one", "two"), ("two", "one")):
        said = " ".join(run("compare", *pair).stdout.split())
        assert "one that only one of them made a requirement is judged by its weight" in said
    plan = write_plan(tmp_path / "drawn.csv", "1234", "5678")
    for pair in (("one", plan), (plan, "one", "--scenario", "street.toml", *asked)):
        said = " ".join(run("compare", *pair).stdout.split())
        assert AS_GRANTED.replace("this plan", "these plans") in said
    told = run("audit", plan, "--scenario", "street.toml", *asked)
    assert "No record of a run says which preferences became requirements" in told.stdout
