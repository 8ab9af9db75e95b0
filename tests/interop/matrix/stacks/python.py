import sys

from stacks.peer import Program, program_file


class Python(Program):
    name = "Python ssl"
    package = "python3"
    program = "python3"
    core = True
    version_command = [
        sys.executable,
        "-c",
        "import ssl, sys; print(sys.version.split()[0])",
    ]

    def command(self) -> list[str]:
        return [sys.executable, program_file("python_peer.py")]
