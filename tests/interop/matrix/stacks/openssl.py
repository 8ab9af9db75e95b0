from cases import Case
from lab import NAME, Place
from stacks.peer import LINE, Asking, Peer, Serving


class OpenSsl(Peer):
    name = "OpenSSL"
    package = "openssl"
    program = "openssl"
    core = True
    version_command = ["openssl", "version"]

    def server(self, case: Case, place: Place) -> Serving:
        lab = place.lab
        command = ["openssl", "s_server", "-accept", f"127.0.0.1:{place.port}", "-rev"]
        command += ["-cert", lab.certificate, "-key", lab.key, "-cert_chain", lab.chain]
        if case.mutual:
            command += ["-Verify", "3", "-verify_return_error", "-CAfile", lab.ca]
        if case.alpn:
            command += ["-alpn", case.alpn]
        # With -rev each line comes back as its mirror image, until one that is CLOSE.
        return Serving(command, text=f"{LINE}CLOSE\n", answer=f"{LINE[-2::-1]}\n")

    def client(self, case: Case, place: Place) -> Asking:
        lab = place.lab
        command = [
            "openssl",
            "s_client",
            "-connect",
            f"127.0.0.1:{place.port}",
            "-quiet",
        ]
        command += ["-servername", NAME, "-verify_hostname", NAME, "-no_ign_eof"]
        command += ["-CAfile", lab.ca, "-verify_return_error"]
        if case.mutual:
            command += ["-cert", lab.client_certificate, "-key", lab.client_key]
        if case.alpn:
            command += ["-alpn", case.alpn]
        if not case.resumed:
            return Asking([command])
        session = str(place.folder / "session.pem")
        return Asking(
            [[*command, "-sess_out", session], [*command, "-sess_in", session]]
        )
