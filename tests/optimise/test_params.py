"""The numbers that steer a search: each steers something, and none makes it say what is not so."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cluster_geo.optimise import (
    BranchParams,
    ColumnParams,
    CutParams,
    EnumerationParams,
    IntegerParams,
    PricingParams,
    Result,
    SearchParams,
    StartParams,
    integer,
    solve,
    start,
)
from cluster_geo.optimise.budget import Budget
from cluster_geo.optimise.problem import Problem
from cluster_geo.optimise.ranged import range_of
from tests.books import random_rulebook
from tests.optimise import test_assignment
from tests.oracle import best_plan
from tests.solving import GAP, NEAR, faults, solved
from tests.worlds import random_county

USUAL = SearchParams()
QUICK = StartParams(moves=20)
# As many moves for each school as a county has.
LONG = StartParams(full_atoms=1)
LONG_START = SearchParams(start=LONG)
FEW_NODES = SearchParams(pricing=PricingParams(first_nodes=1, steps=1), start=QUICK)
ONE_CUT = SearchParams(cuts=CutParams(patience=1, added=1, rounds=1), start=StartParams(moves=50))
NO_LISTS = EnumerationParams(most=1, of_node=1)
FEWEST = SearchParams(
    integer=IntegerParams(few_columns=4, most_columns=400), start=QUICK, enumeration=NO_LISTS
)
NO_CUTS = CutParams(least_violation=0.5)
BRANCHES = SearchParams(enumeration=NO_LISTS, cuts=NO_CUTS)
LISTS_BELOW = SearchParams(enumeration=EnumerationParams(most=1), cuts=NO_CUTS)
SMALL_LISTS = SearchParams(start=QUICK, enumeration=EnumerationParams(time=0.1))
SOON_STALLED = replace(ONE_CUT, cuts=replace(ONE_CUT.cuts, least_gain=0.9))
BRIEF = SearchParams(start=StartParams(brief_atoms=1))
WIDE = SearchParams(columns=ColumnParams(box=3e4), start=QUICK)

# Where each number is seen to steer: the other numbers, schools and seed of a county, and a value.
STEERS = {
    "fault_price": (USUAL, 8, 9, 0.5),
    "kept": (USUAL, 8, 9, 1),
    "start.trees": (ONE_CUT, 8, 33, 1),
    "start.jitter": (ONE_CUT, 8, 33, 0.9),
    "start.refused_edge": (ONE_CUT, 8, 11, 0.0),
    "start.moves": (USUAL, 8, 9, 50),
    "start.full_atoms": (USUAL, 8, 9, 8),
    "start.least_moves": (USUAL, 8, 9, 50),
    "start.hot": (USUAL, 8, 9, 0.1),
    "start.cold": (USUAL, 8, 9, 0.09),
    "start.swaps": (USUAL, 8, 9, 0.0),
    "start.refused_price": (USUAL, 8, 9, 0.0),
    "start.cool": (USUAL, 8, 9, 0.0),
    "start.pool": (USUAL, 8, 9, 3),
    "start.most_looks": (USUAL, 8, 9, 2),
    "start.look": (USUAL, 8, 9, 0.9),
    "start.brief": (BRIEF, 8, 9, 0.5),
    "start.brief_atoms": (USUAL, 8, 9, 1),
    "start.known_effort": (USUAL, 8, 9, 0.01),
    "start.limit_prices": (USUAL, 8, 9, (0.01,)),
    "columns.added": (USUAL, 8, 33, 1),
    "columns.few": (USUAL, 8, 31, 0),
    "columns.smoothed": (USUAL, 8, 33, 0),
    "columns.box": (USUAL, 8, 9, 3.0),
    "columns.least_box": (USUAL, 8, 9, 1.0),
    "columns.widen": (USUAL, 8, 9, 5.0),
    "columns.narrow": (USUAL, 8, 17, 1.0),
    "columns.widest": (WIDE, 8, 388, 1.0),
    "columns.inertia": (USUAL, 8, 9, 0.0),
    "columns.most_slack": (USUAL, 8, 9, 1.0),
    "columns.elastic": (replace(BRANCHES, start=LONG), 8, 31, 1.0),
    "columns.part": (USUAL, 8, 33, 0.5),
    "columns.early": (USUAL, 8, 31, 0.9),
    "pricing.first_nodes": (USUAL, 8, 9, 1),
    "pricing.most_nodes": (FEW_NODES, 20, 0, 1),
    "pricing.more": (FEW_NODES, 20, 0, 9),
    "pricing.lost": (FEW_NODES, 8, 9, 0.0),
    "pricing.kept": (USUAL, 8, 33, 1),
    "pricing.steps": (USUAL, 8, 9, 1),
    "pricing.later_steps": (USUAL, 8, 9, 9),
    "pricing.slowing": (USUAL, 8, 9, 5.0),
    "pricing.farthest": (USUAL, 8, 33, 1e-3),
    "pricing.rows": (USUAL, 8, 33, 0),
    "pricing.zone_choices": (USUAL, 8, 9, 1),
    "pricing.mends": (USUAL, 8, 33, 0),
    "pricing.mend_steps": (FEW_NODES, 8, 33, 0),
    "cuts.added": (USUAL, 8, 31, 1),
    "cuts.of_atom": (USUAL, 8, 31, 1),
    "cuts.least_violation": (USUAL, 8, 73, 0.4),
    "cuts.most_found": (USUAL, 8, 31, 1),
    "cuts.rounds": (USUAL, 8, 31, 1),
    "cuts.least_rise": (USUAL, 8, 31, 0.5),
    "cuts.patience": (SOON_STALLED, 8, 31, 9),
    "cuts.least_gain": (ONE_CUT, 8, 31, 1.0),
    "branches.doubt": (USUAL, 8, 225, 0.49),
    "branches.cut_rounds": (USUAL, 8, 115, 0),
    "dive.rounds": (USUAL, 8, 9, 0),
    "dive.least_gain": (USUAL, 8, 31, 1.0),
    "enumeration.sample": (USUAL, 8, 9, 1),
    "enumeration.time": (USUAL, 8, 9, 0.0),
    "enumeration.more": (SMALL_LISTS, 8, 9, 1),
    "enumeration.of_hub": (USUAL, 8, 9, 1),
    "enumeration.most": (USUAL, 8, 9, 1),
    "enumeration.of_node": (LISTS_BELOW, 8, 31, 1),
    "enumeration.few": (USUAL, 8, 186, 1),
    "enumeration.nearer": (USUAL, 8, 31, 0.0),
    "integer.most_columns": (FEWEST, 8, 9, 5),
    "integer.few_columns": (LONG_START, 8, 17, 3),
    "integer.nodes_between": (USUAL, 8, 17, 1),
}
# Seen in the limits that are handed to HiGHS: what comes of them is up to it and to the clock.
LIMITS = {
    "integer.nodes": {"work": 3_000},
    "integer.time": {"time_limit": 1_000.0},
    "integer.seconds": {"time_limit": 1_000.0},
    "integer.least_seconds": {"time_limit": 1_000.0},
}
FURTHER = {
    "integer.nodes": 7,
    "integer.time": 0.5,
    "integer.seconds": 300.0,
    "integer.least_seconds": 2_000.0,
}
# Seen in the moves that a clock which only ticks when it is asked leaves time for.
CLOCKED = {"start.time": 0.7, "start.trial_moves": 100}
# Seen where what they are for occurs: p-medians, plans to begin from, programmes at their limit.
ELSEWHERE = {
    *(f"assignment.{key}" for key in test_assignment.STEERS),
    *("start.given_hot", "start.given_effort", "integer.nearer"),
    *("enumeration.pace", "enumeration.nodes", "enumeration.seconds"),
}
# Pairs that must stay in order.
ORDERED = {
    ("start", "cold"): "hot",
    ("pricing", "first_nodes"): "most_nodes",
    ("assignment", "least_atoms"): "most_atoms",
    ("integer", "few_columns"): "most_columns",
}


def leaves() -> dict[str, object]:
    """Return the default of every number by its dotted name."""
    found: dict[str, object] = {}
    for one in fields(SearchParams):
        value = getattr(USUAL, one.name)
        if range_of(one) is not None:
            found[one.name] = value
        else:
            found |= {
                f"{one.name}.{part.name}": getattr(value, part.name) for part in fields(value)
            }
    return found


def with_one(params: SearchParams, key: str, value: object) -> SearchParams:
    """Return parameters with one number set."""
    *room, name = key.split(".")
    if not room:
        return replace(params, **{name: value})
    return replace(params, **{room[0]: replace(getattr(params, room[0]), **{name: value})})


@cache
def searched(params: SearchParams, schools: int, seed: int, known=()) -> Result:
    """Search under a limit of work."""
    county = random_county(seed, schools)
    rulebook = random_rulebook(county, seed)
    limits = {"work": 3_000 if schools < 20 else 1_500, "gap": 1e-6}
    return solve(county, rulebook, seed=seed, threads=1, params=params, known=known, **limits)


def told(result: Result) -> tuple:
    """Return all that a search came to, and how, but for the time."""
    steps = [(p.stage, p.work, p.columns, p.cost, p.bound) for p in result.trace]
    plan = result.plan and result.plan.clusters
    return result.status, result.stopped_by, plan, result.cost, result.bound, result.known, steps


def test_every_number_has_an_entry():
    """One that is added fails here until it is seen to steer something."""
    assert {*STEERS, *LIMITS, *CLOCKED, *ELSEWHERE} == set(leaves())


@pytest.mark.parametrize("key", STEERS)
def test_a_number_steers_the_search(key):
    """Set away from its default, with all else the same, another search is made."""
    params, schools, seed, value = STEERS[key]
    # A search that builds on known clusters is one where there are some.
    known = searched(params, schools, seed).known if key == "start.known_effort" else ()
    usual = searched(params, schools, seed, known)
    other = searched(with_one(params, key, value), schools, seed, known)
    assert told(usual) != told(other)
    assert not usual.failure
    assert not other.failure


@pytest.mark.parametrize("key", LIMITS)
def test_a_number_limits_an_integer_master(key, monkeypatch):
    """It is in what HiGHS is given, or says that nothing is."""
    given_to, cover = [], integer.best_cover

    def covered(*arguments, **options):
        given_to[-1].append((options["time_limit"], options["most_nodes"]))
        return cover(*arguments, **options)

    monkeypatch.setattr(integer, "best_cover", covered)
    county = random_county(9, 8)
    for params in (USUAL, with_one(USUAL, key, FURTHER[key])):
        given_to.append([])
        solve(county, random_rulebook(county, 9), threads=1, params=params, **LIMITS[key])
    assert given_to[0]
    assert given_to[0] != given_to[1]


class Clock:
    """A clock that goes on by a tenth of a second when it is looked at."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        """Return the seconds since it was made."""
        self.now += 0.1
        return self.now


@pytest.mark.parametrize("key", CLOCKED)
def test_a_number_says_how_many_moves_there_is_time_for(key, monkeypatch):
    """The share of the time, and the moves by whose time others are reckoned."""
    county = random_county(9, 8)
    problem = Problem.of(county, random_rulebook(county, 9), ())
    steps, anneal = [], start.anneal

    def annealed(arrays, cluster_of, number, moves, *rest):
        steps[-1].append(moves)
        return anneal(arrays, cluster_of, number, moves, *rest)

    monkeypatch.setattr(start, "anneal", annealed)
    usual = with_one(LONG_START, "start.moves", 10**6)
    for params in (usual, with_one(usual, key, CLOCKED[key])):
        steps.append([])
        monkeypatch.setattr(start, "time", Clock())
        with start.ThreadPoolExecutor(1) as pool:
            start.first_plan(
                problem.arrays,
                problem.regions,
                problem.numbers,
                seed=0,
                budget=Budget(10.0),
                threads=pool,
                params=params,
            )
    trials = [[moves for moves in run if moves != 1] for run in steps]
    assert len(trials[0]) == len(trials[1])
    assert all(abs(a - b) > 0.05 * a for a, b in zip(*trials, strict=True) if a > 10_000)
    assert max(trials[0]) > 10_000


@pytest.mark.parametrize(
    ("room", "wrong", "words"),
    [
        (StartParams, {"hot": 0.01}, "cold is above hot"),
        (StartParams, {"moves": 0}, "moves is 0: less than 1"),
        (StartParams, {"moves": 10.0}, "moves is 10.0: not a whole number"),
        (StartParams, {"swaps": 1.5}, "swaps is 1.5: more than 1"),
        (StartParams, {"limit_prices": ()}, "limit_prices is empty"),
        (StartParams, {"limit_prices": (1.0, 0.0)}, "limit_prices is 0.0: not above 0"),
        (StartParams, {"limit_prices": 1.0, "hot": True}, "hot is True: not a number"),
        (ColumnParams, {"most_slack": 0.5}, "most_slack is 0.5: less than 1"),
        (ColumnParams, {"box": float("nan")}, "box is nan"),
        (PricingParams, {"most_nodes": 100}, "first_nodes is above most_nodes"),
        (IntegerParams, {"few_columns": 20_000}, "few_columns is above most_columns"),
        (BranchParams, {"doubt": 0.0}, "doubt is 0.0: not above 0"),
        (CutParams, {"added": True}, "added is True: not a whole number"),
        (SearchParams, {"fault_price": float("inf"), "kept": -1}, "kept is -1: less than 0"),
    ],
)
def test_nonsense_is_refused(room, wrong, words):
    """Before a search begins, with what is wrong."""
    with pytest.raises(ValueError, match=words):
        room(**wrong)


@pytest.mark.parametrize(
    "room", [SearchParams, *(type(getattr(USUAL, f.name)) for f in fields(USUAL)[:6])]
)
def test_every_number_has_its_sentence(room):
    """The docstring of its part tells what it is, under its own name and type."""
    listed = room.__doc__.split("----------\n")[1]
    for one in fields(room):
        assert one.name in listed.replace(",", " ").split(), one.name


def values(one):
    """Draw a number from its range: its ends, about its default, or up to four times that."""
    within, whole = range_of(one), isinstance(one.default, int)
    default = one.default[0] if isinstance(one.default, tuple) else one.default
    most = min(within.most, 4 * default)
    if whole:
        drawn = st.integers(int(within.least), int(most))
        ends = st.sampled_from([int(within.least), default])
    else:
        drawn = st.floats(within.least, most, exclude_min=within.open, allow_subnormal=False)
        ends = st.sampled_from([default, most] if within.open else [within.least, default, most])
    number = st.one_of(ends, drawn)
    return (
        st.lists(number, min_size=1, max_size=3).map(tuple)
        if isinstance(one.default, tuple)
        else number
    )


@st.composite
def any_params(draw) -> SearchParams:
    """Draw every number of a search."""
    rooms = {}
    for room in fields(SearchParams):
        if range_of(room) is not None:
            rooms[room.name] = draw(values(room))
            continue
        kind = type(getattr(USUAL, room.name))
        drawn = {one.name: draw(values(one)) for one in fields(kind)}
        for (name, low), high in ORDERED.items():
            if name == room.name and drawn[low] > drawn[high]:
                drawn[low], drawn[high] = drawn[high], drawn[low]
        rooms[room.name] = kind(**drawn)
    return SearchParams(**rooms)


@cache
def small(seed: int):
    """Return a county of seven schools with every kind of rule, and the least score of a plan."""
    county = random_county(seed, 7)
    rulebook = random_rulebook(county, seed)
    best = best_plan(county, rulebook)
    return county, rulebook, None if best is None else best[0]


def hold(seed: int, params: SearchParams) -> None:
    """Hold a search against brute force, at each point of its trace and at its end."""
    county, rulebook, least = small(seed)
    result = solved(county, rulebook, seed=seed, params=params, work=10_000)
    assert faults(result, county, rulebook) == []
    assert result.failure == ""
    for point in result.trace if least is not None else ():
        assert point.bound is None or point.bound <= least + NEAR
        assert point.cost is None or point.cost >= least - NEAR
    if result.status == "optimal":
        assert result.cost <= least * (1.0 + 2.0 * GAP) + NEAR


loose = {"deadline": None, "suppress_health_check": list(HealthCheck)}


@given(seed=st.integers(0, 24), params=any_params())
@settings(max_examples=30, derandomize=True, **loose)
def test_what_is_proven_is_so_whatever_the_numbers(seed, params):
    """No bound is above the best plan's score, and no plan is called what it is not."""
    hold(seed, params)


@pytest.mark.nightly
@given(seed=st.integers(0, 199), params=any_params())
@settings(max_examples=3_000, **loose)
def test_what_is_proven_is_so_with_many_numbers(seed, params):
    """The same, at length."""
    hold(seed, params)
