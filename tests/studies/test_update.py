"""A plan carried to a new date, on a street where every plan can be counted."""

import json
from dataclasses import replace

import pandas as pd
import pytest
from click.testing import CliRunner

import cluster_geo as cg
from cluster_geo import pipeline
from cluster_geo.cli import main
from cluster_geo.compare.school_changes import Published, school_changes
from cluster_geo.errors import InputError
from cluster_geo.plan import Plan, movers
from cluster_geo.rules import MOST_MOVERS
from cluster_geo.scenario import previous_plan
from cluster_geo.studies import update_plan, update_settings
from cluster_geo.studies.update import version_of
from cluster_geo.studies.update_folder import page_of
from tests.cli.street import FIRST, write_plan, write_street
from tests.oracle import all_plans

LINKS = "URN,LinkURN,LinkName,LinkType,LinkEstablishedDate"
PHASES, DISTRICTS, TRUSTS = "pspppsppsp", "WWWWWEEEEE", "AA.BB..BB."


@pytest.fixture
def adopted(tmp_path):
    """Write an adopted plan of the street with its run; return its folder."""
    scenario = write_street(tmp_path, PHASES, DISTRICTS, TRUSTS)
    settings = [
        "--set",
        "solve.work=2000",
        "--set",
        "plan.version=3",
        "--set",
        "plan.status=adopted",
    ]
    done = CliRunner().invoke(
        main, ["propose", str(scenario), *settings, "--out", str(tmp_path / "v3")]
    )
    assert done.exit_code == 0, done.output
    return tmp_path / "v3"


def register(tmp_path, *, closed=(), opened=(), converted=(), trusts=()):
    """Write the register of a later date, and its links."""
    lines = (tmp_path / "schools.csv").read_text(encoding="utf-8").splitlines()
    rows = {int(line.split(",")[0]): line for line in lines[1:]}
    for urn in closed:
        del rows[urn]
    links, gone = [LINKS], {}
    for old, new in converted:
        row = gone[old] = rows.pop(old, gone.get(old))
        if new not in rows:
            rows[new] = row.replace(str(old), str(new))
        links.append(f"{new},{old},Before,Predecessor,01-04-2026")
    for urn, phase, x in opened:
        rows[urn] = f"{urn},School {urn},{phase},{x},150000,W,"
    for urn, trust in trusts:
        rows[urn] = rows[urn].rpartition(",")[0] + f",{trust}"
    (tmp_path / "later.csv").write_text(
        "\n".join([lines[0], *rows.values()]) + "\n", encoding="utf-8"
    )
    (tmp_path / "links.csv").write_text("\n".join(links) + "\n", encoding="utf-8")
    return {
        "schools.file": tmp_path / "later.csv",
        "schools.links": tmp_path / "links.csv",
        "schools.as_at": "2026-09-01",
        "solve.work": 4000,
    }


def carried(adopted, given, **options):
    scenario = cg.scenario_of_run(adopted, update_settings(adopted, given))
    return update_plan(cg.load_county(scenario), scenario, **options)


def every_plan(found, adopted, given):
    """Return movers and score of every plan that keeps the requirements."""
    free = {"reference.fewest_movers": False}
    scenario = cg.scenario_of_run(adopted, update_settings(adopted, given | free))
    county = cg.load_county(scenario)
    return movers_and_scores(county, found, previous_plan(county, scenario))


def movers_and_scores(county, found, before):
    """Return both of every plan that keeps the requirements, however many move."""
    rules = found.proposal.rulebook
    rules = replace(rules, plan_rules=tuple(r for r in rules.plan_rules if r.name != MOST_MOVERS))
    return [
        (len(movers(before, Plan.of(clusters))), cost)
        for clusters, cost in all_plans(county, rules)
    ]


@pytest.mark.parametrize(
    ("closed", "least"),
    [((FIRST,), 0), ((FIRST + 1,), 1), ((FIRST + 4, FIRST + 6), 0), ((FIRST + 5,), 1)],
)
def test_the_fewest_move_and_of_those_plans_it_is_the_best(adopted, tmp_path, closed, least):
    """As counted over every plan of the schools that are left."""
    given = register(tmp_path, closed=closed)
    found = carried(adopted, given)
    every = every_plan(found, adopted, given)
    fewest, score = min(every)
    assert found.main.most == found.main.moved == fewest
    assert found.proposal.audit.cost == pytest.approx(score)
    assert found.proposal.audit.kept
    assert fewest >= least
    assert (not found.as_it_is.audit.kept) or least == 0
    for one in found.alternatives:
        best = min(cost for number, cost in every if number <= one.most)
        assert one.proposal.audit.cost == pytest.approx(best)
        assert one.score < found.main.score
        assert one.moved <= one.most


