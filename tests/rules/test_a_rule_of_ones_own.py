"""A rule of one's own works in every part of the tool, by what it says and by nothing else."""

from __future__ import annotations

import math
import os
import pickle
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pytest
from pydantic import Field

from cluster_geo.audit import audit
from cluster_geo.county import County
from cluster_geo.errors import ScenarioError
from cluster_geo.explain import explanation_of, explanation_text, reasons_of, why_text, worth
from cluster_geo.explain.demands import demands_of, without
from cluster_geo.optimise.problem import Problem
from cluster_geo.phrases import listed
from cluster_geo.plan import Cluster
from cluster_geo.publish import Publication
from cluster_geo.report import report_page
from cluster_geo.report.sections import rule_rows
from cluster_geo.rules import (
    ClusterModel,
    OnePiece,
    PlanRule,
    PricedOrHard,
    Rulebook,
    Size,
    Together,
    TravelToHub,
    Verdict,
    find_clashes,
)
from cluster_geo.scenario import (
    Ask,
    RuleKind,
    Section,
    forget_rule,
    read_scenario,
    recorded_scenario,
    register_rule,
    rule_kinds,
    rulebook_of,
    template,
)
from cluster_geo.scenario.values import Price, Wish
from cluster_geo.wishes import solve_scenario
from tests.briefs import disclosed
from tests.copies import ROOT
from tests.markup import words_of
from tests.oracle import best_plan
from tests.paying import agreed
from tests.solving import faults, solved
from tests.worlds import draw_county, random_county


@dataclass(frozen=True)
class OneInitial(PricedOrHard):
    """The schools of a cluster begin with one letter, or each that does not is charged."""

    initial: Mapping[int, str]
    price: float = 0.0
    hard: bool = False
    name: str = "initials"

    def judge(self, cluster: Cluster) -> Verdict:
        letters = Counter(self.initial[urn] for urn in cluster.members)
        if not (others := len(cluster) - max(letters.values())):
            return Verdict()
        price = 0.0 if self.hard else self.price * others
        return Verdict(not self.hard, price, others, f"begins with {listed(sorted(letters))}")

    def formulate(self, model: ClusterModel) -> None:
        if self.hard:
            model.confine(self.initial)
        elif self.price:
            model.charge_outside_main(self.initial, self.price)

    @property
    def heading(self) -> str:
        return "One letter for all"

    def sentence(self, county: County) -> str:
        return "the schools of a cluster begin with the same letter"

    def against(self, group: frozenset[int], county: County) -> Iterator[str]:
        if len(letters := {self.initial[urn] for urn in group}) > 1:
            yield f"they begin with {listed(sorted(letters))}"


class InitialsSection(Section):
    """Schools that begin with the same letter."""

    rule: Wish = Field("shown", description="hard, priced, shown or hard-if-possible")
    weight: Price = Field(2.5, description="Price of a school of another letter, in km of travel")


def made(asked: InitialsSection, ask: Ask) -> Iterator[OneInitial]:
    hard, price = ask.strength("initials", asked.rule, asked.weight)
    yield OneInitial(initials(ask.county), price, hard)


INITIALS = RuleKind("initials", InitialsSection, made)


@dataclass(frozen=True)
class ClustersWithA(PlanRule):
    """So many clusters have a school that begins with A."""

    schools: frozenset[int]
    low: float
    high: float
    name: str = "clusters with an A"

    def coefficient(self, cluster: Cluster) -> float:
        return float(not self.schools.isdisjoint(cluster.members))

    def formulate(self, model: ClusterModel, price: float) -> None:
        model.charge_presence(self.schools, price)


def initials(county: County) -> dict[int, str]:
    return {urn: name[0] for urn, name in county.schools.names.items()}


def row(letters: str) -> County:
    """Return a row of primary schools that begin with these letters."""
    names = {100_001 + k: f"{letter}{k}" for k, letter in enumerate(letters)}
    return draw_county("p" * len(letters), columns={"name": names})


def book(county: County, sizes: tuple[int, int], *rules, plan_rules=(), **strength) -> Rulebook:
    """Return a rulebook with the rule in it."""
    own = OneInitial(initials(county), **strength)
    always = (Size(*sizes), OnePiece(county.neighbours.graph), TravelToHub(county.travel))
    return Rulebook((*always, *rules, own), county.travel, plan_rules)


