"""Words: the words of a memo in each language that counsel reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language; closed lists are keyed by the words of the rule language."""

    language: str
    kinds: Mapping[str, str]
    bases: Mapping[str, str]
    minds: Mapping[str, str]
    states: Mapping[str, str]
    risks: Mapping[str, str]
    whom: Mapping[str, str]
    kinds_of_penalty: Mapping[str, str]
    seen: Mapping[str, str]
    verdicts: Mapping[str, str]
    not_advice: str
    concerns: str
    by_register: str
    by_content: str
    by_site: str
    by_nothing: str
    entry_header: tuple[str, ...]
    standing: str
    always: str
    since: str
    applies: str
    ladder: str
    elsewhere: str
    inside_always: str
    elsewhere_always: str
    acts: str
    act_header: tuple[str, ...]
    not_stated: str
    see: str
    repeated: str
    penalties: str
    least: str
    most: str
    percent_of: str
    either: str
    both: str
    for_acts: str
    if_repeated: str
    if_followers: str
    if_condition: str
    sources_differ: str
    defences: str
    including: str
    not_decided: str
    must_not_say: str
    say_instead: str
    wording: str
    prescribed: str
    draft: str
    sources: str
    source_header: tuple[str, ...]
    review: str
    reviewed: str
    approved: str
    not_approved: str
    signature: str
    yes: str
    acts_named: Mapping[str, str]


ENGLISH = Words(
    language="en",
    kinds={"reader-risk": "a warning to readers", "publisher-duty": "a label that a publisher may owe"},
    bases={
        "statute": "rests on a statute",
        "official-warning": "rests on a warning by the authorities",
        "practice": "rests on what is done in practice",
        "publisher": "rests on a publisher's own word",
    },
    minds={
        "strict": "without any intent",
        "reckless": "recklessly",
        "knowing": "knowingly",
        "purpose": "on purpose",
    },
    states={
        "not yet": "not yet in force",
        "in force": "in force",
        "in doubt": "in doubt",
        "suspended": "suspended",
        "ended": "ended",
    },
    risks={
        "none": "not punished",
        "unclear": "unclear",
        "administrative": "administrative offence",
        "criminal": "crime",
    },
    whom={"individual": "Individuals", "official": "Officials", "company": "Companies"},
    kinds_of_penalty={
        "fine": "fine", "prison": "prison", "arrest": "arrest", "labour": "compulsory labour",
        "forced_labour": "forced labour", "death": "death penalty", "life": "prison for life",
        "confiscation": "confiscation", "asset_freeze": "freezing of assets",
        "citizenship_loss": "loss of citizenship", "expulsion": "expulsion", "blocking": "blocking",
        "restricted_liberty": "restricted liberty", "activity_ban": "a ban on holding posts or doing certain work",
        "warning": "a warning",
    },
    seen={"official": "official source", "press": "press", "weak": "weak source"},
    verdicts={"applies": "where it applies", "may_apply": "where it may apply"},
    not_advice="Rule set {}. This is a draft for counsel and not legal advice.",
    concerns="Whom it concerns",
    by_register="Publishers in this register: {}, kept by {}; last checked on {}.",
    by_content="Pages that carry: {}.",
    by_site="Publishers of which this is so: {}.",
    by_nothing="Every publisher.",
    entry_header=("entry", "decided", "listed", "covers all parts"),
    standing="Since when",
    always="from the beginning: {}",
    since="from {}: {}",
    applies="Applies to readers of whom this is true",
    ladder="Every way from left to right is a way to be concerned. Dashed: a reading of the law that is open.",
    elsewhere="Readers elsewhere of whom too little is known",
    inside_always="Whoever may be in a place that the law names is always warned in full. Others are, if:",
    elsewhere_always="always.",
    acts="What a reader can do, and the risk",
    act_header=("act", "risk", "since", "basis and source"),
    not_stated="An act that is left out is not stated, and never thereby safe.",
    see="see {}",
    repeated=", repeated: {}",
    penalties="What is threatened",
    least="from {}",
    most="up to {}",
    percent_of="percent of {}",
    either=" or ",
    both=" and ",
    for_acts="; for: {}",
    if_repeated="; if repeated",
    if_followers="; with more than {} followers",
    if_condition="; if {}",
    sources_differ="; the sources differ",
    defences="What one may answer with",
    including=", including: {}",
    not_decided="Whether a defence holds is for a court to say; what readers are told does not depend on it.",
    must_not_say="What must not be said where this law may hold",
    say_instead="; said instead: {}",
    wording="What readers are told",
    prescribed="The law prescribes this text, letter for letter except for its slots (SHA-256 {}).",
    draft=" — a draft that no native editor has read",
    sources="Sources",
    source_header=("no.", "title", "address", "seen as", "on"),
    review="Review",
    reviewed="Answered for by: {}. Last reviewed on {}; to be reviewed again by {}.",
    approved="Approved by: {}.",
    not_approved="Not approved by counsel.",
    signature="Read and found right. Role: ______________  Date: ____________  Signature: ______________",
    yes="yes",
    acts_named={
        "read_habitually": "read habitually", "bypass_block": "get around a block",
        "possess_device": "possess a device", "pay_subscribe": "pay for a subscription",
        "share_privately": "share privately", "send_material": "send material",
        "screen_publicly": "screen in public", "wear_symbol": "wear a symbol",
        "collect_money": "collect money", "receive_money": "receive money", "work_with": "work with",
    },
)  # fmt: skip

