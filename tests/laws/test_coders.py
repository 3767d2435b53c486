"""Every kind of encoder and decoder shows what it takes and refuses, and survives being written and read again.

The coders that the laws look at are those that the examples of the declarations make and apply.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from wlnet import builtins
from wlnet.kernel import Kernel
from wlnet.kernel.applying import APPLIERS
from wlnet.nets.coders import DECODERS, ENCODERS, Coder, CoderKind
from wlnet.session import Session
from wlnet.syntax import write
from wlnet.terms import FAILED, Expression, S, Term, elements, is_list, list_of, rule, same

builtins.load()
builtins.load_rest()
KINDS = [*ENCODERS.values(), *DECODERS.values()]
Use = tuple[Coder, Term, Term]
"""A coder of an example, what it was applied to, and what it gave."""

every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.title)


@cache
def uses(title: str) -> tuple[Use, ...]:
    """Gives the coders that the examples of a kind apply to data, with data and result."""
    kind = next(kind for kind in KINDS if kind.title == title)
    found: list[Use] = []
    plain = APPLIERS[Coder]

    def recorded(kernel: Kernel, coder: Coder, arguments: tuple[Term, ...]) -> Term | None:
        result = plain(kernel, coder, arguments)
        if coder.kind is kind and len(arguments) == 1 and result is not None:
            found.append((coder, arguments[0], result))
        return result

    APPLIERS[Coder] = recorded
    try:
        for heading, group in kind.help.examples.items():
            if heading != "Possible issues":
                session = Session()
                for example in group:
                    list(session.run(example.input, source="example"))
    finally:
        APPLIERS[Coder] = plain
    return tuple(found)


@every_kind
def test_a_message_is_shown(kind: CoderKind) -> None:
    issues = kind.help.examples.get("Possible issues", ())
    assert any(example.messages for example in issues), f"{kind.title}: show what it refuses under `Possible issues:`."


@every_kind
def test_its_examples_apply_it(kind: CoderKind) -> None:
    assert uses(kind.title), f"{kind.title}: show in `Examples:` what it makes of data."


def file_round_trip(coder: Coder, folder: Path) -> Coder:
    """Gives the coder of a net that was saved with it and read again."""
    session = Session()
    port = "Input" if coder.encodes else "Output"
    layer = Expression(S.ElementwiseLayer, (S.Ramp, rule(port, coder)))
    file = str(folder / "net.wlnet")
    net = session.run_term(layer).term
    assert session.run_term(Expression(S.Export, (file, net))).term == file, session.messages
    read = session.run_term(Expression(S.Import, (file,))).term
    assert read is not FAILED, session.messages
    return session.run_term(Expression(S.NetExtract, (read, port))).term


def text_round_trip(coder: Coder, folder: Path) -> Coder:
    """Gives the coder that its InputForm makes."""
    session = Session()
    results = list(session.run(write(coder, "InputForm"), source="text"))
    assert not session.messages
    return results[-1].term


@every_kind
@pytest.mark.parametrize("trip", [file_round_trip, text_round_trip], ids=lambda trip: trip.__name__)
def test_it_survives_being_written(kind: CoderKind, trip: Callable[[Coder, Path], Coder], tmp_path: Path) -> None:
    for coder, data, result in uses(kind.title):
        again = trip(coder, tmp_path)
        assert isinstance(again, Coder)
        assert same(again, coder)
        assert same(Session().run_term(Expression(again, (data,))).term, result), write(data, "InputForm")


@every_kind
def test_its_parameters_are_found(kind: CoderKind) -> None:
    for coder, _, _ in uses(kind.title):
        session = Session()
        known = session.run_term(Expression(S.NetExtract, (coder, S.All))).term
        for name in (*kind.arguments, *kind.options):
            assert name in known.keys(), name  # noqa: SIM118
            value = known.get(name)
            if value is not S.Automatic:
                again = session.run_term(Expression(S.NetReplacePart, (coder, list_of(rule(name, value))))).term
                assert isinstance(again, Coder), session.messages
                assert again.port.shape == coder.port.shape


def strange_terms() -> list[Term]:
    text = """{0, -1, 2, 1.5, "", "a", x, True, None, Automatic, All, {}, {1, 2}, {"a", "b"}, {{"a"}, {"b", 1}}, {x, _},
        {0.5, 0.5}, {{0.2, 0.8}, {1., 0.}}, {Indeterminate, 1.}, <||>, <|"a" -> 1|>, 1/2, I, "a" -> 1, {"a" -> 1, "b"},
        1 ;; 3, {3 ;; 1, "b" -> 2 ;; 1}, {_ -> Automatic, StartOfString -> 5}, # &, f, File["x"], {"BPE", 3}, 10^30, UpTo[3],
        NumericArray[{1, 2}, "Real32"], LinearLayer[2], NetEncoder["Boolean"], "TopDecisions" -> 0, {"Decision", 3}}"""
    return list(elements(Session().evaluate_term(text)))


@every_kind
def test_whatever_comes_is_answered_by_a_message(kind: CoderKind) -> None:
    strange = strange_terms()
    session = Session()
    head = S.NetEncoder if kind.encode is not None else S.NetDecoder
    for coder, data, _ in uses(kind.title)[:3]:
        parts = elements(coder.specification) if is_list(coder.specification) else (coder.specification,)
        for term in strange:
            calls = [
                Expression(coder, (term,)),
                Expression(coder, (data, term)),
                Expression(coder, (list_of(data, term),)),
            ]
            calls += [
                Expression(head, (list_of(*parts[:place], term, *parts[place + 1 :]),))
                for place in range(1, len(parts) + 1)
            ]
            calls += [Expression(head, (list_of(*parts, rule(option, term)),)) for option in kind.options]
            for call in calls:
                session.run_term(call)
    internal = [text for text in session.messages if "::internal" in text]
    assert not internal, internal[0]
