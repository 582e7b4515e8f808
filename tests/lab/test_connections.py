"""A server of the lab ends with all that it was in the middle of."""

import asyncio

from mantis_crawler.lab.connections import Connections


def test_an_answer_without_an_end_ends_with_its_server() -> None:
    async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readline()
        writer.write(b"begun\n")
        await asyncio.sleep(3600)

    async def visit() -> tuple[bytes, bytes]:
        connections = Connections()
        server = await asyncio.start_server(connections.serving(endless), "127.0.0.1", 0)
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        writer.write(b"go\n")
        begun = await reader.readline()
        server.close()
        await connections.close()
        rest = await reader.read()
        writer.close()
        return begun, rest

    assert asyncio.run(asyncio.wait_for(visit(), 10)) == (b"begun\n", b"")
