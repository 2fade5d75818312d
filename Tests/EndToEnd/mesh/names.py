"""A DNS server whose answers can change at any time: A records, as Cloud Map and Route 53 give."""
import collections
import random
import socket
import struct
import threading

A, IN = 1, 1
NO_ERROR, NO_SUCH_NAME = 0, 3
RESPONSE = 0x8580  # a response, authoritative, recursion desired and available
TTL = 60  # seconds, as in the workshop's Cloud Map services
AT_QUESTION = 0xC00C  # a name that is the question's


class Names:
    """`records` holds the addresses of each name; others do not exist."""

    def __init__(self):
        self.records = {}
        self.asked = collections.Counter()  # by name and type

    def serve(self, address):
        server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        server.bind((address, 53))
        threading.Thread(target=self.run, args=(server,), daemon=True).start()

    def run(self, server):
        while True:
            query, client = server.recvfrom(512)
            server.sendto(self.answer(query), client)

    def answer(self, query):
        """With other types than A there is no error and no record, unless the name is unknown."""
        labels, end = [], 12
        while length := query[end]:
            labels.append(query[end + 1:end + 1 + length].decode().lower())
            end += 1 + length
        question = query[12:end + 5]
        name, (kind, _) = ".".join(labels), struct.unpack(">HH", query[end + 1:end + 5])
        self.asked[name, kind] += 1
        addresses = self.records.get(name)
        code = NO_SUCH_NAME if addresses is None else NO_ERROR
        addresses = list(addresses or []) if kind == A else []
        random.shuffle(addresses)  # Cloud Map's multivalue answers come in any order
        records = b"".join(
            struct.pack(">HHHIH", AT_QUESTION, A, IN, TTL, 4) + socket.inet_aton(ip)
            for ip in addresses)
        return (query[:2] + struct.pack(">HHHHH", RESPONSE | code, 1, len(addresses), 0, 0)
                + question + records)
