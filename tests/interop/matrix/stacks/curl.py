from cases import TICKET, Case
from lab import NAME, Place
from stacks.peer import Asking, Peer


class Curl(Peer):
    name = "curl"
    package = "curl"
    program = "curl"
    core = True
    version_command = ["curl", "--version"]
    server_lacks = {
        "*": "it is a client only (curl(1): a tool for transferring data from or to a server)"
    }
    client_lacks = {
        TICKET: "libcurl sets SSL_OP_NO_TICKET (its lib/vtls/openssl.c): its ClientHello has no"
        " session_ticket"
    }

    def client(self, case: Case, place: Place) -> Asking:
        lab = place.lab
        command = ["curl", "--silent", "--show-error", "--include", "--cacert", lab.ca]
        command += [
            "--resolve",
            f"{NAME}:{place.port}:127.0.0.1",
            "--header",
            "Connection: close",
        ]
        if case.mutual:
            command += ["--cert", lab.client_certificate, "--key", lab.client_key]
        # Sessions live as long as the process.
        command += [f"https://{NAME}:{place.port}/{i}" for i in range(case.connections)]
        return Asking(
            [command], mode="--http", answer=f"GET /{case.connections - 1} HTTP/1.1"
        )
