"""A plan with all that is known of it: what the main job hands on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from html import escape

from cluster_geo.audience import Disclosure
from cluster_geo.audit import Audit
from cluster_geo.cards import card
from cluster_geo.county import County
from cluster_geo.optimise import Result
from cluster_geo.plan import NO_PAPERS, Papers, Plan
from cluster_geo.publish import Publication
from cluster_geo.rules import Rulebook
from cluster_geo.scenario import Scenario, brief_of


@dataclass(frozen=True)
class Proposal:
    """A plan with all that is known of it.

    Parameters
    ----------
    scenario : Scenario
        What was asked, with the preferences that became requirements: what judges a plan by it
        judges by `rulebook`.
    county : County
    rulebook : Rulebook
        The rules the plan was judged by, wishes granted where they could be.
    plan : Plan
        With codes and names.
    audit : Audit
    result : Result or None
        The search that found the plan; None for a plan that was read from a file.
    papers : Papers
        Decisions, the version before and venues, as the scenario names them.
    floor : float or None
        Of a plan changed by hand: the score below which, as the run beside it has proven, no plan
        that keeps the same rules can be.
    frozen : int
        How many clusters were frozen when that was proven.
    preferences : str
        Of a plan that no search made: how preferences were judged, in a sentence.
    """

    scenario: Scenario
    county: County
    rulebook: Rulebook
    plan: Plan
    audit: Audit
    result: Result | None = None
    papers: Papers = NO_PAPERS
    floor: float | None = None
    frozen: int = 0
    preferences: str = ""

    @cached_property
    def published(self) -> Publication:
        """The plan as the scenario's audience may see it."""
        return Publication(
            Disclosure(self.county, brief_of(self.scenario)),
            self.plan,
            rulebook=self.rulebook,
            audit=self.audit,
            result=self.result,
            papers=self.papers,
            floor=self.floor,
            frozen=self.frozen,
            preferences=self.preferences,
        )

    @property
    def shown_audit(self) -> Audit:
        """The audit as the scenario's audience may see it."""
        shown = self.published.audit
        assert shown is not None, "a proposal is judged"
        return shown

    def _repr_html_(self) -> str:
        """Show the plan in a notebook: its map, in a frame of its own, and a few facts."""
        from cluster_geo.maps import map_page  # noqa: PLC0415 - folium is slow to import

        page = map_page(self.published)
        facts = {
            "clusters": len(self.plan),
            "score": self.audit.cost,
            "meets every requirement": self.audit.kept,
        }
        framed = (
            f'<iframe srcdoc="{escape(page)}" style="width:100%;height:560px;border:0"></iframe>'
        )
        return card(self.scenario.plan.title, facts) + framed
