"""The files of a scenario are read with its county, once, and never looked at again."""

from __future__ import annotations

import hashlib
import json
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import Field

import cluster_geo as cg
from cluster_geo.county import County, Inputs
from cluster_geo.errors import InputError
from cluster_geo.explain import explanation_text, why_text
from cluster_geo.records import recorded_as
from cluster_geo.rules import Rulebook, Zones
from cluster_geo.scenario import (
    Naming,
    Reading,
    RuleKind,
    Scenario,
    Section,
    forget_rule,
    frozen_clusters,
    load_county,
    papers_of,
    read_scenario,
    reference_plan,
    register_rule,
    rulebook_of,
    with_inputs,
)
from cluster_geo.scenario.values import InputFile
from tests.copies import ROOT
from tests.scenario.effects.everything import every_file
from tests.scenario.effects.table import settings_of
from tests.scenario.effects.town import Town, urn, urns

# What a plan of the town's eight schools needs beside its files, and what all files are used for.
ASKED = {
    "clusters.size": "1:4",
    "clusters.primaries": 0,
    "clusters.secondaries": 0,
    "pairs.rule": "priced",
    "networks.rule": "priced",
    "reference.weight": 1.5,
    "reference.most_movers": 6,
    "reference.freeze_clusters": ["B-2"],
    "schools.as_at": "2025-09-01",
    "solve.work": 500,
}


def keyed(settings: Mapping[str, Any]) -> dict[str, Any]:
    return {key.replace("__", "."): value for key, value in settings.items()}


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> Town:
    """The town's files, which stay as they are; a test that changes one puts it back."""
    return Town(tmp_path_factory.mktemp("town"), dict(settings_of()), {})


@pytest.fixture(scope="module")
def scenario(town) -> Scenario:
    """A scenario that names every kind of file."""
    return read_scenario(town.base, ASKED | keyed(every_file(town)))


@pytest.fixture(scope="module")
def county(scenario) -> County:
    """The county of that scenario, read once: nothing changes a county."""
    return load_county(scenario)


@pytest.fixture(scope="module")
def before(scenario, county, tmp_path_factory) -> dict[str, Any]:
    """What comes of the scenario while its files are there."""
    return came_of(county, scenario, tmp_path_factory.mktemp("before") / "out")


@pytest.fixture
def files(town, scenario) -> Iterator[dict[Path, bytes]]:
    """What every file holds; each is put back at the end of the test."""
    paths = {*scenario.files().values(), town.folder / "run.json"}
    held = {path: path.read_bytes() for path in paths}
    yield held
    for path, content in held.items():
        path.write_bytes(content)


def came_of(county: County, scenario: Scenario, folder: Path) -> dict[str, Any]:
    """Return what each part of the tool makes of a scenario, in a form that can be compared."""
    book = rulebook_of(county, scenario)
    proposal = cg.propose(county, scenario, threads=1)
    plan = proposal.plan
    cg.write(proposal, folder)
    # Every search of eight schools ends long before its time.
    worth = cg.price(county, scenario, plan, time_limit=30, threads=1).table
    return {
        "rules": facts_of(book),
        "frozen": frozen_clusters(county, scenario, book),
        "plan": plan,
        "broken": cg.audit(county, scenario, plan).broken,
        "explained": explanation_text(cg.explain(county, scenario, threads=1)),
        "why": why_text(cg.why(county, scenario, plan, urn(1), work=500), plan, county),
        "worth": worth[["rule", "words", "status", "found"]].map(repr).values.tolist(),
        "names": Naming.of(county, scenario).name(plan, county),
        "papers": repr(papers_of(county, scenario)),
        "written": {path.name: path.read_bytes() for path in sorted(folder.iterdir())},
    }


def facts_of(book: Rulebook) -> list[dict[str, object]]:
    """Return all that the rules are made of but the graph and travel, which are the county's."""
    plain = (str, bool, int, float, tuple, frozenset, Mapping)
    return [
        {
            field.name: v
            for field in fields(rule)
            if isinstance(v := getattr(rule, field.name), plain)
        }
        for rule in (*book.rules, *book.plan_rules)
    ]


def deleted(path: Path) -> None:
    path.unlink()


def rewritten(path: Path) -> None:
    path.write_text("urn,cluster\n1,nonsense\n", encoding="utf-8")


@pytest.mark.parametrize("harm", [deleted, rewritten])
def test_what_becomes_of_the_files_later_changes_nothing(
    scenario, before, files, tmp_path, harm: Callable[[Path], None]
):
    """Rules, plans, names, explanations and every byte of the outputs are of what was read."""
    read = {str(path): hashlib.sha256(content).hexdigest() for path, content in files.items()}
    # Read anew: what a test before this one asked of a county may not stand in for a file.
    county = load_county(scenario)
    for path in files:
        harm(path)
    after = came_of(county, scenario, tmp_path / "after" / "out")
    for part, found in before.items():
        assert after[part] == found, part
    record = json.loads(after["written"]["run.json"])
    recorded = {source["path"]: source["sha256"] for source in record["inputs"]}
    assert recorded.keys() == read.keys()
    # Those of files with figures that are not public are keyed.
    assert all(recorded_as(read[path], sha256) for path, sha256 in recorded.items())
    assert before["frozen"]
    assert {"decisions.csv", "moves.csv"} <= before["written"].keys()


