"""The sections of a scenario: every setting, with its unit, default and meaning.

`cluster-geo scenario` writes the descriptions as comments, and messages about an invalid setting
quote them.
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
"""Who the outputs are for: the public, or the authority, which knows the planner's own counts."""


class Section(BaseModel):
    """Base of the sections: immutable, and an unknown setting is a fault."""

    # JSON has no infinite numbers, so no run could record one; "no limit" has words of its own.
    model_config = ConfigDict(
        extra="forbid", frozen=True, validate_default=True, allow_inf_nan=False
    )


class SchoolsSection(Section):
    """Which schools are in the plan, and the files that describe them."""

    file: InputFile | None = Field(
        None, description="GIAS extract (.csv, .csv.gz), or your own table (.csv, .gpkg)"
    )
    authorities: Words = Field(
        (), description='Names of local authorities, such as ["Kent"]; [] for all'
    )
    districts: Words = Field(
        (), description='Names of districts, such as ["Maidstone"]; [] for all'
    )
    phases: Annotated[
        tuple[Literal["primary", "secondary", "all-through"], ...], Field(min_length=1)
    ] = Field(
        ("primary", "secondary", "all-through"),
        description="Phases of the schools in the plan: primary, secondary, all-through",
    )
    as_at: date | None = Field(
        None,
        description="Planning date, such as 2025-07-18: schools open on that day are in the plan "
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

    rule: Wish = Field("shown", description='"hard", "priced", "shown" or "hard-if-possible"')
    weight: Price = Field(10.0, description="Price of a cluster without one, in km of travel")


class ClustersSection(Section):
    """How many clusters, how large, and what each must have."""

    count: CountRange = Field(
        None, description="Number of clusters: a number, a range such as 45:60, or free"
    )
    size: SizeRange = Field(Range(8, 14), description="Schools in a cluster, a range such as 8:14")
    primaries: int = Field(
        1, ge=0, description="Fewest primaries in a cluster; all-through schools count"
    )
    secondaries: int = Field(
        1, ge=0, description="Fewest secondaries in a cluster; all-through schools count"
    )
    names: InputFile | None = Field(
        None, description="Your own cluster names: code, name and, optionally, venue (.csv)"
    )
    non_selective: NonSelectiveSection = NonSelectiveSection()


class TravelSection(Section):
    """Travel from each school to its hub; every weight is in the same unit."""

    factor: float = Field(
        1.3, ge=1, le=10, description="Road km per km in a straight line, at least 1"
    )
    around_water: bool = Field(
        default=False,
        description="Measure travel around water, from school to neighbouring school and over "
        "crossings (needs neighbours.land)",
    )
    matrix: InputFile | None = Field(
        None, description="Travel times instead of distances: from_urn, to_urn, minutes (.csv)"
    )
    weight: Price = Field(1.0, description="Price of a km (with a matrix: a minute) of travel")
    worst: float | None = Field(
        None,
        gt=0,
        description="Longest journey allowed to a central school, in km (with a matrix: minutes)",
    )


class NeighboursSection(Section):
    """Which schools are neighbours, so that each cluster is in one piece."""

    reach_km: float = Field(25.0, gt=0, description="Longest distance between neighbours, in km")
    land: InputFile | None = Field(
        None,
        description="Polygons of land: schools across water are not neighbours (any polygon file)",
    )
    tolerance_m: float = Field(
        100.0, ge=0, description="Water that a line between neighbours may cross, in metres"
    )
    crossings: InputFile | None = Field(
        None, description="Bridges, tunnels and ferries that join banks (.csv)"
    )
    bridge: bool = Field(
        default=True,
        description="Join schools cut off from the rest to the nearest others, and report it",
    )


class ContextSection(Section):
    """A file that maps show beneath everything else; no rule uses it."""

    file: InputFile | None = Field(
        None,
        description="Main roads, rivers, railways, built-up areas or place names, as in OS Open "
        "Zoomstack or an OpenStreetMap extract (.gpkg, .shp, .zip, .pbf)",
    )


class BoundarySection(Section):
    """A layer of zones: districts, PCNs, wards, Areas or lines of your own."""

    rule: Wish = Field(
        "shown",
        description='"hard" (no cluster crosses), "priced", "shown" or "hard-if-possible"',
    )
    weight: Price = Field(
        1.5, description="Price of a school outside its cluster's main zone, in km of travel"
    )
    file: InputFile | None = Field(None, description="Polygons of the zones (any polygon file)")
    file_layer: str | None = Field(
        None, description="Layer of that file, where it has several (as a GeoPackage may)"
    )
    name_field: str | None = Field(None, description="Field with the name of each zone")
    code_field: str | None = Field(None, description="Field with the code of each zone")
    column: str | None = Field(
        None,
        description="Column of the schools' table with each zone, such as district or ward_code",
    )
    groups: InputFile | None = Field(
        None, description="Groups of another layer's zones: code or name, group (.csv)"
    )
    of: str | None = Field(None, description="The layer whose zones are grouped, such as district")


class TrustsSection(Section):
    """Multi-academy trusts with two or more schools in the plan, kept together."""

    rule: Softness = Field("priced", description='"priced" or "shown"')
    weight: Price = Field(
        3.0, description="Price of each trust present in a cluster, in km of travel"
    )
    most: dict[str, Limit] = Field(
        default_factory=dict,
        description="Most clusters that a trust may sit in, by its name or UID: a number, or free",
    )


class FederationsSection(Section):
    """Federations (schools under one governing body), kept together."""

    rule: Wish = Field("shown", description='"hard", "priced", "shown" or "hard-if-possible"')
    weight: Price = Field(
        6.0,
        description="Price of each cluster beyond the first that a federation sits in, in km of "
        "travel",
    )


class PairsSection(Section):
    """Infant and junior schools that pass pupils on, kept together."""

    rule: Wish = Field(
        "shown",
        description='"hard" (confirmed pairs only), "priced", "shown" or "hard-if-possible"',
    )
    weight: Price = Field(6.0, description="Price of a pair in two clusters, in km of travel")
    file: InputFile | None = Field(
        None,
        description="Pairs you confirmed: infant_urn, junior_urn, confidence, confirmed (.csv); "
        "without this file, pairs are proposed",
    )


class NetworksSection(Section):
    """Networks of your own, kept together."""

    rule: Wish = Field("priced", description='"hard", "priced", "shown" or "hard-if-possible"')
    weight: Price = Field(
        3.0,
        description="Price of each cluster beyond the first that a network sits in, in km of "
        "travel, unless the file gives one",
    )
    file: InputFile | None = Field(
        None, description="Your list of networks: urn, network, weight in km of travel (.csv)"
    )


class BalanceSection(Section):
    """A column shared out evenly between the clusters, in proportion to a base."""

    column: str = Field(description="Column to balance, such as pupils or ehcp")
    base: str = Field("schools", description="What it is in proportion to: schools, or a column")
    weight: Price = Field(
        0.01, description="Price of each unit above or below the share, in km of travel"
    )


class ColumnSection(Section):
    """A column of your own: any figure of the schools, from any file."""

    file: InputFile = Field(description="The file (.csv): a row for each school, by URN or LAESTAB")
    column: str = Field("", description="Its heading in the file (default: the column's name here)")
    unit: str = Field("", description="Its unit, such as GBP, pupils or per cent")
    meaning: str = Field("", description="What it is, in a sentence; it stands beside the figures")
    kind: Literal["amount", "rate"] = Field(
        "amount",
        description="amount (adds up over schools) or rate (of several schools the mean, by "
        "pupils where they are known)",
    )
    audience: Audience = Field(
        "internal", description="Who may see it: public or internal (only in internal outputs)"
    )
    counts_pupils: bool = Field(
        default=True,
        description="Whether it counts pupils, or is a per cent of them: the public then sees no "
        "figure of fewer than 5 pupils",
    )


class PinsSection(Section):
    """Schools pinned together, apart, or to a numbered cluster."""

    together: tuple[Group, ...] = Field((), description="Groups of URNs in one cluster")
    apart: tuple[Group, ...] = Field((), description="Groups of URNs in different clusters")
    fixed: dict[str, Annotated[tuple[Urn, ...], Field(min_length=1)]] = Field(
        default_factory=dict, description="Number of a cluster and the URNs that belong to it"
    )


class ReferenceSection(Section):
    """Stay close to an earlier plan, or freeze part of it."""

    plan: InputFile | None = Field(
        None, description="The plan to stay close to: urn, cluster (.csv)"
    )
    weight: Price = Field(
        0.0, description="Price of a school that leaves its matched cluster, in km of travel"
    )
    most_movers: int | None = Field(
        None, ge=0, description="Most schools that may leave their matched cluster"
    )
    fewest_movers: bool = Field(
        False,
        description="Whether as few schools as possible leave their matched cluster, whatever the "
        "score; then the best plan with so few",
    )
    freeze_clusters: Words = Field(
        (), description='Clusters that stay as they are, such as ["SEV-03"]'
    )
    freeze_zones: dict[str, Words] = Field(
        default_factory=dict,
        description="Zones whose clusters stay as they are, by layer",
    )


# The solver takes seeds of 31 bits.
MOST_SEED = 2**31 - 1
# A year: what anyone means by more is "no limit", which Ctrl-C is for.
MOST_SECONDS = 31_536_000.0


class SolveSection(Section):
    """Limits of the search, and its random seed."""

    time_limit: float = Field(
        180.0, gt=0, le=MOST_SECONDS, description="Seconds the search may take"
    )
    seed: int = Field(
        1,
        ge=0,
        le=MOST_SEED,
        description="Seed of the random numbers; the same seed, the same plan",
    )
    work: int | None = Field(
        None, gt=0, description="Limit in units of work, which are the same on every machine"
    )
    gap: float = Field(
        1e-4, ge=0, lt=1, description="Stop this close to the best possible, as a fraction"
    )
    certificate: bool = Field(
        False,
        description="Whether to write certificate.json.gz, with which `cluster-geo verify` checks "
        "how close to the best possible the plan is",
    )
