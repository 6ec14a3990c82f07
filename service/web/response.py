"""Response: an answer as Flask sends it."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response

from ..answer import reply
from ..answer.body import Body, Form
from ..answer.reply import State


def answer(body: Body, form: Form, state: State, headers: Mapping[str, str] = reply.FLEETING) -> Response:
    """A body with its headers; nobody keeps it unless other headers are given."""
    found = Response(body.content, content_type=reply.TYPES[form], headers=reply.stated(headers, state))
    found.headers["Content-Language"] = body.language
    return found


def evened(answer: Response) -> Response:
    """An answer to a POST, with a head as long as any other's."""
    answer.headers[reply.PADDING] = reply.padding(answer.status, answer.headers)
    return answer


def page(text: str) -> Response:
    """A page for people, that nobody keeps."""
    return Response(text, content_type=reply.TYPES[Form.HTML], headers=reply.FLEETING)


def word(text: str) -> Response:
    """A few plain words, that nobody keeps."""
    return Response(text, content_type=reply.TYPES[Form.TEXT], headers=reply.FLEETING)
