"""Every kind of page, of the example county: an unsolved plan of it will do for looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import pandas as pd

from cluster_geo.alternatives import (
    Agreement,
    Option,
    Options,
    Sweep,
    differences,
    grid,
    outcome_row,
    read_axis,
)
from cluster_geo.audience import Disclosure
from cluster_geo.audit import audit
from cluster_geo.compare import Comparison, PlanFile, compare_plans
from cluster_geo.county import County
from cluster_geo.explain import explanation_of
from cluster_geo.export.packs import write_packs
from cluster_geo.maps import write_map, write_pair, write_settled
from cluster_geo.naming import name_plan
from cluster_geo.patches import teams_of
from cluster_geo.plan import Papers, Plan, Response, Responses
from cluster_geo.publish import ExplanationPublication, OptionsPublication, Publication
from cluster_geo.publish.asked_about import Places
from cluster_geo.publish.edition import edition_of
from cluster_geo.publish.requests import RequestsPublication
from cluster_geo.publish.teams import TeamsPublication
from cluster_geo.report import write_options_page, write_report, write_sweep_page
from cluster_geo.report.explanation import explanation_page
from cluster_geo.report.requests import write_requests_page
from cluster_geo.report.teams import write_teams_page
from cluster_geo.report.update import Beside, Change, Joining, Mover, UpdatePage, update_page
from cluster_geo.report.versions import write_versions_page
from cluster_geo.rules import Rulebook
from cluster_geo.scenario import Scenario, brief_of, load_county, read_scenario, rulebook_of
from cluster_geo.versions import lineage_of, read_versions
from tests.halves import halved_plan
from tests.outputs import make_result
from tests.requests import decided, listed, make_figures, saved
from tests.versions.folders import write_version

# A third of the county, of which every kind of page has every kind of element.
DISTRICT = {"schools.districts": ["Stanmere"], "clusters.count": "free"}


@dataclass
class Example:
    """The example county, or a part of it, two plans, and a folder for its pages."""

    folder: Path
    settings: Mapping[str, object] = field(default_factory=dict)

    @cached_property
    def scenario(self) -> Scenario:
        return read_scenario("example", self.settings)

    @cached_property
    def county(self) -> County:
        return load_county(self.scenario)

    @cached_property
    def rulebook(self) -> Rulebook:
        return rulebook_of(self.county, self.scenario)

    @cached_property
    def disclosed(self) -> Disclosure:
        return Disclosure(self.county, brief_of(self.scenario))

    @cached_property
    def plans(self) -> tuple[Plan, Plan]:
        """A plan, and another with larger clusters."""
        first = name_plan(halved_plan(self.county, self.rulebook), self.county)
        larger = halved_plan(self.county, self.rulebook, 20)
        return first, name_plan(larger, self.county, previous=first)

    @cached_property
    def comparison(self) -> Comparison:
        files = (
            PlanFile(title, plan)
            for title, plan in zip(("small", "large"), self.plans, strict=True)
        )
        return compare_plans(self.disclosed, self.rulebook, *files)

    @cached_property
    def options(self) -> Options:
        """The two plans as if a search had found them."""
        plans = dict(zip("AB", self.plans, strict=True))
        agreed = Agreement.of(plans, self.county)
        result = make_result(self.plans[0], 50.0)
        audits = {name: audit(self.county, self.rulebook, plan) for name, plan in plans.items()}
        rows = {
            name: {"title": f"Plan {name}", "beyond": 0.01}
            | outcome_row(plan, self.county, self.rulebook, audit=audits[name], result=result)
            for name, plan in plans.items()
        }
        return Options(
            self.scenario,
            self.county,
            self.rulebook,
            tuple(
                Option(name, f"Plan {name}", plan, audits[name], 50.0, 0.01, result)
                for name, plan in plans.items()
            ),
            differences(plans),
            pd.DataFrame.from_dict(rows, orient="index").rename_axis("option"),
            agreed.schools,
            agreed.pairs,
        )

    @cached_property
    def published(self) -> Publication:
        """The first plan, judged, as if a search had found it."""
        plan = self.plans[0]
        return Publication(
            self.disclosed,
            plan,
            rulebook=self.rulebook,
            audit=audit(self.county, self.rulebook, plan),
            result=make_result(plan, 50.0),
        )

    def map(self) -> Path:
        return write_map(self.folder / "map.html", self.published)

    def teams(self) -> Path:
        """Two roles of which one has all there is to show, and the other no more than it must."""
        asked = {
            "teams.teacher.posts": 1.5, "teams.teacher.visits_per_post": 40,
            "teams.teacher.cost_per_visit": 99, "teams.teacher.layer": "district",
            "teams.teacher.demand.schools": 3, "teams.teacher.clusters_per_post": "1:8",
            "teams.nurse.posts": 1, "teams.nurse.demand.schools": 1,
            "teams.nurse.clusters_per_post": "1:8",
        }  # fmt: skip
        county = replace(
            self.county, layers={**self.county.layers, "area": self.county.layers["district"]}
        )
        scenario = read_scenario("example", {**self.settings, **asked})
        found = teams_of(county, scenario, self.plans[0], time_limit=10)
        published = TeamsPublication.of(Disclosure(county, brief_of(scenario)), found)
        return write_teams_page(self.folder / "teams.html", published)

    def report(self) -> Path:
        return write_report(self.folder / "report.html", self.published)

    @cached_property
    def packs(self) -> list[Path]:
        """The packs: their list, then those of clusters, then the pages of schools."""
        return write_packs(self.folder / "packs", self.published)

    def packs_index(self) -> Path:
        return self.packs[0]

    def pack_of_cluster(self) -> Path:
        return self.packs[1]

    def page_of_school(self) -> Path:
        return next(path for path in self.packs if path.name.startswith("school-"))

    def responses(self) -> Path:
        """A report of the first plan after a consultation on the second one."""
        before = self.plans[1]
        schools, codes = before.clusters[0].members, before.labels
        rows = (
            Response(2, "Split " * 12, 1203, "We look at it", schools[:3], codes[:2], "trusts"),
            Response(3, "Too far", 12, text="x" * 90, publish=True, rule="clusters.size"),
            Response(4, "too far", 7, urns=schools[3:5], clusters=("NO-99",), text="A bus"),
        )
        papers = Papers(previous=before, responses=Responses(rows))
        inside = replace(self.disclosed.brief, audience="internal")
        disclosed = Disclosure(self.county, inside)
        published = replace(self.published, disclosed=disclosed, papers=papers)
        return write_report(self.folder / "responses.html", published)

    def pair(self) -> Path:
        return write_pair(self.folder / "comparison.html", self.comparison)

    def options_page(self) -> Path:
        return write_options_page(self.folder / "options.html", self._options())

    def settled(self) -> Path:
        return write_settled(self.folder / "settled.html", self._options())

    def _options(self) -> OptionsPublication:
        return OptionsPublication(self.disclosed, self.options, self.options.agreed)

    def sweep(self) -> Path:
        variations = grid([read_axis("clusters.size=8:14,8:20")])
        rows = [outcome_row(plan, self.county, self.rulebook) for plan in self.plans]
        named = dict(zip([v.name for v in variations], rows, strict=True))
        return write_sweep_page(
            self.folder / "sweep.html", Sweep.of(self.scenario, variations, named)
        )

    def explanation(self) -> Path:
        narrow = {"clusters.size": "8:9", "clusters.count": "3"}
        asked = read_scenario("example", self.settings | narrow)
        found = explanation_of(self.county, rulebook_of(self.county, asked), time_limit=1.0)
        disclosed = Disclosure(self.county, brief_of(asked))
        page = explanation_page(ExplanationPublication(disclosed, found))
        path = self.folder / "explanation.html"
        path.write_text(page, encoding="utf-8")
        return path

    def history(self) -> Path:
        clusters = {"A-01": (1, 2, 3), "B-02": (4, 5)}
        row = {"figure": "Pupils", "published": "1", "correct": "2", "since": "2025-01-01"}
        one = write_version(
            self.folder / "versions" / "one", clusters, version="1", effective_date="2025-09-01",
            record={"corrections": [row | {"reason": "Typed wrongly"}]},
        )  # fmt: skip
        (one / "map.html").write_text("A map", encoding="utf-8")
        write_version(
            self.folder / "versions" / "two", {"A-01": (1, 2), "B-02": (13, 4, 5)}, made_from=one,
            others={3: (13,)}, version="2", replaces="1", reason="A conversion", told=["Heads"],
            effective_date="2026-09-01", audience="internal",
            record={"waves": {"A-01": {"starts": "2026-10-01", "name": "Pilot"}}},
        )  # fmt: skip
        lineage = lineage_of(read_versions([self.folder / "versions"]))
        return write_versions_page(self.folder / "history.html", lineage, self.folder)

    def requests(self) -> Path:
        """Requests of every kind, each with figures."""
        published = RequestsPublication(
            "decisions.csv",
            "2026-06-01",
            "internal",
            self.decisions,
            Places.of(self.county, self.plans[0]),
            edition_of(self.disclosed),
        )
        return write_requests_page(self.folder / "requests.html", published)

    def report_of_requests(self) -> Path:
        """The report with every column that a list of decisions may have."""
        inside = replace(brief_of(self.scenario), audience="internal")
        published = replace(
            self.published,
            disclosed=Disclosure(self.county, inside),
            papers=Papers(self.decisions),
        )
        return write_report(self.folder / "report_of_requests.html", published)

    @property
    def decisions(self) -> pd.DataFrame:
        """A row of each stage, about a school, a cluster, or both."""
        urn, code = self.county.urns[0], self.plans[0].labels[0]
        figures = saved(make_figures(urn=urn, text=("A line.", "  - " + "of many words " * 20)))
        more = {"figures": figures, "version_before": "1", "version_after": "2"}
        return listed(
            decided(urn=urn, case="K-1", due="2026-03-01", received="2026-01-01", **more),
            decided(urn=urn, cluster=code, stage="appeal", due="2026-05-01", figures=figures),
            decided(urn=None, cluster=code, stage="closed"),
            {"urn": urn, "stage": "received", "received": "2026-05-01", "figures": figures},
            {"urn": None, "cluster": "X-1", "stage": "considered", "received": "2026-05-02"},
        )

    def update(self) -> Path:
        edition = edition_of(self.disclosed)
        page = UpdatePage(
            version="3",
            changes=[Change("A (1)", "closed", "A", "", "B-01", "")] * 30,
            broken=["Cluster B-01 breaks “Size of a cluster”: 7 schools (must be 8 to 14)."],
            as_it_is=10.0,
            joining=[Joining("C (3)", "B-01", 1.5, "“Size of a cluster”")],
            movers=[Mover("D (4)", "B-01", "B-02", "Bourne: Size of a cluster")],
            certainty="This plan scores 12.0.",
            statements=["1 school must move."],
            plans=[Beside(1, 12.0, "0.1 %", ""), Beside(3, 11.0, "", "alternative_1.csv")],
        )
        path = self.folder / "update.html"
        path.write_text(update_page(edition, page), encoding="utf-8")
        return path
