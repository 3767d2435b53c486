"""Associations: how they are made, looked up and put together."""

from __future__ import annotations

from collections.abc import Iterator

from wlnet.builtins.lists.choosing import call, calls, items, rules_in, rules_of
from wlnet.builtins.lists.parts import key_of, missing_key
from wlnet.kernel import Kernel, Message, applies, builtin, constant, operator_form
from wlnet.terms import Association, Expression, S, Term, elements, is_head, is_list, list_of, rule, to_list
from wlnet.terms import attributes as flags
from wlnet.terms.same import key

RULES = "The argument `1` is not an association or a list of rules."
LENGTHS = "`1` and `2` must have the same length."


@builtin("Association", category="Associations", attributes=flags.HOLD_ALL_COMPLETE)
def association(kernel: Kernel, *given: Term) -> Term | None:
    """Association[key1 -> value1, …] or <|key1 -> value1, …|> gives an association; the last value of a key counts.
    Association[{rule, …}] and Association[assoc, …] take the pairs of lists and associations.

    Details: The value of key :> value is evaluated each time that it is asked for. An association applied to a key
    gives its value, or Missing["KeyAbsent", key].

    Examples:
        >> Association["x" -> 1 + 1, "y" -> 3]
        = <|"x" -> 2, "y" -> 3|>
        >> <|{"x" -> 1}, <|"y" -> 2|>, "x" -> 3|>
        = <|"x" -> 3, "y" -> 2|>
        >> a = <|"x" -> b, "y" :> b + 1|>; b = 2; {a, a["y"]}
        = {<|"x" -> 2, "y" :> b + 1|>, 3}
        >> <|"x" -> <|"y" -> 5|>|>["x", "y"]
        = 5
        >> <|"x" -> 1|>["z"]
        = Missing["KeyAbsent", "z"]
    """
    rules: list[Expression] = []
    for item in given:
        if is_head(item, S.Rule, 2) or is_head(item, S.RuleDelayed, 2):
            name, value = item.args
            is_delayed = item.head is S.RuleDelayed
            rules.append(
                Expression(item.head, (kernel.evaluate(name), value if is_delayed else kernel.evaluate(value)))
            )
            continue
        found = _spliced(kernel.evaluate(item))
        if found is None:
            return None
        rules += found
    return Association.from_rules(rules)


def _spliced(value: Term) -> list[Expression] | None:
    """Gives the rules that an argument of an association stands for; None where it stands for none."""
    if value is S.Nothing:
        return []
    if not is_head(value, S.Sequence):
        found = rules_in(value)
        return None if found is None else list(found)
    parts = [_spliced(item) for item in value.args]
    return None if None in parts else [each for part in parts if part for each in part]


@applies(Association)
def association_value(kernel: Kernel, assoc: Association, args: tuple[Term, ...]) -> Term | None:
    """Gives `assoc[key]`, or `assoc[key1, key2, …]` of associations within associations."""
    if not args:
        return None
    name = args[0].args[0] if is_head(args[0], S.Key, 1) else args[0]
    found = assoc.entries.get(key(name))
    if found is None:
        return missing_key(name)
    if len(args) == 1:
        return found[1]
    inner = kernel.evaluate(found[1])
    return association_value(kernel, inner, args[1:]) if type(inner) is Association else Expression(inner, args[1:])


@constant("Key", category="Associations")
def key_symbol() -> None:
    """Key[k] stands for the key k in part specifications.
    Key[k][assoc] gives the value of the key k.

    Examples:
        >> <|1 -> a, 2 -> b|>[[Key[2]]]
        = b
        >> Key["x"][<|"x" -> 5|>]
        = 5
    """


@operator_form("Key")
def key_operator(kernel: Kernel, head: Expression, args: tuple[Term, ...]) -> Term | None:
    if len(head.args) != 1 or len(args) != 1 or type(args[0]) is not Association:
        return None
    return association_value(kernel, args[0], head.args)


@builtin("Keys", category="Associations", messages={"invrl": RULES})
def keys(kernel: Kernel, term: Term, wrapper: Term = None) -> Term:
    """Keys[assoc] gives the keys of an association, or the left sides of rules.
    Keys[assoc, h] wraps each key in h.

    Examples:
        >> Keys[<|"x" -> 1, "y" -> 2|>]
        = {"x", "y"}
        >> Keys[{a -> 1, b -> 2}]
        = {a, b}
        >> Keys[a -> 1]
        = a
    Possible issues:
        >> Keys[5]
        = Keys[5]
        message: Keys::invrl
    """
    return _sides(term, 0, wrapper)


@builtin("Values", category="Associations", messages={"invrl": RULES})
def values(kernel: Kernel, term: Term, wrapper: Term = None) -> Term:
    """Values[assoc] gives the values of an association, or the right sides of rules.
    Values[assoc, h] wraps each value in h.

    Examples:
        >> Values[<|"x" -> 1, "y" -> 2|>]
        = {1, 2}
        >> Values[{a -> 1, b -> 2}]
        = {1, 2}
    Possible issues:
        >> Values[5]
        = Values[5]
        message: Values::invrl
    """
    return _sides(term, 1, wrapper)


def _sides(term: Term, side: int, wrapper: Term) -> Term:
    """Gives the left (0) or right (1) sides of rules, in lists as the rules are."""

    def wrapped(found: Term) -> Term:
        return found if wrapper is None else Expression(wrapper, (found,))

    if type(term) is Association:
        return to_list(map(wrapped, term.values() if side else term.keys()))
    if is_head(term, S.Rule, 2) or is_head(term, S.RuleDelayed, 2):
        return wrapped(term.args[side])
    if is_head(term, S.List):
        return to_list(_sides(item, side, wrapper) for item in term.args)
    raise Message("invrl", term)


