"""Label forms: the maps in which a rule file says what a label has to say and how it has to look."""

from __future__ import annotations

from collections.abc import Mapping

from ..law.prescribed import MEDIA

# fmt: off
# isort: off
from .shape import (
    BECAUSE, ID, LABEL_LANGUAGE, LANGUAGE, LINK, PARTIAL_DAY, PROSE, VERBATIM, WORDS, YES,
    Choice, Either, Form, Key, Of, Open, Row, Several,
)
# isort: on

_PRESCRIBED: Mapping[str, Key] = {
    "language": Key("The language that the label has to be in.", LABEL_LANGUAGE),
    "written_in": Key("The language of the text as it stands here.", LANGUAGE, beside="language"),
    "text": Key("The text, letter for letter, with {slots}.", PROSE),
    "hash": Key("SHA-256 of the text, so that no change goes unseen.", WORDS),
    "linked": Key("The text has to be a link; each publisher says where it leads.", YES),
    "one_of": Key("The texts of which one has to stand there.", Row(Of("fixed text"), least=2)),
    "elements": Key("What the publisher's own words have to say.", Row(Of("element"), least=1)),
    "from_order": Key("The text comes with each order, and stands in the entry of the register.", YES),
    "slots": Key("What stands in the slots of the text.", Open(ID, Either(text=Choice(("text",)), map=Of("slot"),
                 wanted="text, or of: with a list of words"))),
    "form": Key("How it has to look or sound, by medium.", Open(Choice(MEDIA, wanted="a medium"), Of("look"))),
    "because": Key("The citation on which this rests.", BECAUSE,
                   needed_with=("text", "one_of", "elements", "from_order")),
}

OWN_LABEL: Mapping[str, Key] = {
    "link": Key("Where a label leads that has to be a link.", LINK),
    "chooses": Key("Which of several prescribed texts it prints, word for word.", WORDS),
    "texts": Key("A prescribed text in the other languages of its material.", Open(LANGUAGE, PROSE)),
    "elements": Key("Its words for each element of a label, by language.", Open(LANGUAGE, Open(ID, WORDS))),
}
"""What a publisher says of a label that it carries."""

ORDERED: Mapping[str, Key] = {
    "text": Key("The text that came with the order, letter for letter.", PROSE),
    "language": Key("The language of that text.", LANGUAGE, beside="text"),
    "hash": Key("SHA-256 of that text, so that no change goes unseen.", WORDS, beside="text"),
}
"""What an entry of a register says of the text that came with its order."""

LABEL_FORMS: Mapping[str, Form] = {
    "prescribed": Form("What a law prescribes for a label.", {
        **_PRESCRIBED,
        "versions": Key("What it prescribed from which day on, in the order of time.", Row(Of("version"), least=1)),
    }, one=("text", "one_of", "elements", "from_order", "versions")),
    "version": Form("What a law prescribes for a label from a day on.", {
        "from": Key("The first day.", PARTIAL_DAY, must=True), **_PRESCRIBED,
    }, one=("text", "one_of", "elements", "from_order")),
    "fixed text": Form("One of several texts.", {
        "text": Key("The text, letter for letter, with {slots}.", PROSE, must=True),
        "hash": Key("SHA-256 of the text, so that no change goes unseen.", WORDS),
    }),
    "element": Form("One thing that a label has to say.", {
        "name": Key("What publishers call it in their files.", ID, must=True),
        "say": Key("What has to be said.", WORDS, must=True),
        "when": Key("Only then, which a person judges; left out: always.", WORDS),
        "because": Key("The citation on which this rests.", BECAUSE),
    }),
    "look": Form("How a label has to look or sound in a medium, as the law says it.", {
        "placement": Key("Where it has to stand.", WORDS),
        "size": Key("How large.", WORDS),
        "contrast": Key("How well it has to stand out.", WORDS),
        "colours": Key("In which colours.", WORDS),
        "duration": Key("For how long.", WORDS),
        "dismiss": Key("How it may go away.", WORDS),
        "shows": Key("The times at which it has to be seen.", Row(Of("showing"), least=1)),
        "appended": Key("What has to stand behind it.", WORDS),
        "every_item": Key("It has to stand on every item.", YES),
        "judged_by_hand": Key("What only a person can judge.", Several(WORDS)),
        "because": Key("The citation on which this rests.", BECAUSE),
    }, some=("placement", "size", "contrast", "colours", "duration", "dismiss", "shows", "appended", "every_item",
             "judged_by_hand")),
    "showing": Form("A time at which a label has to be seen.", {
        "at": Key("When.", WORDS, must=True),
        "for": Key("For how long.", WORDS),
        "covers": Key("How much of the screen.", WORDS),
        "dismiss": Key("How it may go away.", WORDS),
    }),
    "slot": Form("A slot that takes words of a closed list.", {
        "of": Key("The words.", Row(WORDS, least=1), must=True),
        "join": Key("What stands between the last two.", VERBATIM),
        "list": Key("What stands between the others.", VERBATIM),
    }),
}
