"""Construction and inference of a net as large as GPT-2's smallest: 12 layers, 12 heads, width 768, 50257 words.

    python benchmarks/construct.py [--turns 7]

The text in the language, in a fresh session of one process: parsed, evaluated, every dimension inferred; no array gets
values. The goal is under 0.3 s. The peer is PyTorch's construction of such a net on its device "meta", which holds no
numbers either. The very first construction, with what is loaded then, is told apart.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from race import machine, race, show, timed

from wlnet import Session
from wlnet.nets import Net

TEXT = """
heads = 12; width = 768; depth = 12; words = 50257;
each[layer_] := NetMapOperator[layer];
attention[] := NetGraph[
  <|"query" -> each[LinearLayer[{heads, width/heads}]], "key" -> each[LinearLayer[{heads, width/heads}]],
    "value" -> each[LinearLayer[{heads, width/heads}]],
    "heads" -> AttentionLayer["Dot", "MultiHead" -> True, "Mask" -> "Causal", "ScoreRescaling" -> "DimensionSqrt"],
    "join" -> each[LinearLayer[width]]|>,
  {NetPort["Input"] -> "query" -> NetPort["heads", "Query"], NetPort["Input"] -> "key" -> NetPort["heads", "Key"],
   NetPort["Input"] -> "value" -> NetPort["heads", "Value"], "heads" -> "join"}];
block[] := NetGraph[
  <|"norm1" -> NormalizationLayer[-1, "Same"], "attention" -> attention[], "add1" -> ThreadingLayer[Plus],
    "norm2" -> NormalizationLayer[-1, "Same"],
    "feed" -> {each[LinearLayer[4 width]], ElementwiseLayer["GELU"], each[LinearLayer[width]]}, "add2" -> ThreadingLayer[Plus]|>,
  {NetPort["Input"] -> "norm1" -> "attention", {NetPort["Input"], "attention"} -> "add1" -> "norm2" -> "feed",
   {"add1", "feed"} -> "add2"}];
NetGraph[
  <|"embed" -> EmbeddingLayer[width, words, "Weights" -> NetArray["words"]],
    "place" -> {SequenceIndicesLayer[], EmbeddingLayer[width, 1024]}, "add" -> ThreadingLayer[Plus],
    "blocks" -> NetChain[Table[block[], depth]], "norm" -> NormalizationLayer[-1, "Same"],
    "classify" -> each[{LinearLayer[words, "Weights" -> NetArray["words"], "Biases" -> None], SoftmaxLayer[]}]|>,
  {NetPort["Input"] -> "embed", NetPort["Input"] -> "place", {"embed", "place"} -> "add" -> "blocks" -> "norm" -> "classify"},
  "Input" -> {"Varying", "Integer"}]
"""


def constructed() -> Net:
    session = Session()
    (*_, last) = session.run(TEXT)
    net = last.term
    assert isinstance(net, Net), session.messages
    assert not session.messages, session.messages
    return net


def check(net: Net) -> str:
    """Gives a line about the net; every dimension must be known, and the number of weights be GPT-2's."""
    arrays = {key: net.structure.at(places[0][:-1]).slots[places[0][-1]].shape for key, places in net.positions.items()}
    total = 0
    for shape in arrays.values():
        count = 1
        for n in shape:
            count *= n
        total += count
    assert total == 124_439_808, total
    return f"{sum(1 for _ in net.structure.walk())} nets, {len(arrays)} arrays with {total} numbers"


def torch_construction() -> Any:
    import torch

    def build() -> Any:
        with torch.device("meta"):
            block = lambda: torch.nn.TransformerEncoderLayer(768, 12, 4 * 768, activation="gelu", norm_first=True)  # noqa: E731
            blocks = [block() for _ in range(12)]
            embed, place = torch.nn.Embedding(50257, 768), torch.nn.Embedding(1024, 768)
            classify = torch.nn.Linear(768, 50257, bias=False)
            classify.weight = embed.weight
            return torch.nn.Sequential(embed, place, *blocks, torch.nn.LayerNorm(768), classify)

    return build


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--turns", type=int, default=7)
    chosen = parser.parse_args()
    print(machine("torch"))
    start = perf_counter()
    net = constructed()
    print(f"the first in a process, with all that is loaded for it: {perf_counter() - start:.2f} s; {check(net)}")
    contenders = {"wlnet": timed(constructed)}
    try:
        contenders['torch, device "meta"'] = timed(torch_construction())
    except ImportError:
        print("PyTorch is not installed")
    show("a net like GPT-2", race(contenders, chosen.turns))


if __name__ == "__main__":
    main()
