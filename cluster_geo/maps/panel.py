"""The panel beside the map: legend, layers, highlights and the table of clusters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cluster_geo.boundaries import layer_title
from cluster_geo.county import County
from cluster_geo.maps.features import Features, phases_of
from cluster_geo.maps.gaps import usual_journey
from cluster_geo.maps.live import Live
from cluster_geo.maps.money import Shading
from cluster_geo.maps.tiles import Tiles
from cluster_geo.measures import needs_by_cluster, provision, ties
from cluster_geo.plan import Plan
from cluster_geo.publish import Publication
from cluster_geo.publish.templates import template_of
from cluster_geo.tables.rows import rows_of
from cluster_geo.tables.sources import attributions

# Colour and dashes of each layer of boundaries in turn: the dashes tell them apart in grey too.
ZONE_LOOKS = (
    ("#16283c", "8 4"),
    ("#a3004f", "2 5"),
    ("#1d6b2f", "12 4 2 4"),
    ("#6a3d9a", "5 3"),
    ("#8a4b00", "14 5"),
)


@dataclass(frozen=True, slots=True)
class MapLayer:
    """A layer of boundaries as the map shows it.

    Parameters
    ----------
    name, title : str
    colour, dashes : str
        How its borders are drawn, and the frames of schools across one of them.
    drawn : bool
        Whether it has shapes.
    outside : int
        Schools outside their cluster's main zone.
    """

    name: str
    title: str
    colour: str
    dashes: str
    drawn: bool
    outside: int


@dataclass(frozen=True)
class PanelLists:
    """What a reader can choose in the panel.

    Parameters
    ----------
    phases : tuple of str
        Phases present, in the usual order.
    layers : tuple of MapLayer
    trusts : tuple of (str, str)
        UID and name of each trust with two or more schools in the plan, by name.
    needs : tuple of str
        Need types of the SRPs, in order.
    usual : int
        Journey to the central school that most schools stay within, in the unit of travel.
    without_srp : int
        Clusters without an SRP.
    counts : mapping of str to int
        Schools by phase; "srp" and "associate".
    starts : tuple of str
        Dates on which clusters start (ISO 8601), in order; none where all start at once.
    """

    phases: tuple[str, ...]
    layers: tuple[MapLayer, ...]
    trusts: tuple[tuple[str, str], ...]
    needs: tuple[str, ...]
    usual: int
    without_srp: int
    counts: Mapping[str, int] = field(default_factory=dict)
    starts: tuple[str, ...] = ()

    @property
    def drawn(self) -> list[MapLayer]:
        """The layers that have shapes."""
        return [layer for layer in self.layers if layer.drawn]

    @property
    def indices(self) -> dict[str, dict[str, int]]:
        """Place of each trust and need in its list."""
        return {
            "trust": {uid: i for i, (uid, _) in enumerate(self.trusts)},
            "need": {need: i for i, need in enumerate(self.needs)},
        }


def panel_lists(published: Publication) -> PanelLists:
    """Collect what the panel offers from the schools of a plan."""
    county, plan = published.county, published.plan
    schools = county.schools.table.loc[sorted(plan.cluster_of)]
    counts = schools["phase"].value_counts()
    trusts = published.trusts.sort_values("trust")
    numbers = {str(phase): int(number) for phase, number in counts.items()}
    numbers |= {"srp": int(schools["srp"].astype(bool).sum())}
    return PanelLists(
        phases=phases_of(schools["phase"]),
        layers=map_layers(county, plan),
        trusts=tuple((row["trust_uid"], row["trust"]) for row in rows_of(trusts)),
        needs=tuple(needs_by_cluster(plan, county).columns),
        usual=usual_journey(county, plan),
        without_srp=int((provision(plan, county)["srps"] == 0).sum()),
        counts=numbers | {"associate": len(county.schools.associates)},
        starts=_starts(published),
    )


def _starts(published: Publication) -> tuple[str, ...]:
    timetable = published.timetable
    return () if timetable is None else tuple(sorted({*timetable.starts().values()} - {""}))


def map_layers(county: County, plan: Plan | None = None) -> tuple[MapLayer, ...]:
    """Return the county's layers as a map shows them; without a plan no school is outside."""
    outside = {} if plan is None else ties(plan, county).sum().to_dict()
    return tuple(
        MapLayer(
            name,
            layer_title(name),
            *ZONE_LOOKS[place % len(ZONE_LOOKS)],
            drawn=layer.has_shapes,
            outside=int(outside.get(f"outside_{name}", 0)),
        )
        for place, (name, layer) in enumerate(county.layers.items())
    )


def panel(
    published: Publication,
    clusters: Features,
    lists: PanelLists,
    tiles: Tiles | None,
    kinds: Sequence[str] = (),
    live: Live | None = None,
    money: Sequence[Shading] = (),
) -> str:
    """Return the page's body around the map, as HTML."""
    return template_of("cluster_geo.maps", "panel.html").render(
        edition=published.edition,
        clusters=[feature["properties"] for feature in clusters["features"]],
        lists=lists,
        unit=published.county.travel.unit,
        tiles=tiles,
        kinds=kinds,
        attributions=attributions(published.county),
        live=live,
        money=money,
    )
