"""Sizes that stay and sizes that are open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from wlnet.errors import NetError
from wlnet.nets.structure import Path, position_text


@dataclass(frozen=True, slots=True)
class Open:
    """A number that depends on the input: what it was in the two traces."""

    first: int
    second: int


Size: TypeAlias = int | Open
Sizes: TypeAlias = tuple[Size, ...]


class Unsayable(NetError):
    """Something of a net that ONNX has no way to say."""

    def __init__(self, reason: str, path: Path = (), kind: str | None = None) -> None:
        self.reason = reason
        where = f" (at {position_text(path)})" if path else ""
        super().__init__(f"{kind or 'the net'}{where} cannot be said in ONNX: {reason}", tag="onnx", kind=kind)
