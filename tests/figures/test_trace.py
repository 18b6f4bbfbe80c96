"""The course of a search as the report draws it, read back from the picture by its own axes."""

from __future__ import annotations

import re

import pytest

from cluster_geo.report.figures import trace_figure
from tests.figures.cells import fitted
from tests.figures.county import make_result
from tests.figures.pages import Page

Points = list[tuple[float, float]]


def steps(data: str) -> Points:
    """The corners of a line that keeps each value until the next one comes."""
    x, y = map(float, re.match(r"M([\d.]+) ([\d.]+)", data).groups())
    found = [(x, y)]
    for kind, pixel in re.findall(r"([HV])([\d.]+)", data):
        x, y = (float(pixel), y) if kind == "H" else (x, float(pixel))
        found.append((x, y))
    return found


def read(picture: Page) -> dict[str, Points]:
    """The two lines by name, as (course, score) at each corner, and the unit of the course."""
    texts = picture.all("text")
    scores = [
        (float(t.attributes["y"]) - 4, float(t.text.replace(",", "")))
        for t in texts
        if t.attributes["class"] == "end"
    ]
    *course, unit = [t for t in texts if t.attributes["class"] == "mid"]
    across = fitted([(float(t.attributes["x"]), float(t.text.replace(",", ""))) for t in course])
    down = fitted(scores)
    lines = {
        name: [
            (across(x), down(y)) for x, y in steps(picture.one("path", class_=name).attributes["d"])
        ]
        for name in ("score", "bound")
    }
    return lines | {"unit": unit.text}


def expected(points: Points, end: float) -> Points:
    """The corners of the steps of some values over a course that ends there."""
    corners = [points[0]]
    for at, value in points[1:]:
        corners += [(at, corners[-1][1]), (at, value)]
    return [*corners, (end, corners[-1][1])]


@pytest.mark.parametrize("timed", [True, False])
def test_each_line_shows_its_own_figures(minutes, timed):
    """The score as it falls, the bound as it rises, by the clock or by the work done."""
    trace = make_result(minutes.plan).trace
    picture = Page.of(str(trace_figure(trace, timed=timed)))
    lines = read(picture)
    assert lines["unit"] == ("seconds" if timed else "units of work")
    spent = [point.seconds if timed else float(point.work) for point in trace]
    for name, figures in (("score", "cost"), ("bound", "bound")):
        values = [getattr(point, figures) for point in trace]
        corners = expected(list(zip(spent, values, strict=True)), spent[-1])
        found = lines[name]
        assert len(found) == len(corners)
        for (x, y), (at, value) in zip(found, corners, strict=True):
            assert x == pytest.approx(at, abs=0.02 * spent[-1])
            if value > 500:
                assert y == pytest.approx(value, abs=1.5)
            else:
                assert y < 655  # the first bound lies far below what the figure shows


def test_the_report_names_the_lines_and_draws_this_search(report):
    """The legend calls each line by its own name; the figure is that of the run's own trace."""
    caption = report.section("method").one("figcaption")
    kinds = [span.attributes["class"] for span in caption.all("span")]
    assert kinds == ["line score", "line bound"]
    assert caption.text.startswith("best score found so far proven bound.")
    lines = read(report.section("method").one("svg", class_="trace"))
    assert lines["unit"] == "seconds"
    assert lines["score"][-1][1] == pytest.approx(812.5, abs=1.5)
    assert lines["bound"][-1][1] == pytest.approx(770.75, abs=1.5)
    assert lines["score"][0][1] == pytest.approx(960, abs=1.5)
