"""Copy: how the Python and the PHP helper keep a notice, and what becomes of the page when they cannot."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from .recorder import Recorder
from .site import Site, php, python

LIVE, BAKED = "<!-- rdr: rules", 'id="rdr-baked"'
STARTS: dict[str, Callable[..., object]] = {"Python": python, "PHP": php}


@pytest.fixture(params=["Python", "PHP"])
def helper(request: pytest.FixtureRequest, tmp_path: Path, recorder: Recorder) -> Iterator[Site]:
    """A helper as printed, which asks nobody for ten seconds after a failure."""
    with STARTS[request.param](tmp_path / "site", recorder.port) as site:  # type: ignore[attr-defined]
        yield site


def copies(site: Site) -> list[Path]:
    return sorted((site.folder / "copies").iterdir())


def test_after_a_failure_nobody_is_asked_for_a_while(helper: Site, recorder: Recorder) -> None:
    with recorder.failing("hangs"):
        assert BAKED in helper.read().notice
    recorder.seen.clear()
    page = helper.read()
    assert BAKED in page.notice
    assert page.seconds < 0.5
    assert recorder.seen == []


def test_a_copy_is_one_file_and_nothing_half_written_stays(helper: Site) -> None:
    helper.read()
    (copy,) = copies(helper)
    assert copy.read_text().partition("\n")[2].startswith(LIVE)


@pytest.mark.parametrize(
    "content", ["", "\n", "nonsense", "1 2", "x y\n<p>z</p>", "99999999999 99999999999\n<p>z</p>", "\xff\xfe"]
)
def test_a_copy_that_cannot_be_right_is_asked_for_anew(helper: Site, content: str) -> None:
    helper.read()
    (copy,) = copies(helper)
    copy.write_bytes(content.encode("latin-1"))
    assert LIVE in helper.read().notice


def test_without_a_folder_the_page_is_still_right(helper: Site, recorder: Recorder) -> None:
    (helper.folder / "copies").rmdir()
    assert LIVE in helper.read().notice
    with recorder.failing("500"):
        assert BAKED in helper.read().notice
    (helper.folder / "copies").mkdir()


def test_a_place_that_is_none_is_unknown(helper: Site, recorder: Recorder) -> None:
    assert LIVE in helper.read("rferl/%3Cb%3E/en").notice
    assert recorder.seen[-1].startswith("GET /v1/rferl/unknown/en/notice.html ")


@contextmanager
def dripping() -> Iterator[int]:
    """A server that says a whole notice, a byte every 50 milliseconds; its port."""
    stop = threading.Event()
    body = b"<section>x</section>" * 100
    text = b"HTTP/1.1 200 OK\r\nNotice-State: live\r\nContent-Length: %d\r\n\r\n" % len(body) + body

    def serve(listener: socket.socket) -> None:
        while not stop.is_set():
            try:
                connection, _ = listener.accept()
            except TimeoutError:
                continue
            with connection:
                connection.recv(65536)
                connection.sendall(text[:70])
                for byte in text[70:]:
                    if stop.wait(0.05):
                        break
                    try:
                        connection.sendall(bytes([byte]))
                    except OSError:
                        break

    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.1)
        thread = threading.Thread(target=serve, args=(listener,))
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            stop.set()
            thread.join()


@pytest.mark.parametrize("name", ["Python", "PHP"])
def test_an_answer_that_comes_drop_by_drop_is_not_waited_for(tmp_path: Path, name: str) -> None:
    with dripping() as port, STARTS[name](tmp_path / "site", port) as site:  # type: ignore[attr-defined]
        page = site.read()
    assert BAKED in page.notice
    assert page.seconds < 1.9


def test_a_copy_of_which_nothing_is_said_for_failures_is_used_until_there_is_another(
    helper: Site, recorder: Recorder
) -> None:
    recorder.life, recorder.drops_stale = 0, True
    assert LIVE in helper.read().notice
    with recorder.failing("500"):
        assert LIVE in helper.read().notice
