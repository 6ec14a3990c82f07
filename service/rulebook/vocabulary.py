"""Vocabulary: every key of every map that a rule file may have, and every closed list.

This is the rule language as data. The files are read by it, and the schemas for editors are made from it.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..law.act import ACTS, Basis, Mind, Risk
from ..law.citation import Seen
from ..law.doubt import Doubt
from ..law.notice import Kind
from ..law.penalty import KINDS, TERMS, Whom
from ..law.verdict import Shown, Verdict

# fmt: off
# isort: off
from .condition_forms import CONDITION, CONDITION_FORMS, CONDITIONS, LEAVES, STEPS
from .label_forms import LABEL_FORMS, ORDERED, OWN_LABEL
from .shape import (
    BECAUSE, CANDIDATE, CONTENT, COUNTRY, CURRENCY, DAY, DECIMAL, FLAG, ID, LANGUAGE, LIFE, LINK, NOTICE,
    NUMBER, OTHER_COUNTRY, PARTIAL_DAY, PLACE, PREFIX, PROSE, PUBLISHER, SPAN, TAG, TERM, WORDS, YES, ZONE,
    Choice, Either, Form, Key, Name, Of, Open, Row, Several,
)
# isort: on

TITLE = Either(text=WORDS, map=Open(LANGUAGE, WORDS, must=("en",)), wanted="a text, or texts by language")
BASIS, RISK = Choice(tuple(basis.value for basis in Basis)), Choice(tuple(risk.value for risk in Risk))
FINE = Either(text=YES, map=Of("fine"), wanted="yes, or from: and to: with a sum")
PENALTY_TERM = Either(text=YES, map=Of("term"), wanted="yes, or from: and to: with a term")
DOUBTS = tuple(dict.fromkeys(doubt.subject for doubt in Doubt))

_STANDING = Key("Since when and in which state, in the order of time.", STEPS)
_BECAUSE = Key("The citation on which this rests.", BECAUSE)
_CITED = Key("The citation on which this rests.", BECAUSE, must=True)
_NOTE = Key("A remark for those who read the rule.", WORDS)
_REVIEW = Key("Who answers for the file, and when it is to be read again.", Of("review"), must=True)
_CITATIONS = Key("The sources of this file, by the key that because uses.", Open(ID, Of("citation")))
_TITLE = Key("What it is called, in English or by language.", TITLE, must=True)
_LINKS = Key("Where [bracketed words] lead.", Open(WORDS, LINK))
_DRAFT = Key("Whether no native editor has checked the text; never English.", FLAG)

_PENALTIES: Mapping[str, Key] = {
    kind: Key(f"{kind.replace('_', ' ').capitalize()}.", FINE if kind == "fine"
              else PENALTY_TERM if kind in TERMS else YES)
    for kind in KINDS
}

_ACT: Mapping[str, Key] = {
    "risk": Key("What it can lead to.", RISK),
    "repeated": Key("What it can lead to the second time.", RISK, beside="risk"),
    "basis": Key("On what this rests, where not on what the notice rests.", BASIS, beside="risk"),
    "mind": Key("The mental element that the law asks for.", Choice(tuple(mind.value for mind in Mind)), beside="risk"),
    "see": Key("Another notice that says it.", NOTICE),
    "because": _BECAUSE,
    "note": _NOTE,
}

FORMS: Mapping[str, Form] = {
    "notice": Form("One law, and what a reader is told of it.", {
        "title": _TITLE,
        "kind": Key("A warning to readers, or a label that a publisher may owe.",
                    Choice(tuple(kind.value for kind in Kind)), must=True),
        "basis": Key("On what the notice rests.", Choice(("statute", "official-warning", "practice")), must=True),
        "concerns": Key("Which publishers it is about.", Either(text=Choice(("everyone",)), map=Of("concern"),
                        wanted="everyone, or one of register:, content: and site:"), must=True),
        "standing": Key(_STANDING.about, STEPS, must=True),
        "zone": Key("Whose days the dates of a label are; of a warning they are everybody's.", ZONE),
        "applies_when": Key("To which readers it applies.", CONDITION, must=True),
        "warn_when_unsure": Key("Which readers elsewhere are warned in full where it may apply; absent: everyone.",
                                Either(text=Choice(("everyone",)), map=CONDITION, wanted="everyone, or a condition")),
        "acts": Key("What each act risks; an act left out is not stated, never safe.",
                    Open(Choice(ACTS, wanted="an act"), Either(map=Of("act"), row=Row(Of("dated act"), least=1),
                         wanted="a risk, such as {risk: criminal, because: law}"))),
        "penalties": Key("What the law threatens.", Row(Of("penalty"))),
        "defences": Key("What one may answer with, as text; what is exempt stands under not: in the condition.",
                        Row(Of("defence"), least=1, wanted="a list, such as - {what: good faith, because: law}")),
        "wording": Key("The texts, by language.", Open(LANGUAGE, Of("wording"))),
        "prescribed": Key("A text that the law prescribes letter for letter.", Of("prescribed")),
        "must_not_say": Key("Words that may not be said where this law may hold; sought in all that readers get.",
                            Row(Of("forbidden word"), least=1, wanted="a list, such as - {word: Burma, say: Myanmar}")),
        "citations": _CITATIONS,
        "review": _REVIEW,
        "examples": Key("Readers worked out by hand, and what the rule must say of them.", Row(Of("example"))),
    }),
    "concern": Form("Which publishers a notice is about.", {
        "register": Key("Those in this register.", Name("register", wanted="the name of a register")),
        "measure": Key("Only entries under this measure.", TAG, beside="register"),
        "content": Key("Those whose page carries one of these.", Several(CONTENT)),
        "site": Key("Those whose file states this fact.", Name("site", wanted=TAG.wanted)),
        "everyone": Key("All.", YES),
    }, one=("register", "content", "site", "everyone")),
    **CONDITION_FORMS,
    "act": Form("What an act risks.", _ACT, one=("risk", "see")),
    "dated act": Form("What an act risks from a date on.", {
        "from": Key("The first day.", PARTIAL_DAY, must=True), **_ACT,
        "because": _CITED,
    }, one=("risk", "see")),
    "penalty": Form("One threat.", {
        "for": Key("Whom it is for.", Choice(tuple(whom.value for whom in Whom)), must=True),
        "when": Key("Only then.", Of("when", wanted="a condition, such as {repeated: yes}")),
        "acts": Key("Only for these acts.", Row(Choice(ACTS, wanted="an act"), least=1)),
        **_PENALTIES,
        "one_of": Key("One of these.", Row(Of("option"), least=2)),
        "all_of": Key("All of these together.", Row(Of("option"), least=2)),
        "sources_differ": Key("Whether two sources contradict each other here.", FLAG),
        "because": _CITED,
        "note": _NOTE,
    }, some=(*KINDS, "one_of", "all_of")),
    "option": Form("One or more kinds of penalty.", _PENALTIES, some=KINDS),
    "fine": Form("A sum.", {
        "from": Key("The least.", DECIMAL), "to": Key("The most.", DECIMAL),
        "currency": Key("In this currency.", CURRENCY),
        "unit": Key("In this unit of account.", Name("unit", wanted="the name of a unit, such as by/base-unit")),
        "percent_of": Key("In hundredths of this, such as worldwide turnover.", WORDS),
    }, one=("currency", "unit", "percent_of"), some=("from", "to")),
    "term": Form("A term.", {"from": Key("The least.", TERM), "to": Key("The most.", TERM)}, some=("from", "to")),
    "when": Form("When a penalty is threatened.", {
        "repeated": Key("The second time.", YES),
        "followers": Key("The reader has more followers.", Of("followers", wanted="over: and a number")),
        **{key: CONDITIONS[key] for key in LEAVES},
    }, one=("repeated", "followers", *LEAVES)),
    "followers": Form("A number of followers.", {"over": Key("More than this.", NUMBER, must=True)}),
    "defence": Form("What the law lets one answer with.", {
        "what": Key("What it is, as the law calls it.", WORDS, must=True),
        "includes": Key("What a source names as an instance of it.", Row(WORDS, least=1,
                        wanted="a list, such as [journalism, research]")),
        "because": _CITED,
        "note": _NOTE,
    }),
    "wording": Form("The texts of one language.", {
        "draft": _DRAFT,
        "applies": Key("For readers to whom it certainly applies.", PROSE),
        "may_apply": Key("For readers to whom it may apply: the text carries the condition.", PROSE),
        "links": _LINKS,
    }, some=("applies", "may_apply")),
    **LABEL_FORMS,
    "forbidden word": Form("A word that may not be said.", {
        "word": Key("The word, in whatever case.", WORDS, must=True),
        "also": Key("Its other forms and spellings.", Row(WORDS, least=1)),
        "say": Key("What to say instead.", WORDS),
        "because": _BECAUSE,
    }),
    "example": Form("A reader, and what the rule must say of them.", {
        "name": Key("Who it is, in words.", WORDS, must=True),
        "publisher": Key("Whose page it is.", PUBLISHER, must=True),
        "on": Key("On which date; absent: that of the last review.", DAY),
        "reader": Key("What is known of the reader.", Of("reader", wanted="what is known, such as {located_in: DE}"),
                      must=True),
        "content": Key("What the page carries.", Row(CONTENT)),
        "site": Key("Facts of the site, as if its file said so.", Row(Name("site", wanted=TAG.wanted))),
        "carries": Key("As if the publisher printed this label.", YES),
        "expect": Key("The verdict.", Choice(tuple(verdict.value for verdict in Verdict)), must=True),
        "shown": Key("How much the page shows.", Choice(tuple(shown.value for shown in Shown))),
        "doubts": Key("On what the verdict hangs.", Row(Choice(DOUBTS))),
    }),
    "reader": Form("What is known of a reader; what is left out is not known.", {
        "located_in": Key("Where they may be.", Several(CANDIDATE)),
        "citizen_of": Key("At least these citizenships.", Several(COUNTRY)),
        "not_citizen_of": Key("Not these; other stands for all else.", Several(OTHER_COUNTRY)),
        "stateless": Key("Whether they are stateless.", FLAG),
        "resident_of": Key("Where they live.", CANDIDATE),
        "age": Key("Their age in years.", NUMBER),
        "occupation": Key("What they work as.", Several(TAG)),
        "page_language": Key("The language in which the page was asked for.", LANGUAGE),
    }),
    "citation": Form("One source.", {
        "title": Key("What it is.", WORDS, must=True),
        "url": Key("Where it stands.", LINK),
        "seen": Key("How good it is.", Choice(tuple(seen.value for seen in Seen)), must=True),
        "checked": Key("When it was last looked at.", DAY, must=True),
        "quote": Key("Its words.", WORDS),
    }),
    "review": Form("Who answers for a file.", {
        "by": Key("A role, never a person's name.", WORDS, must=True),
        "last": Key("When it was last read.", DAY, must=True),
        "next": Key("When it is to be read again.", DAY, must=True),
        "approved_by": Key("The role or key of counsel who approved it; empty if nobody has.", WORDS, blank=True),
        "note": Key("What must still be checked.", WORDS),
    }),
    "register": Form("A list that an authority keeps.", {
        "title": Key("What it is called.", WORDS, must=True),
        "kept_by": Key("The authority.", WORDS, must=True),
        "stale_after": Key("How long a check of it holds.", SPAN),
        "checked": Key("When it was last compared with the authority's own.", DAY, must=True),
        "entries": Key("Who is listed.", Row(Of("entry")), must=True),
        "citations": _CITATIONS,
        "review": _REVIEW,
    }),
    "entry": Form("One designation.", {
        "publisher": Key("Whose it is.", PUBLISHER),
        "person": Key("Whose it is, where a person is listed.", Name("person", wanted=TAG.wanted)),
        "covers": Key("Whether it says that it covers all parts.", Choice(("all parts",)), beside="publisher"),
        "decided": Key("The day of the decision.", PARTIAL_DAY),
        "listed": Key("The day of the listing.", PARTIAL_DAY),
        "removed": Key("The last day on the list.", PARTIAL_DAY),
        "standing": _STANDING,
        "measures": Key("What it orders.", Row(TAG, least=1)),
        "ends_when": Key("The event that ends it; a person ends it then.", WORDS),
        "name": Key("How the register spells it.", WORDS),
        **ORDERED,
        "because": _CITED,
        "note": _NOTE,
    }, one=("publisher", "person"), some=("decided", "listed", "standing")),
    "territory": Form("An area that has no code of its own.", {
        "title": Key("What it is called.", WORDS, must=True),
        "about": Key("Whether it lists control or claims.", Choice(("control", "claim")), must=True),
        "wholly": Key("Places that belong to it as a whole.", Row(Of("holding"))),
        "partly": Key("Places of which a part belongs to it: never more than may_apply.", Row(Of("holding"))),
        "citations": _CITATIONS,
        "review": _REVIEW,
    }, some=("wholly", "partly")),
    "holding": Form("One place.", {
        "place": Key("Its code.", PLACE, must=True),
        "from": Key("The first day.", PARTIAL_DAY),
        "until": Key("The last day.", PARTIAL_DAY),
        "share": Key("How much of it, as the source gives it.", WORDS),
        "because": _CITED,
    }),
    "publisher": Form("A website, or a brand of one.", {
        "name": Key("What it is called, in English or by language.", TITLE, must=True),
        "languages": Key("In which it publishes; the first is the default.", Row(LANGUAGE, least=1), must=True),
        "fallback": Key("For a language that it lacks, those to try instead.", Open(LANGUAGE, Row(LANGUAGE, least=1))),
        "part_of": Key("The publisher of which it is a part.", PUBLISHER),
        "run_by": Key("The persons who run it, as registers name them.", Row(Name("person", wanted=TAG.wanted))),
        "universal": Key("The notices that a reader of whom nothing is known sees in full, in order.", Row(NOTICE)),
        "universal_text": Key("Its own text where nothing better can be served, by language.",
                              Open(LANGUAGE, Either(text=PROSE, map=Of("speech"), wanted=PROSE.wanted))),
        "carries": Key("The labels that it chooses to print.", Row(NOTICE)),
        "held_back": Key("What becomes of notices for readers elsewhere.", Choice(("fold", "hide"))),
        "may_carry": Key("What its pages may carry.", Row(CONTENT)),
        "site": Key("Facts about the site.", Row(Name("site", wanted=TAG.wanted))),
        "notices": Key("What it says differently, by notice.", Open(NOTICE, Of("own"))),
        "page": Key("How its pages take what we say.", Of("page")),
        "citations": _CITATIONS,
        "review": _REVIEW,
    }),
    "page": Form("How a publisher's pages take what we say.", {
        "heading_level": Key("The level of the heading over it, 2 if not said.", Choice(tuple("123456"))),
        "class_prefix": Key("How every class and id in it begins, rdr if not said.", PREFIX),
        "browsers_keep": Key("For how long a reader's browser may keep it; not at all if not said.", LIFE),
    }),
    "own": Form("What a publisher says of one notice.", {
        "wording": Key("Its own texts, by language.", Open(LANGUAGE, Of("own wording"))),
        "slots": Key("What it writes into the slots of a prescribed text.",
                     Open(ID, Either(text=WORDS, row=Row(WORDS, least=1), wanted="a text, or a list of words"))),
        **OWN_LABEL,
    }, some=("wording", "slots", *OWN_LABEL)),
    "own wording": Form("A publisher's texts of one language.", {
        "draft": _DRAFT,
        "applies": Key("For readers to whom it certainly applies.", Of("own speech")),
        "may_apply": Key("For readers to whom it may apply.", Of("own speech")),
    }, some=("applies", "may_apply")),
    "own speech": Form("A publisher's text.", {
        "speaks_for": Key("The cases for which it was written.", Row(ID, least=1)),
        "leaves_out": Key("The cases that it does not mention.", Row(ID), beside="speaks_for"),
        "reason": Key("Why.", WORDS),
        "text": Key("The text.", PROSE, must=True),
        "links": _LINKS,
    }),
    "speech": Form("A text with links.", {
        "draft": _DRAFT,
        "text": Key("The text.", PROSE, must=True),
        "links": _LINKS,
    }),
    "unit": Form("A unit of account in which fines are counted.", {
        "title": Key("What it is called.", WORDS, must=True),
        "values": Key("What it is worth, from which day.", Row(Of("unit value"), least=1), must=True),
        "citations": _CITATIONS,
        "review": _REVIEW,
    }),
    "unit value": Form("What a unit is worth.", {
        "from": Key("The first day.", PARTIAL_DAY, must=True),
        "value": Key("How much.", DECIMAL, must=True),
        "currency": Key("Of this currency.", CURRENCY, must=True),
        "because": _CITED,
    }),
}

FOLDERS: Mapping[str, str] = {f"{form}s": form for form in ("notice", "register", "publisher", "unit", "calendar")} | {
    "territories": "territory"
}
"""The form of the files in each folder."""
