"""
Locust's own master, for workers on other machines. bench talks to it over Node's channel, and it talks to the workers over
Locust's custom messages: it passes on what either says, and tells who came, who is gone, and what Locust itself reports.
"""

import io
import json
import os
import sys
import zipfile

import locust  # It makes gevent replace sockets before anything else is imported.
import gevent
from gevent.pywsgi import WSGIServer
from locust.env import Environment
from locust.runners import STATE_MISSING

from bench_agent.channel import Channel

#: The type of our messages among Locust's own.
MESSAGE = "bench"
#: Seconds between two looks at who is still there.
LOOK = 0.1


class Master:
    def __init__(self, address, channel):
        self._channel = channel
        # Those that came, by the id that Locust gave them.
        self._here = set()
        environment = Environment(user_classes=[locust.User])
        self._runner = environment.create_master_runner(address, 0)
        self._runner.register_message(MESSAGE, self._heard)
        environment.events.worker_report.add_listener(self._reported)
        self.port = self._runner.server.port

    def _heard(self, msg, **_):
        if msg.data["kind"] == "came":
            self._here.add(msg.node_id)
        self._channel.say(worker=msg.node_id, **msg.data)

    def _reported(self, client_id, data):
        """What Locust's workers report every three seconds, and when they are asked to."""
        requests = sum(entry["num_requests"] - entry["num_failures"] for entry in data["stats"])
        self._channel.say("reported", worker=client_id, requests=requests)

    def keep_looking(self):
        while True:
            self._look()
            gevent.sleep(LOOK)

    def _look(self):
        clients = {client.id: client for client in self._runner.clients.all}
        for worker in list(self._here):
            client = clients.get(worker)
            if client is None or client.state == STATE_MISSING:
                self._here.remove(worker)
                why = "it quit" if client is None else "its heartbeat is missing"
                self._channel.say("gone", worker=worker, why=why)

    def do(self, message):
        if message["kind"] == "dismiss":
            self._dismiss()
        else:
            passed = {"turn": message["turn"], "question": message["question"]}
            self._runner.send_message(MESSAGE, passed, message["worker"])

    def _dismiss(self):
        self._here.clear()
        for client in list(self._runner.clients.all):
            self._runner.send_message("quit", None, client.id)

    def quit(self):
        self._runner.quit()


def packed(aim, trusted):
    """All that a worker needs beside Locust, as a file that Python runs."""
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "bench_agent")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("__main__.py", "from bench_agent.remote import main\n\nmain()\n")
        archive.writestr("bench_agent/aim.json", json.dumps(aim))
        archive.write(trusted, "bench_agent/trusted.pem")
        for name in sorted(os.listdir(folder)):
            if name.endswith(".py"):
                archive.write(os.path.join(folder, name), "bench_agent/" + name)
    return file.getvalue()


def serve(address, file):
    """@return: the port"""

    def answer(request, start_response):
        start_response("200 OK", [("Content-Type", "application/zip"), ("Content-Length", str(len(file)))])
        return [file]

    server = WSGIServer((address, 0), answer, log=None)
    server.start()
    return server.server_port


def main():
    address, trusted = sys.argv[1:]
    channel = Channel()
    master = Master(address, channel)
    file = packed({"host": address, "port": master.port}, trusted)
    channel.say("listening", locust=locust.__version__, port=master.port, filePort=serve(address, file))
    gevent.spawn(master.keep_looking)
    for message in channel.messages():
        if message["kind"] == "quit":
            break
        master.do(message)
    master.quit()


main()
