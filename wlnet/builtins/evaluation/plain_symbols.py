"""Symbols that stand for themselves wherever they are used, and what this system is called."""

from __future__ import annotations

import platform

from wlnet import __version__
from wlnet.kernel import constant
from wlnet.terms import attributes as flags


@constant("Null", category="Symbols")
def null() -> None:
    """Null is the value of what gives nothing; it is not printed.

    Examples:
        >> Head[Null]
        = Symbol
    """


@constant("All", category="Symbols")
def all_() -> None:
    """All stands for everything there is, in part specifications and options.

    Examples:
        >> {{1, 2}, {3, 4}}[[All, 1]]
        = {1, 3}
    """


@constant("None", category="Symbols")
def none() -> None:
    """None is the value of an option that switches something off.

    Examples:
        >> None
        = None
    """


@constant("Automatic", category="Symbols")
def automatic() -> None:
    """Automatic is the value of an option that is chosen for the case at hand.

    Examples:
        >> Automatic
        = Automatic
    """


@constant("Inherited", category="Symbols")
def inherited() -> None:
    """Inherited is the value of an option that is taken from what is around.

    Examples:
        >> Inherited
        = Inherited
    """


@constant("String", category="Symbols")
def string() -> None:
    """String is the head of strings.

    Examples:
        >> Head["text"]
        = String
    """


@constant("$Failed", category="Symbols")
def failed() -> None:
    """$Failed is the value of what could not be done.

    Examples:
        >> Quiet[ToExpression["1 +"]]
        = $Failed
    """


@constant("$Aborted", category="Symbols")
def aborted() -> None:
    """$Aborted is the value of an evaluation that was aborted.

    Examples:
        >> FailureQ[$Aborted]
        = True
    """


@constant("$Canceled", category="Symbols")
def canceled() -> None:
    """$Canceled is the value of a dialog that was left.

    Examples:
        >> $Canceled
        = $Canceled
    """


#: The version of the language that the built-ins follow, which programs compare with.
LANGUAGE_VERSION = 14.0


@constant("$VersionNumber", category="Symbols", value=LANGUAGE_VERSION)
def version_number() -> None:
    """$VersionNumber is the version of the Wolfram Language that wlnet follows.

    Examples:
        >> $VersionNumber >= 12
        = True
    """


@constant("$Version", category="Symbols", value=f"wlnet {__version__} ({platform.system()})")
def version() -> None:
    """$Version is the name and version of the system.

    Examples:
        >> StringTake[$Version, 5]
        = "wlnet"
    """


@constant("$System", category="Symbols", value=platform.system())
def system() -> None:
    """$System is the name of the operating system.

    Examples:
        >> StringQ[$System]
        = True
    """


@constant("NonCommutativeMultiply", category="Algebra", attributes=flags.FLAT | flags.ONE_IDENTITY)
def non_commutative_multiply() -> None:
    """NonCommutativeMultiply[a, b, …], or a ** b ** …, is a product whose factors keep their order; programs give it the rules that it needs.

    Examples:
        >> (a ** b) ** c === a ** (b ** c)
        = True
        >> p ** q === q ** p
        = False
    Source: https://reference.wolfram.com/language/ref/NonCommutativeMultiply.html
    """


@constant("C", category="Algebra")
def c() -> None:
    """C[1], C[2], … are the constants that solutions of differential equations leave open.

    Examples:
        >> y[x] /. First[DSolve[y'[x] == 2 x, y[x], x]]
        = x^2 + C[1]
    Source: https://reference.wolfram.com/language/ref/C.html
    """


@constant("K", category="Algebra")
def k() -> None:
    """K is a name for the variable of sums.

    Examples:
        >> Sum[K, {K, 3}]
        = 6
    Source: https://reference.wolfram.com/language/ref/K.html
    """
