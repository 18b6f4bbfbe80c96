"""The report printed as a PDF, with a browser, with none, and with one that fails."""

import os
import stat

import pytest

from cluster_geo.errors import OutputError
from cluster_geo.export import pdf
from cluster_geo.export.pdf import find_browser, print_pdf
from cluster_geo.report import write_report
from tests.outputs import make_world


@pytest.fixture
def browser(tmp_path):
    """Make a stand-in for a browser: a script that does this with the path it shall print to."""

    def make(action: str):
        path = tmp_path / "browser"
        path.write_text(
            '#!/bin/sh\nfor part in "$@"; do\n  case "$part" in\n'
            f'    --print-to-pdf=*) out="${{part#--print-to-pdf=}}";;\n  esac\ndone\n{action}\n'
        )
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return str(path)

    return make


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "report.html"
    path.write_text("<!DOCTYPE html><title>r</title>")
    return path


def test_no_browser_is_no_error(monkeypatch):
    """Nothing on the search path and none in the usual folders: None."""
    monkeypatch.setattr(pdf.shutil, "which", lambda _: None)
    monkeypatch.setattr(pdf, "MACOS", ())
    for name in pdf.PROGRAM_FOLDERS:
        monkeypatch.delenv(name, raising=False)
    assert find_browser() is None


def test_browsers_off_the_search_path_are_found(monkeypatch, tmp_path):
    """Windows has them in its program folders."""
    monkeypatch.setattr(pdf.shutil, "which", lambda _: None)
    edge = tmp_path / pdf.WINDOWS[1]
    edge.parent.mkdir(parents=True)
    edge.write_bytes(b"")
    monkeypatch.setenv("PROGRAMFILES", str(tmp_path))
    assert find_browser() == str(edge)


@pytest.mark.skipif(os.name != "posix", reason="the stand-in is a shell script")
@pytest.mark.parametrize("action", ["exit 3", "true"])
def test_a_browser_that_prints_nothing_leaves_nothing(browser, page, tmp_path, action):
    """Whether it fails or only says it is done, there is a message and no half of a PDF."""
    (tmp_path / "report.pdf").write_bytes(b"earlier")
    with pytest.raises(OutputError, match=r"report\.html"):
        print_pdf(page, tmp_path / "report.pdf", browser(action))
    assert (tmp_path / "report.pdf").read_bytes() == b"earlier"
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"report.html", "report.pdf", "browser"}


@pytest.mark.skipif(os.name != "posix", reason="the stand-in is a shell script")
def test_what_is_printed_takes_its_place(browser, page, tmp_path):
    """The PDF appears whole under its name."""
    print_pdf(page, tmp_path / "report.pdf", browser('printf "%%PDF" > "$out"'))
    assert (tmp_path / "report.pdf").read_bytes() == b"%PDF"


def test_a_report_that_is_not_there_is_a_message(tmp_path):
    """It says what to do first."""
    with pytest.raises(OutputError, match="Run propose or export first"):
        print_pdf(tmp_path / "report.html", tmp_path / "report.pdf", "browser")


@pytest.mark.browser
def test_the_pdf_is_tagged(tmp_path):
    """A structure tree, a language and a title: what a screen reader needs."""
    found = find_browser()
    if found is None:
        pytest.skip("there is no Chromium on this machine (apt-get install chromium)")
    page = write_report(tmp_path / "report.html", make_world().published())
    data = print_pdf(page, tmp_path / "report.pdf", found).read_bytes()
    assert data.startswith(b"%PDF-")
    for mark in (b"/StructTreeRoot", b"/MarkInfo", b"/Lang (en-GB)", b"/Title", b"/Outlines"):
        assert mark in data, mark
