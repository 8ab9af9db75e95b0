"""A program peer_X, which answers commands by one line of JSON each."""

import json
import os
import selectors
import subprocess
import tempfile
import time
from pathlib import Path

PATIENCE = 300  # seconds for one answer
LAST_MOMENT = 10  # seconds for the end


class PeerFailed(Exception):
    """No figure is to be had: in the peer's own words, where it has any."""


class Peer:
    def __init__(self, program: Path, lab: Path, exact_heap: bool = False):
        """`exact_heap`: malloc counts what is in use, and not what a thread's cache holds."""
        environment = dict(os.environ, LC_ALL="C", GOMAXPROCS="1")  # Go: one core, one thread's work
        if exact_heap:
            environment["GLIBC_TUNABLES"] = "glibc.malloc.tcache_count=0"
        self.program = program
        self._words = tempfile.TemporaryFile()  # what it says on standard error
        self._process = subprocess.Popen(
            [str(program), str(lab)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._words,
            env=environment,
        )
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._process.stdout, selectors.EVENT_READ)
        self._received = b""

    def __enter__(self) -> "Peer":
        return self

    def __exit__(self, *_) -> None:
        self.stop()

    def ask(self, command: str) -> dict:
        try:
            self._process.stdin.write(command.encode() + b"\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            raise PeerFailed(self._ending()) from None
        line = self._line(time.monotonic() + PATIENCE)
        try:
            answer = json.loads(line)
        except ValueError:
            raise PeerFailed(f"no JSON: {line[:200]!r}") from None
        if not isinstance(answer, dict):
            raise PeerFailed(f"no JSON object: {line[:200]!r}")
        if "error" in answer:
            raise PeerFailed(answer["error"])
        return answer

    def stop(self) -> None:
        """The end of its input is the peer's; if it does not heed that, it is killed."""
        try:
            self._process.stdin.close()
        except BrokenPipeError:  # of what it was still to be sent
            pass
        try:
            self._process.wait(timeout=LAST_MOMENT)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._selector.close()
        self._process.stdout.close()
        self._words.close()

    def _line(self, deadline: float) -> bytes:
        while b"\n" not in self._received:
            if not self._selector.select(max(0, deadline - time.monotonic())):
                raise PeerFailed(f"no answer within {PATIENCE} seconds")
            more = os.read(self._process.stdout.fileno(), 1 << 16)
            if not more:
                raise PeerFailed(self._ending())
            self._received += more
        line, _, self._received = self._received.partition(b"\n")
        return line

    def _ending(self) -> str:
        status = self._process.wait(timeout=PATIENCE)
        self._words.seek(0)
        words = self._words.read()[-500:].decode(errors="replace").strip()
        return f"the program ended with status {status}" + (words and f": {words}")


def find_programs(folder: Path) -> list[Path]:
    """GlassTLS and OpenSSL, what everybody looks for, first."""
    first = ["peer_glasstls", "peer_openssl"]
    found = [
        path
        for path in folder.glob("peer_*")
        if path.is_file() and os.access(path, os.X_OK)
    ]
    order = {name: place for place, name in enumerate(first)}
    return sorted(found, key=lambda path: (order.get(path.name, len(first)), path.name))
