"""The roles of a Team Around the Cluster, as their audience may see them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import geopandas as gpd
import pandas as pd

from cluster_geo.audience import Disclosure
from cluster_geo.boundaries import BoundaryLayer, layer_title
from cluster_geo.county import County
from cluster_geo.patches import Team, Teams
from cluster_geo.patches.sentences import sentences_of
from cluster_geo.plan import Cluster, Plan, title_of
from cluster_geo.publish.colours import area_colours
from cluster_geo.publish.edition import Edition, edition_of
from cluster_geo.rounding import share_up
from cluster_geo.schools.small_counts import LEAST_SHOWN
from cluster_geo.tables.areas import Parcels
from cluster_geo.tables.by_area import area_table, rolled_up, zone_of_clusters
from cluster_geo.tables.meeting_places import meeting_table
from cluster_geo.tables.schools import AREA_LAYER
from cluster_geo.tables.zones import NO_ZONE

# What depends on how many visits are called for, and so on every count that they are made of.
OF_VISITS = ("posts", "visits", "can_make", "unmet", "travel_year")
OF_SHARES = ("posts", "visits", "cost_gbp")


@dataclass(frozen=True, eq=False)
class Role:
    """A role as it is shown.

    Parameters
    ----------
    name, title : str
    posts : float
    patches : DataFrame
        One row for each patch, by `patch`.
    shares : DataFrame
        One row for each cluster, by `cluster`: its patch, visits, posts and cost.
    by_area : DataFrame or None
        The shares added up over the zones of the layer; None without one.
    layer : str
        What that layer is called; "" without one.
    sentences : tuple of str
        What was found, and how sure it is.
    withheld : str
        Why figures are left out, in a sentence; "" where none are.
    score, bound, gap : float or None
        Of the grouping; score and bound None where they are withheld.
    """

    name: str
    title: str
    posts: float
    patches: pd.DataFrame
    shares: pd.DataFrame
    by_area: pd.DataFrame | None
    layer: str
    sentences: tuple[str, ...]
    withheld: str
    score: float | None
    bound: float | None
    gap: float | None


@dataclass(frozen=True, eq=False)
class TeamsPublication:
    """The patches of a plan's roles, for an audience.

    Making one is what withholds: where the visits of a role are made of counts that are withheld
    from the audience, all its figures are but the patches themselves and their rounds.

    Parameters
    ----------
    disclosed : Disclosure
    plan : Plan
    roles : tuple of Role
    """

    disclosed: Disclosure
    plan: Plan
    roles: tuple[Role, ...]

    @classmethod
    def of(cls, disclosed: Disclosure, teams: Teams) -> TeamsPublication:
        """Withhold what the audience must not see of some roles."""
        county, plan = disclosed.county, teams.plan
        roles = tuple(_role(county, plan, team) for team in teams.roles)
        return cls(disclosed, plan, roles)

    @property
    def county(self) -> County:
        """The county, without the counts that are withheld from the audience."""
        return self.disclosed.county

    @property
    def edition(self) -> Edition:
        """Which plan it is about."""
        return edition_of(self.disclosed)

    @cached_property
    def meeting(self) -> pd.DataFrame:
        """Two meeting places for each cluster: `tables.meeting_table`."""
        return meeting_table(self.county, self.plan)

    @cached_property
    def areas(self) -> pd.DataFrame | None:
        """The plan's figures by Area: `tables.area_table`; None without that layer."""
        layer = self.county.layers.get(AREA_LAYER)
        return None if layer is None else area_table(self.county, self.plan, layer)

    @cached_property
    def parcels(self) -> Parcels:
        """The ground of the county, of which patches and clusters are drawn."""
        return Parcels.of(self.county)

    def ground(self, role: Role) -> tuple[gpd.GeoDataFrame, dict[str, str]]:
        """Return the area of each patch, by its code, and its colour."""
        members = dict(zip(self.plan.labels, (c.members for c in self.plan.clusters), strict=True))
        groups: dict[str, list[int]] = {}
        for code, patch in role.shares["patch"].items():
            groups.setdefault(str(patch), []).extend(members[str(code)])
        patches = {k: Cluster(tuple(sorted(urns)), min(urns)) for k, urns in groups.items()}
        areas = self.parcels.areas(Plan.coded(patches))
        return areas, area_colours(areas)


