"""The progress line, on a terminal and in a log."""

import io

from rich.console import Console

from cluster_geo.cli.progress import Progress
from cluster_geo.optimise import TracePoint


def shown(points, *, terminal):
    """Return what is printed for the points of a trace."""
    stream = io.StringIO()
    console = Console(file=stream, force_terminal=terminal, width=120, color_system=None)
    with Progress(console, 180) as progress:
        for point in points:
            progress(point)
            progress.refresh()
    return stream.getvalue()


TRACE = [
    TracePoint(1.0, 1, "wishes", None, None, 0),
    TracePoint(2.0, 2, "first plan", 2100.0, None, 50),
    TracePoint(4.0, 3, "first plan", 2090.0, None, 80),
    TracePoint(13.0, 4, "first plan", 2080.0, None, 90),
    TracePoint(60.0, 9, "columns", 2065.25, 2040.5, 900),
]


def test_a_log_gets_a_line_for_each_stage_and_now_and_then():
    """Without a terminal there are plain lines, at a new stage or after ten seconds."""
    lines = shown(TRACE, terminal=False).splitlines()
    assert lines == [
        "Which preferences can be requirements: no plan yet; 179 s left",
        "A first plan: best score 2,100.0, bound none yet; 178 s left",
        "A first plan: best score 2,080.0, bound none yet; 167 s left",
        "Better clusters: best score 2,065.2, bound 2,040.5, at most 1.2 % to gain; 120 s left",
    ]


def test_a_terminal_gets_one_line_that_changes():
    """On a terminal the line shows stage, best cost, bound, gap and time left."""
    text = shown(TRACE, terminal=True)
    assert "Better clusters: best score 2,065.2, bound 2,040.5, at most 1.2 % to gain" in text


def test_a_terminal_shows_that_files_are_read():
    """Before the search begins the line says what is being done."""
    assert "Reading files" in shown([], terminal=True)
