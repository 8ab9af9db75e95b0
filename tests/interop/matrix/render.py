"""The matrix as a table for a terminal, and as Markdown."""

from cases import CASES
from runner import DIRECTIONS, Cell

HEADINGS = {
    "server": "Our client, the peer's server",
    "client": "The peer's client, our server",
}


def _table(cells: list[Cell], direction: str) -> tuple[list[str], list[list[str]]]:
    """Heading and rows: a row a case, a column a peer."""
    verdicts = {(c.peer, c.case): c.verdict for c in cells if c.direction == direction}
    peers = list(dict.fromkeys(cell.peer for cell in cells))
    rows = [
        [case.name, *(verdicts[peer, case.name] for peer in peers)] for case in CASES
    ]
    return ["", *peers], rows


def terminal(cells: list[Cell]) -> str:
    lines = []
    for direction in DIRECTIONS:
        heading, rows = _table(cells, direction)
        lines += [HEADINGS[direction], ""]
        widths = [
            max(len(row[i]) for row in [heading, *rows]) for i in range(len(heading))
        ]
        for row in [heading, *rows]:
            lines.append(
                "  ".join(
                    text.ljust(width) for text, width in zip(row, widths)
                ).rstrip()
            )
        lines.append("")
    lines.append(summary(cells))
    return "\n".join(lines)


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


def markdown(cells: list[Cell], versions: dict[str, str]) -> str:
    lines = ["## Versions", ""]
    lines += ["| peer | version |", "| --- | --- |"]
    lines += [_markdown_row([peer, version]) for peer, version in versions.items()]
    for direction in DIRECTIONS:
        heading, rows = _table(cells, direction)
        lines += ["", f"## {HEADINGS[direction]}", ""]
        lines += [_markdown_row(heading), _markdown_row(["---"] * len(heading))]
        lines += [_markdown_row(row) for row in rows]
    lines += ["", summary(cells) + "."]
    for verdict, title in (
        ("failed", "What failed"),
        ("lacks", "What peers lack"),
        ("skipped", "What was skipped"),
    ):
        if found := reasons(cells, verdict):
            lines += ["", f"## {title}", "", *(f"- {line}" for line in found)]
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
