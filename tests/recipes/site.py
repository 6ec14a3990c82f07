"""Site: a publisher's website, once for every recipe: real nginx, real Varnish, a page in Python, one in PHP."""

from __future__ import annotations

import functools
import importlib.util
import shutil
import subprocess
import threading
import time
import types
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from ..web.house import free_ports
from .printed import RECIPES, baked, printed
from .recorder import ask

ELSEWHERE = """
proxy_set_header Host $host;
proxy_set_header X-Real-IP $remote_addr;
proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
proxy_set_header Cookie $http_cookie;
proxy_buffering off;
proxy_ignore_headers Cache-Control Expires Vary;
proxy_cache_valid any 1h;
proxy_cache_use_stale error timeout updating http_500 http_502 http_503 http_504;
"""
"""What a publisher's nginx may say of everything that it passes on, and what a location inherits that says nothing."""

USUAL = "rferl/any/en"
CANARY = "Kanarienvogel"
READER = {
    "Cookie": f"session={CANARY}",
    "User-Agent": CANARY,
    "Accept-Language": f"be-BY, {CANARY}",
    "Accept": f"text/html, {CANARY}",
    "Referer": f"https://example.org/{CANARY}",
    "X-Forwarded-For": "203.0.113.77",
    "X-Real-IP": "203.0.113.77",
    "Forwarded": "for=203.0.113.77",
    "CF-Connecting-IP": "203.0.113.77",
    "True-Client-IP": "203.0.113.77",
    "Via": f"1.1 {CANARY}",
    "DNT": "1",
    "X-Never-Heard-Of": CANARY,
    "If-None-Match": f'"{CANARY}"',
    "Authorization": f"Basic {CANARY}",
}
"""What a reader's browser and a CDN in front send, and a header that nobody knows."""


@dataclass
class Page:
    """What a reader got, and after how many seconds."""

    status: int
    text: str
    seconds: float
    headers: dict[str, str]

    @property
    def notice(self) -> str:
        """What stands between the article's last words and its end."""
        assert self.text.rstrip().endswith("</article>\n</body>\n</html>"), self.text
        return self.text.partition("<p>What happened.</p>")[2].partition("</article>")[0].strip()


@dataclass
class Site:
    """`folder` is where its pages stand; `forget` throws every copy of a notice away."""

    name: str
    port: int
    folder: Path
    forget: Callable[[], object]
    helper: types.ModuleType | None = None

    def read(self, notice: str = USUAL, source: str = "127.0.0.1", **headers: str) -> Page:
        """The article with the notice of a publisher, place and language, as a reader somewhere gets it."""
        return self.get(self.address(notice), source=source, **headers)

    def address(self, notice: str) -> str:
        """Where the article with this notice stands; writes it if need be."""
        name = notice.replace("/", ".").replace("$", "") + ".html"
        page = self.folder / name
        if self.folder.name in ("nginx", "varnish") and not page.exists():
            page.write_text(printed(f"{self.folder.name}/article.html", {USUAL: notice}), encoding="utf-8")
        return f"/{name}"

    def get(self, path: str, method: str = "GET", source: str = "127.0.0.1", **headers: str) -> Page:
        """Whatever stands at an address."""
        began = time.monotonic()
        status, found, body = ask(self.port, method, path, {"Host": "site.example", **headers}, source)
        return Page(status, body.decode(), time.monotonic() - began, dict(found))


def article(notice: str) -> str:
    """The article of a site that asks in its own language and not in its server's."""
    return printed("nginx/article.html").partition("<!--#")[0] + notice + "\n</article>\n</body>\n</html>\n"


