"""The settings of a scenario that concern its rules, as a meeting may change them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, get_args, get_origin

from cluster_geo.errors import Fault, InputError
from cluster_geo.review.words import Plain
from cluster_geo.scenario import Scenario
from cluster_geo.session import Adjust, Request

SIZE, COUNT = "clusters.size", "clusters.count"


def rule_settings(scenario: Scenario, headings: Mapping[str, str]) -> list[Plain]:
    """Return each setting by its dotted name: what it is called, its value, what it may be.

    Parameters
    ----------
    scenario : Scenario
    headings : mapping of str to str
        What the rules are called on a page.
    """
    return [
        {"key": key, "title": title, "value": value, "choices": list(choices)}
        for key, title, value, choices in _settings(scenario, headings)
    ]


def _settings(
    scenario: Scenario, headings: Mapping[str, str]
) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    count = scenario.clusters.count
    yield SIZE, "Schools in a cluster", str(scenario.clusters.size), ()
    yield COUNT, "Number of clusters", "free" if count is None else str(count), ()
    for name, asked in scenario.weighed().items():
        title = headings.get(name, name)
        yield f"{name}.rule", f"{title}: how strict", asked.rule, _choices(asked)
        yield f"{name}.weight", f"{title}: weight", str(asked.weight).removesuffix(".0"), ()


def _choices(section: object) -> tuple[str, ...]:
    """Return how strict a rule may be; none where its section does not list it."""
    asked = getattr(type(section), "model_fields", {}).get("rule")
    kind = None if asked is None else asked.annotation
    return get_args(kind) if get_origin(kind) is Literal else ()


def require_rule_settings(requests: Iterable[Request], scenario: Scenario) -> None:
    """Refuse requests to change any other setting: what they would do could not be shown.

    Raises
    ------
    InputError
        Where there is one.
    """
    allowed = {key for key, *_ in _settings(scenario, {})}
    keys = {key for one in requests if isinstance(one, Adjust) for key in one.settings}
    if others := sorted(keys - allowed):
        fix = "Choose a setting that a rule has"
        found = "cannot be changed in a meeting"
        raise InputError([Fault("request", f"{key} {found}", fix) for key in others])


def changes_number(requests: Iterable[Request]) -> bool:
    """Whether requests change how many clusters there are to be."""
    return any(isinstance(one, Adjust) and COUNT in one.settings for one in requests)
