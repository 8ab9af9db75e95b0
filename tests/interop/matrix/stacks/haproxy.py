from pathlib import Path

from cases import Case
from lab import NAME, Place
from stacks.peer import Asking, Peer, Serving

CONFIGURATION = """
global
  nbthread 1
defaults
  mode tcp
  timeout connect 5s
  timeout client 10s
  timeout server 10s
listen tunnel
  bind {bind}
  server one {server}
"""


class HaProxy(Peer):
    name = "HAProxy"
    package = "haproxy"
    program = "haproxy"
    version_command = ["haproxy", "-v"]

    def _command(self, place: Place, bind: str, server: str) -> list[str]:
        file = place.folder / "haproxy.cfg"
        file.write_text(CONFIGURATION.format(bind=bind, server=server))
        return ["haproxy", "-f", str(file)]

    def server(self, case: Case, place: Place) -> Serving:
        lab = place.lab
        bind = f"127.0.0.1:{place.port} ssl crt {_bundle(place, lab.chain, lab.key)}"
        if case.mutual:
            bind += f" ca-file {lab.ca} verify required"
        if case.alpn:
            bind += f" alpn {case.alpn}"
        return Serving(
            self._command(place, bind, f"127.0.0.1:{place.plain_port}"), backend=True
        )

    def client(self, case: Case, place: Place) -> Asking:
        lab = place.lab
        server = f"127.0.0.1:{place.port} ssl ca-file {lab.ca} verify required"
        server += f" sni str({NAME}) verifyhost {NAME}"
        if case.mutual:
            server += f" crt {_bundle(place, lab.client_certificate, lab.client_key)}"
        if case.alpn:
            server += f" alpn {case.alpn}"
        command = self._command(place, f"127.0.0.1:{place.plain_port}", server)
        return Asking([command], proxy=True)


def _bundle(place: Place, certificate: str, key: str) -> Path:
    """Certificates and key in one file, as HAProxy wants them."""
    file = place.folder / "bundle.pem"
    file.write_text(Path(certificate).read_text() + Path(key).read_text())
    return file
