"""What the commands print."""


def test_a_file_the_system_refuses_is_a_message(run, monkeypatch):
    """What the operating system refuses is exit 2 with the file's name."""

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied", "gias.csv")

    monkeypatch.setattr("cluster_geo.scenario.read_scenario", refuse)
    answer = run("check")
    assert answer.exit_code == 2
    assert answer.stderr == "gias.csv: Permission denied.\n"
