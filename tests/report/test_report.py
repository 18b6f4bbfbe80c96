"""The report: words, figures, and a page that runs nothing."""

import base64
import hashlib
import re
from dataclasses import replace

import pytest

from cluster_geo.audit import audit
from cluster_geo.maps import map_page
from cluster_geo.optimise import TracePoint
from cluster_geo.plan import Papers
from cluster_geo.publish import Publication
from cluster_geo.report import report_page, write_report
from cluster_geo.report.amounts import journey, miles, number
from cluster_geo.report.figures import trace_figure
from cluster_geo.report.sections import school_index
from tests.briefs import disclosed
from tests.markup import FIGURE, SCRIPT, markup_of, unescaped, words_of
from tests.outputs import HOSTILE, hostile_world, make_papers, make_world


@pytest.fixture(scope="module")
def world():
    return make_world()


@pytest.fixture(scope="module")
def page(world):
    return report_page(world.published())


@pytest.fixture(scope="module")
def text(page):
    """The page's words as a reader sees them."""
    return words_of(page)


def test_the_summary_says_how_sure_the_plan_is(text):
    """Score, the best possible, and how much could be gained at most."""
    expected = (
        "This plan scores 50.0. Under the same rules and weights no plan can score below 49.5, "
        "so it could improve by at most 1.0 %."
    )
    assert expected in text
    assert "because it reached the time limit" in text


def test_no_word_of_money_or_missing_provision_is_misused(text):
    """A cost is a score, a gap is a distance or a provision gap: readers take them otherwise."""
    text = text.lower().replace("provision gap", "")
    for word in ("cost", "price", "gap"):
        assert not re.search(rf"\b{word}s?\b", text), word
    assert "no figure here is money" in text
    assert "with no lead role, funding or status" in text


def test_journeys_stand_apart_from_the_score(text):
    """Mean and longest journey in km and miles."""
    assert re.search(r"Mean journey to the central school \d\.\d km \d\.\d miles", text)


def test_every_school_and_rule_and_source_is_in_it(world, text):
    """Nothing of the plan is left to the map alone."""
    for name in world.county.schools.names.values():
        assert name in text
    assert "Clusters follow the boundaries: District" in text
    assert "ab" * 32 in text
    assert "18 July 2025" in text
    assert "School 3 is proposed to close and is in." in text
    assert "Areas are kept: a plan that keeps them was found." in text
    assert "Open Government Licence" in text


def test_title_status_version_and_date_stand_at_head_and_foot(text):
    """Every page tells which plan it is of."""
    assert text.count("Consultation · version 2.1 · in effect from 1 September 2026") == 2


def test_it_is_one_file_that_runs_only_the_programs_own_script(page):
    """One script, the same in every report, allowed by its hash alone; no link out."""
    (script,) = SCRIPT.findall(page)
    other = report_page(hostile_world().published())
    assert SCRIPT.findall(other) == [script]
    assert page.count("<script") == other.count("<script") == 1
    digest = hashlib.sha256(script[len("<script>") : -len("</script>")].encode()).digest()
    allowed = f"script-src 'sha256-{base64.b64encode(digest).decode()}';"
    assert allowed in page
    assert not re.search(r"""(?:src|href)=["'](?!#)""", markup_of(page))
    assert not re.search(r"https?:|fetch\(|XMLHttp|import\(", script)
    assert page.startswith('<!DOCTYPE html>\n<html lang="en-GB">')


def test_hostile_names_are_text():
    """Names are shown, never run, and no template is fed with them."""
    page = report_page(hostile_world().published())
    text = words_of(page)
    assert all(re.sub(r"\s+", " ", name) in text for name in HOSTILE)
    assert unescaped(HOSTILE, markup_of(page)) == []
    assert "<script" not in markup_of(page)


