"""Who may ask: this machine under its own name with the token, and nobody else; browsers are told to keep to themselves."""

from __future__ import annotations

import pytest

from autograder.workbench.guard import Guard
from tests.workbench.conftest import HOME, PORT, TOKEN

PATHS = ["", "workbench.js", "small/", "small/1a/", "small/1a/table/"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("token", ["", "wrong", "right-toke", "right-token2", "%E2%98%83", "%00"])
def test_without_the_token_nothing_is_told(client, path, token):
    """Whatever is asked, the same refusal, and nothing of what is there."""
    reply = client.get(f"/{token}/{path}" if token else f"/{path}", base_url=HOME)
    assert reply.status_code in (403, 308)
    assert "small" not in reply.text
    assert TOKEN not in reply.text


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:1", "0.0.0.0", f"127.0.0.1.evil:{PORT}"]
)
def test_another_name_is_refused(client, path, host):
    """A stranger's name that points to this machine opens nothing, even with the token."""
    reply = client.get(f"/{TOKEN}/{path}", headers={"Host": host})
    assert reply.status_code == 421
    assert "small" not in reply.text


@pytest.mark.parametrize("host", [f"127.0.0.1:{PORT}", f"localhost:{PORT}"])
def test_its_own_names_are_accepted(client, host):
    """Both names of this machine."""
    assert client.get(f"/{TOKEN}/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("path", [*PATHS, "small/9z/", "nothing/", "small/1a/more/"])
def test_every_answer_says_what_a_browser_may_do(client, path):
    """Nothing from elsewhere, no frame, nothing stored, also where there is nothing."""
    headers = client.get(f"/{TOKEN}/{path}", base_url=HOME).headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert (headers["X-Content-Type-Options"], headers["Referrer-Policy"]) == ("nosniff", "no-referrer")
    assert headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("path", ["small/9z/", "nothing/", "small/1a/more/", "small/../../etc/passwd"])
def test_what_is_not_there_is_not_found(client, path):
    """No other file is ever served, and an address of no kind is refused like one without the token."""
    assert client.get(f"/{TOKEN}/{path}", base_url=HOME).status_code in (403, 404)


def test_a_flood_is_refused(client):
    """More than a megabyte is not an answer."""
    reply = client.post(f"/{TOKEN}/small/1a/", data={"answer": "x" * 2_000_000}, base_url=HOME)
    assert reply.status_code == 413


def test_every_run_has_a_token_of_its_own():
    """Long enough not to be guessed."""
    one, other = Guard.fresh(1), Guard.fresh(1)
    assert one.token != other.token
    assert len(one.token) >= 32
    assert one.address == f"http://127.0.0.1:1/{one.token}/"
