"""The names of the attributes."""

from __future__ import annotations

from wlnet.kernel import constant


@constant("Constant", category="Attributes")
def constant_() -> None:
    """Constant is the attribute of symbols that stand for a number.

    Examples:
        >> MemberQ[Attributes[Pi], Constant]
        = True
    """


@constant("Flat", category="Attributes")
def flat() -> None:
    """Flat is the attribute of associative functions: f[a, f[b]] becomes f[a, b].

    Examples:
        >> SetAttributes[f, Flat]; f[a, f[b]]
        = f[a, b]
    """


@constant("HoldAll", category="Attributes")
def hold_all() -> None:
    """HoldAll is the attribute of functions that get their arguments unevaluated.

    Examples:
        >> SetAttributes[f, HoldAll]; f[1 + 1]
        = f[1 + 1]
    """


@constant("HoldAllComplete", category="Attributes")
def hold_all_complete() -> None:
    """HoldAllComplete is the attribute of functions whose arguments are not touched at all, sequences included.

    Examples:
        >> SetAttributes[f, HoldAllComplete]; f[Sequence[a, b], Evaluate[1 + 1]]
        = f[Sequence[a, b], Evaluate[1 + 1]]
    """


@constant("HoldFirst", category="Attributes")
def hold_first() -> None:
    """HoldFirst is the attribute of functions that get their first argument unevaluated.

    Examples:
        >> SetAttributes[f, HoldFirst]; f[1 + 1, 1 + 1]
        = f[1 + 1, 2]
    """


@constant("HoldRest", category="Attributes")
def hold_rest() -> None:
    """HoldRest is the attribute of functions that get all arguments but the first unevaluated.

    Examples:
        >> SetAttributes[f, HoldRest]; f[1 + 1, 1 + 1]
        = f[2, 1 + 1]
    """


@constant("Listable", category="Attributes")
def listable() -> None:
    """Listable is the attribute of functions that thread over lists.

    Examples:
        >> SetAttributes[f, Listable]; f[{a, b}, c]
        = {f[a, c], f[b, c]}
    """


@constant("Locked", category="Attributes")
def locked() -> None:
    """Locked is the attribute of symbols whose attributes cannot change.

    Examples:
        >> MemberQ[Attributes[True], Protected]
        = True
    """


@constant("NHoldAll", category="Attributes")
def n_hold_all() -> None:
    """NHoldAll is the attribute of functions whose arguments N leaves alone.

    Examples:
        >> MemberQ[Attributes[Slot], NHoldAll]
        = True
    """


@constant("NHoldFirst", category="Attributes")
def n_hold_first() -> None:
    """NHoldFirst is the attribute of functions whose first argument N leaves alone.

    Examples:
        >> SetAttributes[f, NHoldFirst]; Attributes[f]
        = {NHoldFirst}
    """


@constant("NHoldRest", category="Attributes")
def n_hold_rest() -> None:
    """NHoldRest is the attribute of functions of which N touches the first argument only.

    Examples:
        >> SetAttributes[f, NHoldRest]; Attributes[f]
        = {NHoldRest}
    """


@constant("NumericFunction", category="Attributes")
def numeric_function() -> None:
    """NumericFunction is the attribute of functions that give a number for numbers.

    Examples:
        >> SetAttributes[f, NumericFunction]; NumericQ[f[Pi]]
        = True
    """


@constant("OneIdentity", category="Attributes")
def one_identity() -> None:
    """OneIdentity is the attribute of functions for which f[x] counts as x in patterns.

    Examples:
        >> MemberQ[Attributes[Plus], OneIdentity]
        = True
    """


@constant("Orderless", category="Attributes")
def orderless() -> None:
    """Orderless is the attribute of commutative functions: their arguments are sorted.

    Examples:
        >> SetAttributes[f, Orderless]; f[c, a, b]
        = f[a, b, c]
    """


@constant("Protected", category="Attributes")
def protected() -> None:
    """Protected is the attribute of symbols that cannot be given definitions.

    Examples:
        >> MemberQ[Attributes[Plus], Protected]
        = True
    """


@constant("ReadProtected", category="Attributes")
def read_protected() -> None:
    """ReadProtected is the attribute of symbols whose definitions are not shown.

    Examples:
        >> SetAttributes[f, ReadProtected]; Attributes[f]
        = {ReadProtected}
    """


@constant("SequenceHold", category="Attributes")
def sequence_hold() -> None:
    """SequenceHold is the attribute of functions in whose arguments Sequence is not spliced.

    Examples:
        >> SetAttributes[f, SequenceHold]; f[Sequence[a, b]]
        = f[Sequence[a, b]]
    """


@constant("Stub", category="Attributes")
def stub() -> None:
    """Stub is the attribute of symbols whose definitions are read from a package when they are used.

    Examples:
        >> SetAttributes[f, Stub]; Attributes[f]
        = {Stub}
    """


@constant("Temporary", category="Attributes")
def temporary() -> None:
    """Temporary is the attribute of symbols that are forgotten when nothing refers to them any more.

    Examples:
        >> SetAttributes[f, Temporary]; Attributes[f]
        = {Temporary}
    """