def test_hostile_names_are_text_in_every_section():
    """Atlas, decisions, moves, provision, equality, zones: each shows names as they are."""
    world = hostile_world()
    for first in range(0, len(HOSTILE), 4):
        texts = HOSTILE[first : first + 4]
        page = report_page(world.published(papers=make_papers(world, *texts)))
        for part in ("history", "schools"):
            section = page[page.index(f'<section id="{part}">') :]
            text = words_of(section[: section.index("</section>")])
            shown = texts if part == "history" else texts[:1]
            for name in shown:
                assert re.sub(r"\s+", " ", name) in text
        assert "<script" not in markup_of(page)
        assert "onerror=window" not in unescape_nothing(page)
    figures = re.findall(r"<svg.*?</svg>", page, flags=re.DOTALL)
    assert not any(name in figure for figure in figures for name in HOSTILE if "<" in name)


def unescape_nothing(page: str) -> str:
    """The markup of the page alone: what stands between tags is left out."""
    return " ".join(re.findall(r"<[^>]*>", page))


def test_each_layer_has_its_tables(world, text):
    """Zones with the clusters in them, and the schools outside with a reason."""
    assert "Zone a 9 " in text
    assert "2 : West (6), Middle (3)" in text
    assert "3 schools lie outside the main zone of the cluster." in text
    assert "Moving only this school to" in text


def test_provision_stands_by_place_need_and_phase(text):
    """Two SRPs for ASD; what is missing is told with its definition."""
    assert "By district" in text
    assert "Whole plan ASD 1 1 0 not known not known not known" in text
    assert "East no SRP 0 0 0 none none none" in text
    assert "Definition: no school of the cluster has a provision on record" in text
    assert "2 clusters of 3: West (SQU-01); East (SQU-03)." in text


def test_what_was_not_supplied_is_said(text):
    """Equality tables tell what they have, name the least favourable, and say what they lack."""
    assert "Not supplied, and so not shown: the share of pupils eligible" in text
    assert "IDACI by area (Indices of Deprivation)" in text
    assert "Longest journey to the central school (highest) all alike 1.4 km 1.4 km" in text
    assert "own phase (highest) West, East 3.2 km 3.2 km" in text


def test_decisions_and_moves_are_on_record(world):
    """Each decision with the school's cluster now, and each move since the version before."""
    text = words_of(report_page(world.published(papers=make_papers(world))))
    assert (
        "School 1 (100001) West To stay in the west granted It is near 1 June 2025 Director" in text
    )
    assert "URN 999999, not in this plan" in text
    assert "1 school is not where the earlier version had it, of 18 in this plan." in text
    assert "Venue named by the planner Town hall" in text


def test_nothing_on_record_is_said_too(world, text):
    """No list, no earlier version; or an earlier version from which nothing moved."""
    assert "No list of decisions was given." in text
    assert "No earlier version of this plan was named." in text
    same = Papers(decisions=make_papers(world).decisions.iloc[:0], previous=world.plan)
    text = words_of(report_page(world.published(papers=same)))
    assert "The list of decisions is empty." in text
    assert "No school is in another cluster" in text


def test_equal_runs_give_equal_reports(page):
    """Nothing of the hour or of chance is in the report."""
    assert report_page(make_world().published()) == page


def test_a_plan_drawn_by_hand_has_a_report(world, tmp_path):
    """Without a run nothing is said of the best possible."""
    path = write_report(tmp_path / "report.html", Publication(disclosed(world.county), world.plan))
    text = words_of(path.read_text(encoding="utf-8"))
    assert "judged as it stands" in text
    assert "This plan was not judged by rules." in text


def test_broken_rules_are_told_first(world):
    """A reader of the summary learns that the plan breaks a rule."""
    rulebook = replace(
        world.rulebook, rules=(replace(world.rulebook.rules[0], low=7), *world.rulebook.rules[1:])
    )
    verdict = audit(world.county, rulebook, world.plan)
    text = words_of(report_page(world.published(audit=verdict)))
    assert text.index("This plan breaks requirements") < text.index("Clusters Central school")
    assert "3 findings" in text


