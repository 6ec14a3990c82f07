"""Region: Ukraine's regions under the names that location files give them.

DB-IP's files have no ISO codes and several spellings of each region. A name counts only as a record's region
and together with its country: Donetsk is also a town near Rostov, so no city name is ever read.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

_SPELLINGS = {
    "UA-05": "vinnytsia vinnytsya vinnitsa vinnitsia vinnytska vinnyts'ka vinnitskaya",
    "UA-07": "volyn volhynia volynska volyns'ka volynskaya",
    "UA-09": "luhansk lugansk luhanska luhans'ka luganskaya luhanskpeople's luganskpeople's",
    "UA-12": "dnipropetrovsk dnepropetrovsk dnipropetrovska dnipropetrovs'ka dnepropetrovskaya dnipro",
    "UA-14": "donetsk donetska donets'k donets'ka donetskaya donetskpeople's",
    "UA-18": "zhytomyr zhitomir zhytomyrska zhytomyrs'ka zhitomirskaya",
    "UA-21": "zakarpattia zakarpattya transcarpathia zakarpatska zakarpats'ka zakarpatskaya",
    "UA-23": "zaporizhzhia zaporizhia zaporizhzhya zaporozhye zaporizhzhe zaporizka zaporiz'ka zaporozhskaya",
    "UA-26": "ivano-frankivsk ivano-frankovsk ivano-frankivska ivano-frankivs'ka ivano-frankovskaya",
    "UA-32": "kyivoblast kievoblast kyivregion kyivska kyivs'ka kievskaya",
    "UA-35": "kirovohrad kirovograd kirovohradska kirovohrads'ka kirovogradskaya kropyvnytskyi",
    "UA-40": "sevastopol sebastopol sevastopolcity sebastopolcity cityofsevastopol sevastopol'",
    "UA-43": "crimea krym republicofcrimea autonomousrepublicofcrimea avtonomnarespublikakrym",
    "UA-46": "lviv lvov l'viv lvivska l'vivs'ka lvovskaya",
    "UA-48": "mykolaiv mykolayiv nikolaev mykolaivska mykolayivs'ka mykolayivska nikolaevskaya",
    "UA-51": "odesa odessa odeska odes'ka odesskaya",
    "UA-53": "poltava poltavska poltavs'ka poltavskaya",
    "UA-56": "rivne rovno rivnenska rivnens'ka rovenskaya",
    "UA-59": "sumy sumska sums'ka sumskaya",
    "UA-61": "ternopil ternopol ternopilska ternopil's'ka ternopolskaya",
    "UA-63": "kharkiv kharkov kharkivska kharkivs'ka kharkovskaya",
    "UA-65": "kherson khersonska khersons'ka khersonskaya",
    "UA-68": "khmelnytskyi khmelnytskyy khmelnitsky khmelnytska khmel'nyts'ka khmelnitskiy khmelnitskaya",
    "UA-71": "cherkasy cherkassy cherkasy cherkaska cherkas'ka cherkasskaya",
    "UA-74": "chernihiv chernigov chernihivska chernihivs'ka chernigovskaya",
    "UA-77": "chernivtsi chernovtsy chernivetska chernivets'ka chernovitskaya",
    "UA": "kyiv kiev kyivcity kievcity cityofkyiv cityofkiev",
}
_DROPPED = ("oblast", "region", "republic")
_HELD = frozenset({"UA-09", "UA-14", "UA-23", "UA-40", "UA-43", "UA-65"})

SIMFEROPOL = "Europe/Simferopol"
CRIMEA = "UA-43"
CRIMEAN = frozenset({"UA-40", "UA-43"})
"""The regions in which clocks show Europe/Simferopol: a marker of the place that needs no region code."""


def _key(name: str) -> str:
    text = "".join(c for c in unicodedata.normalize("NFKD", name).casefold() if c.isalpha() or c in " -")
    return text.replace(" ", "")


def _table() -> Mapping[tuple[str, str], str]:
    table: dict[tuple[str, str], str] = {}
    for code, spellings in _SPELLINGS.items():
        for spelling in spellings.split():
            for ending in ("", *_DROPPED):
                table.setdefault(("UA", _key(spelling) + ending), code)
                if code in _HELD:
                    table["RU", _key(spelling) + ending] = code
    return MappingProxyType(table)


NAMED = _table()
"""(country of the record, region's name folded to letters) → ISO code. Records that say RU are listed for the
occupied regions alone. Kyiv by name is `UA`: it is the city or the region around it, and DB-IP says "Kyiv
City" of most addresses whose region other files do not know."""


def code_of(country: str, name: str) -> str | None:
    """The code that a region's name means in a record of this country, None where it is not in the table."""
    return NAMED.get((country, _key(name)))
