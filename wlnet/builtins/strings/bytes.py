"""Bytes: ByteArray, what encodes texts and bytes, and compression."""

from __future__ import annotations

import base64
import binascii
import unicodedata
import zlib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, unquote

from wlnet.builtins.arrays.numeric_arrays import NORMALIZERS
from wlnet.builtins.files.files import CLOSED, path_of
from wlnet.errors import ParseError
from wlnet.kernel import Kernel, Message, builtin
from wlnet.syntax import parse, write
from wlnet.terms import FAILED, Expression, NumericArray, S, Term, elements, is_head, is_list, to_list
from wlnet.terms import attributes as flags

NO_BYTES = "Integers from 0 to 255, or a text in base 64, are expected instead of `1`."
NO_CODE = "`1` is not in the encoding `2`."
#: Name of an encoding → how bytes are written, and read back.
CODES: dict[str, tuple[Callable[[bytes], bytes], Callable[[bytes], bytes]]] = {
    "Base64": (base64.b64encode, lambda text: base64.b64decode(text, validate=True)),
    "Base64URL": (base64.urlsafe_b64encode, base64.urlsafe_b64decode),
    "Base32": (base64.b32encode, base64.b32decode),
    "Base16": (base64.b16encode, lambda text: base64.b16decode(text, casefold=True)),
    "Base85": (base64.b85encode, base64.b85decode),
    "ASCII85": (base64.a85encode, base64.a85decode),
}
#: What stands before a compressed text, so that it is known again.
MARK = "wl1:"


def bytes_of(term: Term) -> bytes | None:
    """Gives the bytes in a ByteArray; None for anything else."""
    return base64.b64decode(term.args[0]) if is_head(term, S.ByteArray, 1) and type(term.args[0]) is str else None


def byte_array(data: bytes) -> Expression:
    """Gives ByteArray["…"], the bytes in base 64."""
    return Expression(S.ByteArray, (base64.b64encode(data).decode(),))


@builtin("ByteArray", category="Strings", messages={"bytes": NO_BYTES})
def byte_array_(kernel: Kernel, given: Term) -> Term | None:
    """ByteArray[{b1, b2, …}] holds bytes; ByteArray["text"] those of a text in base 64.

    Details: Normal gives the list of the bytes.

    Examples:
        >> {ByteArray[{1, 2, 255}], Normal[ByteArray["AQL/"]]}
        = {ByteArray["AQL/"], {1, 2, 255}}
    Possible issues:
        >> ByteArray[{256}]
        = ByteArray[{256}]
        message: ByteArray::bytes
    """
    if type(given) is str:
        try:
            base64.b64decode(given, validate=True)
        except (binascii.Error, ValueError):
            raise Message("bytes", given) from None
        return None
    listed = (
        elements(given.array.ravel()) if type(given) is NumericArray else elements(given) if is_list(given) else (None,)
    )
    if not all(type(byte) is int and 0 <= byte <= 255 for byte in listed):
        raise Message("bytes", given)
    return byte_array(bytes(int(byte) for byte in listed))


NORMALIZERS[S.ByteArray] = lambda kernel, term: None if (data := bytes_of(term)) is None else to_list(list(data))


@builtin("StringToByteArray", category="Strings")
def string_to_byte_array(kernel: Kernel, text: Term, encoding: Term = "UTF-8") -> Term | None:
    """StringToByteArray["text"] gives the bytes of a text in UTF-8.

    Examples:
        >> Normal[StringToByteArray["aä"]]
        = {97, 195, 164}
    """
    if type(text) is not str or type(encoding) is not str:
        return None
    try:
        return byte_array(text.encode(encoding, "surrogatepass"))
    except (LookupError, UnicodeError):
        return None


@builtin("ByteArrayToString", category="Strings", messages={"code": NO_CODE})
def byte_array_to_string(kernel: Kernel, data: Term, encoding: Term = "UTF-8") -> Term | None:
    """ByteArrayToString[bytes] gives the text that bytes stand for in UTF-8.

    Examples:
        >> ByteArrayToString[ByteArray[{97, 195, 164}]]
        = "aä"
    Possible issues:
        >> ByteArrayToString[ByteArray[{255}]]
        = $Failed
        message: ByteArrayToString::code
    """
    found = bytes_of(data)
    if found is None or type(encoding) is not str:
        return None
    try:
        return found.decode(encoding)
    except (LookupError, UnicodeError):
        raise Message("code", data, encoding, result=FAILED) from None


@builtin("BaseEncode", category="Strings")
def base_encode(kernel: Kernel, data: Term, code: Term = "Base64") -> Term | None:
    """BaseEncode[bytes] gives bytes as a text in base 64.
    BaseEncode[bytes, "encoding"] takes "Base64", "Base64URL", "Base32", "Base16", "Base85" or "ASCII85".

    Examples:
        >> {BaseEncode[ByteArray[{1, 2, 3}]], BaseEncode[StringToByteArray["abc"], "Base16"]}
        = {"AQID", "616263"}
    """
    found = data.encode() if type(data) is str else bytes_of(data)
    if found is None or type(code) is not str or code not in CODES:
        return None
    return CODES[code][0](found).decode()


