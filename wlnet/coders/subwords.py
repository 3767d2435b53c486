"""Words cut into pieces of a vocabulary: byte pair encoding and WordPiece.

Sources: Sennrich, Haddow, Birch: Neural machine translation of rare words with subword units (2016), with the order of
merges by the vocabulary as in Kudo, Richardson: SentencePiece (2018); Schuster, Nakajima: Japanese and Korean voice
search (2012) for WordPiece.
"""

from __future__ import annotations

import heapq
import re
import unicodedata
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import groupby


def byte_pairs(text: str, ranks: Mapping[str, int], allowed: Container[str] | None = None) -> list[str]:
    """Gives the pieces of a text: of all neighbors that together are in `ranks`, those of the lowest rank are joined
    first (the leftmost of them), again and again. What is not `allowed` in the end is taken apart again.

    Takes O(n log n) for n characters.
    """
    pieces: list[str | None] = list(text)
    after = list(range(1, len(pieces) + 1))
    before = list(range(-1, len(pieces) - 1))
    halves: dict[str, tuple[str, str]] = {}
    heap: list[tuple[int, int, str, str]] = []

    def offer(left: int) -> None:
        right = after[left] if left >= 0 else len(pieces)
        if right < len(pieces):
            first, second = pieces[left], pieces[right]
            assert first is not None
            assert second is not None
            if first + second in ranks:
                heapq.heappush(heap, (ranks[first + second], left, first, second))

    for place in range(len(pieces) - 1):
        offer(place)
    while heap:
        _, left, first, second = heapq.heappop(heap)
        right = after[left]
        if pieces[left] != first or right >= len(pieces) or pieces[right] != second:
            continue
        halves[first + second] = (first, second)
        pieces[left], pieces[right] = first + second, None
        after[left] = after[right]
        if after[left] < len(pieces):
            before[after[left]] = left
        offer(before[left])
        offer(left)
    found = [piece for piece in pieces if piece is not None]
    return found if allowed is None else [part for piece in found for part in taken_apart(piece, halves, allowed)]


def taken_apart(piece: str, halves: Mapping[str, tuple[str, str]], allowed: Container[str]) -> Iterator[str]:
    """Yields a piece, or the allowed ones that it was joined from."""
    if piece in allowed or piece not in halves:
        yield piece
        return
    for half in halves[piece]:
        yield from taken_apart(half, halves, allowed)


def word_pieces(word: str, known: Container[str], longest: int) -> list[str] | None:
    """Gives the longest known pieces of a word from left to right, the first one with a space before it.

    None where they do not make up the word. longest: the length of the longest known piece.
    """
    text = " " + word
    pieces, start = [], 0
    while start < len(text):
        least = start + (1 if start else 2)
        ends = range(min(len(text), start + longest), least - 1, -1)
        end = next((end for end in ends if text[start:end] in known), None)
        if end is None:
            return None
        pieces.append(text[start:end])
        start = end
    return pieces


def basic_words(text: str) -> list[str]:
    """Gives the words and the single marks of punctuation of a text."""
    words: list[str] = []
    for part in text.split():
        for alone, group in groupby(part, key=is_mark):
            characters = list(group)
            words.extend(characters if alone else ["".join(characters)])
    return words


def is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] == "P" or (character.isascii() and not character.isalnum())


def parts_before_spaces(text: str) -> list[str]:
    """Gives a text in parts that begin at its spaces."""
    return re.findall(r"^[^ ]+| [^ ]*", text)


def without_repeats(codes: Sequence[int], repeated: int) -> list[int]:
    """Gives the codes with only one of each run of a certain one."""
    return [code for place, code in enumerate(codes) if code != repeated or not place or codes[place - 1] != repeated]