# In pairs of neighbours the first and the last school are each beside one of another letter.
PAIRS, TWISTED = row("AABBAABB"), row("ABBAABBA")


@pytest.mark.parametrize("strength", [{"hard": True}, {"price": 1.5}])
@pytest.mark.parametrize("seed", range(3))
def test_a_search_finds_what_brute_force_finds(seed, strength):
    """A plan, or the proof that there is none, and each cluster is charged what it is judged."""
    county = random_county(seed, 7)
    letters = dict(zip(county.urns, np.random.default_rng(seed).choice([*"AB"], 7), strict=True))
    rule = OneInitial(letters, **strength)
    rulebook = Rulebook((Size(1, 4), TravelToHub(county.travel), rule), county.travel)
    assert best_plan(county, rulebook) is not None
    assert faults(solved(county, rulebook), county, rulebook) == []
    agreed(rule, county, rulebook.cluster(county.urns[:3]))


def test_an_audit_names_what_breaks_it():
    """In the words of the verdict, under the rule's own title."""
    rulebook = book(TWISTED, (2, 2), hard=True)
    found = audit(TWISTED, rulebook, rulebook.plan(pairs(TWISTED)))
    assert "breaks “One letter for all”: begins with A and B." in found.broken[0]
    assert found.titles["initials"] == "One letter for all"


def pairs(county: County) -> list[tuple[int, int]]:
    return list(zip(county.urns[::2], county.urns[1::2], strict=True))


def test_counting_holds_it_against_schools_that_must_be_together():
    """It says why no cluster can hold them."""
    tie = Together("pairs", {"P": frozenset(TWISTED.urns[:2])}, hard=True)
    (clash,) = find_clashes(TWISTED, book(TWISTED, (1, 4), tie, hard=True))
    assert clash.rules == ("pairs", "initials")
    assert clash.words.endswith("but they begin with A and B.")


def test_an_explanation_has_it_among_the_reasons_and_gives_it_up():
    """No count knows it; the search proves that pairs of one letter cannot be made."""
    found = explanation_of(TWISTED, book(TWISTED, (2, 2), hard=True), work=40_000, threads=1)
    assert found.status == "impossible"
    (clash,) = found.clashes
    assert "initials" in {demand.rule for demand in clash.reason.demands}
    text = explanation_text(found)
    assert "the schools of a cluster begin with the same letter" in text
    assert "o not ask that the schools of a cluster begin with the same letter" in text


@pytest.mark.parametrize(
    ("strength", "expected"),
    [
        ({"hard": True}, {"“One letter for all” given up": True}),
        (
            {"price": 1.5},
            {
                "“One letter for all” without weight": True,
                "“One letter for all” met without exception": False,
            },
        ),
        ({}, {"“One letter for all” met without exception": False}),
    ],
)
def test_a_price_is_found_for_it(strength, expected):
    """Given up or left out, a cluster of two letters is shorter; made hard, none has them."""
    county = row("AAABBB")
    found = worth(county, book(county, (2, 3), **strength), time_limit=10, threads=1)
    mine = found.table[found.table["rule"] == "initials"]
    assert set(mine["status"]) == {"optimal"}
    letters = initials(county)
    mixed = {
        words: any(len({letters[u] for u in c.members}) > 1 for c in found.plans[words].clusters)
        for words in mine["words"]
    }
    assert mixed == expected


def test_why_names_it_where_a_move_breaks_it():
    """A school of one letter cannot move to those of the other."""
    rulebook = book(PAIRS, (1, 4), hard=True)
    plan = rulebook.plan(pairs(PAIRS))
    found = reasons_of(PAIRS, rulebook, plan, PAIRS.urns[1], time_limit=10, threads=1)
    assert "One letter for all: begins with A and B" in why_text(found, plan, PAIRS)


def test_a_report_has_its_title_and_its_verdict():
    """In the table of rules, and in the report's words."""
    rulebook = book(TWISTED, (2, 2), price=1.5)
    plan = replace(rulebook.plan(pairs(TWISTED)), codes=("C-1", "C-2", "C-3", "C-4"))
    verdict = audit(TWISTED, rulebook, plan)
    (mine,) = [r for r in rule_rows(verdict) if r["title"] == "One letter for all"]
    assert (mine["verdict"], mine["score"]) == ("adds to the score in 4 of 4 clusters", 6.0)
    published = Publication(disclosed(TWISTED), plan, rulebook, verdict)
    assert "One letter for all" in words_of(report_page(published))


