from cases import Case
from lab import NAME, Place
from stacks.peer import REQUEST, Asking, Peer, Serving


class GnuTls(Peer):
    name = "GnuTLS"
    package = "gnutls-bin"
    program = "gnutls-serv"
    core = True
    version_command = ["gnutls-cli", "--version"]

    def server(self, case: Case, place: Place) -> Serving:
        lab = place.lab
        command = ["gnutls-serv", "--port", str(place.port), "--http"]
        command += ["--x509certfile", lab.chain, "--x509keyfile", lab.key]
        if case.mutual:
            command += [
                "--require-client-cert",
                "--verify-client-cert",
                "--x509cafile",
                lab.ca,
            ]
        else:
            command += ["--disable-client-cert"]
        if case.alpn:
            command += ["--alpn", case.alpn, "--alpn-fatal"]
        return Serving(command, text=REQUEST, answer="GnuTLS</a></H1>")

    def client(self, case: Case, place: Place) -> Asking:
        lab = place.lab
        command = [
            "gnutls-cli",
            "127.0.0.1",
            "--port",
            str(place.port),
            "--x509cafile",
            lab.ca,
        ]
        command += ["--sni-hostname", NAME, "--verify-hostname", NAME]
        if case.mutual:
            command += [
                "--x509certfile",
                lab.client_certificate,
                "--x509keyfile",
                lab.client_key,
            ]
        if case.alpn:
            command += ["--alpn", case.alpn]
        if case.resumed:
            command += ["--resume"]
        return Asking([command])