OPENED = """
import json, sys
import cluster_geo as cg
settings, base, named, folder = json.loads(sys.argv[1])
scenario = cg.read_scenario(base, settings)
phase, opened = "load", []
def heard(event, args):
    if event == "open" and isinstance(args[0], str) and args[0] in named:
        opened.append((phase, args[0]))
sys.addaudithook(heard)
county = cg.load_county(scenario)
phase = "later"
proposal = cg.propose(county, scenario, threads=1)
cg.write(proposal, folder)
cg.audit(county, scenario, proposal.plan)
cg.explain(county, scenario, threads=1)
cg.why(county, scenario, proposal.plan, 100001, work=100, threads=1)
print(json.dumps(opened))
"""


def test_each_file_is_opened_while_the_county_is_read_and_not_again(town, scenario, tmp_path):
    """Python says of each file that it opens one; those of shapes are opened by GDAL as well."""
    named = [str(path) for path in (*scenario.files().values(), town.folder / "run.json")]
    settings = {key: str(v) if isinstance(v, Path) else v for key, v in every(town).items()}
    arguments = json.dumps([settings, str(town.base), named, str(tmp_path / "new" / "out")])
    done = subprocess.run(
        [sys.executable, "-c", OPENED, arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    opened = json.loads(done.stdout)
    assert {path for _, path in opened} == set(named)
    assert {phase for phase, _ in opened} == {"load"}


def every(town: Town) -> dict[str, Any]:
    return ASKED | keyed(every_file(town))


@pytest.mark.parametrize(
    "setting",
    [
        "networks.file",
        "pairs.file",
        "reference.plan",
        "clusters.names",
        "schools.census",
        "boundaries.ward.file",
    ],
)
def test_a_county_read_from_another_file_is_refused(town, scenario, county, setting):
    """No rule is made, no name given and no cluster frozen by a file that was not named."""
    named = scenario.files()[setting]
    other = town.folder / f"other_{named.name}"
    other.write_bytes(named.read_bytes())
    asked = read_scenario(town.base, every(town) | {setting: other})
    for use in (
        lambda: rulebook_of(county, asked),
        lambda: reference_plan(county, asked),
        lambda: papers_of(county, asked),
        lambda: Naming.of(county, asked),
    ):
        with pytest.raises(InputError, match=", not with") as refused:
            use()
        (fault,) = refused.value.faults
        assert fault.setting == setting
        assert "load_county(scenario)" in fault.fix
    assert rulebook_of(load_county(asked), asked)


def test_rules_are_refused_where_no_earlier_plan_is_named(town):
    """It is the rules that ask for the file: nothing else of this scenario would."""
    named = {key: town.file(f"{key}.csv", "urn,network") for key in ("one", "other")}
    first, second = (read_scenario(town.base, {"networks.file": f}) for f in named.values())
    county = load_county(first)
    assert rulebook_of(county, first)
    with pytest.raises(InputError, match=r"networks\.file"):
        rulebook_of(county, second)


@pytest.mark.parametrize(
    ("setting", "refused"),
    [
        ("schools.links", True),
        ("travel.matrix", True),
        ("networks.file", False),
        ("reference.plan", False),
        ("boundaries", False),
    ],
)
def test_a_file_that_is_not_named_any_more(town, county, setting, refused):
    """It may not be in what is judged; what only a rule was made of makes no rule."""
    settings = {k: v for k, v in every(town).items() if not k.startswith(setting)}
    if setting == "reference.plan":
        settings = {k: v for k, v in settings.items() if not k.startswith("reference.")}
    asked = read_scenario(town.base, settings)
    if refused:
        with pytest.raises(InputError, match="but the scenario has no file"):
            rulebook_of(county, asked)
        return
    gone = {"ward", "area"} if setting == "boundaries" else {setting.split(".")[0]}
    assert gone.isdisjoint(rule.name for rule in rulebook_of(county, asked).rules)


def test_one_file_may_be_spelled_in_two_ways(town, scenario, county, monkeypatch):
    """From where it is, and from the folder one works in."""
    monkeypatch.chdir(town.folder)
    asked = read_scenario(town.base, every(town) | {"networks.file": Path("networks.csv")})
    assert asked.files()["networks.file"] != scenario.files()["networks.file"]
    assert "networks" in {rule.name for rule in rulebook_of(county, asked).rules}


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("travel.factor", 1.7),
        ("neighbours.reach_km", 7.0),
        ("neighbours.bridge", False),
        ("schools.phases", ["primary"]),
        ("boundaries.district.column", "trust"),
        ("boundaries.parish.column", "district"),
    ],
)
def test_a_scenario_of_another_county_is_refused(town, county, setting, value):
    """Its record would say what was not done."""
    asked = read_scenario(town.base, every(town) | {setting: value})
    with pytest.raises(InputError, match="the county was read with") as refused:
        rulebook_of(county, asked)
    assert any(
        fault.setting.startswith(setting.rsplit(".", 1)[0]) for fault in refused.value.faults
    )
    assert rulebook_of(load_county(asked), asked)


