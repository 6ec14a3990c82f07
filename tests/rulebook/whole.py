"""Whole: a small rule set in which every key stands somewhere."""

from __future__ import annotations

NOTICE = b"""\
title: {en: A law, ru: Zakon}
kind: reader-risk
basis: practice
concerns: {register: xx/all, measure: funds}
standing:
  - {from: 2020-01-01, is: in force, because: one}
applies_when:
  all_of:
    - {located_in: RU, case: inside, from: 2021-02, until: 2030-03, because: one, note: Where it counts}
    - {stateless: no}
    - {age: {from: 16, to: 99}}
    - {not: {citizen_of: [DE, FR]}}
warn_when_unsure: {page_language: ru}
acts:
  share: {risk: criminal, repeated: criminal, basis: statute, mind: knowing, because: one, note: About sharing}
penalties:
  - for: official
    when: {followers: {over: 1000}}
    acts: [share, like]
    fine: {from: 10, to: 20, unit: xx/unit}
    confiscation: yes
    sources_differ: yes
    because: one
    note: About the fine
  - for: company
    when: {citizen_of: RU}
    all_of: [{blocking: {from: 15 days, to: 1 year}}, {asset_freeze: yes}]
    because: one
wording:
  en:
    applies: |
      It applies.
    may_apply: |
      It may apply.
citations:
  one: {title: The law, url: "https://law.example.org/", seen: official, checked: 2026-11-22, quote: Its words}
review: {by: legal desk, last: 2026-11-23, next: 2027-02-24, approved_by: counsel, note: Read it again}
examples:
  - name: somebody
    publisher: site
    on: 2026-11-20
    reader:
      located_in: [RU, unknown]
      citizen_of: KZ
      not_citizen_of: [RU, other]
      stateless: no
      resident_of: RU-MOW
      age: 34
      occupation: [teacher, editor]
      page_language: ru
    content: [xx/list]
    expect: may_apply
    shown: full
    doubts: [place]
"""
PUBLISHER = b"""\
name: Site
languages: [en, ru]
fallback: {be: [ru], uk: [ru, en]}
run_by: [xx/editor]
universal_text:
  ru:
    draft: yes
    text: |
      [More].
    links: {More: "https://site.example.org/"}
site: [paper]
may_carry: [xx/list]
notices:
  xx/law:
    wording:
      ru:
        draft: yes
        applies:
          speaks_for: [inside]
          text: |
            Our [own] words.
          links: {own: "https://site.example.org/own"}
page: {browsers_keep: 2 minutes}
review: {by: Site, last: 2026-11-23, next: 2027-02-23, approved_by: counsel}
"""
REGISTER = b"""\
title: The list
kept_by: The ministry
stale_after: 2 weeks
checked: 2026-11-21
entries:
  - {publisher: site, decided: 2024-02-20, listed: 2024-02-02, measures: [funds], name: SITE, because: press,
     note: Seen}
  - person: xx/editor
    standing:
      - {from: 2024, is: in force, because: press}
      - {from: 2025-06, is: ended, because: press}
    ends_when: they resign
    because: press
citations:
  press: {title: The press, seen: press, checked: 2026-11-23}
review: {by: legal desk, last: 2026-11-23, next: 2026-12-23, approved_by: }
"""
UNIT = b"""\
title: The unit
values:
  - {from: 2025-01-01, value: 42.5, currency: BYN, because: etalon}
citations:
  etalon: {title: The resolution, seen: weak, checked: 2026-11-23}
review: {by: legal desk, last: 2026-11-23, next: 2027-01-01, approved_by: }
"""
TERRITORY = b"""\
title: The area
about: claim
partly:
  - {place: UA-14, from: 2022-02, until: 2025-03, share: 78 %, because: press}
citations:
  press: {title: The press, seen: press, checked: 2026-11-23}
review: {by: legal desk, last: 2026-11-23, next: 2026-12-23, approved_by: }
"""
FILES = {
    "notices/ru/law.yaml": NOTICE.replace(b"xx/", b"ru/"),
    "publishers/site.yaml": PUBLISHER.replace(b"xx/", b"ru/"),
    "registers/ru/all.yaml": REGISTER.replace(b"xx/", b"ru/"),
    "units/ru/unit.yaml": UNIT,
    "territories/area.yaml": TERRITORY,
}
