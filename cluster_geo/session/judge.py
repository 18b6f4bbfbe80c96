"""Judges drafts by the rules of a run, each cluster once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from cluster_geo.audience import Disclosure
from cluster_geo.county import County
from cluster_geo.optimise.certainty import of_floor
from cluster_geo.phrases import in_short
from cluster_geo.pipeline.floor import NO_RULES, keeps_frozen
from cluster_geo.plan import Cluster
from cluster_geo.rules import PlanSum, Rulebook, Verdict
from cluster_geo.scenario import Scenario, brief_of, carried_pins, frozen_clusters, rulebook_of
from cluster_geo.session.draft import Draft
from cluster_geo.session.tighter import flat, only_tighter
from cluster_geo.tolerances import SAME_SUM

# What a rulebook depends on: groups kept together and apart, pins taken away, settings.
_Key = tuple[object, ...]
EVERY_SCHOOL = "Every school is in exactly one cluster"
_NOTHING_PROVEN = "Nothing is proven about how far it is from the best possible"


@dataclass(frozen=True, slots=True)
class Broken:
    """A requirement that a draft breaks.

    Parameters
    ----------
    rule : str
        What the rule is called on a page.
    words : str
        What was found.
    code : str
        Code of the cluster; "" for a rule over the whole plan.
    """

    rule: str
    words: str
    code: str = ""


@dataclass(frozen=True)
class Judged:
    """A draft with the verdicts on it.

    Parameters
    ----------
    draft : Draft
    rulebook : Rulebook
    verdicts : mapping of str to mapping of str to Verdict
        By the code of the cluster, then by the name of the rule.
    sums : tuple of PlanSum
        Of the rules over the plan.
    missing : tuple of str
        Names of the schools that are in no cluster.
    """

    draft: Draft
    rulebook: Rulebook
    verdicts: Mapping[str, Mapping[str, Verdict]]
    sums: tuple[PlanSum, ...]
    missing: tuple[str, ...] = ()

    @cached_property
    def score(self) -> float:
        """What the rules charge all clusters."""
        return sum(map(self.score_of, self.verdicts))

    def score_of(self, code: str) -> float:
        """Return what the rules charge a cluster; 0 where there is none of this code."""
        return sum(verdict.price for verdict in self.verdicts.get(code, {}).values())

    @cached_property
    def broken(self) -> tuple[Broken, ...]:
        """Every requirement that is broken, cluster by cluster, then over the plan."""
        return tuple(self.broken_beyond(None))

    def broken_beyond(self, before: Judged | None) -> Iterator[Broken]:
        """Yield what is broken here and was not before, or not as far; all without a `before`."""
        titles = self.rulebook.headings
        for code, verdicts in self.verdicts.items():
            # Most of a plan's clusters are the same ones, with one and the same judgement.
            if before is not None and before.verdicts.get(code) is verdicts:
                continue
            then = {} if before is None else before.verdicts.get(code, {})
            for rule, now in verdicts.items():
                if not now.kept and _further(now, then.get(rule)):
                    yield Broken(titles[rule], now.words, code)
        if len(self.missing) > (0 if before is None else len(before.missing)):
            yield Broken(EVERY_SCHOOL, f"in no cluster: {in_short(self.missing)}")
        excess = {} if before is None else {found.rule.name: found.excess for found in before.sums}
        for found in self.sums:
            if not found.kept and found.excess > excess.get(found.rule.name, 0.0) + SAME_SUM:
                yield Broken(titles[found.rule.name], found.words)


def _further(now: Verdict, then: Verdict | None) -> bool:
    return then is None or then.kept or now.count > then.count + SAME_SUM


@dataclass(eq=False)
class Judge:
    """Judges the drafts of one session.

    Parameters
    ----------
    whole : County
        With all its counts.
    scenario : Scenario
        Of the run that the session begins from.
    read : callable
        Returns that scenario with settings that replace its own, by dotted name.
    floor : float or None
        A score below which no plan by the scenario's rules can be, as that run has proven.
    version : str
        Version of the plan that the session begins from; "" where it is not known.
    """

    whole: County
    scenario: Scenario
    read: Callable[[Mapping[str, str]], Scenario]
    floor: float | None = None
    version: str = ""
    _rulebooks: dict[_Key, Rulebook] = field(default_factory=dict, repr=False)
    _known: dict[_Key, dict[Cluster, Mapping[str, Verdict]]] = field(
        default_factory=dict, repr=False
    )

    @cached_property
    def _disclosed(self) -> Disclosure:
        return Disclosure(self.whole, brief_of(self.scenario))

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the rules as the session began, and of the files that they were read from."""
        rules = self.scenario.model_dump(mode="json", exclude=NO_RULES - {"granted"})
        files = self.scenario.files()
        content = {
            "rules": {key: value for key, value in flat(rules) if key not in files},
            "files": sorted(source.sha256 for source in self.county.sources),
            "floor": self.floor,
        }
        text = json.dumps(content, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    def hash_of_plan(self, sha256: str) -> str:
        """Return the hash of a plan's file as a journal may have it, 64 hexadecimal digits."""
        return self._disclosed.hash_of_plan(sha256).rpartition(":")[2] or "0" * len(sha256)

    @property
    def county(self) -> County:
        """The county as the scenario's audience may see it."""
        return self._disclosed.county

    @cached_property
    def about_left_out(self) -> str:
        """Which rules are left out of every score, since they weigh withheld counts; or ""."""
        return self._disclosed.about_left_out(rulebook_of(self.whole, self.scenario))

    @cached_property
    def _urns(self) -> frozenset[int]:
        return frozenset(self.whole.urns)

    @cached_property
    def pinned(self) -> frozenset[int]:
        """URNs of the schools that the scenario pins to a numbered cluster."""
        pins = carried_pins(self.scenario.pins, self.whole.schools.identity)
        return frozenset(urn for urns in pins.fixed.values() for urn in urns)

    @cached_property
    def frozen(self) -> tuple[Cluster, ...]:
        """Clusters that were frozen when the run's proof was found."""
        rulebook = rulebook_of(self.whole, self.scenario)
        return frozen_clusters(self.whole, self.scenario, rulebook)

    def bound_of(self, draft: Draft) -> float | None:
        """Return a score below which no plan by a draft's rules can be; None if none is known."""
        return None if self._unknown(draft) else self.floor

    def _unknown(self, draft: Draft) -> str:
        """Say why what the run has proven does not hold of a draft; "" where it does."""
        if self.floor is None:
            return "no proof lies beside the plan that it began from"
        if self.about_left_out:
            return "some rules are left out of this score"
        if draft.unpinned:
            return "a pin was taken away, which allows more plans"
        if not keeps_frozen(draft.plan, self.frozen):
            return "a cluster that was frozen has been changed"
        if draft.settings and not only_tighter(self.scenario, self.scenario_of(draft)):
            return "a setting was changed that allows more plans, or makes them score less"
        return ""

    def shown(self, rulebook: Rulebook) -> Rulebook:
        """Return those of the rules by which a change may be judged before the audience."""
        return self._disclosed.rulebook(rulebook)

    def scenario_of(self, draft: Draft) -> Scenario:
        """Return the scenario with what was agreed on the settings and on schools to keep together.

        Raises
        ------
        InputError
            Where a setting cannot be used.
        """
        scenario = self.read(draft.settings) if draft.settings else self.scenario
        pins = carried_pins(scenario.pins, self.whole.schools.identity)
        together, apart = (*pins.together, *draft.together), (*pins.apart, *draft.apart)
        fixed = {
            number: left
            for number, urns in pins.fixed.items()
            if (left := tuple(urn for urn in urns if urn not in draft.unpinned))
        }
        agreed = pins.model_copy(update={"together": together, "apart": apart, "fixed": fixed})
        return scenario.model_copy(update={"pins": agreed})

    def rulebook_of(self, draft: Draft) -> Rulebook:
        """Return the rules by which a draft is judged, as far as the audience may see them."""
        key = _key(draft)
        if key not in self._rulebooks:
            rulebook = rulebook_of(self.whole, self.scenario_of(draft))
            self._rulebooks[key] = self.shown(rulebook)
        return self._rulebooks[key]

    def with_hubs(self, draft: Draft) -> Draft:
        """Return the draft with the central schools that its rules choose."""
        rulebook = self.rulebook_of(draft)
        clusters = tuple(rulebook.cluster(cluster.members) for cluster in draft.plan.clusters)
        return replace(draft, plan=replace(draft.plan, clusters=clusters))

    def judged(self, draft: Draft) -> Judged:
        """Judge a draft."""
        rulebook, known = self.rulebook_of(draft), self._known.setdefault(_key(draft), {})
        for cluster in draft.clusters.values():
            if cluster not in known:
                known[cluster] = rulebook.judge(cluster)
        verdicts = {code: known[cluster] for code, cluster in draft.clusters.items()}
        sums = rulebook.sums(draft.clusters.values())
        outside = self._urns - draft.code_of.keys()
        names = self.county.schools.names if outside else {}
        missing = tuple(names[urn] for urn in sorted(outside))
        return Judged(draft, rulebook, verdicts, sums, missing)

    def certainty(self, judged: Judged) -> str:
        """Say how far a draft is from the best possible, if that is known.

        What the run has proven holds of every plan by its rules, so also where rules were only
        tightened since.
        """
        bound = self.bound_of(judged.draft)
        if bound is None:
            why = self._unknown(judged.draft)
            return f"This plan scores {judged.score:,.1f}. {_NOTHING_PROVEN}: {why}."
        return of_floor(judged.score, bound, kept=not judged.broken)


def _key(draft: Draft) -> _Key:
    return draft.together, draft.apart, draft.unpinned, tuple(sorted(draft.settings.items()))
