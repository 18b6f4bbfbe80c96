"""The sections of a scenario: every setting, with its unit, its default and what it means.

The descriptions are what `cluster-geo scenario` writes as comments and what a message about a
faulty setting tells the planner to give.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from cluster_geo.scenario.values import (
    CountRange,
    Group,
    InputFile,
    Limit,
    Price,
    Range,
    SizeRange,
    Softness,
    Urn,
    Wish,
    Words,
)

Audience = Literal["public", "internal"]
"""For whom outputs are: the public, or the authority that holds the planner's own counts."""


class Section(BaseModel):
    """Base of the sections: a setting nobody knows is a fault, and nothing changes later."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True)


class PlanSection(Section):
    """What the plan is called and where it stands; on every page, map and sheet."""

    title: str = Field("Proposed clusters of schools", description="Title of the plan")
    version: str = Field("1", description="Version of the plan, in your own numbering")
    status: Literal["draft", "consultation", "adopted", "superseded"] = Field(
        "draft", description="draft, consultation, adopted or superseded"
    )
    decision_reference: str = Field("", description="Reference of the decision that adopted it")
    effective_date: date | None = Field(None, description="Date it takes effect, as 2026-09-01")
    audience: Audience = Field(
        "public",
        description="public (your own counts below 5 are withheld) or internal (all is shown, "
        "marked OFFICIAL-SENSITIVE)",
    )
    previous_plan: InputFile | None = Field(
        None,
        description="File of the plan before this one; clusters inherit its codes and names, and "
        "the report lists the moves since",
    )
    decisions: InputFile | None = Field(
        None, description="Your list of decisions: urn, request, decision, reason, date, role"
    )


class SchoolsSection(Section):
    """Which schools are clustered, and the files that describe them."""

    file: InputFile | None = Field(
        None, description="GIAS extract (.csv, .csv.gz), or your own table (.csv, .gpkg)"
    )
    authorities: Words = Field(
        (), description='Names of local authorities, as ["Kent"]; [] for all'
    )
    districts: Words = Field((), description='Names of districts, as ["Maidstone"]; [] for all')
    phases: Annotated[
        tuple[Literal["primary", "secondary", "all-through"], ...], Field(min_length=1)
    ] = Field(
        ("primary", "secondary", "all-through"),
        description="Phases to cluster: primary, secondary, all-through",
    )
    as_at: date | None = Field(
        None,
        description="Planning date, as 2025-07-18: a school is in if it is open that day "
        "(default: the date of the extract)",
    )
    census: InputFile | None = Field(None, description="DfE school census by URN (.csv)")
    links: InputFile | None = Field(
        None, description="GIAS links file, so that a converted school finds its census row"
    )
    srp: InputFile | None = Field(
        None, description="Your own list of SRPs: urn, need, places, on_roll, opens, closes"
    )
    changes: InputFile | None = Field(
        None, description="Schools to add or remove: urn, action (add, remove), reason"
    )
    deprivation: InputFile | None = Field(
        None, description="Indices of deprivation by LSOA, with IDACI, for the equality tables"
    )
    associates: bool = Field(
        default=False,
        description="Also show special schools, PRUs and planned settings; they are never counted",
    )


class NonSelectiveSection(Section):
    """A secondary that a child of any ability can enter at 11, in each cluster."""

    rule: Wish = Field("shown", description="hard, priced, shown or hard-if-possible")
    weight: Price = Field(10.0, description="Price of a cluster without one, in km of travel")


class ClustersSection(Section):
    """How many clusters, how large, and what each must hold."""

    count: CountRange = Field(
        None, description="Number of clusters: a number, a range as 45:60, or free"
    )
    size: SizeRange = Field(Range(8, 14), description="Schools in a cluster, a range as 8:14")
    primaries: int = Field(
        1, ge=0, description="Least number of primaries in a cluster; all-through schools count"
    )
    secondaries: int = Field(
        1, ge=0, description="Least number of secondaries in a cluster; all-through schools count"
    )
    names: InputFile | None = Field(
        None, description="Your own names of clusters: code, name, perhaps venue (.csv)"
    )
    non_selective: NonSelectiveSection = NonSelectiveSection()


class TravelSection(Section):
    """Travel from each school to its hub, the currency in which all else is priced."""

    factor: float = Field(
        1.3, ge=1, le=10, description="Road km for each km of straight line, at least 1"
    )
    around_water: bool = Field(
        default=False,
        description="Go around water by way of neighbouring schools and crossings (needs "
        "neighbours.land)",
    )
    matrix: InputFile | None = Field(
        None, description="Travel times instead of distances: from_urn, to_urn, minutes (.csv)"
    )
    weight: Price = Field(1.0, description="Price of a km (with a matrix: a minute) of travel")
    worst: float | None = Field(
        None, gt=0, description="Longest trip to a hub allowed, in km (with a matrix: minutes)"
    )


class NeighboursSection(Section):
    """Which schools are neighbours, so that each cluster is in one piece."""

    reach_km: float = Field(25.0, gt=0, description="Greatest distance between neighbours, in km")
    land: InputFile | None = Field(
        None, description="Polygons of land: neighbours across water are cut (any polygon file)"
    )
    tolerance_m: float = Field(
        100.0, ge=0, description="Water that a line between neighbours may cross, in metres"
    )
    crossings: InputFile | None = Field(
        None, description="Bridges, tunnels and ferries that join banks (.csv)"
    )
    bridge: bool = Field(
        default=True, description="Join a piece that is left alone to its nearest, and say so"
    )


class BoundarySection(Section):
    """A layer of zones: districts, PCNs, wards, Areas or lines of your own."""

    rule: Wish = Field(
        "shown",
        description="hard (no cluster crosses), priced, shown or hard-if-possible",
    )
    weight: Price = Field(
        1.5, description="Price of a school outside its cluster's main zone, in km of travel"
    )
    file: InputFile | None = Field(None, description="Polygons of the zones (any polygon file)")
    name_field: str | None = Field(None, description="Field of the file that names a zone")
    code_field: str | None = Field(None, description="Field of the file with a zone's code")
    column: str | None = Field(
        None, description="Column of the schools that tells the zone, as district or ward_code"
    )
    groups: InputFile | None = Field(
        None, description="Groups of another layer's zones: code or name, group (.csv)"
    )
    of: str | None = Field(None, description="The layer whose zones are grouped, as district")


class TrustsSection(Section):
    """Multi-academy trusts with two or more schools in the plan, kept together."""

    rule: Softness = Field("priced", description="priced or shown")
    weight: Price = Field(3.0, description="Price of each trust present in a cluster, in km")
    most: dict[str, Limit] = Field(
        default_factory=dict,
        description="Most clusters that a trust may sit in, by its name or UID: a number, or free",
    )


class FederationsSection(Section):
    """Federations (schools under one governing body), kept together."""

    rule: Wish = Field("shown", description="hard, priced, shown or hard-if-possible")
    weight: Price = Field(
        6.0, description="Price of each cluster beyond the first that a federation sits in, in km"
    )


class PairsSection(Section):
    """Infant and junior schools that pass pupils on, kept together."""

    rule: Wish = Field(
        "shown",
        description="hard (confirmed pairs alone), priced, shown or hard-if-possible",
    )
    weight: Price = Field(6.0, description="Price of a pair in two clusters, in km of travel")
    file: InputFile | None = Field(
        None,
        description="Pairs you confirmed: infant_urn, junior_urn, confidence, confirmed (.csv); "
        "without it pairs are proposed",
    )


class NetworksSection(Section):
    """Networks of your own, kept together."""

    rule: Wish = Field("priced", description="hard, priced, shown or hard-if-possible")
    weight: Price = Field(
        3.0,
        description="Price of each cluster beyond the first that a network sits in, in km, where "
        "the file gives none",
    )
    file: InputFile | None = Field(None, description="urn, network, weight in km (.csv)")


class SrpSection(Section):
    """A specialist resource provision in each cluster."""

    rule: Wish = Field("shown", description="hard, priced, shown or hard-if-possible")
    weight: Price = Field(5.0, description="Price of a cluster without an SRP, in km of travel")


class BalanceSection(Section):
    """A column spread evenly over the clusters, in step with a base."""

    column: str = Field(description="Column to spread, as pupils or ehcp")
    base: str = Field("schools", description="What it is in step with: schools, or a column")
    weight: Price = Field(0.01, description="Price of each unit too many or too few, in km")


class PinsSection(Section):
    """Schools pinned together, apart, or to a numbered cluster."""

    together: tuple[Group, ...] = Field((), description="Groups of URNs that share a cluster")
    apart: tuple[Group, ...] = Field((), description="Groups of URNs in clusters all different")
    fixed: dict[str, Annotated[tuple[Urn, ...], Field(min_length=1)]] = Field(
        default_factory=dict, description="Number of a cluster and the URNs that belong to it"
    )


class ReferenceSection(Section):
    """Stay close to an earlier plan, or freeze part of it."""

    plan: InputFile | None = Field(
        None, description="The plan to stay close to: urn, cluster (.csv)"
    )
    weight: Price = Field(
        0.0, description="Price of a school that leaves its matched cluster, in km"
    )
    most_movers: int | None = Field(
        None, ge=0, description="Greatest number of schools that may leave their cluster"
    )
    freeze_clusters: Words = Field((), description='Clusters that stay as they are, as ["SEV-03"]')
    freeze_zones: dict[str, Words] = Field(
        default_factory=dict,
        description="Zones whose clusters stay as they are, by layer",
    )


class SolveSection(Section):
    """How long the search may take, and where its chances start."""

    time_limit: float = Field(180.0, gt=0, description="Seconds the search may take")
    seed: int = Field(1, ge=0, description="Start of the random numbers; same seed, same plan")
    work: int | None = Field(
        None, gt=0, description="Limit in units of work, the same on every machine"
    )
    gap: float = Field(
        1e-4, ge=0, lt=1, description="Stop at this distance from the best possible, a fraction"
    )
