"""Packages of several files: Package, PackageInitialize, and what a file of one exports, shares and imports."""

from __future__ import annotations

from pathlib import Path

from wlnet.builtins.evaluation.contexts import NO_CONTEXT, is_context
from wlnet.builtins.files.files import INPUT_FILE, path_of
from wlnet.builtins.files.loading import IMPORTED, files_in, load_files, names_in
from wlnet.kernel import Kernel, Message, builtin
from wlnet.terms import FAILED, NONE, NULL, Expression, S, Term, symbol
from wlnet.terms import attributes as flags

OUTSIDE = "`1` belongs in the files of a package, which begin with Package or are read by PackageInitialize."
HELD = flags.HOLD_ALL


@builtin("Package", category="Files", attributes=HELD, messages={"outside": OUTSIDE})
def package(kernel: Kernel, context: Term) -> Term:
    """Package["context`"] at the beginning of a file says that the file is a part of a package.

    Details: Get and Needs of one such file load all files of its folder, and of those inside it, that begin so: first the
    one that is asked for, then the others in order. What a file names belongs to it alone, except what it names in
    PackageExport, which those who load the package see, and in PackageScope, which all files of the package see.

    Examples:
        >> folder = CreateDirectory[]; put[name_, text_] := Export[FileNameJoin[{folder, name}], text, "Text"];
        >> put["A.wl", "Package[\\"Shapes`\\"]\\nPackageExport[\\"area\\"]\\nk = 1\\narea[r_] := Pi square[r]"];
        >> put["B.wl", "Package[\\"Shapes`\\"]\\nPackageScope[\\"square\\"]\\nk = 2\\nsquare[r_] := r^k"];
        >> Get[FileNameJoin[{folder, "A.wl"}]];
        >> {area[3], Context[area], Names["Shapes`*"], k}
        = {9*Pi, "Shapes`", {"area"}, k}
        >> {Shapes`PackageScope`square[3], Shapes`A`PackagePrivate`k, Shapes`B`PackagePrivate`k}
        = {9, 1, 2}
    Possible issues:
        >> Package["Shapes`"]
        = $Failed
        message: Package::outside
    """
    return _inside(kernel, "Package")


@builtin("PackageExport", category="Files", attributes=HELD, messages={"outside": OUTSIDE})
def package_export(kernel: Kernel, names: Term) -> Term:
    """PackageExport["f"] in a file of a package makes f a name that those who load the package see.
    PackageExport[{"f", "g", …}] does so for several.

    Examples:
        >> file = FileNameJoin[{CreateDirectory[], "A.wl"}];
        >> Export[file, "Package[\\"Tools`\\"]\\nPackageExport[f]\\nf[x_] := g[x]\\ng[x_] := 2 x", "Text"];
        >> Get[file];
        >> {f[4], g[4]}
        = {8, g[4]}
    Possible issues:
        >> PackageExport["f"]
        = $Failed
        message: PackageExport::outside
    """
    return _inside(kernel, "PackageExport")


@builtin("PackageExported", category="Files", attributes=HELD, messages={"outside": OUTSIDE})
def package_exported(kernel: Kernel, names: Term) -> Term:
    """PackageExported[f] in a file of a package makes f a name that those who load the package see.
    PackageExported[{f, g, …}] does so for several.

    Examples:
        >> file = FileNameJoin[{CreateDirectory[], "init.wl"}];
        >> Export[file, "PackageInitialize[\\"Tools`\\", None]\\nPackageExported[f]\\nf[x_] := g[x]\\ng[x_] := 2 x", "Text"];
        >> Get[file];
        >> {f[4], g[4]}
        = {8, g[4]}
    Possible issues:
        >> PackageExported[f]
        = $Failed
        message: PackageExported::outside
    """
    return _inside(kernel, "PackageExported")


@builtin("PackageScope", category="Files", attributes=HELD, messages={"outside": OUTSIDE})
def package_scope(kernel: Kernel, names: Term) -> Term:
    """PackageScope["f"] in a file of a package makes f a name that all files of the package see, and nobody else.
    PackageScope[{"f", "g", …}] does so for several.

    Examples:
        >> file = FileNameJoin[{CreateDirectory[], "A.wl"}];
        >> Export[file, "Package[\\"Tools`\\"]\\nPackageScope[\\"f\\"]\\nf[x_] := 2 x", "Text"];
        >> Get[file];
        >> {f[4], Tools`PackageScope`f[4]}
        = {f[4], 8}
    Possible issues:
        >> PackageScope["f"]
        = $Failed
        message: PackageScope::outside
    """
    return _inside(kernel, "PackageScope")


@builtin("PackageScoped", category="Files", attributes=HELD, messages={"outside": OUTSIDE})
def package_scoped(kernel: Kernel, names: Term) -> Term:
    """PackageScoped[f] in a file of a package makes f a name that all files of the package see, and nobody else.
    PackageScoped[{f, g, …}] does so for several.

    Examples:
        >> file = FileNameJoin[{CreateDirectory[], "init.wl"}];
        >> Export[file, "PackageInitialize[\\"Tools`\\", None]\\nPackageScoped[f]\\nf[x_] := 2 x", "Text"];
        >> Get[file];
        >> {f[4], Tools`PackageScope`f[4]}
        = {f[4], 8}
    Possible issues:
        >> PackageScoped[f]
        = $Failed
        message: PackageScoped::outside
    """
    return _inside(kernel, "PackageScoped")


