"""GlassTLS itself in a cell: its client, its server, and what they say in JSON."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from cases import Case, our_options
from lab import NAME, Place
from process import Deadline, Failed, Process, running, tail
from stacks.peer import Serving
from verify import disagreement

TRUNCATED = 8  # our client's exit status
LINGER = "8"  # seconds: longer than any peer that closes by itself takes


def ask(
    program: str, case: Case, place: Place, serving: Serving, deadline: Deadline
) -> None:
    """Our client talks to a peer's server. Failed unless all is as the case says."""
    lab = place.lab
    command = [program, "client", f"127.0.0.1:{place.port}", "--json", "--name", NAME]
    command += ["--ca", lab.ca, "--send", serving.text, "--linger", LINGER]
    command += our_options(case)
    if case.mutual:
        command += ["--cert", lab.client_certificate, "--key", lab.client_key]
    if case.resumed:
        command += ["--reconnect", "1"]
    with running(command, place.folder, "ours") as client:
        client.end_input()
        status = client.wait(deadline)
        try:
            document = json.loads(client.output())
        except ValueError:
            raise Failed(f"our client ended with {status}: {tail(client)}") from None
    connections = [document, *document.get("reconnections", [])]
    for connection in connections:
        _check_connection(connection, serving.answer)
    agreements = [connection["connection"]["agreement"] for connection in connections]
    if wrong := disagreement(case, agreements):
        raise Failed(wrong)
    if status not in (0, TRUNCATED):
        raise Failed(f"our client ended with {status}: {tail(client)}")


def _check_connection(document: dict[str, Any], answer: str) -> None:
    failure, error = document["outcome"]["failure"], document["outcome"]["error"]
    established = document["connection"]["agreement"] is not None
    if failure and not (established and _only_truncated(failure)):
        raise Failed(f"our client: {_told(failure)}")
    if error:
        raise Failed(f"our client: {error}")
    received = _received(document["document"])
    if answer not in received:
        raise Failed(f"our client received {received[-200:]!r}")


def _only_truncated(failure: dict[str, Any]) -> bool:
    """Many close without close_notify, when all is said."""
    return bool(failure["cause"] == "truncated")


def _told(failure: dict[str, Any]) -> str:
    return f"{failure['reason']} ({failure['alert']})"


def _received(document: dict[str, Any]) -> str:
    """The server's application data, of which there is a message for each record."""

    def content(message: dict[str, Any]) -> bytes:
        place = message["range"]
        data = bytes.fromhex(document["buffers"][place["buffer"]]["bytes"])
        return data[place["offset"] : place["offset"] + place["length"]]

    return b"".join(
        content(message)
        for message in document["messages"]
        if message["side"] == "server" and message["name"] == "ApplicationData"
    ).decode(errors="replace")


@contextmanager
def serving(
    program: str,
    case: Case,
    place: Place,
    mode: str,
    deadline: Deadline,
    options: list[str] | None = None,
) -> Iterator[Process]:
    """Our server, listening at Place.port."""
    lab = place.lab
    command = [program, "server", "--listen", str(place.port), mode, "--json"]
    command += ["--cert", lab.chain, "--key", lab.key, *our_options(case)]
    if case.mutual:
        command += ["--require-client-cert", "--client-ca", lab.ca]
    if case.resumed == "ticket":
        command += ["--no-sessions"]
    command += options or []
    with running(command, place.folder, "ours") as server:
        deadline.wait(
            lambda: "listening on" in server.errors() or server.ended(),
            "our server to listen",
        )
        if server.ended():
            raise Failed(f"our server ended: {tail(server)}")
        yield server


def check_lines(server: Process, case: Case, deadline: Deadline) -> None:
    """Ends our server, and reads what it says about its connections."""
    status = server.terminate(deadline)
    if status != 0:
        raise Failed(f"our server ended with {status}: {tail(server)}")
    lines = [json.loads(line) for line in server.output().splitlines()]
    lines.sort(key=lambda line: int(line["connection"]))  # they come as connections end
    for line in lines:
        failure = line["failure"]
        if failure and not _only_truncated(failure):
            raise Failed(f"our server: {_told(failure)}")
    agreements = [line["agreement"] for line in lines if line["agreement"]]
    if wrong := disagreement(case, agreements):
        raise Failed(wrong)
    if not any(line["bytes_received"] and line["bytes_sent"] for line in lines):
        raise Failed("our server saw no data both ways")


def complaint(server: Process) -> str:
    """What our server says of a connection that failed."""
    words = " ".join(server.errors().split())
    return "our server said: " + re.sub(r"^.*?listening on \S+ ?", "", words)[-400:]
