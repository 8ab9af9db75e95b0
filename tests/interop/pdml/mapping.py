"""Reads mapping.txt, which says what its lines mean."""

from dataclasses import dataclass
from pathlib import Path

from ours import Field

FILE = Path(__file__).with_name("mapping.txt")
VALUES = {
    "bytes",
    "length",
    "number",
    "named",
    "text",
    "labelled",
    "oid",
    "time",
    "flag",
    "bit",
}


@dataclass(frozen=True)
class Line:
    """One name of tshark's, and one of our fields."""

    name: str
    path: str
    part: str
    value: str

    def is_of(self, field: Field) -> bool:
        return ends(field.path, self.path)


def ends(path: str, end: str) -> bool:
    return path == end or path.endswith("." + end)


class Mapping:
    def __init__(self, text: str) -> None:
        self.lines: dict[str, list[Line]] = {}
        self.unmatched: set[str] = set()  # names of tshark's that have no counterpart
        self.only_ours: list[str] = []  # ends of paths
        for number, line in enumerate(text.splitlines(), 1):
            words, _, reason = line.partition(" -- ")
            if line and not line.startswith("#") and not self._take(words.split(), reason):
                raise ValueError(f"{FILE.name}, line {number}: {line}")

    def _take(self, words: list[str], reason: str) -> bool:
        match words:
            case ["ours", path] if reason:
                self.only_ours.append(path)
            case [name] if reason:
                self.unmatched.add(name)
            case [name, path, part, "whole"] if reason:
                self._add(Line(name, path, part, "whole"))
            case [name, path, part, value] if value in VALUES and not reason:
                self._add(Line(name, path, part, value))
            case _:
                return False
        return True

    def _add(self, line: Line) -> None:
        self.lines.setdefault(line.name, []).append(line)

    def entries(self) -> list[Line | str]:
        """All that it says: lines, names without a counterpart, ends of our paths."""
        lines = [line for lines in self.lines.values() for line in lines]
        return [*lines, *sorted(self.unmatched), *self.only_ours]

    def reason_for(self, field: Field) -> str | None:
        """The end of its path on the list of what tshark does not show."""
        return next((path for path in self.only_ours if ends(field.path, path)), None)


def read() -> Mapping:
    return Mapping(FILE.read_text())
