"""Clients that hold much of a server open at once.

    load.py KIND HOST PORT COUNT SECONDS

Kinds: `uploads`, HTTP/2 connections whose uploads nobody reads; `heads`, requests whose head never
ends; `kept`, connections that wait after a request; `websockets`. Prints `ready N` once N of them
stand, and `left N` when SECONDS have passed: how many the server has not ended.
"""
import asyncio
import resource
import sys

import h2.config
import h2.connection
import h2.events

AT_ONCE = 100  # connections that are being opened
HEAD_BYTES = 50_000
UPLOADS = 4  # on each connection
REQUEST = b"GET / HTTP/1.1\r\nHost: shop.test\r\n"
UPGRADE = (b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
           b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n")


async def heads(_, writer):
    writer.write(REQUEST + b"X-A: " + b"a" * HEAD_BYTES)
    await writer.drain()


async def kept(reader, writer):
    writer.write(REQUEST + b"\r\n")
    answer = await reader.readuntil(b"ok")
    assert answer.startswith(b"HTTP/1.1 200"), answer


async def websockets(reader, writer):
    writer.write(REQUEST + UPGRADE)
    answer = await reader.readuntil(b"\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 101"), answer


async def uploads(reader, writer):
    """Sends as much as the server takes."""
    client = h2.connection.H2Connection(h2.config.H2Configuration(client_side=True))
    client.initiate_connection()
    head = [(":method", "POST"), (":scheme", "http"), (":authority", "shop.test"), (":path", "/")]
    streams = [1 + 2 * index for index in range(UPLOADS)]
    for stream in streams:
        client.send_headers(stream, head)
    writer.write(client.data_to_send())
    while True:
        for stream in streams:
            while room := min(client.local_flow_control_window(stream), client.max_outbound_frame_size):
                client.send_data(stream, bytes(room))
        writer.write(client.data_to_send())
        await writer.drain()
        try:
            data = await asyncio.wait_for(reader.read(65536), 1)
        except TimeoutError:
            return  # the server's windows are full
        if not data:
            raise ConnectionError("the server ended the connection")
        client.receive_data(data)


async def hold(kind, host, port, opening, standing, closed):
    try:
        async with opening:
            reader, writer = await asyncio.open_connection(host, port)
            await kind(reader, writer)
        standing.append(writer)
        while await reader.read(65536):
            pass
    except (OSError, AssertionError, asyncio.IncompleteReadError) as error:
        print("failed", repr(error), file=sys.stderr)
    closed.append(1)


async def main(kind, host, port, count, seconds):
    opening, standing, closed = asyncio.Semaphore(AT_ONCE), [], []
    tasks = [asyncio.create_task(hold(globals()[kind], host, port, opening, standing, closed))
             for _ in range(count)]
    while len(standing) + len(closed) < count:
        await asyncio.sleep(0.05)
    print("ready", len(standing), flush=True)
    await asyncio.sleep(seconds)
    print("left", count - len(closed), flush=True)
    for task in tasks:
        task.cancel()


if __name__ == "__main__":
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    asyncio.run(main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:6])))
