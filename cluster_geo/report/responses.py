"""The report's appendix on a consultation: what was raised, and beside it what the plan does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cluster_geo.plan import Response, Responses
from cluster_geo.publish import Publication
from cluster_geo.report.consulted import Consulted
from cluster_geo.report.sections import rule_rows
from cluster_geo.rules import Rulebook, rules_called

# So many demands of a requirement are stated beside its name; one for every zone would not be read.
MOST_DEMANDS = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """A row of the table, and what the plan does about it.

    Parameters
    ----------
    response : Response
        As the audience may see it.
    outcomes : tuple of str
        What each rule that it is about found, in sentences.
    facts : tuple of str
        What has become of the schools and clusters that it names, in sentences.
    clusters : tuple of str
        Codes of the clusters that it counts for, of the plan that was consulted on.
    """

    response: Response
    outcomes: tuple[str, ...]
    facts: tuple[str, ...]
    clusters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A category: what was raised, and the answer to each of its rows.

    Parameters
    ----------
    category : str
        As its first row has it.
    count : int
        Of all its rows.
    answers : tuple of Answer
        In the order of the file.
    """

    category: str
    count: int
    answers: tuple[Answer, ...]

    @property
    def outcomes(self) -> tuple[str, ...]:
        """What the rules that it is about found, each once."""
        return tuple(dict.fromkeys(one for answer in self.answers for one in answer.outcomes))


@dataclass(frozen=True, slots=True)
class Attention:
    """A cluster that responses are about.

    Parameters
    ----------
    code, title : str
        In the plan that was consulted on.
    count : int
        Of the responses about it.
    about : tuple of (str, int)
        Categories, and the responses of each, the most first.
    since : str
        What has become of it, in a phrase.
    """

    code: str
    title: str
    count: int
    about: tuple[tuple[str, int], ...]
    since: str


@dataclass(frozen=True, slots=True)
class Consultation:
    """The responses to a consultation beside a plan.

    Parameters
    ----------
    points : tuple of Point
        The most responses first; of equal ones as in the file.
    total : int
        Sum of all counts.
    clusters : tuple of Attention
        The most responses first; those that no response is about are left out.
    nowhere : int
        Responses about no cluster.
    withheld : int
        Quotations left out for the public.
    before : bool
        Whether the plan that was consulted on is the version before.
    """

    points: tuple[Point, ...]
    total: int
    clusters: tuple[Attention, ...]
    nowhere: int
    withheld: int
    before: bool


def consultation_of(published: Publication) -> Consultation | None:
    """Gather what was raised and what the plan does; None where no responses were given."""
    responses = published.papers.responses
    if responses is None:
        return None
    consulted = Consulted.of(published)
    answers = _answers(responses, published, consulted)
    points = _points(answers)
    return Consultation(
        points=points,
        total=sum(row.count for row in responses.rows),
        clusters=_attention(points, consulted),
        nowhere=sum(answer.response.count for answer in answers if not answer.clusters),
        withheld=responses.withheld,
        before=consulted.before is not None,
    )


def _answers(
    responses: Responses, published: Publication, consulted: Consulted
) -> tuple[Answer, ...]:
    found = _Outcomes.of(published)
    return tuple(
        Answer(
            row,
            found.of_rule(row.rule),
            consulted.facts(row.urns, row.clusters),
            consulted.about(row.urns, row.clusters),
        )
        for row in responses.rows
    )


def _points(answers: tuple[Answer, ...]) -> tuple[Point, ...]:
    """Gather the rows of each category; capitals and blanks make no other of it."""
    rows: dict[str, list[Answer]] = {}
    for answer in answers:
        rows.setdefault(" ".join(answer.response.category.casefold().split()), []).append(answer)
    points = (
        Point(own[0].response.category, sum(a.response.count for a in own), tuple(own))
        for own in rows.values()
    )
    return tuple(sorted(points, key=lambda point: -point.count))


def _attention(points: tuple[Point, ...], consulted: Consulted) -> tuple[Attention, ...]:
    """Count responses by cluster: a row once for each cluster that it is about."""
    about: dict[str, dict[str, int]] = {}
    for point in points:
        for answer in point.answers:
            for code in answer.clusters:
                own = about.setdefault(code, {})
                own[point.category] = own.get(point.category, 0) + answer.response.count
    found = (
        Attention(
            code,
            consulted.title_then(code),
            sum(own.values()),
            tuple(sorted(own.items(), key=lambda item: -item[1])),
            _opening(consulted.change(code)),
        )
        for code, own in about.items()
    )
    return tuple(sorted(found, key=lambda one: (-one.count, one.title, one.code)))


def _opening(phrase: str) -> str:
    return phrase[0].upper() + phrase[1:]


@dataclass(frozen=True, eq=False)
class _Outcomes:
    """What each rule found in a plan, in a reader's words; `rows` is by the rule's name."""

    rulebook: Rulebook | None
    rows: Mapping[str, str]

    @classmethod
    def of(cls, published: Publication) -> _Outcomes:
        audit, rulebook = published.audit, published.rulebook
        if audit is None:
            return cls(rulebook, {})
        asks = {} if rulebook is None else _asks(rulebook, published)
        rows = {}
        for name, row in zip(audit.by_rule.index, rule_rows(audit), strict=True):
            found = f" ({row['found']})" if row["found"] else ""
            asked = f": {asks[name]}" if asks.get(name) else ""
            rows[str(name)] = f"{row['title']} ({row['kind']}{asked}): {row['verdict']}{found}."
        return cls(rulebook, rows)

    def of_rule(self, word: str) -> tuple[str, ...]:
        """Return what the rules of a name found; a sentence too where the plan has none."""
        if not word:
            return ()
        if not self.rows:
            return ("This plan was not judged by rules.",)
        called = () if self.rulebook is None else rules_called(word, self.rulebook)
        # One that the audience may not see the verdicts of is in no rulebook of theirs.
        others = (name for name in self.rows if f"{name}.".startswith(f"{word}."))
        names = dict.fromkeys((*called, *others))
        return tuple(self.rows[name] for name in names if name in self.rows) or (
            "This plan has no rule about it.",
        )


def _asks(rulebook: Rulebook, published: Publication) -> dict[str, str]:
    """Return what each requirement asks for, in a clause, where that is a short one."""
    county = published.county
    demands = {rule.name: tuple(rule.demands(county)) for rule in rulebook.rules if rule.hard}
    demands |= {rule.name: tuple(rule.demands()) for rule in rulebook.plan_rules}
    return {
        name: "; ".join(demand.words for demand in found)
        for name, found in demands.items()
        if 0 < len(found) <= MOST_DEMANDS
    }
