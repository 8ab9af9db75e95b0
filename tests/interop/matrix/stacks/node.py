from stacks.peer import Program, program_file


class Node(Program):
    name = "Node"
    package = "nodejs"
    program = "node"
    core = True
    version_command = ["node", "--version"]

    def command(self) -> list[str]:
        return ["node", program_file("node_peer.js")]
