"""Compose: the file for one machine is a compose file, its service has no way out, and its proxy is the recipe's."""

from __future__ import annotations

import re
import socket
import subprocess
import time
from collections.abc import Iterator
from ipaddress import ip_network
from pathlib import Path

import pytest
import yaml
from compose_spec import PyCompose

from service.assembly import BadSetting, read_settings

from ..web.house import House, free_ports
from .manifest import ROOT, Data

TEXT = (ROOT / "deploy/compose.yaml").read_text()
PROXY = (ROOT / "deploy/nginx.conf").read_text()
RECIPE = (ROOT / "docs/recipes/proxy/nginx.conf").read_text()
NOTICE = "/v1/meduza/notice.json?lang=en"


@pytest.fixture
def told() -> Data:
    found: Data = yaml.safe_load(TEXT)
    return found


def test_it_is_a_compose_file() -> None:
    assert PyCompose.from_yaml(TEXT).service_names() == ["caveat", "proxy"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("read_only:", "readonly:"),
        ("internal:", "intern:"),
        ("cap_drop: [ALL]", "cap_drop: ALL"),
        ("stop_grace_period: 15s", "stop_grace_period: soon"),
        ("condition: service_healthy", "condition: service_well"),
    ],
)
def test_a_compose_file_with_a_slip_of_the_pen_is_refused(old: str, new: str) -> None:
    assert old in TEXT
    with pytest.raises(ValueError, match=r"services|networks"):
        PyCompose.from_yaml(TEXT.replace(old, new))


def reachable(told: Data, name: str) -> set[str]:
    """The networks of a service that lead out, and the ports under which it is reached from outside."""
    service = told["services"][name]
    open_networks = {each for each in service.get("networks", ["default"])
                     if not (told["networks"].get(each) or {}).get("internal")}  # fmt: skip
    return open_networks | set(service.get("ports", ())) | {service.get("network_mode", "")} - {""}


def test_the_service_has_no_way_out_and_only_the_proxy_reaches_it(told: Data) -> None:
    assert reachable(told, "caveat") == set()
    sharing = {name for name, each in told["services"].items() if "inside" in each["networks"]}
    assert sharing == {"caveat", "proxy"}
    assert reachable(told, "proxy") == {"outside", "127.0.0.1:8088:8088"}


def test_a_way_out_is_seen(told: Data) -> None:
    told["networks"]["inside"]["internal"] = False
    assert reachable(told, "caveat") == {"inside"}
    del told["services"]["caveat"]["networks"]
    assert reachable(told, "caveat") == {"default"}


def test_no_container_writes_on_a_disk_or_can_gain_power(told: Data) -> None:
    for service in told["services"].values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert service["ulimits"] == {"core": 0}
        assert service["mem_limit"] == service["memswap_limit"]
        assert not {"privileged", "cap_add", "devices", "pid", "ipc"} & service.keys()
        assert all(volume.endswith(":ro") for volume in service.get("volumes", ()))
    assert "user" not in told["services"]["caveat"], "the image names its own"
    assert re.search(r"(?m)^USER [1-9]\d*:[1-9]\d*$", (ROOT / "Dockerfile").read_text())
    assert told["services"]["proxy"]["user"].split(":")[0] != "0"


def test_every_setting_is_one_that_the_service_reads_and_it_trusts_the_inner_network_alone(told: Data) -> None:
    given = told["services"]["caveat"]["environment"]
    (inside,) = told["networks"]["inside"]["ipam"]["config"]
    assert list(map(str, read_settings({}, given).trusted_proxies)) == [str(ip_network(inside["subnet"]))]
    with pytest.raises(BadSetting, match="did you mean CAVEAT_TRUSTED_PROXIES"):
        read_settings({}, {"CAVEAT_TRUSTED_PROXY": inside["subnet"]})


def test_the_image_is_asked_how_it_is_where_the_real_service_answers(running: House) -> None:
    (path,) = re.findall(r"HEALTHCHECK .*\\\n.*urlopen\('http://127\.0\.0\.1:8080(/\w+)'",
                         (ROOT / "Dockerfile").read_text())  # fmt: skip
    assert running.ask(path).status == 200


def lines(text: str) -> set[str]:
    return {line.split("#")[0].strip() for line in text.splitlines()} - {""}


def test_the_proxy_is_the_recipe_but_for_two_addresses(told: Data) -> None:
    missing = lines(RECIPE) - lines(PROXY)
    assert missing == {"listen 127.0.0.1:8088;", "proxy_pass http://127.0.0.1:8080;"}
    assert {"listen 8088;", "proxy_pass http://caveat:8080;"} <= lines(PROXY)
    assert told["services"]["proxy"]["ports"][0].endswith(":8088")


@pytest.fixture
def proxy(running: House, tmp_path: Path) -> Iterator[int]:
    """A real nginx with the configuration as it is shipped, but for its addresses and its folder."""
    (port,) = free_ports(1)
    changes = {"listen 8088": f"listen 127.0.0.1:{port}", "caveat:8080": f"127.0.0.1:{running.port}",
               "/run/": f"{tmp_path}/"}  # fmt: skip
    text = PROXY
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    (tmp_path / "nginx.conf").write_text(text)
    command = ["nginx", "-e", "/dev/null", "-c", str(tmp_path / "nginx.conf"), "-g", "daemon off;"]
    process = subprocess.Popen(command)
    try:
        for _ in range(100):
            time.sleep(0.02)
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                assert process.poll() is None
        yield port
    finally:
        process.terminate()
        process.wait(10)


def test_the_proxy_passes_on_who_asks_and_never_what_they_say_of_themselves(running: House, proxy: int) -> None:
    russian = {"X-Forwarded-For": "95.173.136.70"}
    unknown = running.ask("/v1/meduza/unknown/en/notice.json").body
    assert running.ask(NOTICE, **russian).body != unknown
    assert running.ask(NOTICE, port=proxy, **russian).body == unknown
    assert running.ask("/v1/meduza/RU/en/notice.json", port=proxy).body == running.ask(NOTICE, **russian).body
