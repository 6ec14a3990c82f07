"""Openapi: the document is what the service does, no more and no less, and its page for people works as printed."""

from __future__ import annotations

import itertools
import re
import shlex
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from service.answer import reply
from service.answer.body import Form
from service.answer.problem import KINDS
from service.answer.reply import State
from service.law.act import ACTS, Basis, Mind, Risk
from service.law.citation import Seen
from service.law.doubt import Doubt
from service.law.notice import Kind
from service.law.verdict import Shown, Verdict
from service.page.grade import Grade
from service.page.risk import CONTROLS, MARKED, READING, Gate
from service.page.sheet import UNIVERSAL
from service.rulebook import load
from service.web import inquiry, limit, openapi
from service.web.reference import ADDRESS, example

from .law import Service

ROOT = Path(__file__).resolve().parents[2]
PLACES = ("any", "RU", "BY", "UA-43", "DE", "IR", "HK", "KG", "russia-controlled")


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """A service over the rules that ship with it."""
    rules = load(ROOT / "tests/seed").ruleset
    assert rules is not None
    return Service(tmp_path_factory.mktemp("shipped"), rules=rules)


@pytest.fixture(scope="module")
def document(shipped: Service) -> dict[str, Any]:
    answer = shipped.client.get("/openapi.json")
    assert (answer.status_code, answer.content_type) == (200, "application/json")
    found: dict[str, Any] = answer.json
    return found


def operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_the_document_is_valid_openapi(document: dict[str, Any]) -> None:
    assert document["openapi"] == "3.1.0"
    assert [str(error) for error in OpenAPIV31SpecValidator(document).iter_errors()] == []


