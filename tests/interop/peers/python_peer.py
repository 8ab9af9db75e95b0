"""Python's ssl module as a peer. The arguments are told in matrix/stacks/peer.py."""

import socket
import ssl
import sys


def serve(port: str, chain: str, key: str, client_ca: str, alpn: str) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain, key)
    if client_ca != "-":
        context.load_verify_locations(client_ca)
        context.verify_mode = ssl.CERT_REQUIRED
    if alpn != "-":
        context.set_alpn_protocols([alpn])
    with socket.create_server(("127.0.0.1", int(port))) as server:
        while True:
            connection, _ = server.accept()
            try:
                with context.wrap_socket(connection, server_side=True) as tls:
                    tls.sendall(tls.recv(16384))
                    tls.unwrap()
            except OSError as error:
                print(error, file=sys.stderr, flush=True)


def ask(port: str, ca: str, certificate: str, key: str, alpn: str, count: str) -> None:
    context = ssl.create_default_context(cafile=ca)
    if certificate != "-":
        context.load_cert_chain(certificate, key)
    if alpn != "-":
        context.set_alpn_protocols([alpn])
    session = None
    for _ in range(int(count)):
        with (
            socket.create_connection(("127.0.0.1", int(port))) as connection,
            context.wrap_socket(
                connection, server_hostname="localhost", session=session
            ) as tls,
        ):
            tls.sendall(b"hello from the matrix\n")
            print(tls.recv(16384).decode(), end="", flush=True)
            session = tls.session
            tls.unwrap()


{"server": serve, "client": ask}[sys.argv[1]](*sys.argv[2:])
