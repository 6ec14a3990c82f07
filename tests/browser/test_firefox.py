"""Firefox: Debian's Firefox ESR, on which Tor Browser is built, shows what the issue claims, and asks nobody else.

`firefox.mjs` makes all visits in one run; every test looks at what one of them saw.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from werkzeug.serving import make_server

from service.demo.app import create_demo
from service.demo.choice import Choice
from service.rulebook import load
from service.web.library import Library

from ..web.house import House
from .press import BAKED, WORDS, document, notice
from .site import STRICT, Site, site

ROOT = Path(__file__).resolve().parents[2]
FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox") or ""
UNDESIRABLE = 'RFE/RL has been declared an "undesirable organization"'
FAULTS = ("500", "slow", "portal", "broken", "redirect", "refused", "empty", "elsewhere")
SCRIPT = '<script src="/embed/reader-notice.js" defer></script>'

SAYS = "(e => (e.shadowRoot ?? e).textContent)(document.querySelector('reader-notice'))"
IS_ISOLATED = "!!document.querySelector('reader-notice').shadowRoot"
IS_BAKED = f"document.querySelector('reader-notice').innerText.includes({json.dumps(WORDS)})"
DECIDED = f"document.querySelector('reader-notice').shadowRoot || !({IS_BAKED})"
MARKS = "[...document.documentElement.attributes].filter(a => a.name.startsWith('data-rdr-')).map(a => a.value).sort()"
CONTROL = "getComputedStyle(document.querySelector('[data-rdr-act=share] [data-rdr-control]')).display"
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

DEMONSTRATED = (
    ("house", "rferl", "en"),
    ("acts", "meduza", "ru"),
    ("element", "iran-international", "fa"),
    ("check-inside", "iran-international", "fa"),
    ("frame", "meduza", "ru"),
    ("element-error", "rferl", "en"),
)

Seen = dict[str, dict[str, Any]]


@contextmanager
def outside() -> Iterator[tuple[int, list[bytes]]]:
    """A proxy that leads nowhere: its port, and the first words of whoever meant to leave the machine."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def listen() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                with connection:
                    connection.settimeout(2)
                    try:
                        heard.append(connection.recv(200))
                    except OSError:
                        heard.append(b"")

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        yield listening.getsockname()[1], heard
        listening.shutdown(socket.SHUT_RDWR)
    thread.join(5)


