"""client.py [PORT [strict]]: a TLS client that asks one question."""
import socket
import ssl
import sys

port = int(sys.argv[1]) if len(sys.argv) > 1 else 7777

context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
context.maximum_version = ssl.TLSVersion.TLSv1_2
context.load_verify_locations("ca-cert.pem")
context.hostname_checks_common_name = "strict" not in sys.argv[2:]

with socket.create_connection(("127.0.0.1", port)) as connection:
    with context.wrap_socket(connection, server_hostname="test") as server:
        print("agreed on", server.version(), server.cipher()[0])
        server.sendall(b"do i connect with server ?")
        answer = server.recv(1024).decode()
        print("receive msg from server : %s" % answer)
        server.unwrap()  # close_notify, and wait for the server's
