from stacks.peer import BuiltProgram


class WolfSsl(BuiltProgram):
    name = "wolfSSL"
    package = "libwolfssl-dev"
    program = "wolfssl_peer"
