"""The content security policy of a page."""

import base64
import hashlib
import re

import pytest

from cluster_geo.maps import map_page
from cluster_geo.publish.policy import with_policy
from cluster_geo.report.page import report_page
from tests.outputs import make_world

# By ``openssl dgst -sha256 -binary | base64``, of what stands between the tags, byte for byte.
SCRIPTS = {
    "let a = 1;": "xY6QKfH9PRsQnLz56nj6MBwiK5oHg+im1Jkpdp1x/Ck=",
    '\nconst school = "St Zo\xeb\u2019s";\n': "afF7FV09wPk66LYNtk7WDfDOZfAZ1t2qlZ7/TRmtGtc=",
}


def allowed(page: str) -> list[str]:
    """Return what a page's policy lets run, in its order."""
    (directive,) = re.findall(r"script-src ([^;]*);", page)
    return directive.split()


@pytest.mark.parametrize(("script", "digest"), SCRIPTS.items())
def test_a_script_is_named_by_the_hash_a_browser_works_out(script, digest):
    """Of its UTF-8 bytes, blanks and line ends among them: else the browser would refuse it."""
    page = with_policy(f"<html><head></head><script>{script}</script></html>")
    assert allowed(page) == [f"'sha256-{digest}'"]
    assert page.index("Content-Security-Policy") < page.index(script)


def test_each_script_is_named_and_nothing_else():
    """Two scripts are two hashes, in their order; no other source of scripts is allowed."""
    body = "".join(f"<script>{script}</script>" for script in SCRIPTS)
    page = with_policy(f"<html><head></head>{body}</html>")
    assert allowed(page) == [f"'sha256-{digest}'" for digest in SCRIPTS.values()]


def test_a_page_without_scripts_runs_none():
    """Without scripts nothing may run, and nothing may be fetched."""
    page = with_policy("<head></head>")
    assert "default-src 'none'; script-src 'none'" in page


@pytest.mark.parametrize("made", [map_page, report_page])
def test_the_scripts_of_a_page_are_those_of_its_policy(made):
    """As many as there are, each by its hash: one changed after the policy was made would not run."""
    page = made(make_world().published())
    scripts = re.findall(r"<script[^>]*>(.*?)</script>", page, re.DOTALL)
    hashes = [
        base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts
    ]
    assert allowed(page) == ([f"'sha256-{digest}'" for digest in hashes] or ["'none'"])
    assert len(scripts) == len(set(hashes))
    if made is map_page:
        assert scripts
