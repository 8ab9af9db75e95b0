"""Processes that always end, ports, and waiting for what has come to be."""

import os
import random
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

TIMEOUT = 10.0  # seconds for all that a cell does


class Failed(Exception):
    """A cell's handshake or data did not come out as it should."""


class Deadline:
    def __init__(self, seconds: float = TIMEOUT) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        return max(0.05, self._end - time.monotonic())

    def wait(self, condition: Callable[[], bool], what: str) -> None:
        """Until the condition holds. Failed if it does not in time."""
        while not condition():
            if time.monotonic() >= self._end:
                raise Failed(f"waited in vain for {what}")
            time.sleep(0.005)


class Process:
    """A program whose output goes to files, so that it can never block on us."""

    def __init__(
        self,
        command: list[str],
        folder: Path,
        name: str,
        environment: dict[str, str] | None = None,
    ) -> None:
        self.command = command
        self._output, self._errors = folder / f"{name}.out", folder / f"{name}.err"
        with open(self._output, "wb") as output, open(self._errors, "wb") as errors:
            # Dies with us, even if we are killed; and its children are in its group.
            self._process = subprocess.Popen(
                ["setpriv", "--pdeathsig", "KILL", *command],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=errors,
                cwd=folder,
                env={**os.environ, **(environment or {})},
                start_new_session=True,
            )
        self.pid = self._process.pid

    def output(self) -> str:
        return self._output.read_text(errors="replace")

    def errors(self) -> str:
        return self._errors.read_text(errors="replace")

    def ended(self) -> bool:
        return self._process.poll() is not None

    def write(self, text: str) -> None:
        assert self._process.stdin
        try:
            self._process.stdin.write(text.encode())
            self._process.stdin.flush()
        except BrokenPipeError:
            pass  # it has ended, which its user will notice

    def end_input(self) -> None:
        assert self._process.stdin
        try:
            self._process.stdin.close()
        except BrokenPipeError:
            pass

    def wait(self, deadline: Deadline) -> int:
        try:
            return self._process.wait(deadline.left())
        except subprocess.TimeoutExpired:
            raise Failed(f"{self.command[0]} did not end in time") from None

    def terminate(self, deadline: Deadline) -> int:
        self._process.terminate()
        return self.wait(deadline)

    def kill(self) -> None:
        self.end_input()
        try:
            os.killpg(
                self.pid, signal.SIGKILL
            )  # the leader may be gone, its children not
        except ProcessLookupError:
            pass
        self._process.wait()


@contextmanager
def running(
    command: list[str],
    folder: Path,
    name: str,
    environment: dict[str, str] | None = None,
) -> Iterator[Process]:
    process = Process(command, folder, name, environment)
    try:
        yield process
    finally:
        process.kill()


_given: set[int] = set()
_giving = threading.Lock()


def free_port() -> int:
    """One that nobody listens on, and that the system gives to no outgoing connection by itself."""
    with _giving:
        while True:
            port = random.randrange(20000, 32000)
            if port in _given:
                continue
            with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
                try:
                    probe.bind(("127.0.0.1", port))
                except OSError:
                    continue
            _given.add(port)
            return port


def listens(port: int) -> bool:
    """Read from the system's table: a server that counts its connections is not disturbed."""
    ending = f":{port:04X}"
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        try:
            lines = Path(table).read_text().splitlines()[1:]
        except FileNotFoundError:
            continue  # no IPv6 here
        for line in lines:
            _, local, _, state, *_ = line.split()
            if state == "0A" and local.endswith(ending):
                return True
    return False


def wait_until_it_listens(process: Process, port: int, deadline: Deadline) -> None:
    deadline.wait(
        lambda: listens(port) or process.ended(), f"{process.command[0]} to listen"
    )
    if not listens(port):
        raise Failed(f"{process.command[0]} ended: {tail(process)}")


def tail(process: Process) -> str:
    """The last words of a program, in one line."""
    words = (process.output()[-400:] + " " + process.errors()[-400:]).split()
    return " ".join(words)[-400:]
