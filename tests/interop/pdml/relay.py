"""A TCP relay that keeps what it carried, so that a capture needs no privileges."""

import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field

PORT = 443  # of the server, in captures: readers know it for TLS


@dataclass
class Connection:
    """What one connection carried, as lines for write_capture."""

    client_port: int
    began: int = field(default_factory=time.time_ns)
    lines: list[str] = field(default_factory=list)

    def script(self, secrets: bytes) -> list[str]:
        opened = f"connection {self.began} {self.client_port} {PORT}"
        return [opened, f"secrets {secrets.hex()}", *self.lines]


class Relay:
    """Listens on a port of its own, and connects each client to the server."""

    def __init__(self, server_port: int) -> None:
        self._server_port = server_port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.connections: list[Connection] = []
        self._threads: list[threading.Thread] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                client, address = self._listener.accept()
                server = socket.create_connection(("127.0.0.1", self._server_port))
            except OSError:
                return  # it was closed
            connection = Connection(address[1])
            lock = threading.Lock()
            for side, source, sink in (
                ("client", client, server),
                ("server", server, client),
            ):
                thread = threading.Thread(
                    target=_carry, args=(connection, lock, side, source, sink)
                )
                thread.daemon = True
                thread.start()
                self._threads.append(thread)
            self.connections.append(connection)

    def close(self, seconds: float) -> None:
        """Takes no more clients, and waits for the ends of those that there are."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        end = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, end - time.monotonic()))


def _carry(
    connection: Connection,
    lock: threading.Lock,
    side: str,
    source: socket.socket,
    sink: socket.socket,
) -> None:
    """One direction, to its end. What came stands in the capture before what answers it."""
    how = "fin"
    try:
        while data := source.recv(65536):
            with lock:
                connection.lines.append(f"data {side} {time.time_ns()} {data.hex()}")
            sink.sendall(data)
    except ConnectionResetError:
        how = "rst"
    except OSError:
        pass  # the other side takes no more
    with suppress(OSError):
        sink.shutdown(socket.SHUT_WR)
    with lock:
        connection.lines.append(f"closed {side} {how} {time.time_ns()}")
