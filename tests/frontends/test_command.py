"""The command `wlnet` as its user meets it: another process, its output, its messages, its exit status."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest

import wlnet

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-c", "import sys; from wlnet.frontends.command import main; sys.exit(main())"]


def run(*args: str, stdin: str = "", cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Runs the command of this checkout, whatever is installed."""
    return subprocess.run(
        [*COMMAND, *args],
        input=stdin,
        capture_output=True,
        text=True,
        env=environment(),
        cwd=cwd,
        timeout=60,
        check=False,
    )


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def script(folder: Path, text: str, name: str = "program.wl") -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def test_code_prints_the_value_of_every_expression() -> None:
    done = run("-c", "1 + 1\nx = 5;\nx^2\nf[a]")
    assert (done.stdout, done.stderr, done.returncode) == ("2\n25\nf[a]\n", "", 0)


def test_a_script_prints_only_what_it_prints(tmp_path: Path) -> None:
    done = run(script(tmp_path, '1 + 1\nPrint["a", 2]\n1/0\nPrint[$ScriptCommandLine[[2]]]\n'), "one", "--two")
    assert done.stdout == "a2\none\n"
    assert done.stderr.startswith("Power::infy: ")
    assert done.returncode == 0


def test_a_script_sees_its_command_line(tmp_path: Path) -> None:
    file = script(tmp_path, "Print[Rest[$ScriptCommandLine]]")
    assert run(file, "--epochs", "3", "-c").stdout == "{--epochs, 3, -c}\n"


def test_print_shows_the_values_of_a_file(tmp_path: Path) -> None:
    done = run("-p", script(tmp_path, "#!/usr/bin/env wlnet\n2 + 3\nNull\n{1, 2}\n"))
    assert (done.stdout, done.returncode) == ("5\n{1, 2}\n", 0)


def test_what_comes_in_through_a_pipe_is_a_script() -> None:
    done = run(stdin="x = 2;\nPrint[x + 1]\nx\n")
    assert (done.stdout, done.stderr, done.returncode) == ("3\n", "", 0)


def test_a_syntax_error_shows_its_place_after_what_came_before_was_run(tmp_path: Path) -> None:
    file = script(tmp_path, 'Print["first"]\nx = {1, 2));\nPrint["never"]\n')
    done = run(file)
    assert done.stdout == "first\n"
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    assert lines[0].startswith(f"{file}:2:")
    column = int(lines[0].split(":")[2])
    assert lines[1] == "x = {1, 2));"
    assert lines[2] == " " * (column - 1) + "^"


def test_check_names_the_place_in_every_wrong_file_and_runs_none(tmp_path: Path) -> None:
    good = script(tmp_path, 'Print["run"]\n', "good.wl")
    bad = script(tmp_path, "1 + 1\nf[1\n", "bad.wl")
    worse = script(tmp_path, "}\n", "worse.wl")
    done = run("--check", good, bad, worse)
    assert done.returncode == 1
    first, *_, second, line, caret = done.stdout.splitlines()
    assert first.startswith(f"{bad}:")
    assert second.startswith(f"{worse}:1:1: ")
    assert (line, caret) == ("}", "^")
    assert (run("--check", good).stdout, run("--check", good).returncode) == ("", 0)


@pytest.mark.parametrize(("code", "status"), [("Exit[]", 0), ("Exit[7]", 7), ("Print[1]; Quit[3]; Print[2]", 3)])
def test_exit_gives_the_status(code: str, status: int) -> None:
    done = run("-c", code + "\n1 + 1")
    assert done.returncode == status
    assert "2" not in done.stdout


@pytest.mark.parametrize("args", [("missing.wl",), ("-p", "missing.wl"), ("--check", "missing.wl"), (".",)])
def test_a_file_that_cannot_be_read_is_named(args: tuple[str, ...], tmp_path: Path) -> None:
    done = run(*args, cwd=tmp_path)
    assert done.returncode == 1
    assert args[-1] in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "data.bin").write_bytes(b"\xff\xfe\x00\x80")
    done = run(str(tmp_path / "data.bin"))
    assert done.returncode == 1
    assert "UTF-8" in done.stderr


@pytest.mark.parametrize("args", [("--nonsense",), ("-c",), ("-c", "1", "-p", "x.wl"), ("--check",)])
def test_wrong_usage_is_status_2(args: tuple[str, ...]) -> None:
    done = run(*args)
    assert done.returncode == 2
    assert "wlnet" in done.stderr


def test_version_is_that_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert run("--version").stdout.split() == ["wlnet", project["version"]] == ["wlnet", wlnet.__version__]


def test_help_shows_every_option() -> None:
    done = run("--help")
    assert done.returncode == 0
    assert all(option in done.stdout for option in ("-c", "--code", "-p", "--print", "--check", "--version", "130"))


