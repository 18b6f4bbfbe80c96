"""What a scenario gives the readers of its plan: title, audience and what was asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from cluster_geo.funding import Pot
from cluster_geo.rules.ways_on import USUAL, PathwayTerms
from cluster_geo.scenario.funding import balanced_columns, pots_of, private_balances
from cluster_geo.scenario.model import Scenario
from cluster_geo.scenario.sections import Audience, Section


@dataclass(frozen=True)
class Brief:
    """The part of a scenario that pages and files show.

    Parameters
    ----------
    audience : {"public", "internal"}
        Who the pages are for. There is no default, so that nobody publishes internal figures, or
        withholds figures from colleagues, by oversight.
    title, version, status : str
        Of the plan.
    decision_reference, effective_date, end_date, previous_plan : str
        Empty if not given; the dates in ISO 8601.
    replaces, reason, superseded_by : str
        The version that this one replaces, why, and the version that has replaced this one.
    told : tuple of str
        Who was informed, and when.
    divisions : str
        Layer of electoral divisions or wards; "" where none is named.
    mitigation : mapping of str to str
        What is done for a cluster that is served less favourably, by its code.
    weights : mapping of str to float
        Every weight by its setting's name ("trusts", "boundaries.pcn").
    balances : mapping of str to frozenset of str
        Columns used by each balance, by its name.
    pathways : PathwayTerms
        What is asked of the ways on from primary to secondary provision.
    private_balances : frozenset of str
        Balances of what is for the authority alone, whatever columns it is made of.
    pots : tuple of Pot
        Money that is shared over the clusters, without pots that are not for the audience.
    seed : int or None
        Seed of the search's random numbers; None if there was no search.
    certificate : bool
        Whether to write what proves the bound.
    settings : mapping of str to object
        The whole scenario as plain values, for the record of a run only: no page reads it.
    """

    audience: Audience
    title: str = "Plan of school clusters"
    version: str = ""
    status: str = "draft"
    decision_reference: str = ""
    effective_date: str = ""
    end_date: str = ""
    previous_plan: str = ""
    replaces: str = ""
    reason: str = ""
    superseded_by: str = ""
    told: tuple[str, ...] = ()
    divisions: str = ""
    mitigation: Mapping[str, str] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)
    balances: Mapping[str, frozenset[str]] = field(default_factory=dict)
    pathways: PathwayTerms = USUAL
    private_balances: frozenset[str] = frozenset()
    pots: tuple[Pot, ...] = ()
    seed: int | None = None
    certificate: bool = False
    settings: Mapping[str, object] = field(default_factory=dict)


def brief_of(scenario: Scenario) -> Brief:
    """Return the part of a scenario that pages and files show."""
    plan, before = scenario.plan, scenario.plan.previous_plan
    return Brief(
        audience=plan.audience,
        title=plan.title,
        version=plan.version,
        status=plan.status,
        decision_reference=plan.decision_reference,
        effective_date="" if plan.effective_date is None else plan.effective_date.isoformat(),
        end_date="" if plan.end_date is None else plan.end_date.isoformat(),
        previous_plan="" if before is None else scenario.recorded_path(str(before)),
        replaces=plan.replaces,
        reason=plan.reason,
        superseded_by=plan.superseded_by,
        told=plan.told,
        divisions=plan.divisions,
        mitigation=dict(plan.mitigation),
        weights=dict(_weights(scenario, "")),
        balances={
            name: balanced_columns(scenario, asked) for name, asked in scenario.balance.items()
        },
        pathways=scenario.pathways.terms,
        private_balances=private_balances(scenario),
        pots=pots_of(scenario),
        seed=scenario.solve.seed,
        certificate=scenario.solve.certificate,
        settings=scenario.record(),
    )


def _weights(part: object, key: str) -> Iterator[tuple[str, float]]:
    """Yield each weight below a part of a scenario, in the order of its settings."""
    if isinstance(part, Section):
        if isinstance(weight := getattr(part, "weight", None), int | float):
            yield key, weight
        named = {name: getattr(part, name) for name in type(part).model_fields}
    elif isinstance(part, dict):
        named = part
    else:
        return
    for name, value in named.items():
        yield from _weights(value, f"{key}.{name}" if key else str(name))
