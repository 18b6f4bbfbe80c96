"""The verbs on a street of eight schools, in Python as on the command line."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

import cluster_geo as cg
from cluster_geo.alternatives import Axis, Variation
from cluster_geo.verbs import explaining, searching
from tests.cli.street import FIRST, write_plan, write_street


@pytest.fixture(scope="module")
def street(tmp_path_factory):
    """A scenario of two districts and a trust, its county, and its best plan."""
    folder = tmp_path_factory.mktemp("verbs")
    path = write_street(folder, "psppspps", "WWWWEEEE", "T..TT..T")
    scenario = cg.read_scenario(path, {"solve.work": 2000})
    county = cg.load_county(scenario)
    return county, scenario, cg.propose(county, scenario)


def of(street, **settings):
    """The street's scenario with other settings, two underscores for a dot."""
    changed = {key.replace("__", "."): value for key, value in settings.items()}
    return Variation("changed", changed).of(street[1])


def test_a_plan_is_read_from_a_folder_or_a_table(street, tmp_path):
    """What was written is what is read; where there is nothing the message says what would do."""
    county, _, proposal = street
    cg.write(proposal, tmp_path / "out")
    for path in (tmp_path / "out", tmp_path / "out" / "clusters.csv"):
        assert cg.read_plan(path, county).labels == proposal.plan.labels
    with pytest.raises(cg.InputError, match="there is no plan here"):
        cg.read_plan(tmp_path / "nowhere", county)


def test_a_plan_by_hand_is_judged_shown_and_written(street, tmp_path):
    """Schools that the county does not know are told by the audit, and written nowhere."""
    county, scenario, _ = street
    path = write_plan(tmp_path / "plan.csv", "12345", "678")
    path.write_text(path.read_text(encoding="utf-8") + "999999,C-2\n", encoding="utf-8")
    plan = cg.read_plan(path, county)
    audit = cg.audit(county, scenario, plan)
    assert audit.unknown == (999999,)
    drawn = cg.proposal_of(county, scenario, plan)
    assert drawn.audit.broken == audit.broken
    cg.write(drawn, tmp_path / "out")
    assert "999999" not in (tmp_path / "out" / "clusters.csv").read_text(encoding="utf-8")


def test_plans_and_files_are_compared_alike(street, tmp_path):
    """A plan in hand, or the file it came from: the same moves, and each is called by its name."""
    county, scenario, _ = street
    first = write_plan(tmp_path / "first.csv", "12345", "678")
    second = write_plan(tmp_path / "second.csv", "1234", "5678")
    plan = cg.read_plan(second, county)
    found = [
        cg.compare(county, scenario, first, second),
        cg.compare(county, scenario, first, plan),
        cg.compare(county, scenario, first, plan, titles=("old", "new")),
    ]
    assert [list(c.moves.index) for c in found] == 3 * [[FIRST + 4]]
    assert [(c.before.title, c.after.title) for c in found] == [
        ("first.csv", "second.csv"),
        ("first.csv", "after"),
        ("old", "new"),
    ]


def test_options_write_a_folder_only_where_one_is_named(street, tmp_path, monkeypatch):
    """The same plans either way."""
    monkeypatch.chdir(tmp_path)
    county, scenario, _ = street
    asked = {"number": 2, "within": 0.9, "least_different": 0.1}
    kept = cg.options(county, scenario, **asked)
    assert list(tmp_path.iterdir()) == []
    written = cg.options(county, scenario, "options", **asked)
    assert (tmp_path / "options" / "option-A" / "map.html").is_file()
    assert [option.cost for option in kept.options] == [option.cost for option in written.options]


