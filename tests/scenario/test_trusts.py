"""The most clusters a trust may sit in: asked by its name or its UID."""

import pytest

from cluster_geo.errors import InputError, ScenarioError
from cluster_geo.rules import MostClustersOfTrust, find_clashes
from cluster_geo.scenario import load_county, read_scenario, rulebook_of
from cluster_geo.scenario.trusts import TrustGroups, limits_of

TRUSTS = TrustGroups(
    {
        "11": frozenset({1, 2, 3}),
        "12": frozenset({4, 5}),
        "13": frozenset({6, 7}),
        "14": frozenset({8}),
        "15": frozenset({9, 10}),
    },
    {
        "11": "OAK LEARNING TRUST",
        "12": "Elm Trust",
        "13": "ELM TRUST",
        "14": "Ash Trust",
        "15": "Yew (UID 12)",
    },
)


def limits(asked):
    """Return the rules and the faults of a table of limits."""
    faults = []
    return limits_of(asked, TRUSTS, faults), faults


@pytest.fixture(scope="module")
def example():
    """The example county, and its trusts by name."""
    county = load_county(read_scenario("example"))
    return county, county.schools.groups_of("trust_uid", "trust")


@pytest.mark.parametrize("name", ["11", " 11", "Oak Learning Trust", "oak  learning trust"])
def test_a_trust_is_named_by_its_uid_or_its_name_in_any_case(name):
    """The rule bears the name of the register, not the UID."""
    (rule,), faults = limits({name: 2})
    assert faults == []
    assert (rule.trust, rule.schools, rule.most) == ("11", frozenset({1, 2, 3}), 2)
    assert rule.name == "clusters of OAK LEARNING TRUST"


def test_two_trusts_of_one_name_are_told_apart_by_their_uids():
    """Each is limited by its UID, and called so that no two rules have one name."""
    rules, faults = limits({"12": 1, "13": 1, "15": 1})
    assert faults == []
    assert [rule.called for rule in rules] == [
        "Elm Trust (UID 12)",
        "Elm Trust (UID 13)",
        "Yew (UID 12) (UID 15)",
    ]


def test_a_name_of_no_trust_is_none_of_them():
    """What is found is a list, whatever is asked for."""
    assert TRUSTS.found("Oak Learning") == []
    assert TRUSTS.found("elm trust") == ["12", "13"]


def test_free_asks_nothing():
    """A limit that another scenario sets can be lifted."""
    assert limits({"11": None}) == ((), [])


@pytest.mark.parametrize(
    ("asked", "found", "fix"),
    [
        (
            "Oak Trust",
            "no school of the plan is in a trust 'Oak Trust'",
            "Did you mean 'OAK LEARNING TRUST'?",
        ),
        (
            "learning",
            "no school of the plan is in a trust 'learning'",
            "Did you mean 'OAK LEARNING TRUST'?",
        ),
        (
            "99",
            "no school of the plan is in a trust '99'",
            "Give the trust's name as in the register, or its UID",
        ),
        (
            "Elm Trust",
            "2 trusts are called 'Elm Trust': 12 (2 schools) and 13 (2 schools)",
            "Give the UID of the one you mean",
        ),
        (
            "Ash Trust",
            "Ash Trust has only one school in the plan",
            "Leave it out: one school sits in one cluster",
        ),
    ],
)
def test_a_name_that_is_no_one_trust_is_a_fault(asked, found, fix):
    """What was found and what to do, with the names that were perhaps meant."""
    rules, (fault,) = limits({asked: 2})
    assert rules == ()
    assert (fault.found, fault.fix) == (found, fix)
    assert fault.setting == f"trusts.most.{asked}"


def test_one_trust_is_limited_once():
    """By name and by UID is twice."""
    _, (fault,) = limits({"11": 2, "Oak Learning Trust": 3})
    assert fault.found == "it is the same trust as '11'"


