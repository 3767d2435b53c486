"""URLRead and its like, asked of a server on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from wlnet.session import Session
from wlnet.syntax import write


class Echo(BaseHTTPRequestHandler):
    """Answers with what was asked for, as JSON."""

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        self.send_response(404 if "absent" in self.path else 200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(f'{{"path": "{self.path}", "body": "{body}", "x": "{self.headers.get("X-Given")}"}}'.encode())

    do_POST = do_GET

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def value(code: str) -> str:
    return write(Session().evaluate_term(code), "InputForm")


def test_answers_are_read(address: str) -> None:
    assert value(f'URLRead["{address}/a", "StatusCode"]') == "200"
    assert value(f'URLRead["{address}/absent", "StatusCode"]') == "404"
    assert value(f'URLExecute["{address}/a", {{"q" -> "x y"}}]["path"]') == '"/a?q=x+y"'


def test_requests_have_headers_and_bodies(address: str) -> None:
    request = f'HTTPRequest["{address}", <|"Headers" -> {{"X-Given" -> "1"}}, "Body" -> {{"a" -> 2}}|>]'
    assert (
        value(f'ImportString[URLRead[{request}, "Body"], "RawJSON"]')
        == '<|"path" -> "/", "body" -> "a=2", "x" -> "1"|>'
    )


def test_answers_become_files(address: str) -> None:
    assert value(f'Import[URLDownload["{address}/b.json"], "RawJSON"]["path"]') == '"/b.json"'
    assert value(f'Quiet[URLDownload["{address}/absent"]]') == "$Failed"
