"""What a peer is: how it is started as a server and as a client, and what it lacks."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from cases import ALPN, Case
from lab import Place

LINE = "hello from the matrix\n"
REQUEST = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


@dataclass
class Serving:
    """The peer as a server: our client sends `text` and must receive `answer`."""

    command: list[str]
    text: str = LINE
    answer: str = LINE
    backend: bool = False  # it forwards to Place.plain_port, where a line comes back


@dataclass
class Asking:
    """The peer as a client of our server, which answers as `mode` says."""

    commands: list[list[str]]  # run one after the other
    mode: str = "--echo"
    text: str = LINE  # on standard input, which stays open until `answer` has come
    answer: str = LINE
    proxy: bool = (
        False  # the one command is a server: we talk to it at Place.plain_port
    )
    environment: dict[str, str] = field(default_factory=dict)


class Peer:
    name: str
    package: str  # Debian's
    program: str  # whose presence tells that the package is installed
    protocol = ALPN  # what it is asked to agree on
    core = False  # one of those that the tests always try
    # Why there is nothing to try, by case: of the peer as a server, and as a client.
    server_lacks: dict[str, str] = {}
    client_lacks: dict[str, str] = {}
    remarks: list[str] = []  # for who reads the table
    version_command: list[str]
    version_pattern = r"\d+\.\d+[\w.]*"

    def missing(self) -> str | None:
        """Why the peer cannot be tried here."""
        if shutil.which(self.program) is None:
            return f"{self.program} is not installed (package {self.package})"
        return None

    def prepare(self) -> str | None:
        """Builds what must be built; why it cannot be."""
        return None

    def version(self) -> str:
        said = subprocess.run(
            self.version_command,
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
        found = re.search(self.version_pattern, said.stdout + said.stderr)
        return found.group() if found else "unknown"

    def lacks(self, direction: str, case: Case) -> str | None:
        table = self.server_lacks if direction == "server" else self.client_lacks
        return table.get(case.name, table.get("*"))

    def server(self, case: Case, place: Place) -> Serving:
        raise NotImplementedError

    def client(self, case: Case, place: Place) -> Asking:
        raise NotImplementedError


class Program(Peer):
    """A small program of ours on the peer's library. All of these take the same arguments:

    server PORT CHAIN KEY CLIENT_CA ALPN         echoes one line of each connection, then closes it
    client PORT CA CERTIFICATE KEY ALPN COUNT    sends a line and shows what comes back, COUNT
                                                 times; from the second on it resumes

    "-" stands for what is not wanted.
    """

    def command(self) -> list[str]:
        raise NotImplementedError

    def server(self, case: Case, place: Place) -> Serving:
        lab = place.lab
        ca = lab.ca if case.mutual else "-"
        arguments = [str(place.port), lab.chain, lab.key, ca, case.alpn or "-"]
        return Serving([*self.command(), "server", *arguments])

    def client(self, case: Case, place: Place) -> Asking:
        lab = place.lab
        own = [lab.client_certificate, lab.client_key] if case.mutual else ["-", "-"]
        arguments = [
            str(place.port),
            lab.ca,
            *own,
            case.alpn or "-",
            str(case.connections),
        ]
        return Asking([[*self.command(), "client", *arguments]])


class BuiltProgram(Program):
    """Such a program that our build makes where the peer's library is installed."""

    def __init__(self, built: Path) -> None:
        self._file = built / self.program
        self.version_command = [str(self._file), "version"]

    def missing(self) -> str | None:
        if self._file.exists():
            return None
        return f"{self.program} was not built (it needs package {self.package})"

    def command(self) -> list[str]:
        return [str(self._file)]


class CompiledProgram(Program):
    """Such a program that is compiled by the peer's own tools, into the same folder."""

    def __init__(self, built: Path) -> None:
        self.built = built

    def compile(
        self, command: list[str], folder: Path, environment: dict[str, str]
    ) -> str | None:
        """The last words of a compiler that failed."""
        try:
            done = subprocess.run(
                command,
                cwd=folder,
                env={**os.environ, **environment},
                capture_output=True,
                text=True,
                timeout=600,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return "does not build within ten minutes"
        if done.returncode == 0:
            return None
        return f"does not build: {' '.join((done.stdout + done.stderr).split())[-400:]}"


def program_file(name: str) -> str:
    """A source of such a program."""
    return str(Path(__file__).resolve().parents[2] / "peers" / name)
