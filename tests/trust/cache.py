"""Cache: a publisher's nginx and Varnish between the readers and the service, set up without care."""

from __future__ import annotations

import http.client
import json
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..web.house import free_ports
from .front import NGINX

READERS_AT_ONCE = 8

_ANY = "proxy_ignore_headers Cache-Control Expires Set-Cookie; proxy_cache_valid any 10m;"
_ALL = _ANY.replace("Set-Cookie", "Set-Cookie Vary")
_WHOLE_PATH = "proxy_cache_key $uri;"
_POST = "proxy_cache_methods GET HEAD POST;"
NGINX_SETTINGS: Mapping[str, str] = {
    "nginx, keeps anything": _ANY,
    "nginx, keeps anything, asks once": _ANY + "proxy_cache_lock on;",
    "nginx, keeps anything, drops the query": _ANY + _WHOLE_PATH,
    "nginx, keeps anything, POST too": _ANY + _POST,
    "nginx, ignores Vary": _ALL,
    "nginx, ignores Vary, drops the query": _ALL + _WHOLE_PATH,
    "nginx, ignores Vary, POST too": _ALL + _POST,
}

_LIFE = "set beresp.ttl = 10m; unset beresp.http.Set-Cookie; unset beresp.http.Cache-Control;"
_FINAL = f"{_LIFE} unset beresp.http.Surrogate-Control; set beresp.uncacheable = false; return (deliver);"
_FIRST = 'set beresp.http.Vary = regsub(beresp.http.Vary, ",.*", "");'
VARNISH_SETTINGS: Mapping[str, str] = {
    "Varnish, keeps anything": _LIFE,
    "Varnish, keeps anything, whatever is said": _FINAL,
    "Varnish, keeps anything, drops the query": _FINAL,
    "Varnish, ignores Vary but for its first line": _FIRST + _FINAL,
    "Varnish, ignores Vary": f"unset beresp.http.Vary; {_FINAL}",
    "Varnish, ignores Vary, drops the query": f"unset beresp.http.Vary; {_FINAL}",
}
"""What stands in `vcl_backend_response`."""

NAMES = (*NGINX_SETTINGS, *VARNISH_SETTINGS)
IGNORES_VARY = frozenset(name for name in NAMES if "ignores Vary" in name)
DROPS_THE_QUERY = frozenset(name for name in NAMES if "drops the query" in name)
ASKS_ONCE = frozenset(name for name in NAMES if "asks once" in name)
KEEPS_POST = frozenset(name for name in NAMES if "POST too" in name)


@dataclass(frozen=True)
class Question:
    """What a reader asks, from an address that somebody in front has put into a header."""

    path: str
    address: str
    language: str = "en"
    body: bytes = b""

    def ask(self, connection: http.client.HTTPConnection, host: str) -> http.client.HTTPResponse:
        """One request; the answer is still to be read."""
        headers = {"Host": host, "X-Forwarded-For": self.address, "Accept-Language": self.language}
        if self.body:
            connection.request("POST", self.path, self.body, headers | {"Content-Type": "application/json"})
        else:
            connection.request("GET", self.path, headers=headers)
        return connection.getresponse()


RUSSIA, GERMANY = "95.24.0.1", "79.192.0.1"


def _posted(place: str) -> bytes:
    return json.dumps({"place": place, "reader": {}}).encode()


KINDS: Mapping[str, tuple[Question, Question]] = {
    "negotiated": (Question("/v1/rferl/notice.html", RUSSIA), Question("/v1/rferl/notice.html", GERMANY)),
    "negotiated, with ?lang=": (
        Question("/v1/rferl/notice.txt?lang=ru", RUSSIA),
        Question("/v1/rferl/notice.txt?lang=de", GERMANY),
    ),
    "negotiated, by Accept-Language": (
        Question("/v1/rferl/notice.json", RUSSIA, "ru"),
        Question("/v1/rferl/notice.json", RUSSIA, "en"),
    ),
    "inquiry": (
        Question("/v1/rferl/notice", RUSSIA, body=_posted("RU")),
        Question("/v1/rferl/notice", GERMANY, body=_posted("DE")),
    ),
    "canonical": (
        Question("/v1/rferl/RU/en/notice.html", RUSSIA),
        Question("/v1/rferl/DE/en/notice.html", GERMANY),
    ),
}
"""What readers in turn ask, in pairs of whom neither may get the other's answer."""


@dataclass(frozen=True)
class Crossing:
    """Of so many answers: those that were another reader's, those that were neither's, those that a cache had kept."""

    asked: int
    crossed: int
    strange: int
    kept: int


