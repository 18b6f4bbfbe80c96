"""`cluster-geo pdf`."""

from cluster_geo.export import pdf


def test_without_a_browser_it_is_skipped_and_said(run, tmp_path, monkeypatch):
    """No failure: the report itself is there to be printed by hand."""
    monkeypatch.setattr(pdf, "find_browser", lambda: None)
    result = run("pdf", tmp_path)
    assert result.exit_code == 0
    assert "report.pdf was not written" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_pdf_goes_beside_the_report(run, tmp_path, monkeypatch):
    """report.html of the folder is what is printed."""
    asked = []
    monkeypatch.setattr(pdf, "find_browser", lambda: "browser")
    monkeypatch.setattr(pdf, "print_pdf", lambda *parts: asked.append(parts) or parts[1])
    result = run("pdf", tmp_path)
    assert result.stdout == f"Written: {tmp_path / 'report.pdf'}\n"
    assert asked == [(tmp_path / "report.html", tmp_path / "report.pdf", "browser")]


def test_a_folder_without_a_report_is_a_message(run, tmp_path, monkeypatch):
    """Exit 2, as for anything that cannot be used."""
    monkeypatch.setattr(pdf, "find_browser", lambda: "browser")
    result = run("pdf", tmp_path)
    assert result.exit_code == 2
    assert "there is no report to print" in result.stderr
