"""Files of nets: the net that comes back is the net that was written, whatever happens to the file is a message."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.laws.layer_nets import SAMPLES, Sample
from wlnet.builtins.nets.formats.wlnet import file_of
from wlnet.errors import FormatError
from wlnet.interchange.wlnet_file import read_wlnet, wlnet_bytes
from wlnet.nets import Net, Shared
from wlnet.session import Session
from wlnet.terms import FAILED, same

SHARED = """NetInitialize[NetChain[{LinearLayer[3, "Weights" -> NetArray["W"]], Ramp, LinearLayer[3, "Weights" -> NetArray["W"]]},
"Input" -> 3]]"""


def exported(session: Session, net: Any, path: Path) -> bytes:
    session.kernel.set_own(session.kernel.resolve("net"), net)
    assert session.evaluate(f'Export["{path}", net]') == str(path), session.messages
    return path.read_bytes()


def imported(session: Session, path: Path, element: str = "Net") -> Any:
    return session.evaluate_term(f'Import["{path}", "{element}"]')


@pytest.mark.parametrize("sample", SAMPLES, ids=str)
@pytest.mark.parametrize("state", ["raw", "net"])
def test_nets_come_back(sample: Sample, state: str, session: Session, tmp_path: Path) -> None:
    net = getattr(sample, state)
    path = tmp_path / "a.wlnet"
    exported(session, net, path)
    back = imported(session, path)
    assert not session.messages, session.messages
    assert same(back, net)
    assert [array.dtype for array in back.store.values()] == [array.dtype for array in net.store.values()]
    assert file_of(back) == path.read_bytes()


def test_a_shared_array_is_in_the_file_once(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "a.wlnet"
    net = session.evaluate_term(SHARED)
    content = exported(session, net, path)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert sum(name.startswith("arrays/") for name in archive.namelist()) == 3
        manifest = json.loads(archive.read("format.json"))
        assert [entry.get("shared") for entry in manifest["arrays"]] == ["W", None, None]
        values = np.load(io.BytesIO(archive.read("arrays/1.npy")))
    np.testing.assert_array_equal(values, net.store[Shared("W")])
    back = imported(session, path)
    assert back.positions == net.positions


def test_elements(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "a.wlnet"
    net = session.evaluate_term(SHARED)
    exported(session, net, path)
    assert not imported(session, path, "UninitializedNet").store
    assert len(session.evaluate(f'Import["{path}", "ArrayList"]')) == 3
    assert session.evaluate(f'Keys[Import["{path}", "ArrayAssociation"]] === Information[net, "ArraysPositionList"]')
    assert "Net" in session.evaluate(f'Import["{path}", "Elements"]')
    assert session.evaluate(f'StringQ[Import["{path}", "WLVersion"]]') is True
    assert imported(session, path, "Weather") is FAILED


def test_double_precision_and_coders(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "a.wlnet"
    net = session.evaluate_term(
        'NetTrain[NetChain[{5, SoftmaxLayer[]}, "Output" -> NetDecoder[{"Class", {a, "b", 1/2, 0.1, 2 I}}]], '
        '{{1, 2} -> a, {2, 1} -> "b", {0, 0} -> 1/2}, '
        'MaxTrainingRounds -> 2, WorkingPrecision -> "Real64"]'
    )
    exported(session, net, path)
    session.evaluate("a = 5")
    fresh = Session()
    back = imported(fresh, path)
    assert same(back, net)
    assert same(imported(session, path), net), "values of symbols in the session must not change the net"


def test_coders_and_state_objects_come_back(session: Session, tmp_path: Path) -> None:
    for text in (
        'NetEncoder[{"Class", {"a", "b"}, "IndicatorVector"}]',
        'NetDecoder[{"Image", ColorSpace -> "Grayscale", "MeanImage" -> 0.5}]',
        'NetEncoder[{"Function", #^2 &, {2}}]',
    ):
        path = tmp_path / "coder.wlnet"
        coder = session.evaluate_term(text)
        exported(session, coder, path)
        assert same(imported(session, path), coder)
        assert not session.messages
    path = tmp_path / "object.wlnet"
    session.evaluate('net = NetInitialize[LongShortTermMemoryLayer[2, "Input" -> {"Varying", 1}]];')
    session.evaluate(f'obj = NetStateObject[net]; obj[{{{{1.}}}}]; Export["{path}", obj]; back = Import["{path}"];')
    assert session.evaluate('NetExtract[back, "States"] === NetExtract[obj, "States"]') is True
    assert session.evaluate("back[{{2.}}] === obj[{{2.}}]") is True
    assert not session.messages


def test_a_fresh_session_knows_the_format(session: Session, tmp_path: Path) -> None:
    path = tmp_path / "a.wlnet"
    exported(session, session.evaluate_term(SHARED), path)
    assert isinstance(imported(Session(), path), Net)


@pytest.mark.parametrize(
    "broken",
    [
        lambda data: b"",
        lambda data: b"text",
        lambda data: data[:100],
        lambda data: data[: len(data) // 2],
        lambda data: data[:-1],
        lambda data: data[100:],
        lambda data: data.replace(b"LinearLayer[", b"LinearLager[", 1),
        lambda data: data.replace(b"NUMPY", b"NUMPU"),
        lambda data: rewritten(data, "format.json", b"{"),
        lambda data: rewritten(data, "format.json", b"[]"),
        lambda data: rewritten(data, "format.json", b'{"format": "wlnet", "version": 2, "arrays": []}'),
        lambda data: rewritten(data, "format.json", b'{"format": "wlnet", "version": 1}'),
        lambda data: rewritten(data, "format.json", b'{"format": "wlnet", "version": 1, "arrays": [{}]}'),
        lambda data: rewritten(
            data, "format.json", b'{"format":"wlnet","version":1,"arrays":[{"shared":"W","file":"x"}]}'
        ),
        lambda data: rewritten(data, "net.wl", b"\xff"),
        lambda data: rewritten(data, "net.wl", b"NetChain[{"),
        lambda data: rewritten(data, "net.wl", b"{1, 2}"),
        lambda data: rewritten(data, "net.wl", b"LinearLayer[-1]"),
        lambda data: rewritten(data, "net.wl", b"LinearLayer[2]"),
        lambda data: rewritten(data, "net.wl", b'ElementwiseLayer[Function[Put[1, "stolen"]]]'),
        lambda data: rewritten(data, "net.wl", b'List[Put[1, "stolen"]]'),
        lambda data: rewritten(data, "arrays/1.npy", b"abc"),
        lambda data: rewritten(data, "arrays/1.npy", npy(np.ones((2, 7), np.float32))),
        lambda data: rewritten(data, "arrays/1.npy", npy(np.array(["a"]))),
        lambda data: rewritten(data, "arrays/1.npy", npy(np.array([{}], object))),
    ],
)
def test_files_that_are_damaged_are_messages(
    broken: Any, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "a.wlnet"
    data = exported(session, session.evaluate_term(SHARED), path)
    path.write_bytes(broken(data))
    assert imported(session, path) is FAILED
    assert [text.partition(":")[0] for text in session.messages] == ["Import"], session.messages
    assert "internal" not in session.messages[0]
    assert not (tmp_path / "stolen").exists()


def rewritten(data: bytes, name: str, content: bytes) -> bytes:
    """Gives the file with another content of one member."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for member in old.namelist():
            new.writestr(member, content if member == name else old.read(member))
    return stream.getvalue()


