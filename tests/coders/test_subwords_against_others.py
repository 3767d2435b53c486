"""Subword tokens against implementations that are not ours: SentencePiece, and the tokenizers of Hugging Face."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from wlnet.coders.subwords import byte_pairs
from wlnet.session import Session

TEXTS = [
    "the quick brown fox jumps over the lazy dog",
    "she sells sea shells by the sea shore, and the shells she sells are sea shells for sure",
    "a neural net learns from examples; the network then encodes the examples it has never seen",
    "peter piper picked a peck of pickled peppers",
]
HARD = [*TEXTS, "the  unseen\tword zebra", "ÄÖ?? netß", "", "   ", "ﬁne ① shellsshells", "e"]


def encoder(path: Path, options: str = "") -> str:
    return f'NetEncoder[{{"SubwordTokens", File["{path}"]{options}}}]'


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Gives a model of SentencePiece trained on a few sentences."""
    spm = pytest.importorskip("sentencepiece", reason="sentencepiece is not installed")
    path = tmp_path_factory.mktemp("spm") / "net.model"
    spm.SentencePieceTrainer.train(
        sentence_iterator=iter(TEXTS), model_prefix=str(path.with_suffix("")), model_type="bpe", vocab_size=80,
        minloglevel=2,
    )  # fmt: skip
    return path


def test_a_model_of_sentencepiece_encodes_and_decodes_alike(session: Session, model: Path) -> None:
    import sentencepiece

    theirs = sentencepiece.SentencePieceProcessor(model_file=str(model))
    session.evaluate(f"encoder = {encoder(model)}; decoder = NetDecoder[encoder]")
    assert not session.messages
    for text in HARD:
        expected = [code + 1 for code in theirs.encode(text)]
        found = session.evaluate(f'Normal[encoder["{text}"]]') if text.strip() else []
        assert list(found) == expected, text
    for text in TEXTS:
        code = f'decoder[Map[UnitVector[{theirs.vocab_size()}, #] &, encoder["{text}"]]]'
        assert session.evaluate(code) == theirs.decode(theirs.encode(text)) == text


def test_what_is_not_in_the_vocabulary_is_taken_apart() -> None:
    ranks = {piece: rank for rank, piece in enumerate(["ab", "cd", "abcd", "ef", "abcdef"])}
    allowed = {"ab", "ef", "abcdef"}
    assert byte_pairs("abcdefabcd", ranks) == ["abcdef", "abcd"]
    assert byte_pairs("abcdefabcd", ranks, allowed) == ["abcdef", "ab", "c", "d"]
    assert byte_pairs("abcdefabcd", ranks, {"ab"}) == ["ab", "c", "d", "e", "f", "ab", "c", "d"]


def test_the_vocabulary_as_text_gives_the_same_tokens(session: Session, model: Path) -> None:
    first, second = encoder(model), encoder(model.with_suffix(".vocab"))
    assert session.evaluate(f'NetExtract[{first}, "Tokens"] === NetExtract[{second}, "Tokens"]')


def test_word_pieces_are_those_of_bert(session: Session, tmp_path: Path) -> None:
    tokenizers = pytest.importorskip("tokenizers", reason="tokenizers is not installed")
    letters = "abcdefghijklmnopqrstuvwxyz"
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "the", "sea", "shell", "##s", "##ls", "##el", "un", "##seen", "net",
             ",", "?", *letters, *("##" + c for c in letters if c not in "qsz")]  # fmt: skip
    path = tmp_path / "vocab.txt"
    path.write_text("\n".join(words), encoding="utf-8")
    theirs = tokenizers.BertWordPieceTokenizer(str(path), lowercase=True)
    options = ', "IncludeTerminalTokens" -> True, "IgnoreCase" -> True'
    session.evaluate(f"encoder = {encoder(path, options)}")
    assert not session.messages
    for text in (*TEXTS, "Unseen shells, the net?!", "zebra sea"):
        assert list(session.evaluate(f'Normal[encoder["{text}"]]')) == [code + 1 for code in theirs.encode(text).ids]


def test_a_long_text_takes_no_quadratic_time() -> None:
    text = "ab" * 50_000
    pieces = byte_pairs(text, {"ab": 1, "abab": 2, "a": 3, "b": 4})
    assert set(pieces) == {"abab"}
    assert len(pieces) == np.ceil(len(text) / 4)
