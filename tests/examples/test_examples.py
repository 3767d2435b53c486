"""Every program under examples, run by the command as a newcomer runs it: what it prints is as claimed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "examples"
PROGRAMS = sorted(str(file.relative_to(FOLDER)) for file in FOLDER.rglob("*.wl"))
COMMAND = [sys.executable, "-c", "import sys; from wlnet.frontends.command import main; sys.exit(main())"]

#: Program → lines, or beginnings of lines, that it prints in this order.
PRINTED: dict[str, tuple[str, ...]] = {
    "autoencoder.wl": (
        "NetChain  (11 layers, 6,873 numbers in 9 arrays, uninitialized)",
        '  shared by convolve1, deconvolve1: NetArray["Kernel1"] {16, 1, 3, 3}',
        '  shared by code, decode: NetArray["Matrix"] {8, 512}',
        "Of the variance of 360 test digits, the 8 numbers of the code keep 9",
        "A picture of ten of them, 480 by 96 pixels, is in ",
    ),
    "dates.wl": (
        "4000 dates to learn from, 475 kept back for the test",
        "NetGraph  (11 layers, 41,386 numbers in 34 arrays, uninitialized)",
        "July 20, 1969 is 1969-07-20",
        "9 Nov 1989 is 1989-11-09",
        "1/1/2000 is 2000-01-01",
    ),
    "digits.wl": (
        "1437 digits to learn from, 360 kept back for the test",
        "NetChain  (16 layers, ",
        '  shared by 6, 10: NetArray["Kernel"] {32, 32, 3, 3}',
        "What was written (rows), and what was read (columns):",
        "The first mistake: this ",
        "Kernel   {6, Weights} = {10, Weights}   {32, 32, 3, 3}   36864 bytes",
    ),
    "gan.wl": (
        "NetGANOperator  (11 layers, 9,027 numbers in 12 arrays, uninitialized)",
        "The loss of the discriminator is 1.3",
        "fakes                 ",
        "8 of 8 heaps are found, with 9",
        "True points, and fakes:",
    ),
    "handwriting.wl": (
        "4000 lines to learn from, 500 kept back for the test; one of them:",
        "It says {2, 1, 2}.",
        "NetChain  (14 layers, 36,619 numbers in 32 arrays, uninitialized)",
        "It is read as {2, 1, 2}.",
        "Of 2006 digits in 500 test lines, ",
    ),
    "iris.wl": (
        "120 flowers to learn from, 30 kept back for the test",
        "NetChain  (8 layers, 139 numbers in 6 arrays, uninitialized)",
        '  shared by 3, 5: NetArray["hidden/Weights"] {8, 8}, NetArray["hidden/Biases"] {8}',
        "             setosa   versicolor   virginica",
        "hidden/Weights   {3, Weights} = {5, Weights}   {8, 8}       256 bytes",
        "They are still one after the training: True",
    ),
    "physics.wl": (
        "NetGraph  (8 layers, 501 numbers in 6 arrays, uninitialized)",
        "Trained for 300 rounds of 10 batches; the loss is ",
        "The largest error at 441 points: 0.000",
        "1.000   0.114     0.114   0.298     0.298   0.368     0.368",
    ),
    "sharing/by_reference.wl": (
        "The weights of layer 1 are the shared array: True",
        "The weights of layer 3 are the shared array: False",
        '  shared by one, two: NetArray["W"] {20, 10}',
        "  the weights are still one array: True",
        "  they have become m: True",
        "  the biases differ: 1. and -1.",
    ),
    "sharing/convolution.wl": (
        '  shared by left, right: NetArray["Kernel"] {64, 3, 3, 3}',
        "Dimensions of the outputs: <|u -> {64, 28, 28}, v -> {64, 28, 28}|>",
        "The kernels of both layers are the same array: True",
        "The gradient of the kernel is the sum over both uses: True",
        '  shared by 3, 5: NetArray["Wide"] {64, 64, 3, 3}',
        "Dimensions of the output: {64, 28, 28}",
    ),
    "sharing/dense.wl": (
        '  shared by first, second: NetArray["W"] {5, 10}',
        "The weights of both layers are the same array: True",
        "The same input gives the same output: True",
        "The gradient of W is the sum over both uses: True",
        '    2  LinearLayer[10]  vector (size: 10)  Weights = NetArray["W"] transposed',
        "The net computes Transpose[w].w.x: True",
    ),
    "sharing/dense_and_convolution.wl": (
        '  shared by dense, convolution: NetArray["W"] {5, 10}',
        "They agree: True",
        "Dimensions of the gradient of W: {5, 10}",
        "It is the sum over both uses: True",
    ),
    "sharing/none_by_default.wl": (
        "Number of shared arrays: 0",
        "The weights of the two layers are the same array: False",
        "The same layer in two places begins with equal weights: True",
        "They still are equal after three rounds of training: False",
        "Numbers in the net: 220, twice the 110 of the layer.",
    ),
    "sharing/one_layer_twice.wl": (
        '  shared by 1, 3: NetArray["layer/Weights"] {10, 10}, NetArray["layer/Biases"] {10}',
        "Both uses have the same weights: True",
        "and the same biases: True",
        "The last layer has its own: True",
        "The net is last[Ramp[step[Ramp[step[x]]]]]: True",
        "After one replacement both uses have the new weights: True",
        "Numbers in the net: 165 ",
    ),
    "siamese.wl": (
        "NetPairEmbeddingOperator  (10 layers, 6,024 numbers in 14 arrays, uninitialized)",
        "The mean distance of two images",
        "  of the same digit: 0.",
        "  of two digits:     2.",
        "With names for five images of each digit, 35",
    ),
    "tones.wl": (
        "400 sounds to learn from, 200 kept back for the test",
        "NetChain  (4 layers, 1,508 numbers in 11 arrays, uninitialized)",
        "   in  Input                      matrix (size: 22×13)  encoder: AudioMFCC",
        "A file with a square wave is heard as Square.",
    ),
    "writer.wl": (
        "299868 characters, 62 different ones. The text begins:",
        "Transformer: 7.30 bits per character before the training, ",
        "ROMEO:",
        "LSTM: 5.99 bits per character before the training, 2.",
        "ROMEO:",
    ),
}

#: Program → how the only message that it shows begins; a program without a row shows none.
MESSAGES = {
    "sharing/convolution.wl": 'NetChain::shdims: the shared array NetArray["Kernel"] has dimensions {64, 3, 3, 3} at '
    '{1, "Weights"}, but {2, "Weights"} needs {64, 64, 3, 3}.',
    "sharing/dense.wl": 'NetChain::shdims: the shared array NetArray["W"] has dimensions {5, 10} at {1, "Weights"}, '
    'but {2, "Weights"} needs {5, 5}.',
    "sharing/dense_and_convolution.wl": 'NetGraph::shdims: the shared array NetArray["W"] has dimensions {5, 10} at '
    '{"dense", "Weights"}, but {"convolution", "Weights"} needs {5, 10, 1, 1}.',
    "sharing/one_layer_twice.wl": 'NetChain::shdims: the shared array NetArray["layer/Weights"] has dimensions '
    '{20, 10} at {1, "Weights"}, but {3, "Weights"} needs {20, 20}.',
}

#: Programs that learn → the least accuracy, in percent, on the examples that were kept back.
ACCURACY = {"dates.wl": 98, "digits.wl": 98, "handwriting.wl": 90, "iris.wl": 95, "siamese.wl": 96, "tones.wl": 95}


@pytest.fixture(scope="module", params=PROGRAMS)
def run(request: pytest.FixtureRequest) -> tuple[str, subprocess.CompletedProcess[str]]:
    """A program and what came of running it, once for all tests."""
    done = subprocess.run(
        [*COMMAND, str(FOLDER / request.param)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        timeout=300,
        check=False,
    )
    return request.param, done


def test_it_ends_well_and_shows_no_other_message(run: tuple[str, subprocess.CompletedProcess[str]]) -> None:
    program, done = run
    assert done.returncode == 0, done.stderr
    assert done.stderr.startswith(MESSAGES.get(program, ""))
    assert done.stderr.count("\n") == (program in MESSAGES), done.stderr


def test_it_prints_what_it_shows(run: tuple[str, subprocess.CompletedProcess[str]]) -> None:
    program, done = run
    lines = iter(done.stdout.splitlines())
    for wanted in PRINTED[program]:
        assert any(line.startswith(wanted) for line in lines), f"{wanted!r} does not come in\n{done.stdout}"


def test_what_learns_has_learned(run: tuple[str, subprocess.CompletedProcess[str]]) -> None:
    program, done = run
    found = re.findall(r"accuracy ([\d.]+)%", done.stdout)
    assert len(found) == (program in ACCURACY)
    assert all(float(text) >= ACCURACY[program] for text in found)


def test_every_claim_is_of_a_program() -> None:
    assert {*PRINTED} == {*PROGRAMS}
    assert {*MESSAGES, *ACCURACY} <= {*PROGRAMS}
