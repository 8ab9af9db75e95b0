"""What gcovr counted, file by file, and what is wrong with it."""

from collections.abc import Callable
from dataclasses import dataclass, field

PROTOCOL = ("wire", "crypto", "x509", "record", "handshake", "tls")
BOUND = 95.0  # percent of a protocol file's lines


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


def known_lines(text: str) -> dict[tuple[str, str], list[str]]:
    """Of tests/data/coverage/not_run.txt: path and text of a line, and why it does not run; a text
    that stands in several such lines has as many reasons. ValueError for a line that is not of its
    form."""
    result = {}
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        path, first, rest = line.partition(" | ")
        code, second, reason = rest.rpartition(" | ")
        if not (first and second and reason.strip()):
            raise ValueError(f"not PATH | LINE | because: {line}")
        result.setdefault((path.strip(), code.strip()), []).append(reason.strip())
    return result


def judge(
    files: list[SourceFile],
    known: dict[tuple[str, str], list[str]],
    text_of: Callable[[str, int], str],
) -> tuple[list[str], list[str]]:
    """The lines of protocol files that do not run, each with its reason; and what must not be: a
    file below the bound, a line without a reason, a known line that runs by now or is gone."""
    unused = {line: list(reasons) for line, reasons in known.items()}
    lines, faults = [], []
    for one in files:
        if one.folder not in PROTOCOL:
            continue
        for number in one.not_run:
            text = text_of(one.path, number)
            reasons = unused.get((one.path, text))
            if reasons:
                lines.append(f"{one.path}:{number}: {text}\n    does not run: {reasons.pop(0)}")
            else:
                faults.append(
                    f"{one.path}:{number}: no test reaches this line, and not_run.txt "
                    f"does not say why: {text}"
                )
        if share(one.run, one.lines) < BOUND:
            faults.append(
                f"{one.path}: {share(one.run, one.lines)} % of the lines run, "
                f"which is less than {BOUND:.0f} %"
            )
    for (path, text), reasons in sorted(unused.items()):
        if reasons:
            faults.append(f"not_run.txt names a line that runs, or is gone: {path}: {text}")
    return lines, faults
