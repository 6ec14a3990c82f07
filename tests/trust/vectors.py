"""Vectors: headers by which a client would choose its place, and the place that a trusted proxy may give by each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

RUSSIAN, AMERICAN = "95.24.0.1", "8.8.8.8"
"""An address in Russia and one that is in none of the countries whose laws ship."""


@dataclass(frozen=True, slots=True)
class Vector:
    """Lines of a request's head. `place` is where the reader is if the lines are a trusted proxy's: `RU`, `US` or "".

    `preset`: the setting under which they are believed, an address's or a CDN's; under any other they say nothing.
    """

    name: str
    lines: bytes
    place: str = ""
    preset: str = "address"
    before: bytes = b""


_FORWARDED: tuple[tuple[str, str | bytes, str], ...] = (
    # One address, and several.
    ("an address", RUSSIAN, "RU"),
    ("another address", AMERICAN, "US"),
    ("a forged one before the proxy's", f"{AMERICAN}, {RUSSIAN}", "RU"),
    ("a forged one before the proxy's, the other way round", f"{RUSSIAN}, {AMERICAN}", "US"),
    ("a trusted hop behind", f"{RUSSIAN}, 10.0.0.7", "RU"),
    ("two trusted hops behind, one with a port", f"{RUSSIAN}, 10.0.0.7, 10.255.255.255:80", "RU"),
    ("a forged one and a trusted hop", f"{AMERICAN}, {RUSSIAN}, 10.0.0.7", "RU"),
    ("a forged one, spelt like a trusted hop", f"10.0.0.7, {RUSSIAN}", "RU"),
    ("a hop that nobody trusts", f"{RUSSIAN}, 192.168.0.1", ""),
    ("fifteen trusted hops", f"{RUSSIAN}" + ", 10.0.0.7" * 15, "RU"),
    ("sixteen trusted hops", f"{RUSSIAN}" + ", 10.0.0.7" * 16, ""),
    ("seventeen addresses", ", ".join([RUSSIAN] * 17), ""),
    ("500 hops", ", ".join([RUSSIAN] * 500), ""),
    ("10,000 hops", ", ".join([RUSSIAN] * 10_000), ""),
    ("only trusted hops", "10.0.0.1, 10.0.0.2", ""),
    ("itself", "127.0.0.1", ""),
    # Spellings of one address.
    ("a port", f"{RUSSIAN}:4711", "RU"),
    ("blanks and tabs", f" \t{RUSSIAN}\t ", "RU"),
    ("IPv6", "2a00:1148::1", "RU"),
    ("IPv6 in brackets", "[2a00:1148::1]", "RU"),
    ("IPv6 with a port", "[2a00:1148::1]:443", "RU"),
    ("mapped", f"::ffff:{RUSSIAN}", "RU"),
    ("mapped, in hexadecimal", "::ffff:5f18:1", "RU"),
    ("mapped, in capitals", "::FFFF:5F18:0001", "RU"),
    ("mapped, with a port", f"[::ffff:{RUSSIAN}]:443", "RU"),
    ("a trusted hop, mapped", f"{RUSSIAN}, ::ffff:10.0.0.7", "RU"),
    ("compatible", f"::{RUSSIAN}", ""),
    ("6to4", "2002:5f18:1::1", ""),
    ("NAT64", f"64:ff9b::{RUSSIAN}", ""),
    ("Teredo", "2001:0:5f18:1:0:0:0:1", ""),
    # What is no address.
    ("octal", "0137.030.0.1", ""),
    ("leading zeros", "095.024.000.001", ""),
    ("one leading zero", "95.24.0.01", ""),
    ("hexadecimal", "0x5f.0x18.0x0.0x1", ""),
    ("one number", "1595408385", ""),
    ("three parts", "95.24.1", ""),
    ("five parts", f"{RUSSIAN}.1", ""),
    ("a part too large", "95.24.0.256", ""),
    ("a zone", "fe80::1%eth0", ""),
    ("a zone at an address in Russia", "2a00:1148::1%eth0", ""),
    ("a zone in an address", "[2a00:1148::1%25eth0]:443", ""),
    ("a port too large", f"{RUSSIAN}:65536", ""),
    ("a port that is a word", f"{RUSSIAN}:http", ""),
    ("no port", f"{RUSSIAN}:", ""),
    ("IPv4 in brackets", f"[{RUSSIAN}]:80", ""),
    ("a bracket that is open", "[2a00:1148::1", ""),
    ("a network", f"{RUSSIAN}/32", ""),
    ("a host", "reader.example", ""),
    ("unknown", "unknown", ""),
    ("hidden", "_hidden", ""),
    ("unknown behind an address", f"{RUSSIAN}, unknown", ""),
    ("unknown before an address", f"unknown, {RUSSIAN}", "RU"),
    ("a pair of RFC 7239", f"for={RUSSIAN}", ""),
    ("a parameter", f"{RUSSIAN};proto=https", ""),
    # Commas, quotes, blanks.
    ("nothing", "", ""),
    ("a comma", ",", ""),
    ("a comma behind", f"{RUSSIAN},", ""),
    ("commas before", f",,{RUSSIAN}", "RU"),
    ("two commas within", f"{RUSSIAN},,10.0.0.7", ""),
    ("two in one entry", f"{RUSSIAN} {AMERICAN}", ""),
    ("two with a tab between", f"{RUSSIAN}\t{AMERICAN}", ""),
    ("two with a semicolon between", f"{RUSSIAN};{AMERICAN}", ""),
    ("quotes", f'"{RUSSIAN}"', ""),
    ("quotes round two", f'"{AMERICAN}, {RUSSIAN}"', ""),
    ("apostrophes", f"'{RUSSIAN}'", ""),
    # More than 2,048 characters are not looked through. A client can have that done to itself alone, and then gets the
    # warning for those of whom nothing is known; blanks around a field are none of it (RFC 9110, 5.5).
    ("2,048 characters", "x" * 2037 + f", {RUSSIAN}", "RU"),
    ("2,049 characters", "x" * 2038 + f", {RUSSIAN}", ""),
    ("three kilobytes of blanks", " " * 1500 + RUSSIAN + " " * 1500, "RU"),
    ("three kilobytes of blanks within", "x" + " " * 3000 + f", {RUSSIAN}", ""),
    # Characters.
    ("NUL", f"{RUSSIAN}\0", ""),
    ("a vertical tab", f"{RUSSIAN}\x0b", ""),
    ("a carriage return", f"{RUSSIAN}\r", ""),
    ("a blank that does not break", f"{RUSSIAN}\u00a0".encode(), ""),
    ("the next line of Latin-1", f"{RUSSIAN}".encode() + b"\x85", ""),
    ("bytes that are no UTF-8", b"\xff\xfe" + RUSSIAN.encode(), ""),
    ("broad digits", "９５.24.0.1".encode(), ""),
    ("Arabic digits", "٩٥.٢٤.٠.١".encode(), ""),
    ("a dot of another alphabet", "95。24。0。1".encode(), ""),
    # Addresses that are nobody's.
    ("private", "192.168.1.1", ""),
    ("of a carrier", "100.64.0.1", ""),
    ("of a link", "169.254.169.254", ""),
    ("zero", "0.0.0.0", ""),
    ("everybody", "255.255.255.255", ""),
    ("many", "224.0.0.1", ""),
)  # fmt: skip

_OTHERS = (
    "X-Real-IP", "True-Client-IP", "CF-Connecting-IP", "CF-Connecting-IPv6", "Client-IP", "X-Client-IP",
    "X-Cluster-Client-IP", "Fastly-Client-IP", "X-Originating-IP", "X-Remote-IP", "X-Remote-Addr", "Remote-Addr",
    "REMOTE_ADDR", "X-Forwarded", "Forwarded-For", "X-Original-Forwarded-For", "X-Envoy-External-Address",
    "X-Azure-ClientIP", "X-Appengine-User-IP", "CloudFront-Viewer-Address", "Wl-Proxy-Client-Ip", "X-Host", "Via",
    "X_Forwarded_For", "X-Forwarded_For", "HTTP_X_FORWARDED_FOR", "X-Forwarded-For-", "X-ProxyUser-Ip",
)  # fmt: skip
"""Headers that some proxies set and that nobody is told to believe."""

GEOGRAPHY: tuple[tuple[str, str, str], ...] = (
    ("cloudflare", "CF-IPCountry", "{}"),
    ("cloudfront", "CloudFront-Viewer-Country", "{}"),
    ("fastly", "Fastly-Geo-Country", "{}"),
    ("akamai", "X-Akamai-Edgescape", "georegion=1,country_code={},region_code="),
    ("appengine", "X-Appengine-Country", "{}"),
    ("vercel", "X-Vercel-IP-Country", "{}"),
    ("header:X-Country", "X-Country", "{}"),
)
"""Setting, header, and how a country stands in it."""

_COUNTRIES: tuple[tuple[str, bytes, str], ...] = (
    ("a country", b"RU", "RU"), ("another country", b"US", "US"), ("no country", b"XX", ""), ("Tor", b"T1", ""),
    ("two countries", b"US, RU", ""), ("a long country", b"RUS", ""), ("a name", b"Russia", ""),
    ("a country and a parameter", b"RU;q=1", ""), ("letters of another alphabet", "ＲＵ".encode(), ""),
    ("bytes that are no text", b"\xff\xff", ""), ("nothing", b"", ""), ("two kilobytes", b"RU" + b" RU" * 700, ""),
    ("quotes", b'"RU"', ""),
)  # fmt: skip


def _line(name: str, value: str | bytes) -> bytes:
    return name.encode() + b": " + (value if isinstance(value, bytes) else value.encode("latin-1")) + b"\r\n"


def vectors() -> Iterator[Vector]:
    """All of them."""
    header = "X-Forwarded-For"
    for name, value, place in _FORWARDED:
        yield Vector(f"{header}: {name}", _line(header, value), place)
    one, other = _line(header, RUSSIAN), _line(header, AMERICAN)
    yield Vector("the header twice", other + one, "RU")
    yield Vector("the header twice, the other way round", one + other, "US")
    yield Vector("the header twice, in two spellings", other + _line(header.lower(), RUSSIAN), "RU")
    yield Vector("the header three times, the last one empty", other + one + _line(header, ""))
    yield Vector("the header twenty times", one * 20)
    yield Vector("the header in capitals", _line(header.upper(), RUSSIAN), "RU")
    yield Vector("a blank before the colon", header.encode() + b" : " + RUSSIAN.encode() + b"\r\n")
    yield Vector("a folded line", _line(header, AMERICAN + ",\r\n " + RUSSIAN))
    yield Vector("a line that begins with a blank", b" " + one)
    yield Vector("a bare line feed", header.encode() + b": " + RUSSIAN.encode() + b"\n")
    yield Vector("two hundred headers", one + _line("X-Filler", "x") * 200)
    yield Vector("a header that says it is only for the next hop", one + b"Connection: X-Forwarded-For\r\n", "RU")
    for other_name in _OTHERS:
        yield Vector(other_name, _line(other_name, RUSSIAN))
    for value in (
        f"for={RUSSIAN}", f'for="{RUSSIAN}:4711";proto=https;by=10.0.0.1', 'for="[2a00:1148::1]:443"',
        f"for={AMERICAN}, for={RUSSIAN}", f"For={RUSSIAN}; for={AMERICAN}", f'for="\\{RUSSIAN}"', "for=_hidden", "for",
    ):  # fmt: skip
        yield Vector(f"Forwarded: {value}", _line("Forwarded", value))
    yield Vector("Forwarded beside the header", _line("Forwarded", f"for={AMERICAN}") + one, "RU")
    yield Vector("X-Real-IP beside the header", _line("X-Real-IP", AMERICAN) + one, "RU")
    for name, value in (
        ("X-Forwarded-Host", "zq7.example"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Prefix", "/v1/svaboda"),
        ("X-Script-Name", "/v1"), ("SCRIPT_NAME", "/v1"), ("Script-Name", "/v1"), ("X-Original-URL", "/healthz"),
        ("X-Rewrite-URL", "/healthz"), ("X-HTTP-Method-Override", "POST"), ("X-Forwarded-Ssl", "on"),
        ("X-Forwarded-Port", "1"), ("Host", RUSSIAN), ("Origin", "https://ru.example"), ("Referer", "https://e.ru/"),
        ("Cookie", "country=RU"), ("From", "reader@e.ru"), ("CDN-Loop", "cloudflare"), ("Time-Zone", "Europe/Moscow"),
    ):  # fmt: skip
        yield Vector(f"{name}: {value}", _line(name, value))
    yield Vector("a line of the PROXY protocol", b"", before=f"PROXY TCP4 {RUSSIAN} 127.0.0.1 4711 80\r\n".encode())
    yield Vector(
        "the PROXY protocol in binary", b"", before=b"\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c\x5f\x18\0\1" + b"\0" * 8
    )
    for preset, header, form in GEOGRAPHY:
        for name, code, place in _COUNTRIES:
            value = form.encode().replace(b"{}", code)
            yield Vector(f"{header}: {name}", _line(header, value), place, preset)
        both = _line(header, form.format("US")) + _line(header, form.format("RU"))
        yield Vector(f"{header} twice", both, "", preset)
        yield Vector(f"{header} with an underscore", _line(header.replace("-", "_"), form.format("RU")), "", preset)


VECTORS = tuple(vectors())