def test_plans_beside_move_no_more_than_they_may(tmp_path):
    """With one more mover each, from none on: the best of so few, and not of any number."""
    scenario = write_street(tmp_path, PHASES, DISTRICTS, TRUSTS)
    plan = write_plan(tmp_path / "plan.csv", "12", "34567", "89")
    with plan.open("a") as stream:
        stream.write("100010,C-3\n")
    asked = cg.read_scenario(str(scenario), update_settings(plan, {"solve.work": 8000}))
    county = cg.load_county(asked)
    found = update_plan(county, asked, more=(1, 2, 3))
    before = previous_plan(county, asked)
    every = movers_and_scores(county, found, before)
    assert found.main.most == 0
    best = {most: min(cost for number, cost in every if number <= most) for most in range(10)}
    steps = [most for most in (1, 2, 3) if best[most] < best[most - 1] - 1e-9]
    assert [one.most for one in found.alternatives] == steps
    for one in found.alternatives:
        assert one.proposal.audit.cost == pytest.approx(best[one.most])
    assert best[steps[0]] > min(best.values())


def test_what_a_school_would_break_by_joining_is_said(tmp_path):
    """A school that opens beside full clusters."""
    scenario = write_street(tmp_path, PHASES, DISTRICTS, TRUSTS)
    plan = write_plan(tmp_path / "plan.csv", "12345", "6789")
    with plan.open("a") as stream:
        stream.write("100010,C-2\n")
    given = register(tmp_path, opened=[(300_002, "primary", 550_500)])
    asked = cg.read_scenario(str(scenario), update_settings(plan, given))
    found = update_plan(cg.load_county(asked), asked)
    full = page_of(found).joining
    assert [one.breaks for one in full] == ["“Size of a cluster”"] * len(full)
    assert full


def test_conversions_move_nobody(adopted, tmp_path):
    """A whole cluster under other URNs: same code, no moves, and the table says who is who."""
    rows = pd.read_csv(adopted / "clusters.csv").set_index("urn")["cluster"]
    whole = rows[rows == rows[FIRST]].index.tolist()
    found = carried(adopted, register(tmp_path, converted=[(u, u + 100_000) for u in whole]))
    assert found.proposal.published.moves.empty
    assert found.as_it_is.audit.kept
    code_of = found.proposal.plan.code_of
    assert {code_of[urn + 100_000] for urn in whole} == {rows[FIRST]}
    assert found.changes["change"].tolist() == ["has another URN"] * len(whole)
    assert found.changes["before"].tolist() == [str(urn) for urn in sorted(whole)]
    assert set(found.changes["note"]) == {"since 1 April 2026"}


def test_schools_open_amalgamate_and_change_trust(adopted, tmp_path):
    """Each is listed once, and a school made of two clusters' is priced in both."""
    rows = pd.read_csv(adopted / "clusters.csv").set_index("urn")["cluster"]
    one = FIRST
    other = next(urn for urn in rows.index if rows[urn] != rows[one] and urn > FIRST + 5)
    new = 300_001
    given = register(
        tmp_path,
        converted=[(one, new), (other, new)],
        opened=[(300_002, "primary", 559_500)],
        trusts=[(FIRST + 4, "Trust A")],
    )
    found = carried(adopted, given)

    def listed(kind, column):
        rows = found.changes[found.changes["change"] == kind]
        return list(zip(rows["urn"], rows[column], strict=True))

    home = found.proposal.plan.code_of[300_002]
    assert listed("is new in the plan", "cluster") == [(300_002, home)]
    assert sorted(listed("was made of several schools", "before")) == [
        (new, f"School {urn - FIRST + 1} ({urn})") for urn in (one, other)
    ]
    assert listed("has another trust", "after") == [(FIRST + 4, "Trust A")]
    assert set(found.as_it_is.audit.missing) == {new, 300_002}
    joining = [one for one in page_of(found).joining if "300001" in one.school]
    names = found.as_it_is.plan.names
    assert {one.cluster for one in joining} >= {names[rows[FIRST]], names[rows[other]]}
    for one in joining:
        code = next(code for code, name in names.items() if name == one.cluster)
        members = dict(found.as_it_is.plan.code_of) | {new: code}
        groups = {c: [u for u in members if members[u] == c] for c in set(members.values())}
        rules = found.proposal.rulebook
        plan = Plan.coded({c: rules.cluster(urns) for c, urns in groups.items()})
        whole = cg.audit(found.proposal.county, found.proposal.scenario, plan)
        assert whole.cost - found.as_it_is.audit.cost == pytest.approx(one.change)


