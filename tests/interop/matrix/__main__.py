"""The interop matrix: real handshakes with other TLS stacks, in both directions.

python3 tests/interop/matrix --program build/release/apps/glasstls \\
    --peers build/release/tests/interop/peers
"""

import argparse
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True

import render  # noqa: E402
from lab import make_labs  # noqa: E402
from runner import Cell, Runner  # noqa: E402
from stacks import all_peers  # noqa: E402


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="matrix", description=__doc__.splitlines()[0])
    parser.add_argument(
        "--program", required=True, type=Path, help="the program glasstls"
    )
    parser.add_argument(
        "--peers",
        type=Path,
        required=True,
        help="the folder where our build puts its peers, and others are compiled",
    )
    parser.add_argument(
        "--core", action="store_true", help="only the peers that tests try"
    )
    parser.add_argument(
        "--peer", action="append", default=[], help="only this one (may repeat)"
    )
    parser.add_argument(
        "--document", type=Path, help="write the result between its markers"
    )
    return parser.parse_args()


def tell(cell: Cell) -> None:
    if cell.verdict == "failed":
        print(
            f"{cell.peer} as {cell.direction}, {cell.case}: FAILED: {cell.reason}",
            flush=True,
        )


def main() -> int:
    options = arguments()
    peers = [
        peer
        for peer in all_peers(options.peers.resolve())
        if peer.core or not options.core
    ]
    if options.peer:
        peers = [peer for peer in peers if peer.name in options.peer]
    program = str(options.program.resolve())
    with tempfile.TemporaryDirectory(prefix="glasstls-matrix-") as name:
        cells = Runner(program, make_labs(program, Path(name))).run(peers, tell)
    print(render.terminal(cells))
    for verdict in ("lacks", "skipped"):
        for line in render.reasons(cells, verdict):
            print(f"{verdict}: {line}")
    if options.document:
        versions = {
            peer.name: "not installed" if peer.missing() else peer.version()
            for peer in peers
        }
        text = options.document.read_text()
        generated = render.markdown(cells, versions)
        options.document.write_text(render.replace_generated(text, generated))
    return 1 if any(cell.verdict == "failed" for cell in cells) else 0


sys.exit(main())