@pytest.mark.parametrize("folder", [None, "options"])
def test_options_of_what_cannot_be_are_an_error(street, tmp_path, monkeypatch, folder):
    """No empty list of options: it is proven that there is no plan."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(cg.ImpossibleError):
        cg.options(street[0], of(street, clusters__count=5), folder)


def test_values_to_vary_are_numbers_words_or_a_range():
    """A sequence holds values; a text is read as on the command line."""
    assert searching._axis(("clusters.count", [2, "3:4"])) == Axis("clusters.count", ("2", "3:4"))
    assert searching._axis(("trusts.weight", "0:3:1.5")) == Axis(
        "trusts.weight", ("0.0", "1.5", "3.0")
    )


def test_a_sweep_takes_a_mapping(street, tmp_path):
    """One run a value, in a folder of its name."""
    found = cg.sweep(street[1], {"trusts.weight": [2]}, tmp_path / "sweep", processes=1)
    assert [path.name for path in (tmp_path / "sweep" / "runs").iterdir()] == ["weight-2"]
    assert len(found.table) == 1


def test_explain_keeps_to_the_scenario(street):
    """Five clusters of three schools and more have no room in eight schools; three have."""
    county, scenario, _ = street
    assert cg.explain(county, scenario).status == "possible"
    assert cg.explain(county, of(street, clusters__count=5)).status == "impossible"


def test_why_knows_the_schools_of_the_plan_alone(street):
    """A number that is none is a fault of the input, not a traceback."""
    county, scenario, proposal = street
    found = cg.why(county, scenario, proposal.plan, FIRST + 4, work=100)
    assert found.cluster == proposal.plan.labels[proposal.plan.cluster_of[FIRST + 4]]
    with pytest.raises(cg.InputError, match="no school with the URN 1"):
        cg.why(county, scenario, proposal.plan, 1)


def test_a_rule_has_no_price_where_there_is_no_plan(street, tmp_path):
    """Proven to be none is told apart from none found."""
    with pytest.raises(cg.ImpossibleError):
        cg.price(street[0], of(street, clusters__count=5))
    # Both secondaries at one end: only a search proves that, and it has no time.
    one_end = cg.read_scenario(write_street(tmp_path, "sspppp"), {"clusters.size": "3"})
    with pytest.raises(cg.NoPlanFoundError, match="It is not proven whether there is one"):
        cg.price(cg.load_county(one_end), one_end, time_limit=1e-9)


def test_what_is_searched_for_is_told(street):
    """The rules as they are come first, then each rule turned, as the table has them."""
    county, scenario, proposal = street
    heard: list[str] = []
    found = cg.price(county, scenario, proposal.plan, time_limit=1, progress=heard.append)
    assert heard == ["the rules as they are", *found.table["words"]]
    heard.clear()
    trusts = cg.price_trusts(county, scenario, proposal.plan, time_limit=1, progress=heard.append)
    apart = trusts[trusts["clusters"] > trusts["fewest"]]
    assert heard == list(apart["trust"])


def test_frozen_clusters_are_spoken_of(street, tmp_path):
    """Only where there are any."""
    county, scenario, _ = street
    plan = write_plan(Path(tmp_path) / "plan.csv", "1234", "5678")
    asked = of(street, reference__plan=str(plan), reference__freeze_clusters=["C-1"])
    assert explaining.about_frozen(county, scenario) == ""
    assert "1 cluster" in explaining.about_frozen(cg.load_county(asked), asked)
    assert explaining.clashes(county, scenario) == ()
    assert explaining.clashes(county, of(street, clusters__count=5)) != ()


@pytest.mark.parametrize(
    "verb",
    [cg.propose, cg.options, cg.explain, cg.price]
    + [partial(verb, plan=None) for verb in (cg.audit, cg.price_trusts)]
    + [partial(cg.why, plan=None, urn=FIRST), partial(cg.compare, before=None, after=None)],
)
def test_arguments_in_another_order_are_refused(street, verb):
    """Before anything is searched, with the order and how to get what is wanted."""
    county, scenario, _ = street
    with pytest.raises(TypeError, match=r"county is a Scenario, not a County\. Read it with load"):
        verb(scenario, county)
    with pytest.raises(TypeError, match="scenario is a path"):
        verb(county, Path("kent.toml"))


def test_a_path_is_no_plan_where_a_plan_is_wanted(street, tmp_path):
    """Only `compare` reads files itself."""
    county, scenario, _ = street
    for verb in (cg.audit, cg.price, cg.price_trusts, partial(cg.why, urn=FIRST)):
        with pytest.raises(TypeError, match=r"plan is a path, not a Plan. Read a file or folder"):
            verb(county, scenario, plan=tmp_path)
    with pytest.raises(TypeError, match="urn is a str, not a number"):
        cg.why(county, scenario, street[2].plan, str(FIRST))