def test_every_fault_is_told_at_once(example):
    """Trusts that are none come in one message with the other settings that name nothing."""
    county, _ = example
    asked = {
        'trusts.most."No Such Trust"': "2",
        'trusts.most."Nor This"': "1",
        "balance.x.column": "pupil",
    }
    with pytest.raises(InputError) as caught:
        rulebook_of(county, read_scenario("example", asked))
    assert {fault.setting for fault in caught.value.faults} == {
        "trusts.most.No Such Trust",
        "trusts.most.Nor This",
        "balance.x.column",
    }


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("0", "must be at least 1"),
        ("-1", "must be at least 1"),
        ("2.5", "is not a whole number"),
        ("few", "is not a whole number"),
        ("[2]", "is not a whole number"),
    ],
)
def test_a_limit_is_a_whole_number_of_at_least_one(value, words):
    """Or free; the message says which trust, and what to give."""
    with pytest.raises(ScenarioError) as caught:
        read_scenario("example", {'trusts.most."Oak Learning Trust"': value})
    (fault,) = caught.value.faults
    assert fault.setting == "trusts.most.Oak Learning Trust"
    assert words in fault.found
    assert "Most clusters that a trust may sit in" in fault.fix


def test_a_name_without_quotes_is_told_how_to_write_it():
    """On the command line a name of several words is a key of TOML, and those are quoted."""
    with pytest.raises(ScenarioError, match=r'in quotes: trusts.most."Oak Trust"'):
        read_scenario("example", {"trusts.most.Elm Trust": "2"})


def test_a_notebook_shows_the_limits():
    """In the card of a scenario, beside the rules that are weighed."""
    asked = read_scenario("example", {'trusts.most."Elm & Ash"': 1, "trusts.most.Oak": "free"})
    assert "Elm &amp; Ash in at most 1 cluster" in asked._repr_html_()
    assert "Oak in" not in asked._repr_html_()


def test_a_scenario_asks_for_it_and_its_record_tells_it(example, toml):
    """A table of the file is a rule over the plan, also when read back from the record."""
    county, (groups, names) = example
    uid = max(groups, key=lambda key: len(groups[key]))
    path = toml(f'extends = "example"\n[trusts.most]\n"{names[uid]}" = 3\n')
    asked = read_scenario(path)
    assert asked.record()["trusts"]["most"] == {names[uid]: 3}
    assert rulebook_of(county, asked).plan_rules == (
        MostClustersOfTrust(uid, groups[uid], 3, names[uid]),
    )
    free = read_scenario(path, {f'trusts.most."{names[uid]}"': "free"})
    assert free.record()["trusts"]["most"] == {names[uid]: "free"}
    assert rulebook_of(county, free).plan_rules == ()


@pytest.mark.real
def test_kents_trusts(real_data):
    """Limited by name or UID; 26 schools need two clusters at least; a name cut short is guessed at."""
    files = {
        "schools.file": real_data / "gias" / "edubasealldata20250718_kent_medway.csv",
        "schools.as_at": "2025-07-18",
    }
    asked = {'trusts.most."Leigh Academies Trust"': "9", "trusts.most.3594": "1"}
    scenario = read_scenario("kent-benchmark", files | asked)
    county = load_county(scenario)
    rulebook = rulebook_of(county, scenario)
    catholic, leigh = rulebook.plan_rules[1:]
    assert (leigh.trust, len(leigh.schools), leigh.most) == ("3725", 20, 9)
    assert [clash.words for clash in find_clashes(county, rulebook)] == [
        (
            f"{catholic.called} must sit in at most 1 cluster, but its 26 schools need at least 2: "
            "a cluster has at most 14 schools."
        )
    ]
    with pytest.raises(InputError, match="Did you mean 'THE KEMNAL ACADEMIES TRUST'"):
        rulebook_of(county, read_scenario("kent-benchmark", files | {"trusts.most.Kemnal": "2"}))
