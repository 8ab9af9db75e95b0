"""Judges certificate chains as Python's ssl does, with VERIFY_X509_STRICT.

python_verify.py QUESTIONS.json

Python verifies only what a peer shows in a handshake: so each chain is shown by one end of a
connection in memory and judged by the other. It is judged by the time that it is.
"""

import json
import ssl
import sys


def shower(server_side, question):
    """The end that shows the chain: it does not care what it is."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER if server_side else ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.load_cert_chain(question["chain"], question["key"])
    return context


def judge(server_side, question):
    """The end that judges. A server must show something too: then it is the same chain."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER if server_side else ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = bool(question["server_name"]) and not server_side
    context.verify_mode = ssl.CERT_REQUIRED
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    context.load_verify_locations(question["roots"])
    if server_side:
        context.load_cert_chain(question["chain"], question["key"])
    if question["crls"]:
        context.load_verify_locations(question["crls"])
        context.verify_flags |= ssl.VERIFY_CRL_CHECK_CHAIN
    return context


def handshake(server_context, client_context, server_name):
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    server = server_context.wrap_bio(to_server, to_client, server_side=True)
    client = client_context.wrap_bio(to_client, to_server, server_hostname=server_name or None)
    waiting = [client, server]
    for _ in range(10):  # more flights than any handshake has
        for end in list(waiting):
            try:
                end.do_handshake()
                waiting.remove(end)
            except ssl.SSLWantReadError:
                pass
        if not waiting:
            return
    raise RuntimeError("the handshake does not end")


def answer(question):
    if not question["key"]:
        return "none", "the leaf's key is not known, so nobody can show it"
    client_is_judged = question["purpose"] == "client"
    try:
        showing = shower(not client_is_judged, question)
    except (ssl.SSLError, ValueError) as error:
        return "none", f"OpenSSL does not even show it: {error}"
    try:
        judging = judge(client_is_judged, question)
        contexts = (judging, showing) if client_is_judged else (showing, judging)
        for context in contexts:
            context.maximum_version = ssl.TLSVersion.TLSv1_2
        handshake(*contexts, question["server_name"])
    except (ssl.SSLError, ssl.CertificateError) as error:
        return "refused", str(error)
    return "trusted", ""


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        questions = json.load(file)
    answers = [dict(zip(("opinion", "words"), answer(question))) for question in questions]
    print(json.dumps(answers))


if __name__ == "__main__":
    main()
