"""From a kernel's messages to a cell's outputs, within a budget.

Whoever runs in the kernel can send any message, so each is checked before it is kept, and what
does not fit is left out. The budget is kept while messages arrive: a gigabyte of print never
exists on this side.
"""

from __future__ import annotations

from typing import Any

NOTE = "\n… more was printed than is kept …\n"

_LEAST = 64 * 1024
_OVERHEAD = 200  # of an output with nothing in it
_DEEPEST = 100


class Outputs:
    """Collects the outputs of a notebook's cells, one cell after the other.

    Args:
        total: about how many bytes are kept of the whole notebook.

    A cell may take half of what is left, and never less than a little, so that a flood in one
    cell costs the next ones nothing. Text that is printed has half of that for itself: it cannot
    push out what the cell displays.
    """

    def __init__(self, total: int) -> None:
        self._left = total
        self._printing = self._showing = 0
        self._cell: list[dict[str, Any]] = []
        self._displays: dict[str, list[dict[str, Any]]] = {}
        self._clear_next = False
        self._noted = False
        self.count = 0

    def begin(self, count: int) -> None:
        """Begin a cell, the `count`-th that runs."""
        self.count = count
        self._cell = []
        # What an earlier cell has shown is as it was when that cell ended.
        self._displays = {}
        self._printing = self._showing = max(self._left // 4, _LEAST)
        self._clear_next = self._noted = False
        self._before = self._printing + self._showing

    def end(self) -> tuple[dict[str, Any], ...]:
        """End the cell; its outputs."""
        used = self._before - self._printing - self._showing
        self._left = max(0, self._left - used)
        return tuple(self._cell)

    def take(self, kind: str, content: Any, size: int) -> None:
        """Take in one message that belongs to the current cell.

        Args:
            kind: the message's type.
            content: its content, as it was sent.
            size: about how many bytes it had.
        """
        if size > self.keeps:
            self.lose()
        if not isinstance(content, dict):
            return
        if kind == "stream":
            self._print(content)
        elif kind == "clear_output":
            if content.get("wait"):
                self._clear_next = True
            else:
                self._clear()
        elif kind in ("display_data", "execute_result", "update_display_data", "error"):
            cost = (size + _OVERHEAD) * self._copies(kind, content)
            if cost > self._showing:
                self.lose()
                return
            self._showing -= cost
            if kind == "error":
                self._error(content)
            else:
                self._show(kind, content)

    @property
    def keeps(self) -> int:
        """How large a message may be for anything of it to be kept."""
        return 2 * max(self._printing, self._showing)

    def lose(self) -> None:
        """Note that something of this cell could not be kept."""
        if not self._noted:
            self._noted = True
            self._add_text("stdout", NOTE)

    def fail(self, name: str, message: str) -> None:
        """Add an error that is ours to tell."""
        self._cell.append(_error(name, message, [f"{name}: {message}"]))

    # -- kinds of messages ------------------------------------------------------------------

    def _print(self, content: dict[str, Any]) -> None:
        name, text = content.get("name"), content.get("text")
        if name not in ("stdout", "stderr") or not isinstance(text, str) or not text:
            return
        self._clear_if_due()
        kept = _whole(text[: max(0, self._printing)])
        self._printing -= len(kept)
        if kept:
            self._add_text(str(name), kept)
        if len(kept) < len(text):
            self.lose()

    def _add_text(self, name: str, text: str) -> None:
        last = self._cell[-1] if self._cell else None
        if last is not None and last["output_type"] == "stream" and last["name"] == name:
            last["text"] += text
            return
        self._printing -= _OVERHEAD
        self._cell.append({"output_type": "stream", "name": name, "text": text})

    def _copies(self, kind: str, content: dict[str, Any]) -> int:
        """How often the message's data will stand in the outputs."""
        if kind == "error":
            return 1
        shown = len(self._displays.get(_identity(content) or "", ()))
        return max(1, shown + (kind != "update_display_data"))

    def _show(self, kind: str, content: dict[str, Any]) -> None:
        data, metadata = _bundle(content.get("data")), _plain(content.get("metadata"), 0)
        if not isinstance(metadata, dict):
            metadata = {}
        identity = _identity(content)
        if identity is not None:
            for shown in self._displays.get(identity, ()):
                shown.update(data=data, metadata=metadata)
        if kind == "update_display_data":
            return
        self._clear_if_due()
        output: dict[str, Any] = {"output_type": kind, "data": data, "metadata": metadata}
        if kind == "execute_result":
            output["execution_count"] = self.count
        self._cell.append(output)
        if identity is not None:
            self._displays.setdefault(identity, []).append(output)

    def _error(self, content: dict[str, Any]) -> None:
        name, message = content.get("ename"), content.get("evalue")
        lines = content.get("traceback")
        if not isinstance(name, str) or not isinstance(message, str):
            return
        self._clear_if_due()
        traceback = [_whole(line) for line in lines if isinstance(line, str)] if (
            isinstance(lines, list)) else []  # fmt: skip
        self._cell.append(_error(_whole(name), _whole(message), traceback))

    def _clear_if_due(self) -> None:
        if self._clear_next:
            self._clear()

    def _clear(self) -> None:
        self._clear_next = False
        gone = {id(output) for output in self._cell}
        for shown in self._displays.values():
            shown[:] = [output for output in shown if id(output) not in gone]
        self._cell.clear()


def _error(name: str, message: str, traceback: list[str]) -> dict[str, Any]:
    return {"output_type": "error", "ename": name, "evalue": message, "traceback": traceback}


def _identity(content: dict[str, Any]) -> str | None:
    """The name under which a display can be updated later."""
    transient = content.get("transient")
    identity = transient.get("display_id") if isinstance(transient, dict) else None
    return identity if isinstance(identity, str) else None


def _bundle(data: Any) -> dict[str, Any]:
    """A MIME bundle as nbformat allows it: text, but where the type is JSON, any plain data."""
    found: dict[str, Any] = {}
    for kind, value in data.items() if isinstance(data, dict) else ():
        if not isinstance(kind, str):
            continue
        if isinstance(value, list) and all(isinstance(line, str) for line in value):
            value = "".join(value)
        if isinstance(value, str):
            found[_whole(kind)] = _whole(value)
        elif kind == "application/json" or kind.endswith("+json"):
            found[_whole(kind)] = _plain(value, 0)
    return found


def _plain(value: Any, depth: int) -> Any:
    """JSON data that can be copied, stored and read again; None where it is nested too deeply."""
    if depth > _DEEPEST:
        return None
    if isinstance(value, dict):
        return {_whole(str(key)): _plain(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item, depth + 1) for item in value]
    return _whole(value) if isinstance(value, str) else value


def _whole(text: str) -> str:
    """Text without half characters, which no file can hold."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
