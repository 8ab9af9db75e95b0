"""A TLS server for one connection that moves data.

python_transfer.py CERTIFICATE KEY echo        sends back what comes until close_notify
python_transfer.py CERTIFICATE KEY sink SIZE   reads so many bytes, prints their SHA-256
python_transfer.py CERTIFICATE KEY source SIZE sends so many bytes, prints their SHA-256
python_transfer.py CERTIFICATE KEY abort       closes the socket without close_notify after the handshake
"""
import hashlib
import random
import socket
import ssl
import sys

CHUNK = 65536

context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1], sys.argv[2])
mode = sys.argv[3]
size = int(sys.argv[4]) if len(sys.argv) > 4 else 0

server = socket.create_server(("127.0.0.1", 0))
print("listening on %d" % server.getsockname()[1], flush=True)
connection, _ = server.accept()
peer = context.wrap_socket(connection, server_side=True, suppress_ragged_eofs=False)
digest = hashlib.sha256()
done = 0

if mode == "source":
    data = random.Random(size).randbytes(size)
    digest.update(data)
    peer.sendall(data)
elif mode in ("echo", "sink"):
    while mode == "echo" or done < size:
        chunk = peer.recv(CHUNK)
        if not chunk:
            break
        done += len(chunk)
        digest.update(chunk)
        if mode == "echo":
            peer.sendall(chunk)

print("sha256 %s" % digest.hexdigest(), flush=True)
if mode == "abort":
    peer.close()
else:
    peer.unwrap().close()
