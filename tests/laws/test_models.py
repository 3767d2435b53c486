"""Every built-in net builds, begins, runs, trains, and survives its text and its file; nothing of it depends on a session."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from wlnet.models import load_models
from wlnet.nets import Net, Port, initialize
from wlnet.nets.dimensions import VARYING
from wlnet.plans import evaluate
from wlnet.session import Session
from wlnet.syntax import parse

MODELS = load_models()
every_model = pytest.mark.parametrize("name", sorted(MODELS))


def built(session: Session, name: str) -> Net:
    net = session.evaluate_term(f'NetModel["{name}"]')
    assert isinstance(net, Net), session.messages
    assert not session.messages
    return net


def random_input(port: Port, generator: np.random.Generator) -> np.ndarray:
    """Gives two examples for a port; sequences have length 5."""
    assert port.shape is not None
    shape = (2, *(5 if length is VARYING else length for length in port.shape))
    if port.element == "Integer":
        return generator.integers(1, port.limit or 9, shape, endpoint=True)
    return generator.normal(size=shape).astype(np.float32)


def outputs(net: Net) -> dict[str, np.ndarray]:
    generator = np.random.default_rng(3)
    inputs = {name: random_input(port, generator) for name, port in net.structure.inputs.items()}
    return {name: np.asarray(value) for name, value in evaluate(net, inputs, 2)[0].items()}


@every_model
def test_it_runs_on_what_its_ports_take(session: Session, name: str) -> None:
    net = built(session, name)
    assert not net.is_initialized
    assert net.structure.is_known, "all dimensions follow from the ports"
    found = outputs(initialize(net, seed=1))
    for port, value in found.items():
        shape = net.structure.outputs[port].shape
        assert shape is not None
        assert value.shape == (2, *(5 if length is VARYING else length for length in shape))
        assert np.isfinite(value).all()
        assert value.std() > 0, "the output depends on something"


@every_model
def test_it_survives_its_text_and_its_file(session: Session, name: str, tmp_path: Path) -> None:
    net = built(session, name)
    again = session.evaluate_term(session.evaluate(f'Information[NetModel["{name}"], "InputForm"]'))
    assert session.evaluate(f'Information[NetModel["{name}"], "InputForm"]') == Session().evaluate(
        f'Information[NetModel["{name}"], "InputForm"]'
    )
    file = tmp_path / "net.wlnet"
    session.evaluate(f'net = NetInitialize[NetModel["{name}"], RandomSeeding -> 1]; Export["{file}", net]')
    read = session.evaluate_term(f'Import["{file}"]')
    assert isinstance(again, Net)
    assert isinstance(read, Net)
    expected = outputs(initialize(net, seed=1))
    for other in (initialize(again, seed=1), read):
        for port, value in outputs(other).items():
            np.testing.assert_array_equal(value, expected[port])


@every_model
def test_the_users_definitions_do_not_reach_it(session: Session, name: str) -> None:
    names = [variable for row in MODELS.values() for variable in row.variables.values()]
    session.evaluate("; ".join(f"{variable} = oops" for variable in {*names, "block", "attention", "n", "f", "i"}))
    built(session, name)


@every_model
def test_the_code_is_readable(name: str) -> None:
    code = MODELS[name].code
    parse(code)
    assert max(map(len, code.splitlines())) <= 120
    assert any(word[:4].isdigit() for word in MODELS[name].help.source.split()), "the source says the year"
