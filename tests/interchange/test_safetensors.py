"""Files of .safetensors: the package of that name reads what is written, and the other way round."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from wlnet.errors import FormatError
from wlnet.interchange.safetensors_file import read_safetensors, safetensors_bytes
from wlnet.session import Session

TYPES = ("f8", "f4", "i8", "i4", "i2", "i1", "u8", "u4", "u2", "u1")
ARRAYS = {f"{dtype}/{rank}": np.full((2,) * rank, 3, dtype) for dtype in TYPES for rank in range(3)}


def test_the_package_reads_what_is_written_and_writes_what_is_read() -> None:
    peer = pytest.importorskip("safetensors.numpy", reason="safetensors is not installed; pip install safetensors")
    for found in (peer.load(safetensors_bytes(ARRAYS)), read_safetensors(peer.save(ARRAYS), "peer")):
        assert found.keys() == ARRAYS.keys()
        for name, array in ARRAYS.items():
            assert found[name].dtype == array.dtype
            np.testing.assert_array_equal(found[name], array)


def test_short_numbers_become_real32() -> None:
    peer = pytest.importorskip("safetensors.torch", reason="safetensors and torch are not installed")
    torch = pytest.importorskip("torch")
    given = {"brain": torch.tensor([1.5, -2.0, 3.0e38]).bfloat16(), "half": torch.tensor([0.25]).half()}
    found = read_safetensors(peer.save(given), "peer")
    for name, array in given.items():
        np.testing.assert_array_equal(found[name], array.float().numpy())


def test_a_damaged_file_is_told() -> None:
    data = safetensors_bytes({"a": np.arange(3.0), "b": np.ones((2, 2), np.float32)})
    for size in range(len(data)):
        with pytest.raises(FormatError):
            read_safetensors(data[:size], "short")
    for old, new in ((b"F64", b"F65"), (b'"shape"', b'"shapf"'), (b"[3]", b"[4]"), (b"[2, 2]", b"[-2,2"), (b"{", b"[")):
        with pytest.raises(FormatError):
            read_safetensors(data.replace(old, new, 1), "damaged")


def test_the_arrays_of_a_net_go_out_and_back(session: Session, tmp_path: Path) -> None:
    session.evaluate('net = NetInitialize[NetChain[<|"a" -> 3, "b" -> {2, Tanh}|>, "Input" -> 2]]')
    file = f'"{tmp_path}/net.safetensors"'
    session.evaluate(f"Export[{file}, net]; arrays = Import[{file}]")
    names = ["a/Weights", "a/Biases", "b/1/Weights", "b/1/Biases"]
    assert session.evaluate("Keys[arrays]") == session.evaluate(f'Import[{file}, "ArrayNames"]') == names
    put = 'KeyValueMap[StringSplit[#1, "/"] -> #2 &, arrays]'
    assert session.evaluate(f"NetReplacePart[NetInitialize[net, All, RandomSeeding -> 3], {put}] === net") is True
    assert session.evaluate(f'Export[{file}, "no array"] === $Failed') is True
    assert session.messages[0].startswith("Export::unfit")