def test_figures_are_said_in_british_english():
    """Commas for thousands, km and miles, minutes whole."""
    assert number(1234.56, 1) == "1,234.6"
    assert number(None) == number(float("nan")) == "not known"
    assert journey(3.14, "km") == "3.1 km"
    assert miles(10.0) == "6.2 miles"
    assert journey(12.4, "minutes") == "12 minutes"


def test_the_trace_draws_score_and_bound(world):
    """Two lines, with the seconds below and the scores beside them."""
    figure = trace_figure(world.result.trace)
    assert figure.count("<path") > 2
    assert 'class="score"' in figure
    assert 'class="bound"' in figure


def test_a_trace_without_a_bound_or_change_is_drawn_all_the_same():
    """A run may find its best plan at once and never prove anything."""
    flat = [TracePoint(float(i), i, "start", 50.0, None, 1) for i in range(3)]
    assert 'class="bound"' not in trace_figure(flat)
    assert trace_figure(flat[:1]) == ""
    assert trace_figure([TracePoint(0.0, 0, "start", None, 1.0, 0)] * 3) == ""


@pytest.mark.browser
def test_it_opens_without_network(visit, world, tmp_path):
    """The report asks for nothing and its policy complains of nothing."""
    page = visit(write_report(tmp_path / "report.html", world.published()))
    assert page.requests == []
    assert page.faults == []
    assert page.locator("svg.plan-map").is_visible()
    page.set_viewport_size({"width": 360, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_negative_bound_is_not_drawn(world):
    """No score is below 0, and no tick of the figure is."""
    trace = [TracePoint(float(i), i, "cuts", 900.0 / (i + 1), -50.0 * i - 1, 1) for i in range(3)]
    figure = trace_figure(trace)
    assert 'class="bound"' not in figure
    assert not re.search(r">-[0-9]", figure)
    page = words_of(report_page(world.published(result=replace(world.result, trace=tuple(trace)))))
    assert "best score found so far." in page
    assert "Where the two meet" not in page


def test_a_solvers_failure_is_told_where_it_is_asked_how_sure_this_is(world):
    """The sentence names what failed; names of solvers are text like any other."""
    failed = replace(world.result, stopped_by="solver failure", failure="HiGHS <b>1.16</b>: error")
    page = report_page(world.published(result=failed))
    assert "<b>1.16</b>" not in page
    text = words_of(page)
    said = "The solver failed during the search (HiGHS <b>1.16</b>: error). The plan and figures"
    assert said in text
    assert (
        text.index("How sure is this?") < text.index(said) < text.index("Clusters Central school")
    )


def test_the_method_claims_no_search_that_was_not_made(world, text):
    """A plan by hand was not picked by a computer, nor is any plan called the best of all."""
    by_hand = words_of(report_page(world.published(result=None)))
    assert "No search has made this plan" in by_hand
    assert "The computer makes very many" not in by_hand
    assert "looks for the set of them that covers every school once" in text


def test_a_place_is_named_once_in_the_list_of_schools(world):
    """A cluster called like its district is not "Saltholme; Saltholme"; others have both."""
    (first, *_), *_ = [cluster.members for cluster in world.plan.clusters]
    district = world.county.schools.table.loc[first, "district"]
    same = replace(world.plan, names={**world.plan.names, "SQU-01": district})
    rows = {row["urn"]: row["where"] for row in school_index(world.published(plan=same))}
    assert rows[first] == district
    assert f"{district}; Middle" in rows.values()
    assert not any(len(set(parts := where.split("; "))) < len(parts) for where in rows.values())


def test_no_line_of_a_page_ends_within_a_date(world, page):
    """The date at the head is one word to a browser, as is a figure with its unit."""
    space = "\N{NO-BREAK SPACE}"
    assert f"1{space}September{space}2026" in page
    assert f"18{space}July{space}2025" in page
    # In a figure no text is broken.
    plain = FIGURE.sub("", markup_of(page))
    assert not re.search(r"\d (?:January|July|September) \d{4}|\d (?:km|%)\b", plain)
    assert "1 September 2026" in words_of(page)
    pages = [map_page(world.published()), page]
    assert all(f"1{space}September{space}2026" in text for text in pages)
