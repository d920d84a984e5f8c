"""What was seen on the visible probes, as a key that opens one message.

The file beside a lesson says nothing to whoever merely reads it: an entry's name and the cipher of
its message both come from what a *mistake* shows, through a slow hash. Who makes the mistake has
the key. A right answer has no entry, so no key tells that an answer is right.

Both halves are here: the build locks, the learner's notebook opens. Standard library only.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from slopewise.probe.wording import without_names

FORMAT_VERSION = 1
SUFFIX = ".tutor.json"
"""The file beside `NN-name.ipynb` is `NN-name.tutor.json`."""

DIGITS = 4
"""Significant digits that count: more than float32 and float64 differ in, after a few steps."""

_FEW_DIGITS = 3
"""Of a fingerprint: an answer to many questions holds many numbers, each maybe near a border."""

ROUNDS = 6_000
"""Of PBKDF2: about ten milliseconds, unfelt in a cell, a wall before a million constants."""

_ZERO = 1e-6
"""What is smaller than this share of the largest number beside it, or of 1, counts as zero."""

_NAME_BYTES = 12
_PADDED_TO = 128
"""Messages are filled up to a multiple of this, so that their length tells nothing."""

Node = dict[str, Any]
Probe = tuple[str, Node, float | None]
"""A probe's name, what came back, and its absolute tolerance where it has one of its own."""


def forms(probes: Iterable[Probe], digits: int = DIGITS) -> tuple[str, str]:
    """Return what was seen in two canonical forms, of two roundings to so many digits.

    The borders of one rounding lie in the middle of the other's steps, so that a number which two
    machines, or two ways of adding, bring to either side of a border is still the same in one.
    """
    seen = list(probes)
    return _form(seen, _Rounding(0.5, digits)), _form(seen, _Rounding(0.0, digits))


def fingerprints(probes: Iterable[Probe]) -> tuple[str, str]:
    """Return a short name for what was seen, in each of the two roundings; no secret."""
    one, other = (
        hashlib.blake2b(form.encode("utf-8", "replace"), digest_size=9).hexdigest()
        for form in forms(probes, _FEW_DIGITS)
    )
    return one, other


class _Rounding(NamedTuple):
    """What is added to a number before the rest is cut off, and how many digits it keeps."""

    shift: float
    digits: int


def _form(probes: list[Probe], rounding: _Rounding) -> str:
    parts = []
    for name, node, absolute in probes:
        scale = max((abs(number) for number in numbers_in(node)), default=0.0)
        zero = _ZERO * max(scale, 1.0) if absolute is None else absolute
        parts.append([name, _canonical(node, rounding, zero)])
    return json.dumps([rounding.shift, parts], separators=(",", ":"))


def numbers_in(node: object) -> Iterator[float]:
    """Every finite number somewhere in a node."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key not in ("shape", "kind"):
                yield from numbers_in(value)
    elif isinstance(node, list):
        for value in node:
            yield from numbers_in(value)
    elif isinstance(node, int | float) and not isinstance(node, bool) and math.isfinite(node):
        yield float(node)


def scalar(node: Node) -> float | str | None:
    """The one number that a node stands for ("nan", "inf", "-inf" among them), or None.

    Python's, numpy's, and a 0-d array or tensor outside any graph are the same number.
    """
    kind = node["kind"]
    if kind in ("integer", "float"):
        value: float | str = node["value"]
        return value
    if kind in ("array", "tensor") and node["shape"] == [] and not node.get("requires_grad"):
        only: Any = node["values"][0]
        return None if isinstance(only, bool) else only
    return None


def _canonical(node: Node, rounding: _Rounding, zero: float) -> object:
    number = scalar(node)
    if number is not None:
        return ["number", _rounded(number, rounding, zero)]
    kind = node["kind"]
    if kind in ("array", "tensor"):
        values = [_rounded(value, rounding, zero) for value in node["values"]]
        graph = bool(node.get("requires_grad"))
        return [kind, dtype_kind(node["dtype"]), node["shape"], graph, values]
    if kind in ("list", "tuple"):
        return [kind, [_canonical(item, rounding, zero) for item in node["items"]]]
    if kind == "dict":
        return [
            kind,
            [[_canonical(part, rounding, zero) for part in pair] for pair in node["items"]],
        ]
    if kind == "raised":
        return [kind, node["types"][0], without_names(node["types"][0], node["message"])]
    # None, truth values, text, what has no plain form, and kinds that a later codec adds.
    return [kind, _plain({key: node[key] for key in sorted(node) if key != "kind"}, rounding, zero)]


def _plain(value: object, rounding: _Rounding, zero: float) -> object:
    if isinstance(value, dict):
        if "kind" in value:
            return _canonical(value, rounding, zero)
        return [[key, _plain(item, rounding, zero)] for key, item in value.items()]
    if isinstance(value, list):
        return [_plain(item, rounding, zero) for item in value]
    if isinstance(value, float):
        return _rounded(value, rounding, zero)
    return value


def dtype_kind(dtype: str) -> str:
    """Return in words what an array of this dtype holds; float dtypes are all alike."""
    if dtype == "bool":
        return "truth values"
    return "whole numbers" if dtype.startswith(("int", "uint")) else "floats"


def _rounded(value: float | str, rounding: _Rounding, zero: float) -> object:
    if isinstance(value, str | bool):
        return value
    number = float(value)
    if not math.isfinite(number):
        return str(number)
    if abs(number) <= zero:
        return "0"
    # The exponent from the decimal digits: a logarithm may fall on either side of a power of ten.
    exponent = int(f"{abs(number):.9e}".partition("e")[2]) - rounding.digits + 1
    steps = math.floor(round(abs(number) / 10.0**exponent, 6) + rounding.shift)
    if steps >= 10**rounding.digits:
        steps, exponent = steps // 10, exponent + 1
    return f"{'-' if number < 0 else ''}{steps}e{exponent}"


def _secret(exercise: str, form: str, salt: bytes) -> bytes:
    text = f"{exercise}\0{form}".encode("utf-8", "replace")
    return hashlib.pbkdf2_hmac("sha256", text, salt, ROUNDS)


def _name(secret: bytes) -> str:
    return hashlib.blake2b(secret, digest_size=_NAME_BYTES, person=b"tutor name").hexdigest()


def _stream(secret: bytes, length: int) -> bytes:
    return hashlib.shake_256(b"tutor message" + secret).digest(length)


def lock(exercise: str, form: str, message: str, salt: bytes) -> tuple[str, str]:
    """Return the entry of one message: its name and its cipher, as text."""
    secret = _secret(exercise, form, salt)
    plain = message.encode()
    plain += b" " * (-len(plain) % _PADDED_TO)
    cipher = _xor(plain, _stream(secret, len(plain)))
    return _name(secret), base64.b64encode(cipher).decode()


def unlock(exercise: str, form: str, entries: dict[str, str], salt: bytes) -> str | None:
    """Return the message that what was seen opens, or None.

    Raises:
        ValueError: the entry is damaged.
    """
    secret = _secret(exercise, form, salt)
    cipher = entries.get(_name(secret))
    if cipher is None:
        return None
    data = base64.b64decode(cipher, validate=True)
    return _xor(data, _stream(secret, len(data))).decode().rstrip()


def _xor(data: bytes, stream: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(data, stream, strict=True))