@contextmanager
def running(*command: str, ready: Callable[[], bool], folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A server in the foreground, until the end of the block."""
    output = folder / "output.txt"
    with output.open("wb") as stream:
        process = subprocess.Popen(command, stdout=stream, stderr=stream, cwd=folder)
    try:
        until = time.monotonic() + 20
        while not ready():
            assert process.poll() is None, output.read_text()
            assert time.monotonic() < until, output.read_text()
            time.sleep(0.02)
        yield process
    finally:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def answers(port: int) -> bool:
    """Whether anything answers there."""
    try:
        ask(port, "GET", "/nothing", {"Host": "site.example"})
    except OSError:
        return False
    return True


@contextmanager
def nginx(folder: Path, service: int, *, untouched: bool = False, place: str = "", modules: str = "") -> Iterator[Site]:
    """The nginx recipe in an outer configuration that only makes it run here; `place` is one more file of it."""
    pages = folder / "nginx"
    pages.mkdir(parents=True)
    (pages / "50x.html").write_text("<h1>The site's own error page</h1>\n")
    port, life = free_ports(2)
    parts = {
        "notices.conf": {
            "127.0.0.1:8080": f"127.0.0.1:{service}",
            "127.0.0.1:8079": f"127.0.0.1:{life}",
            "/var/cache/nginx/notices": str(folder / "copies"),
        },
        "site.conf": {},
        "pages.conf": {"/var/log/nginx/error.log": str(folder / "pages.log")},
    }
    for name, parameters in parts.items():
        (folder / name).write_text(printed(f"nginx/{name}", parameters))
    (folder / "place.conf").write_text(place)
    if untouched:
        (folder / "notices.conf").write_text(f"proxy_cache_path {folder}/copies keys_zone=notices:1m;\n")
        (folder / "site.conf").write_text(
            f"location /_r/ {{ proxy_cache notices; proxy_pass http://127.0.0.1:{service}/v1/; }}\n"
        )
    temporary = "".join(
        f"{kind}_temp_path {folder}/temporary/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "temporary").mkdir()
    (folder / "nginx.conf").write_text(
        f"""
        {modules}
        user root; daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
        events {{ }}
        http {{
            {temporary}
            types {{ text/html html; }}
            {"" if untouched else ELSEWHERE}
            access_log off;
            include {folder}/notices.conf;
            include {folder}/place.conf;
            server {{
                listen 127.0.0.1:{port};
                root {pages};
                error_page 404 500 502 503 504 /50x.html;
                include {folder}/site.conf;
                location / {{ include {folder}/pages.conf; }}
            }}
        }}
        """
    )

    def forget() -> None:
        for copy in (folder / "copies").rglob("*"):
            if copy.is_file():
                copy.unlink(missing_ok=True)

    with nginx_again(folder, port):
        yield Site("nginx", port, pages, forget)


@contextmanager
def nginx_again(folder: Path, port: int) -> Iterator[None]:
    """An nginx on a configuration that stands."""
    command = ("nginx", "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf"))
    with running(*command, ready=lambda: answers(port), folder=folder):
        yield


@contextmanager
def varnish(folder: Path, service: int, *, untouched: bool = False) -> Iterator[Site]:
    """The Varnish recipe before a server of static pages."""
    pages = folder / "varnish"
    pages.mkdir(parents=True)
    (port,) = free_ports(1)
    for language in ("en", "ru"):
        (folder / f"baked.{language}.html").write_text(baked(language))
    with static(pages) as origin:
        (folder / "notices.vcl").write_text(
            printed("varnish/notices.vcl", {'"8080"': f'"{service}"', "/etc/varnish/": f"{folder}/"})
        )
        (folder / "default.vcl").write_text(
            printed("varnish/default.vcl", {'"8000"': f'"{origin}"', '"notices.vcl"': f'"{folder}/notices.vcl"'})
        )
        if untouched:
            (folder / "notices.vcl").write_text(
                f"""
                backend service {{ .host = "127.0.0.1"; .port = "{service}"; }}
                sub vcl_recv {{ if (req.url ~ "^/_r/") {{
                    set req.backend_hint = service; set req.url = regsub(req.url, "^/_r/", "/v1/");
                }} }}
                """
            )
        # `-j none`: the sandbox of Debian's package does not read a test's folder.
        with running(
            "varnishd", "-F", "-j", "none", "-n", str(folder / "work"), "-a", f"127.0.0.1:{port}",
            "-f", str(folder / "default.vcl"), "-s", "malloc,20m", ready=lambda: answers(port), folder=folder,
        ):  # fmt: skip
            yield Site("Varnish", port, pages, functools.partial(_ban, folder / "work"))


def _ban(work: Path) -> None:
    subprocess.run(["varnishadm", "-n", str(work), "ban", "req.url ~ ^/_r/"], check=True, capture_output=True)


@contextmanager
def static(folder: Path) -> Iterator[int]:
    """A server of files; its port."""

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, *words: object) -> None:
            """Say nothing."""

    with serving(functools.partial(Handler, directory=str(folder))) as port:
        yield port


@contextmanager
def serving(handler: Callable[..., BaseHTTPRequestHandler]) -> Iterator[int]:
    """A server in a thread of this process; its port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def python(folder: Path, service: int) -> Iterator[Site]:
    """The Python helper in a page that a Python server writes."""
    copies = folder / "copies"
    copies.mkdir(parents=True)
    spec = importlib.util.spec_from_file_location("recipe_notice", RECIPES / "python" / "notice.py")
    assert spec is not None
    assert spec.loader is not None
    helper = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(helper)
    helper.SERVICE = f"http://127.0.0.1:{service}"  # type: ignore[attr-defined]
    helper.FOLDER = copies  # type: ignore[attr-defined]

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            publisher, place, language, _ = self.path.partition("?")[0].lstrip("/").split(".")
            body = article(helper.notice(publisher, place, language, baked(language))).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *words: object) -> None:
            """Say nothing."""

    with serving(Handler) as port:
        yield Site("Python", port, folder, functools.partial(_empty, copies), helper)


