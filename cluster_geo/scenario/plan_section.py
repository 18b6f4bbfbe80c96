"""The section `[plan]`: what a plan is called, and the papers that are shown with it."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from cluster_geo.scenario.sections import Audience, Section
from cluster_geo.scenario.values import InputFile, Text, Words


class PlanSection(Section):
    """Title and status of the plan, shown on every page, map and sheet."""

    title: str = Field("Proposed clusters of schools", description="Title of the plan")
    version: str = Field("1", description="Version of the plan, in your own numbering")
    status: Literal["draft", "consultation", "adopted", "superseded"] = Field(
        "draft", description="draft, consultation, adopted or superseded"
    )
    decision_reference: str = Field("", description="Reference of the decision that adopted it")
    effective_date: date | None = Field(
        None, description="Date it takes effect, such as 2026-09-01"
    )
    end_date: date | None = Field(None, description="Last day it is in effect, such as 2027-08-31")
    replaces: str = Field("", description="Version that this one replaces, such as 3")
    reason: str = Field(
        "", description="Why this version was made; it stands on every page, in a sentence or two"
    )
    superseded_by: str = Field(
        "", description="Version that has replaced this one; its status is then superseded"
    )
    told: Words = Field(
        (), description='Who was informed, and when, such as ["Head teachers, 12 May 2026"]'
    )
    audience: Audience = Field(
        "public",
        description="public (your own counts below 5 are withheld) or internal (everything is "
        "shown, marked OFFICIAL-SENSITIVE)",
    )
    previous_plan: InputFile | None = Field(
        None,
        description="File of the previous plan; clusters keep its codes and names, and the report "
        "lists the schools that move",
    )
    corrections: InputFile | None = Field(
        None,
        description="What an earlier issue had wrong: figure, published, correct, since, reason",
    )
    waves: InputFile | None = Field(
        None, description="When clusters start, if not all at once: cluster, starts, wave"
    )
    second_clusters: InputFile | None = Field(
        None,
        description="Schools that also work with a second cluster, as where a catchment is split: "
        "urn, cluster, reason; shown, and counted nowhere",
    )
    decisions: InputFile | None = Field(
        None,
        description="Your list of requests and decisions: urn or cluster, request, decision, "
        "reason, date, role, and the stage of each",
    )
    responses: InputFile | None = Field(
        None,
        description="Responses to the consultation: category, count, action, urns, clusters, "
        "rule, text, publish; a text is published only where publish is yes",
    )
    divisions: str = Field(
        "",
        description="Layer of electoral divisions or wards, for the list of those affected "
        "(default: the layer called division, else ward)",
    )
    mitigation: dict[str, Text] = Field(
        default_factory=dict,
        description="What is done for a cluster that is served less favourably, by its code; "
        "the report shows it, also to the public",
    )
