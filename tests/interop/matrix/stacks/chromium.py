import shutil
import subprocess

from cases import MUTUAL, Case
from lab import NAME, Place
from stacks.peer import Asking, Peer

# The server closes the connection over the head that is too long, so that there is a second one,
# which can resume. Neither answer is an image; the mark is written when both have come.
TWICE = """<body><script>
const ask = (path, then) => {{
  const image = new Image();
  image.onerror = then;
  image.src = 'https://{name}:{port}/' + path;
  document.body.append(image);
}};
ask('x'.repeat(70000), () => ask('', () => {{ document.title = 'asked' + ' twice'; }}));
</script></body>
"""


class Chromium(Peer):
    name = "Chromium"
    package = "chromium"
    program = "chromium"
    version_command = ["chromium", "--version"]
    server_lacks = {
        "*": "it is a client only (chromium(1): the web browser from Google)"
    }
    client_lacks = {
        MUTUAL: "without a window nobody chooses a certificate; what could is a policy of the whole"
        " machine (https://chromeenterprise.google/policies/#AutoSelectCertificateForUrls)"
    }

    def missing(self) -> str | None:
        if (shutil.which(self.program) or "").startswith("/snap/"):
            return "chromium is a snap here, and sees no home but the user's own"
        return super().missing()

    def client(self, case: Case, place: Place) -> Asking:
        database = place.folder / ".pki" / "nssdb"
        database.mkdir(parents=True)
        for command in (
            ["certutil", "-N", "--empty-password"],
            ["certutil", "-A", "-t", "C,,", "-n", "lab", "-i", place.lab.ca],
        ):
            command += ["-d", f"sql:{database}"]
            subprocess.run(command, check=True, capture_output=True, timeout=60)
        url, answer = f"https://{NAME}:{place.port}/", "GET / HTTP/1.1"
        if case.resumed:
            page = place.folder / "twice.html"
            page.write_text(TWICE.format(name=NAME, port=place.port))
            url, answer = f"file://{page}", "asked twice"
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu"]
        command += ["--disable-dev-shm-usage", "--no-first-run", "--dump-dom"]
        command += ["--disable-background-networking", "--disable-component-update"]
        command += [f"--user-data-dir={place.folder}/profile"]
        command += ["--host-resolver-rules=MAP * 127.0.0.1", url]
        environment = {
            "HOME": str(place.folder),
            "XDG_CONFIG_HOME": str(place.folder / "config"),
            "XDG_CACHE_HOME": str(place.folder / "cache"),
        }
        return Asking([command], mode="--http", answer=answer, environment=environment)
