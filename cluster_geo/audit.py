"""Every rule judged on a plan, whoever drew it, without the optimiser."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from cluster_geo.cards import card
from cluster_geo.county import County
from cluster_geo.phrases import counted, listed, named
from cluster_geo.plan import Cluster, Plan
from cluster_geo.rounding import down
from cluster_geo.rules import PlanSum, Rule, Rulebook, Verdict, kind_of, most_schools
from cluster_geo.tolerances import SAME_SUM

EVERY_SCHOOL_ONCE = "every school once"


@dataclass(frozen=True, eq=False)
class Audit:
    """What a plan keeps, what it breaks and what it costs.

    Parameters
    ----------
    by_rule : DataFrame
        Indexed by `rule`: "every school once" first, then the rules over a cluster, then those
        over the plan. Columns: `kind` (hard, priced or shown), `kept`, `clusters` (how many
        break the rule or are charged), `count` (the rule's own measure, summed: schools
        outside, pieces of trusts, km ...), `price` (km-equivalents) and `found` (words, for
        rules over the plan, and for what is in the score of every plan).
    by_cluster : DataFrame
        Indexed by `cluster` (its code): `name`, `schools`, `hub_urn`, `kept`, `broken` (names
        of the hard rules broken, joined by "; ") and `price`.
    verdicts : DataFrame
        One row per cluster and rule: `cluster`, `rule`, `kind`, `kept`, `count`, `price` and
        `words`.
    broken : tuple of str
        One plain sentence for everything that is wrong.
    missing, unknown, doubled : tuple of int
        URNs in no cluster, URNs that are no schools of this county, URNs in two clusters.
    cost : float
        Sum of the prices, in km-equivalents (or minutes).
    titles : mapping of str to str
        What a page calls each rule of `by_rule`, by its name.
    """

    by_rule: pd.DataFrame
    by_cluster: pd.DataFrame
    verdicts: pd.DataFrame
    broken: tuple[str, ...]
    missing: tuple[int, ...] = field(default=())
    unknown: tuple[int, ...] = field(default=())
    doubled: tuple[int, ...] = field(default=())
    cost: float = 0.0
    titles: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def kept(self) -> bool:
        """Whether the plan keeps every hard rule and covers every school once."""
        return not self.broken

    def _repr_html_(self) -> str:
        """Show the verdicts in a notebook, rule by rule."""
        facts = {
            "score": self.cost,
            "broken": list(self.broken) or "nothing: every requirement is met",
        }
        columns = ["kind", "kept", "clusters", "count", "price"]
        return card("Audit", facts, self.by_rule[columns])


def audit(county: County, rulebook: Rulebook, plan: Plan) -> Audit:
    """Judge a plan by every rule.

    Each cluster is judged with the hub that the rules choose, whatever hub the plan states,
    and without the members that are no schools of this county.

    Parameters
    ----------
    county : County
    rulebook : Rulebook
    plan : Plan
        From a run or from a file, complete or not.
    """
    cover = _Cover.of(plan, county)
    clusters = {
        label: rulebook.cluster(members)
        for label, cluster in zip(plan.labels, plan.clusters, strict=True)
        if (members := [urn for urn in cluster.members if urn not in cover.strangers])
    }
    verdicts = _verdicts(clusters, rulebook)
    sums = [_over_plan(found) for found in rulebook.sums(clusters.values())]
    titles = {label: _title(label, plan.names) for label in plan.labels}
    sentences = cover.sentences(titles, county.schools.names)
    called = rulebook.headings
    sentences += _sentences(verdicts, titles, called)
    sentences += [
        f"The plan breaks “{called[str(s['rule'])]}”: {s['found']}." for s in sums if not s["kept"]
    ]
    return Audit(
        by_rule=_by_rule(cover, verdicts, sums, rulebook),
        by_cluster=_by_cluster(clusters, verdicts, plan.names),
        verdicts=verdicts,
        broken=tuple(sentences),
        missing=cover.missing,
        unknown=tuple(sorted(cover.strangers)),
        doubled=tuple(cover.places),
        cost=math.fsum(verdicts["price"]),
        titles={EVERY_SCHOOL_ONCE: "Every school is in exactly one cluster", **rulebook.headings},
    )


@dataclass(frozen=True)
class _Cover:
    """How far a plan is from holding every school once.

    `strangers` are the labels of the clusters of each URN the county does not know, `places`
    those of each school in more than one cluster.
    """

    missing: tuple[int, ...]
    strangers: Mapping[int, list[str]]
    places: Mapping[int, list[str]]

    @classmethod
    def of(cls, plan: Plan, county: County) -> _Cover:
        found: dict[int, list[str]] = {}
        for label, cluster in zip(plan.labels, plan.clusters, strict=True):
            for urn in cluster.members:
                found.setdefault(urn, []).append(label)
        known = set(county.urns)
        return cls(
            tuple(urn for urn in county.urns if urn not in found),
            {urn: found[urn] for urn in sorted(found) if urn not in known},
            {urn: found[urn] for urn in sorted(found) if urn in known and len(found[urn]) > 1},
        )

    @property
    def faults(self) -> int:
        return len(self.missing) + len(self.strangers) + len(self.places)

    def sentences(self, titles: Mapping[str, str], names: Mapping[int, str]) -> list[str]:
        lines = []
        if self.missing:
            verb = "is" if len(self.missing) == 1 else "are"
            schools = counted(len(self.missing), "school")
            lines.append(f"{schools} {verb} in no cluster: {named(self.missing, names)}.")
        for urn, labels in self.strangers.items():
            where = listed([titles[label] for label in labels])
            lines.append(f"URN {urn} is in {where} but is not a school in this county.")
        for urn, labels in self.places.items():
            where = listed([titles[label] for label in labels])
            lines.append(f"{named([urn], names)} is in {len(labels):,} clusters: {where}.")
        return lines


def _verdicts(clusters: Mapping[str, Cluster], rulebook: Rulebook) -> pd.DataFrame:
    kinds = {rule.name: kind_of(rule) for rule in rulebook.rules}
    judged: list[tuple[str, str, Verdict]] = [
        (label, rule, verdict)
        for label in sorted(clusters)
        for rule, verdict in rulebook.judge(clusters[label]).items()
    ]
    return pd.DataFrame(
        {
            "cluster": pd.Series([label for label, _, _ in judged], dtype=object),
            "rule": pd.Series([rule for _, rule, _ in judged], dtype=object),
            "kind": pd.Series([kinds[rule] for _, rule, _ in judged], dtype=object),
            "kept": pd.Series([verdict.kept for *_, verdict in judged], dtype=bool),
            "count": pd.Series([verdict.count for *_, verdict in judged], dtype=float),
            "price": pd.Series([verdict.price for *_, verdict in judged], dtype=float),
            "words": pd.Series([verdict.words for *_, verdict in judged], dtype=object),
        }
    )


def _over_plan(found: PlanSum) -> dict[str, object]:
    facts = {"rule": found.rule.name, "kept": found.kept}
    return facts | {"count": found.total, "found": found.words}


def _sentences(
    verdicts: pd.DataFrame, titles: Mapping[str, str], called: Mapping[str, str]
) -> list[str]:
    broken = verdicts[~verdicts["kept"]]
    return [
        f"{_opening(titles[label])} breaks “{called[rule]}”: {words}."
        for label, rule, words in zip(
            broken["cluster"], broken["rule"], broken["words"], strict=True
        )
    ]


def _opening(title: str) -> str:
    return title[0].upper() + title[1:]


def _title(label: str, names: Mapping[str, str]) -> str:
    return f"cluster {label} {names.get(label, '')}".rstrip()


def _by_rule(
    cover: _Cover, verdicts: pd.DataFrame, sums: list[dict[str, object]], rulebook: Rulebook
) -> pd.DataFrame:
    once = {"rule": EVERY_SCHOOL_ONCE, "kind": "hard", "kept": not cover.faults}
    rows: list[dict[str, object]] = [once | {"count": float(cover.faults)}]
    largest = most_schools(rulebook)
    for rule in rulebook.rules:
        mine = verdicts[verdicts["rule"] == rule.name]
        touched = ~mine["kept"] if rule.hard else mine["count"] > 0
        added = math.fsum(mine["price"])
        rows.append(
            {
                "rule": rule.name,
                "kind": kind_of(rule),
                "kept": bool(mine["kept"].all()),
                "clusters": int(touched.sum()),
                "count": math.fsum(mine["count"]),
                "price": added,
                "found": "" if cover.faults else _in_every_plan(rule, largest, added),
            }
        )
    rows += [{"kind": "hard"} | row for row in sums]
    empty = {"clusters": 0, "count": 0.0, "price": 0.0, "found": ""}
    return pd.DataFrame([empty | row for row in rows]).set_index("rule")[
        ["kind", "kept", "clusters", "count", "price", "found"]
    ]


def _in_every_plan(rule: Rule, largest: int | None, added: float) -> str:
    """Say how much of what a rule adds to the score no plan avoids, where that is known.

    A plan with clusters larger than any may be can add less: of that nothing is unavoidable.
    """
    least, why = rule.unavoidable(largest)
    if added < least - SAME_SUM:
        return ""
    return f"at least {down(least)} of what it adds is unavoidable: {why}" if least else ""


def _by_cluster(
    clusters: Mapping[str, Cluster], verdicts: pd.DataFrame, names: Mapping[str, str]
) -> pd.DataFrame:
    prices: Counter[str] = Counter()
    broken: dict[str, list[str]] = {label: [] for label in clusters}
    for label, rule, kept, price in zip(
        verdicts["cluster"], verdicts["rule"], verdicts["kept"], verdicts["price"], strict=True
    ):
        prices[label] += price
        if not kept:
            broken[label].append(rule)
    labels = sorted(clusters)
    return pd.DataFrame(
        {
            "name": [names.get(label, label) for label in labels],
            "schools": [len(clusters[label]) for label in labels],
            "hub_urn": [clusters[label].hub for label in labels],
            "kept": [not broken[label] for label in labels],
            "broken": ["; ".join(broken[label]) for label in labels],
            "price": [float(prices[label]) for label in labels],
        },
        index=pd.Index(labels, name="cluster", dtype=object),
    )
