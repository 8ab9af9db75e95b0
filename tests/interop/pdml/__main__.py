"""Our explanation of captures, held against tshark's field by field.

python3 tests/interop/pdml --program build/release/apps/glasstls \\
    --writer build/release/tests/interop/pdml/write_capture
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.append(str(Path(__file__).resolve().parents[1] / "matrix"))

import mapping  # noqa: E402
import ours  # noqa: E402
import pdml  # noqa: E402
from compare import Comparison  # noqa: E402
from conversations import ALL, Conversation, Place, hold  # noqa: E402
from process import Failed  # noqa: E402

SKIPPED = 77  # exit status: there is no tshark to compare with


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="pdml", description=__doc__.splitlines()[0])
    parser.add_argument(
        "--program", required=True, type=Path, help="the program glasstls"
    )
    parser.add_argument(
        "--writer", required=True, type=Path, help="the program write_capture of our build"
    )
    parser.add_argument(
        "--only", action="append", default=[], help="part of a conversation's name (may repeat)"
    )
    parser.add_argument("--keep", type=Path, help="keep the captures in this folder")
    return parser.parse_args()


def output_of(command: list[str], lines: list[str] | None = None) -> str:
    """Of a program that reads these lines. Failed if it does not end well."""
    done = subprocess.run(
        command,
        input="".join(f"{line}\n" for line in lines or []),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    if done.returncode != 0:
        raise Failed(f"{command[:2]} ended with {done.returncode}: {done.stderr[-400:]}")
    return done.stdout


def compare(
    options: argparse.Namespace, table: mapping.Mapping, conversation: Conversation
) -> Comparison:
    """Failed, OSError or ValueError where it does not come to a comparison."""
    comparison = Comparison(table)
    with tempfile.TemporaryDirectory(prefix="glasstls-pdml-") as name:
        folder = Path(name)
        place = Place(str(options.program.resolve()), folder)
        capture = folder / "capture.pcapng"
        lines = hold(conversation, place)
        output_of([str(options.writer), str(capture)], lines)
        if options.keep:
            options.keep.mkdir(exist_ok=True)
            shutil.copy(capture, options.keep / f"{conversation.name}.pcapng")
        explained = output_of([place.program, "explain", str(capture), "--json"])
        documents = ours.parse(explained)
        connections = pdml.read(capture)
    if len(documents) != len(connections):
        raise Failed(
            f"{len(connections)} connections for tshark, {len(documents)} for us"
        )
    for pair in zip(connections, documents, strict=True):
        comparison.connection(*pair)
    return comparison


def run(
    options: argparse.Namespace, table: mapping.Mapping, conversation: Conversation
) -> Comparison | None:
    """Tells how it went. None if there was nothing to compare, or it failed."""
    if missing := conversation.missing():
        print(f"{conversation.name}: skipped: {', '.join(missing)} not installed")
        return Comparison(table)
    try:
        comparison = compare(options, table, conversation)
    except (Failed, OSError, ValueError) as failure:
        print(f"{conversation.name}: FAILED: {failure}", flush=True)
        return None
    verdict = "DIFFERS" if comparison.complaints else "equal"
    told = [f"{conversation.name}: {verdict}, {comparison.compared} fields compared"]
    told += [f"  {complaint}" for complaint in comparison.complaints]
    sys.stdout.write("".join(f"{line}\n" for line in told))  # at once: there are threads
    return comparison


def all_needed(table: mapping.Mapping, found: list[Comparison]) -> bool:
    """Whether each line of the mapping served; tells of those that did not."""
    needed = set().union(*(comparison.needed for comparison in found))
    idle = [entry for entry in table.entries() if entry not in needed]
    for entry in idle:
        print(f"no conversation needs this line of the mapping: {entry}")
    return not idle


def main() -> int:
    if shutil.which("tshark") is None:
        print("skipped: tshark is not installed (package tshark)")
        return SKIPPED
    version = pdml.version()
    if not version.startswith(f"{pdml.VERSION}."):
        print(f"skipped: mapping.txt is for tshark {pdml.VERSION}, and this is {version}")
        return SKIPPED
    options, table = arguments(), mapping.read()
    chosen = [
        each
        for each in ALL
        if not options.only or any(part in each.name for part in options.only)
    ]
    print(f"tshark {version}")
    with ThreadPoolExecutor(max_workers=4) as pool:
        results = list(pool.map(lambda each: run(options, table, each), chosen))
    found = [comparison for comparison in results if comparison is not None]
    good = len(found) == len(results) and not any(each.complaints for each in found)
    if not options.only and not any(each.missing() for each in ALL):
        good = all_needed(table, found) and good
    return 0 if good else 1


sys.exit(main())
