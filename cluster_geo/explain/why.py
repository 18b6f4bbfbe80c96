"""Why a school is in its cluster: what ties it there, and what any other cluster would mean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

from cluster_geo.county import County
from cluster_geo.explain.lone_moves import LoneMove, LoneMoves
from cluster_geo.explain.nearby import Nearby
from cluster_geo.explain.params import WhyParams
from cluster_geo.optimise import Result
from cluster_geo.optimise.certainty import open_share
from cluster_geo.plan import Cluster, Plan
from cluster_geo.plan.match import movers
from cluster_geo.rules import Rulebook, Together, kind_of

LOCK = "pinned"

Bases = dict[tuple[Cluster, ...], Result]


@dataclass(frozen=True)
class Move:
    """A school locked into another cluster, and the plan around it solved again.

    Parameters
    ----------
    cluster : str
        Label of the other cluster in the plan.
    travel : float
        From the school to that cluster's central school.
    breaks : tuple of str
        Hard rules that the move alone would break, or break further, with what is found.
    moved : float
        Change of the score by the move alone, hard rules aside.
    change : float or None
        Change of the score when the clusters nearby are solved again, with the school locked
        to that cluster's central school, against the same clusters solved again without the
        lock. None where no plan was found.
    distance : float or None
        How far the higher of the two scores may be from the best possible: a change no larger
        is unresolved. None where nothing useful is proven.
    others : tuple of int
        URNs of the other schools that change their cluster then.
    proven_impossible : bool
        Whether it is proven that no plan has the school there, the clusters beyond those
        nearby as they are.
    uncompared : bool
        Whether a plan with the lock was found, but none without it to compare it with.
    failure : str
        What a solver answered that failed in one of the two searches; else empty.
    """

    cluster: str
    travel: float
    breaks: tuple[str, ...]
    moved: float
    change: float | None = None
    distance: float | None = None
    others: tuple[int, ...] = ()
    proven_impossible: bool = False
    uncompared: bool = False
    failure: str = ""

    @property
    def resolved(self) -> bool:
        """Whether it is proven that the lock raises the score.

        With c and b for cost and bound of the search with the lock, c' for the cost without it:
        the change c - c' is larger than the distance c - b only where b > c', so that every plan
        with the lock scores more than one without it.
        """
        return self.change is not None and self.distance is not None and self.change > self.distance


@dataclass(frozen=True)
class Why:
    """Where a school is, what ties it there, and what other clusters would mean.

    Parameters
    ----------
    urn : int
    cluster : str
        Label of its cluster.
    hub : int
        URN of the central school.
    travel : float
        From the school to it, in the unit of the county's travel.
    ties : tuple of str
        One sentence for each tie: trust, federation, pair, network, boundary.
    moves : tuple of Move
        Other clusters, the best first.
    improvable : float
        How much lower the plan scored when the clusters nearby were solved again as they are:
        0 where nothing better was found.
    """

    urn: int
    cluster: str
    hub: int
    travel: float
    ties: tuple[str, ...]
    moves: tuple[Move, ...]
    improvable: float = 0.0


def reasons_of(
    county: County,
    rulebook: Rulebook,
    plan: Plan,
    urn: int,
    *,
    time_limit: float = 60.0,
    work: int | None = None,
    seed: int = 0,
    threads: int | None = None,
    bases: Bases | None = None,
    params: WhyParams = WhyParams(),
) -> Why:
    """Explain why a school is in its cluster.

    Parameters
    ----------
    county : County
    rulebook : Rulebook
    plan : Plan
        Complete; its hubs are chosen anew by the rules.
    urn : int
        A school of the plan.
    time_limit : float
        Seconds for all searches together.
    work : int, optional
        Limit of each search in units of work instead: the same answer on any machine.
    seed : int
    threads : int, optional
    bases : dict, optional
        Clusters of this plan that were solved again without a lock for another school, under the
        same limits: given again, they are not solved twice. Added to.
    params : WhyParams

    Raises
    ------
    KeyError
        Where the school is not in the plan.
    """
    plan = replace(plan, clusters=tuple(rulebook.cluster(c.members) for c in plan.clusters))
    alone = LoneMoves(plan, rulebook)
    moves = [alone.to(urn, place) for place in sorted(_beside(plan, urn, county))]
    tried = sorted(moves, key=lambda move: (len(move.broken), move.change))[: params.tried]
    solved = partial(
        Nearby.solve,
        time_limit=time_limit / max(1, 2 * len(tried)),
        gap=params.gap,
        work=work,
        seed=seed,
        threads=threads,
    )
    locks = _Locks(
        plan, urn, county, rulebook, solved, params.freed, {} if bases is None else bases
    )
    locked = sorted(map(locks.tried, tried), key=_rank)
    cluster = plan.clusters[plan.cluster_of[urn]]
    return Why(
        urn=urn,
        cluster=plan.labels[plan.cluster_of[urn]],
        hub=cluster.hub,
        travel=county.travel.between(urn, cluster.hub),
        ties=tuple(
            tie
            for rule in rulebook.rules
            # What is only shown keeps no school anywhere.
            if kind_of(rule) != "shown"
            for tie in rule.ties(urn, cluster)
        ),
        moves=tuple(locked),
        improvable=locks.improvable,
    )


def _rank(move: Move) -> tuple[bool, float, str]:
    return (move.change is None, move.change or 0.0, move.cluster)


def _beside(plan: Plan, urn: int, county: County) -> set[int]:
    """Places of the clusters next door to a school."""
    home = plan.cluster_of[urn]
    graph, place_of = county.neighbours.graph, plan.cluster_of
    # A school deep inside its cluster has neighbours nowhere else: then look one step further.
    near = {place_of[v] for v in graph[urn]} - {home}
    return near or {place_of[w] for v in graph[urn] for w in graph[v]} - {home}


@dataclass
class _Locks:
    """Locks a school into other clusters, and solves the clusters nearby again.

    Parameters
    ----------
    plan : Plan
        With the hubs that the rules choose.
    urn : int
    county : County
    rulebook : Rulebook
    solved : callable
        `Nearby.solve`, its limits given.
    freed : int
        Clusters that are solved again at a time.
    bases : dict
        Solutions without a lock, by the clusters that were free; added to.
    improvable : float
        How much lower the plan scored when clusters were solved again without a lock, at most.
    """

    plan: Plan
    urn: int
    county: County
    rulebook: Rulebook
    solved: Callable[..., Result]
    freed: int
    # Moves to clusters side by side are compared with one and the same solution without a lock.
    bases: Bases = field(default_factory=dict)
    improvable: float = 0.0

    def tried(self, alone: LoneMove) -> Move:
        """Lock the school where a move alone would bring it."""
        plan, urn = self.plan, self.urn
        nearby = Nearby.of(plan, self.county, {plan.cluster_of[urn], alone.place}, self.freed)
        base, anchor = self._base(nearby), plan.clusters[alone.place].hub
        locked = self.solved(
            nearby,
            _locked(self.rulebook, urn, anchor),
            start=_moved(base.plan or plan, urn, anchor, self.rulebook),
        )
        titles = self.rulebook.headings
        move = Move(
            cluster=plan.labels[alone.place],
            travel=self.county.travel.between(urn, anchor),
            breaks=tuple(f"{titles[rule]}: {words}" for rule, words in alone.broken),
            moved=alone.change,
        )
        return _compared(move, locked, base, urn)

    def _base(self, nearby: Nearby) -> Result:
        """Solve the clusters nearby without a lock, those that are freed together once."""
        if nearby.free not in self.bases:
            self.bases[nearby.free] = self.solved(nearby, self.rulebook)
        base = self.bases[nearby.free]
        if base.cost is not None:
            self.improvable = max(self.improvable, self.rulebook.cost(self.plan) - base.cost)
        return base


def _locked(rulebook: Rulebook, urn: int, anchor: int) -> Rulebook:
    lock = Together(LOCK, {LOCK: frozenset({urn, anchor})}, hard=True)
    return replace(rulebook, rules=(*rulebook.rules, lock))


def _moved(plan: Plan, urn: int, anchor: int, rulebook: Rulebook) -> Plan:
    """Return the plan with one school moved to another's cluster; the search mends the rest."""
    to = plan.cluster_of[anchor]
    groups = [
        {*cluster.members} - {urn} | ({urn} if place == to else set())
        for place, cluster in enumerate(plan.clusters)
    ]
    return rulebook.plan(group for group in groups if group)


def _compared(move: Move, locked: Result, base: Result, urn: int) -> Move:
    """Say what locking a school costs, and how sure that is.

    What is proven without the lock holds with it too: the lock only takes plans away.
    """
    move = replace(move, failure=locked.failure or base.failure)
    if locked.plan is None or base.plan is None or locked.cost is None or base.cost is None:
        impossible, found = locked.status == "impossible", locked.plan is not None
        return replace(move, proven_impossible=impossible, uncompared=found)
    # A change upwards is doubted only as far as the new score could be lower, and so on.
    bounds = [r.bound for r in (locked, base) if r.bound is not None]
    bound = base.bound if locked.cost < base.cost else max(bounds, default=None)
    cost = max(locked.cost, base.cost)
    others = tuple(u for u in movers(base.plan, locked.plan) if u != urn)
    useful = bound is not None and open_share(cost, bound) is not None
    distance = max(0.0, cost - bound) if useful and bound is not None else None
    return replace(move, change=locked.cost - base.cost, distance=distance, others=others)
