"""What if, in a real browser: another setting, the whole county, and two windows that decide."""

import pytest

from tests.browser.test_accessible import faults
from tests.cli.street import FIRST
from tests.review.served import Served, journal_of, until
from tests.review.test_meeting_in_browser import READY, decide

pytestmark = pytest.mark.browser
MOVE = "review.preview([{{verb: 'move', to: {{[{urn}]: '{code}'}}}}])"
AT_HOME = "review.state.step === 0 && review.state.summary.moved.length === 0"


@pytest.fixture(scope="module")
def held(street, tmp_path_factory, chromium):
    """A server of the street, and a window of a browser that has opened its address."""
    plan, scenario = street
    journal = tmp_path_factory.mktemp("whatif") / "hand.review"
    served = Served.of(plan, "--scenario", scenario, "--journal", journal)
    window = chromium.new_context(viewport={"width": 360, "height": 800})
    first = window.new_page()
    first.goto(served.address)
    first.wait_for_url(f"http://127.0.0.1:{served.port}/")
    yield {"served": served, "window": window, "journal": journal}
    window.close()
    served.kill()


@pytest.fixture
def opened(held):
    """Open the page once more, as it was begun; nothing on it may complain."""
    pages, harm = [], []

    def open_one():
        page = held["window"].new_page()
        page.on("pageerror", lambda error: harm.append(str(error)))
        page.on("console", lambda m: harm.append(m.text) if "Content Security" in m.text else None)
        page.goto(f"http://127.0.0.1:{held['served'].port}/")
        until(page, READY)
        pages.append(page)
        return page

    yield open_one
    pages[0].evaluate("review.tell('drop')")
    pages[0].evaluate("review.doit('goto', {step: 0})")
    assert harm == []
    for page in pages:
        page.close()


def test_another_setting_is_previewed_and_accepted_by_keyboard(opened, held):
    """Chosen, typed, judged: what it breaks, and how certain the plan is afterwards."""
    page = opened()
    page.locator("body").press("w")
    until(page, "Boolean(document.querySelector('#setting-key'))")
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.select_option("#setting-key", "boundaries.district.rule")
    assert page.locator("#setting-now").inner_text() == "priced"
    assert page.evaluate("document.querySelectorAll('select#setting-value option').length") == 4
    page.select_option("#setting-key", "clusters.size")
    assert page.locator("#setting-now").inner_text() == "2:5"
    page.fill("#setting-value", "3:5")
    page.locator("#setting-value").press("Enter")
    until(page, "Boolean(document.querySelector('#say-by'))")
    words = page.locator("#work").inner_text()
    assert "Breaks a requirement" in words
    assert "Afterwards: This plan scores" in words
    assert "Nothing is proven" in words
    assert page.get_by_role("button", name="Fit the neighbours around this").count() == 1
    assert faults(page) == []
    decide(page)
    until(page, "review.state.summary.broken.length === 1")
    line = journal_of(held["journal"].with_name("hand.csv"))[-1]
    assert line["request"] == {"verb": "adjust", "settings": {"clusters.size": "3:5"}}
    page.locator("body").press("w")
    until(page, "document.querySelector('#setting-now').textContent === '3:5'")


def test_a_better_plan_is_looked_for_while_the_page_is_used(opened):
    """Its answer is shown in every window, fits the plan that it was asked for, and no other."""
    page, other = opened(), opened()
    page.evaluate(MOVE.format(urn=FIRST + 5, code="C-3"))
    until(page, "Boolean(document.querySelector('#say-by'))")
    decide(page)
    page.locator("body").press("w")
    page.fill("#county-movers", "3")
    page.locator("#county-movers").press("Enter")
    for one in (page, other):
        until(one, "Boolean(review.search) && review.search.stage === 'found'")
        assert "Found in the whole county: score " in one.locator("#bar-search").inner_text()
    assert "Found in the whole county" in page.locator("#review-said").inner_text()
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    # Another window changes the plan: what was previewed here before is not accepted.
    show = page.locator("#bar-search").get_by_role("button", name="Preview")
    show.press("Enter")
    until(page, "Boolean(document.querySelector('#say-by'))")
    other.evaluate(
        "review.doit('accept', {requests: [{verb: 'lock', code: 'C-1'}], "
        "seen: review.state.digest})"
    )
    until(page, "review.state.locked.length === 1")
    assert "does not fit it any more" in page.locator("#bar-search").inner_text()
    assert show.count() == 0
    page.get_by_role("button", name="Accept", exact=True).press("Enter")
    until(page, "Boolean(document.querySelector('#work .faults'))")
    assert "has changed since" in page.locator("#work .faults").inner_text()
    assert page.get_by_role("button", name="Accept", exact=True).count() == 0
    # As it was again, it fits again.
    other.evaluate("review.doit('undo')")
    until(page, "review.state.locked.length === 0")
    before = page.evaluate("review.state.step")
    show.press("Enter")
    until(page, "Boolean(document.querySelector('#say-by'))")
    decide(page)
    until(page, "document.querySelector('#bar-search').hidden")
    assert page.evaluate("review.state.step") > before
    assert page.evaluate("review.state.summary.broken.length") == 0


def test_a_search_in_the_whole_county_is_cancelled_in_the_bar(opened):
    """While it runs its progress is shown, and the page is answered."""
    page = opened()
    # It may be over before anybody cancels it: what is shown while it runs is the server's word.
    page.evaluate(
        "review.searched({turn: review.search.turn + 0.5, stage: 'running', seconds: 60, movers: 3, used: 6})"
    )
    assert page.locator("#bar-search progress").is_visible()
    assert 0 < page.evaluate("document.querySelector('#bar-search progress').value") < 60
    assert faults(page) == []
    page.locator("#bar-search").get_by_role("button", name="Cancel the search").press("Enter")
    until(page, "document.querySelector('#review-said').textContent.startsWith('Nothing was')")


def test_the_later_of_two_windows_sees_its_preview_again(opened):
    """Judged on the plan as it has become, and to be decided anew."""
    first, second = opened(), opened()
    until(first, AT_HOME)
    first.evaluate(MOVE.format(urn=FIRST + 2, code="C-2"))
    second.evaluate(MOVE.format(urn=FIRST + 5, code="C-3"))
    for page in (first, second):
        until(page, "Boolean(document.querySelector('#say-by'))")
    decide(first)
    second.get_by_role("button", name="Accept", exact=True).press("Enter")
    until(second, "Boolean(document.querySelector('#work .faults'))")
    assert "has changed since" in second.locator("#work .faults").inner_text()
    assert second.evaluate("review.state.summary.moved.length") == 1
    decide(second)
    until(second, "review.state.summary.moved.length === 2")
