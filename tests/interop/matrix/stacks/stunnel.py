from cases import ALPN_CASE, Case
from lab import NAME, Place
from stacks.peer import Asking, Peer, Serving


class Stunnel(Peer):
    name = "stunnel"
    package = "stunnel4"
    program = "stunnel4"
    version_command = ["stunnel4", "-version"]
    server_lacks = {ALPN_CASE: "it has no option for it (stunnel4(8))"}
    client_lacks = server_lacks

    def _command(self, place: Place, options: dict[str, str]) -> list[str]:
        lines = ["foreground = yes", "pid =", "[tunnel]"]
        lines += [f"{name} = {value}" for name, value in options.items()]
        file = place.folder / "stunnel.conf"
        file.write_text("\n".join(lines) + "\n")
        return ["stunnel4", str(file)]

    def server(self, case: Case, place: Place) -> Serving:
        lab = place.lab
        options = {
            "accept": f"127.0.0.1:{place.port}",
            "connect": f"127.0.0.1:{place.plain_port}",
            "cert": lab.chain,
            "key": lab.key,
        }
        if case.mutual:
            options |= {"CAfile": lab.ca, "verifyChain": "yes", "requireCert": "yes"}
        return Serving(self._command(place, options), backend=True)

    def client(self, case: Case, place: Place) -> Asking:
        lab = place.lab
        options = {
            "client": "yes",
            "accept": f"127.0.0.1:{place.plain_port}",
            "connect": f"127.0.0.1:{place.port}",
            "CAfile": lab.ca,
            "verifyChain": "yes",
            "checkHost": NAME,
            "sni": NAME,
        }
        if case.mutual:
            options |= {"cert": lab.client_certificate, "key": lab.client_key}
        return Asking([self._command(place, options)], proxy=True)
