"""The section on money and the shaded map in a browser, on a telephone."""

import pytest

from tests.browser.test_accessible import faults

pytestmark = pytest.mark.browser


def test_the_pages_fit_and_axe_finds_no_fault(visit, folder):
    """Every fold open in the report; the map shaded, and as it was when money is chosen no more."""
    page = visit(folder[0] / "out" / "report.html", width=360)
    page.evaluate(
        "document.querySelectorAll('#funding details').forEach((d) => { d.open = true; })"
    )
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert faults(page) == []
    assert page.requests == []
    page = visit(folder[0] / "out" / "map.html", width=360)
    fills = "Object.values(clusterMap.opened.areas).map((area) => area.options.fillColor)"
    before = page.evaluate(fills)
    page.select_option("#pick-money", "0")
    shaded = page.evaluate(fills)
    assert not set(before) & set(shaded)
    assert page.locator(".shades li").first.is_visible()
    assert faults(page) == []
    page.select_option("#pick-money", "")
    assert page.evaluate(fills) == before
    assert not page.locator(".shades li").first.is_visible()
    assert page.faults == []
