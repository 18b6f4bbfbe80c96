"""For whom outputs are: the public sees no small count of the planner's own, nor a way to one.

Figures that the DfE has published are public already. A planner's own (an authority's file of
provisions, a planner's own table of schools) may be of so few pupils that they point at a child:
for the public those below 5 are withheld, and with them every total they are part of, so that
what is published does not change with what is withheld. That holds for scores too: where a rule
weighs withheld counts, scores are shown without it, and what is proven is shown as a share. Only
the plan itself rests on all figures.

What people wrote in a consultation is published only where the planner has marked it so. Nor does
the public see who asks for what before it is decided: of requests that are open, or under appeal,
it is shown the number.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

import pandas as pd

from cluster_geo.audit import Audit
from cluster_geo.columns import SCHOOL_COLUMNS
from cluster_geo.county import County
from cluster_geo.funding import LastYear, Pot
from cluster_geo.optimise import Result
from cluster_geo.plan import Papers, Responses, without_open, without_traces
from cluster_geo.records import KEYED, Source, keyed, keyed_hash
from cluster_geo.rules import Rulebook
from cluster_geo.scenario import Brief, decisions_of
from cluster_geo.scenario.inputs import RESPONSES
from cluster_geo.scenario.pots import last_year_key
from cluster_geo.schools import without_small_counts
from cluster_geo.schools.small_counts import LEAST_SHOWN

# Roles of the files that may hold counts of a planner's own.
OWN_COLUMN = "column "
FUNDING_ROLE = "funding "
WITH_COUNTS = ("schools", "srp", "previous plan", "reference plan", "codes retired")
# What the names of rules about the balance of a column begin with.
BALANCE = "balance."
WITHHELD = "withheld: made of figures that are not public"


def _is_private(source: Source, published: Collection[str]) -> bool:
    """Whether a file may hold figures of a planner's own: what others publish has an attribution.

    `published` are the paths of files with one: a column may be taken from such a file.
    """
    if source.role.startswith(OWN_COLUMN):
        return source.path not in published
    return source.role in WITH_COUNTS and not source.attribution


def _without_unpublished(county: County) -> County:
    """Return a county that holds no free text of responses but what is marked for publication.

    The hash of their file is keyed where there is any: what else is in it is published, so that
    from a plain one anybody could confirm a guess at the text.
    """
    found = county.inputs.contents.get(RESPONSES)
    if not isinstance(found, Responses) or not found.unpublished:
        return county
    contents = {**county.inputs.contents, RESPONSES: found.for_public()}
    fit = replace(county, inputs=replace(county.inputs, contents=contents))
    return fit.with_sources(lambda source: keyed(source) if source.role == "responses" else source)


def _without_private_pots(county: County, pots: Collection[Pot]) -> County:
    """Return a county that holds last year's money of the pots that are shown, and of no other.

    The hash of such a file is keyed: what the schools had is not published, only what the clusters
    would have had.
    """
    shown = {last_year_key(pot.name) for pot in pots}
    held = county.inputs.contents
    if not any(isinstance(content, LastYear) for content in held.values()):
        return county
    contents = {k: v for k, v in held.items() if not isinstance(v, LastYear) or k in shown}
    fit = replace(county, inputs=replace(county.inputs, contents=contents))
    return fit.with_sources(lambda source: keyed(source) if _is_plain_funding(source) else source)


def _is_plain_funding(source: Source) -> bool:
    """Whether a file has money of last year, and a hash that is not keyed yet."""
    return source.role.startswith(FUNDING_ROLE) and not source.sha256.startswith(KEYED)


@dataclass(frozen=True, eq=False)
class Disclosure:
    """A county as one audience may see it, and what was asked for that audience.

    Making one is what withholds: there is no disclosure of a county with counts that its audience
    must not see. Whatever is written of a county asks for this, and not for the county.

    Parameters
    ----------
    county : County
        Given with all its counts; held without those that are withheld from the audience.
    brief : Brief
    """

    county: County
    brief: Brief

    def __post_init__(self) -> None:
        if self._inside:
            return
        object.__setattr__(self, "county", _without_unpublished(self.county))
        object.__setattr__(self, "county", _without_private_pots(self.county, self.brief.pots))
        if (decisions := decisions_of(self.county)) is not None:
            object.__setattr__(self, "county", without_traces(self.county, decisions))
        schools = self.county.schools
        if schools.small == schools.withheld:
            return
        fit = replace(self.county, schools=without_small_counts(schools))
        open_files = {source.path for source in self.county.sources if source.attribution}
        fit = fit.with_sources(
            lambda source: keyed(source) if _is_private(source, open_files) else source
        )
        object.__setattr__(self, "county", fit)

    @property
    def _inside(self) -> bool:
        """Whether what is shown stays inside the authority."""
        return self.brief.audience == "internal"

    def papers(self, papers: Papers) -> Papers:
        """Return a plan's papers as the audience may see them.

        To the public, requests that are open are only counted, and what people wrote is shown only
        where it is marked for publication. What was left out before is counted too, so that papers
        may be handed on from one publication to another.
        """
        if self._inside:
            return papers
        if papers.responses is not None:
            papers = replace(papers, responses=papers.responses.for_public())
        if papers.decisions is not None:
            shown, withheld = without_open(papers.decisions)
            papers = replace(papers, decisions=shown, withheld=papers.withheld + withheld)
        return papers

    def hash_of_plan(self, sha256: str) -> str:
        """Return the hash of another plan's file as the audience may see it.

        A plan for the authority has all counts of its schools.
        """
        return keyed_hash(sha256) if sha256 and self.county.schools.withheld else sha256

    def audit(self, audit: Audit) -> Audit:
        """Return an audit as the audience may see it.

        How far a cluster is out of balance tells the sum of its counts: those verdicts are left
        out for the public where a count was withheld. What the rule adds up to over the plan is
        missing too, and so is its part of the score: all counts but one are known, and it tells
        that one.
        """
        revealing = self._revealing(audit.by_rule.index)
        if not revealing:
            return audit
        verdicts = audit.verdicts[~audit.verdicts["rule"].isin(revealing)]
        prices = verdicts.groupby("cluster")["price"].agg(math.fsum)
        by_cluster = audit.by_cluster.assign(
            price=prices.reindex(audit.by_cluster.index, fill_value=0)
        )
        by_rule = audit.by_rule.astype({"clusters": "Int64"})
        by_rule.loc[sorted(revealing), "clusters"] = pd.NA
        by_rule.loc[sorted(revealing), ["count", "price"]] = math.nan
        by_rule.loc[sorted(revealing), "found"] = WITHHELD
        return replace(
            audit,
            verdicts=verdicts,
            by_cluster=by_cluster,
            by_rule=by_rule,
            cost=math.fsum(verdicts["price"]),
        )

    def result(self, result: Result, rulebook: Rulebook | None) -> Result:
        """Return a search's result as the audience may see it.

        The score is that of the rules that are shown. What was proven is of all rules: it is left
        out with the course of the search, its work and the clusters it met, which depend on every
        count, and with what proves it. Without the rules nobody knows what a proof is made of.
        """
        if rulebook is None:
            return replace(result, proof=None)
        if not self.about_left_out(rulebook):
            return result
        shown = self.rulebook(rulebook)
        return replace(
            result,
            cost=None if result.plan is None else shown.cost(result.plan),
            bound=None,
            trace=(),
            known=(),
            work=0,
            proof=None,
        )

    def rulebook(self, rulebook: Rulebook) -> Rulebook:
        """Return the rules by which changes of a plan may be judged, as `audit` its verdicts."""
        revealing = self._revealing(rule.name for rule in rulebook.rules)
        if not revealing:
            return rulebook
        return replace(rulebook, rules=tuple(r for r in rulebook.rules if r.name not in revealing))

    def about_left_out(self, rulebook: Rulebook) -> str:
        """Say which rules `rulebook` leaves out; "" where it keeps them all."""
        kept = {rule.name for rule in self.rulebook(rulebook).rules}
        names = [rule.name for rule in rulebook.rules if rule.name not in kept]
        if not names:
            return ""
        why = f"counts below {LEAST_SHOWN} are withheld"
        if self._whole_columns() or self.brief.private_balances:
            why = "figures that they are made of are withheld"
        return f"Left out, since {why}: {', '.join(names)}."

    def _whole_columns(self) -> set[str]:
        """Return the planner's own columns that the audience does not see at all."""
        schools = self.county.schools
        shown = {column.name for column in SCHOOL_COLUMNS} | {own.name for own in schools.own}
        return schools.withheld.keys() - shown

    def _revealing(self, rules: Iterable[str]) -> set[str]:
        """Return those of the rules whose measure of a cluster is made of withheld counts.

        A balance of which the brief does not say what it is made of is taken for one.
        """
        small = frozenset(self.county.schools.small)
        if self._inside:
            return set()
        private = {f"{BALANCE}{name}" for name in self.brief.private_balances}
        made_of = {f"{BALANCE}{name}": columns for name, columns in self.brief.balances.items()}
        return {
            rule
            for rule in rules
            if rule.startswith(BALANCE) and (rule in private or made_of.get(rule, small) & small)
        }
