"""What if: another setting, a better plan in the whole county, and two windows that decide at once."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from cluster_geo.errors import InputError
from cluster_geo.review.asking import Better, Fit, Offers, offers_for
from cluster_geo.review.background import Background, County
from cluster_geo.review.room import Ask, ConflictError, Decide, Nothing, Room
from cluster_geo.review.worker import Opening, Worker, WorkerError
from cluster_geo.session import Adjust, Lock, Move, Session
from tests.cli.street import FIRST, write_plan
from tests.review.served import Client, Served, in_own_loop, journal_of

WORSE = Move(to={FIRST + 5: "C-3"})


def settings_of(room):
    return {one["key"]: one for one in room.settings(Nothing())["settings"]}


def test_the_settings_are_those_of_rules(room):
    """Sizes, the number of clusters, and of each rule how strict it is and its weight."""
    found = settings_of(room)
    assert found["clusters.size"]["value"] == "2:5"
    assert found["clusters.count"]["value"] == "free"
    assert found["boundaries.district.weight"]["value"] == "1.5"
    assert found["boundaries.district.rule"]["value"] == "priced"
    assert "hard-if-possible" in found["boundaries.district.rule"]["choices"]
    weighed = room.session.judge.scenario.weighed()
    names = {f"{name}.{what}" for name in weighed for what in ("rule", "weight")}
    assert found.keys() == {"clusters.size", "clusters.count"} | names


def test_a_setting_is_previewed_accepted_and_undone(room):
    """What it breaks is said, it changes the verdicts, and its value is the new one."""
    asked = (Adjust(settings={"clusters.size": "3:5"}),)
    found = room.preview(Ask(requests=asked))
    assert [one["code"] for one in found["broken"]] == ["C-3"]
    assert found["fits"]
    assert found["certainty"]
    assert not found["moved"]
    room.accept(Decide(requests=asked, seen=found["seen"]))
    assert settings_of(room)["clusters.size"]["value"] == "3:5"
    assert [one["code"] for one in room.state()["summary"]["broken"]] == ["C-3"]
    mended = room.preview(Ask(requests=(Adjust(settings={"clusters.size": "2:5"}),)))
    assert [one["code"] for one in mended["mended"]] == ["C-3"]
    assert not mended["fits"]
    room.undo(Nothing())
    assert settings_of(room)["clusters.size"]["value"] == "2:5"


def test_the_neighbours_fit_around_a_setting(room):
    """A plan by the stricter rule, which the setting leads to together with the moves."""
    room.session.accept(Move(to={FIRST + 2: "C-2"}))
    asked = Adjust(settings={"clusters.size": "2:3"})
    assert room.preview(Ask(requests=(asked,)))["fits"]
    draft = room.session.draft
    offers = offers_for(room.session, draft, Fit(asked, 60))
    found = room.offers(draft, offers)
    assert found["answers"], found["words"]
    for answer in found["answers"]:
        assert answer["requests"][0]["settings"] == asked.settings
        assert answer["proposal"]["broken"] == []


def test_answers_to_another_plan_are_not_offered(room):
    """What is proven of them is proven of the plan that they were looked for on."""
    draft = room.session.draft
    found = offers_for(room.session, draft, Fit(Move(to={FIRST + 2: "C-2"}), 60))
    room.session.accept(Adjust(settings={"trusts.weight": "9"}))
    with pytest.raises(ConflictError, match="has changed"):
        room.offers(draft, found)


@pytest.mark.parametrize(
    ("key", "value", "proven"),
    [
        ("clusters.size", "2:4", True),
        ("clusters.size", "2:6", False),
        ("boundaries.district.weight", "2", True),
        ("boundaries.district.weight", "1", False),
    ],
)
def test_of_looser_rules_nothing_is_proven(room, key, value, proven):
    """Where a floor was proven it holds of tighter rules alone, and the preview says which."""
    room.session.judge.floor = 9.0
    found = room.preview(Ask(requests=(Adjust(settings={key: value}),)))
    assert ("Nothing is proven" not in found["certainty"]) == proven
    assert found["certainty"]


@pytest.mark.parametrize("key", ["schools.file", "plan.audience", "solve.time_limit", "no.such"])
def test_no_other_setting_is_changed(room, key):
    """Of what is no rule the room cannot see what it would do."""
    with pytest.raises(InputError, match="cannot be changed in a meeting"):
        room.preview(Ask(requests=(Adjust(settings={key: "1"}),)))


@pytest.mark.parametrize("value", ["", "5:2", "many", "0"])
def test_a_value_that_is_none_is_refused_in_words(room, value):
    """As on a command line."""
    with pytest.raises(InputError):
        room.preview(Ask(requests=(Adjust(settings={"clusters.size": value}),)))


def test_fitting_neighbours_is_not_offered_for_another_number_of_clusters(room):
    """It keeps their number, so it could not mend that."""
    found = room.preview(Ask(requests=(Adjust(settings={"clusters.count": "2"}),)))
    assert found["broken"]
    assert not found["fits"]


def test_a_better_plan_is_found_for_the_plan_it_was_asked_for(room):
    """Its moves lead from that plan to the score that is said; no other plan is offered them."""
    session = room.session
    session.accept(WORSE)
    draft = session.draft
    offers = offers_for(session, draft, Better(most_movers=3, seconds=60))
    (found,) = room.found_for(draft, offers)
    before = session.judged.score
    assert 1 <= len(found["moved"]) <= 3
    seen, requests = found["seen"], offers.found[0].requests
    assert room.preview(Ask(requests=requests, seen=seen))["change"] == found["change"]
    session.accept(Lock(code="C-1"))
    # What it changes is told of the plan that it was looked for on, whatever has become of it.
    assert room.found_for(draft, offers) == [found]
    for ask in (
        lambda: room.preview(Ask(requests=requests, seen=seen)),
        lambda: room.accept(Decide(requests=requests, seen=seen)),
    ):
        with pytest.raises(ConflictError, match="has changed"):
            ask()
    session.undo()
    room.accept(Decide(requests=requests, seen=seen))
    assert session.judged.score < before
    assert not session.judged.broken


def test_a_school_in_no_cluster_joins_one(street, tmp_path):
    """It is in none before, and counted among those that move."""
    plan = write_plan(tmp_path / "short.csv", "123", "456", "7")
    with Session.open(plan, scenario=street[1]) as session:
        room = Room(session)
        for job in (Better(most_movers=3, seconds=60), Fit(Move(to={FIRST + 2: "C-2"}), 60)):
            offers = offers_for(session, session.draft, job)
            assert offers.found
            for found in room.found_for(session.draft, offers):
                assert FIRST + 7 in {one["urn"] for one in found["moved"]}
                assert not found["broken"]


def test_a_search_in_the_whole_county_is_told_from_beginning_to_end(street, room):
    """While it runs no other begins; then what it found, until it is dropped."""
    plan, scenario = street
    room.session.accept(WORSE)
    told = []

    async def held():
        worker = Worker(Opening(plan, str(scenario)))
        search = Background(room, worker, lambda: told.append(search.state()["stage"]))
        try:
            assert search.state()["stage"] == "none"
            search.begin(County(movers=3, seconds=60))
            with pytest.raises(InputError, match="being looked into"):
                search.begin(County())
            assert not search.drop()
            await search._task
            found = search.state()
            assert found["stage"] == "found"
            assert found["seen"] == room.session.draft.digest
            assert ("at most 3 schools moving" in found["proof"]) == found["best"]
            assert search.drop()
            assert not search.drop()
            search.begin(County(seconds=600))
            await asyncio.sleep(0)
            assert worker.cancel()
            await search._task
            assert "Cancelled" in search.state()["words"]
        finally:
            worker.close()

    in_own_loop(held())
    assert told == ["running", "found", "none", "running", "ended"]


@pytest.mark.parametrize(
    ("answer", "words"),
    [(Offers((), "No better plan."), "No better plan."), (WorkerError("It died."), "It died.")],
)
def test_a_search_that_finds_nothing_says_why(room, answer, words):
    """And can be dropped."""

    class Ending:
        busy = False

        async def offers(self, *_):
            if isinstance(answer, Exception):
                raise answer
            return answer

    async def held():
        search = Background(room, Ending(), lambda: None)
        search.begin(County())
        await search._task
        assert search.state()["stage"] == "ended"
        assert search.state()["words"] == words
        assert search.drop()

    in_own_loop(held())


def test_ctrl_c_ends_a_search_in_the_whole_county_quietly(street, tmp_path):
    """Nobody waits for its answer any more."""
    plan, scenario = street
    served = Served.of(plan, "--scenario", scenario, "--journal", tmp_path / "quiet.review")
    client = Client.entered(served)
    assert client.post("/county", {"movers": 3, "seconds": 600})[0] == 200
    assert '"stage":' in client.get("/state")[2]
    for wrong in ({"movers": 0}, {"seconds": 601}, {"seconds": 0}, {"movers": 2.5}):
        assert client.post("/county", wrong)[0] == 400
    code, said = served.end()
    assert code == 0
    assert "Traceback" not in said


def test_of_two_windows_that_decide_at_once_the_later_is_told(street, tmp_path):
    """One is accepted, the other refused as decided on another plan; its preview is judged anew."""
    plan, scenario = street
    served = Served.of(plan, "--scenario", scenario, "--journal", tmp_path / "two.review")
    try:
        first = Client.entered(served)
        second = Client(first.port, dict(first.cookies), first.xsrf)
        asked = [
            {"requests": [{"verb": "move", "to": {str(FIRST + 2): "C-2"}}]},
            {"requests": [{"verb": "move", "to": {str(FIRST + 5): "C-3"}}]},
        ]
        windows = list(zip((first, second), asked, strict=True))
        seen = [window.post("/preview", one)[2]["seen"] for window, one in windows]
        with ThreadPoolExecutor(2) as pool:
            done = list(
                pool.map(
                    lambda of: of[0].post("/accept", of[1] | {"seen": of[2]}),
                    [(*pair, digest) for pair, digest in zip(windows, seen, strict=True)],
                )
            )
        assert sorted(status for status, _, _ in done) == [200, 409]
        late = [status for status, _, _ in done].index(409)
        assert "has changed since" in done[late][2]["faults"][0]
        window, one = windows[late]
        anew = window.post("/preview", one)[2]
        assert anew["seen"] not in seen
        assert window.post("/accept", one | {"seen": anew["seen"]})[0] == 200
    finally:
        served.kill()
    lines = journal_of(tmp_path / "two.csv")
    assert [line["event"] for line in lines] == ["begun", "accepted", "accepted"]