@dataclass(frozen=True)
class Caches:
    """Running caches by name: their ports. `folder` holds what nginx keeps."""

    ports: Mapping[str, int]
    folder: Path

    def crossing(self, name: str, kind: str, number: int, right: Sequence[bytes]) -> Crossing:
        """So many readers ask in turn, some at once; `right` are the two answers."""
        pair = KINDS[kind]

        def ask(first: int) -> list[tuple[int, bytes, bool]]:
            found = []
            connection = http.client.HTTPConnection("127.0.0.1", self.ports[name], timeout=30)
            try:
                for reader in range(first, number, READERS_AT_ONCE):
                    # Neighbours in time are of different places, whichever thread they are in.
                    mine = (reader + reader // READERS_AT_ONCE) % 2
                    answer = pair[mine].ask(connection, host(name))
                    found.append((mine, answer.read(), _was_kept(answer)))
            finally:
                connection.close()
            return found

        with ThreadPoolExecutor(READERS_AT_ONCE) as pool:
            answers = [found for part in pool.map(ask, range(READERS_AT_ONCE)) for found in part]
        return Crossing(
            len(answers),
            sum(body == right[1 - mine] for mine, body, _ in answers),
            sum(body not in right for _, body, _ in answers),
            sum(kept for _, _, kept in answers),
        )

    def lies_on_disk(self, name: str, path: str) -> bool:
        """Whether an nginx has written an answer for an address down."""
        folder = self.folder / str(NAMES.index(name))
        return any(path.encode() + b"\n" in file.read_bytes()[:2000] for file in folder.rglob("*") if file.is_file())


def host(name: str) -> str:
    """The site's name, by which Varnish tells its settings apart here."""
    return f"site{NAMES.index(name)}.example"


def _was_kept(answer: http.client.HTTPResponse) -> bool:
    """By nginx's word on it, or by the second of the two numbers that Varnish gives of what it had."""
    return answer.getheader("X-Kept") == "HIT" or len((answer.getheader("X-Varnish") or "").split()) == 2


@contextmanager
def caches(folder: Path, service: int) -> Iterator[Caches]:
    """All of them, before one service."""
    folder.mkdir()
    *ports, varnish = free_ports(len(NGINX_SETTINGS) + 1)
    _configure_nginx(folder, service, dict(zip(NGINX_SETTINGS, ports, strict=True)))
    (folder / "default.vcl").write_text(_vcl(service))
    commands = (
        (NGINX, "-c", str(folder / "nginx.conf"), "-p", str(folder), "-e", "stderr"),
        # `-j none`: the sandbox of Debian's package does not read a test's folder.
        ("varnishd", "-F", "-j", "none", "-n", str(folder / "work"), "-a", f"127.0.0.1:{varnish}",
         "-f", str(folder / "default.vcl"), "-s", "malloc,20m"),
    )  # fmt: skip
    running: list[subprocess.Popen[bytes]] = []
    output = folder / "output.txt"
    with output.open("wb") as stream:
        try:
            running += [subprocess.Popen(command, stdout=stream, stderr=stream, cwd=folder) for command in commands]
            for port in (*ports, varnish):
                _wait(port, running, output)
            named = dict(zip(NGINX_SETTINGS, ports, strict=True)) | dict.fromkeys(VARNISH_SETTINGS, varnish)
            yield Caches(named, folder)
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait(20)


def _configure_nginx(folder: Path, service: int, ports: Mapping[str, int]) -> None:
    temporary = "".join(
        f"{kind}_temp_path {folder}/temporary_{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    servers = "".join(
        f"""
        proxy_cache_path {folder}/{NAMES.index(name)} keys_zone=kept{port}:1m;
        server {{
            listen 127.0.0.1:{port};
            location / {{
                proxy_pass http://127.0.0.1:{service};
                proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                proxy_cache kept{port};
                {NGINX_SETTINGS[name]}
                add_header X-Kept $upstream_cache_status;
            }}
        }}
        """
        for name, port in ports.items()
    )
    (folder / "nginx.conf").write_text(
        f"user root; daemon off; worker_processes 1; pid {folder}/pid; events {{ }}\n"
        f"http {{ {temporary} access_log off; error_log /dev/null; {servers} }}\n"
    )


def _vcl(service: int) -> str:
    def where(condition: str, names: Iterator[str]) -> str:
        return " || ".join(f'{condition} == "{host(name)}"' for name in names)

    dropping = where("req.http.Host", (name for name in VARNISH_SETTINGS if name in DROPS_THE_QUERY))
    responses = "\n".join(
        f"if ({where('bereq.http.Host', iter([name]))}) {{ {settings} }}" for name, settings in VARNISH_SETTINGS.items()
    )
    return f"""vcl 4.1;
        backend service {{ .host = "127.0.0.1"; .port = "{service}"; }}
        sub vcl_recv {{
            if ({dropping}) {{ set req.http.Query = req.url; set req.url = regsub(req.url, "\\?.*", ""); }}
        }}
        sub vcl_backend_fetch {{ if (bereq.http.Query) {{ set bereq.url = bereq.http.Query; }} }}
        sub vcl_backend_response {{ {responses} }}
        """


def _wait(port: int, running: Sequence[subprocess.Popen[bytes]], output: Path) -> None:
    until = time.monotonic() + 30
    while True:
        assert all(process.poll() is None for process in running), output.read_text()
        assert time.monotonic() < until, output.read_text()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.05)
        finally:
            connection.close()
