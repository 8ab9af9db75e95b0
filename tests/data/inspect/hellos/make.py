#!/usr/bin/env python3
"""Makes the files beside it: what real peers say before they encrypt, one handshake message a line.

    make.py            all of them, from openssl, gnutls-cli, curl, python3 and chromium in PATH
    make.py NAME...    these

A proxy stands between the client and an openssl s_server, and writes down what passes."""
import pathlib
import socket
import subprocess
import sys
import tempfile
import threading

HERE = pathlib.Path(__file__).parent
KEYS = HERE.parents[1] / "tls"
PSK = ["-psk", "00112233445566778899aabbccddeeff"]
ALL = "ALL:COMPLEMENTOFALL:@SECLEVEL=0"


def server(*options, certificate="rsa.key"):
    """Arguments of s_server; its certificate is made for the key on the spot."""
    return certificate, list(options)


def s_client(*options):
    return lambda port: ["openssl", "s_client", "-connect", f"127.0.0.1:{port}", *options]


def pair(cipher, version, *, server_options=(), client_options=(), certificate="rsa.key"):
    """openssl on both sides, with this suite of OpenSSL's names."""
    cipher += ":@SECLEVEL=0"
    return (s_client(version, "-cipher", cipher, *client_options),
            server(version, "-cipher", cipher, *server_options, certificate=certificate))


PYTHON = """
import socket, ssl
context = ssl._create_unverified_context()
context.wrap_socket(socket.create_connection(("127.0.0.1", {port})), server_hostname="python.test")
"""
MODERN = server("-alpn", "h2,http/1.1")

CASES = {
    "openssl": (s_client("-servername", "openssl.test", "-alpn", "h2,http/1.1", "-status"), MODERN),
    "openssl_tls12": (s_client(
        "-tls1_2", "-nextprotoneg", "h2,http/1.1", "-cipher", ALL, "-maxfraglen", "1024",
        "-servername", "openssl.test"),
                      server("-tls1_2", "-nextprotoneg", "h2,http/1.1", "-cipher",
                             "ECDHE-RSA-AES128-SHA:@SECLEVEL=0")),
    # s_server refuses it outside DTLS.
    "openssl_srtp": (s_client("-use_srtp", "SRTP_AES128_CM_SHA1_80:SRTP_AEAD_AES_128_GCM"), MODERN),
    # s_server 3.0 does not find the user: the server's half of SRP is not here.
    "openssl_srp": (s_client("-tls1_2", "-srpuser", "alice", "-srppass", "pass:secret", "-cipher",
                             ALL + ":SRP:PSK", *PSK), server("-tls1_2")),
    "gnutls": (lambda port: ["gnutls-cli", "--insecure", "-p", str(port), "127.0.0.1", "--heartbeat",
                             "--recordsize", "1000", "--alpn", "h2", "--sni-hostname", "gnutls.test",
                             "--priority", "NORMAL:+VERS-TLS1.0:+VERS-TLS1.1"], MODERN),
    "curl": (lambda port: ["curl", "-sk", f"https://127.0.0.1:{port}/"], MODERN),
    "python": (lambda port: ["python3", "-c", PYTHON.format(port=port)], MODERN),
    "chromium": (lambda port: ["chromium", "--headless", "--no-sandbox", "--disable-gpu",
                               "--ignore-certificate-errors",
                               "--user-data-dir=" + tempfile.mkdtemp(),
                               "--host-resolver-rules=MAP * 127.0.0.1",
                               f"https://chromium.test:{port}/"], MODERN),
    "retry": (s_client("-groups", "X25519:P-256"), server("-groups", "P-256")),
    "rsa": pair("AES128-SHA", "-tls1_2"),
    "dhe_rsa": pair("DHE-RSA-AES256-GCM-SHA384", "-tls1_2"),
    "dh_anon": pair("ADH-AES128-SHA256", "-tls1_2"),
    "ecdh_anon": pair("AECDH-AES128-SHA", "-tls1_2"),
    "ecdhe_ecdsa": pair("ECDHE-ECDSA-AES128-CCM8", "-tls1_2", certificate="p256.key"),
    "psk": pair("PSK-AES128-CBC-SHA256", "-tls1_2", client_options=PSK,
                server_options=[*PSK, "-psk_hint", "a hint"]),
    "rsa_psk": pair("RSA-PSK-AES128-CBC-SHA256", "-tls1_2", client_options=PSK,
                    server_options=[*PSK, "-psk_hint", "a hint"]),
    "dhe_psk": pair("DHE-PSK-AES128-GCM-SHA256", "-tls1_2", client_options=PSK,
                    server_options=[*PSK, "-psk_hint", "a hint"]),
    "ecdhe_psk": pair("ECDHE-PSK-AES128-CBC-SHA256", "-tls1_2", client_options=PSK,
                      server_options=PSK),
    "mutual": pair("ECDHE-RSA-AES128-GCM-SHA256", "-tls1_2", server_options=["-Verify", "1"],
                   client_options=["-cert", "CERTIFICATE", "-key", "KEY"]),
    "dhe_rsa_tls10": pair("DHE-RSA-AES128-SHA", "-tls1", server_options=["-Verify", "1"],
                          client_options=["-cert", "CERTIFICATE", "-key", "KEY"]),
    "ecdhe_rsa_tls11": pair("ECDHE-RSA-AES128-SHA", "-tls1_1"),
}