def test_other_settings_may_vary_with_one_county(town, county):
    """A weight is not in a file."""
    asked = read_scenario(town.base, every(town) | {"networks.weight": 1.25})
    rules = {rule.name: rule for rule in rulebook_of(county, asked).rules}
    assert rules["networks"].price == {"Coast": 1.25, "River": 7.5}


def test_a_county_put_together_by_hand_can_be_given_the_files(scenario, county):
    """Without them it is refused; what its parts were made of is its maker's affair."""
    by_hand = replace(county, inputs=Inputs())
    with pytest.raises(InputError, match="was read without"):
        rulebook_of(by_hand, scenario)
    given = with_inputs(by_hand, scenario)
    rules = {rule.name: rule for rule in rulebook_of(given, scenario).rules}
    assert set(rules["networks"].groups) == {"Coast", "River"}
    assert reference_plan(given, scenario).code_of[urn(1)] == "A-1"


def test_a_part_of_the_county_has_the_ties_of_its_own_schools(town):
    """And its own hubs of the plan to stay close to."""
    scenario = read_scenario(town.base, every(town) | {"pairs.rule": "hard"})
    part = load_county(scenario).within(urns(1, 3, 4, 5, 7))
    rules = {rule.name: rule for rule in rulebook_of(part, scenario).rules}
    assert rules["networks"].groups == {"Coast": frozenset(urns(4, 7))}
    assert list(rules["pairs"].groups.values()) == [frozenset(urns(1, 3))]
    assert rules["pairs not confirmed"].groups == {}
    plan = reference_plan(part, scenario)
    assert {cluster.hub for cluster in plan.clusters} <= set(part.urns)


def test_another_process_gets_them_with_the_county(scenario, county, files):
    """As every other part of it."""
    for path in files:
        path.unlink()
    sent = pickle.loads(pickle.dumps(county))
    here, there = (facts_of(rulebook_of(found, scenario)) for found in (county, sent))
    assert here == there
    assert any(facts.get("name") == "networks" for facts in here)


class RoadsSection(Section):
    """Roads that a planner has drawn."""

    file: InputFile | None = Field(None, description="URN and road of each school")
    bans: InputFile | None = Field(None, description="Roads that are closed")
    weight: float = Field(1.0, description="Price of a road beyond the first, in km of travel")


@pytest.fixture
def roads(tmp_path):
    """A kind of rule with files of its own; what it was asked to read is in the list."""
    asked = []

    def read(files, schools):
        asked.append((dict(files), len(schools)))
        rows = [line.split(",") for line in files["file"].read_text().splitlines()]
        return Reading({int(u): road for u, road in rows})

    def made(section, ask):
        if ask.content is not None:
            yield Zones("roads", ask.content, section.weight)

    kind = RuleKind("roads", RoadsSection, made, read=read)
    register_rule(kind)
    yield asked
    forget_rule(kind)


def test_a_rule_of_ones_own_reads_its_files_with_the_county(town, roads):
    """Once, all that are named, and each is on record with its hash."""
    road = town.file("roads.csv", *(f"{urn(k)},A{k % 2}" for k in range(1, 9)))
    bans = town.file("bans.csv", "A1")
    named = {"roads.file": road, "roads.bans": bans}
    scenario = read_scenario(town.base, named)
    county = load_county(scenario)
    assert {s.role: s.path for s in county.sources if "roads" in s.role} == {
        "roads": str(road),
        "roads bans": str(bans),
    }
    road.unlink()
    for weight in (1.0, 3.0):
        asked = read_scenario(town.base, named | {"roads.weight": weight})
        rule = next(rule for rule in rulebook_of(county, asked).rules if rule.name == "roads")
        assert rule.judge(rulebook_of(county, asked).cluster(urns(1, 2, 3))).price == weight
    assert roads == [({"file": road, "bans": bans}, 8)]
    with pytest.raises(InputError, match=r"roads\.bans"):
        rulebook_of(county, read_scenario(town.base, {"roads.file": road}))
    assert "roads" not in {r.name for r in rulebook_of(county, read_scenario(town.base)).rules}


def test_a_file_that_changes_while_it_is_read_is_refused(town):
    """Nobody could say of which bytes the run was."""

    def read(files, schools):
        text = files["file"].read_text()
        files["file"].write_text(text + "more\n")
        return Reading(text)

    kind = RuleKind("roads", RoadsSection, lambda section, ask: (), read=read)
    register_rule(kind)
    try:
        scenario = read_scenario(town.base, {"roads.file": town.file("changing.csv", "A1")})
        with pytest.raises(InputError, match="changed while it was read"):
            load_county(scenario)
    finally:
        forget_rule(kind)
