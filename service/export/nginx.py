"""Nginx: the configuration under which a stock nginx answers from an export as the service would."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

from ..answer.address import ANYWHERE
from ..answer.problem import TYPE as PROBLEM
from ..answer.problem import document
from ..answer.reply import ALWAYS, FLEETING, UNKEPT, State, token
from ..law.place import TWINS
from ..locate.origin import LONGEST_HEADER, MOST_ENTRIES, Network
from . import accept, spot
from .clock import EARLY, OVER, Clock, below
from .directive import SUBTAGS, any_of, chosen, entries, filled, mostly, quoted
from .manner import Manner, Manners
from .press import ANYBODY, Press
from .query import status
from .voice import NONE, OTHER

NOTICE = r"notice(?:\.short|\.label)?\.(?:html|json|txt)"
LEAVES = ("table.json", "check.html", "inside.html", "reader.css")

_HANDOUTS = (
    ("table", "json", "table/(?<caveat_language>{})\\.json", "hand"),
    ("check", "html", "check/(?<caveat_language>{})/", "hand"),
    ("inside", "html", "check/(?<caveat_language>{})/inside\\.html", "hand"),
    ("reader", "css", "reader\\.css", "style"),
)


@dataclass(frozen=True)
class Nginx:
    """The configuration of one export; `trusted` are the proxies that say where requests come from."""

    press: Press
    clock: Clock
    trusted: Sequence[Network]

    def files(self) -> dict[str, str]:
        """Name → text. `@RELEASE@` stands for the folder of the export, `@CURRENT@` for the name that leads to it."""
        return {
            "http.conf": self._http,
            "server.conf": self._server,
            "nginx.conf": self._whole,
            "tongues.conf": "\n".join(entries(self._tongues)) + "\n",
        }

    @cached_property
    def manners(self) -> Manners:
        """In how many ways the answers must be spoken of."""
        return Manners(self.press, self.clock)

    @cached_property
    def _tongues(self) -> dict[str, str]:
        """Patterns for every way to spell a tag → its tongue, the longest first."""
        names = sorted(self.press.tongues.names, key=lambda name: (-len(name), name))
        bare = "|".join(self.press.tongues.bare)
        return {
            **{f"~*^{name}{'' if '-' in name else SUBTAGS}$": name for name in names},
            f"~*^(?:{bare}){SUBTAGS}$": OTHER,
        }

    @cached_property
    def _http(self) -> str:
        """Everything that stands outside of servers."""
        parts = [*self._times(), *self._places(), *self._languages(), *self._answers(), *self.manners.maps()]
        head = "# Include this inside the http block. map_hash_max_size must be at least @HASH@, as in nginx.conf.\n"
        return filled(head, {"HASH": str(self._hash)}) + "\n".join(parts)

    @property
    def _hash(self) -> int:
        most = max(len(self.press.cases.ruleset.gazetteer.parents), len(self.manners.kept), len(self._voices()))
        return 1 << (2 * most).bit_length()

    def _times(self) -> Iterable[str]:
        stages = {f"~^{below(mark)}\\.": str(stage) for stage, mark in enumerate(self.clock.marks)}
        last = len(self.clock.marks)
        yield chosen("stage", "$msec", stages, str(last))
        told = {str(stage): self.clock.period(stage) for stage in range(last + 1)}
        yield mostly("period", "$caveat_stage", told)
        ends = {EARLY: "0", OVER: str(len(self.press.periods) - 1)}
        yield chosen("number", "$caveat_period", ends, "$caveat_period")

    def _places(self) -> Iterable[str]:
        gazetteer, names = self.press.cases.ruleset.gazetteer, self.press.cases.ruleset.territories
        codes = spot.codes(self.press.map)
        exact = {code: where for code, where in codes.items() if code not in TWINS}
        named = {f"~^(?:{any_of([name])})$": spot.held(name) for name in names}
        unknown = {"": "-", f"~^(?:{ANYWHERE}|unknown)$": "unknown"}
        yield chosen("spot", "$caveat_place", {**unknown, **exact, **named})
        yield chosen("where", "$caveat_spot", {"-": "$caveat_origin", "": "$caveat_loosely"}, "$caveat_spot")
        twins = {code: where for code, where in codes.items() if code in TWINS}
        yield chosen("loosely", "$caveat_place", twins, "$caveat_country")
        yield chosen("land", "$caveat_place", {"~*^(?<caveat_l>[a-z]{2})-": "$caveat_l"})
        countries = {code: where for code, where in exact.items() if not gazetteer.parents.get(code)}
        yield chosen("country", "$caveat_land", countries, "unknown")
        yield self._origin()

    def _origin(self) -> str:
        four = "geo $caveat_four {\n    ranges;\n    default six;\n    include @RELEASE@/geo4.conf;\n}\n"
        six = "geo $caveat_six {\n    default unknown;\n    include @RELEASE@/geo6.conf;\n}\n"
        # The ranges of nginx know IPv4 alone: what is in none of them is asked for among the networks of IPv6.
        both = chosen("address", "$caveat_four", {"six": "$caveat_six"}, "$caveat_four")
        if not self.trusted:
            return four + six + both + chosen("origin", "$caveat_address", {}, "$caveat_address")
        lines = "".join(f"    {network} 1;\n" for network in self.trusted)
        proxy = f'geo $realip_remote_addr $caveat_proxy {{\n    default "";\n{lines}}}\n'
        far = {
            "~^1:(?:.*,)?\\s*(?:,|$)": "unknown",
            f"~^1:(?:[^,]*,){{{MOST_ENTRIES}}}": "unknown",
            f"~^1:.{{{LONGEST_HEADER + 1}}}": "unknown",
        }
        by = "$caveat_proxy:$http_x_forwarded_for"
        return four + six + both + proxy + chosen("origin", by, far, "$caveat_address")

    def _languages(self) -> Iterable[str]:
        tongues, file = self.press.tongues, ["@RELEASE@/tongues.conf"]
        longer = {f"~^{name}$": name for name in tongues.names if "-" in name}
        bare = {tag: tag if tag in tongues.names else OTHER for tag in tongues.bare}
        yield chosen("tongue", "$caveat_language", {**bare, **longer, "": "-"})
        yield chosen("loose_tongue", "$caveat_language", {}, NONE, file)
        yield chosen("asked_tongue", "$arg_lang", {}, NONE, file)
        yield chosen("told_tongue", "$caveat_header_told", {}, NONE, file)
        yield from accept.maps(tongues, self.press.publishers)
        yield chosen("asks", "$args", {"~(?:^|&)lang(?:=|&|$)": "asks"})
        yield chosen("wanted", "$caveat_asked_tongue", {NONE: "$caveat_header_tongue"}, "$caveat_asked_tongue")
        wanted = {NONE: "$caveat_told_tongue", f"asks{NONE}": NONE}
        yield chosen("wanted_told", "$caveat_asks$caveat_asked_tongue", wanted, "$caveat_asked_tongue")
        yield chosen("speech", "$caveat_tongue", {"-": "$caveat_wanted", "": "$caveat_loose_tongue"}, "$caveat_tongue")
        told = {"-": "$caveat_wanted_told", "": "$caveat_loose_tongue"}
        yield chosen("told", "$caveat_tongue", told, "$caveat_tongue")
        yield mostly("ear", "$caveat_told", dict(tongues.ears))

    def _voices(self) -> dict[str, str]:
        return {
            f"{publisher} {tongue} {ear}": voice.name
            for publisher, voices in self.press.voices.items()
            for (tongue, ear), voice in voices.items()
        }

    @property
    def _hands(self) -> dict[str, str]:
        told = self.press.hands.items()
        return {f"{publisher} {tongue}": hand for publisher, hands in told for tongue, hand in hands.items()}

    def _answers(self) -> Iterable[str]:
        press = self.press
        ids = any_of(publisher.id for publisher in press.publishers)
        yield chosen("known", "$caveat_publisher", {f"~^(?:{ids})$": "known"}, "unknown")
        yield chosen("status", "$args", {"": "", f"~*{status()}": "refused"})
        turns = {
            "~^refused:": "refused",
            "~^:unknown:": "unknown",
            f"~:(?:{EARLY}|{OVER})$": "over",
        }
        yield chosen("turn", "$caveat_status:$caveat_known:$caveat_period", turns, "fleeting")
        groups = {
            f"{number} {publisher} {where}": group
            for (number, publisher), told in press.groups.items()
            for where, group in told.items()
        }
        yield chosen("group", "$caveat_number $caveat_publisher $caveat_where", groups)
        yield chosen("voice", "$caveat_publisher $caveat_speech $caveat_ear", self._voices())
        yield chosen("home", "", {}, "$caveat_number/$caveat_publisher/$caveat_group/$caveat_voice")
        yield chosen("loose_hand", "$caveat_publisher $caveat_speech", self._hands)
        hands = {key: f"$caveat_period/$caveat_publisher/hand/{hand}" for key, hand in self._hands.items()}
        yield chosen("lasts", "$caveat_period:$args", {f"~^(?:{EARLY}|{OVER}):": "", "~:.": ""}, "lasts")
        sure = {f"lasts {key}": home for key, home in hands.items()}
        yield chosen("hand", "$caveat_lasts $caveat_publisher $caveat_tongue", sure)
        style = {f"~^lasts (?:{ids})$": "$caveat_period/$caveat_publisher/hand/en"}
        yield chosen("style", "$caveat_lasts $caveat_publisher", style)
        refusals = {
            f"{publisher} {tongue}": home for publisher, told in press.refusals.items() for tongue, home in told.items()
        }
        yield chosen("excuse", "$caveat_publisher $caveat_speech", refusals)
        yield chosen("anybody", f"{ANYBODY} $caveat_speech", refusals)
        hand = "$caveat_number/$caveat_publisher/hand/$caveat_away_hand"
        yield chosen(
            "away", "$caveat_why $caveat_known $caveat_leaf",
            {
                f"~^(?:fleeting|over) known (?:{any_of(LEAVES)})$": hand,
                "~^(?:fleeting|over) known ": "$caveat_home",
                "~^refused known ": "$caveat_number/$caveat_publisher/refused/$caveat_excuse",
            },
            f"$caveat_number/{ANYBODY}/refused/$caveat_anybody",
        )  # fmt: skip
        yield chosen("away_hand", "$caveat_leaf", {"reader.css": "en"}, "$caveat_loose_hand")
        yield chosen("away_state", "$caveat_why $caveat_known $caveat_leaf", {
            f"~^fleeting known (?:{any_of(LEAVES)})$": State.LIVE.value,
            "~^fleeting known ": "$caveat_state",
            "~^over known ": State.FALLBACK.value,
            "~^(?:refused known|nothing) ": State.REFUSED.value,
        }, State.UNKNOWN_PUBLISHER.value)  # fmt: skip
        yield chosen("file", "$caveat_why:$caveat_leaf", {
            "~^(?:fleeting|over):": "$caveat_leaf", "~\\.txt$": "notice.txt",
        }, "notice.html")  # fmt: skip

    @cached_property
    def _server(self) -> str:
        press, policy = self.press, ALWAYS["Content-Security-Policy"]
        tongues = press.tongues
        languages = "|".join(["[a-z]{2,3}", *(any_of([name]) for name in tongues.names if "-" in name)])
        names = any_of(press.cases.ruleset.territories)
        places = "|".join(filter(None, [ANYWHERE, "unknown", "[A-Z]{2}(?:-[A-Z0-9]{1,3})?", names]))
        always = _headers({key: value for key, value in ALWAYS.items() if key != "Content-Security-Policy"}, True)
        rules = token(press.edition.fingerprint)
        always += '\n    add_header Last-Modified "";'
        bare = always + "\n    " + _headers({"Notice-Ruleset": rules}, True)
        always = bare + "\n    " + _headers({"Access-Control-Allow-Origin": "*"}, True)
        fled = f"\n    {_headers(FLEETING, True)}\n    " + _headers({"Vary": UNKEPT}, True)
        values = {
            "ALWAYS": always,
            "FLED": always + fled,
            "BARE": bare + fled,
            "KEPT": f"{always}\n    " + self.manners.kept_headers(rules),
            "EMBEDDED": always,
            "PUBLISHER": "[a-z0-9-]+",
            "PLACE": places,
            "LANGUAGE": languages,
            "NOTICE": NOTICE,
            "POLICY": policy,
            "RULES": rules,
            "PROBLEM": PROBLEM,
            "STATUS": _document("status-in-address"),
            "FAILURE": _document("failure"),
            "UNKNOWN": _document("unknown-publisher"),
            "NOTHING": _document("not-found"),
            "METHOD": _document("method"),
            "TERM": self.term,
        }
        handouts = "".join(self._handout(*kind, languages) for kind in _HANDOUTS)
        manners = "".join(map(self._manner, self.manners.all))
        text = filled(_template("server.conf"), {"HANDOUTS": handouts, "MANNERS": manners})
        return filled(text, values)

    @property
    def term(self) -> str:
        """The span of time for which the export is true, in words."""
        start, end = self.press.periods[0].start, self.press.periods[-1].end
        from_, to = (at.strftime("%Y-%m-%dT%H:%M:%SZ") if at else "" for at in (start, end))
        return " ".join(filter(None, [f"from {from_}" if from_ else "", f"to {to}" if to else "for ever"]))

    def _manner(self, manner: Manner) -> str:
        values = {
            "NUMBER": str(manner.number), "ID": manner.publisher, "OWN": manner.own, "SHARED": manner.shared,
            "SURROGATE": manner.surrogate, "SPOKEN": manner.language, "STATE": manner.state,
        }  # fmt: skip
        return filled(_template("manner.conf"), values)

    def _handout(self, name: str, ending: str, path: str, hand: str, languages: str) -> str:
        policy = "$caveat_check_policy" if name == "check" else quoted(ALWAYS["Content-Security-Policy"])
        rules = token(self.press.edition.fingerprint)
        values = {
            "LIVES": self.manners.hand_headers(rules, "no-store" if ending == "html" else "$caveat_kept_own"),
            "SPOKEN": "en" if ending == "css" else "$caveat_hand_spoken",
            "PATH": path.format(languages), "LOOSELY": path.format("[^/]+"), "LEAF": f"{name}.{ending}", "HAND": hand,
            "CSP": policy, "MORE": "add_header Notice-Style $caveat_inside_style;" if name == "inside" else "",
        }  # fmt: skip
        return filled(_template("handout.conf"), values)

    @cached_property
    def _whole(self) -> str:
        lines = [f"set_real_ip_from {network};" for network in self.trusted]
        if lines:
            lines += ["real_ip_header X-Forwarded-For;", "real_ip_recursive on;"]
        return filled(_template("nginx.conf"), {"HASH": str(self._hash), "REALIP": "\n        ".join(lines)})


def _document(kind: str) -> str:
    """A problem as it stands between single quotes."""
    return document(kind).replace("\\", "\\\\").replace("'", "\\'")


def _headers(values: Mapping[str, str], always: bool) -> str:
    end = " always;" if always else ";"
    return "\n    ".join(f"add_header {name} {quoted(value)}{end}" for name, value in values.items())


def _template(name: str) -> str:
    return files(__package__).joinpath("nginx", name).read_text(encoding="utf-8")