@contextmanager
def demonstration() -> Iterator[str]:
    """The demonstration on a free loopback port; its address."""
    library = Library(ROOT / "tests/seed", load)
    library.open()
    server = make_server("127.0.0.1", 0, create_demo(library), threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def article(paper: Site, path: str, attributes: str = "", publisher: str = "rferl/table/en", **headers: str) -> str:
    """A page with the element in it, under the strictest policy unless another is given; its address."""
    page = document(notice(attributes, BAKED, f"/_r/{publisher}.json"), head=SCRIPT)
    return paper.add(path, page, **{"Content_Security_Policy": STRICT, **headers})


def surroundings(proxy: int) -> dict[str, str]:
    """The environment for `firefox.mjs`; the last makes Firefox heed that it is to ask for no settings."""
    given = {"FIREFOX": FIREFOX, "FIREFOX_OUTSIDE": str(proxy), "MOZ_REMOTE_SETTINGS_DEVTOOLS": "1"}
    return {**os.environ, **given}


@pytest.fixture(scope="module")
def seen(service: House) -> Iterator[Seen]:
    """What Firefox saw on every visit, by name."""
    with ExitStack() as open_now:
        port, heard = open_now.enter_context(outside())
        demo = open_now.enter_context(demonstration())
        papers = {fault: open_now.enter_context(site(service.port)) for fault in ("", *FAULTS)}
        visits = list(planned(papers, demo))
        told = subprocess.run(
            ["node", str(Path(__file__).with_name("firefox.mjs"))],
            input=json.dumps(visits),
            env=surroundings(port),
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert told.returncode == 0, told.stderr
        found = {visit["name"]: visit for visit in json.loads(told.stdout)}
        failed = {name: visit["failed"] for name, visit in found.items() if "failed" in visit}
        assert failed == {}
        found["outside"] = {"heard": list(heard)}
        yield found


def planned(papers: dict[str, Site], demo: str) -> Iterator[dict[str, Any]]:
    paper = papers[""]
    for theme in ("isolated", "host"):
        yield {
            "name": theme,
            "url": article(paper, f"/{theme}", f'place="RU" theme="{theme}"'),
            "until": DECIDED,
            "see": {"says": SAYS, "isolated": IS_ISOLATED, "marks": MARKS},
        }
    for fault in FAULTS:
        papers[fault].fault = fault
        yield {
            "name": f"fault {fault}",
            "url": article(papers[fault], "/", 'place="RU"'),
            "wait": 3200 if fault == "slow" else 150,
            "see": {"baked": IS_BAKED, "isolated": IS_ISOLATED, "marks": MARKS},
        }
    for blocked in ("script-src", "connect-src"):
        policy = STRICT.replace(f"{blocked} 'self'", f"{blocked} 'none'")
        yield {
            "name": f"no {blocked}",
            "url": article(paper, f"/{blocked}", 'place="RU"', Content_Security_Policy=policy),
            "wait": 150,
            "see": {"baked": IS_BAKED, "isolated": IS_ISOLATED},
        }
    for zone, place in (("Europe/Moscow", "DE"), ("Europe/Berlin", "DE"), ("Europe/Simferopol", "")):
        yield {
            "name": f"{zone} {place}".strip(),
            "zone": zone,
            "url": article(paper, "/clock" + place, f'place="{place}"' if place else ""),
            "until": DECIDED,
            "see": {"says": SAYS},
        }
    yield {
        "name": "persian",
        "url": article(paper, "/fa", 'place="IR"', "iran-international/table/fa"),
        "until": DECIDED,
        "see": {
            "side": "(s => [s.borderRightWidth, s.borderLeftWidth, s.direction])"
            "(getComputedStyle(document.querySelector('reader-notice').shadowRoot.querySelector('section')))"
        },
    }
    held = (ROOT / "docs/recipes/frame/example.html").read_text(encoding="utf-8")
    for name in ("parent.js", "page.css"):
        kind = "text/javascript" if name.endswith("js") else "text/css"
        paper.add(f"/{name}", (ROOT / "docs/recipes/frame" / name).read_bytes(), kind)
    frame = "document.querySelector('iframe')"
    yield {
        "name": "frame",
        "url": paper.add("/framed", held),
        "until": f"{frame}.style.height",
        "see": {"height": f"{frame}.getBoundingClientRect().height", "over": TOO_WIDE},
        "width": 320,
    }
    for script in (True, False):
        yield {
            "name": f"check {'with' if script else 'without'} script",
            "script": script,
            "url": paper.url("/_r/rferl/check/en/"),
            "steps": [
                {"look": "document.querySelector('.rdr-told').innerText", "as": "before"},
                *({"click": f"fieldset:nth-of-type({number}) label:nth-of-type(2) input"} for number in (1, 2)),
                {"press": "Enter"},
                {"look": "document.querySelector('.rdr-told').innerText", "as": "after"},
                {"look": "document.querySelectorAll(':checked').length", "as": "checked"},
                {"click": "button[type=reset]"},
            ],
            "see": {"reset": "document.querySelector('.rdr-told').innerText", "address": "location.href"},
        }
    yield {
        "name": "unscripted",
        "script": False,
        "url": article(paper, "/unscripted", 'place="RU"'),
        "see": {"baked": IS_BAKED},
    }
    yield {
        "name": "frame without script",
        "script": False,
        "url": paper.url("/framed"),
        "see": {"height": f"{frame}.getBoundingClientRect().height"},
    }
    for script, way in ((False, "acts"), (True, "element")):
        yield {
            "name": f"buttons of {way}",
            "script": script,
            "url": demo + Choice(place="RU", way=way).path,
            "wait": 150,
            "steps": [
                {"look": CONTROL, "as": "before"},
                {"click": "[data-rdr-act=share] input"},
                {"look": CONTROL, "as": "after"},
            ],
            "see": {"said": "document.querySelector('[data-rdr-act=share]').innerText"},
        }
    for way, publisher, language in DEMONSTRATED:
        yield {
            "name": f"demo {way}",
            "url": demo + Choice(publisher, "RU", language, way).path,
            "width": 320,
            "wait": 100,
            "see": {
                "over": TOO_WIDE,
                "heading": "document.querySelector('h1').innerText",
            },
        }


def test_the_element_works_under_the_strictest_policy_and_trusted_types(seen: Seen) -> None:
    for theme in ("isolated", "host"):
        visit = seen[theme]
        assert UNDESIRABLE in visit["saw"]["says"]
        assert visit["saw"]["isolated"] == (theme == "isolated")
        assert visit["errors"] == []


def test_the_baked_text_stays_whatever_the_network_does(seen: Seen) -> None:
    for fault in FAULTS:
        visit = seen[f"fault {fault}"]
        assert visit["saw"]["baked"], fault
        assert not visit["saw"]["isolated"], fault
        assert visit["saw"]["marks"] == ["inform"] * 5, fault
        assert sum("/table/" in address for address in visit["asked"]) <= 2, "the redirect is not followed further"


def test_the_baked_text_stays_when_a_policy_forbids_the_script_or_the_table(seen: Seen) -> None:
    for blocked in ("script-src", "connect-src"):
        assert seen[f"no {blocked}"]["saw"] == {"baked": True, "isolated": False}
        assert not any("/table/" in address for address in seen[f"no {blocked}"]["asked"])


def test_the_clock_of_the_device_raises_caution(seen: Seen) -> None:
    says = {name: seen[name]["saw"]["says"] for name in ("Europe/Moscow DE", "Europe/Berlin DE", "Europe/Simferopol")}
    assert UNDESIRABLE in says["Europe/Moscow DE"]
    assert UNDESIRABLE not in says["Europe/Berlin DE"]
    assert UNDESIRABLE in says["Europe/Simferopol"]


def test_persian_runs_from_right_to_left(seen: Seen) -> None:
    right, left, direction = seen["persian"]["saw"]["side"]
    assert direction == "rtl"
    assert left == "0px"
    assert float(right.removesuffix("px")) > 2


def test_a_frame_has_the_height_that_it_asks_for_and_a_generous_one_without_script(seen: Seen) -> None:
    assert seen["frame without script"]["saw"]["height"] == 576
    assert 200 < seen["frame"]["saw"]["height"] != 576
    assert seen["frame"]["saw"]["over"] == 0


@pytest.mark.parametrize("how", ["with", "without"])
def test_the_check_page_answers_without_a_request(seen: Seen, how: str) -> None:
    visit = seen[f"check {how} script"]
    saw = visit["saw"]
    assert "may apply to you" in saw["before"]
    assert saw["after"] != saw["before"]
    assert saw["checked"] == 4
    assert saw["reset"] == saw["before"]
    assert [address for address in visit["asked"] if not address.endswith("/favicon.ico")] == [saw["address"]]
    assert saw["address"].endswith("/_r/rferl/check/en/")


def test_a_button_whose_act_can_be_punished_stands_behind_a_box_to_tick(seen: Seen) -> None:
    for way in ("acts", "element"):
        saw = seen[f"buttons of {way}"]["saw"]
        assert saw["before"] == "none", "marked by the server without script, by the element with one"
        assert saw["after"] != "none"
    assert "Under the law of Russia" in seen["buttons of acts"]["saw"]["said"]


def test_without_script_the_baked_text_is_there(seen: Seen) -> None:
    assert seen["unscripted"]["saw"]["baked"]


def test_the_demonstration_fits_a_small_phone_in_both_directions(seen: Seen) -> None:
    visits = [visit for name, visit in seen.items() if name.startswith("demo ")]
    assert len(visits) == len(DEMONSTRATED)
    for visit in visits:
        assert visit["saw"]["over"] == 0, visit["name"]
        assert visit["saw"]["heading"]
        expected = 1 if visit["name"].startswith("demo element-error") else 0
        assert len(visit["errors"]) <= expected, visit["errors"]


def test_nobody_but_the_publishers_own_origin_was_asked_and_nothing_was_kept(seen: Seen) -> None:
    visits = {name: visit for name, visit in seen.items() if name != "outside"}
    assert len(visits) > 25
    for name, visit in visits.items():
        origin = visit["asked"][0].split("/", 3)[:3]
        others = [address for address in visit["asked"] if address.split("/", 3)[:3] != origin]
        assert others == [] or name == "fault elsewhere", (name, others)
        assert visit["kept"] == {"cookies": 0, "local": 0, "session": 0, "jar": 0}, name
    assert seen["outside"]["heard"] == []
