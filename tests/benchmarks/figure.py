"""The figures as a picture: plan and bound over time, and the gap by size of area."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from tests.benchmarks.tables import OURS
from tests.benchmarks.trial import Trial

INK, SEA = "#1b3a4b", "#2a9d8f"
MARKS = "osD^v"


def write_figure(path: Path, trials: Sequence[Trial]) -> None:
    """Draw results.png."""
    figure = Figure(figsize=(12, 5), layout="constrained")
    left, right = figure.subplots(1, 2)
    _over_time(left, [trial for trial in trials if trial.part == "methods"])
    _by_size(right, [t for t in trials if t.part in {"methods", "scaling"} and t.method == OURS])
    figure.savefig(path, dpi=140)


def _over_time(axes: Axes, trials: Sequence[Trial]) -> None:
    """Draw our plan and bound as lines, every other method as a point where it ended."""
    axes.set(title="Plan and bound over time", xlabel="seconds", ylabel="cost, km")
    others = [trial for trial in trials if trial.method != OURS and trial.cost]
    for trial, mark in zip(others, MARKS * len(others), strict=False):
        broken = (
            f", {trial.judgement.broken} clusters break a rule" if trial.judgement.broken else ""
        )
        face = "none" if broken else None
        axes.plot(
            trial.seconds, trial.cost, mark, mfc=face, label=f"{trial.method}{broken}", ls="none"
        )
    for trial in trials:
        if trial.method == OURS:
            for place, name, colour in ((2, "plan", INK), (3, "bound", SEA)):
                points = [(p[0], p[place]) for p in trial.trace if p[place] is not None]
                if points:
                    points.append((trial.seconds, points[-1][1]))
                    axes.step(
                        *zip(*points, strict=True),
                        where="post",
                        color=colour,
                        label=f"ours, {name}",
                    )
    if others and (ours := [t for t in trials if t.method == OURS and t.cost]):
        # Early bounds lie far below; what matters is between the bound and the dearest plan.
        axes.set_ylim(0.93 * ours[0].cost, 1.02 * max(trial.cost for trial in (*others, *ours)))
    axes.set_xlim(left=0)
    if trials:
        axes.legend(fontsize="small")


def _by_size(axes: Axes, trials: Sequence[Trial]) -> None:
    axes.set(title="Gap by size of area", xlabel="schools", ylabel="gap, %")
    known = sorted((t.schools, 100 * t.gap, t.problem) for t in trials if t.gap is not None)
    if known:
        axes.plot([k[0] for k in known], [k[1] for k in known], "o-", color=INK)
    for schools, gap, name in known:
        axes.annotate(name, (schools, gap), xytext=(4, 4), textcoords="offset points", fontsize=8)
    axes.set_ylim(bottom=0)
    axes.margins(x=0.15)
