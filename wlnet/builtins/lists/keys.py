"""Functions of the keys of associations: KeyTake, KeySelect, KeyMap, KeySort, KeyUnion and the like."""

from __future__ import annotations

from collections.abc import Callable

from wlnet.builtins.lists.choosing import call, calls, choose, predicate, rules_of
from wlnet.builtins.lists.functional import list_of_calls
from wlnet.builtins.lists.parts import key_of, missing_key
from wlnet.builtins.lists.sorting import order_by, order_of
from wlnet.kernel import Kernel, Message, builtin
from wlnet.patterns import is_match
from wlnet.terms import Association, S, Term, elements, is_head, is_list, list_of, to_list, truth

RULES = "The argument `1` is not an association or a list of rules."


def required(term: Term) -> Association:
    """Gives an association, or that of a list of rules; raises `invrl` for anything else."""
    if type(term) is Association:
        return term
    pairs = rules_of(term)
    if pairs is None:
        raise Message("invrl", term)
    return Association(pairs)


def over_lists(term: Term, function: Callable[[Association], Term]) -> Term:
    """Gives the function's value of an association, or the list of its values of each in a list of associations."""
    if is_head(term, S.List) and term.args and all(type(item) is Association for item in term.args):
        return list_of(*map(function, term.args))
    return function(required(term))


def names_in(given: Term) -> list[Term]:
    """Gives the keys that one key or a list of keys stands for."""
    return [(key_of(name) or (name,))[0] for name in (elements(given) if is_list(given) else (given,))]


@builtin("KeyExistsQ", category="Associations", messages={"invrl": RULES}, curried="first")
def key_exists_q(kernel: Kernel, term: Term, name: Term) -> Term:
    """KeyExistsQ[assoc, key] tells whether an association has a key.

    Examples:
        >> KeyExistsQ[<|"x" -> 1|>, "x"]
        = True
        >> KeyExistsQ["y"][<|"x" -> 1|>]
        = False
    Possible issues:
        >> KeyExistsQ[5, "x"]
        = KeyExistsQ[5, "x"]
        message: KeyExistsQ::invrl
    """
    return truth(name in required(term))


@builtin("KeyMemberQ", category="Associations", messages={"invrl": RULES}, curried="first")
def key_member_q(kernel: Kernel, term: Term, pattern: Term) -> Term:
    """KeyMemberQ[assoc, patt] tells whether a key of the association matches a pattern.

    Examples:
        >> KeyMemberQ[<|"x" -> 1|>, _String]
        = True
    Possible issues:
        >> KeyMemberQ[5, "x"]
        = KeyMemberQ[5, "x"]
        message: KeyMemberQ::invrl
    """
    return truth(any(is_match(pattern, name, kernel) for name in required(term)))


@builtin("KeyFreeQ", category="Associations", messages={"invrl": RULES}, curried="first")
def key_free_q(kernel: Kernel, term: Term, pattern: Term) -> Term:
    """KeyFreeQ[assoc, patt] tells whether no key of the association matches a pattern.

    Examples:
        >> KeyFreeQ[<|"x" -> 1|>, _String]
        = False
    Possible issues:
        >> KeyFreeQ[5, "x"]
        = KeyFreeQ[5, "x"]
        message: KeyFreeQ::invrl
    """
    return truth(not any(is_match(pattern, name, kernel) for name in required(term)))


@builtin("KeyTake", category="Associations", messages={"invrl": RULES}, curried="first")
def key_take(kernel: Kernel, term: Term, names: Term) -> Term:
    """KeyTake[assoc, {key1, …}] gives the pairs with these keys, in this order.
    KeyTake[{assoc1, …}, keys] does so with each association.

    Examples:
        >> KeyTake[<|"x" -> 1, "y" -> 2, "z" -> 3|>, {"z", "x"}]
        = <|"z" -> 3, "x" -> 1|>
    Possible issues:
        >> KeyTake[5, {"x"}]
        = KeyTake[5, {"x"}]
        message: KeyTake::invrl
    """
    wanted = names_in(names)
    return over_lists(term, lambda assoc: Association((n, assoc.get(n)) for n in wanted if n in assoc))


@builtin("KeyDrop", category="Associations", messages={"invrl": RULES}, curried="first")
def key_drop(kernel: Kernel, term: Term, names: Term) -> Term:
    """KeyDrop[assoc, {key1, …}] gives the association without these keys.
    KeyDrop[{assoc1, …}, keys] does so with each association.

    Examples:
        >> KeyDrop[<|"x" -> 1, "y" -> 2|>, "x"]
        = <|"y" -> 2|>
    Possible issues:
        >> KeyDrop[5, {"x"}]
        = KeyDrop[5, {"x"}]
        message: KeyDrop::invrl
    """
    unwanted = names_in(names)
    return over_lists(term, lambda assoc: assoc.without(unwanted))


@builtin("KeySelect", category="Associations", messages={"invrl": RULES}, curried="first")
def key_select(kernel: Kernel, term: Term, criterion: Term) -> Term:
    """KeySelect[assoc, crit] gives the pairs for whose keys crit is True.

    Examples:
        >> KeySelect[<|1 -> a, 2 -> b|>, EvenQ]
        = <|2 -> b|>
    Possible issues:
        >> KeySelect[5, EvenQ]
        = KeySelect[5, EvenQ]
        message: KeySelect::invrl
    """
    passes = predicate(kernel, criterion)
    return over_lists(term, lambda assoc: Association(pair for pair in assoc.items() if passes(pair[0])))


