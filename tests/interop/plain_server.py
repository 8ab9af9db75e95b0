"""A server for one connection that does not speak TLS.

plain_server.py greet TEXT   sends TEXT (with escapes as in Python) at once
plain_server.py answer TEXT  waits for the client's first bytes, then sends TEXT
plain_server.py silent       sends nothing
plain_server.py close        closes when the client's first bytes came
"""
import socket
import sys

mode = sys.argv[1]
text = sys.argv[2].encode("latin-1").decode("unicode_escape").encode("latin-1") if len(sys.argv) > 2 else b""

server = socket.create_server(("127.0.0.1", 0))
print("listening on %d" % server.getsockname()[1], flush=True)
connection, _ = server.accept()
if mode != "greet":
    connection.recv(65536)
if text:
    connection.sendall(text)
if mode != "close":
    try:
        while connection.recv(65536):
            pass
    except ConnectionError:
        pass
connection.close()
