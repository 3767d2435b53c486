"""Packages of several files: what one sees of them from outside, and their files of each other."""

from pathlib import Path

import pytest

from wlnet.session import Session

FILES = {
    "Main.wl": """
        (* ::Package:: *)
        Package["Shapes`"]
        PackageImport["Helper`"]
        PackageExport["area"]
        PackageExport[{perimeter, volume}]

        k = 1
        area[r_] := Pi square[r] + helped[0]
        (* PackageExport["hidden"] *)
        hidden = 1;
    """,
    "Inside/Deep.wl": """
        Package["Shapes`"]
        PackageScope["square"]
        k = 2
        square[r_] := r^k
    """,
    "Aside.m": """
        Package["Shapes`"];
        perimeter[r_] := {2 Pi r, k}
    """,
    "notes.wl": 'Print["not a part"]',
    "broken.wl": "f[",
}


@pytest.fixture
def session(tmp_path: Path) -> Session:
    folder = tmp_path / "Shapes"
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    (tmp_path / "Helper.wl").write_text('BeginPackage["Helper`"]\nhelped[x_] := x\nEndPackage[]')
    made = Session()
    made.evaluate(f'$Path = {{"{tmp_path}"}}; Get["{folder}/Main.wl"]')
    return made


def test_exported_names_are_seen_and_no_others(session: Session) -> None:
    assert session.evaluate('Names["Shapes`*"]') == ["area", "perimeter", "volume"]
    assert session.evaluate("Context /@ {area, square, k, hidden}") == ["Shapes`", "Global`", "Global`", "Global`"]
    assert session.evaluate("$ContextPath") == ["Shapes`", "Global`", "System`"]


def test_files_share_scoped_names_and_nothing_else(session: Session) -> None:
    assert session.evaluate("area[3] == 9 Pi") is True
    assert session.evaluate("Last[perimeter[1]] === Shapes`Aside`PackagePrivate`k") is True
    assert session.evaluate("{Shapes`Main`PackagePrivate`k, Shapes`Inside`Deep`PackagePrivate`k}") == [1, 2]
    assert not session.printed


def test_needs_loads_a_package_once(session: Session) -> None:
    session.evaluate("Shapes`area[1] = 7")
    assert session.evaluate('Needs["Shapes`"]; area[1]') == 7


def test_a_file_that_cannot_be_read_is_named_in_a_message(tmp_path: Path) -> None:
    (tmp_path / "init.wl").write_text('PackageInitialize["P`"]')
    (tmp_path / "good.wl").write_text("PackageExported[f]\nf[x_] := 2 x")
    (tmp_path / "wrong.wl").write_text("g[")
    session = Session()
    session.evaluate(f'Get["{tmp_path}"]')
    assert "wrong.wl" in session.messages[0]
    assert session.evaluate("f[4]") == 8


def test_documented_names_are_the_same_in_every_context() -> None:
    session = Session()
    for line in (
        'BeginPackage["P`"]',
        "given::usage",
        'Begin["`Private`"]',
        "given[] = {PieChart3D, Mine}",
        "End[]",
        "EndPackage[]",
    ):
        session.evaluate(line)
    assert session.evaluate("Context /@ Append[given[], PieChart3D]") == ["System`", "P`Private`", "System`"]
    assert session.evaluate("held = {PieChart3D}; PieChart3D = 5; held") == [5]
