"""run.json: what was asked, what was found, how sure it is, and from which files."""

from __future__ import annotations

import json
import platform
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from cluster_geo.audience import Disclosure
from cluster_geo.audit import Audit
from cluster_geo.optimise import Result, TracePoint
from cluster_geo.optimise.result import gap_of
from cluster_geo.publish import ExplanationPublication, Publication
from cluster_geo.rules import Rulebook, limit_of_movers
from cluster_geo.version import __version__

# Libraries that a plan's figures may depend on.
LIBRARIES = ("geopandas", "highspy", "networkx", "numpy", "pandas", "pulp", "scipy", "shapely")


def run_record(published: Publication) -> dict[str, Any]:
    """Return the record of a run as JSON values.

    Cost and bound are in km-equivalents (or minutes), `gap` is (cost - bound) / cost as a
    fraction, `failure` what a solver answered that failed and so ended the search, else "". Of a
    plan that no optimiser made, the status is "audited", and there is no bound but what the run
    beside it has proven of every plan. `requirements` are the settings of the rules that had to be
    kept, preferences that became requirements among them; `most_movers` is how many schools may
    leave the clusters of an earlier plan, null without a limit; `previous_plan_sha256` the hash of
    the file of the plan before, whose codes this one keeps, "" without one; `previous_urns` the
    URNs that its schools have now, by the URN in that file, where they differ; `waves` when each
    cluster starts, where not all do at once; `colours` those of the clusters on the map, by code,
    which later plans keep. Under a limit of work no seconds
    are recorded: they alone would differ from run to run.
    """
    plan, audit, result = published.plan, published.audit, published.result
    corrections, timetable = published.papers.corrections, published.timetable
    return {
        "plan": asdict(published.edition),
        **_outcome(audit, result, published.floor),
        **({"gap": published.gap} if published.left_out and result is not None else {}),
        "requirements": _requirements(published.rulebook),
        "most_movers": None if published.rulebook is None else limit_of_movers(published.rulebook),
        "kept": None if audit is None else audit.kept,
        "broken": [] if audit is None else list(audit.broken),
        "clusters": len(plan),
        "schools": sum(len(cluster) for cluster in plan.clusters),
        "previous_plan_sha256": published.previous_hash,
        "previous_urns": {str(u): list(new) for u, new in published.papers.previous_urns.items()},
        "corrections": [] if corrections is None else corrections.to_dict(orient="records"),
        "waves": {} if timetable is None else {c: asdict(w) for c, w in timetable.waves.items()},
        "retired_codes": list(plan.retired),
        "colours": published.colours,
        **_asked(published.disclosed, result),
    }


def no_plan_record(published: ExplanationPublication) -> dict[str, Any]:
    """Return the record of a run that ended without a plan, as `run_record` does of others.

    The status is "impossible" where that is proven, else "none found".
    """
    proven, result = published.explanation.status == "impossible", published.result
    seed = published.disclosed.brief.seed
    counted = {"stopped_by": "proof", "failure": "", "seed": seed, "work": 0}
    counted |= dict.fromkeys(("cost", "bound", "gap", "seconds"))
    outcome = counted if result is None else _outcome(None, result)
    return {
        "plan": asdict(published.edition),
        **outcome,
        "status": "impossible" if proven else "none found",
        "kept": None,
        "broken": [],
        "clusters": None,
        "schools": None,
        "retired_codes": [],
        "colours": {},
        **_asked(published.disclosed, result),
    }


def _asked(disclosed: Disclosure, result: Result | None) -> dict[str, Any]:
    """Return what was asked, of which files, and how the search went."""
    county, brief = disclosed.county, disclosed.brief
    return {
        "unit": county.travel.unit,
        "travel": county.travel.method,
        "weights": dict(brief.weights),
        "scenario": dict(brief.settings),
        "versions": versions(),
        "inputs": [asdict(source) for source in county.sources],
        "notices": dict(sorted(Counter(notice.topic for notice in county.notices).items())),
        "notices_count": len(county.notices),
        "statements": [] if result is None else list(result.statements),
        "trace": [] if result is None else [_point(p, timed=result.timed) for p in result.trace],
    }


def _requirements(rulebook: Rulebook | None) -> list[str]:
    return [] if rulebook is None else sorted({r.setting for r in rulebook.rules if r.hard})


def _outcome(
    audit: Audit | None, result: Result | None, floor: float | None = None
) -> dict[str, Any]:
    if result is None:
        cost = None if audit is None else audit.cost
        stopped = {"status": "audited", "stopped_by": None, "failure": "", "cost": cost}
        stopped |= dict.fromkeys(("bound", "gap", "seconds", "seed", "work"))
        if floor is not None and audit is not None:
            # The bound is of plans that keep the rules: only of those it tells a distance.
            stopped |= {"bound": floor, "gap": gap_of(cost, floor) if audit.kept else None}
        return stopped
    names = ("status", "stopped_by", "failure", "cost", "bound", "gap", "seconds", "seed", "work")
    values = {name: getattr(result, name) for name in names}
    return values if result.timed else values | {"seconds": None}


def _point(point: TracePoint, *, timed: bool) -> dict[str, Any]:
    values = asdict(point) | {"gap": point.gap}
    return values if timed else values | {"seconds": None}


def versions() -> dict[str, str]:
    """Return the versions of this package, of Python and of the libraries that matter."""
    found = {"cluster-geo": __version__, "python": platform.python_version()}
    for library in LIBRARIES:
        try:
            found[library] = version(library)
        except PackageNotFoundError:  # pragma: no cover - all are requirements
            continue
    return found


def write_json(path: Path, record: Mapping[str, Any]) -> None:
    """Write a record as JSON; what JSON has no word for (a date, a path) becomes text."""
    text = json.dumps(record, ensure_ascii=False, indent=2, default=_as_json, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _as_json(value: object) -> object:
    if hasattr(value, "item"):
        return value.item()
    return sorted(value) if isinstance(value, set | frozenset) else str(value)
