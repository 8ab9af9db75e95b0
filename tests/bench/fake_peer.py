#!/usr/bin/env python3
"""A peer with round figures. Its name, after the last underscore, tells its vice."""

import json
import os
import sys

name = os.path.basename(sys.argv[0]).rpartition("_")[2]
about = {"name": name, "version": "1", "of": "", "one_thread": True, "proof": []}
if name == "openssl":
    about["name"] = "OpenSSL"
nanoseconds = 100 if name == "openssl" else 50
rounds = 0  # of full handshakes

for line in sys.stdin:
    words = line.split()
    answer = about
    if name == "unproven":
        answer = {"error": "the client did not refuse"}
    elif words[0] == "handshakes":
        count = int(words[4])
        times = [nanoseconds] * count
        answer = {"client_ns": times, "server_ns": [2 * t for t in times], "dropped": 1}
        if name == "resumeless" and words[1] == "resumed":
            answer = {"error": "not what was asked for"}
        rounds += words[1] == "full"
        if name == "tiring" and rounds > 4:
            answer = {"error": "tired"}
        if name == "dying" and words[1] == "resumed":
            sys.exit("these were my last words")
    elif words[0] == "bulk":
        answer = {"ns": [nanoseconds] * int(words[2]), "dropped": 0}
    elif words[0] == "memory":
        count = int(words[2])
        exact = "tcache_count=0" in os.environ.get("GLIBC_TUNABLES", "")
        answer = {"connections": count}
        for member, each in (
            ("client_bytes", 2000),
            ("server_bytes", 1000),
            ("client_rested_bytes", 800),
            ("server_rested_bytes", 0),
        ):
            answer[member] = 7777 + each * count if exact else 0
    if name == "babbling":
        print("hello")
    else:
        print(json.dumps(answer), flush=True)
