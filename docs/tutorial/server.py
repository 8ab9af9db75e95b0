"""server.py [PORT [CERTIFICATE]]: a TLS server that answers one message of one client."""
import socket
import ssl
import sys

port = int(sys.argv[1]) if len(sys.argv) > 1 else 7777
certificate = sys.argv[2] if len(sys.argv) > 2 else "server-cert.pem"

context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.maximum_version = ssl.TLSVersion.TLSv1_2
context.load_cert_chain(certificate, "server-key.pem")

with socket.create_server(("127.0.0.1", port)) as listener:
    print("listening on 127.0.0.1:%d" % listener.getsockname()[1], flush=True)
    connection, (address, _) = listener.accept()
    with context.wrap_socket(connection, server_side=True) as client:
        print("agreed on", client.version(), client.cipher()[0])
        message = client.recv(1024).decode()
        print("receive msg from client %s : %s" % (address, message))
        client.sendall(b"yes , you have client_socketect with server.")
        client.unwrap()  # close_notify, and wait for the client's
