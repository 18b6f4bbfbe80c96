"""Progress below a notebook's cell, and Python as the README shows it."""

import re
from pathlib import Path

import pytest

from cluster_geo.optimise import TracePoint
from cluster_geo.progress import NotebookProgress, facts_of
from cluster_geo.scenario import read_scenario

README = Path(__file__).resolve().parents[1] / "README.md"
POINT = TracePoint(5.0, 1, "pricing <b>", 200.0, 160.0, 12)


def test_a_card_says_where_the_search_stands():
    """Stage, best, bound, gap and what time is left, with no text taken for markup."""
    html = NotebookProgress(read_scenario("example", {"solve.time_limit": 20})).html(POINT)
    for said in ("Pricing &lt;b&gt;", "200.0", "160.0", "20.0 %", "15 s"):
        assert said in html


@pytest.mark.parametrize(("bound", "said"), [(159.0, "159.0"), (-7.0, "none yet")])
def test_a_bound_of_no_use_is_no_gap(bound, said):
    """Above a fifth no percentage is told, and no negative bound is shown."""
    facts = facts_of(TracePoint(5.0, 1, "pricing", 200.0, bound, 12), 20, 5.0)
    assert (facts["bound"], facts["could improve by at most"]) == (said, "")


def test_the_card_changes_in_place(monkeypatch):
    """One display is made and then brought up to date, not once for every point."""
    display = pytest.importorskip("IPython.display")
    shown = []

    class Handle:
        def update(self, html):
            shown.append(html.data)

    def first(html, *, display_id):
        shown.append(html.data)
        return Handle()

    monkeypatch.setattr("IPython.get_ipython", object)
    monkeypatch.setattr(display, "display", first)
    progress = NotebookProgress(read_scenario("example"))
    for point in (POINT, POINT, TracePoint(6.0, 2, "branching", 200.0, 190.0, 13)):
        progress(point)
    assert len(shown) == 2
    assert "Branching" in shown[1]


def test_outside_a_notebook_nothing_is_shown(capsys):
    """Library code prints nothing."""
    NotebookProgress(read_scenario("example"))(POINT)
    assert capsys.readouterr() == ("", "")


def test_the_readme_in_python_runs(monkeypatch, tmp_path):
    """The README's example runs as it is written, but for less time."""
    monkeypatch.chdir(tmp_path)
    section = README.read_text(encoding="utf-8").split("## In Python")[1].split("\n## ")[0]
    (code,) = re.findall(r"```python\n(.*?)```", section, re.DOTALL)
    names = {}
    exec(code.replace('"solve.time_limit": 20', '"solve.work": 6000'), names)
    assert names["second"].scenario.clusters.size.high == 12
    assert names["second"].audit.kept
    assert (tmp_path / "outputs" / "six_to_twelve" / "map.html").is_file()
