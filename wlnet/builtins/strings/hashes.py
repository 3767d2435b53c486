"""Hash: integers made of expressions, texts and bytes."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Callable

from wlnet.builtins.strings.bytes import byte_array, bytes_of
from wlnet.kernel import Kernel, builtin
from wlnet.syntax import write
from wlnet.terms import Term


def digest(name: str) -> Callable[[bytes], int]:
    """Gives the function that hashes with one of the algorithms of hashlib (which takes 4 ms to import)."""

    def hashed(data: bytes) -> int:
        import hashlib

        return int.from_bytes(hashlib.new(name, data, usedforsecurity=False).digest(), "big")

    return hashed


HASHES: dict[str, Callable[[bytes], int]] = {
    "Adler32": zlib.adler32,
    "CRC32": zlib.crc32,
    "MD5": digest("md5"),
    "SHA": digest("sha1"),
    "SHA256": digest("sha256"),
    "SHA512": digest("sha512"),
    "Expression": lambda data: digest("sha256")(data) >> 193,
}
WIDTHS = {"Adler32": 8, "CRC32": 8, "MD5": 32, "SHA": 40, "SHA256": 64, "SHA512": 128, "Expression": 16}


@builtin("Hash", category="Strings")
def hash_(kernel: Kernel, term: Term, kind: Term = "Expression", form: Term = "Integer") -> Term | None:
    """Hash[expr] gives an integer made of an expression, the same for the same expression.
    Hash[s, "SHA256"] gives a hash of the UTF-8 text of a string; also "MD5", "SHA", "SHA512", "CRC32", "Adler32".
    Hash[s, type, "HexString"] gives its digits in base 16; "DecimalString", "Base64Encoding" and "ByteArray" are other forms.

    Details: Of a ByteArray the bytes are hashed.

    Examples:
        >> {Hash[ByteArray[{97}], "CRC32"] == Hash["a", "CRC32"], Hash["a", "CRC32", "ByteArray"]}
        = {True, ByteArray["6Le+Qw=="]}
        >> Hash["abc", "CRC32"]
        = 891568578
        >> Hash["abc", "MD5", "HexString"]
        = "900150983cd24fb0d6963f7d28e17f72"
        >> Hash[{a, b}] == Hash[{a, b}]
        = True
    """
    if type(kind) is not str or type(form) is not str:
        return None
    if kind not in HASHES or form not in HASH_FORMS:
        return None
    text = term if type(term) is str and kind != "Expression" else write(term, "FullForm")
    data = bytes_of(term) if kind != "Expression" else None
    value = HASHES[kind](text.encode("utf-8", "surrogatepass") if data is None else data)
    return HASH_FORMS[form](value, WIDTHS[kind])


#: Form of a hash → function(value, number of digits in base 16) that gives it.
HASH_FORMS: dict[str, Callable[[int, int], Term]] = {
    "Integer": lambda value, width: value,
    "HexString": lambda value, width: f"{value:0{width}x}",
    "DecimalString": lambda value, width: str(value),
    "Base64Encoding": lambda value, width: base64.b64encode(value.to_bytes(width // 2, "big")).decode(),
    "ByteArray": lambda value, width: byte_array(value.to_bytes(width // 2, "big")),
}


@builtin("CreateUUID", category="Strings")
def create_uuid(kernel: Kernel, prefix: Term = "") -> Term | None:
    """CreateUUID[] gives a new unique identifier as a string.
    CreateUUID["prefix"] puts a prefix before it.

    Examples:
        >> StringLength[CreateUUID[]]
        = 36
    """
    from uuid import uuid4

    return prefix + str(uuid4()) if type(prefix) is str else None
