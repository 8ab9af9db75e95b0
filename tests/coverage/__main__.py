"""Prints the table of scripts/coverage out of gcovr's counts; --write puts it into docs/testing.md.

Exit code 1: a protocol file below the bound, a line of it that does not run and is not named in
tests/data/coverage/not_run.txt, or one that is and runs by now, or is gone."""

import argparse
import json
import sys
from pathlib import Path

from counts import PROTOCOL, SourceFile, judge, known_lines, share, source_files

ROOT = Path(__file__).resolve().parents[2]
KNOWN = ROOT / "tests/data/coverage/not_run.txt"
DOCUMENT = ROOT / "docs/testing.md"
MARKS = ("<!-- generated: coverage -->\n", "<!-- end -->")


def main() -> int:
    parser = argparse.ArgumentParser(prog="scripts/coverage")
    parser.add_argument("report", type=Path)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()

    files = source_files(json.loads(arguments.report.read_text()))
    folders = sum_of_folders(files)
    for one in [*files, *folders]:
        print(row(one))
    not_run, faults = judge(files, known_lines(KNOWN.read_text()), text_of)
    for line in not_run:
        print(line)
    if arguments.write:
        write(folders, files)
    for fault in faults:
        print(f"coverage: {fault}", file=sys.stderr)
    return 1 if faults else 0


def sum_of_folders(files: list[SourceFile]) -> list[SourceFile]:
    """Each folder, then all of them."""
    sums: dict[str, SourceFile] = {}
    for one in files:
        sums.setdefault(one.folder, SourceFile(one.folder + "/")).add(one)
    everything = SourceFile("all")
    for one in sums.values():
        everything.add(one)
    return [*sums.values(), everything]


def row(one: SourceFile) -> str:
    lines = f"{share(one.run, one.lines):5.1f} % of {one.lines:5} lines"
    branches = f"{share(one.taken, one.branches):5.1f} % of {one.branches:5} branches"
    return f"{one.path:60} {lines}  {branches}"


def text_of(path: str, line: int) -> str:
    return (ROOT / path).read_text().splitlines()[line - 1].strip()


def write(folders: list[SourceFile], files: list[SourceFile]) -> None:
    lowest = min(
        (f for f in files if f.folder in PROTOCOL), key=lambda f: share(f.run, f.lines)
    )
    table = ["| folder | lines | of them run | branches | of them taken |"]
    table.append("| --- | ---: | ---: | ---: | ---: |")
    for one in folders:
        table.append(
            f"| {one.path} | {one.lines} | {share(one.run, one.lines):.1f} % "
            f"| {one.branches} | {share(one.taken, one.branches):.1f} % |"
        )
    text = "\n".join(table) + (
        f"\n\nOf the protocol files `{lowest.path}` is the lowest: "
        f"{share(lowest.run, lowest.lines):.1f} % of its lines run.\n"
    )
    before, begin, rest = DOCUMENT.read_text().partition(MARKS[0])
    _, end, after = rest.partition(MARKS[1])
    if not end:
        raise SystemExit(f"coverage: {DOCUMENT} has no place for the figures")
    DOCUMENT.write_text(before + begin + text + end + after)


if __name__ == "__main__":
    sys.exit(main())
