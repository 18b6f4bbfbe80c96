"""Settings of `plan` for the equality section: mitigations, and the layer of divisions."""

from __future__ import annotations

from tests.scenario.effects.paper import outputs
from tests.scenario.effects.table import sets
from tests.scenario.effects.town import Town


@sets("plan.mitigation.*")
def mitigation(town: Town) -> None:
    """What is done for a cluster stands beside it in the report."""
    words = "A minibus from the quay"
    report = outputs(town, **{"plan__mitigation__WES-01": words})["report.html"]
    assert words in report
    assert "which is not a cluster of this plan" not in report
    assert words not in outputs(town)["report.html"]


@sets("plan.divisions")
def divisions(town: Town) -> None:
    """The report names the zones of the layer that hold a school; another layer is not asked."""
    layers = {"boundaries__seat__column": "district", "boundaries__ward__column": "authority"}
    asked = outputs(town, plan__divisions="seat", **layers)["report.html"]
    assert "By the layer “seat”" in asked
    assert "school of this plan: East; West." in " ".join(asked.split())
    assert "By the layer “ward”" in outputs(town, **layers)["report.html"]