def test_every_route_of_the_app_is_in_it_and_nothing_else(document: dict[str, Any], shipped: Service) -> None:
    routes = {
        (re.sub(r"<(?:[^<>]+:)?(\w+)>", r"{\1}", rule.rule), method)
        for rule in shipped.app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert {(path, method.upper()) for path, method, _ in operations(document)} == routes
    assert len(routes) > 20


def test_a_route_that_nobody_described_is_a_mistake(shipped: Service) -> None:
    app = Flask("other", static_folder=None)
    app.add_url_rule("/v1/<publisher>/secret", "x", lambda publisher: publisher)
    with pytest.raises(openapi.Undescribed, match=r"/v1/\{publisher\}/secret"):
        openapi.document(app, shipped.library.edition, "1")


def test_every_slot_of_a_path_is_a_parameter_and_every_operation_has_a_name_of_its_own(
    document: dict[str, Any],
) -> None:
    names = []
    for path, _, operation in operations(document):
        slots = [told["name"] for told in operation.get("parameters", ()) if told["in"] == "path"]
        assert slots == re.findall(r"\{(\w+)\}", path)
        assert all("example" in told for told in operation.get("parameters", ()) if told["in"] == "path")
        names.append(operation["operationId"])
    assert len(set(names)) == len(names)


def values(of: Iterable[Enum]) -> list[str]:
    return [value.value for value in of]


def test_every_closed_list_is_the_codes_own(document: dict[str, Any], shipped: Service) -> None:
    shapes = document["components"]["schemas"]
    edition = shipped.library.edition
    notice, act = shapes["Notice"]["properties"], shapes["Act"]["properties"]
    risk, pointing = (part["properties"] for part in shapes["Exposure"]["anyOf"])
    asked = shapes["Inquiry"]["properties"]
    shown = [shown.value for shown in Shown if shown is not Shown.NONE]
    verdicts = [verdict.value for verdict in Verdict if verdict is not Verdict.DOES_NOT_APPLY]
    expected = [
        (document["components"]["headers"]["Notice-State"]["schema"], values(State)),
        (shapes["Publisher"], sorted(edition.ruleset.publishers)),
        (shapes["Place"]["anyOf"][0], ["any", "unknown", *sorted(edition.ruleset.territories)]),
        (shapes["Problem"]["properties"]["type"], [f"/about#{kind}" for kind in KINDS]),
        (shapes["Problem"]["properties"]["status"], sorted({status for status, _ in KINDS.values()})),
        (shapes["Problem"]["properties"]["title"], list(dict.fromkeys(title for _, title in KINDS.values()))),
        (asked["act"], list(ACTS)),
        (asked["content"]["anyOf"][0], sorted(edition.tags)),
        (notice["kind"], values(Kind)),
        (notice["basis"], values(Basis)),
        (notice["verdict"], verdicts),
        (notice["shown"], shown),
        (notice["depends_on"]["items"], values(Doubt)),
        (notice["grade"], [*values(Grade), UNIVERSAL]),
        (notice["acts"]["propertyNames"], list(ACTS)),
        (risk["risk"], values(Risk)),
        (risk["repeated"], values(Risk)),
        (risk["basis"], values(Basis)),
        (risk["mind"], values(Mind)),
        (shapes["Citation"]["properties"]["seen"], values(Seen)),
        (act["risk"], [*values(Risk), "not stated"]),
        (act["repeated"], values(Risk)),
        (act["verdict"], verdicts),
        (act["basis"], values(Basis)),
        (act["gate"], values(Gate)),
        *(
            (told["properties"]["gate"], values(Gate))
            for told in shapes["Acts"]["properties"]["controls"]["properties"].values()
        ),
    ]
    for found, code in expected:
        assert found["enum"] == code
    assert list(pointing) == ["see"]
    assert list(shapes["Acts"]["properties"]["controls"]["properties"]) == list(CONTROLS)
    assert list(shapes["Acts"]["properties"]["acts"]["properties"]) == [*READING, *MARKED]


def test_the_fields_of_an_inquiry_are_those_that_are_read(document: dict[str, Any]) -> None:
    shapes = document["components"]["schemas"]
    for name, fields in (("Inquiry", inquiry.FIELDS), ("Reader", inquiry.FACTS)):
        assert tuple(shapes[name]["properties"]) == fields
        assert shapes[name]["additionalProperties"] is False
        assert shapes[name]["required"] == []
    assert shapes["Reader"]["properties"]["age"]["maximum"] == inquiry.OLDEST


def test_the_limit_of_a_text_is_the_codes_own(document: dict[str, Any], service: Service) -> None:
    (told,) = (
        told["schema"]
        for _, _, operation in operations(document)
        for told in operation.get("parameters", ())
        if told["name"] == "most"
    )
    assert told == {"type": "integer", "minimum": 80, "maximum": limit.MOST}
    for most, state in ((told["minimum"], "live"), (told["maximum"], "live"), (told["maximum"] + 1, "refused")):
        answer = service.client.get(f"/v1/rferl/RU/en/notice.{most}.txt")
        assert answer.headers["Notice-State"] == state


def test_a_fragment_and_a_text_have_no_other_status_than_200(document: dict[str, Any]) -> None:
    found = 0
    for path, _, operation in operations(document):
        if re.search(r"/notice(\.\w+|\.\{most\})?\.(html|txt)$", path):
            found += 1
            assert set(operation["responses"]) == ({"200", "304"} if "{place}" in path else {"200"})
            assert operation["responses"]["200"]["content"].keys() <= set(reply.TYPES.values())
    assert found == 2 * 2 * 3 + 1


def test_what_fails_with_a_status_is_told_with_it(document: dict[str, Any]) -> None:
    for path, method, operation in operations(document):
        if path.endswith(("notice.json", "acts.json")):
            assert {"400", "404", "500", "503"} <= set(operation["responses"])
        if method == "post":
            assert set(operation["responses"]) == {"200", "400", "403", "404", "413", "415", "500", "503"}


def shape(document: Mapping[str, Any], name: str) -> Draft202012Validator:
    return Draft202012Validator(
        {"$ref": f"#/components/schemas/{name}", "components": document["components"]},
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )


def test_every_answer_of_the_shipped_rules_has_the_shape_that_is_told(
    document: dict[str, Any], shipped: Service
) -> None:
    answers, acts = shape(document, "Answer"), shape(document, "Acts")
    for publisher in shipped.rules.publishers.values():
        for place in PLACES:
            path = f"/v1/{publisher.id}/{place}/{publisher.languages[0]}"
            answers.validate(shipped.client.get(f"{path}/notice.json").json)
            acts.validate(shipped.client.get(f"{path}/acts.json").json)
        told = {"place": "RU", "reader": {"citizen_of": ["RU"]}, "language": "ru"}
        answers.validate(shipped.client.post(f"/v1/{publisher.id}/notice", json=told).json)


def test_an_answer_with_labels_has_the_shape_that_is_told_and_one_length(tmp_path: Path) -> None:
    rules = load(ROOT / "tests" / "mistakes" / "good").ruleset
    assert rules is not None
    service = Service(tmp_path, rules=rules)
    answers = shape(service.client.get("/openapi.json").json, "Answer")
    lengths, found = set(), set[str]()
    for place, day in (("SG", "2026-11-23"), ("DE", "2026-11-23"), ("SG", "2021-01-01"), ("SG", "2019-01-01")):
        told = {"place": place, "on": day, "content": ["in/tobacco"], "language": "de"}
        answer = service.client.post("/v1/herald/notice", json=told)
        answers.validate(answer.json)
        lengths.add(len(answer.data))
        found |= {key for notice in answer.json["notices"] for key in notice}
    assert {"form", "elements", "text"} <= found
    assert len(lengths) == 1


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/v1/nobody/RU/en/notice.json", None),
        ("GET", "/nowhere", None),
        ("GET", "/v1/rferl/RU/en/acts.json?passport=RU", None),
        ("POST", "/v1/rferl/notice", {"citizenhip": "RU"}),
        ("PUT", "/", None),
    ],
)
def test_every_problem_has_the_shape_that_is_told(
    document: dict[str, Any], shipped: Service, method: str, path: str, body: object
) -> None:
    answer = shipped.client.open(path, method=method, json=body)
    assert answer.content_type == "application/problem+json"
    shape(document, "Problem").validate(answer.json)


