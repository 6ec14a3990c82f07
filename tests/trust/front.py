"""Front: a real nginx before the service, with the configuration that the documentation prints."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..web.house import ROOT, House, answers, free_ports

PRINTED = ROOT / "docs/recipes/proxy/nginx.conf"
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"

OUTER = """
worker_processes 1;
daemon off;
pid {folder}/nginx.pid;
{user}
events {{ worker_connections 512; }}
http {{
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  include {folder}/printed.conf;
}}
"""


@contextmanager
def nginx(folder: Path, behind: House, *changes: tuple[str, str]) -> Iterator[House]:
    """The printed configuration, before a running service; `changes` are made to it for a control."""
    (port,) = free_ports(1)
    folder.mkdir()
    printed = PRINTED.read_text()
    for old, new in (("127.0.0.1:8088", f"127.0.0.1:{port}"), ("127.0.0.1:8080", f"127.0.0.1:{behind.port}"), *changes):
        assert old in printed
        printed = printed.replace(old, new)
    (folder / "printed.conf").write_text(printed)
    (folder / "nginx.conf").write_text(OUTER.format(folder=folder, user="user root;"))
    output = folder / "output.txt"
    with output.open("wb") as stream:
        process = subprocess.Popen(
            [NGINX, "-c", str(folder / "nginx.conf"), "-p", str(folder), "-e", "stderr"], stdout=stream, stderr=stream
        )
        found = House(process, port, behind.admin_port, behind.rules, output)
        try:
            began = time.monotonic()
            while not answers(found):
                assert process.poll() is None, found.written()
                assert time.monotonic() - began < 20, found.written()
                time.sleep(0.05)
            yield found
        finally:
            process.terminate()
            process.wait(20)
