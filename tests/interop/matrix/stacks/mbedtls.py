from stacks.peer import BuiltProgram


class MbedTls(BuiltProgram):
    name = "mbed TLS"
    package = "libmbedtls-dev"
    program = "mbedtls_peer"
    core = True