def npy(array: np.ndarray) -> bytes:
    stream = io.BytesIO()
    np.save(stream, array)
    return stream.getvalue()


def test_every_cut_and_every_changed_byte_is_a_format_error() -> None:
    data = wlnet_bytes("LinearLayer[2]\n", {("Weights",): np.ones((2, 2), np.float32), Shared("b"): np.float64([1, 2])})
    whole = read_wlnet(data, "a")
    for end in range(0, len(data), 7):
        with pytest.raises(FormatError):
            _ = read_wlnet(data[:end], "a").arrays
    for place in range(0, len(data), 5):
        changed = bytearray(data)
        changed[place] ^= 0x55
        try:
            read = read_wlnet(bytes(changed), "a")
            arrays = read.arrays
        except FormatError:
            continue
        assert read.text == whole.text
        for key, array in arrays.items():
            np.testing.assert_array_equal(array, whole.arrays[key])


def test_a_net_of_a_zip_that_unpacks_to_too_much_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("format.json", '{"format": "wlnet", "version": 1, "arrays": []}' + " " * 10**6)
        archive.writestr("net.wl", "Ramp")
    with pytest.raises(FormatError, match="compressed"):
        read_wlnet(stream.getvalue(), "a")


def test_what_is_no_net_cannot_be_written(session: Session, tmp_path: Path) -> None:
    assert session.evaluate_term(f'Export["{tmp_path}/a.wlnet", 7]') is FAILED
    assert session.messages[0].startswith("Export::unfit")
    assert list(tmp_path.iterdir()) == []