def messages(stream):
    """The handshake messages in a direction's bytes, up to ChangeCipherSpec or application data."""
    joined = b""
    while len(stream) >= 5 and stream[0] == 22:
        length = int.from_bytes(stream[3:5], "big")
        joined += stream[5:5 + length]
        stream = stream[5 + length:]
    while len(joined) >= 4:
        length = 4 + int.from_bytes(joined[1:4], "big")
        yield joined[:length]
        joined = joined[length:]


def relay(source, target, seen):
    try:
        while data := source.recv(65536):
            seen.append(data)
            target.sendall(data)
    except OSError:
        pass
    for end in (source, target):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def put(arguments, folder, key):
    files = {"CERTIFICATE": str(folder / "cert.pem"), "KEY": str(key)}
    return [files.get(a, a) for a in arguments]


def conversation(client, server_case, folder):
    certificate, options = server_case
    key = KEYS / certificate
    subprocess.run(["openssl", "req", "-x509", "-new", "-key", key, "-subj", "/C=DE/O=Test/CN=server.test",
                    "-days", "3650", "-out", folder / "cert.pem"], check=True, capture_output=True)
    port = free_port()
    quiet = {"stdin": subprocess.PIPE, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    served = subprocess.Popen(["openssl", "s_server", "-accept", str(port), "-key", key, "-cert",
                               folder / "cert.pem", "-CAfile", folder / "cert.pem", "-naccept", "8",
                               *put(options, folder, key)], **quiet)
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(30)
    asking = subprocess.Popen(put(client(listener.getsockname()[1]), folder, key), **quiet)
    seen = {"client": [], "server": []}
    try:
        near, _ = listener.accept()
        far = None
        while far is None:
            try:
                far = socket.create_connection(("127.0.0.1", port))
            except ConnectionRefusedError:
                pass
        back = threading.Thread(target=relay, args=(far, near, seen["server"]), daemon=True)
        there = threading.Thread(target=relay, args=(near, far, seen["client"]), daemon=True)
        back.start()
        there.start()
        there.join(3)
    finally:
        for process in (asking, served):
            process.kill()
            process.wait()
    return {side: list(messages(b"".join(parts))) for side, parts in seen.items()}


def main():
    for name in sys.argv[1:] or CASES:
        client, server_case = CASES[name]
        with tempfile.TemporaryDirectory() as folder:
            said = conversation(client, server_case, pathlib.Path(folder))
        order = said["client"][:1] + said["server"] + said["client"][1:]
        clients = [id(m) for m in said["client"]]
        lines = [("client " if id(m) in clients else "server ") + m.hex() for m in order]
        (HERE / f"{name}.txt").write_text("\n".join(lines) + "\n")
        print(name, [(line[0], int(line[7:9], 16), len(line[7:]) // 2) for line in lines])


if __name__ == "__main__":
    main()
