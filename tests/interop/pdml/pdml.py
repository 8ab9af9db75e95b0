"""What tshark says of a capture: its PDML, down to TLS records."""

import re
import subprocess
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from relay import PORT


@dataclass
class Node:
    """A field of tshark's, with what stands below it. Nodes without a name are captions."""

    name: str
    position: int  # in its packet, or in a buffer of its own
    size: int
    show: str
    caption: str
    value: str  # hexadecimal; empty: not given
    children: list["Node"]

    def walk(self) -> Iterator["Node"]:
        yield self
        for child in self.children:
            yield from child.walk()

    def find(self, name: str) -> "Node | None":
        return next((node for node in self.walk() if node.name == name), None)


@dataclass
class Connection:
    """The records of each side, in order; and what stands beside them."""

    records: dict[str, list[Node]] = field(
        default_factory=lambda: {"client": [], "server": []}
    )
    others: list[Node] = field(default_factory=list)


VERSION = "4.0"  # what mapping.txt is for: others show other fields


def version() -> str:
    """ "4.0.17"."""
    said = subprocess.run(
        ["tshark", "--version"], capture_output=True, text=True, check=True, timeout=60
    )
    found = re.search(r"\d+\.\d+[\w.]*", said.stdout)
    return found.group() if found else "unknown"


def read(capture: Path) -> list[Connection]:
    """In the order in which they began."""
    done = subprocess.run(
        ["tshark", "-n", "-r", str(capture), "-T", "pdml"],
        capture_output=True,
        check=True,
        timeout=60,
    )
    return parse(done.stdout)


def parse(text: bytes) -> list[Connection]:
    connections: dict[str, Connection] = {}
    for packet in ElementTree.fromstring(text):
        stream, port = _shown(packet, "tcp.stream"), _shown(packet, "tcp.srcport")
        connection = connections.setdefault(stream, Connection())
        side = "server" if port == str(PORT) else "client"
        for protocol in packet.findall("proto"):
            if protocol.get("name") == "tls":
                for node in map(_node, protocol):
                    is_record = node.name == "tls.record"
                    (connection.records[side] if is_record else connection.others).append(node)
    return list(connections.values())


def _shown(packet: ElementTree.Element, name: str) -> str:
    found = packet.find(f".//field[@name='{name}']")
    return "" if found is None else found.get("show", "")


def _node(element: ElementTree.Element) -> Node:
    return Node(
        element.get("name", ""),
        int(element.get("pos", "0")),
        int(element.get("size", "0")),
        element.get("show", ""),
        element.get("showname", ""),
        element.get("value", ""),
        [_node(child) for child in element],
    )
