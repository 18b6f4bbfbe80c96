"""How heavy and how quick the maps are: ``python -m tests.benchmarks.maps --help``."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import click
import numpy as np

from cluster_geo.compare import PlanFile, compare_plans
from cluster_geo.county import County
from cluster_geo.maps import write_map, write_pair
from cluster_geo.plan import Plan
from cluster_geo.publish import Publication
from cluster_geo.rules import Rulebook
from cluster_geo.scenario import load_county, read_scenario
from tests.benchmarks.machine import circumstances
from tests.briefs import disclosed
from tests.halves import halved_plan
from tests.worlds import make_county

# Steps of each kind that are timed, one after the other.
STEPS = 10
# Metres between two schools of the drawn county, on average.
APART = 1_500.0
WEST_SOUTH = np.array([400_000.0, 200_000.0])
STEP = """async ({steps, zoom}) => {
  const map = clusterMap.opened.map || clusterMap.opened.maps[0], taken = [];
  for (let i = 0; i < steps; i += 1) {
    const began = performance.now();
    if (zoom) { map.setZoom(map.getZoom() + (i % 2 ? -1 : 1), {animate: false}); }
    else { map.panBy([i % 2 ? -40 : 40, 25], {animate: false}); }
    await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)));
    taken.push(performance.now() - began);
  }
  return taken.sort((a, b) => a - b)[Math.floor(steps / 2)];
}"""


def drawn_county(schools: int, seed: int) -> County:
    """Make a county of so many schools scattered evenly over a square of ground."""
    dice = np.random.default_rng(seed)
    side = APART * schools**0.5
    points = WEST_SOUTH + dice.uniform(0, side, (schools, 2))
    kinds = dice.choice(["primary", "secondary", "all-through"], schools, p=[0.8, 0.19, 0.01])
    rows = [
        {
            "urn": 100_000 + i, "x": float(x), "y": float(y), "name": f"Drawn School {i}",
            "phase": str(kind), "trust_uid": str(i % 200), "trust": f"Trust {i % 200}",
            "srp": i % 8 == 0, "srp_needs": "ASD" if i % 8 == 0 else "", "pupils": 300.0,
        }
        for i, ((x, y), kind) in enumerate(zip(points, kinds, strict=True))
    ]  # fmt: skip
    zones = {row["urn"]: f"Z{int((row['x'] - WEST_SOUTH[0]) // (side / 5))}" for row in rows}
    return make_county(rows, [], layers={"district": zones})


def moved(plan: Plan, rulebook: Rulebook) -> Plan:
    """Return the plan with a school of its first cluster in the second."""
    members = [list(cluster.members) for cluster in plan.clusters]
    members[1].append(members[0].pop())
    return rulebook.plan(members)


def written(county: County, folder: Path) -> Iterator[tuple[str, Path, float]]:
    """Write the map of a plan and the comparison of two; yield each with the seconds it took."""
    rulebook = Rulebook((), county.travel)
    plan = halved_plan(county, rulebook)
    files = PlanFile("first", plan), PlanFile("second", moved(plan, rulebook))
    compared = compare_plans(disclosed(county), rulebook, *files)
    began = time.perf_counter()
    path = write_map(folder / "map.html", Publication(disclosed(county), plan))
    yield "map", path, time.perf_counter() - began
    began = time.perf_counter()
    path = write_pair(folder / "comparison.html", compared)
    yield "comparison", path, time.perf_counter() - began


def opened(path: Path) -> tuple[float, float, float]:
    """Return the seconds until a page is painted and usable, and ms of a pan and of a zoom."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - the tests do without

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        began = time.perf_counter()
        page.goto(path.as_uri())
        page.wait_for_function("clusterMap.opened")
        page.evaluate("new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)))")
        seconds = time.perf_counter() - began
        pan = page.evaluate(STEP, {"steps": STEPS, "zoom": False})
        zoom = page.evaluate(STEP, {"steps": STEPS, "zoom": True})
        browser.close()
    return seconds, pan, zoom


@click.command()
@click.option(
    "--schools", type=click.Path(exists=True, path_type=Path), help="GIAS extract of Kent."
)
@click.option("--boundary", multiple=True, metavar="LAYER=FILE", help="A layer of boundaries.")
@click.option("--drawn", default=3_000, show_default=True, help="Schools of the drawn county.")
def main(*, schools: Path | None, boundary: tuple[str, ...], drawn: int) -> None:
    """Write and open the maps of Kent (where its register is given) and of a drawn county.

    Example: python -m tests.benchmarks.maps --schools edubasealldata20250718.csv
    """
    counties = {}
    if schools is not None:
        layers = dict(text.partition("=")[::2] for text in boundary)
        files = {f"boundaries.{name}.file": file for name, file in layers.items()}
        asked = read_scenario("kent-benchmark", {"schools.file": schools, **files})
        counties["Kent"] = load_county(asked)
    counties["drawn"] = drawn_county(drawn, seed=1)
    for line in circumstances(1, 0).items():
        click.echo(": ".join(map(str, line)))
    click.echo("\n| county | schools | page | MB | written, s | usable, s | pan, ms | zoom, ms |")
    click.echo("|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for name, county in counties.items():
            for kind, path, spent in written(county, Path(folder)):
                seconds, pan, zoom = opened(path)
                cells = [name, f"{len(county.urns):,}", kind, f"{path.stat().st_size / 1e6:.2f}"]
                cells += [f"{spent:.1f}", f"{seconds:.2f}", f"{pan:.0f}", f"{zoom:.0f}"]
                click.echo(f"| {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
