"""The content security policy of a page: its own scripts by their hashes, and no network."""

from __future__ import annotations

import base64
import hashlib
import re

INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def with_policy(page: str, *, images: str = "", connect: str = "") -> str:
    """Add to a page's head a policy under which nothing runs or loads but what is in it now.

    Parameters
    ----------
    page : str
    images : str
        An origin from which images may be loaded all the same.
    connect : str
        Whom its scripts may ask, and hear from; by default nobody.
    """
    hashes = " ".join(f"'sha256-{_digest(text)}'" for text in INLINE_SCRIPT.findall(page))
    policy = (
        f"default-src 'none'; script-src {hashes or NOTHING}; style-src 'unsafe-inline'; "
        f"img-src {f'data: {images}'.strip()}; base-uri 'none'; form-action 'none'"
        f"{f'; connect-src {connect}' if connect else ''}"
    )
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return page.replace("<head>", f'<head>\n<meta charset="utf-8">\n{meta}', 1)


NOTHING = "'none'"


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
