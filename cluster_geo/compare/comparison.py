"""Two plans compared: both judged by the same rules, their clusters matched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from cluster_geo.audience import Disclosure
from cluster_geo.audit import Audit, audit
from cluster_geo.compare.changes import (
    AMOUNTS,
    measure_changes,
    rule_changes,
    trust_changes,
    whole_of_moves,
)
from cluster_geo.compare.clusters import cluster_changes, common_codes, relabelled
from cluster_geo.compare.funding import funding_changes
from cluster_geo.compare.moves import find_moves
from cluster_geo.compare.name_register import UNMATCHED
from cluster_geo.compare.published import PlanFile
from cluster_geo.compare.since import with_hubs
from cluster_geo.county import County
from cluster_geo.plan import Plan, known_part
from cluster_geo.records import Source
from cluster_geo.rules import Rulebook, most_schools


@dataclass(frozen=True, eq=False)
class Side:
    """One of the two plans.

    Parameters
    ----------
    title : str
        What a reader calls it, such as the name of its file.
    plan : Plan
        The part of it that the county knows, each school once, with the hubs that the rules
        choose. Clusters of the second plan carry the codes and names of those of the first
        that they are matched to.
    audit : Audit
        The verdicts on the plan as it was drawn, strangers and all.
    names : DataFrame or None
        How each row of a published list was matched to a school; None where the file gave URNs.
    source : Source or None
        The file the plan was read from.
    """

    title: str
    plan: Plan
    audit: Audit
    names: pd.DataFrame | None = None
    source: Source | None = None


@dataclass(frozen=True, eq=False)
class Comparison:
    """What changes from the first plan (`before`) to the second (`after`), for one audience.

    All tables are made of what that audience may see; `compare_plans` makes a comparison.

    Parameters
    ----------
    disclosed : Disclosure
        The county, as the audience may see it.
    before, after : Side
        Held with the verdicts that the audience may see.
    common : (Side, Side)
        Either plan as if it held no other schools than those of both plans: only so can scores
        and measures be compared. Held likewise.
    own : mapping of str to (str, str)
        The second plan's own code and name of a cluster, by common code.
    largest : int or None
        Most schools that a cluster may have, None where no rule says.
    preferences : str
        How preferences are judged that a run may have made requirements, in a sentence.
    """

    disclosed: Disclosure
    before: Side
    after: Side
    common: tuple[Side, Side]
    own: Mapping[str, tuple[str, str]]
    largest: int | None = None
    preferences: str = ""

    def __post_init__(self) -> None:
        for name in ("before", "after"):
            object.__setattr__(self, name, self._shown(getattr(self, name)))
        object.__setattr__(self, "common", tuple(map(self._shown, self.common)))

    def _shown(self, side: Side) -> Side:
        return replace(side, audit=self.disclosed.audit(side.audit))

    @property
    def county(self) -> County:
        """The county, as the audience may see it."""
        return self.disclosed.county

    @cached_property
    def only(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """URNs of the schools that only the first plan holds, and of those only in the second."""
        first, second = (set(side.plan.cluster_of) for side in (self.before, self.after))
        return tuple(sorted(first - second)), tuple(sorted(second - first))

    @property
    def scores(self) -> tuple[float, float]:
        """Score of either plan over the schools of both, in km-equivalents (or minutes)."""
        first, second = self.common
        return first.audit.cost, second.audit.cost

    @property
    def alike(self) -> bool:
        """Whether the lower score is the better plan: same schools, and no hard rule broken."""
        sides = (self.before, self.after)
        whole = all(s.names is None or (s.names["how"] != UNMATCHED).all() for s in sides)
        return whole and not any(self.only) and all(side.audit.kept for side in sides)

    @cached_property
    def moves(self) -> pd.DataFrame:
        """One row for each school that changes its cluster, joins or leaves the plan, by `urn`.

        See `moves.find_moves`. Empty where nothing moves, whatever the clusters are called.
        """
        return find_moves(self.before.plan, self.after.plan, self.county)

    @cached_property
    def clusters(self) -> pd.DataFrame:
        """One row for each cluster of either plan; see `clusters.cluster_changes`."""
        return cluster_changes(self.before.plan, self.after.plan, self.county, self.own)

    @cached_property
    def rules(self) -> pd.DataFrame:
        """What each rule finds in either plan; see `changes.rule_changes`.

        Counts and prices are over the schools of both plans.
        """
        plans = rule_changes(self.before.audit, self.after.audit)
        first, second = (side.audit for side in self.common)
        return plans.assign(**rule_changes(first, second)[list(AMOUNTS)])

    @cached_property
    def measures(self) -> pd.DataFrame:
        """Figures of either plan over the schools of both; see `changes.measure_changes`."""
        first, second = (side.plan for side in self.common)
        return measure_changes(first, second, self.county, self.largest)

    @cached_property
    def trusts(self) -> pd.DataFrame:
        """The trusts whose schools move; see `changes.trust_changes`."""
        return trust_changes(self.moves, self.before.plan, self.after.plan, self.county)

    @cached_property
    def funding(self) -> pd.DataFrame:
        """Money of each cluster in either plan; see `funding.funding_changes`."""
        pots = self.disclosed.brief.pots
        return funding_changes(self.before.plan, self.after.plan, self.county, pots)

    @cached_property
    def touched(self) -> pd.Series:
        """How many schools, pupils and trusts the moves touch; see `changes.whole_of_moves`."""
        return whole_of_moves(self.moves, self.before.plan, self.after.plan, self.county)


def compare_plans(
    disclosed: Disclosure,
    rulebook: Rulebook,
    first: PlanFile,
    second: PlanFile,
    *,
    preferences: str = "",
    made_from: bool = False,
) -> Comparison:
    """Compare two plans of a county by one set of rules.

    Parameters
    ----------
    disclosed : Disclosure
        The county, as the comparison's audience may see it.
    rulebook : Rulebook
        Judges both plans, whatever rules they were made by, by all counts; what it finds is shown
        as the audience may see it.
    first, second : PlanFile
        As read, complete or not; schools that the county does not know are reported by the audits
        and left out of everything else.
    preferences : str
        As in `Comparison`.
    made_from : bool
        As in `common_codes`.
    """
    county = disclosed.county
    before, after = _chosen(first.plan, county, rulebook), _chosen(second.plan, county, rulebook)
    codes = common_codes(before, after, second.plan.labels, made_from=made_from)
    own = {codes[code]: (code, after.names.get(code, "")) for code in after.labels}
    after = relabelled(after, codes, before.names)
    drawn = relabelled(second.plan, codes, before.names)
    # Where only the second plan has a name for a cluster, both sides use that one.
    before = replace(before, names={**after.names, **before.names})
    verdicts = [audit(county, rulebook, plan) for plan in (first.plan, drawn)]
    both = before.cluster_of.keys() & after.cluster_of.keys()
    parts = [with_hubs(plan, rulebook, both) for plan in (before, after)]
    return Comparison(
        disclosed,
        Side(first.title, before, verdicts[0], first.names, first.source),
        Side(second.title, after, verdicts[1], second.names, second.source),
        (
            Side(first.title, parts[0], audit(county, rulebook, parts[0])),
            Side(second.title, parts[1], audit(county, rulebook, parts[1])),
        ),
        own,
        most_schools(rulebook),
        preferences,
    )


def _chosen(plan: Plan, county: County, rulebook: Rulebook) -> Plan:
    """Return the known part of a plan with the hubs that the rules choose."""
    return with_hubs(known_part(plan, county), rulebook)
