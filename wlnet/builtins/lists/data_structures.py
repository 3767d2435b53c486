"""CreateDataStructure: tables, arrays, stacks and the like that change in place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from wlnet.builtins.arrays.numeric_arrays import NORMALIZERS
from wlnet.kernel import Kernel, Message, applies, builtin, constant
from wlnet.terms import (
    FAILED,
    NULL,
    TRUE,
    Association,
    Expression,
    S,
    Term,
    elements,
    is_head,
    is_list,
    register,
    symbol,
    to_list,
    truth,
)
from wlnet.terms.same import key

MESSAGES = {
    "unknown": "There is no data structure `1` here; there are `2`.",
    "initial": "`1` cannot be what a data structure of the type `2` begins with.",
    "operation": "`1` has no operation `2` with `3` arguments; it has `4`.",
    "part": "There is no element `1` in `2`.",
}


@dataclass(eq=False)
class DataStructure:
    """A structure that changes in place: a dictionary by keys of terms, a list, or a number, as its type has it."""

    kind: str
    content: Any

    def __repr__(self) -> str:
        return f'DataStructure["{self.kind}", {len(self.content) if self.kind != "Counter" else self.content}]'


register(DataStructure, symbol("DataStructure"), text=repr)
Operation = Callable[..., Term]


def fault(tag: str, *terms: Term) -> Message:
    return Message(tag, *terms, text=MESSAGES[tag], result=FAILED)


def cleared(structure: DataStructure) -> Term:
    structure.content.clear()
    return NULL


def place_in(structure: DataStructure, number: Term) -> int:
    """Gives the place from 0 of an element by its number from 1, or from the end where it is negative."""
    count = len(structure.content)
    if type(number) is not int or not 0 < abs(number) <= count:
        raise fault("part", number, structure)
    return number - 1 if number > 0 else count + number


def last_or_first(structure: DataStructure, place: int) -> Term:
    if not structure.content:
        raise fault("part", 1, structure)
    return structure.content[place]


def taken(structure: DataStructure, place: int) -> Term:
    found = last_or_first(structure, place)
    del structure.content[place]
    return found


def put_in(structure: DataStructure, place: int, value: Term) -> Term:
    structure.content.insert(place, value)
    return NULL


def set_part(structure: DataStructure, number: Term, value: Term) -> Term:
    structure.content[place_in(structure, number)] = value
    return value


def swapped(structure: DataStructure, one: Term, other: Term) -> Term:
    items, first, second = structure.content, place_in(structure, one), place_in(structure, other)
    items[first], items[second] = items[second], items[first]
    return NULL


# Tables and sets -----------------------------------------------------------------------------------------------------


def insert_pair(structure: DataStructure, pair: Term) -> Term:
    if not is_head(pair, S.Rule, 2):
        raise fault("initial", pair, structure.kind)
    structure.content[key(pair.args[0])] = pair.args
    return TRUE


def looked_up(structure: DataStructure, name: Term, otherwise: Term = None) -> Term:
    found = structure.content.get(key(name))
    if found is not None:
        return found[1]
    if otherwise is None:
        return Expression(S.Missing, ("KeyAbsent", name))
    return Expression(otherwise, (name,))


def insert_member(structure: DataStructure, member: Term) -> Term:
    is_new = key(member) not in structure.content
    structure.content.setdefault(key(member), (member, member))
    return truth(is_new)


def removed(structure: DataStructure, name: Term) -> Term:
    return truth(structure.content.pop(key(name), None) is not None)


def column(structure: DataStructure, place: int) -> Term:
    return to_list([pair[place] for pair in structure.content.values()])


def changed(structure: DataStructure, by: Term) -> Term:
    structure.content = Expression(S.Plus, (structure.content, by))
    return structure.content


# What there is -------------------------------------------------------------------------------------------------------

#: Operations of every structure that has elements.
GENERAL: dict[str, Operation] = {
    "Length": lambda structure: len(structure.content),
    "EmptyQ": lambda structure: truth(not structure.content),
    "Copy": lambda structure: DataStructure(structure.kind, structure.content.copy()),
}
KEYED: dict[str, Operation] = GENERAL | {"Elements": lambda structure: column(structure, 1)}
ORDERED: dict[str, Operation] = GENERAL | {
    "Elements": lambda structure: to_list(list(structure.content)),
    "DropAll": cleared,
    "MemberQ": lambda structure, x: truth(key(x) in map(key, structure.content)),
}
VECTOR: dict[str, Operation] = ORDERED | {
    "Part": lambda structure, n: structure.content[place_in(structure, n)],
    "SetPart": set_part,
    "SwapPart": swapped,
    "Append": lambda structure, x: put_in(structure, len(structure.content), x),
    "Prepend": lambda structure, x: put_in(structure, 0, x),
    "Insert": lambda structure, x, n: put_in(structure, place_in(structure, n), x),
    "Drop": lambda structure, n: taken(structure, place_in(structure, n)),
    "DropLast": lambda structure: taken(structure, -1),
    "Last": lambda structure: last_or_first(structure, -1),
    "First": lambda structure: last_or_first(structure, 0),
}
OPERATIONS: dict[str, dict[str, Operation]] = {
    "HashTable": KEYED | {
        "Insert": insert_pair, "Lookup": looked_up, "KeyDrop": removed, "KeyDropAll": cleared,
        "KeyExistsQ": lambda structure, name: truth(key(name) in structure.content),
        "Keys": lambda structure: column(structure, 0), "Values": lambda structure: column(structure, 1),
    },
    "HashSet": KEYED | {
        "Insert": insert_member, "Remove": removed, "RemoveAll": cleared,
        "MemberQ": lambda structure, member: truth(key(member) in structure.content),
    },
    "DynamicArray": VECTOR,
    "ExtensibleVector": VECTOR,
    "FixedArray": GENERAL | {name: VECTOR[name] for name in ("Part", "SetPart", "SwapPart", "Elements", "MemberQ")},
    "Stack": ORDERED | {
        "Push": lambda structure, x: put_in(structure, len(structure.content), x),
        "Pop": lambda structure: taken(structure, -1), "Peek": lambda structure: last_or_first(structure, -1),
    },
    "Queue": ORDERED | {
        "Push": lambda structure, x: put_in(structure, len(structure.content), x),
        "Pop": lambda structure: taken(structure, 0), "Peek": lambda structure: last_or_first(structure, 0),
    },
    "Counter": {
        "Get": lambda structure: structure.content, "Copy": lambda structure: DataStructure("Counter", structure.content),
        "Increment": lambda structure: changed(structure, 1), "Decrement": lambda structure: changed(structure, -1),
        "AddTo": changed, "SubtractFrom": lambda structure, by: changed(structure, Expression(S.Times, (-1, by))),
    },
}  # fmt: skip


def filled(kind: str, initial: Term) -> Any:
    """Gives the content that a structure begins with; raises Message."""
    if kind == "Counter":
        return 0 if initial is None else initial
    if kind == "FixedArray" and type(initial) is int and 0 <= initial < 10**7:
        return [0] * initial
    made = DataStructure(kind, {} if kind in ("HashTable", "HashSet") else [])
    if initial is None and kind != "FixedArray":
        return made.content
    given: Iterable[Term] = (
        initial.rules() if type(initial) is Association else elements(initial) if is_list(initial) else ()
    )
    if not (is_list(initial) or type(initial) is Association):
        raise fault("initial", initial, kind)
    for item in given:
        if kind in ("HashTable", "HashSet"):
            OPERATIONS[kind]["Insert"](made, item)
        else:
            made.content.append(item)
    return made.content


@builtin(
    "CreateDataStructure", category="Data structures", messages={tag: MESSAGES[tag] for tag in ("unknown", "initial")}
)
def create_data_structure(kernel: Kernel, kind: Term, initial: Term = None) -> Term | None:
    """CreateDataStructure["type"] makes an empty structure that changes in place: "HashTable", "HashSet", "DynamicArray",
    "ExtensibleVector", "FixedArray", "Stack", "Queue" or "Counter".
    CreateDataStructure["type", init] begins with the elements of a list, the rules of an association or a number.
    CreateDataStructure[…]["operation", x, …] changes it, or gives what is in it.

    Details: Operations of tables: Insert, Lookup, KeyExistsQ, KeyDrop, KeyDropAll, Keys, Values; of sets: Insert, MemberQ,
    Remove, RemoveAll; of arrays: Append, Prepend, Insert, Part, SetPart, SwapPart, Drop, DropLast, DropAll, First, Last; of stacks and
    queues: Push, Pop, Peek, DropAll; of counters: Get, Increment, Decrement, AddTo, SubtractFrom. All others have Length,
    EmptyQ, Elements and Copy. Normal gives the elements, or an association.

    Examples:
        >> t = CreateDataStructure["HashTable"]; t["Insert", "a" -> 1]; t["Insert", "b" -> 2];
        >> {t["Lookup", "a"], t["KeyExistsQ", "c"], t["Keys"], Normal[t]}
        = {1, False, {"a", "b"}, <|"a" -> 1, "b" -> 2|>}
        >> s = CreateDataStructure["Stack"]; s["Push", x]; s["Push", y]; {s["Pop"], s["Length"], s["Peek"]}
        = {y, 1, x}
        >> v = CreateDataStructure["DynamicArray", {1, 2}]; v["Append", 3]; v["SetPart", 1, 7]; {v["Elements"], v["Part", -1]}
        = {{7, 2, 3}, 3}
        >> n = CreateDataStructure["Counter", 5]; n["Increment"]; n["AddTo", 2]
        = 8
    Possible issues:
        >> CreateDataStructure["Heap"]
        = $Failed
        message: CreateDataStructure::unknown
        >> CreateDataStructure["Stack", 5]
        = $Failed
        message: CreateDataStructure::initial
        >> CreateDataStructure["Stack"]["Fly"]
        = $Failed
        message: DataStructure::operation
        >> CreateDataStructure["Stack"]["Pop"]
        = $Failed
        message: DataStructure::part
    Source: https://reference.wolfram.com/language/ref/CreateDataStructure.html
    """
    if type(kind) is not str or kind not in OPERATIONS:
        raise fault("unknown", kind, ", ".join(OPERATIONS))
    return DataStructure(kind, filled(kind, initial))


@applies(DataStructure)
def operate(kernel: Kernel, structure: DataStructure, args: tuple[Term, ...]) -> Term | None:
    """Gives the value of an operation of a data structure, which may change it."""
    known = OPERATIONS[structure.kind]
    if not args:
        return None
    operation = known.get(args[0]) if type(args[0]) is str else None
    if operation is None or not takes(operation, len(args)):
        raise fault("operation", structure, args[0], len(args) - 1, ", ".join(known))
    made = operation(structure, *args[1:])
    if structure.kind == "Counter" and type(structure.content) is Expression:
        structure.content = made = kernel.evaluate(made)
    return made


def takes(operation: Operation, count: int) -> bool:
    """Tells whether an operation takes so many arguments, the structure among them."""
    code = operation.__code__
    return code.co_argcount - len(operation.__defaults__ or ()) <= count <= code.co_argcount


@constant("DataStructure", category="Data structures")
def data_structure() -> None:
    """DataStructure[…] is what CreateDataStructure makes.

    Examples:
        >> Head[CreateDataStructure["Stack"]]
        = DataStructure
    Source: https://reference.wolfram.com/language/ref/DataStructure.html
    """


@builtin("DataStructureQ", category="Data structures")
def data_structure_q(kernel: Kernel, term: Term, kind: Term = None) -> Term:
    """DataStructureQ[x] tells whether x is a data structure; DataStructureQ[x, "type"] whether it is one of a type.

    Examples:
        >> s = CreateDataStructure["Stack"]; {DataStructureQ[s], DataStructureQ[s, "Queue"], DataStructureQ[{}]}
        = {True, False, False}
    Source: https://reference.wolfram.com/language/ref/DataStructureQ.html
    """
    return truth(type(term) is DataStructure and (kind is None or (type(kind) is str and kind == term.kind)))


def content_of(kernel: Kernel, structure: Term) -> Term | None:
    if structure.kind == "HashTable":
        return Association(list(structure.content.values()))
    return structure.content if structure.kind == "Counter" else OPERATIONS[structure.kind]["Elements"](structure)


NORMALIZERS[DataStructure] = content_of
