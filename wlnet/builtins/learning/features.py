"""Features: what turns examples of any kind, numbers, vectors, names, texts, images or several of these, into rows of numbers."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

from wlnet.builtins.numbers.numerical import array_of, as_list, dimensions, is_array, machine_array, machine_real
from wlnet.errors import NetError
from wlnet.kernel import Kernel
from wlnet.terms import Association, Image, Symbol, Term, elements, expression, is_head, is_list, list_of, symbol
from wlnet.terms.same import key

Terms = Sequence[Term]
WORD = re.compile(r"\w+")
#: Strings with more words than that, on the average, are texts; others are names.
FEW_WORDS = 2
#: Images are looked at in this size.
PIXELS = 16
MISSING = symbol("Missing")
EXAMPLE = (
    "the example `1` is not like those that were learned from: numbers, arrays of one size, names, texts or images, or "
    "lists or associations of these"
)


class Column:
    """One kind of feature, made of the examples to learn from; `rows` gives the (n, width) numbers of any; raises NetError.

    name: the kind, as Information tells it; rank: how deep a list one example is.
    """

    name = ""
    rank = 0

    def __init__(self, kernel: Kernel, items: Terms) -> None:
        raise NotImplementedError

    def rows(self, kernel: Kernel, items: Terms) -> np.ndarray:
        raise NotImplementedError


def unlike(item: Term) -> NetError:
    return NetError(EXAMPLE, tag="example", terms=(item,))


class Numerical(Column):
    """Numbers, or arrays of them, less their mean and over their standard deviation; what is Missing is the mean."""

    def __init__(self, kernel: Kernel, items: Terms) -> None:
        known = [item for item in items if not is_head(item, MISSING)]
        if not known:
            raise unlike(list_of(*items))
        self.shape = dimensions(known[0]) if is_array(known[0]) else ()
        self.rank = len(self.shape)
        self.name = "NumericalVector" if self.shape else "Numerical"
        rows = self.numbers(kernel, known)
        self.mean, spread = rows.mean(axis=0), rows.std(axis=0)
        self.spread = np.where(spread > 0, spread, 1.0)

    def numbers(self, kernel: Kernel, items: Terms) -> np.ndarray:
        shape = (len(items), *self.shape)
        found = machine_array(kernel, list_of(*items)) if items else np.zeros(shape)
        if found is None or found.shape != shape or found.dtype.kind != "f" or not np.isfinite(found).all():
            raise unlike(next((item for item in items if not self.fits(kernel, item)), list_of(*items)))
        return found.reshape(len(items), math.prod(self.shape))

    def fits(self, kernel: Kernel, item: Term) -> bool:
        found = machine_array(kernel, item) if is_array(item) else machine_real(kernel, item)
        return found is not None and np.shape(found) == self.shape and bool(np.isfinite(found).all())

    def rows(self, kernel: Kernel, items: Terms) -> np.ndarray:
        gap = np.array([is_head(item, MISSING) for item in items], bool)
        rows = np.tile(self.mean, (len(items), 1))
        rows[~gap] = self.numbers(kernel, [item for item in items if not is_head(item, MISSING)])
        return (rows - self.mean) / self.spread


class Nominal(Column):
    """Names: 1 in the place of the name, 0 in the others; all 0 for one that was not met before."""

    name = "Nominal"

    def __init__(self, kernel: Kernel, items: Terms) -> None:
        self.places = {name: place for place, name in enumerate(dict.fromkeys(map(key, items)))}

    def rows(self, kernel: Kernel, items: Terms) -> np.ndarray:
        rows = np.zeros((len(items), len(self.places)))
        for row, item in zip(rows, items, strict=True):
            place = self.places.get(key(item))
            if place is not None:
                row[place] = 1.0
        return rows


class Text(Column):
    """Texts: how often each word comes, less where it comes in many texts, as vectors of length 1 (TF-IDF).

    Source: G. Salton and C. Buckley, Term-weighting approaches in automatic text retrieval, 1988.
    """

    name = "Text"

    def __init__(self, kernel: Kernel, items: Terms) -> None:
        documents = [set(words(item)) for item in items]
        counts = Counter(word for document in documents for word in document)
        self.places = {word: place for place, word in enumerate(sorted(counts))}
        self.weights = np.array([math.log((1 + len(items)) / (1 + counts[word])) + 1 for word in self.places])

    def rows(self, kernel: Kernel, items: Terms) -> np.ndarray:
        rows = np.zeros((len(items), len(self.places)))
        for row, item in zip(rows, items, strict=True):
            for word in words(item):
                if word in self.places:
                    row[self.places[word]] += 1.0
        rows *= self.weights
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.divide(rows, lengths, out=rows, where=lengths > 0)


def words(item: Term) -> list[str]:
    if type(item) is not str:
        raise unlike(item)
    return WORD.findall(item.lower())


class Pictures(Column):
    """Images: their pixels in three colors, in a small size."""

    name = "Image"

    def __init__(self, kernel: Kernel, items: Terms) -> None:
        """Pixels are taken as they are: there is nothing to learn."""

    def rows(self, kernel: Kernel, items: Terms) -> np.ndarray:
        return np.stack([self.pixels(kernel, item) for item in items]) if items else np.zeros((0, 3 * PIXELS**2))

    def pixels(self, kernel: Kernel, item: Term) -> np.ndarray:
        small = expression("ImageResize", item, list_of(PIXELS, PIXELS))
        found = kernel.evaluate(expression("ImageData", expression("ColorConvert", small, "RGB")))
        array = machine_array(kernel, found) if isinstance(item, Image) and is_array(found) else None
        if array is None or array.shape != (PIXELS, PIXELS, 3):
            raise unlike(item)
        return array.ravel()


class Several(Column):
    """Lists of several features, or associations of them; each has a column of its own."""

    def __init__(self, kernel: Kernel, items: Terms) -> None:
        first = items[0]
        self.keys: tuple[Term, ...] | None = tuple(first.keys()) if type(first) is Association else None
        self.rank = 0 if self.keys is not None else 1
        self.count = len(elements(as_list(first)))
        self.columns = [column_of(kernel, part) for part in self.parts(items)]
        self.name = "Mixed"

    def parts(self, items: Terms) -> list[Terms]:
        """Gives the values of each feature."""
        if self.keys is None:
            found = [elements(item) if is_list(item) else () for item in items]
        else:
            found = [
                tuple(item.get(name, expression("Missing")) for name in self.keys) if type(item) is Association else ()
                for item in items
            ]
        for item, parts in zip(items, found, strict=True):
            if len(parts) != self.count:
                raise unlike(item)
        return [[parts[place] for parts in found] for place in range(self.count)]

    def rows(self, kernel: Kernel, items: Terms) -> np.ndarray:
        made = [column.rows(kernel, part) for column, part in zip(self.columns, self.parts(items), strict=True)]
        return np.concatenate(made, axis=1)


def are_numbers(kernel: Kernel, items: Terms) -> bool:
    """Tells whether all are numbers, or arrays of numbers of one size, but for what is Missing."""
    known = [item for item in items if not is_head(item, MISSING)]
    if not known or any(type(item) is Association for item in known):
        return False
    found = array_of(list_of(*known))
    numbers = machine_array(kernel, list_of(*known)) if found is not None else None
    return numbers is not None and numbers.dtype.kind == "f" and bool(np.isfinite(numbers).all()) and numbers.size > 0


def are_texts(kernel: Kernel, items: Terms) -> bool:
    return all(type(item) is str for item in items) and sum(len(words(item)) for item in items) > FEW_WORDS * len(items)


def are_several(kernel: Kernel, items: Terms) -> bool:
    if type(items[0]) is Association:
        return all(type(item) is Association for item in items) and len(items[0]) > 0
    return all(is_list(item) and len(elements(item)) > 0 for item in items)


#: In this order the first kind that the examples are of.
KINDS: tuple[tuple[Callable[[Kernel, Terms], bool], type[Column]], ...] = (
    (are_numbers, Numerical),
    (are_several, Several),
    (are_texts, Text),
    (lambda kernel, items: all(isinstance(item, Image) for item in items), Pictures),
    (lambda kernel, items: all(type(item) in (str, int, float) or type(item) is Symbol or is_head(item, MISSING)
                               for item in items), Nominal),
)  # fmt: skip


def column_of(kernel: Kernel, items: Terms) -> Column:
    """Gives the kind of feature that examples have, which has learned from them; raises NetError."""
    if items:
        for test, kind in KINDS:
            if test(kernel, items):
                return kind(kernel, items)
    raise unlike(items[0] if items else list_of())


def fits(kernel: Kernel, column: Column, items: Terms) -> bool:
    """Tells whether examples are like those that a column has learned from."""
    try:
        column.rows(kernel, items)
    except NetError:
        return False
    return True


def is_one(kernel: Kernel, column: Column, given: Term) -> bool:
    """Tells whether what is given is one example, not a list of them."""
    items = elements(as_list(given)) if is_array(given) else None
    if not items:
        return items is None
    if isinstance(column, Several) and column.keys is None:
        return not is_array(items[0]) or (column.columns[0].rank > 0 and fits(kernel, column, [given]))
    return column.rank > 0 and len(dimensions(given)) == column.rank
