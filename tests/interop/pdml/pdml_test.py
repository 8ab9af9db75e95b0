"""That the comparison notices what is not equal."""

import unittest
from typing import Any

import pdml
from compare import Comparison
from mapping import Mapping
from ours import Document

TABLE = """
# a comment
tls.record.content_type   record.type     all      named
tls.record.length         record.length   all      number
tls.handshake.type        msg_type        all      named
tls.handshake.length      length          all      number
tls.handshake.sid_length  session_id      length   length
tls.handshake.sid         session_id      content  bytes
tls.handshake.name        name            content  text
tls.handshake.ja3         -- generated
ours record.version       -- not told
ours record.fragment      -- not told
"""

# A record of 13 bytes at 40 of its packet. Its message: session_id "\xaa", name "b".
RECORD = bytes.fromhex("1603030008 01000004 01aa 0162")


def packet(fields: str) -> bytes:
    """A packet of a client with one record."""
    return f"""<pdml><packet>
      <proto name="tcp">
        <field name="tcp.srcport" show="50000"/><field name="tcp.stream" show="0"/>
      </proto>
      <proto name="tls"><field name="tls.record" pos="40" size="13">
        <field name="tls.record.content_type" pos="40" size="1" show="22" value="16"
               showname="Content Type: Handshake (22)"/>
        <field name="tls.record.length" pos="43" size="2" show="8" value="0008"/>
        <field name="tls.handshake" pos="45" size="8">
          <field name="tls.handshake.type" pos="45" size="1" show="1" value="01"
                 showname="Handshake Type: Client Hello (1)"/>
          <field name="tls.handshake.length" pos="46" size="3" show="4" value="000004"/>
          {fields}
        </field>
      </field></proto>
    </packet></pdml>""".encode()


LENGTH = '<field name="tls.handshake.sid_length" pos="49" size="1" show="1" value="01"/>'
SID = '<field name="tls.handshake.sid" pos="50" size="1" show="aa" value="aa"/>'
NAME = """<field name="" pos="0" size="9">
  <field name="tls.handshake.name" pos="52" size="1" show="b" value="62"/>
</field>"""


def field(path: str, begin: int, end: int, content: int = 0, **more: Any) -> dict[str, Any]:
    def place(start: int) -> dict[str, int]:
        return {"buffer": 0, "offset": start, "length": end - start}

    return {
        "path": path,
        "range": place(begin),
        "content": place(content or begin),
        "kind": "bytes",
        "number": None,
        "text": None,
        "children": [],
    } | more


def number(path: str, begin: int, end: int, value: int, name: str = "") -> dict[str, Any]:
    return field(
        path, begin, end, kind="number", number={"number": value, "name": name or None}
    )


def document() -> dict[str, Any]:
    return {
        "buffers": [{"bytes": RECORD.hex(), "origin": "record"}],
        "records": [
            {"side": "client", "buffer": 0, "fields": [0, 1, 2, 3], "protection": "none"}
        ],
        "messages": [
            {
                "side": "client",
                "name": "ClientHello",
                "range": {"buffer": 0, "offset": 5, "length": 8},
                "fields": [4, 5, 6, 7],
                "records": [0],
            }
        ],
        "fields": [
            number("record.type", 0, 1, 22, "handshake"),
            number("record.version", 1, 3, 0x303),
            number("record.length", 3, 5, 8),
            field("record.fragment", 5, 13),
            number("ClientHello.msg_type", 5, 6, 1, "client_hello"),
            number("ClientHello.length", 6, 9, 4),
            field("ClientHello.session_id", 9, 11, 10),
            field("ClientHello.name[0]", 11, 13, 12, kind="text", text="b"),
        ],
    }


def complaints(fields: str, ours: dict[str, Any]) -> str:
    comparison = Comparison(Mapping(TABLE))
    (connection,) = pdml.parse(packet(fields))
    comparison.connection(connection, Document(ours))
    return "\n".join(comparison.complaints)


class TheComparison(unittest.TestCase):
    def test_is_content_with_what_is_equal(self) -> None:
        generated = '<field name="tls.handshake.ja3" pos="0" size="0" show="x"/>'
        self.assertEqual(complaints(LENGTH + SID + NAME + generated, document()), "")

    def test_notices_what_tshark_shows_otherwise(self) -> None:
        for old, new, complaint in (
            ("tls.handshake.sid_length", "tls.handshake.new", "is not mapped"),
            ('pos="50" size="1"', 'pos="50" size="2"', "is at 5, where we have nothing"),
            ('pos="50"', 'pos="51"', "is at 6, where we have nothing"),
            ('value="aa"', 'value="ab"', "has the bytes ab, ours aa"),
            ('show="1"', 'show="2"', "shows '2'"),
            ('show="b"', 'show="c"', "shows 'c', ours 'b'"),
            (NAME, "", "tshark does not show our ClientHello.name"),
            (SID, SID + SID, "is at 5, where we have nothing"),
        ):
            with self.subTest(old=old, new=new):
                fields = (LENGTH + SID + NAME).replace(old, new)
                self.assertIn(complaint, complaints(fields, document()))

    def test_notices_what_we_show_otherwise(self) -> None:
        for row, member, value, complaint in (
            (0, "number", {"number": 22, "name": "alert"}, "'alert'"),
            (0, "number", {"number": 23, "name": "handshake"}, "shows '22'"),
            (2, "number", {"number": 9, "name": None}, "tls.record.length"),
            (7, "text", "B", "ours 'B'"),
            (7, "path", "ClientHello.title", "tshark does not show our ClientHello.title"),
        ):
            ours = document()
            ours["fields"][row][member] = value
            with self.subTest(row=row, member=member, value=value):
                self.assertIn(complaint, complaints(LENGTH + SID + NAME, ours))

    def test_notices_what_stands_beside_records(self) -> None:
        for name, complaint in (
            ("tls.segment", "is outside of records"),
            ("tls.handshake.ja3", ""),
        ):
            stray = f'<field name="{name}" pos="0" size="3"/>'
            text = packet(LENGTH + SID + NAME).replace(
                b"</proto>\n    </packet>", stray.encode() + b"</proto></packet>"
            )
            comparison = Comparison(Mapping(TABLE))
            comparison.connection(pdml.parse(text)[0], Document(document()))
            with self.subTest(name=name):
                self.assertIn(complaint, "".join(comparison.complaints))
                self.assertEqual(bool(comparison.complaints), bool(complaint))

    def test_notices_records_and_messages_that_one_does_not_show(self) -> None:
        ours = document()
        ours["messages"].append(ours["messages"][0] | {"name": "Finished"})
        self.assertIn("tshark does not show our Finished", complaints(LENGTH + SID + NAME, ours))
        ours = document()
        ours["messages"][0]["records"] = [0, 1]
        self.assertIn("ends in our record 1", complaints(LENGTH + SID + NAME, ours))
        ours = document()
        ours["messages"] = []
        self.assertIn("is nothing that we show", complaints(LENGTH + SID + NAME, ours))
        ours["records"] = []
        self.assertIn("1 records, we show 0", complaints(LENGTH + SID + NAME, ours))


class TheMapping(unittest.TestCase):
    def test_refuses_lines_without_a_reason_or_with_an_unknown_value(self) -> None:
        for line in ("tls.a", "ours a", "tls.a b all", "tls.a b all colour", "tls.a b all whole"):
            with self.subTest(line=line), self.assertRaises(ValueError):
                Mapping(line)


if __name__ == "__main__":
    unittest.main()