def _inside(kernel: Kernel, head: str) -> Term:
    """Gives Null in a file of a package, where these statements have been read before; raises `outside` elsewhere."""
    if kernel.state.get(IMPORTED) is None:
        raise Message("outside", symbol(head), result=FAILED)
    return NULL


@builtin(
    "PackageImport", category="Files", attributes=flags.HOLD_REST, messages={"outside": OUTSIDE, "cxt": NO_CONTEXT}
)
def package_import(kernel: Kernel, context: Term, names: Term = None) -> Term:
    """PackageImport["context`"] loads a package with Needs, so that the file it stands in sees its names.
    PackageImport["context`" -> "alias`"] lets alias`f stand for context`f.
    PackageImport["context`", {f, g, …}] lets the file of a package see only these names.

    Details: In a file of a package its names are seen in that file only.

    Examples:
        >> folder = CreateDirectory[]; AppendTo[$Path, folder];
        >> put[name_, text_] := Export[FileNameJoin[{folder, name}], text, "Text"];
        >> put["Low.wl", "BeginPackage[\\"Low`\\"]\\ntwice[x_] := 2 x; thrice[x_] := 3 x;\\nEndPackage[]"];
        >> put["High.wl", "Package[\\"High`\\"]\\nPackageImport[\\"Low`\\", twice]\\nPackageExport[f]\\nf[x_] := {twice[x], thrice[x]}"];
        >> Needs["High`"];
        >> f[1]
        = {2, High`High`PackagePrivate`thrice[1]}
        >> PackageImport["Low`" -> "l`"];
        >> l`thrice[2]
        = 6
    Possible issues:
        >> PackageImport["Low`", twice]
        = $Failed
        message: PackageImport::outside
        >> PackageImport["Low"]
        = $Failed
        message: Needs::cxt
    """
    if names is None:
        return Expression(S.Needs, (context,))
    imported = kernel.state.get(IMPORTED)
    if imported is None:
        raise Message("outside", S.PackageImport, result=FAILED)
    if kernel.evaluate(Expression(S.Needs, (Expression(S.Rule, (context, NONE)),))) is FAILED:
        return FAILED
    imported.update({name: symbol(f"{context}{name}") for name in names_in(names)})
    return NULL


@builtin(
    "PackageInitialize",
    category="Files",
    messages={
        "cxt": NO_CONTEXT,
        "file": "There is no file or folder `1`.",
        "outside": OUTSIDE,
        "reading": "Without a folder, PackageInitialize belongs in a file of the folder of a package.",
    },
)
def package_initialize(kernel: Kernel, context: Term, place: Term = None) -> Term | None:
    """PackageInitialize["context`"] in a file loads the other files of its folder, and of those inside it, as a package.
    PackageInitialize["context`", "folder"] loads the files of another folder.
    PackageInitialize["context`", "file"] loads one file of the package.
    PackageInitialize["context`", None] makes the file it stands in a package.

    Details: What a file names belongs to it alone, except what it names in PackageExported, which those who load the package
    see, and in PackageScoped, which all files of the package see.

    Examples:
        >> folder = CreateDirectory[]; put[name_, text_] := Export[FileNameJoin[{folder, name}], text, "Text"];
        >> put["init.wl", "PackageInitialize[\\"Shapes`\\"]"];
        >> put["A.wl", "PackageExported[area]\\narea[r_] := Pi square[r]"];
        >> put["B.wl", "PackageScoped[square]\\nsquare[r_] := r^2"];
        >> Get[folder];
        >> {area[3], square[3]}
        = {9*Pi, square[3]}
        >> PackageInitialize["Shapes`", FileNameJoin[{folder, "B.wl"}]]; area[2]
        = 4*Pi
    Possible issues:
        >> PackageInitialize["Shapes"]
        = $Failed
        message: PackageInitialize::cxt
        >> PackageInitialize["Shapes`"]
        = $Failed
        message: PackageInitialize::reading
        >> PackageInitialize["Shapes`", None]
        = $Failed
        message: PackageInitialize::outside
        >> PackageInitialize["Shapes`", "no such folder"]
        = $Failed
        message: PackageInitialize::file
    """
    if not is_context(context):
        raise Message("cxt", context, result=FAILED)
    loader = kernel.own.get(INPUT_FILE)
    if place is None:
        if type(loader) is not str or not loader:
            raise Message("reading", result=FAILED)
        path = Path(loader).parent
    else:
        if place is NONE:
            return _inside(kernel, "PackageInitialize")
        named = path_of(place)
        if named is None:
            return None
        path = named.absolute()
    if path.is_file():
        return load_files(kernel, str(context), str(path.parent), [str(path)])
    if not path.is_dir():
        raise Message("file", place, result=FAILED)
    return load_files(kernel, str(context), str(path), [file for file in files_in(str(path)) if file != loader])
