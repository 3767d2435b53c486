"""Files of GGUF, as the package gguf writes them."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from wlnet.errors import FormatError
from wlnet.interchange.gguf_file import read_gguf
from wlnet.session import Session
from wlnet.terms import NumericArray

gguf = pytest.importorskip("gguf", reason="gguf writes the files of these tests; pip install wlnet[gguf]")
PLAIN = np.arange(12, dtype=np.float32).reshape(3, 4)
ROWS = np.random.default_rng(1).normal(0, 1, (2, 64)).astype(np.float32)
QUANTIZED = {"Q8_0": 0.01, "Q4_0": 0.2, "BF16": 0.01}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("gguf") / "tiny.gguf"
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_context_length(512)
    writer.add_string("general.name", "Tiny")
    writer.add_array("tokenizer.ggml.tokens", ["a", "b", "é"])
    writer.add_float32("llama.rope.freq_base", 0.5)
    writer.add_bool("llama.odd", True)
    writer.add_tensor("plain", PLAIN)
    writer.add_tensor("half", PLAIN.astype(np.float16))
    for name in QUANTIZED:
        kind = gguf.GGMLQuantizationType[name]
        writer.add_tensor(name, gguf.quants.quantize(ROWS, kind), raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def array(session: Session, file: Path, name: str) -> np.ndarray:
    made: Any = session.evaluate_term(f'Import["{file}", "ArrayAssociation"]["{name}"]')
    assert isinstance(made, NumericArray), session.messages
    return made.array


def test_facts_and_arrays(file: Path, session: Session) -> None:
    session.evaluate(f'facts = Import["{file}", "Metadata"]')
    wanted = (
        '{facts["general.name"], facts["llama.context_length"], facts["tokenizer.ggml.tokens"], facts["llama.odd"]}'
    )
    assert session.display(session.evaluate_term(wanted)) == "{Tiny, 512, {a, b, é}, True}"
    names = session.display(session.evaluate_term(f'Import["{file}", {{"GGUF", "ArrayNames"}}]'))
    assert names == "{plain, half, Q8_0, Q4_0, BF16}"
    np.testing.assert_array_equal(array(session, file, "plain"), PLAIN)
    np.testing.assert_array_equal(array(session, file, "half"), PLAIN)


@pytest.mark.parametrize("name", QUANTIZED)
def test_quantized_arrays(name: str, file: Path, session: Session) -> None:
    found = array(session, file, name)
    kind = gguf.GGMLQuantizationType[name]
    np.testing.assert_array_equal(found, gguf.quants.dequantize(gguf.quants.quantize(ROWS, kind), kind))
    np.testing.assert_allclose(found, ROWS, atol=QUANTIZED[name] * np.abs(ROWS).max())


def test_without_the_package_plain_arrays_are_read(
    file: Path, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "gguf", None)
    assert session.display(session.evaluate_term(f'Import["{file}", "ArrayList"]')) == "$Failed"
    assert "pip install wlnet[gguf]" in session.messages[0]
    np.testing.assert_array_equal(read_gguf(file.read_bytes(), "a").array("plain"), PLAIN)


def test_the_object(file: Path, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    session.evaluate(f'model = Import["{file}"]; same = NetExternalObject[File["{file}"]]')
    wanted = '{Head[same], Information[model, "Format"], Information[model, "TrainingContextWindowSize"]}'
    assert session.display(session.evaluate_term(wanted)) == "{NetExternalObject, GGUF, 512}"
    assert "llama Tiny, 5 arrays" in session.display(session.evaluate_term("model"))
    monkeypatch.setitem(sys.modules, "llama_cpp", None)
    assert session.display(session.evaluate_term('model["Once"]')) == "$Failed"
    assert "pip install llama-cpp-python" in session.messages[0]


def test_a_text_goes_on_where_the_program_is_installed(
    file: Path, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Llama:
        def __init__(self, model_path: str, n_ctx: int, verbose: bool) -> None:
            assert (model_path, n_ctx) == (str(file), 512)

        def __call__(self, text: str, **settings: Any) -> dict[str, Any]:
            return {"choices": [{"text": f"{text}!"}]}

    monkeypatch.setitem(sys.modules, "llama_cpp", SimpleNamespace(Llama=Llama))
    session.evaluate(f'model = Import["{file}"]')
    assert session.display(session.evaluate_term('{model["Hey"], model[<|"Input" -> "Ho"|>]}')) == "{Hey!, Ho!}"
    assert session.display(session.evaluate_term("model[5]")) == "$Failed"
    assert "a text is expected" in session.messages[0]


def test_damaged_files(file: Path) -> None:
    data = file.read_bytes()
    random = np.random.default_rng(3)
    for end in range(0, len(data), 3):
        changed = bytearray(data)
        changed[random.integers(len(data) // 2)] = random.integers(256)
        for content in (data[:end], bytes(changed)):
            with contextlib.suppress(FormatError):
                found = read_gguf(content, "a.gguf")
                for name in found.stored:
                    with contextlib.suppress(FormatError):
                        found.array(name)


def test_damaged_files_are_told_of(file: Path, session: Session, tmp_path: Path) -> None:
    (tmp_path / "cut.gguf").write_bytes(file.read_bytes()[:200])
    for call in (f'Import["{tmp_path}/cut.gguf"]', f'NetExternalObject[File["{tmp_path}/cut.gguf"]]'):
        assert session.display(session.evaluate_term(call)) == "$Failed"
        assert "damaged" in session.messages[0]
