"""Two of our servers behind HAProxy in TCP mode, with shared ticket keys: sessions resume across
them."""

import base64
import json
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import our_side
from cases import Case
from findings import Finding
from lab import NAME, Lab, Place
from process import (
    Deadline,
    Failed,
    Process,
    free_port,
    running,
    tail,
    wait_until_it_listens,
)
from stacks.peer import LINE

CONFIGURATION = """
global
  nbthread 1
defaults
  mode tcp
  timeout connect 5s
  timeout client 10s
  timeout server 10s
listen balancer
  bind 127.0.0.1:{port}
  balance roundrobin
  server one 127.0.0.1:{first}
  server two 127.0.0.1:{second}
"""

KEY_FILES: dict[str, Callable[[], bytes]] = {
    "nginx's 48 bytes": lambda: secrets.token_bytes(48),
    "nginx's 80 bytes": lambda: secrets.token_bytes(80),
    "HAProxy's three lines of base64": lambda: b"".join(
        base64.b64encode(secrets.token_bytes(80)) + b"\n" for _ in range(3)
    ),
}


@dataclass
class Stage:
    port: int  # HAProxy's
    folder: Path
    servers: list[Process]


class Balanced:
    def __init__(self, program: str, lab: Lab) -> None:
        self._program = program
        self._lab = lab

    def run(self) -> list[Finding]:
        if shutil.which("haproxy") is None:
            return [Finding("HAProxy", "skipped", "it is not installed")]
        findings = []
        for client, ask in (
            ("our client", self._ours),
            ("openssl s_client", self._openssl),
        ):
            for kind, make in KEY_FILES.items():
                name = f"{client}, servers that share {kind}"
                findings.append(self._one(name, ask, [make()] * 2, resumed=True))
            keys = [secrets.token_bytes(48), secrets.token_bytes(48)]
            name = f"{client}, servers with keys of their own: full handshakes"
            findings.append(self._one(name, ask, keys, resumed=False))
        return findings

    def _one(
        self,
        name: str,
        ask: Callable[[Stage, Deadline], None],
        keys: list[bytes],
        resumed: bool,
    ) -> Finding:
        deadline = Deadline()
        try:
            with self._stage(keys, deadline) as stage:
                ask(stage, deadline)
                how = [_first_and_only(server, deadline) for server in stage.servers]
        except Failed as failure:
            return Finding(name, "failed", str(failure))
        wanted = ["none", "ticket" if resumed else "none"]
        if how != wanted:
            return Finding(
                name, "failed", f"the two servers resumed by {how}, not {wanted}"
            )
        return Finding(name, "passed")

    @contextmanager
    def _stage(self, keys: list[bytes], deadline: Deadline) -> Iterator[Stage]:
        """Servers in the order in which HAProxy takes them."""
        with tempfile.TemporaryDirectory(
            prefix="glasstls-balanced-"
        ) as name, ExitStack() as stack:
            folder = Path(name)
            servers, ports = [], []
            for number, key in enumerate(keys):
                place = Place(self._lab, folder / str(number), free_port(), 0)
                place.folder.mkdir()
                file = place.folder / "ticket-keys"
                file.write_bytes(key)
                options = ["--ticket-keys", str(file), "--no-sessions"]
                serving = our_side.serving(
                    self._program, Case("balanced"), place, "--echo", deadline, options
                )
                servers.append(stack.enter_context(serving))
                ports.append(place.port)
            port = free_port()
            file = folder / "haproxy.cfg"
            file.write_text(
                CONFIGURATION.format(port=port, first=ports[0], second=ports[1])
            )
            balancer = stack.enter_context(
                running(["haproxy", "-f", str(file)], folder, "haproxy")
            )
            wait_until_it_listens(balancer, port, deadline)
            yield Stage(port, folder, servers)

    def _ours(self, stage: Stage, deadline: Deadline) -> None:
        session = str(stage.folder / "session")
        command = [self._program, "client", f"127.0.0.1:{stage.port}", "--name", NAME]
        command += ["--ca", self._lab.ca, "--half-close"]
        _converse([*command, "--session-out", session], stage, deadline)
        _converse([*command, "--session-in", session], stage, deadline)

    def _openssl(self, stage: Stage, deadline: Deadline) -> None:
        session = str(stage.folder / "session.pem")
        command = [
            "openssl",
            "s_client",
            "-connect",
            f"127.0.0.1:{stage.port}",
            "-quiet",
        ]
        command += ["-servername", NAME, "-no_ign_eof", "-CAfile", self._lab.ca]
        command += ["-verify_return_error"]
        _converse([*command, "-sess_out", session], stage, deadline)
        _converse([*command, "-sess_in", session], stage, deadline)


def _converse(command: list[str], stage: Stage, deadline: Deadline) -> None:
    with running(command, stage.folder, "client") as client:
        client.write(LINE)
        deadline.wait(lambda: LINE in client.output() or client.ended(), "the echo")
        client.end_input()
        client.wait(deadline)
        if LINE not in client.output():
            raise Failed(f"the echo did not come: {tail(client)}")


def _first_and_only(server: Process, deadline: Deadline) -> str:
    """How the one connection of a server was resumed."""
    server.terminate(deadline)
    lines = [json.loads(line) for line in server.output().splitlines()]
    if len(lines) != 1 or not lines[0]["agreement"]:
        raise Failed(f"a server had {len(lines)} connections: {tail(server)}")
    return str(lines[0]["agreement"]["resumed"])