@pytest.fixture
def registered():
    """Let scenarios ask for the rule."""
    register_rule(INITIALS)
    yield
    forget_rule(INITIALS)


def test_nobody_knows_its_section_before_it_is_registered():
    """It is a fault like any unknown setting, and not in the template."""
    with pytest.raises(ScenarioError, match="initials"):
        read_scenario("example", {"initials.rule": "hard"})
    assert "initials" not in template()


@pytest.mark.usefixtures("registered")
def test_its_section_is_in_the_template_with_its_remarks():
    """With its defaults, and as TOML that can be read."""
    assert "# Schools that begin with the same letter.\n[initials]\n" in template()
    assert tomllib.loads(template())["initials"] == {"rule": "shown", "weight": 2.5}


def test_a_notebooks_card_lists_it_with_the_others(tmp_path):
    """And one read before it was registered has none of it."""
    networks = tmp_path / "networks.csv"
    networks.write_text("urn,network\n")
    before = read_scenario("example")
    register_rule(INITIALS)
    try:
        asked = {"initials.rule": "priced", "networks.file": str(networks)}
        shown = read_scenario("example", asked)._repr_html_()
        assert "initials: priced, 2.5 km" in shown
        assert "networks: priced, 3 km" in shown
        assert "initials" not in before._repr_html_()
        assert "networks" not in before._repr_html_()
        assert "initials" not in before.weighed()
    finally:
        forget_rule(INITIALS)


@pytest.mark.usefixtures("registered")
@pytest.mark.parametrize(
    ("settings", "hard", "price"),
    [
        ({}, False, 0.0),
        ({"initials.rule": "priced"}, False, 2.5),
        ({"initials.rule": "priced", "initials.weight": "4"}, False, 4.0),
        ({"initials.rule": "hard"}, True, 0.0),
    ],
)
def test_a_scenario_makes_the_rule_it_asks_for(settings, hard, price):
    """As strict as is said, and so again from the record of a run."""
    asked = read_scenario("example", {"boundaries": {}} | settings)
    for scenario in (asked, recorded_scenario(asked.record())):
        rule = next(r for r in rulebook_of(bare(PAIRS), scenario).rules if r.name == "initials")
        assert (rule.hard, rule.price) == (hard, price)


def bare(county: County) -> County:
    """Return the county with the layers of the example, without a zone."""
    layers = read_scenario("example").boundaries
    return replace(
        county, layers={name: draw_county("p", district="A").layers["district"] for name in layers}
    )


@pytest.mark.usefixtures("registered")
def test_a_scenario_takes_the_rule_along_to_another_process():
    """Where it is registered anew, so that nothing asked for is lost on the way."""
    asked = read_scenario("example", {"initials.rule": "hard"})
    sent = pickle.dumps(asked)
    forget_rule(INITIALS)
    assert pickle.loads(sent) == asked
    assert INITIALS in rule_kinds()


def test_the_command_knows_a_rule_that_is_installed(tmp_path):
    """A package declares its kind of rule as an entry point, and no line of the tool changes."""
    package = tmp_path / "own_rules-1.0.dist-info"
    package.mkdir()
    (package / "METADATA").write_text("Metadata-Version: 2.1\nName: own-rules\nVersion: 1.0\n")
    kind = "tests.rules.test_a_rule_of_ones_own:INITIALS"
    (package / "entry_points.txt").write_text(f"[cluster_geo.rules]\ninitials = {kind}\n")
    done = subprocess.run(
        [sys.executable, "-c", "from cluster_geo.cli import main; main(['scenario'])"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)])},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "# Price of a school of another letter, in km of travel\nweight = 2.5" in done.stdout


@pytest.mark.usefixtures("registered")
def test_a_setting_that_cannot_be_used_is_a_fault_like_any_other():
    """With what to give instead."""
    with pytest.raises(ScenarioError) as caught:
        read_scenario("example", {"initials.weight": "-1", "initials.rul": "hard"})
    text = str(caught.value)
    assert "Price of a school of another letter" in text
    assert "Did you mean 'initials.rule'?" in text


