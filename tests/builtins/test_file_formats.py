"""Files of arrays and tables, compared with what the packages that made the formats known write and read."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from scipy.io import loadmat, savemat

from wlnet.session import Session
from wlnet.terms import list_of, same


def test_hdf5_of_another_program_is_read_and_ours_by_it(tmp_path: Path) -> None:
    h5py = pytest.importorskip("h5py")
    with h5py.File(tmp_path / "other.h5", "w") as file:
        file["group/a"] = np.arange(6, dtype=np.int16).reshape(2, 3)
        file["b"] = np.array([0.5, 1.5], np.float32)
    session = Session()
    assert session.evaluate(f'Sort[Import["{tmp_path}/other.h5"]]') == ["/b", "/group/a"]
    read = f'Import["{tmp_path}/other.h5", {{"Datasets", {{"/group/a", "b"}}}}]'
    assert session.evaluate(f"{read} === {{{{{{0, 1, 2}}, {{3, 4, 5}}}}, {{0.5, 1.5}}}}") is True
    session.evaluate(f'Export["{tmp_path}/ours.h5", {{{{1, 2}}, {{0.5}}}}, {{"Datasets", {{"n", "x"}}}}]')
    with h5py.File(tmp_path / "ours.h5") as file:
        assert file["n"][()].tolist() == [1, 2]
        assert file["n"].dtype == np.int64
        assert file["x"][()].tolist() == [0.5]


def test_mat_of_another_program_is_read_and_ours_by_it(tmp_path: Path) -> None:
    savemat(tmp_path / "other.mat", {"m": np.array([[1.0, 2.0], [3.0, 4.0]])})
    session = Session()
    assert session.evaluate(f'Import["{tmp_path}/other.mat"] === {{{{{{1., 2.}}, {{3., 4.}}}}}}') is True
    session.evaluate(f'Export["{tmp_path}/ours.mat", <|"k" -> {{{{5, 6}}}}|>]')
    assert loadmat(tmp_path / "ours.mat")["k"].tolist() == [[5, 6]]


def test_arrays_of_numpy_are_read_and_ours_by_it(tmp_path: Path) -> None:
    session = Session()
    theirs, ours = tmp_path / "theirs.npz", tmp_path / "ours.npz"
    np.savez(theirs, w=np.float32([[1, 2], [3, 4]]), n=np.arange(3))
    assert session.evaluate(f'Import["{theirs}"] === <|"w" -> {{{{1., 2.}}, {{3., 4.}}}}, "n" -> {{0, 1, 2}}|>') is True
    session.evaluate(f'Export["{ours}", <|"file" -> {{1, 2}}, "x" -> {{{{0.5}}}}|>]')
    with np.load(ours) as read:
        assert read["file"].dtype == np.int64
        assert {name: read[name].tolist() for name in read.files} == {"file": [1, 2], "x": [[0.5]]}
    single = tmp_path / "one.npy"
    session.evaluate(f'Export["{single}", {{1.5, 2}}]')
    assert np.load(single).tolist() == [1.5, 2.0]
    assert session.evaluate(f'Import["{single}"] === {{1.5, 2.}}') is True


def test_sheets_of_another_program_are_read_and_ours_by_it(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["x", 1, None, True])
    book.save(tmp_path / "other.xlsx")
    session = Session()
    assert session.evaluate(f'ToString[Import["{tmp_path}/other.xlsx"], InputForm]') == '{{{"x", 1., "", True}}}'
    session.evaluate(f'Export["{tmp_path}/ours.xlsx", <|"first" -> {{{{1, "a"}}}}|>]')
    assert list(openpyxl.load_workbook(tmp_path / "ours.xlsx")["first"].values) == [(1, "a")]


def test_a_dump_of_another_system_is_told_apart(tmp_path: Path) -> None:
    (tmp_path / "other.mx").write_bytes(
        b"(*This is a Mathematica binary dump file. It can be loaded with Get.*)\x00\x01"
    )
    session = Session()
    session.evaluate(f'Get["{tmp_path}/other.mx"]')
    assert "export the value as .wlnet, .wxf or .onnx" in session.messages[0]


def test_protected_definitions_are_dumped_and_read(tmp_path: Path) -> None:
    session = Session()
    session.evaluate(f'g[1] = 2; Protect[g]; DumpSave["{tmp_path}/g.mx", g]; Unprotect[g]; ClearAll[g]')
    assert session.evaluate(f'Get["{tmp_path}/g.mx"]; g[1] == 2 && Attributes[g] === {{Protected}}') is True
    assert not session.messages


def test_tables_of_numbers_are_packed_and_others_are_not(tmp_path: Path) -> None:
    rows = [[i, -i] for i in range(20)]
    (tmp_path / "numbers.csv").write_text("\n".join(f"{a},{b}" for a, b in rows))
    (tmp_path / "mixed.csv").write_text("\n".join(f"{a},w{b}" for a, b in rows) + "\n1.5,+2,-\n")
    (tmp_path / "numbers.json").write_text(json.dumps(rows))
    session = Session()
    for name in ("numbers.csv", "numbers.json"):
        found = session.evaluate_term(f'Import["{tmp_path}/{name}"]')
        assert type(found) is np.ndarray
        assert found.tolist() == rows
    last = session.evaluate_term(f'Import["{tmp_path}/mixed.csv"][[{{2, -1}}]]')
    assert same(last, list_of(list_of(1, "w-1"), list_of(1.5, 2, "-")))
