"""The TLS server that people write first: it answers one message and closes.

python_server.py CERTIFICATE KEY [unwrap]

Python's close() sends no close_notify; with "unwrap" the server does it properly.
"""
import socket
import ssl
import sys

context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1], sys.argv[2])

server = socket.create_server(("127.0.0.1", 0))
print("listening on %d" % server.getsockname()[1], flush=True)

connection, address = server.accept()
client = context.wrap_socket(connection, server_side=True)
message = client.recv(1024).decode("utf-8")
print("receive msg from client %s : %s" % (address[0], message), flush=True)
client.sendall("yes , you have client_socketect with server.".encode("utf-8"))
if sys.argv[3:] == ["unwrap"]:
    client = client.unwrap()
client.close()
server.close()