@contextmanager
def php(folder: Path, service: int, pause: int = 10) -> Iterator[Site]:
    """The PHP helper in a page that PHP writes."""
    copies = folder / "copies"
    copies.mkdir(parents=True)
    (port,) = free_ports(1)
    (folder / "notice.php").write_text(
        printed(
            "php/notice.php",
            {
                "127.0.0.1:8080": f"127.0.0.1:{service}",
                "/var/cache/notices": str(copies),
                "NOTICE_PAUSE = 10": f"NOTICE_PAUSE = {pause}",
            },
        )
    )
    (folder / "baked.html").write_text(baked())
    before, after = article("SPLIT").split("SPLIT")
    (folder / "page.php").write_text(
        f"""<?php
        require '{folder}/notice.php';
        [$publisher, $place, $language] = explode('.', ltrim($_SERVER['SCRIPT_NAME'], '/'));
        echo '{before}', notice($publisher, $place, $language, file_get_contents('{folder}/baked.html')), '{after}';
        """
    )
    with running(
        "php", "-d", "display_errors=1", "-d", "error_reporting=-1", "-S", f"127.0.0.1:{port}",
        str(folder / "page.php"), ready=lambda: answers(port), folder=folder,
    ):  # fmt: skip
        _empty(copies)
        yield Site("PHP", port, folder, functools.partial(_empty, copies))


def _empty(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()


@contextmanager
def sites(folder: Path, service: int, pause: int) -> Iterator[dict[str, Site]]:
    """The four of them, before one service."""
    with ExitStack() as stack:
        found = [
            stack.enter_context(nginx(folder / "n", service)),
            stack.enter_context(varnish(folder / "v", service)),
            stack.enter_context(python(folder / "p", service)),
            stack.enter_context(php(folder / "h", service, pause)),
        ]
        for site in found:
            if site.helper is not None:
                site.helper.PAUSE = pause  # type: ignore[attr-defined]
        yield {site.name: site for site in found}