def test_a_reader_that_goes_away_ends_the_script_without_a_word(tmp_path: Path) -> None:
    file = script(tmp_path, "Do[Print[i], {i, 100000}]")
    with subprocess.Popen(
        [*COMMAND, file], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment()
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == "1\n"
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait(60) == 0


@pytest.mark.skipif(not hasattr(signal, "SIGINT") or os.name == "nt", reason="needs Unix signals")
def test_ctrl_c_ends_a_script_with_130(tmp_path: Path) -> None:
    file = script(tmp_path, 'Print["on"]; While[True, 1]\nPrint["never"]')
    with subprocess.Popen(
        [*COMMAND, file],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
        # Whatever a shell starts in the background ignores Ctrl-C, and so would the script.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == "on\n"
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130
        assert process.stdout.read() == ""
        assert "Traceback" not in process.stderr.read()


def test_output_that_the_terminal_cannot_show_is_escaped() -> None:
    done = subprocess.run(
        [*COMMAND, "-c", '"\u00e9\u4e2d"'],
        capture_output=True,
        env={**environment(), "PYTHONIOENCODING": "latin-1"},
        timeout=60,
        check=False,
    )
    assert done.returncode == 0
    assert done.stdout == b"\xe9\\u4e2d\n"


def test_coverage_tells_what_there_is() -> None:
    plain, markdown = run("--coverage"), run("--coverage", "--markdown")
    assert plain.returncode == markdown.returncode == 0
    assert "Basic layers: 2 of 2" in plain.stdout
    assert "## Basic layers: 2 of 2" in markdown.stdout
    wrong = run("--markdown")
    assert (wrong.returncode, wrong.stderr) == (2, "wlnet: --markdown belongs to --coverage\n")


def test_check_lists_the_symbols_of_the_language_that_are_not_here(tmp_path: Path) -> None:
    text = '(* PieChart *)\nx = PieChart3D[{1}];\nSectorChart3D[a_] := SectorChart3D[a]\nMyOwn["PieChart"]\nNetChain[{}]\n'
    file = script(tmp_path, text)
    done = run("--check", "--symbols", file)
    assert done.stdout == f"{file}:2:5: PieChart3D is a symbol of the language that wlnet does not have\n"
    assert done.returncode == 1
    assert run("--check", "--symbols", script(tmp_path, "Map[f, {MyOwn}]")).returncode == 0
    assert run("--symbols", file).returncode == 2


def test_a_script_ends_by_naming_the_symbols_that_are_not_here(tmp_path: Path) -> None:
    done = run(script(tmp_path, "SectorChart3D[x_] := 1\nPrint[PieChart3D[1], MyOwn[2], SectorChart3D[3]]\nPieChart3D\n"))
    assert done.stdout == "PieChart3D[1]MyOwn[2]1\n"
    assert done.stderr == "wlnet: symbols of the language that wlnet does not have: PieChart3D\n"
    assert run(script(tmp_path, "f[x]\nMyOwn[2]")).stderr == ""


def test_a_script_finds_the_packages_beside_it(tmp_path: Path) -> None:
    (tmp_path / "My").mkdir()
    (tmp_path / "My" / "Tools.wl").write_text(
        'BeginPackage["My`Tools`"]\ntwice::usage = "twice[x] doubles x."\nBegin["`Private`"]\n'
        "by[n_] := n\ntwice[x_] := by[2] x\nEnd[]\nEndPackage[]\n"
    )
    (tmp_path / "main.wl").write_text('Needs["My`Tools`"]\nPrint[{twice[4], twice[], Context[twice], by[2]}]\n')
    done = run(str(tmp_path / "main.wl"))
    assert done.stdout == "{8, twice[], My`Tools`, by[2]}\n"


def test_tests_are_counted_and_failures_shown(tmp_path: Path) -> None:
    passing = script(tmp_path, "VerificationTest[1 + 1, 2]\nVerificationTest[Range[3][[2]], 2]\n", "passing.wlt")
    failing = script(tmp_path, 'VerificationTest[1 + 1, 3, TestID -> "sum"]\nVerificationTest[True]\n', "failing.wlt")
    assert run("test", passing).stdout == "passing.wlt: 2 of 2 tests passed\n"
    done = run("test", passing, failing)
    assert done.returncode == 1
    assert done.stdout.splitlines()[1:] == [
        "failing.wlt: 1 of 2 tests passed",
        "  Failure: sum",
        "    Input            1 + 1",
        "    ExpectedOutput   3",
        "    ActualOutput     2",
    ]
    broken = script(tmp_path, "VerificationTest[1 +", "broken.wlt")
    done = run("test", broken, str(tmp_path / "none.wlt"))
    assert (done.returncode, "broken.wlt:1" in done.stderr, "none.wlt: No such file" in done.stderr) == (1, True, True)
