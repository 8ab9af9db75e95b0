"""The matrix as a table for a terminal, and as Markdown."""

from dataclasses import dataclass, field

from cases import CASES
from findings import Finding
from runner import DIRECTIONS, Cell

HEADINGS = {
    "server": "Our client, the peer's server",
    "client": "The peer's client, our server",
}


@dataclass
class Report:
    cells: list[Cell]
    versions: dict[str, str] = field(default_factory=dict)  # by peer
    remarks: list[str] = field(default_factory=list)
    balanced: list[Finding] = field(default_factory=list)
    scanned: list[Finding] = field(default_factory=list)

    def failed(self) -> bool:
        verdicts = [cell.verdict for cell in self.cells]
        verdicts += [finding.verdict for finding in (*self.balanced, *self.scanned)]
        return "failed" in verdicts


def _table(cells: list[Cell], direction: str) -> tuple[list[str], list[list[str]]]:
    """Heading and rows: a row a case, a column a peer."""
    verdicts = {(c.peer, c.case): c.verdict for c in cells if c.direction == direction}
    peers = list(dict.fromkeys(cell.peer for cell in cells))
    rows = [
        [case.name, *(verdicts[peer, case.name] for peer in peers)] for case in CASES
    ]
    return ["", *peers], rows


def terminal(report: Report) -> str:
    lines = []
    for direction in DIRECTIONS:
        heading, rows = _table(report.cells, direction)
        lines += [HEADINGS[direction], ""]
        widths = [
            max(len(row[i]) for row in [heading, *rows]) for i in range(len(heading))
        ]
        for row in [heading, *rows]:
            padded = (text.ljust(width) for text, width in zip(row, widths))
            lines.append("  ".join(padded).rstrip())
        lines.append("")
    for verdict in ("lacks", "skipped"):
        lines += [f"{verdict}: {line}" for line in reasons(report.cells, verdict)]
    lines += [finding.line() for finding in (*report.balanced, *report.scanned)]
    return "\n".join([*lines, summary(report.cells)])


def summary(cells: list[Cell]) -> str:
    verdicts = [cell.verdict for cell in cells]
    parts = [
        f"{verdicts.count(name)} {name}"
        for name in ("passed", "failed", "lacks", "skipped")
    ]
    return f"{len(cells)} cells: " + ", ".join(parts)


def reasons(cells: list[Cell], verdict: str) -> list[str]:
    """One line for each reason, with the cases that have it."""
    grouped: dict[tuple[str, str, str], list[str]] = {}
    for cell in cells:
        if cell.verdict == verdict:
            grouped.setdefault((cell.peer, cell.direction, cell.reason), []).append(
                cell.case
            )
    lines = []
    for (peer, direction, reason), cases in grouped.items():
        which = "all cases" if len(cases) == len(CASES) else ", ".join(cases)
        lines.append(f"{peer} as {direction}, {which}: {reason}")
    return lines


def _markdown_row(texts: list[str]) -> str:
    return "| " + " | ".join(texts) + " |"


def _section(title: str, lines: list[str]) -> list[str]:
    return ["", f"## {title}", "", *(f"- {line}" for line in lines)] if lines else []


def markdown(report: Report) -> str:
    cells = report.cells
    lines = ["## Versions", "", "| peer | version |", "| --- | --- |"]
    lines += [_markdown_row([*row]) for row in report.versions.items()]
    for direction in DIRECTIONS:
        heading, rows = _table(cells, direction)
        lines += ["", f"## {HEADINGS[direction]}", ""]
        lines += [_markdown_row(heading), _markdown_row(["---"] * len(heading))]
        lines += [_markdown_row(row) for row in rows]
    lines += ["", summary(cells) + "."]
    lines += _section("What failed", reasons(cells, "failed"))
    lines += _section("What peers lack", reasons(cells, "lacks"))
    lines += _section("What was skipped", reasons(cells, "skipped"))
    lines += _section("Remarks", report.remarks)
    lines += _section(
        "Two servers behind HAProxy", [one.line() for one in report.balanced]
    )
    lines += _section("What scanners find", [one.line() for one in report.scanned])
    return "\n".join(lines)


BEGIN = "<!-- made by scripts/interop from here -->"
END = "<!-- to here -->"


def replace_generated(document: str, generated: str) -> str:
    """The document with what lies between the markers replaced."""
    before, found, rest = document.partition(BEGIN)
    _, ended, after = rest.partition(END)
    if not found or not ended:
        raise ValueError("the document lacks the markers")
    return f"{before}{BEGIN}\n\n{generated}\n\n{END}{after}"