def layer_of(county: County, team: Team) -> BoundaryLayer | None:
    """Return the layer over which a role is added up: its own, or that of the council's Areas."""
    return county.layers.get(team.asked.layer or AREA_LAYER)


def _role(county: County, plan: Plan, team: Team) -> Role:
    layer = layer_of(county, team)
    patches, shares = _patches(county, plan, team), _shares(plan, team)
    withheld = _withheld(county, team)
    if withheld:
        patches = patches.assign(**dict.fromkeys(OF_VISITS, float("nan")))
        shares = shares.assign(**dict.fromkeys(OF_SHARES, float("nan")))
    gap = team.result.gap
    return Role(
        name=team.name,
        title=team.title,
        posts=team.asked.posts,
        patches=patches,
        shares=shares,
        by_area=None if layer is None else _by_area(plan, layer, shares),
        layer="" if layer is None else layer_title(layer.name),
        sentences=tuple(sentences_of(team, plan, county.travel.unit, hidden=bool(withheld))),
        withheld=withheld,
        score=None if withheld else team.result.cost,
        bound=None if withheld else team.result.bound,
        gap=share_up(gap) if withheld and gap is not None else gap,
    )


def _withheld(county: County, team: Team) -> str:
    """Return why figures of a role are left out; "" where all they are made of is shown."""
    if not any(county.schools.withheld.get(column) for column in team.demand.columns):
        return ""
    return (
        f"The visits are made of figures that are not public, such as counts below {LEAST_SHOWN}: "
        "they are left out, and so is every figure that depends on them. The patches are those "
        "found with all figures."
    )


def _patches(county: County, plan: Plan, team: Team) -> pd.DataFrame:
    own = dict(zip(plan.labels, plan.clusters, strict=True))
    names, layer = county.schools.names, county.layers.get(team.asked.layer)
    rows = [
        {
            "patch": patch.code,
            "clusters": "; ".join(patch.clusters),
            "cluster_names": "; ".join(title_of(code, plan.names) for code in patch.clusters),
            "base": patch.base,
            "base_urn": own[patch.base].hub,
            "base_school": names[own[patch.base].hub],
            "zone": "" if layer is None else _zone(layer, patch.zone),
            "outside": "; ".join(patch.outside),
            "outside_names": "; ".join(title_of(code, plan.names) for code in patch.outside),
            "posts": patch.posts,
            "visits": patch.visits,
            "can_make": patch.can,
            "unmet": patch.unmet,
            "travel_year": patch.travel,
            "round": patch.round,
            "round_by_way_of": "; ".join(patch.way),
        }
        for patch in team.patches
    ]
    table = pd.DataFrame(rows).set_index("patch")
    return table.astype(dict.fromkeys((*OF_VISITS, "round"), float))


def _zone(layer: BoundaryLayer, code: str) -> str:
    return layer.name_of(code) if code else NO_ZONE


def _shares(plan: Plan, team: Team) -> pd.DataFrame:
    patch_of, each = team.patch_of, team.asked.cost_per_visit
    visits = pd.Series(dict(sorted(team.demand.of_cluster.items())), dtype=float)
    return pd.DataFrame(
        {
            "cluster_name": [title_of(code, plan.names) for code in visits.index],
            "patch": [patch_of[code].code for code in visits.index],
            "visits": visits,
            "posts": [team.shares[code] for code in visits.index],
            "cost_gbp": float("nan") if each is None else visits * each,
        },
        index=visits.index.rename("cluster"),
    )


def _by_area(plan: Plan, layer: BoundaryLayer, shares: pd.DataFrame) -> pd.DataFrame:
    """Return visits, posts and cost by zone: each cluster counts whole in its main zone."""
    names = {code: _zone(layer, zone) for code, zone in zone_of_clusters(plan, layer).items()}
    figures = shares[list(OF_SHARES)].assign(clusters=1)
    return rolled_up(figures, names).astype({"clusters": "int64"}).rename_axis("zone")


def facts_of(role: Role) -> Mapping[str, object]:
    """Return what a record keeps of a role beside its tables."""
    return dict(_facts(role))


def _facts(role: Role) -> Iterator[tuple[str, object]]:
    yield "title", role.title
    yield "posts", role.posts
    yield "patches", len(role.patches)
    yield from (("score", role.score), ("bound", role.bound), ("gap", role.gap))
    yield "sentences", list(role.sentences)
    yield "withheld", role.withheld
