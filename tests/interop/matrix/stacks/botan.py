from cases import MUTUAL, TICKET, Case
from lab import NAME, Place
from stacks.peer import LINE, Asking, Peer, Serving


class Botan(Peer):
    name = "Botan"
    package = "botan"
    program = "botan"
    core = True
    version_command = ["botan", "version"]
    protocol = "echo/0.1"  # which its server chooses, whatever it is offered
    remarks = [
        "its server chooses the protocol echo/0.1, whatever it is offered: ALPN is tried with that."
    ]
    server_lacks = {
        TICKET: "`tls_server` issues none, and has no option for a ticket key (botan(1))",
        MUTUAL: "`tls_server` has no option to ask for a certificate (botan(1))",
    }
    client_lacks = {MUTUAL: "`tls_client` has no option for a certificate (botan(1))"}

    def server(self, case: Case, place: Place) -> Serving:
        lab = place.lab
        command = ["botan", "tls_server", lab.chain, lab.key, f"--port={place.port}"]
        return Serving(command, text=f"{LINE}quit\n")  # which ends the connection

    def client(self, case: Case, place: Place) -> Asking:
        # It keeps what it received until it ends, unless told not to.
        command = ["stdbuf", "-o0", "botan", "tls_client", NAME, f"--port={place.port}"]
        command += ["--skip-system-cert-store", f"--trusted-cas={place.lab.ca}"]
        if case.alpn:
            command += [f"--next-protocols={case.alpn}"]
        if case.resumed:
            command += ["--session-db=sessions", "--session-db-pass=secret"]
        return Asking([command] * case.connections)
