from cases import SESSION_ID
from stacks.peer import CompiledProgram, program_file


class Go(CompiledProgram):
    name = "Go"
    package = "golang-go"
    program = "go"
    version_command = ["go", "version"]
    server_lacks = {
        SESSION_ID: "resumption is by SessionTicketKey alone (go doc crypto/tls.Config)"
    }
    client_lacks = {
        SESSION_ID: "up to TLS 1.2, only ticket-based resumption is supported, not SessionID-based"
        " resumption (go doc crypto/tls.ClientSessionCache)"
    }

    def prepare(self) -> str | None:
        cache = {"GOCACHE": str(self.built / "go-cache")}
        source = program_file("go_peer.go")
        return self.compile(
            ["go", "build", "-o", str(self.built / "go_peer"), source],
            self.built,
            cache,
        )

    def command(self) -> list[str]:
        return [str(self.built / "go_peer")]