def test_the_command_writes_the_next_version(adopted, tmp_path):
    """A draft of version 4, with what changed and the plans beside; it does not say that it is adopted."""
    given = register(tmp_path, closed=[FIRST + 1])
    before = (adopted / "clusters.csv").read_bytes()
    words = [
        "update",
        adopted,
        "--schools",
        given["schools.file"],
        "--links",
        tmp_path / "links.csv",
    ]
    words += ["--as-at", "2026-09-01", "--set", "solve.work=4000", "--out", tmp_path / "v4"]
    done = CliRunner().invoke(main, [str(word) for word in words])
    assert done.exit_code == 0, done.output
    assert "is no longer" in done.output
    assert "If nothing were done" in done.output
    record = json.loads((tmp_path / "v4" / "run.json").read_text(encoding="utf-8"))
    assert (record["plan"]["version"], record["plan"]["status"]) == ("4", "draft")
    assert record["plan"]["as_at"] == "2026-09-01"
    assert (adopted / "clusters.csv").read_bytes() == before
    changes = pd.read_csv(tmp_path / "v4" / "changes.csv")
    assert changes["change"].tolist() == ["is no longer in the plan"]
    page = (tmp_path / "v4" / "update.html").read_text(encoding="utf-8")
    assert "What changed since version 3, and why" in page
    assert "A secondary school" in page or "Primary and secondary" in page
    moved = pd.read_csv(tmp_path / "v4" / "moves.csv")
    assert len(moved[moved["change"] == "moves"]) == record["most_movers"]
    lists = sorted((tmp_path / "v4").glob("alternative_*.csv"))
    for file in lists:
        run = CliRunner().invoke(main, ["audit", str(file), "--base", str(tmp_path / "v4")])
        assert run.exit_code == 0, run.output
    # And the year after, from there.
    words = ["update", tmp_path / "v4", "--out", tmp_path / "v5", "--set", "solve.work=4000"]
    again = CliRunner().invoke(main, [str(word) for word in words])
    assert again.exit_code == 0, again.output
    assert "No school has come, gone or changed." in again.output
    assert pd.read_csv(tmp_path / "v5" / "moves.csv").empty
    assert version_of(tmp_path / "v5") == "5"


def test_a_plan_that_cannot_be_carried_is_a_message(adopted, tmp_path):
    """Without a secondary no plan keeps the rules: that is proven, and nothing is written."""
    closed = [FIRST + place for place, phase in enumerate(PHASES) if phase == "s"]
    given = register(tmp_path, closed=closed)
    words = ["update", adopted, "--schools", given["schools.file"], "--out", tmp_path / "v4"]
    words += ["--as-at", "2026-09-01", "--set", "solve.work=4000"]
    done = CliRunner().invoke(main, [str(word) for word in words])
    assert done.exit_code == 3
    assert "Traceback" not in done.output
    assert not (tmp_path / "v4").exists()


def test_a_list_without_a_run_needs_its_scenario(tmp_path):
    """Where nothing is beside the plan, the rules must be named; the version is not known."""
    scenario = write_street(tmp_path, PHASES, DISTRICTS, TRUSTS)
    plan = write_plan(tmp_path / "plan.csv", "1234", "567", "89")
    words = ["update", str(plan), "--out", str(tmp_path / "next"), "--set", "solve.work=2000"]
    refused = CliRunner().invoke(main, words)
    assert refused.exit_code == 2
    assert "--scenario" in refused.output
    done = CliRunner().invoke(main, [*words, "--scenario", str(scenario)])
    assert done.exit_code == 0, done.output
    page = (tmp_path / "next" / "update.html").read_text(encoding="utf-8")
    assert "What changed since the plan before, and why" in page


