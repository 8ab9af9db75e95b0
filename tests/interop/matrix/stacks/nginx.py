from cases import ALPN_CASE, Case
from lab import NAME, Place
from stacks.peer import REQUEST, Asking, Peer, Serving

CONFIGURATION = """
daemon off;
master_process off;
pid nginx.pid;
error_log stderr;
events {{}}
http {{
  access_log off;
  client_body_temp_path body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
  server {{ {server} }}
}}
"""


class Nginx(Peer):
    name = "nginx"
    package = "nginx-light"
    program = "nginx"
    version_command = ["nginx", "-v"]
    client_lacks = {
        ALPN_CASE: "its proxy module has no directive for it"
        " (https://nginx.org/en/docs/http/ngx_http_proxy_module.html)"
    }

    def _command(self, place: Place, directives: list[str]) -> list[str]:
        file = place.folder / "nginx.conf"
        file.write_text(CONFIGURATION.format(server=" ".join(directives)))
        return ["nginx", "-p", str(place.folder), "-e", "stderr", "-c", str(file)]

    def server(self, case: Case, place: Place) -> Serving:
        lab = place.lab
        directives = [
            f"listen 127.0.0.1:{place.port} ssl;",
            f"ssl_certificate {lab.chain};",
            f"ssl_certificate_key {lab.key};",
            "ssl_session_cache shared:sessions:1m;",
            'location / { return 200 "hello from nginx\\n"; }',
        ]
        if case.mutual:
            directives += [f"ssl_client_certificate {lab.ca};", "ssl_verify_client on;"]
        command = self._command(place, directives)
        return Serving(command, text=REQUEST, answer="hello from nginx\n")

    def client(self, case: Case, place: Place) -> Asking:
        lab = place.lab
        directives = [
            f"listen 127.0.0.1:{place.plain_port};",
            f"proxy_ssl_trusted_certificate {lab.ca};",
            "proxy_ssl_verify on;",
            "proxy_ssl_server_name on;",
            f"proxy_ssl_name {NAME};",
            f"location / {{ proxy_pass https://127.0.0.1:{place.port}; }}",
        ]
        if case.mutual:
            directives += [
                f"proxy_ssl_certificate {lab.client_certificate};",
                f"proxy_ssl_certificate_key {lab.client_key};",
            ]
        command = self._command(place, directives)
        return Asking(
            [command], mode="--http", text=REQUEST, answer="</html>", proxy=True
        )
