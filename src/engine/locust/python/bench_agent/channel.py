"""Node's IPC, as `worker/protocol.ts` uses it: one JSON message a line, on the socket whose number Node gives."""

import json
import os
import socket

from gevent.lock import RLock


class Channel:
    def __init__(self):
        descriptor = int(os.environ.pop("NODE_CHANNEL_FD"))
        os.environ.pop("NODE_CHANNEL_SERIALIZATION_MODE", None)
        os.set_inheritable(descriptor, False)
        self._socket = socket.socket(fileno=descriptor)
        self._speaking = RLock()

    def say(self, kind, **said):
        line = json.dumps({"kind": kind, **said}) + "\n"
        with self._speaking:
            self._socket.sendall(line.encode())

    def messages(self):
        """Until the other end is gone."""
        with self._socket.makefile("rb") as lines:
            for line in lines:
                yield json.loads(line.decode())
