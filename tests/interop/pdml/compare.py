"""Holds our document of a connection against tshark's, field by field, in both directions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from mapping import Line, Mapping
from ours import Document, Field, Message, Record
from pdml import Connection, Node

# tshark's fields below a record that are messages, each with its first field. What tshark cannot
# open has the same name, and no such field.
MESSAGES = {
    "tls.handshake": "tls.handshake.type",
    "tls.alert_message": "tls.alert_message.level",
    "tls.change_cipher_spec": "tls.change_cipher_spec",
}
# What tshark calls it, and we. The message 67 has the name of an older draft there.
NAMES = {"Reserved (GREASE)": "GREASE", "Encrypted Extensions": "next_protocol"}
DATA = "ApplicationData"  # has no fields, and tshark shows it elsewhere


@dataclass
class Comparison:
    """What was found: complaints, and what of the mapping was needed."""

    mapping: Mapping
    complaints: list[str] = field(default_factory=list)
    compared: int = 0
    needed: set[Line | str] = field(default_factory=set)

    def connection(self, theirs: Connection, ours: Document) -> None:
        """Message by message in order, and each field by its place in its message."""
        for node in theirs.others:
            if node.name in self.mapping.unmatched:
                self.needed.add(node.name)
            elif node.name and not node.name.startswith("_ws."):
                self.complain(f"{node.name} ({node.caption[:60]}) is outside of records")
        for side in ("client", "server"):
            shown, records = theirs.records[side], ours.records[side]
            if len(shown) != len(records):
                self.complain(
                    f"{side}: tshark shows {len(shown)} records, we show {len(records)}"
                )
                continue
            messages = iter(ours.messages[side])
            for number, pair in enumerate(zip(shown, records, strict=True)):
                _Records(self, f"{side}'s record {number}").record(*pair, messages)
            for message in messages:
                if message.name != DATA:
                    self.complain(f"{side}: tshark does not show our {message.name}")

    def complain(self, text: str) -> None:
        if text not in self.complaints:
            self.complaints.append(text)


class _Records:
    """One record, and the messages that end in it."""

    def __init__(self, comparison: Comparison, where: str) -> None:
        self._comparison = comparison
        self._where = where

    def record(self, theirs: Node, ours: Record, messages: Iterator[Message]) -> None:
        parts = [(node, _first_field(node)) for node in theirs.children]
        fields = _Fields(self._comparison, self._where, ours.header, theirs.position)
        fields.compare([node for node, first in parts if first is None])
        for node, first in parts:
            if first is None:
                continue
            message = next((each for each in messages if each.name != DATA), None)
            if message is None:
                fields.complain(node, "is nothing that we show")
            else:
                self._message(node, first, message, ours.number)

    def _message(self, node: Node, first: Node, message: Message, record: int) -> None:
        where = f"{self._where}, {message.name}"
        fields = _Fields(self._comparison, where, message, first.position)
        if node.size != message.end - message.start:
            fields.complain(node, f"is {message.end - message.start} bytes of ours")
        if message.last_record != record:
            fields.complain(node, f"ends in our record {message.last_record}")
        fields.compare([node] if node is first else node.children)


def _first_field(node: Node) -> Node | None:
    """That of a message; None if it is no message, or a protected one."""
    return node.find(MESSAGES[node.name]) if node.name in MESSAGES else None


class _Fields:
    """The fields of one message, whose first byte is at `origin` in tshark's buffer."""

    def __init__(
        self, comparison: Comparison, where: str, message: Message, origin: int
    ) -> None:
        self._comparison = comparison
        self._where = where
        self._message = message
        self._shift = message.start - origin
        self._fields = [message.whole(), *message.fields]
        self._claimed: set[tuple[str, int, str]] = set()

    def complain(self, node: Node, what: str) -> None:
        self._comparison.complain(
            f"{self._where}: {node.name} ({node.caption[:60]}; {node.size} bytes) {what}"
        )

    def compare(self, nodes: list[Node]) -> None:
        for node in nodes:
            self._node(node)
        self._unclaimed()

    def _node(self, node: Node) -> None:
        """A field of tshark's, and all below it."""
        if node.name.startswith("_ws."):  # remarks
            return
        line = self._field(node) if node.name else None
        if line is None or line.value != "whole":
            for child in node.children:
                self._node(child)

    def _field(self, node: Node) -> Line | None:
        """The line of the mapping by which it was compared."""
        mapping = self._comparison.mapping
        if node.name in mapping.unmatched:
            self._comparison.needed.add(node.name)
            return None
        if node.name not in mapping.lines:
            self.complain(node, "is not mapped")
            return None
        begin = node.position + self._shift
        for line in mapping.lines[node.name]:
            for number, field_ in enumerate(self._fields):
                is_there = field_.part(line.part) == (begin, begin + node.size)
                claim = (node.name, number, line.part)
                if line.is_of(field_) and is_there and claim not in self._claimed:
                    self._claimed.add(claim)
                    self._comparison.needed.add(line)
                    self._value(node, line, field_, begin)
                    return line
        offset = begin - self._message.start
        self.complain(node, f"is at {offset}, where we have nothing of the kind")
        return None

    def _value(self, node: Node, line: Line, field_: Field, begin: int) -> None:
        self._comparison.compared += 1
        theirs, ours = node.value, field_.bytes[begin : begin + node.size].hex()
        if line.value != "bit" and theirs and theirs != ours:
            self.complain(node, f"has the bytes {theirs}, ours {ours}")
        elif not _VALUES[line.value](node, field_):
            shown = field_.text if field_.text is not None else (field_.number, field_.name)
            self.complain(node, f"shows {node.show!r}, ours {shown!r}")

    def _unclaimed(self) -> None:
        claimed = {number for _, number, _ in self._claimed}
        for number, field_ in enumerate(self._fields):
            is_shown = field_.is_leaf and field_.end > field_.start
            if not is_shown or number in claimed:
                continue
            reason = self._comparison.mapping.reason_for(field_)
            if reason is None:
                self._comparison.complain(
                    f"{self._where}: tshark does not show our {field_.path}"
                )
            else:
                self._comparison.needed.add(reason)


