"""Hostile names in every field of a meeting: text wherever it is shown, and text when it is sent."""

import csv

import pytest

from tests.cli.street import FIRST, SETTINGS
from tests.harm import CODES, NAMES, seen
from tests.review.served import Served, journal_of, until

pytestmark = pytest.mark.browser
READY = "typeof review !== 'undefined' && Boolean(review.state)"
# What no table of schools may hold is refused when it is read.
SHOWN = [name for name in NAMES if name.isprintable()]


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    """A street whose schools, trusts, zones, codes and clusters have hostile names."""
    folder = tmp_path_factory.mktemp("harm")
    with (folder / "schools.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["urn", "name", "phase", "easting", "northing", "district", "trust"])
        for k, phase in enumerate("psppspps"):
            kind = "secondary" if phase == "s" else "primary"
            trust = SHOWN[2 + k % 2]
            zone = SHOWN[4 + k // 4]
            name = SHOWN[k % len(SHOWN)]
            rows.writerow([FIRST + k, name, kind, 550_000 + 1000 * k, 150_000, zone, trust])
    (folder / "street.toml").write_text(SETTINGS, encoding="utf-8")
    with (folder / "hand.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["urn", "cluster", "cluster_name"])
        for k, place in enumerate([0, 0, 0, 1, 1, 1, 2, 2]):
            rows.writerow([FIRST + k, CODES[place], SHOWN[place]])
    return folder / "hand.csv"


def test_a_meeting_of_hostile_names_does_no_harm(plan, chromium):
    """Read, moved, renamed, recorded, compared: nothing runs, and each text is what it was."""
    served = Served.of(plan, "--scenario", plan.with_name("street.toml"))
    window = chromium.new_context(viewport={"width": 1200, "height": 800})
    page = window.new_page()
    harm = []
    page.on("pageerror", lambda error: harm.append(str(error)))
    page.on("dialog", lambda box: (harm.append(box.message), box.dismiss()))
    page.on("console", lambda m: harm.append(m.text) if "Content Security" in m.text else None)
    page.goto(served.address)
    page.wait_for_url(f"http://127.0.0.1:{served.port}/")
    until(page, READY)
    page.evaluate(f"review.move({FIRST + 2})")
    until(page, "Boolean(document.querySelector('#work .choice'))")
    assert seen(SHOWN[2]) in " ".join(page.locator("#work h2").inner_text().split())
    page.locator("#work .choice").first.click()
    until(page, "Boolean(document.querySelector('#say-by'))")
    said = "<img src=x onerror=window.hacked=1>{{ 7*7 }}${1}"
    for field in ("by", "asked", "reason"):
        page.fill(f"#say-{field}", said)
    page.get_by_role("button", name="Accept", exact=True).click()
    until(page, "document.querySelector('#work').hidden")
    code = page.evaluate("Object.keys(review.opened.areas).map(review.text)[0]")
    assert code in CODES
    page.evaluate(
        "([code, name]) => review.preview([{verb: 'rename', code, name}])",
        [code, said + "</script>"],
    )
    until(page, "Boolean(document.querySelector('#say-by'))")
    page.get_by_role("button", name="Accept", exact=True).click()
    until(page, "document.querySelector('#work').hidden")
    page.evaluate("([name]) => review.doit('branch', {variant: name})", ["<b>V</b>{{ 1 }}"])
    until(page, "review.state.variants.length === 2")
    page.evaluate(
        "Object.keys(review.opened.schools).forEach((u) => review.ticks.toggle(Number(u)))"
    )
    page.evaluate("review.opened.select(Object.keys(review.opened.areas).map(review.text)[0])")
    page.evaluate(f"review.opened.open({FIRST})")
    for name in ("record", "variants", "moved", "broken", "finish"):
        page.evaluate(f"review.open('{name}')")
        page.keyboard.press("Escape")
    page.evaluate("review.open('record')")
    assert said in page.locator("#record-words").inner_text()
    assert (
        page.evaluate("document.querySelectorAll('#record-words img, #record-words b').length") == 0
    )
    assert page.evaluate("window.hacked") is None
    assert harm == []
    lines = journal_of(plan)
    assert next(line["by"] for line in lines if line["event"] == "accepted") == said
    assert lines[-1]["variant"] == "<b>V</b>{{ 1 }}"
    window.close()
    code, text = served.end()
    assert (code, "Traceback" in text) == (0, False)
