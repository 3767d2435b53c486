"""Requests to servers: URLRead, URLExecute, URLDownload, HTTPRequest and HTTPResponse."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlencode, urlsplit

from wlnet.builtins.files.data_formats import FORMATS, format_of
from wlnet.builtins.files.files import path_of, write_file
from wlnet.builtins.lists.choosing import EMPTY_LIST, rules_of
from wlnet.builtins.strings.bytes import byte_array, bytes_of
from wlnet.builtins.strings.strings import to_text
from wlnet.kernel import Kernel, Message, builtin, constant
from wlnet.terms import FAILED, Association, Expression, S, Term, is_head

NO_ANSWER = "Nothing was had from the address `1`: `2`."
#: Kind of content that a server names → the format that reads it.
CONTENT_TYPES = {
    "application/json": "RawJSON",
    "text/csv": "CSV",
    "text/tab-separated-values": "TSV",
    "image/png": "PNG",
}
#: Only these are asked for: a file is read by Import.
SCHEMES = ("http", "https")
SECONDS = 60


class Answer(NamedTuple):
    """What a server answered."""

    status: int
    content_type: str
    data: bytes


def answer_to(term: Term) -> Answer | None:
    """Gives the answer to an address or HTTPRequest; None for another term; raises `nourl` where there is none."""
    request: tuple[Term, ...] = term.args if is_head(term, S.HTTPRequest) and term.args else (term,)
    address = request[0].args[0] if is_head(request[0], S.URL, 1) else request[0]
    options = request[1] if len(request) > 1 and type(request[1]) is Association else Association()
    if type(address) is not str:
        return None
    if urlsplit(address).scheme not in SCHEMES:
        raise Message("nourl", address, "it does not begin with http:// or https://", result=FAILED)
    import http.client
    from urllib.error import HTTPError
    from urllib.request import Request, urlopen

    try:
        made = Request(
            quote(address, safe=":/?#[]@!$&'()*+,;=%"),
            data=body_of(options.get("Body")),
            headers={
                to_text(name): to_text(value) for name, value in rules_of(options.get("Headers", EMPTY_LIST)) or ()
            },
            method=to_text(options.get("Method", "GET" if options.get("Body") is None else "POST")),
        )
        with urlopen(made, timeout=SECONDS) as answer:
            return Answer(answer.status, answer.headers.get_content_type(), answer.read())
    except HTTPError as error:
        return Answer(error.code, error.headers.get_content_type(), error.read())
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise Message("nourl", address, str(getattr(error, "reason", error)), result=FAILED) from None


def body_of(term: Term) -> bytes | None:
    """Gives the bytes of a body: a text, a ByteArray, or rules as of a form."""
    if term is None:
        return None
    rules = rules_of(term)
    if rules is not None and type(term) is not str:
        return urlencode([(to_text(name), to_text(value)) for name, value in rules]).encode()
    found = bytes_of(term)
    return to_text(term).encode() if found is None else found


@builtin("URLRead", category="Files", messages={"nourl": NO_ANSWER})
def url_read(kernel: Kernel, address: Term, part: Term = None) -> Term | None:
    """URLRead["address"] asks a server, and gives its HTTPResponse; URLRead[HTTPRequest[…]] a request with a body or headers.
    URLRead[address, part] gives "Body", "BodyByteArray", "StatusCode" or "ContentType" of the response.

    Possible issues:
        >> URLRead["file:///etc/hosts"]
        = $Failed
        message: URLRead::nourl
    """
    answer = answer_to(address)
    if answer is None:
        return None
    response = Expression(
        S.HTTPResponse,
        (byte_array(answer.data), Association([("StatusCode", answer.status), ("ContentType", answer.content_type)])),
    )
    parts = {
        "Body": answer.data.decode("utf-8", "replace"),
        "BodyByteArray": byte_array(answer.data),
        "StatusCode": answer.status,
        "ContentType": answer.content_type,
    }
    return response if part is None else parts.get(part) if type(part) is str else None


@builtin("URLExecute", category="Files", messages={"nourl": NO_ANSWER})
def url_execute(kernel: Kernel, address: Term, query: Term = EMPTY_LIST, form: Term = None) -> Term | None:
    """URLExecute["address"] asks a server and reads the answer by the kind of content that it names.
    URLExecute["address", {"name" -> value, …}, "format"] asks with a query, and reads the answer in a format.

    Possible issues:
        >> URLExecute["gopher://a.org"]
        = $Failed
        message: URLExecute::nourl
    """
    rules = rules_of(query)
    if rules is None or not (form is None or (type(form) is str and form in FORMATS)):
        return None
    if rules and type(address) is str:
        pairs = urlencode([(to_text(name), to_text(value)) for name, value in rules])
        address = f"{address}{'&' if '?' in address else '?'}{pairs}"
    answer = answer_to(address)
    if answer is None:
        return None
    named = FORMATS.get(form or CONTENT_TYPES.get(answer.content_type, "Text")) or format_of(".txt")
    return kernel.evaluate(Expression(S.ImportByteArray, (byte_array(answer.data), named.name if named else "Text")))


@builtin("URLDownload", category="Files", messages={"nourl": NO_ANSWER})
def url_download(kernel: Kernel, address: Term, target: Term = None) -> Term | None:
    """URLDownload["address", "file"] writes what a server gives to a file, and gives File["file"].
    URLDownload["address"] writes it to a temporary folder.

    Possible issues:
        >> URLDownload["no address"]
        = $Failed
        message: URLDownload::nourl
    """
    answer = answer_to(address)
    if answer is None:
        return None
    name = os.path.basename(urlsplit(to_text(address)).path) or "index"
    path = Path(tempfile.mkdtemp()) / name if target is None else path_of(target)
    if path is None:
        return None
    if answer.status >= 400:
        raise Message("nourl", address, f"the server answers {answer.status}", result=FAILED)
    try:
        write_file(path, answer.data)
    except OSError as error:
        raise Message("nourl", address, f"{path} cannot be written: {error.strerror}", result=FAILED) from None
    return Expression(S.File, (str(path),))


@constant("URL", category="Files")
def url() -> None:
    """URL["address"] stands for an address wherever one is expected.

    Examples:
        >> URLParse[URL["https://a.org/b"], "Domain"]
        = "a.org"
    """


@constant("HTTPRequest", category="Files")
def http_request() -> None:
    """HTTPRequest["address", <|"Method" -> …, "Headers" -> …, "Body" -> …|>] is a request for URLRead.

    Examples:
        >> Quiet[URLRead[HTTPRequest["no address"]]]
        = $Failed
    """


@constant("HTTPResponse", category="Files")
def http_response() -> None:
    """HTTPResponse[bytes, <|"StatusCode" -> …, "ContentType" -> …|>] is what a server answered to URLRead.

    Examples:
        >> HTTPResponse[ByteArray["YQ=="], <|"StatusCode" -> 200|>][[2]]["StatusCode"]
        = 200
    """
