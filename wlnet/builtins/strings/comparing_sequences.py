"""Texts and lists compared element by element: alignments, similarities, common sequences."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from wlnet.kernel import Kernel, builtin
from wlnet.terms import FALSE, TRUE, Expression, S, Term, elements, is_list, list_of, to_list
from wlnet.terms.same import key

Pair = tuple[list[Any], list[Any]]
OPTIONS: dict[str, Term] = {"IgnoreCase": FALSE}
#: What two equal elements add to a similarity, and what two different ones or a gap do.
EQUAL, OTHER = 1, -1


def keys_of(a: Term, b: Term, options: dict[str, Term]) -> Pair | None:
    """Gives what the elements of two texts or two lists are compared by; None for anything else."""
    if type(a) is str and type(b) is str:
        return (list(a.lower()), list(b.lower())) if options["IgnoreCase"] is TRUE else (list(a), list(b))
    if is_list(a) and is_list(b):
        return list(map(key, elements(a))), list(map(key, elements(b)))
    return None


def parts_of(term: Term, start: int, end: int) -> Term:
    return term[start:end] if type(term) is str else to_list(elements(term)[start:end])


def scores(
    a: Sequence[Any], b: Sequence[Any], *, equal: int, other: int, gap: int, least: int | None = None
) -> list[list[int]]:
    """Gives the table of the best scores of the beginnings of two sequences, never below `least`."""
    low = -(len(a) + len(b)) if least is None else least
    table = [[max(gap * j, low) for j in range(len(b) + 1)]]
    for i, x in enumerate(a, 1):
        above, row = table[-1], [max(gap * i, low)]
        for j, y in enumerate(b, 1):
            row.append(max(above[j - 1] + (equal if x == y else other), above[j] + gap, row[-1] + gap, low))
        table.append(row)
    return table


def path(
    table: list[list[int]], a: Sequence[Any], b: Sequence[Any], *, equal: int, other: int
) -> list[tuple[int, int]]:
    """Gives the places (i, j) through which a best alignment goes, from the ends of both sequences to the beginning."""
    i, j = len(a), len(b)
    places = [(i, j)]
    while i and j:
        step = equal if a[i - 1] == b[j - 1] else other
        if table[i][j] == table[i - 1][j - 1] + step:
            i, j = i - 1, j - 1
        elif table[i - 1][j] >= table[i][j - 1]:
            i -= 1
        else:
            j -= 1
        places.append((i, j))
    return places + [(0, 0)] * ((i, j) != (0, 0))


def common_runs(a: Sequence[Any], b: Sequence[Any]) -> list[tuple[int, int, int]]:
    """Gives the runs (start in a, start in b, length) of a longest common sequence."""
    table = scores(a, b, equal=1, other=0, gap=0)
    i, j, runs = len(a), len(b), []
    while i and j:
        length = 0
        while i and j and a[i - 1] == b[j - 1] and table[i][j] == table[i - 1][j - 1] + 1:
            i, j, length = i - 1, j - 1, length + 1
        if length:
            runs.append((i, j, length))
        elif table[i - 1][j] >= table[i][j - 1]:
            i -= 1
        else:
            j -= 1
    return runs[::-1]


@builtin("SequenceAlignment", category="Strings", options=OPTIONS)
def sequence_alignment(kernel: Kernel, a: Term, b: Term, *, options: dict[str, Term]) -> Term | None:
    """SequenceAlignment[a, b] gives a best alignment of two texts or lists: the parts that are equal, and pairs of those that
    are not.

    Details: An equal element counts 1; a different one, one that is missing and one that is too many count -1.

    Examples:
        >> {SequenceAlignment["abcd", "axcd"], SequenceAlignment[{1, 2, 3}, {1, 3}]}
        = {{"a", {"b", "x"}, "cd"}, {{1}, {{2}, {}}, {3}}}
    Options: "IgnoreCase":
        >> SequenceAlignment["AB", "ab", IgnoreCase -> True]
        = {"AB"}
    """
    pair = keys_of(a, b, options)
    if pair is None:
        return None
    table = scores(*pair, equal=EQUAL, other=OTHER, gap=OTHER)
    places = path(table, *pair, equal=EQUAL, other=OTHER)[::-1]
    pieces: list[tuple[bool, int, int, int, int]] = []
    for (i, j), (k, m) in pairwise(places):
        equal = k == i + 1 and m == j + 1 and pair[0][i] == pair[1][j]
        if pieces and pieces[-1][0] == equal:
            same, first, second, *_ = pieces.pop()
            pieces.append((same, first, second, k, m))
        else:
            pieces.append((equal, i, j, k, m))
    return list_of(
        *(parts_of(a, i, k) if equal else list_of(parts_of(a, i, k), parts_of(b, j, m)) for equal, i, j, k, m in pieces)
    )


@builtin("NeedlemanWunschSimilarity", category="Strings", options=OPTIONS)
def needleman_wunsch(kernel: Kernel, a: Term, b: Term, *, options: dict[str, Term]) -> Term | None:
    """NeedlemanWunschSimilarity[a, b] gives the score of the best alignment of two texts or lists as a whole.

    Details: An equal element counts 1; a different one, one that is missing and one that is too many count -1.

    Examples:
        >> {NeedlemanWunschSimilarity["abcd", "axcd"], NeedlemanWunschSimilarity["abc", "abc"]}
        = {2, 3}
    Options: "IgnoreCase":
        >> NeedlemanWunschSimilarity["AB", "ab", IgnoreCase -> True]
        = 2
    """
    pair = keys_of(a, b, options)
    return None if pair is None else scores(*pair, equal=EQUAL, other=OTHER, gap=OTHER)[-1][-1]


@builtin("SmithWatermanSimilarity", category="Strings", options=OPTIONS)
def smith_waterman(kernel: Kernel, a: Term, b: Term, *, options: dict[str, Term]) -> Term | None:
    """SmithWatermanSimilarity[a, b] gives the best score of an alignment of a part of one text or list with a part of another.

    Details: An equal element counts 1; a different one, one that is missing and one that is too many count -1.

    Examples:
        >> SmithWatermanSimilarity["xxabcyy", "zabcz"]
        = 3
    Options: "IgnoreCase":
        >> SmithWatermanSimilarity["AB", "ab", IgnoreCase -> True]
        = 2
    """
    pair = keys_of(a, b, options)
    return None if pair is None else max(map(max, scores(*pair, equal=EQUAL, other=OTHER, gap=OTHER, least=0)))


@builtin("LongestCommonSequence", category="Strings", options=OPTIONS)
def longest_common_sequence(kernel: Kernel, a: Term, b: Term, *, options: dict[str, Term]) -> Term | None:
    """LongestCommonSequence[a, b] gives a longest sequence of elements that two texts or lists have in this order, not
    necessarily as neighbors.

    Examples:
        >> {LongestCommonSequence["abcde", "xaczey"], LongestCommonSequence[{1, 2, 3}, {3, 1, 2}]}
        = {"ace", {1, 2}}
    Options: "IgnoreCase":
        >> LongestCommonSequence["AxB", "ab", IgnoreCase -> True]
        = "AB"
    """
    pair = keys_of(a, b, options)
    if pair is None:
        return None
    parts = [parts_of(a, i, i + length) for i, _, length in common_runs(*pair)]
    return "".join(parts) if type(a) is str else to_list([item for part in parts for item in elements(part)])


@builtin("LongestCommonSequencePositions", category="Strings", options=OPTIONS)
def longest_common_sequence_positions(kernel: Kernel, a: Term, b: Term, *, options: dict[str, Term]) -> Term | None:
    """LongestCommonSequencePositions[a, b] gives where the runs of a longest common sequence stand in both.

    Examples:
        >> LongestCommonSequencePositions["abcde", "xabzde"]
        = {{{1, 2}, {4, 5}}, {{2, 3}, {5, 6}}}
    Options: "IgnoreCase":
        >> LongestCommonSequencePositions["A", "a", IgnoreCase -> True]
        = {{{1, 1}}, {{1, 1}}}
    """
    pair = keys_of(a, b, options)
    if pair is None:
        return None
    runs = common_runs(*pair)
    return list_of(
        to_list([to_list((i + 1, i + length)) for i, _, length in runs]),
        to_list([to_list((j + 1, j + length)) for _, j, length in runs]),
    )


@builtin("LongestCommonSubsequencePositions", category="Strings", options=OPTIONS)
def longest_common_subsequence_positions(kernel: Kernel, a: Term, b: Term, *, options: dict[str, Term]) -> Term | None:
    """LongestCommonSubsequencePositions[a, b] gives where the longest run of neighbors that both have stands in each.

    Examples:
        >> LongestCommonSubsequencePositions["abcde", "xbcdy"]
        = {{2, 4}, {2, 4}}
    Options: "IgnoreCase":
        >> LongestCommonSubsequencePositions["xA", "a", IgnoreCase -> True]
        = {{2, 2}, {1, 1}}
    """
    pair = keys_of(a, b, options)
    if pair is None:
        return None
    length, i, j = 0, 0, 0
    before = [0] * (len(pair[1]) + 1)
    for row, x in enumerate(pair[0], 1):
        now = [0]
        for column, y in enumerate(pair[1], 1):
            now.append(before[column - 1] + 1 if x == y else 0)
            if now[-1] > length:
                length, i, j = now[-1], row, column
        before = now
    if not length:
        return Expression(S.List, ())
    return list_of(to_list((i - length + 1, i)), to_list((j - length + 1, j)))


@builtin("DamerauLevenshteinDistance", category="Strings", options=OPTIONS)
def damerau_levenshtein_distance(kernel: Kernel, a: Term, b: Term, *, options: dict[str, Term]) -> Term | None:
    """DamerauLevenshteinDistance[a, b] gives how many elements have to be inserted, deleted, exchanged for others, or swapped
    with their neighbors, to make b of a.

    Examples:
        >> {DamerauLevenshteinDistance["abcd", "bacd"], DamerauLevenshteinDistance["ca", "abc"]}
        = {1, 2}
    Options: "IgnoreCase":
        >> DamerauLevenshteinDistance["AB", "ba", IgnoreCase -> True]
        = 1
    """
    pair = keys_of(a, b, options)
    if pair is None:
        return None
    first, second = pair
    far = len(first) + len(second)
    # Row and column 0 are beyond the beginnings: nothing is swapped with what lies there.
    table = [[far] * (len(second) + 2), [far, *range(len(second) + 1)]]
    last_row: dict[Any, int] = {}
    for i, x in enumerate(first, 1):
        row, last_column = [far, i], 0
        for j, y in enumerate(second, 1):
            k, m = last_row.get(y, 0), last_column
            swapped = table[k][m] + (i - k - 1) + 1 + (j - m - 1)
            row.append(min(table[i][j] + (x != y), row[j] + 1, table[i][j + 1] + 1, swapped))
            last_column = j if x == y else last_column
        table.append(row)
        last_row[x] = i
    return table[-1][-1]
