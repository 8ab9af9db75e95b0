"""Runs cells: one case with one peer in one direction."""

import os
import shutil
import socket
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import our_side
from cases import CASES, Case
from lab import Lab, Place
from process import (
    Deadline,
    Failed,
    free_port,
    running,
    tail,
    wait_until_it_listens,
)
from stacks.peer import Asking, Peer

DIRECTIONS = ("server", "client")  # what the peer is


@dataclass(frozen=True)
class Cell:
    peer: str
    direction: str
    case: str
    verdict: str  # "passed", "failed", "lacks", "skipped"
    reason: str = ""


class Backend:
    """Behind a proxy: sends the first line of each connection back, in plain TCP."""

    def __init__(self, port: int) -> None:
        self._listener = socket.create_server(("127.0.0.1", port))
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return  # closed
            with connection:
                connection.settimeout(5)
                try:
                    connection.sendall(connection.recv(16384))
                except OSError:
                    pass

    def __enter__(self) -> "Backend":
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(6)


def _ask_through(port: int, asking: Asking, deadline: Deadline) -> None:
    """Talks to a proxy that is our server's client."""
    with socket.create_connection(
        ("127.0.0.1", port), timeout=deadline.left()
    ) as connection:
        connection.sendall(asking.text.encode())
        received = b""
        while asking.answer.encode() not in received:
            connection.settimeout(deadline.left())
            try:
                more = connection.recv(16384)
            except TimeoutError:
                more = b""
            if not more:
                raise Failed(f"through the proxy came {received!r}")
            received += more


def _converse(
    command: list[str], asking: Asking, case: Case, place: Place, deadline: Deadline
) -> None:
    """One command of a peer that is our server's client."""
    with running(command, place.folder, "peer", asking.environment) as client:
        if asking.proxy:
            wait_until_it_listens(client, place.plain_port, deadline)
            for _ in range(case.connections):
                _ask_through(place.plain_port, asking, deadline)
            client.terminate(deadline)
            return
        client.write(asking.text)
        deadline.wait(
            lambda: asking.answer in client.output() or client.ended(),
            "the peer's output",
        )
        client.end_input()
        client.wait(deadline)
        if asking.answer not in client.output():
            raise Failed(f"the answer did not come; the peer said: {tail(client)}")


class Runner:
    def __init__(self, program: str, labs: dict[str, Lab]) -> None:
        self._program = program
        self._labs = labs

    def run(self, peers: list[Peer], told: Callable[[Cell], None]) -> list[Cell]:
        """All cells of these peers. `told` is called as each is done, from several threads."""
        absent = {peer.name: peer.missing() or peer.prepare() for peer in peers}

        def one(task: tuple[Peer, str, Case]) -> Cell:
            cell = self._cell(*task, absent[task[0].name])
            told(cell)
            return cell

        tasks = [
            (peer, way, case) for peer in peers for way in DIRECTIONS for case in CASES
        ]
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            try:
                return list(pool.map(one, tasks))
            except BaseException:
                pool.shutdown(cancel_futures=True)  # the user wants an end of it
                raise

    def _cell(self, peer: Peer, direction: str, case: Case, absent: str | None) -> Cell:
        if lacking := peer.lacks(direction, case):
            return Cell(peer.name, direction, case.name, "lacks", lacking)
        if absent:
            return Cell(peer.name, direction, case.name, "skipped", absent)
        if case.alpn:
            case = replace(case, alpn=peer.protocol)
        folder = Path(tempfile.mkdtemp(prefix="glasstls-cell-"))
        place = Place(self._labs[case.key], folder, free_port(), free_port())
        try:
            attempt = self._peer_serves if direction == "server" else self._peer_asks
            attempt(peer, case, place)
        except Exception as error:  # whatever it is, the other cells go on
            words = str(error) if isinstance(error, Failed) else repr(error)
            return Cell(peer.name, direction, case.name, "failed", words[:600])
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        return Cell(peer.name, direction, case.name, "passed")

    def _peer_serves(self, peer: Peer, case: Case, place: Place) -> None:
        deadline = Deadline()
        serving = peer.server(case, place)
        with ExitStack() as stack:
            server = stack.enter_context(running(serving.command, place.folder, "peer"))
            if serving.backend:
                stack.enter_context(Backend(place.plain_port))
            wait_until_it_listens(server, place.port, deadline)
            try:
                our_side.ask(self._program, case, place, serving, deadline)
            except Failed as failure:
                raise Failed(f"{failure}; the peer said: {tail(server)}") from None

    def _peer_asks(self, peer: Peer, case: Case, place: Place) -> None:
        deadline = Deadline()
        asking = peer.client(case, place)
        with our_side.serving(
            self._program, case, place, asking.mode, deadline
        ) as server:
            for command in asking.commands:
                try:
                    _converse(command, asking, case, place, deadline)
                except Failed as failure:
                    said = our_side.complaint(server)
                    raise Failed(f"{failure}; {said}") from None
            our_side.check_lines(server, case, deadline)
