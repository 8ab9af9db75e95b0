#!/usr/bin/env python3
"""Makes the captures of this folder. Needs root, for dumpcap on the loopback interface, and editcap.

two-connections.pcapng  IPv4 and IPv6 at once, interleaved; Ethernet; its own secrets block
starttls.pcapng         SMTP with STARTTLS; Linux cooked v2
connect.pcap            HTTP CONNECT; pcap with nanoseconds; cut by a snap length of 300 bytes
"""

import os
import socket
import ssl
import subprocess
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
KEYS = os.path.join(HERE, "../../x509")


def server_context():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(f"{KEYS}/server-ec256.pem", f"{KEYS}/server-ec256-key.pem")
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    return context


def client_context(key_log):
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    context.keylog_filename = key_log
    return context


def serve(family, address, port, before, answer):
    """One connection: `before` speaks plain text on it, then TLS echoes `answer` for every message."""
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((address, port))
    listener.listen()

    def run():
        plain, _ = listener.accept()
        listener.close()
        before(plain)
        with server_context().wrap_socket(plain, server_side=True) as tls:
            while tls.recv(1000):
                tls.sendall(answer)

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def capture(name, options, conversation):
    command = ["dumpcap", "-q", "-w", name, *options]
    dumpcap = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    for line in dumpcap.stderr:
        if line.startswith("File:"):
            break
    conversation()
    time.sleep(1.5)  # dumpcap hands packets on in batches
    dumpcap.terminate()
    dumpcap.wait()


def talk(plain, key_log, steps):
    with client_context(key_log).wrap_socket(plain) as tls:
        for _ in steps:
            tls.sendall(b"question")
            tls.recv(1000)
            yield


def two_connections(work):
    key_log = f"{work}/keys"

    def conversation():
        threads = [serve(socket.AF_INET, "127.0.0.1", 14433, lambda s: None, b"four"),
                   serve(socket.AF_INET6, "::1", 14436, lambda s: None, b"six")]
        talks = [talk(socket.create_connection(end), key_log, range(3))
                 for end in (("127.0.0.1", 14433), ("::1", 14436))]
        for _ in range(4):
            for each in talks:
                next(each, None)
        for thread in threads:
            thread.join()

    capture(f"{work}/raw", ["-i", "lo", "-f", "tcp port 14433 or tcp port 14436"], conversation)
    subprocess.run(["editcap", "--inject-secrets", f"tls,{key_log}", f"{work}/raw",
                    f"{HERE}/two-connections.pcapng"], check=True)


def starttls(work):
    def before(plain):
        plain.sendall(b"220 mail.test ESMTP\r\n")
        plain.recv(100)
        plain.sendall(b"250-mail.test\r\n250 STARTTLS\r\n")
        plain.recv(100)
        plain.sendall(b"220 go ahead\r\n")

    def conversation():
        thread = serve(socket.AF_INET, "127.0.0.1", 14425, before, b"250 ok\r\n")
        plain = socket.create_connection(("127.0.0.1", 14425))
        plain.recv(100)
        plain.sendall(b"EHLO client.test\r\n")
        plain.recv(100)
        plain.sendall(b"STARTTLS\r\n")
        plain.recv(100)
        list(talk(plain, f"{work}/unused", range(2)))
        thread.join()

    capture(f"{work}/raw", ["-i", "any", "-y", "LINUX_SLL2", "-f", "tcp port 14425"], conversation)
    os.replace(f"{work}/raw", f"{HERE}/starttls.pcapng")


def connect(work):
    def before(plain):
        plain.recv(200)
        plain.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")

    def conversation():
        thread = serve(socket.AF_INET, "127.0.0.1", 14480, before, b"hello")
        plain = socket.create_connection(("127.0.0.1", 14480))
        plain.sendall(b"CONNECT server.test:443 HTTP/1.1\r\nHost: server.test:443\r\n\r\n")
        plain.recv(200)
        list(talk(plain, f"{work}/unused", range(2)))
        thread.join()

    capture(f"{work}/raw", ["-i", "lo", "-s", "300", "-f", "tcp port 14480"], conversation)
    subprocess.run(["editcap", "-F", "nsecpcap", f"{work}/raw", f"{HERE}/connect.pcap"], check=True)


for make in (two_connections, starttls, connect):
    with tempfile.TemporaryDirectory() as folder:
        make(folder)
