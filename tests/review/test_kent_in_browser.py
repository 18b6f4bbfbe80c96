"""A meeting of thirty requests about the whole of Kent, with a crash in the middle of it."""

import json
import random

import pandas as pd
import pytest
from click.testing import CliRunner

import cluster_geo as cg
from cluster_geo.cli import main
from cluster_geo.session import Merge, Session
from cluster_geo.session.finish import MINUTES_FILE
from cluster_geo.session.journal import JOURNAL_FILE
from tests.review.served import Served, until
from tests.review.test_meeting_in_browser import READY, bar, choose, decide, open_school

pytestmark = [pytest.mark.real, pytest.mark.nightly, pytest.mark.browser]
MOVES, TRIES = 24, 6
REASON = "For the test"


@pytest.fixture(scope="module")
def kent(real_data, tmp_path_factory):
    """A plan of Kent that a short search has found."""
    folder = tmp_path_factory.mktemp("kent") / "plan"
    settings = {
        "schools.file": real_data / "gias" / "edubasealldata20250718_kent_medway.csv",
        "solve.work": 40_000,
    }
    options = [part for key, value in settings.items() for part in ("--set", f"{key}={value}")]
    words = ["propose", "kent-benchmark", *options, "--out", str(folder)]
    done = CliRunner().invoke(main, words, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return folder


def enter(chromium, served):
    """Open the address in a browser; return its window and page."""
    window = chromium.new_context(viewport={"width": 1400, "height": 900})
    page = window.new_page()
    page.goto(served.address)
    page.wait_for_url(f"http://127.0.0.1:{served.port}/")
    until(page, READY)
    return window, page


def move(page, dice, times):
    """Move schools to the best of the other clusters, one after the other."""
    for _ in range(times):
        open_school(page, dice.randrange(500))
        choose(page)
        decide(page)


def held(page, dice):
    """Move, lock, refuse a merge, and take half of it back; return the step and the score."""
    move(page, dice, MOVES)
    assert int(bar(page, "moved").replace(",", "")) > MOVES / 2
    code, other, into = page.evaluate("Object.keys(review.opened.areas).slice(0, 3)")
    page.evaluate(f"review.opened.select('{code}')")
    page.locator("body").press("l")
    until(page, "Boolean(document.querySelector('#say-by'))")
    decide(page)
    # Two clusters in one are too many schools: it is refused, and in the record.
    page.evaluate(f"review.preview([{{verb: 'merge', code: '{other}', into: '{into}'}}])")
    until(page, "Boolean(document.querySelector('#say-by'))")
    decide(page, "Refuse", by="Governor")
    for _ in range(MOVES // 2):
        step = page.evaluate("review.state.step")
        page.locator("body").press("Control+z")
        until(page, f"review.state.step !== {step}")
    return page.evaluate("review.state.step"), bar(page, "change")


def fit(page, dice):
    """Ask for the neighbours to be fitted around a move, and accept the first answer.

    On a slow machine none may be found in the time allowed: then of another school.
    """
    for _ in range(TRIES):
        open_school(page, dice.randrange(500))
        choose(page)
        page.get_by_role("button", name="Fit the neighbours around this").click()
        until(
            page,
            "Boolean(document.querySelector('#answers').querySelector('.choice, p:only-child'))",
        )
        if page.locator("#answers .choice").count():
            break
    page.locator("#answers .choice").first.press("Enter")
    until(page, "Boolean(document.querySelector('#work .good'))")
    decide(page)


def finish(page, name):
    """Finish on the page; return what it says was written."""
    page.get_by_role("button", name="Finish", exact=True).click()
    page.fill("#finish-name", name)
    if page.locator("#finish-reason").count():
        page.fill("#finish-reason", REASON)
    page.get_by_role("button", name="Write the outputs").click()
    until(page, "Boolean(document.querySelector('#finish-words li'))")
    return page.locator("#finish-words").inner_text()


def test_a_meeting_about_kent(kent, chromium, tmp_path):
    """What was decided is there after a crash, is what is written, and replays to the same bytes."""
    dice = random.Random(1)
    served = Served.of(kent)
    try:
        window, page = enter(chromium, served)
        stood = held(page, dice)
        window.close()
        served.kill()
        served = Served.of(kent)
        assert "Resumed from" in served.said
        window, page = enter(chromium, served)
        assert (page.evaluate("review.state.step"), bar(page, "change")) == stood
        move(page, dice, 3)
        fit(page, dice)
        assert "minutes.html" in finish(page, "agreed")
        window.close()
    finally:
        served.kill()
    journal, agreed = kent.with_name(f"{kent.name}.review"), kent.with_name("agreed")
    with Session.open(kent, journal=journal) as session:
        score, moved = session.judged.score, session.summary.moved
        assert any(isinstance(line.request, Merge) for line in session.history.refused)
        changes = cg.compare(session.judge.whole, session.judge.scenario, kent, agreed)
    record = json.loads((agreed / "run.json").read_text(encoding="utf-8"))
    assert record["cost"] == pytest.approx(score)
    assert tuple(sorted(pd.read_csv(agreed / "moves.csv")["urn"])) == moved
    assert tuple(sorted(changes.moves.index)) == moved
    # Replayed from the journal alone, without the line that says that it was finished.
    lines = (journal / JOURNAL_FILE).read_bytes().splitlines(keepends=True)
    (tmp_path / "again").mkdir()
    (tmp_path / "again" / JOURNAL_FILE).write_bytes(b"".join(lines[:-1]))
    with Session.open(kent, journal=tmp_path / "again") as again:
        again.finish(tmp_path / "replayed", reason=REASON)
    for name in (
        "clusters.csv",
        "decisions.csv",
        "moves.csv",
        "map.html",
        MINUTES_FILE,
        "run.json",
    ):
        first, second = ((f / name).read_bytes() for f in (agreed, tmp_path / "replayed"))
        assert first == second, name
