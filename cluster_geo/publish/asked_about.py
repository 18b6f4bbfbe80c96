"""What a request is about, in words: a school, or a cluster of this plan or of an earlier one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cluster_geo.county import County
from cluster_geo.phrases import joined
from cluster_geo.plan import Plan, Request, title_of


@dataclass(frozen=True)
class Places:
    """The schools and clusters that a list of decisions may name.

    Parameters
    ----------
    names : mapping of int to str
        Of the schools, by URN.
    code_of : mapping of int to str
        Code of each school's cluster, by URN.
    titles, former : mapping of str to str
        What clusters are called, by code: those of the plan, and those of the plan before.
    retired : frozenset of str
        Codes that are used no more.
    known : bool
        Whether a plan is at hand at all. Without one nothing is said to be missing from it.
    """

    names: Mapping[int, str] = field(default_factory=dict)
    code_of: Mapping[int, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    former: Mapping[str, str] = field(default_factory=dict)
    retired: frozenset[str] = frozenset()
    known: bool = False

    @classmethod
    def of(cls, county: County, plan: Plan, previous: Plan | None = None) -> Places:
        """Return those of a plan and of the plan before it."""
        return cls(
            names=county.schools.names,
            code_of=plan.code_of,
            titles=_titles(plan),
            former={} if previous is None else _titles(previous),
            retired=frozenset(plan.retired),
            known=True,
        )

    def school(self, urn: int) -> str:
        """Return what a reader calls a school."""
        if urn in self.names:
            return f"{self.names[urn]} ({urn})"
        return f"URN {urn}, not in this plan" if self.known else f"URN {urn}"

    def cluster(self, code: str) -> str:
        """Return what a reader calls a cluster; of a code that the plan has not, what is known."""
        if code in self.titles:
            return _called(code, self.titles[code])
        if code in self.former:
            return f"{_called(code, self.former[code])}, of the plan before"
        if code in self.retired:
            return f"{code}, which is no longer used"
        return f"{code}, not in this plan" if self.known else code

    def home(self, urn: int) -> str:
        """Return the name of the cluster that a school is in now; "" where it is in none."""
        return self.titles[self.code_of[urn]] if urn in self.code_of else ""

    def about(self, request: Request) -> str:
        """Return the schools and clusters that a request is about."""
        schools = [self.school(urn) for urn in request.urns]
        clusters = [f"cluster {self.cluster(code)}" for code in request.clusters]
        return joined([*schools, *clusters])

    def clusters_of(self, request: Request) -> tuple[str, ...]:
        """Return the codes of the clusters that a request concerns.

        Those that it is about, and else those that its schools are in now.
        """
        homes = (self.code_of[urn] for urn in request.urns if urn in self.code_of)
        return request.clusters or tuple(dict.fromkeys(homes))


def _titles(plan: Plan) -> dict[str, str]:
    return {code: title_of(code, plan.names) for code in plan.labels}


def _called(code: str, title: str) -> str:
    return code if title == code else f"{title} ({code})"