GOOD: list[dict[str, object]] = [
    {},
    {"place": "RU"}, {"place": ["RU", "UA-43"]}, {"place": []}, {"place": "russia-controlled"}, {"place": "any"},
    {"language": "ru", "page_language": "pt-BR"}, {"act": "share"}, {"on": "2024-02-02"},
    {"reader": {"citizen_of": "RU", "not_citizen_of": "other", "stateless": False, "age": 0}},
    {"reader": {"citizen_of": ["DE", "RU"], "resident_of": "UA-43", "age": 150, "occupation": "journalist"}},
    {"reader": {"not_citizen_of": ["RU", "other"], "resident_of": "unknown", "occupation": ["a", "b"]}},
]  # fmt: skip
BAD: list[dict[str, object]] = [
    {"citizenhip": "RU"}, {"act": "breathe"}, {"on": "2024-2-2"}, {"content": "no such tag"}, {"place": 3},
    {"reader": {"age": -1}}, {"reader": {"age": 151}}, {"reader": {"age": "34"}}, {"reader": {"stateless": "no"}},
    {"reader": {"citizen_of": "XX"}}, {"reader": {"citizen_of": "UA-43"}}, {"reader": {"passport": "RU"}},
    {"reader": {"not_citizen_of": "OTHER"}}, {"reader": {"occupation": [""]}}, {"reader": []},
]  # fmt: skip


@pytest.mark.parametrize("asked", [*GOOD, *BAD], ids=str)
def test_the_shape_of_an_inquiry_takes_what_the_service_takes(
    document: dict[str, Any], shipped: Service, asked: dict[str, object]
) -> None:
    status = shipped.client.post("/v1/rferl/notice", json=asked).status_code
    assert status == (200 if asked in GOOD else 400)
    assert shape(document, "Inquiry").is_valid(asked) == (asked in GOOD)


class Page(HTMLParser):
    """What a page has: its tags, the ids that it gives, and where it leads or loads from."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id":
                self.ids.append(str(value))
            if name in ("href", "src", "action"):
                self.links.append(str(value))


def test_the_page_loads_nothing_runs_nothing_and_every_link_in_it_leads_somewhere(shipped: Service) -> None:
    answer = shipped.client.get("/reference")
    assert (answer.status_code, answer.content_type) == (200, "text/html; charset=utf-8")
    assert answer.headers["Content-Security-Policy"].startswith(
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; style-src 'sha256-"
    )
    page = Page(answer.text)
    assert "url(" not in answer.text
    assert "@import" not in answer.text
    assert not {"script", "link", "img", "iframe", "object", "form", "svg"} & set(page.tags)
    assert page.attributes <= {"lang", "dir", "charset", "name", "content", "id", "href", "aria-label", "scope"}
    assert len(set(page.ids)) == len(page.ids)
    for link in page.links:
        assert link == "/openapi.json" or (link.startswith("#") and link[1:] in page.ids)


def test_the_page_can_be_read_by_its_headings_and_tables(document: dict[str, Any], shipped: Service) -> None:
    text = shipped.client.get("/reference").text
    tags = Page(text).tags
    levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - level <= 1 for level, later in itertools.pairwise(levels))
    assert tags.count("table") == tags.count("caption") == tags.count("thead")
    assert tags.count("main") == tags.count("nav") == 1
    for path, method, operation in operations(document):
        assert f"<code>{method.upper()} {path}</code></h3>" in text
        assert f'id="{operation["operationId"]}"' in text
    for name in document["components"]["schemas"]:
        assert f'<h3 id="shape-{name}">' in text


def test_every_printed_command_works_on_the_shipped_rules(document: dict[str, Any], shipped: Service) -> None:
    text = shipped.client.get("/reference").text
    for path, method, operation in operations(document):
        command = example(document, path, method)
        assert command.replace("&", "&amp;").replace('"', "&#34;").replace("'", "&#39;") in text
        words = shlex.split(command)
        assert words[0] == "curl"
        url = words[-1]
        assert url.startswith(ADDRESS)
        headers, body = {}, None
        for flag, value in itertools.pairwise(words):
            if flag == "--header":
                name, _, said = value.partition(": ")
                headers[name] = said
            if flag == "--data":
                body = value
        answer = shipped.client.open(urlsplit(url).path, method=method.upper(), headers=headers, data=body)
        assert answer.status_code == (404 if path == "/metrics" else 200), command
        if "Notice-State" in operation["responses"]["200"]["headers"]:
            assert answer.headers["Notice-State"] in ("live", "none"), command
        assert answer.content_type in operation["responses"][str(answer.status_code)]["content"]


def test_the_default_address_is_the_one_in_the_examples() -> None:
    from service.assembly import Settings

    assert f"http://{Settings().bind}" == ADDRESS


def test_every_form_of_a_notice_has_its_content_type(document: dict[str, Any]) -> None:
    for form in Form:
        content = document["paths"][f"/v1/{{publisher}}/notice.{form.value}"]["get"]["responses"]["200"]["content"]
        assert list(content) == [reply.TYPES[form]]