def test_the_same_from_python(adopted, tmp_path):
    """As the command does it; what has no plan before is a message, no plan an error."""
    given = register(tmp_path, closed=[FIRST + 1])
    later = cg.scenario_of_update(adopted, given)
    found = cg.update(cg.load_county(later), later, tmp_path / "v4", more=(1,))
    assert (tmp_path / "v4" / "update.html").is_file()
    assert found.proposal.audit.kept
    plain = cg.scenario_of_run(adopted)
    with pytest.raises(InputError, match="scenario_of_update"):
        cg.update(cg.load_county(plain), plain)
    closed = [FIRST + place for place, phase in enumerate(PHASES) if phase == "s"]
    none = cg.scenario_of_update(adopted, register(tmp_path, closed=closed))
    with pytest.raises(cg.ImpossibleError):
        cg.update(cg.load_county(none), none)


def test_the_plan_before_is_never_written_over(adopted, tmp_path):
    """Neither its folder nor one inside it, whether the folder or the file is named."""
    before = {path.name: path.read_bytes() for path in adopted.iterdir()}
    for plan in (adopted, adopted / "clusters.csv"):
        for out in (adopted, adopted / "next", adopted / ".." / adopted.name):
            done = CliRunner().invoke(main, ["update", str(plan), "--out", str(out)])
            assert done.exit_code == 2, done.output
            assert "the plan that this is made from is there" in " ".join(done.output.split())
    assert {path.name: path.read_bytes() for path in adopted.iterdir()} == before


def test_what_is_read_back_is_what_was_written(tmp_path):
    """A name that a spreadsheet would take for a formula has not changed, nor has an SRP."""
    plan = tmp_path / "plan.csv"
    write_street(tmp_path, PHASES, DISTRICTS, TRUSTS)
    rows = ["100001,C-1,'=1+1,no", "100002,C-1,'quoted',0", "100003,C-1,-x,FALSE", "100004,C-1,a,"]
    plan.write_text("\n".join(["urn,cluster,name,srp", *rows]) + "\n")
    found = Published.read(plan).details
    assert found["name"].tolist() == ["=1+1", "'quoted'", "-x", "a"]
    given = register(tmp_path, converted=[(FIRST, 200_001)])
    county = cg.load_county(cg.read_scenario(str(tmp_path / "street.toml"), given))
    changes = school_changes(Published.read(plan), county, cg.read_plan(plan, county))
    assert "SRP" not in set(changes["change"])
    assert len(changes[changes["change"] == "is new in the plan"]) == len(PHASES) - 4


def test_a_school_that_took_in_another_or_was_split(tmp_path):
    """Each is listed as what it is, whatever URNs come out of it."""
    write_street(tmp_path, PHASES, DISTRICTS, TRUSTS)
    plan = tmp_path / "plan.csv"
    rows = [f"{FIRST + k},C-1,School {k + 1}" for k in range(10)]
    plan.write_text("\n".join(["urn,cluster,name", *rows]) + "\n")
    given = register(
        tmp_path, converted=[(FIRST, FIRST + 2), (FIRST + 3, 200_001), (FIRST + 3, 200_002)]
    )
    county = cg.load_county(cg.read_scenario(str(tmp_path / "street.toml"), given))
    changes = school_changes(Published.read(plan), county, cg.read_plan(plan, county))
    rows = changes.set_index("change")
    assert rows.loc["took in another school", "before"] == f"School 1 ({FIRST})"
    assert rows.loc["took in another school", "urn"] == FIRST + 2
    assert rows.loc["was split", "urn"] == FIRST + 3
    assert "(200001) and " in rows.loc["was split", "after"]


def test_stopped_by_hand_no_further_search_begins(adopted, tmp_path, monkeypatch):
    """The plan that there is then is the answer."""
    seek, searches = pipeline.seek, []

    def stopped(*arguments, **options):
        found = seek(*arguments, **options)
        searches.append(found)
        return replace(found, result=replace(found.result, stopped_by="interrupted"))

    monkeypatch.setattr(pipeline, "seek", stopped)
    found = carried(adopted, register(tmp_path, closed=[FIRST + 1]))
    assert len(searches) == 1
    assert found.alternatives == ()


def test_the_course_of_all_searches_is_one(adopted, tmp_path):
    """Seconds are counted from the beginning of the first."""
    seen = []
    given = register(tmp_path, closed=[FIRST + 1])
    scenario = cg.scenario_of_update(adopted, given)
    found = cg.update(cg.load_county(scenario), scenario, more=(1, 2), progress=seen.append)
    spent = found.proposal.result.seconds
    later = [point for point in seen if point.seconds >= spent]
    assert later
    assert [point.seconds for point in later] == sorted(point.seconds for point in later)
