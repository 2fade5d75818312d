"""Requests of several clients at once."""
import threading

from network import until


class Load:
    """Threads that send requests as long as the `with` statement runs."""

    def __init__(self, threads):
        self.over, self.threads = threading.Event(), threads
        self.seen, self.failures = [], []

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        for thread in self.threads:
            thread.join()

    def until(self, count):
        until(lambda: len(self.seen) + len(self.failures) >= count, 240, f"{count} requests")
