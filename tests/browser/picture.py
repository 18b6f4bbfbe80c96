"""The README's picture of the example: ``python -m tests.browser.picture``."""

from __future__ import annotations

import shutil
from pathlib import Path

from PIL import Image

from cluster_geo.maps import write_map
from cluster_geo.pipeline import propose
from cluster_geo.scenario import load_county, read_scenario

PICTURE = Path(__file__).parents[2] / "outputs" / "example_map.png"
SIZE = {"width": 1280, "height": 760}
# Enough for a map of seven colours; a third of the bytes.
COLOURS = 128


def photograph(page: Path, picture: Path) -> None:
    """Write a picture of a page as it opens in headless Chromium."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only this needs it

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        tab = browser.new_page(viewport=SIZE)
        tab.goto(page.resolve().as_uri())
        tab.wait_for_function("clusterMap.opened")
        tab.screenshot(path=picture)
        browser.close()
    Image.open(picture).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(picture)


def main() -> None:
    """Solve the example, draw its map beside the picture for a moment, and take the picture."""
    scenario = read_scenario("example")
    found = propose(load_county(scenario), scenario)
    page = PICTURE.with_suffix(".html")
    write_map(page, found.published)
    photograph(page, PICTURE)
    page.unlink()


if __name__ == "__main__":
    main()
