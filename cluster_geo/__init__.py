"""Design clusters of schools with a proven bound on how much better any plan could be.

>>> import cluster_geo as cg
>>> scenario = cg.read_scenario("example", {"solve.work": 3000})
>>> county = cg.load_county(scenario)
>>> proposal = cg.propose(county, scenario)
>>> proposal.audit.kept
True
>>> paths = cg.write(proposal, "outputs/example")

Functions take county, scenario and plan in this order, and their options by name. Each name is
loaded when it is first used, so importing the package is quick.

Read
    read_scenario    settings, from a shipped name or a TOML file
    load_county      schools, boundaries, neighbours and travel
    read_plan        a plan from an output folder or a table of urn and cluster
    scenario_of_run  the scenario of the run that wrote a plan, with the preferences it granted

Plan
    propose          the best plan found, and how sure it is
    options          a handful of plans nearly as good, as different as can be
    sweep            a plan for each of many settings, side by side
    update           an adopted plan carried to a new date, with the fewest moves
    scenario_of_update   the scenario for that
    teams            posts shared over a plan's clusters, and the patches of each post

Judge
    audit            any plan by every rule, also one drawn by hand
    proposal_of      such a plan as a proposal, to show and to write
    compare          two plans: who moves, what changes, whom it touches
    history          the versions of a plan: which replaced which

Change
    Session          a plan changed step by step: judged at once, recorded, undone at will

Explain
    explain          why there is no plan, and what would make one possible
    why              why a school is in its cluster, and what another would mean
    price            what each rule is worth
    price_trusts     what each trust in one cluster fewer would mean
    provision        where new SRPs or more places would help most
    verify           the proof in a run's folder, checked without the search's own code

Write
    write            map, report, spreadsheet and lists, whole or not at all
    NotebookProgress a card below a notebook's cell while a search runs

Nouns
    Scenario, County, Schools, Rulebook; Plan, Cluster; Proposal, Result, Audit, Options, Sweep,
    Update, Comparison, Lineage, Explanation, Why, Worth, Provision, Teams, Verification

Errors
    ClusterGeoError is the base of them all. InputError (and ScenarioError) lists every fault of
    the input; ImpossibleError means that it is proven that there is no plan, NoPlanFoundError
    that nothing is proven; RefutedError that a proof does not hold; OutputError and SolverError.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cluster_geo.late import homes, load
from cluster_geo.version import __version__

if TYPE_CHECKING:
    from cluster_geo.alternatives import Options, Sweep
    from cluster_geo.audit import Audit
    from cluster_geo.certificate import RefutedError, Verification, verify
    from cluster_geo.compare import Comparison
    from cluster_geo.county import County
    from cluster_geo.errors import (
        ClusterGeoError,
        ImpossibleError,
        InputError,
        NoPlanFoundError,
        OutputError,
        ScenarioError,
        SolverError,
    )
    from cluster_geo.explain import Explanation, Why, Worth
    from cluster_geo.optimise import Result
    from cluster_geo.patches import Teams
    from cluster_geo.pipeline import Proposal, proposal_of, scenario_of_run
    from cluster_geo.pipeline.propose import propose
    from cluster_geo.pipeline.write import write
    from cluster_geo.plan import Cluster, Plan
    from cluster_geo.progress import NotebookProgress
    from cluster_geo.provision import Provision
    from cluster_geo.rules import Rulebook
    from cluster_geo.scenario import Scenario, load_county, read_scenario
    from cluster_geo.schools import Schools
    from cluster_geo.session import Session
    from cluster_geo.studies import Update
    from cluster_geo.verbs.explaining import explain, price, price_trusts, why
    from cluster_geo.verbs.judging import audit, compare, history, read_plan
    from cluster_geo.verbs.provision import provision
    from cluster_geo.verbs.searching import options, scenario_of_update, sweep, update
    from cluster_geo.verbs.teams import teams
    from cluster_geo.versions import Lineage

__all__ = [
    "Audit",
    "Cluster",
    "ClusterGeoError",
    "Comparison",
    "County",
    "Explanation",
    "ImpossibleError",
    "InputError",
    "Lineage",
    "NoPlanFoundError",
    "NotebookProgress",
    "Options",
    "OutputError",
    "Plan",
    "Proposal",
    "Provision",
    "RefutedError",
    "Result",
    "Rulebook",
    "Scenario",
    "ScenarioError",
    "Schools",
    "Session",
    "SolverError",
    "Sweep",
    "Teams",
    "Update",
    "Verification",
    "Why",
    "Worth",
    "__version__",
    "audit",
    "compare",
    "explain",
    "history",
    "load_county",
    "options",
    "price",
    "price_trusts",
    "proposal_of",
    "propose",
    "provision",
    "read_plan",
    "read_scenario",
    "scenario_of_run",
    "scenario_of_update",
    "sweep",
    "teams",
    "update",
    "verify",
    "why",
    "write",
]

# Where each public name lives. There are modules `audit`, `compare` and `explain` too: the package
# shows the functions, and ``from cluster_geo.explain import ...`` finds the module all the same.
_NAMES_OF = {
    "alternatives": ("Options", "Sweep"),
    "audit": ("Audit",),
    "certificate": ("RefutedError", "Verification", "verify"),
    "compare": ("Comparison",),
    "county": ("County",),
    "errors": (
        *("ClusterGeoError", "ImpossibleError", "InputError", "NoPlanFoundError"),
        *("OutputError", "ScenarioError", "SolverError"),
    ),
    "explain": ("Explanation", "Why", "Worth"),
    "optimise": ("Result",),
    "patches": ("Teams",),
    "pipeline": ("Proposal", "proposal_of", "scenario_of_run"),
    "pipeline.propose": ("propose",),
    "pipeline.write": ("write",),
    "plan": ("Cluster", "Plan"),
    "progress": ("NotebookProgress",),
    "provision": ("Provision",),
    "rules": ("Rulebook",),
    "scenario": ("Scenario", "load_county", "read_scenario"),
    "schools": ("Schools",),
    "session": ("Session",),
    "studies": ("Update",),
    "verbs.explaining": ("explain", "price", "price_trusts", "why"),
    "verbs.judging": ("audit", "compare", "history", "read_plan"),
    "verbs.provision": ("provision",),
    "verbs.searching": ("options", "scenario_of_update", "sweep", "update"),
    "verbs.teams": ("teams",),
    "versions": ("Lineage",),
}
_HOMES = homes(__name__, _NAMES_OF)


def __getattr__(name: str) -> object:
    """Load a public name when it is first asked for."""
    return load(__name__, name)
