"""The map of a session: the page that it begins with, and the clusters that have changed since."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import geopandas as gpd
import shapely

from cluster_geo.audience import Disclosure
from cluster_geo.audit import audit
from cluster_geo.maps import cluster_parts
from cluster_geo.maps.facts import verdict_words
from cluster_geo.maps.features import AREA_DETAIL_M, collection, phases_of
from cluster_geo.maps.panel import PanelLists, panel_lists
from cluster_geo.plan import Plan
from cluster_geo.publish import Publication
from cluster_geo.publish.colours import ACROSS_WATER_M, PALETTE
from cluster_geo.rules import kind_of
from cluster_geo.scenario import brief_of
from cluster_geo.session import Draft, Judged, Session
from cluster_geo.tables.areas import Parcels

# Letters of a mark: far more than enough to tell the states of one cluster apart.
MARK_LETTERS = 16


@dataclass(eq=False)
class Picture:
    """Draws the drafts of a session; what was drawn once is kept.

    Parameters
    ----------
    session : Session
    """

    session: Session
    _parts: dict[str, dict[str, Any]] = field(default_factory=dict, repr=False)
    _colours: dict[str, str] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self._colours |= self.published.colours

    @cached_property
    def _disclosed(self) -> Disclosure:
        # The session's county is the audience's already: this withholds nothing more.
        return Disclosure(self.session.county, brief_of(self.session.judge.scenario))

    @cached_property
    def published(self) -> Publication:
        """The plan that the session began from."""
        begun, county = self.session.begun, self.session.county
        plan, rulebook = begun.draft.plan, begun.rulebook
        return Publication(
            self._disclosed, plan, rulebook=rulebook, audit=audit(county, rulebook, plan)
        )

    @cached_property
    def lists(self) -> PanelLists:
        """What the page's panel offers."""
        return panel_lists(self.published)

    @cached_property
    def phases(self) -> tuple[str, ...]:
        """Phases of the layers of schools, in their order."""
        county, plan = self.session.county, self.session.begun.draft.plan
        return phases_of(county.schools.table.loc[sorted(plan.cluster_of), "phase"])

    @cached_property
    def parcels(self) -> Parcels:
        """What areas are made of: borders of neighbours fit, whichever of them is drawn anew."""
        return Parcels.of(self.session.county).lighter(AREA_DETAIL_M)

    def shapes(self, plan: Plan, codes: Iterable[str] | None = None) -> gpd.GeoDataFrame:
        """Return the areas of a plan's clusters as they are drawn; only some with `codes`."""
        return self.parcels.areas(plan, None if codes is None else set(codes))

    def outlines(self, before: Draft, after: Draft) -> list[Any]:
        """Return the new borders of the clusters that have other schools, as GeoJSON geometries."""
        codes = [code for code in after.changed_from(before) if code in after.clusters]
        if not codes:
            return []
        areas = self.shapes(after.plan, codes)
        # Each border once: drawn twice, the dashes of two neighbours fill each other's breaks.
        lines = shapely.line_merge(shapely.union_all(shapely.boundary(areas.geometry.to_numpy())))
        found = collection(gpd.GeoDataFrame(geometry=[lines], crs=areas.crs), {0: {}})
        return [feature["geometry"] for feature in found["features"]]

    def colours(self, draft: Draft) -> dict[str, str]:
        """Return the colour of each cluster by code.

        A code keeps its colour for the whole session; a new one has one that no neighbour has.
        """
        for code in draft.clusters:
            if code not in self._colours:
                self._colours[code] = self._free_colour(code, draft)
        return {code: self._colours[code] for code in draft.clusters}

    def _free_colour(self, code: str, draft: Draft) -> str:
        areas = self.shapes(draft.plan)
        near = shapely.dwithin(areas.geometry.to_numpy(), areas.geometry[code], ACROSS_WATER_M)
        beside = {self._colours.get(other) for other in areas.index[near]}
        used = list(self._colours.values())
        return min(PALETTE, key=lambda one: (one in beside, used.count(one), PALETTE.index(one)))

    def marks(self, draft: Draft) -> dict[str, str]:
        """Return a mark of all that is drawn of each cluster, by code: equal ones look equal."""
        colours, agreed = self.colours(draft), (draft.together, draft.apart, dict(draft.settings))
        sharing: dict[str, list[Any]] = {}
        for number, codes in enumerate(self.parcels.sharers(draft.plan)):
            if len(codes) > 1:
                for code in codes:
                    sharing.setdefault(code, []).append((number, codes))
        found = {}
        for code, cluster in draft.clusters.items():
            facts = (cluster, draft.name_of(code), colours[code], sharing.get(code), agreed)
            digest = hashlib.sha256(repr((code, facts)).encode()).hexdigest()
            found[code] = digest[:MARK_LETTERS]
        return found

    def parts(self, judged: Judged, codes: Iterable[str]) -> list[dict[str, Any]]:
        """Return clusters as they are drawn, each with its mark; texts have passed the door."""
        draft = judged.draft
        marks = self.marks(draft)
        wanted = [code for code in codes if code in marks]
        missing = [code for code in wanted if marks[code] not in self._parts]
        if missing:
            self._draw(judged, missing, marks)
        return [self._parts[marks[code]] | {"mark": marks[code]} for code in wanted]

    def _draw(self, judged: Judged, codes: list[str], marks: dict[str, str]) -> None:
        draft = judged.draft
        plan = Plan.coded({code: draft.clusters[code] for code in codes}, draft.plan.names)
        shapes = self.shapes(draft.plan, codes)
        rules = {code: _rules(judged, code) for code in codes}
        drawn = cluster_parts(
            Publication(self._disclosed, plan),
            shapes,
            self.colours(draft),
            self.lists.indices,
            rules,
        )
        for code, part in drawn.items():
            self._parts[marks[code]] = part


def _rules(judged: Judged, code: str) -> list[list[str]]:
    """Return title, verdict and words of each rule on a cluster."""
    titles = judged.rulebook.headings
    kinds = {rule.name: kind_of(rule) for rule in judged.rulebook.rules}
    return [
        [
            titles[name],
            verdict_words(kinds[name], kept=verdict.kept, score=verdict.price),
            verdict.words,
        ]
        for name, verdict in judged.verdicts[code].items()
    ]
