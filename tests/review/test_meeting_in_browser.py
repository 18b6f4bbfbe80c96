"""A meeting in a real browser: what is decided is shown, recorded, and there after a crash."""

import shutil

import pytest

from cluster_geo.audit import audit
from cluster_geo.plan import read_plan
from cluster_geo.scenario import load_county, read_run, rulebook_of
from cluster_geo.session import Session
from tests.browser.test_accessible import faults
from tests.review.served import Client, Served, journal_of, until

pytestmark = pytest.mark.browser
READY = "typeof review !== 'undefined' && Boolean(review.state)"


@pytest.fixture(scope="module")
def meeting(district, tmp_path_factory):
    """A plan, and its server; whoever ends it begins it again."""
    folder = tmp_path_factory.mktemp("meeting") / "plan"
    shutil.copytree(district, folder)
    held = {"folder": folder, "served": Served.of(folder)}
    yield held
    held["served"].kill()


@pytest.fixture(scope="module")
def entered(meeting, chromium):
    """A window of a browser that has opened the address."""
    window = chromium.new_context(viewport={"width": 1200, "height": 800})
    page = window.new_page()
    page.goto(meeting["served"].address)
    # The address leads on to the page without its token.
    page.wait_for_url(f"http://127.0.0.1:{meeting['served'].port}/")
    until(page, READY)
    yield window
    window.close()


@pytest.fixture
def page(meeting, entered):
    """The page anew; its `faults` are what its scripts or its policy complained of."""
    page = entered.new_page()
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    # That a question was refused is an answer like others.
    page.on(
        "console",
        lambda m: (
            page.faults.append(m.text)
            if m.type == "error" and "status of 4" not in m.text
            else None
        ),
    )
    page.goto(f"http://127.0.0.1:{meeting['served'].port}/")
    until(page, READY)
    yield page
    assert page.faults == []
    page.close()


def open_school(page, place=0):
    """Open a school by the search box and the keyboard; return its URN."""
    urn = page.evaluate(
        f"Object.values(review.opened.schools).filter((s) => s.feature.properties.cluster)[{place}]"
        ".feature.properties.urn"
    )
    page.keyboard.press("/")
    page.keyboard.type(str(urn))
    page.keyboard.press("Enter")
    until(page, "Boolean(document.querySelector('.leaflet-popup h3'))")
    return urn


def choose(page, broken=False):
    """Press M and take the best cluster, or the worst; wait for its preview."""
    page.keyboard.press("m")
    until(page, "Boolean(document.querySelector('#work .choice'))")
    if broken:
        page.evaluate("document.querySelector('#work details').open = true")
    choices = page.locator("#work .choice")
    (choices.last if broken else choices.first).focus()
    page.keyboard.press("Enter")
    until(page, "Boolean(document.querySelector('#say-by'))")


def decide(page, what="Accept", by="Head teacher"):
    page.fill("#say-by", by)
    page.fill("#say-asked", "Could we be nearer?")
    page.fill("#say-reason", "The road is better.")
    page.get_by_role("button", name=what, exact=True).press("Enter")
    until(page, "document.querySelector('#work').hidden")


def bar(page, name):
    return page.locator(f"#bar-{name} dd").inner_text()


def test_a_move_is_previewed_accepted_and_undone_by_keyboard(page, meeting):
    """The map, the bar, the table and the record all show it; undo takes it back."""
    urn = open_school(page)
    before = page.evaluate("JSON.stringify(review.state.marks)")
    home = page.evaluate(f"review.codeOf({urn})")
    choose(page)
    assert page.evaluate("document.querySelectorAll('#work tbody tr').length") >= 2
    assert journal_of(meeting["folder"])[1:] == []
    decide(page)
    until(page, f"review.codeOf({urn}) !== '{home}'")
    assert bar(page, "moved") == "1"
    line = journal_of(meeting["folder"])[-1]
    assert (line["event"], line["by"], line["reason"]) == (
        "accepted",
        "Head teacher",
        "The road is better.",
    )
    areas = page.evaluate("Object.keys(review.opened.areas).sort().join()")
    rows = page.locator("table.clusters tbody [data-cluster]").evaluate_all(
        "all => all.map((one) => one.dataset.cluster).sort().join()"
    )
    assert areas == rows
    assert "Accepted" in page.locator("#review-said").inner_text()
    page.locator("body").press("Control+z")
    until(page, f"review.codeOf({urn}) === '{home}'")
    assert page.evaluate("JSON.stringify(review.state.marks)") == before
    page.locator("body").press("Control+Shift+z")
    until(page, f"review.codeOf({urn}) !== '{home}'")
    page.locator("body").press("Control+z")
    until(page, f"review.codeOf({urn}) === '{home}'")


def test_a_request_that_breaks_a_requirement_is_refused_in_words(page, meeting):
    """What it would break is said, and goes into the record with the refusal."""
    open_school(page, 1)
    choose(page, broken=True)
    words = page.locator("#work .bad").inner_text()
    assert "Breaks a requirement" in words
    decide(page, "Refuse", by="Governor")
    line = journal_of(meeting["folder"])[-1]
    assert line["event"] == "refused"
    assert line["found"]
    assert bar(page, "broken") == "0"


def test_a_locked_cluster_stays_as_it_is(page):
    """A move into it is refused with the reason; unlocked, it can be moved into again."""
    code = page.evaluate("Object.keys(review.opened.areas)[0]")
    page.evaluate(f"review.opened.select('{code}')")
    page.locator("body").press("l")
    until(page, "Boolean(document.querySelector('#say-by'))")
    decide(page)
    until(page, "review.state.locked.length === 1")
    urn = page.evaluate(
        "Object.values(review.opened.schools).map((s) => s.feature.properties)"
        f".find((s) => s.cluster && s.cluster !== '{code}').urn"
    )
    page.evaluate(f"review.preview([{{verb: 'move', to: {{[{urn}]: '{code}'}}}}])")
    until(page, "Boolean(document.querySelector('#work .faults'))")
    assert "is locked" in page.locator("#work .faults").inner_text()
    page.keyboard.press("Escape")
    page.locator("body").press("Control+z")
    until(page, "review.state.locked.length === 0")


