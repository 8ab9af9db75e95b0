"""What gcovr counted, file by file, and which lines are known not to run."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class SourceFile:
    path: str
    lines: int = 0
    run: int = 0
    branches: int = 0
    taken: int = 0
    not_run: list[int] = field(default_factory=list)  # line numbers

    @property
    def folder(self) -> str:
        return self.path.split("/", 1)[0]

    def add(self, other: "SourceFile") -> None:
        """The counts only."""
        self.lines += other.lines
        self.run += other.run
        self.branches += other.branches
        self.taken += other.taken


def share(part: int, whole: int) -> float:
    """Percent, rounded down to a tenth: 100.0 is all of it."""
    return 100.0 if whole == 0 else part * 1000 // whole / 10


def source_files(report: dict) -> list[SourceFile]:
    """From gcovr's --json, by path."""
    return [
        source_file(one) for one in sorted(report["files"], key=lambda f: f["file"])
    ]


def source_file(one: dict) -> SourceFile:
    result = SourceFile(one["file"])
    for line in one["lines"]:
        if line["gcovr/noncode"]:
            continue
        result.lines += 1
        if line["count"]:
            result.run += 1
        else:
            result.not_run.append(line["line_number"])
        result.branches += len(line["branches"])
        result.taken += sum(1 for branch in line["branches"] if branch["count"])
    return result


@dataclass(frozen=True)
class Known:
    """A line that does not run, by its text, and why not."""

    path: str
    text: str
    reason: str


def known_lines(text: str) -> list[Known]:
    """Of tests/data/coverage/not_run.txt. ValueError for a line that is not of its form."""
    result = []
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        path, separator, rest = line.partition(" | ")
        code, separator_2, reason = rest.rpartition(" | ")
        if not (separator and separator_2 and reason.strip()):
            raise ValueError(f"not PATH | LINE | because: {line}")
        result.append(Known(path.strip(), code.strip(), reason.strip()))
    return result


def text_of(root: Path, path: str, line: int) -> str:
    return (root / path).read_text().splitlines()[line - 1].strip()
