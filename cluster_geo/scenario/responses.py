"""The responses to a consultation, read for a scenario: its rules, its schools, its plan before."""

from __future__ import annotations

from pathlib import Path

from cluster_geo.errors import file_name
from cluster_geo.phrases import listed
from cluster_geo.plan import PlanRows, Responses, read_responses
from cluster_geo.records import Notice, report
from cluster_geo.rules import OF_SETTING
from cluster_geo.scenario.model import Scenario
from cluster_geo.scenario.registry import rule_kinds
from cluster_geo.schools import Schools

# Settings that ask for a rule in any scenario, beside those of `OF_SETTING` and of each section.
SETTINGS = (
    "clusters.count",
    "clusters.non_selective",
    "reference",
    "reference.most_movers",
    "travel",
    "trusts.most",
)


def rule_words(scenario: Scenario) -> frozenset[str]:
    """Return the names that a response may give a rule, of this scenario or left out by it."""
    kinds = [kind.section for kind in rule_kinds()]
    layers = [word for name in scenario.boundaries for word in (name, f"boundaries.{name}")]
    balances = [f"balance.{name}" for name in scenario.balance]
    return frozenset((*SETTINGS, *OF_SETTING, *OF_SETTING.values(), *kinds, *layers, *balances))


def responses_now(path: Path, scenario: Scenario, schools: Schools, before: object) -> Responses:
    """Read the responses to a consultation, with the URNs that the schools have now.

    Parameters
    ----------
    path : Path
    scenario : Scenario
    schools : Schools
        All schools of the county. One that is not among them is reported, and its row is kept.
    before : PlanRows or None
        The plan before, whose clusters the responses name; None where none was named, or read.

    Raises
    ------
    InputError
        As `read_responses`.
    """
    codes = [*before.members, *before.retired] if isinstance(before, PlanRows) else None
    name = file_name(path)
    found = read_responses(path, rules=rule_words(scenario), codes=codes)
    found = found.carried(schools.identity, name)
    here, others = frozenset(schools.urns), schools.associates["name"].to_dict()
    for urn in sorted({urn for row in found.rows for urn in row.urns} - here):
        lines = [str(row.row) for row in found.rows if urn in row.urns]
        where = f"{'row' if len(lines) == 1 else 'rows'} {listed(lines)}"
        who = f"{others[urn]} ({urn})" if urn in others else f"URN {urn}"
        text = f"{name}, {where}: {who} is not a school of the plan; the responses are kept."
        report(Notice("response", text, urn))
    return found