def test_the_neighbours_are_fitted_around_a_request(page):
    """Each answer has its price, and leads to a preview that keeps every requirement."""
    # What breaks nothing by itself has an answer: nobody else moves.
    place = page.evaluate(
        """async () => {
          const all = Object.values(review.opened.schools).map((s) => s.feature.properties)
            .filter((s) => s.cluster);
          for (let i = 0; i < all.length; i += 1) {
            const {choices} = await review.ask("ranking", {urn: all[i].urn});
            if (!choices[0].broken.length) { return i; }
          }
          return -1;
        }"""
    )
    assert place >= 0
    open_school(page, place)
    choose(page)
    # A machine that is busy finds little in the time that a meeting has.
    page.evaluate("review.seconds = 100")
    page.get_by_role("button", name="Fit the neighbours around this").click()
    until(page, "!document.querySelector('#answers progress')")
    assert page.locator("#answers .choice").count(), page.locator("#answers").inner_text()
    page.locator("#answers .choice").first.press("Enter")
    until(page, "Boolean(document.querySelector('#work .good'))")
    decide(page)
    assert bar(page, "broken") == "0"
    page.locator("body").press("Control+z")
    until(page, "review.state.summary.moved.length === 0")


def test_a_second_window_follows(page, entered, meeting):
    """It shows each change without being asked, and offers none."""
    other = entered.new_page()
    other.goto(f"http://127.0.0.1:{meeting['served'].port}/follow-me")
    until(other, READY)
    urn = open_school(page, 3)
    choose(page)
    decide(page)
    code = page.evaluate(f"review.codeOf({urn})")
    until(other, f"review.codeOf({urn}) === '{code}'")
    assert not other.locator("#undo").is_visible()
    other.evaluate(f"review.opened.open({urn})")
    assert other.locator("[data-move]").count() == 0
    other.close()
    page.locator("body").press("Control+z")
    until(page, "review.state.summary.moved.length === 0")


def test_a_popup_is_never_faint(page):
    """Neither while it opens nor while it closes: its text can be read, or is not shown."""
    page.evaluate("review.opened.open(Object.keys(review.opened.schools)[0])")
    until(page, "Boolean(document.querySelector('.leaflet-popup h3'))")
    found = page.evaluate(
        """() => {
          const popup = document.querySelector('.leaflet-popup');
          const shown = () => Number(getComputedStyle(popup).opacity);
          const before = shown();
          review.opened.map.closePopup();
          return [before, shown()];
        }"""
    )
    assert found == [1, 0]


@pytest.mark.parametrize("width", [1200, 360])
def test_axe_finds_no_fault(page, width):
    """As it opens, in a preview, with schools ticked, in each window, and on a projector."""
    page.set_viewport_size({"width": width, "height": 800})
    assert faults(page) == []
    open_school(page)
    choose(page)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.keyboard.press("Escape")
    page.evaluate(
        "Object.keys(review.opened.schools).slice(0, 2).forEach((u) => review.ticks.toggle(Number(u)))"
    )
    page.evaluate("review.opened.select(Object.keys(review.opened.areas)[0])")
    for window in ("whatif", "record", "variants", "finish", "keys", "moved", "broken"):
        page.evaluate(f"review.open('{window}')")
        assert faults(page) == [], window
        page.keyboard.press("Escape")
    page.locator("body").press("p")
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_nothing_is_lost_by_a_crash_and_a_finished_plan_is_what_was_shown(page, meeting, chromium):
    """Killed, begun again, finished: the same plan, the same score as the audit's."""
    folder = meeting["folder"]
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    open_school(page, 4)
    choose(page)
    decide(page)
    page.evaluate("review.doit('branch', {variant: 'B'})")
    until(page, "review.state.variants.length === 2")
    digest = page.evaluate("review.state.digest")
    broken = page.evaluate("review.state.summary.broken.length")
    meeting["served"].kill()
    meeting["served"] = Served.of(folder)
    assert "Resumed" in meeting["served"].said
    client = Client.entered(meeting["served"])
    state = client.get("/state")[2]
    assert digest in state
    status, _, page_of_two = client.get("/compare?first=A&second=B")
    assert status == 200
    assert "Variant B" in page_of_two
    for name in ("../out", "a/b", "", ".", "plan", "x\ty"):
        assert client.post("/finish", {"seen": digest, "folder": name})[0] in (400, 422)
    if broken:
        assert client.post("/finish", {"seen": digest, "folder": "agreed"})[0] == 422
    reason = "Agreed all the same" if broken else ""
    stale = {"seen": "0" * 64, "folder": "agreed", "reason": reason}
    assert client.post("/finish", stale)[0] == 409
    asked = {"seen": digest, "folder": "agreed", "reason": reason}
    status, _, done = client.post("/finish", asked)
    assert status == 200, done
    agreed = folder.parent / "agreed"
    assert (agreed / "clusters.csv").is_file()
    with Session.open(folder) as session:
        county, scenario = session.county, session.judge.scenario
    plan = read_plan(agreed / "clusters.csv", load_county(scenario))
    found = audit(county, rulebook_of(county, read_run(folder / "run.json").scenario), plan)
    assert f"{found.cost:,.1f}" in state
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before
    code, said = meeting["served"].end()
    assert code == 0
    assert "Traceback" not in said
    meeting["served"] = Served.of(folder)