# --- Values ---------------------------------------------------------------------------------------


def _number(node: Node, field_: Field) -> bool:
    return int(node.show, 0) == field_.number


def _words(text: str) -> list[str]:
    return sorted(re.split(r"[ _-]+", text.lower()))


def _named(node: Node, field_: Field) -> bool:
    """The captions are "Content Type: Handshake (22)"."""
    name = re.sub(r" \((0x[0-9a-f]+|\d+)\)$", "", node.caption.partition(": ")[2])
    is_known = "Unknown" not in name  # to tshark
    name = NAMES.get(name, name)
    same = _words(name) == _words(field_.name) or _joined(name) == _joined(field_.name)
    return _number(node, field_) and (same or not is_known)


def _joined(text: str) -> str:
    return "".join(re.split(r"[ _-]+", text.lower()))


def _without_prefix(name: str) -> str:
    return re.sub(r"^(id|pkcs-9)-([a-z]+-)?", "", name)


def _object_identifier(node: Node, field_: Field) -> bool:
    """The captions are "Object Id: 2.5.4.3 (id-at-commonName)", or "(iso.2.3)" of unknown ones."""
    name = re.sub(r"^.*\((.*)\)$", r"\1", node.caption)
    if re.match(r"(iso|joint-iso-itu-t|itu-t)\.", name):
        return True
    return _without_prefix(field_.text or "") == _without_prefix(name)


def _time(node: Node, field_: Field) -> bool:
    try:
        time = datetime.strptime(node.show, "%b %d, %Y %H:%M:%S.000000000 UTC")
    except ValueError:
        time = datetime.strptime(node.show, "%Y-%m-%d %H:%M:%S (UTC)")
    return f"{time} UTC" == field_.text


def _labelled(node: Node, field_: Field) -> bool:
    text = re.sub(r"\\(.)", r"\1", field_.text or "")
    return text.endswith((f"={node.show}", f":{node.show}"))


def _bit(node: Node, field_: Field) -> bool:
    name = node.name.rpartition(".")[2]
    return (node.show == "1") == (name in (field_.text or "").split(", "))


_VALUES = {
    "bytes": lambda node, field_: True,
    "length": lambda node, field_: int(node.show) == field_.end - field_.content,
    "number": _number,
    "named": _named,
    "text": lambda node, field_: node.show == field_.text,
    "labelled": _labelled,
    "whole": lambda node, field_: True,
    "oid": _object_identifier,
    "time": _time,
    "flag": lambda node, field_: (node.show == "1") == (field_.text == "TRUE"),
    "bit": _bit,
}
