"""The content security policy of a page."""

from cluster_geo.page.policy import with_policy


def test_each_script_is_named_by_its_hash():
    """Only the scripts that are in the page may run."""
    page = with_policy("<html><head></head><script>let a = 1;</script></html>")
    assert "script-src 'sha256-" in page
    assert page.index("Content-Security-Policy") < page.index("let a")


def test_a_page_without_scripts_runs_none():
    """Without scripts nothing may run, and nothing may be fetched."""
    page = with_policy("<head></head>")
    assert "default-src 'none'; script-src 'none'" in page
