"""Years go by on a street: schools convert, amalgamate, close, open and change trust, plan by plan."""

import random

import pytest

import cluster_geo as cg
from cluster_geo import pipeline
from cluster_geo.compare.moves import MOVES
from cluster_geo.pipeline import NoPlan
from cluster_geo.studies import update_plan, update_settings, write_update
from cluster_geo.versions import MADE, stays_of
from cluster_geo.versions import MOVED as MOVED_IN_HISTORY
from tests.cli.street import write_street

LINKS = "URN,LinkURN,LinkName,LinkType,LinkEstablishedDate"
PHASES = "pspppsppspp"
LEAST_PRIMARIES = 6


class County:
    """A county whose schools are known by who they really are, whatever their URNs."""

    def __init__(self, folder, seed):
        self.dice, self.folder, self.year = random.Random(seed), folder, 2025
        scenario = write_street(folder, PHASES, "W" * len(PHASES), "." * len(PHASES))
        self.scenario = scenario
        lines = (folder / "schools.csv").read_text(encoding="utf-8").splitlines()
        self.head = lines[0]
        # Each school: its URN, phase, place and trust; and of which URNs of before it is made.
        self.schools = [line.split(",") for line in lines[1:]]
        self.links = [LINKS]
        self.next = 200_001

    def urns(self):
        return {int(school[0]) for school in self.schools}

    def primaries(self):
        return [school for school in self.schools if school[2] == "primary"]

    def pass_a_year(self):
        """Let something happen, and write the register; return who became whom, by old URN."""
        self.year += 1
        became = {}
        for event in self.dice.sample([self.convert, self.amalgamate, self.close, self.open], 2):
            for old, new in event().items():
                became = {k: (new if v == old else v) for k, v in became.items()}
                became[old] = new
        self.dice.choice(self.schools)[6] = f"Trust {self.dice.choice('AB')}"
        rows = "\n".join([self.head, *(",".join(school) for school in self.schools)])
        (self.folder / f"schools-{self.year}.csv").write_text(rows + "\n", encoding="utf-8")
        (self.folder / f"links-{self.year}.csv").write_text("\n".join(self.links) + "\n")
        return became

    def link(self, old, new):
        date = self.dice.choice([f"01-09-{self.year - 1}", ""])
        before, after = (
            f"{new},{old},Before,Predecessor,{date}",
            f"{old},{new},After,Successor,{date}",
        )
        self.links += self.dice.choice([[before], [after], [before, after]])

    def convert(self):
        school = self.dice.choice(self.schools)
        return self.renamed([school])

    def renamed(self, schools):
        new, self.next = self.next, self.next + 1
        olds = [int(school[0]) for school in schools]
        for old in olds:
            self.link(old, new)
        schools[0][0] = str(new)
        return dict.fromkeys(olds, new)

    def amalgamate(self):
        primaries = sorted(self.primaries(), key=lambda school: int(school[3]))
        if len(primaries) <= LEAST_PRIMARIES:
            return {}
        place = self.dice.randrange(len(primaries) - 1)
        one, other = primaries[place : place + 2]
        self.schools.remove(other)
        return self.renamed([one, other])

    def close(self):
        primaries = self.primaries()
        if len(primaries) > LEAST_PRIMARIES:
            self.schools.remove(self.dice.choice(primaries))
        return {}

    def open(self):
        new, self.next = self.next, self.next + 1
        x = 550_000 + self.dice.randrange(11_000)
        self.schools.append([str(new), f"School {new}", "primary", str(x), "150000", "W", ""])
        return {}

    def settings(self):
        return {
            "schools.file": self.folder / f"schools-{self.year}.csv",
            "schools.links": self.folder / f"links-{self.year}.csv",
            "schools.as_at": f"{self.year}-09-01",
            "solve.work": 1500,
        }


def years_of(tmp_path, seed, years):
    """Carry a plan through the years; yield what became of it in each."""
    county = County(tmp_path, seed)
    asked = cg.read_scenario(str(county.scenario), {"solve.work": 1500, "clusters.size": "2:6"})
    first = cg.propose(cg.load_county(asked), asked)
    pipeline.write(first, tmp_path / "2025")
    before, ever = first.plan, set(first.plan.labels)
    for _ in range(years):
        plan = tmp_path / str(county.year)
        became = county.pass_a_year()
        scenario = cg.scenario_of_run(plan, update_settings(plan, county.settings()))
        found = update_plan(cg.load_county(scenario), scenario, more=())
        assert not isinstance(found, NoPlan)
        write_update(found, tmp_path / str(county.year))
        yield county, before, became, found, set(ever)
        before = found.proposal.plan
        ever |= set(before.labels)


@pytest.mark.parametrize(
    ("seed", "years"),
    [(1, 4), (2, 4), *(pytest.param(s, 10, marks=pytest.mark.nightly) for s in range(3, 9))],
)
def test_a_plan_lives_on(tmp_path, seed, years):
    """It keeps every rule, holds every school once, uses no code twice, and moves who it says."""
    happened, movers, urns = set(), [set()], []
    for county, before, became, found, ever in years_of(tmp_path, seed, years):
        plan = found.proposal.plan
        assert found.proposal.audit.kept
        assert set(plan.code_of) == county.urns()
        assert set(plan.labels).isdisjoint(ever - set(before.labels))
        assert set(plan.retired) >= (ever - set(plan.labels))
        was = {}
        for urn, code in before.code_of.items():
            now = became.get(urn, urn)
            if now in county.urns():
                was.setdefault(now, set()).add(code)
        moves = found.proposal.published.moves
        moved = set(moves.index[moves["change"] == MOVES])
        opened = set(moves.index[moves["change"] != MOVES])
        changed = {u for u, codes in was.items() if len(codes) == 1 and {plan.code_of[u]} != codes}
        assert moved <= changed
        # The rest of them is in a cluster that as a whole has another code.
        for urn in changed - moved:
            assert plan.code_of[urn] not in before.labels
            assert not was[urn] & set(plan.labels)
        made_of_two = {urn for urn, codes in was.items() if len(codes) > 1}
        assert opened == (county.urns() - was.keys()) | made_of_two
        happened |= set(found.changes["change"])
        movers.append(moved)
        urns.append((became, made_of_two))
        closed = {urn for urn in before.code_of if became.get(urn, urn) not in county.urns()}
        rows = found.changes
        assert set(rows.loc[rows["change"] == "is no longer in the plan", "urn"]) == closed
    assert "has another URN" in happened or "was made of several schools" in happened
    history = cg.history(tmp_path)
    assert len(history) == years + 1
    for place, moved in enumerate(movers):
        stays = stays_of(history, place)
        assert {urn for urn, stay in stays.items() if stay.change == MOVED_IN_HISTORY} == moved
        if place:
            became, made_of_two = urns[place - 1]
            assert {urn for urn, stay in stays.items() if stay.change == MADE} == made_of_two
            olds = {(old, urn) for urn, stay in stays.items() for old in stay.old_urns}
            known = history.versions[place - 1].code_of
            assert olds == {(o, n) for o, n in became.items() if o in known and n in stays}
