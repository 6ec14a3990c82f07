"""Condition forms: the part of the vocabulary in which laws say whom they are about, and since when."""

from __future__ import annotations

from collections.abc import Mapping

from ..law.standing import State

# fmt: off
# isort: off
from .shape import (
    AREA, BECAUSE, CONTENT, COUNTRY, DAY, FLAG, ID, LANGUAGE, NEAR, NOTICE, NUMBER, PARTIAL_DAY, TAG, WORDS, YES,
    Choice, Form, Key, Name, Of, Open, Row, Several,
)
# isort: on

CONDITION = Of("condition", wanted="a condition")
STEPS = Row(Of("step"), least=1, wanted="a list of steps, such as - {from: 2026-02-13, is: in force, because: law}")

CONDITIONS: Mapping[str, Key] = {
    "any_of": Key("At least one of these conditions holds.", Row(CONDITION, least=1, wanted="a list of conditions")),
    "all_of": Key("All of these conditions hold.", Row(CONDITION, least=1, wanted="a list of conditions")),
    "not": Key("This condition does not hold.", CONDITION),
    "possibly": Key("This condition, if the law is read so widely: never more than may_apply.", CONDITION),
    "located_in": Key("Where the reader is: a territory, a code, or a list of which any one will do.", Several(AREA)),
    "citizen_of": Key("A citizenship that the reader holds, whatever others beside it.", Several(COUNTRY)),
    "stateless": Key("Whether the reader is stateless.", FLAG),
    "resident_of": Key("Where the reader lives for good, or holds a permit to.", Several(AREA)),
    "age": Key("The reader's age in years, both ends inclusive.", Of("age", wanted="from: and to: with an age")),
    "occupation": Key("What the reader works as.", Several(TAG)),
    "content": Key("What the page carries.", Several(CONTENT)),
    "page_language": Key("The language in which the page was asked for.", Several(LANGUAGE)),
    "same_as": Key("The condition of another notice.", NOTICE),
    "everyone": Key("Holds for everybody.", YES),
    "during": Key("The days around those of a calendar; where these are not known, perhaps.",
                  Of("during", wanted="calendar:, from: and to:")),
    "unless_determined": Key("In labels: holds unless this is known of the reader, and so where it is not known.",
                             Of("determined", wanted="an age, such as {age: {from: 18}}")),
}
_NO_LEAVES = ("any_of", "all_of", "not", "possibly", "same_as", "during", "unless_determined")
LEAVES = tuple(key for key in CONDITIONS if key not in _NO_LEAVES)

_BECAUSE = Key("The citation on which this rests.", BECAUSE)
_STANDING = Key("Since when and in which state, in the order of time.", STEPS)

CONDITION_FORMS: Mapping[str, Form] = {
    "step": Form("From a date on, a state.", {
        "from": Key("The first day of the state.", PARTIAL_DAY, must=True),
        "is": Key("The state.", Choice(tuple(state.value for state in State)), must=True),
        "because": Key(_BECAUSE.about, BECAUSE, must=True),
    }),
    "condition": Form("What is asked of a reader: exactly one question or group.", {
        **CONDITIONS,
        "case": Key("The name by which wordings and explanations call this branch.", ID),
        "from": Key("The first day on which this branch is law.", PARTIAL_DAY),
        "until": Key("The last day on which this branch is law.", PARTIAL_DAY),
        "standing": _STANDING,
        "because": Key(_BECAUSE.about, BECAUSE, needed_with=("from", "until")),
        "note": Key("A remark for those who read the rule.", WORDS),
    }, one=tuple(CONDITIONS)),
    "age": Form("A span of ages.", {
        "from": Key("The youngest age.", NUMBER), "to": Key("The oldest age.", NUMBER),
    }, some=("from", "to")),
    "determined": Form("What would have to be known.", {
        "age": Key(CONDITIONS["age"].about, CONDITIONS["age"].shape, must=True),
    }),
    "during": Form("A span around each day of a calendar.", {
        "calendar": Key("The calendar.", Name("calendar", wanted="the name of a calendar, such as kr/elections"),
                        must=True),
        "from": Key("Its first day.", NEAR, must=True),
        "to": Key("Its last day.", NEAR, must=True),
    }),
    "calendar": Form("The days of something that comes again.", {
        "title": Key("What it is called.", WORDS, must=True),
        "days": Key("Every day up to known_until, as far back as a law asks.", Row(Of("occasion")), must=True),
        "known_until": Key("The last day of which it is known whether it is one.", DAY, must=True),
        "citations": Key("The sources of this file, by the key that because uses.", Open(ID, Of("citation"))),
        "review": Key("Who answers for the file, and when it is to be read again.", Of("review"), must=True),
    }),
    "occasion": Form("One day of a calendar.", {
        "day": Key("The day.", DAY, must=True),
        "because": Key(_BECAUSE.about, BECAUSE, must=True),
    }),
}