@pytest.mark.usefixtures("registered")
def test_no_layer_may_have_its_name():
    """A rule of that name is there already."""
    with pytest.raises(ScenarioError, match="is the name of a rule"):
        read_scenario("example", {"boundaries.initials.column": "district"})


def test_a_section_is_registered_once():
    """Neither a section of the tool's own nor another's can be taken."""
    with pytest.raises(ValueError, match="'srp'"):
        register_rule(replace(INITIALS, section="srp"))


@pytest.mark.usefixtures("registered")
@pytest.mark.parametrize(("county", "granted"), [(PAIRS, True), (TWISTED, False)])
def test_it_can_be_wished_for(county, granted):
    """Hard where a plan is found that keeps it, priced where none can, and said in its words."""
    settings = {"clusters.size": "2:2", "clusters.secondaries": "0", "clusters.count": "free"}
    wish = {"initials.rule": "hard-if-possible", "clusters.non_selective.rule": "shown"}
    scenario = read_scenario("example", {"solve.work": "20000"} | settings | wish)
    result, rulebook = solve_scenario(bare(county), scenario, threads=1)
    rule = next(rule for rule in rulebook.rules if rule.name == "initials")
    assert rule.hard is granted
    assert result.plan is not None
    outcome = "so it became a requirement" if granted else "It remains a preference"
    (words,) = [words for words in result.statements if "the same letter" in words]
    assert outcome in words


def test_a_wish_from_which_no_rule_is_made_is_no_wish():
    """As where a county has nothing that the rule could be about."""
    nothing = replace(INITIALS, make=lambda asked, ask: iter(()))
    register_rule(nothing)
    try:
        settings = {"clusters.size": "2:2", "clusters.secondaries": "0", "clusters.count": "free"}
        wish = {"initials.rule": "hard-if-possible", "clusters.non_selective.rule": "shown"}
        scenario = read_scenario("example", {"solve.work": "5000"} | settings | wish)
        result, _ = solve_scenario(bare(PAIRS), scenario, threads=1)
        assert result.plan is not None
        assert result.statements == ()
    finally:
        forget_rule(nothing)


def with_a(county: County, low: float, high: float) -> ClustersWithA:
    return ClustersWithA(frozenset(u for u, a in initials(county).items() if a == "A"), low, high)


def test_a_search_keeps_a_rule_over_the_plan():
    """As brute force does."""
    rulebook = book(TWISTED, (1, 4), price=1.5, plan_rules=(with_a(TWISTED, 0, 2),))
    assert best_plan(TWISTED, rulebook) is not None
    assert faults(solved(TWISTED, rulebook), TWISTED, rulebook) == []


def test_what_frozen_clusters_add_is_taken_off_a_rule_over_the_plan():
    """Of two clusters with an A one is left, and of one at least none."""
    rulebook = book(PAIRS, (2, 2), plan_rules=(with_a(PAIRS, 1, 2),))
    frozen = rulebook.cluster(PAIRS.urns[:2])
    _, rule = Problem.of(PAIRS, rulebook, [frozen]).rulebook.plan_rules
    assert (rule.name, rule.low, rule.high) == ("clusters with an A", 0.0, 1.0)
    assert rule.coefficient(rulebook.cluster(PAIRS.urns[4:6])) == 1.0


def test_a_rule_over_the_plan_is_explained_and_given_up_by_halves():
    """Its limits are two demands, each of which can be given up singly."""
    rulebook = book(PAIRS, (2, 2), hard=True, plan_rules=(with_a(PAIRS, 3, 4),))
    words = [d.words for d in demands_of(rulebook, PAIRS) if d.rule == "clusters with an A"]
    assert words == [
        "the plan has at least 3 clusters with an A",
        "the plan has at most 4 clusters with an A",
    ]
    (least,) = [d for d in demands_of(rulebook, PAIRS) if d.part == "low" and "an A" in d.words]
    (left,) = without(rulebook, [least], PAIRS).plan_rules
    assert (left.name, left.low, left.high) == ("clusters with an A", -math.inf, 4.0)
    found = explanation_of(PAIRS, rulebook, work=40_000, threads=1)
    assert found.status == "impossible"
    (clash,) = found.clashes
    assert "do not ask that the plan has at least 3 clusters with an A" in {
        cure.words for cure in clash.cures
    }