@builtin("Lookup", category="Associations", attributes=flags.HOLD_REST, messages={"invrl": RULES}, curried="first")
def lookup(kernel: Kernel, term: Term, name: Term, default: Term = None) -> Term:
    """Lookup[assoc, key] gives the value of a key, or Missing["KeyAbsent", key].
    Lookup[assoc, key, default] gives default if the key is absent; it is evaluated only then.
    Lookup[assoc, {key1, key2, …}] gives a list of values; Lookup[{assoc1, …}, key] looks in each.

    Examples:
        >> Lookup[<|"x" -> 1|>, "x"]
        = 1
        >> Lookup[<|"x" -> 1|>, {"x", "z"}, 0]
        = {1, 0}
        >> Lookup[{<|"x" -> 1|>, <|"x" -> 2|>}, "x"]
        = {1, 2}
        >> Lookup[{a -> 1}, b]
        = Missing["KeyAbsent", b]
    Possible issues:
        >> Lookup[5, "x"]
        = Lookup[5, "x"]
        message: Lookup::invrl
    """
    wanted = kernel.evaluate(name)
    if is_head(term, S.List) and term.args and all(type(item) is Association for item in term.args):
        return list_of(*(_found(item, wanted, default) for item in term.args))
    if type(term) is Association:
        return _found(term, wanted, default)
    pairs = rules_of(term)
    if pairs is None:
        raise Message("invrl", term)
    return _found(Association(reversed(pairs)), wanted, default)


def _found(assoc: Association, name: Term, default: Term) -> Term:
    if is_list(name):
        held = assoc.entries
        values = [
            found[1] if type(each) is str and (found := held.get(each)) else _found(assoc, each, default)
            for each in elements(name)
        ]
        return list_of(*values)
    boxed = key_of(name) or (name,)
    found = assoc.entries.get(key(boxed[0]))
    if found is not None:
        return found[1]
    return missing_key(boxed[0]) if default is None else default


@builtin("AssociationThread", category="Associations", messages={"idim": LENGTHS})
def association_thread(kernel: Kernel, names: Term, given: Term = None) -> Term | None:
    """AssociationThread[{key1, …}, {value1, …}] gives <|key1 -> value1, …|>.
    AssociationThread[keys -> values] does the same.

    Examples:
        >> AssociationThread[{"x", "y"}, {1, 2}]
        = <|"x" -> 1, "y" -> 2|>
        >> AssociationThread[{"x", "y"} -> {1, 2}]
        = <|"x" -> 1, "y" -> 2|>
    Possible issues:
        >> AssociationThread[{a, b}, {1}]
        = AssociationThread[{a, b}, {1}]
        message: AssociationThread::idim
    """
    if given is None:
        if not is_head(names, S.Rule, 2):
            return None
        names, given = names.args
    if not (is_list(names) and (is_list(given) or type(given) is Association)):
        return None
    left, right = elements(names), items(given)
    if len(left) != len(right):
        raise Message("idim", names, given)
    return Association(zip(left, right, strict=True))


@builtin("AssociationMap", category="Associations", curried="last")
def association_map(kernel: Kernel, function: Term, term: Term) -> Term | None:
    """AssociationMap[f, {key1, …}] gives <|key1 -> f[key1], …|>.
    AssociationMap[f, assoc] applies f to each pair key -> value; f gives rules.

    Examples:
        >> AssociationMap[StringLength, {"a", "bb"}]
        = <|"a" -> 1, "bb" -> 2|>
        >> AssociationMap[Reverse, <|"x" -> 1|>]
        = <|1 -> "x"|>
        >> AssociationMap[f, <|"x" -> 1|>]
        = Association[f["x" -> 1]]
    """
    if type(term) is Association:
        made = [call(kernel, function, rule(*pair)) for pair in term.items()]
        pairs = rules_of(list_of(*made))
        return Expression(S.Association, tuple(made)) if pairs is None else Association(pairs)
    if not is_list(term):
        return None
    return Association(zip(elements(term), calls(kernel, function, elements(term)), strict=True))


@builtin("Merge", category="Associations", messages={"invrl": RULES}, curried="first")
def merge(kernel: Kernel, terms: Term, function: Term) -> Term:
    """Merge[{assoc1, assoc2, …}, f] unites associations; f is applied to the list of all values of a key.

    Examples:
        >> Merge[{<|"x" -> 1, "y" -> 2|>, <|"x" -> 3|>}, Total]
        = <|"x" -> 4, "y" -> 2|>
        >> Merge[{{a -> 1}, a -> 2}, Identity]
        = <|a -> {1, 2}|>
    Possible issues:
        >> Merge[{5}, Total]
        = Merge[{5}, Total]
        message: Merge::invrl
    """
    gathered: dict[object, tuple[Term, list[Term]]] = {}
    for name, value in _all_pairs(terms):
        gathered.setdefault(key(name), (name, []))[1].append(value)
    names = [name for name, _ in gathered.values()]
    values = calls(kernel, function, [to_list(found) for _, found in gathered.values()])
    return Association(zip(names, values, strict=True))


def _all_pairs(terms: Term) -> Iterator[tuple[Term, Term]]:
    for term in items(terms) if is_list(terms) or type(terms) is Association else (terms,):
        pairs = rules_of(term)
        if pairs is None:
            raise Message("invrl", term)
        yield from pairs