RUSSIAN = Words(
    language="ru",
    kinds={"reader-risk": "предупреждение читателям", "publisher-duty": "указание, к которому обязывают издателя"},
    bases={
        "statute": "основано на законе",
        "official-warning": "основано на предупреждении властей",
        "practice": "основано на практике",
        "publisher": "основано на словах самого издания",
    },
    minds={
        "strict": "независимо от умысла",
        "reckless": "по неосторожности",
        "knowing": "заведомо",
        "purpose": "с целью",
    },
    states={
        "not yet": "ещё не действует",
        "in force": "действует",
        "in doubt": "под вопросом",
        "suspended": "приостановлено",
        "ended": "прекратилось",
    },
    risks={
        "none": "не наказывается",
        "unclear": "неясно",
        "administrative": "административное правонарушение",
        "criminal": "преступление",
    },
    whom={"individual": "Граждане", "official": "Должностные лица", "company": "Юридические лица"},
    kinds_of_penalty={
        "fine": "штраф", "prison": "лишение свободы", "arrest": "арест", "labour": "обязательные работы",
        "forced_labour": "принудительные работы", "death": "смертная казнь", "life": "пожизненное заключение",
        "confiscation": "конфискация", "asset_freeze": "замораживание средств",
        "citizenship_loss": "лишение гражданства", "expulsion": "выдворение", "blocking": "блокировка",
        "restricted_liberty": "ограничение свободы", "activity_ban": "запрет занимать должности или вести деятельность",
        "warning": "предупреждение",
    },
    seen={"official": "официальный источник", "press": "пресса", "weak": "слабый источник"},
    verdicts={"applies": "если касается", "may_apply": "если может касаться"},
    not_advice="Набор правил {}. Это черновик для юриста, а не юридическая консультация.",
    concerns="Кого касается",
    by_register="Издания из этого перечня: {}; ведёт: {}; последняя проверка: {}.",
    by_content="Страницы, на которых есть: {}.",
    by_site="Издания, о которых верно: {}.",
    by_nothing="Любое издание.",
    entry_header=("запись", "решение", "внесение", "со всеми проектами"),
    standing="С какого времени",
    always="с самого начала: {}",
    since="с {}: {}",
    applies="Касается читателей, о которых верно следующее",
    ladder="Каждый путь слева направо — способ попасть под действие. Пунктир: возможное, но не решённое толкование.",
    elsewhere="Читатели в других местах, о которых известно слишком мало",
    inside_always="Тех, кто может быть в названном законом месте, всегда предупреждают полностью. Остальных — если:",
    elsewhere_always="всегда.",
    acts="Что может сделать читатель и чем это грозит",
    act_header=("действие", "риск", "с", "основание и источник"),
    not_stated="О действии, которого здесь нет, ничего не сказано; это не значит, что оно безопасно.",
    see="см. {}",
    repeated=", повторно: {}",
    penalties="Чем грозит",
    least="от {}",
    most="до {}",
    percent_of="процентов от: {}",
    either=" или ",
    both=" и ",
    for_acts="; за: {}",
    if_repeated="; при повторении",
    if_followers="; если подписчиков больше {}",
    if_condition="; если {}",
    sources_differ="; источники расходятся",
    defences="Чем можно оправдаться",
    including=", в том числе: {}",
    not_decided="Принять ли такое объяснение, решает суд; то, что говорят читателям, от этого не зависит.",
    must_not_say="Чего нельзя говорить там, где может действовать этот закон",
    say_instead="; вместо этого: {}",
    wording="Что говорят читателям",
    prescribed="Этот текст предписан законом дословно, кроме отмеченных мест (SHA-256 {}).",
    draft=" — черновик, который не читал редактор-носитель языка",
    sources="Источники",
    source_header=("№", "название", "адрес", "вид", "дата"),
    review="Проверка",
    reviewed="Отвечает: {}. Последняя проверка: {}; следующая не позднее: {}.",
    approved="Утвердил: {}.",
    not_approved="Юристом не утверждено.",
    signature="Прочитано и признано верным. В качестве: ____________  Дата: __________  Подпись: ____________",
    yes="да",
    acts_named={
        "read": "читать", "read_habitually": "читать постоянно", "search": "искать",
        "bypass_block": "обходить блокировку", "possess_device": "иметь устройство", "follow": "подписаться",
        "pay_subscribe": "платить за подписку", "like": "ставить «нравится»", "tag": "отмечать",
        "comment": "комментировать", "share": "распространять", "share_privately": "пересылать лично",
        "link": "ставить ссылку", "save": "сохранять", "import": "ввозить", "contact": "связываться",
        "send_material": "передавать материалы", "appear": "давать интервью",
        "screen_publicly": "показывать публично", "wear_symbol": "носить символику", "join": "вступать",
        "advertise": "рекламировать", "mention": "упоминать", "donate": "жертвовать деньги",
        "collect_money": "собирать деньги", "receive_money": "получать деньги", "work_with": "сотрудничать",
        "travel": "ездить",
    },
)  # fmt: skip

WORDS: Mapping[str, Words] = {"en": ENGLISH, "ru": RUSSIAN}
