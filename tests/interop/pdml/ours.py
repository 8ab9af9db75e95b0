"""What we say of a capture: our documents, as JSON."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

RECORD_HEADER = 5


@dataclass
class Field:
    path: str  # without the numbers of repeated fields
    start: int  # of all of it, in its buffer
    content: int  # of what stands behind its length
    end: int
    bytes: bytes
    number: int | None
    name: str  # of the number in its registry
    text: str | None
    is_leaf: bool

    def part(self, which: str) -> tuple[int, int]:
        """Where a part begins and ends: "all", "length", "content", with or without a slice."""
        name, _, slice_ = which.partition("[")
        begin, end = {
            "all": (self.start, self.end),
            "length": (self.start, self.content),
            "content": (self.content, self.end),
        }[name]
        if not slice_:
            return begin, end
        first, last = slice_.removesuffix("]").split(":")
        return begin + int(first or 0), min(begin + int(last), end) if last else end


@dataclass
class Message:
    """A message, or a record with its header: fields in one buffer."""

    name: str
    start: int
    end: int
    bytes: bytes
    fields: list[Field]
    last_record: int  # in which it ends; of a header: its own

    def whole(self) -> Field:
        """All of it; what stands behind a record's header is its content."""
        content = self.start + (RECORD_HEADER if self.name == "record" else 0)
        return Field(
            self.name, self.start, content, self.end, self.bytes, None, "", None, False
        )


@dataclass
class Record:
    number: int
    header: Message


class Document:
    def __init__(self, document: dict[str, Any]) -> None:
        self._fields = document["fields"]
        self._buffers = [
            bytes.fromhex(buffer["bytes"] or "") for buffer in document["buffers"]
        ]
        self.records: dict[str, list[Record]] = {"client": [], "server": []}
        for number, record in enumerate(document["records"]):
            self.records[record["side"]].append(self._record(number, record))
        self.messages: dict[str, list[Message]] = {"client": [], "server": []}
        for message in document["messages"]:
            self.messages[message["side"]].append(self._message(message))

    def _record(self, number: int, record: dict[str, Any]) -> Record:
        content = self._buffers[record["buffer"]]
        fields = list(self._walk(record["fields"]))
        return Record(number, Message("record", 0, len(content), content, fields, number))

    def _message(self, message: dict[str, Any]) -> Message:
        where = message["range"]
        return Message(
            message["name"],
            where["offset"],
            where["offset"] + where["length"],
            self._buffers[where["buffer"]],
            list(self._walk(message["fields"])),
            message["records"][-1],
        )

    def _walk(self, ids: list[int]) -> Iterator[Field]:
        for number in ids:
            row = self._fields[number]
            yield self._field(row)
            yield from self._walk(row["children"] or [])

    def _field(self, row: dict[str, Any]) -> Field:
        whole, number = row["range"], row["number"]
        content = row["content"] or whole
        return Field(
            re.sub(r"\[\d+\]", "", row["path"]),
            whole["offset"],
            content["offset"],
            whole["offset"] + whole["length"],
            self._buffers[whole["buffer"]],
            number["number"] if number and row["kind"] == "number" else None,
            (number and number["name"]) or "",
            row["text"],
            not row["children"],
        )


def parse(text: str) -> list[Document]:
    return [Document(document) for document in json.loads(text)["documents"]]
