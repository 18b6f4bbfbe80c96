"""The figures as tables: Markdown to read, CSV to work with."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tests.benchmarks.trial import OWN, Trial

OURS = OWN["ours"]
PROVEN = 1e-4
TITLES = {
    "cold start": "What compiling costs, once per machine and version",
    "methods": "Every method on the county",
    "scaling": "Ever larger areas",
    "variants": "More freedom, more wishes",
    "begun before": "After a small change, from the earlier run and anew",
    "districts": "Each district by itself, any number of clusters, federations at a price",
}


def columns_of(trial: Trial, ours: Trial | None) -> dict[str, str]:
    """Return a trial as cells; "-" where there is nothing to say."""
    judged = trial.judgement
    ratio = trial.cost / ours.cost if trial.cost and ours and ours.cost else None
    return {
        "problem": trial.problem,
        "schools": str(trial.schools),
        "method": trial.method,
        "status": trial.status,
        "cost": _number(trial.cost, 1),
        "ratio to ours": _number(ratio, 3),
        "bound": _number(trial.bound, 1),
        "gap": "-" if trial.gap is None else f"{trial.gap:.3%}".replace("%", " %"),
        "clusters": str(judged.clusters) if judged else "-",
        "breaking a hard rule": str(judged.broken) if judged else "-",
        "first plan, s": _number(trial.first_plan, 1),
        "seconds": _number(trial.seconds, 1),
        "process, s": _number(trial.wall_seconds, 1),
        "CPU, s": _number(trial.cpu_seconds, 1),
        "peak MB": _number(trial.peak_mb, 0),
        "note": "; ".join(filter(None, [_faults(trial), trial.note])),
    }


def write_tables(folder: Path, head: Mapping[str, str], trials: Sequence[Trial]) -> None:
    """Write results.md, results.csv and trace.csv."""
    rows = [(trial.part, columns_of(trial, _ours(trials, trial))) for trial in trials]
    parts = [part for part in TITLES if any(part == trial.part for trial in trials)]
    text = ["# Benchmark", "", *(f"- {key}: {value}" for key, value in head.items())]
    for part in parts:
        text += ["", f"## {TITLES[part]}", "", *_markdown([row for p, row in rows if p == part])]
    if "districts" in parts:
        text += ["", _summary([trial for trial in trials if trial.part == "districts"])]
    (folder / "results.md").write_text("\n".join([*text, ""]), encoding="utf-8")
    _write_csv(folder / "results.csv", [{"part": part, **row} for part, row in rows])
    _write_csv(folder / "trace.csv", list(_trace(trials)))


def _ours(trials: Iterable[Trial], like: Trial) -> Trial | None:
    same = (
        t for t in trials if t.method == OURS and (t.part, t.problem) == (like.part, like.problem)
    )
    return next(same, None)


def _markdown(rows: Sequence[Mapping[str, str]]) -> list[str]:
    """Return the lines of a table, without the columns in which nothing is said."""
    told = [key for key in rows[0] if any(row[key] not in {"-", ""} for row in rows)]
    lines = ["| " + " | ".join(told) + " |", "|---" * len(told) + "|"]
    return lines + ["| " + " | ".join(row[key] for key in told) + " |" for row in rows]


def _summary(trials: Sequence[Trial]) -> str:
    """Say how many districts were proven, those that took least first, and in what time in all."""
    proven = [t for t in trials if t.gap is not None and t.gap <= PROVEN]
    possible = [t for t in trials if t.status != "impossible"]
    seconds = sum(t.seconds for t in proven)
    return (
        f"{len(proven)} of {len(possible)} possible districts proven to {PROVEN:.2%} "
        f"in {seconds:.0f} s in all."
    ).replace("%", " %")


def _faults(trial: Trial) -> str:
    if trial.judgement is None or not trial.judgement.faults:
        return ""
    found = [f"{rule} {number}" for rule, number in sorted(trial.judgement.faults.items())]
    return "breaks " + ", ".join(found)


def _trace(trials: Iterable[Trial]) -> Iterable[dict[str, object]]:
    for trial in trials:
        for seconds, stage, cost, bound, columns in trial.trace:
            yield {
                "part": trial.part,
                "problem": trial.problem,
                "method": trial.method,
                "seconds": f"{seconds:.3f}",
                "stage": stage,
                "cost": cost,
                "bound": bound,
                "columns": columns,
            }


def _write_csv(path: Path, rows: Sequence[Mapping[str, object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        if rows:
            writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)


def _number(value: float | None, digits: int) -> str:
    return "-" if value is None else f"{value:.{digits}f}"
