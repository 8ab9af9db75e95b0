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
from balanced import Balanced  # noqa: E402
from lab import make_labs  # noqa: E402
from render import Report  # noqa: E402
from runner import Cell, Runner  # noqa: E402
from scanners import Scanners, scanner_versions  # noqa: E402
from stacks import all_peers  # noqa: E402
from stacks.peer import Peer  # noqa: E402


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
        "--all",
        action="store_true",
        help="all peers, HAProxy before two servers, and scanners; without it a core of peers",
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


def report(options: argparse.Namespace, peers: list[Peer], work: Path) -> Report:
    program = str(options.program.resolve())
    labs = make_labs(program, work)
    made = Report(Runner(program, labs).run(peers, tell))
    for peer in peers:
        if not peer.missing():
            made.versions[peer.name] = peer.version()
        made.remarks += [f"{peer.name}: {remark}" for remark in peer.remarks]
    if options.all:
        made.balanced = Balanced(program, labs["rsa"]).run()
        made.scanned = Scanners(program, labs).run()
        made.versions |= scanner_versions()
    return made


def main() -> int:
    options = arguments()
    peers = all_peers(options.peers.resolve())
    if options.peer:
        peers = [peer for peer in peers if peer.name in options.peer]
    elif not options.all:
        peers = [peer for peer in peers if peer.core]
    with tempfile.TemporaryDirectory(prefix="glasstls-matrix-") as name:
        made = report(options, peers, Path(name))
    print(render.terminal(made))
    if options.document:
        text = options.document.read_text()
        options.document.write_text(
            render.replace_generated(text, render.markdown(made))
        )
    return 1 if made.failed() else 0


sys.exit(main())
