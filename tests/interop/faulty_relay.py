"""A relay before a server on 127.0.0.1, with a fault.

faulty_relay.py PORT stall N SECONDS   at the Nth connection nothing is accepted or carried for a while
faulty_relay.py PORT cut BYTES         ends each connection after so many bytes of the server's
faulty_relay.py PORT reset BYTES       the same, by a reset
faulty_relay.py PORT silent            carries nothing
"""
import asyncio
import socket
import struct
import sys
import time

server_port, mode = int(sys.argv[1]), sys.argv[2]
connections = 0


async def carry(reader, writer, limit=None):
    carried = 0
    while data := await reader.read(65536):
        if limit is not None:
            data = data[: limit - carried]
        writer.write(data)
        await writer.drain()
        carried += len(data)
        if carried == limit:
            break


def end(writer):
    if mode == "reset":
        linger = struct.pack("ii", 1, 0)
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    writer.close()


async def serve(client, to_client):
    global connections
    connections += 1
    if mode == "stall" and connections == int(sys.argv[3]):
        time.sleep(float(sys.argv[4]))  # in the only thread: everybody waits
    if mode == "silent":
        try:
            while await client.read(65536):
                pass
        except ConnectionError:
            pass
        return to_client.close()
    server, to_server = await asyncio.open_connection("127.0.0.1", server_port)
    limit = None if mode == "stall" else int(sys.argv[3])
    upward = asyncio.ensure_future(carry(client, to_server))
    try:
        await carry(server, to_client, limit)
    except ConnectionError:
        pass
    upward.cancel()
    end(to_client)
    to_server.close()


async def main():
    relay = await asyncio.start_server(serve, "127.0.0.1", 0, backlog=1000)
    print("listening on %d" % relay.sockets[0].getsockname()[1], flush=True)
    await relay.serve_forever()


asyncio.run(main())
