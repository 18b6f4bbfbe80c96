"""What is said of a result."""

import pytest

from cluster_geo.cli.show import certainty
from cluster_geo.optimise import Result


def result(status, stopped_by, cost, bound):
    return Result(status, stopped_by, None, cost, bound, 12.3, 1)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (
            result("optimal", "proof", 100.0, 100.0),
            (
                "It scores 100.0 km-equivalents, and it is proven that no plan can score less "
                "(nothing better is possible, after 12 s)."
            ),
        ),
        (
            result("optimal", "gap", 100.0, 99.995),
            (
                "It scores 100.0 km-equivalents, and it is proven that no plan can score less by "
                "more than 0.005% (stopped because the gap asked for was reached, after 12 s)."
            ),
        ),
        (
            result("feasible", "time limit", 100.0, 98.0),
            (
                "It scores 100.0 km-equivalents; no plan that keeps these rules can score below "
                "98.0, so at most 2.00% could be gained (stopped by the time limit, after 12 s)."
            ),
        ),
        (
            result("feasible", "interrupted", 100.0, None),
            (
                "It scores 100.0 km-equivalents; nothing is proven about the best possible "
                "(stopped by you, after 12 s)."
            ),
        ),
        (result("none found", "time limit", None, None), "No plan was found."),
    ],
)
def test_how_sure_a_result_is(found, words):
    """Each status has its exact sentence, and none claims more than is proven."""
    assert certainty(found, "km") == words


def test_a_file_the_system_refuses_is_a_message(run, monkeypatch):
    """What the operating system refuses is exit 2 with the file's name."""

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied", "gias.csv")

    monkeypatch.setattr("cluster_geo.scenario.read_scenario", refuse)
    answer = run("check")
    assert answer.exit_code == 2
    assert answer.stderr == "gias.csv: Permission denied.\n"