@builtin("BaseDecode", category="Strings", messages={"code": NO_CODE})
def base_decode(kernel: Kernel, text: Term, code: Term = "Base64") -> Term | None:
    """BaseDecode["text"] gives the bytes that a text in base 64 stands for.
    BaseDecode["text", "encoding"] takes one of the encodings of BaseEncode.

    Examples:
        >> Normal[BaseDecode["AQID"]]
        = {1, 2, 3}
    Possible issues:
        >> BaseDecode["?"]
        = $Failed
        message: BaseDecode::code
    """
    if type(text) is not str or type(code) is not str or code not in CODES:
        return None
    try:
        return byte_array(CODES[code][1](text.encode("ascii")))
    except ValueError:
        raise Message("code", text, code, result=FAILED) from None


@builtin("Compress", category="Strings")
def compress(kernel: Kernel, term: Term) -> Term:
    """Compress[expr] gives an expression as a short text, which Uncompress reads.

    Examples:
        >> Uncompress[Compress[{a, 1/2, "text"}]]
        = {a, 1/2, "text"}
        >> StringLength[Compress[Range[1000]]] < 3000
        = True
    Differs: The text is read by wlnet alone.
    """
    return MARK + base64.b64encode(zlib.compress(write(term, "FullForm").encode("utf-8", "surrogatepass"), 9)).decode()


@builtin("Uncompress", category="Strings", messages={"code": "`1` is not a text that Compress gave."})
def uncompress(kernel: Kernel, text: Term, head: Term = None) -> Term | None:
    """Uncompress["text"] gives the value of the expression that Compress made a text of.
    Uncompress["text", h] wraps it in h first.

    Examples:
        >> Uncompress[Compress[Unevaluated[1 + 1]], Hold]
        = Hold[1 + 1]
    Possible issues:
        >> Uncompress["abc"]
        = $Failed
        message: Uncompress::code
    """
    if type(text) is not str:
        return None
    try:
        packed = base64.b64decode(text.removeprefix(MARK) if text.startswith(MARK) else "?", validate=True)
        term = parse(zlib.decompress(packed).decode("utf-8", "surrogatepass"), kernel.resolve)
    except (ValueError, zlib.error, ParseError):
        raise Message("code", text, result=FAILED) from None
    return term if head is None else Expression(head, (term,))


@builtin("URLEncode", category="Strings", attributes=flags.LISTABLE)
def url_encode(kernel: Kernel, text: Term) -> Term | None:
    """URLEncode["text"] gives a text as it may stand in an address.

    Examples:
        >> URLEncode["a b/ä"]
        = "a%20b%2F%C3%A4"
    """
    return quote(text if type(text) is str else write(text, "InputForm"), safe="", errors="replace")


@builtin("URLDecode", category="Strings", attributes=flags.LISTABLE)
def url_decode(kernel: Kernel, text: Term) -> Term | None:
    """URLDecode["text"] gives the text that stands in an address.

    Examples:
        >> URLDecode["a%20b%2F%C3%A4"]
        = "a b/ä"
    """
    return unquote(text) if type(text) is str else None


@builtin("RemoveDiacritics", category="Strings", attributes=flags.LISTABLE)
def remove_diacritics(kernel: Kernel, text: Term) -> Term | None:
    """RemoveDiacritics["text"] gives a text without the marks on its letters.

    Examples:
        >> RemoveDiacritics["naïve Ärger"]
        = "naive Arger"
    """
    if type(text) is not str:
        return None
    return "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))


@builtin("FileHash", category="Files", messages={"noopen": CLOSED})
def file_hash(kernel: Kernel, name: Term, kind: Term = "MD5", form: Term = "Integer") -> Term | None:
    """FileHash["file", "SHA256"] gives a hash of the bytes of a file; also "MD5" (the default), "SHA" and "SHA512".
    FileHash["file", type, "HexString"] gives its digits in base 16.

    Examples:
        >> file = CreateFile[]; Export[file, "abc", "Text"]; FileHash[file, "MD5", "HexString"]
        = "900150983cd24fb0d6963f7d28e17f72"
    Possible issues:
        >> FileHash["no such file"]
        = $Failed
        message: FileHash::noopen
    """
    path, names = path_of(name), {"MD5": "md5", "SHA": "sha1", "SHA256": "sha256", "SHA512": "sha512"}
    if path is None or type(kind) is not str or kind not in names or form not in ("Integer", "HexString"):
        return None
    digits = digest_of(path, names[kind], name)
    return int(digits, 16) if form == "Integer" else digits


def digest_of(path: Path, kind: str, name: Term) -> str:
    import hashlib

    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, kind).hexdigest()
    except OSError:
        raise Message("noopen", name, result=FAILED) from None


@builtin("ReadByteArray", category="Files", messages={"noopen": CLOSED})
def read_byte_array(kernel: Kernel, name: Term) -> Term | None:
    """ReadByteArray["file"] gives the bytes of a file.

    Examples:
        >> file = CreateFile[]; Export[file, "abc", "Text"]; ReadByteArray[file]
        = ByteArray["YWJj"]
    Possible issues:
        >> ReadByteArray["no such file"]
        = $Failed
        message: ReadByteArray::noopen
    """
    path = path_of(name)
    if path is None:
        return None
    try:
        return byte_array(path.read_bytes())
    except OSError:
        raise Message("noopen", name, result=FAILED) from None


#: Kind of number in a file → its type in NumPy.
KINDS = {
    "Byte": "<u1", "Character8": "<u1", "Integer8": "<i1", "Integer16": "<i2", "Integer32": "<i4", "Integer64": "<i8",
    "UnsignedInteger8": "<u1", "UnsignedInteger16": "<u2", "UnsignedInteger32": "<u4", "UnsignedInteger64": "<u8",
    "Real32": "<f4", "Real64": "<f8",
}  # fmt: skip
