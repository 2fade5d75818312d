"""A server that holds any number of connections open: it answers requests, accepts WebSockets and
then says nothing, and never reads an upload over HTTP/2."""
import asyncio
import resource

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
SWITCHING = (b"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
             b"Sec-WebSocket-Accept: ICX+Yqv66kxgM0FcWaLWlFLwTAI=\r\n\r\n")
# Empty settings, and one that takes the client's. No window is ever enlarged.
SETTINGS = b"\0\0\0\x04\0\0\0\0\0" + b"\0\0\0\x04\x01\0\0\0\0"


async def serve(reader, writer):
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            if head.startswith(b"PRI "):
                writer.write(SETTINGS)
                break
            if b"pgrade: websocket" in head:
                writer.write(SWITCHING)
                break
            writer.write(ANSWER)
        while await reader.read(65536):
            pass
    except (OSError, asyncio.IncompleteReadError):
        pass
    finally:
        writer.close()


def run(address):
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))

    async def forever():
        server = await asyncio.start_server(serve, *address, backlog=1024)
        await server.serve_forever()
    asyncio.run(forever())
