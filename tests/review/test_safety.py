"""Who may ask: the page that the one-time address opened, and nobody else."""

import socket
import subprocess
import sys

import pytest

from tests.review.served import COMMAND, Client, Served, journal_of

# All that changes something, with a content that would do.
CHANGES = {
    "/undo": {},
    "/redo": {},
    "/goto": {"step": 0},
    "/branch": {"variant": "X"},
    "/switch": {"variant": "A"},
    "/accept": {"requests": [{"verb": "lock", "code": "C-1"}], "seen": ""},
    "/refuse": {"requests": [{"verb": "lock", "code": "C-1"}], "seen": ""},
    "/cancel": {},
    "/finish": {"folder": "stolen"},
    "/drop": {},
    "/settings": {},
    "/county": {"movers": 3, "seconds": 1},
    "/whatif": {"request": {"verb": "lock", "code": "C-1"}},
}
FOREIGN = "http://evil.example"


@pytest.fixture(autouse=True)
def nothing_happens(street):
    """Whatever is refused leaves the journal as it was."""
    before = journal_of(street[0])
    yield
    assert journal_of(street[0]) == before


def test_the_address_works_once(served, client):
    """A second use is refused, and a guess."""
    assert client.cookies
    for token in (served.token, "guess", ""):
        status, headers, text = Client(served.port).get(f"/?token={token}")
        assert status == 403
        assert "Set-Cookie" not in headers
        assert "has been used" in text


def test_the_cookies_are_for_this_page_alone(street):
    """Out of reach of scripts, and sent with no request that another site began."""
    plan, scenario = street
    server = Served.of(plan, "--scenario", scenario, "--journal", plan.parent / "other")
    try:
        _, headers, _ = Client(server.port).get(f"/?token={server.token}")
        assert {"HttpOnly", "SameSite=Strict"} <= set(headers["Set-Cookie"].split("; "))
    finally:
        server.kill()


@pytest.mark.parametrize("path", ["/", "/follow-me", "/state", "/compare", "/nowhere"])
@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "", "LOCALHOST:{port}"]
)
def test_another_name_is_refused(client, path, host):
    """A name of another site may lead to this machine: DNS rebinding."""
    status, headers, text = client.get(path, Host=host.format(port=client.port))
    assert status in (400, 403)
    assert "School" not in text
    assert "Access-Control-Allow-Origin" not in headers


@pytest.mark.parametrize("path", ["/", "/follow-me", "/state", "/compare", "/nowhere"])
def test_nothing_is_shown_without_the_cookie(served, path):
    """Nor with another one."""
    cookie = f"cluster_geo_{served.port}"
    for stranger in (Client(served.port), Client(served.port, {cookie: "guess"})):
        assert stranger.get(path)[0] == 403


def test_who_asks_for_the_head_alone_does_not_use_the_token_up(street):
    """As programs do that look whether an address is there."""
    plan, scenario = street
    server = Served.of(plan, "--scenario", scenario, "--journal", plan.parent / "head")
    try:
        client = Client(server.port)
        assert client.send("HEAD", f"/?token={server.token}", None, {})[0] in (403, 405)
        assert Client.entered(server).xsrf
    finally:
        server.kill()


@pytest.mark.parametrize("path", CHANGES)
def test_no_other_page_changes_anything(served, client, path):
    """Without the origin, the token or the cookie, each alone."""
    content = CHANGES[path]
    for origin in (FOREIGN, "null", None, f"https://127.0.0.1:{client.port}", "http://127.0.0.1"):
        assert client.post(path, content, Origin=origin)[0] == 403
    for token in ("", None, "2|00|00|0", "guess"):
        assert client.post(path, content, X_XSRFToken=token)[0] == 403
    stranger = Client(served.port, xsrf=client.xsrf)
    assert stranger.post(path, content)[0] == 403
    assert client.send("GET", path, None, {})[0] in (404, 405)


def test_the_same_page_under_its_other_name_may(client):
    """`localhost` is this server too, and the origin must be the same of the two."""
    named = f"localhost:{client.port}"
    assert client.post("/ranking", {"urn": 1}, Host=named, Origin=f"http://{named}")[0] == 422
    assert client.post("/ranking", {"urn": 1}, Host=named)[0] == 403


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "", "json"])
def test_only_json_is_read(client, kind):
    """What a form of another site can send is none."""
    assert client.post("/preview", CHANGES["/accept"], Content_Type=kind)[0] == 415


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'{"requests": []}', b'{"requests": [{"verb": "drop"}]}', b"\xff"]
)
def test_what_cannot_be_read_is_refused_in_words(client, body):
    """And says nothing of how the program is made."""
    status, _, found = client.post("/preview", body)
    assert status == 400
    assert found == {"faults": ["The question could not be read. Reload the page."]}


def test_a_body_has_a_size(client):
    """Larger ones are not read; the server goes on."""
    try:
        status = client.post("/preview", b" " * 2_000_000)[0]
    except ConnectionError:
        status = 413
    assert status in (400, 413)
    assert client.get("/state")[0] == 200


def test_every_answer_closes_what_browsers_leave_open(client):
    """No frame, no guess at a type, no referrer, no copy kept."""
    for path in ("/", "/state", "/nowhere"):
        headers = client.get(path)[1]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Cache-Control"] == "no-store"
        assert "Server" not in headers
    page = client.get("/")[2]
    assert "default-src 'none'" in page
    assert f"connect-src 'self' ws://127.0.0.1:{client.port} " in page


@pytest.mark.parametrize(
    ("origin", "token", "cookie", "opened"),
    [
        ("own", "own", "own", True),
        (FOREIGN, "own", "own", False),
        ("", "own", "own", False),
        ("own", "", "own", False),
        ("own", "guess", "own", False),
        ("own", "own", "", False),
    ],
)
def test_the_socket_opens_for_the_page_alone(client, origin, token, cookie, opened):
    """With the origin, the token and the cookie."""
    own = f"http://127.0.0.1:{client.port}"
    handed = {
        "Upgrade": "websocket",
        "Connection": "Upgrade",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version": "13",
    }
    if origin:
        handed["Origin"] = own if origin == "own" else origin
    jar = client.cookies if cookie else {}
    given = client.xsrf if token == "own" else token
    head = [f"GET /follow?_xsrf={given} HTTP/1.1", f"Host: 127.0.0.1:{client.port}"]
    head += [f"{name}: {value}" for name, value in handed.items()]
    if jar:
        head.append("Cookie: " + "; ".join(f"{k}={v}" for k, v in jar.items()))
    with socket.create_connection(("127.0.0.1", client.port), timeout=60) as wire:
        wire.sendall(("\r\n".join(head) + "\r\n\r\n").encode())
        first = wire.recv(4096).split(b"\r\n")[0]
    assert (b" 101 " in first) == opened


def test_it_listens_on_this_machine_alone(served):
    """Not on its address in a network."""
    names = subprocess.run(
        [sys.executable, "-c", "import socket; print(socket.gethostbyname(socket.gethostname()))"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    for name in set(names) - {"127.0.0.1"}:
        with pytest.raises(OSError), socket.create_connection((name, served.port), timeout=5):
            pass


def test_a_second_session_is_refused(street):
    """One line, and exit code 2."""
    plan, scenario = street
    done = subprocess.run(
        [*COMMAND, "review", plan, "--scenario", scenario, "--no-browser"],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 2
    assert "another session has this journal open" in done.stderr
    assert "Traceback" not in done.stderr