@builtin("KeyMap", category="Associations", messages={"invrl": RULES}, curried="last")
def key_map(kernel: Kernel, function: Term, term: Term) -> Term:
    """KeyMap[f, assoc] applies f to each key.

    Examples:
        >> KeyMap[f, <|"x" -> 1|>]
        = <|f["x"] -> 1|>
    Possible issues:
        >> KeyMap[f, 5]
        = KeyMap[f, 5]
        message: KeyMap::invrl
    """
    return over_lists(
        term, lambda assoc: Association(zip(calls(kernel, function, assoc.keys()), assoc.values(), strict=True))
    )


@builtin("KeyValueMap", category="Associations", messages={"invrl": RULES}, curried="last")
def key_value_map(kernel: Kernel, function: Term, term: Term) -> Term:
    """KeyValueMap[f, assoc] gives the list {f[key1, value1], f[key2, value2], …}.

    Examples:
        >> KeyValueMap[f, <|"x" -> 1, "y" -> 2|>]
        = {f["x", 1], f["y", 2]}
    Possible issues:
        >> KeyValueMap[f, 5]
        = KeyValueMap[f, 5]
        message: KeyValueMap::invrl
    """
    return list_of_calls(kernel, function, list(required(term).items()))


@builtin("KeySort", category="Associations", messages={"invrl": RULES})
def key_sort(kernel: Kernel, term: Term, function: Term = None) -> Term:
    """KeySort[assoc] sorts an association by its keys.
    KeySort[assoc, p] sorts by the ordering function p.

    Examples:
        >> KeySort[<|"y" -> 1, "x" -> 2|>]
        = <|"x" -> 2, "y" -> 1|>
    Possible issues:
        >> KeySort[5]
        = KeySort[5]
        message: KeySort::invrl
    """
    assoc = required(term)
    return choose(assoc, order_of(kernel, assoc.keys(), function))


@builtin("KeySortBy", category="Associations", messages={"invrl": RULES}, curried="first")
def key_sort_by(kernel: Kernel, term: Term, function: Term) -> Term:
    """KeySortBy[assoc, f] sorts an association by the values of f of its keys.

    Examples:
        >> KeySortBy[<|"ccc" -> 1, "a" -> 2|>, StringLength]
        = <|"a" -> 2, "ccc" -> 1|>
    Possible issues:
        >> KeySortBy[5, f]
        = KeySortBy[5, f]
        message: KeySortBy::invrl
    """
    assoc = required(term)
    return choose(assoc, order_by(kernel, to_list(assoc.keys()), function, "KeySortBy"))


@builtin("KeyUnion", category="Associations", messages={"invrl": RULES})
def key_union(kernel: Kernel, terms: Term, function: Term = None) -> Term:
    """KeyUnion[{assoc1, assoc2, …}] gives associations that all have the keys of all; missing values are
    Missing["KeyAbsent", key].
    KeyUnion[{assoc1, …}, f] gives f[key] for missing values.

    Examples:
        >> KeyUnion[{<|"x" -> 1|>, <|"y" -> 2|>}, 0 &]
        = {<|"x" -> 1, "y" -> 0|>, <|"x" -> 0, "y" -> 2|>}
    Possible issues:
        >> KeyUnion[{5}]
        = KeyUnion[{5}]
        message: KeyUnion::invrl
    """
    given = [required(term) for term in elements(terms)]
    names = Association((name, name) for assoc in given for name in assoc).keys()

    def absent(name: Term) -> Term:
        return missing_key(name) if function is None else call(kernel, function, name)

    return list_of(*(Association((n, assoc.get(n) if n in assoc else absent(n)) for n in names) for assoc in given))


@builtin("KeyIntersection", category="Associations", messages={"invrl": RULES})
def key_intersection(kernel: Kernel, terms: Term) -> Term:
    """KeyIntersection[{assoc1, assoc2, …}] gives the associations with only the keys that all have.

    Examples:
        >> KeyIntersection[{<|"x" -> 1, "y" -> 2|>, <|"y" -> 3|>}]
        = {<|"y" -> 2|>, <|"y" -> 3|>}
    Possible issues:
        >> KeyIntersection[{5}]
        = KeyIntersection[{5}]
        message: KeyIntersection::invrl
    """
    given = [required(term) for term in elements(terms)]
    return list_of(
        *(Association(pair for pair in assoc.items() if all(pair[0] in other for other in given)) for assoc in given)
    )


@builtin("KeyComplement", category="Associations", messages={"invrl": RULES})
def key_complement(kernel: Kernel, terms: Term) -> Term | None:
    """KeyComplement[{all, assoc1, …}] gives the pairs of all whose keys are in none of the other associations.

    Examples:
        >> KeyComplement[{<|"x" -> 1, "y" -> 2|>, <|"y" -> 3|>}]
        = <|"x" -> 1|>
    Possible issues:
        >> KeyComplement[{5}]
        = KeyComplement[{5}]
        message: KeyComplement::invrl
    """
    given = [required(term) for term in elements(terms)]
    return given[0].without(name for other in given[1:] for name in other) if given else None
