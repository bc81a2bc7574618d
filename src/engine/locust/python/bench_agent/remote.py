"""A Locust worker on another machine. bench tells it what to do through Locust's master, and gives it a load for each launch."""

import atexit
import json
import os
import pkgutil
import platform
import shutil
import socket
import ssl
import sys
import tempfile
import traceback
import types

from .trust import trust

# The locustfiles that bench writes name it by this name alone.
TRUSTED = "trusted.pem"
#: The type of our messages among Locust's own.
MESSAGE = "bench"

_folder = tempfile.mkdtemp(prefix="bench-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
with open(os.path.join(_folder, TRUSTED), "wb") as _trusted:
    _trusted.write(pkgutil.get_data("bench_agent", TRUSTED))
# Before requests is imported: some of its releases read the certificates then.
trust(os.path.join(_folder, TRUSTED))

import locust  # noqa: E402  It makes gevent replace sockets before anything else is imported.
import locust.main  # noqa: E402
import gevent  # noqa: E402
import gevent.socket  # noqa: E402
import gevent.ssl  # noqa: E402
import psutil  # noqa: E402
from locust.user import users  # noqa: E402
from locust.user.task import DefaultTaskSet, TaskSet  # noqa: E402

from .hooks import Contexts  # noqa: E402
from .worker import Worker  # noqa: E402

#: What a `Worker` puts its hooks into.
_hooked = (
    (gevent.socket.socket, "connect"),
    (gevent.ssl.SSLSocket, "do_handshake"),
    (TaskSet, "execute_task"),
    (DefaultTaskSet, "execute_task"),
    (users.User, "run"),
    (psutil.Process, "cpu_percent"),
)


class Answers:
    """What a worker says in one launch."""

    def __init__(self, runner, turn):
        self._runner = runner
        self._turn = turn

    def say(self, kind, **said):
        answer = dict(said, kind=kind)
        self._runner.send_message(MESSAGE, {"kind": "said", "turn": self._turn, "answer": answer})


class Remote:
    def __init__(self, aim):
        self._aim = aim
        self._contexts = Contexts()
        self._unhooked = [(holder, name, getattr(holder, name)) for holder, name in _hooked]
        self._worker = None
        self._environment = None
        self._runner = None
        self._listening = []

    def begin(self, environment, runner, **_):
        """Locust's worker has come to its master."""
        self._environment = environment
        self._runner = runner
        self._listening = [(event, list(event._handlers)) for event in (environment.events.request, environment.events.user_error)]
        runner.register_message(MESSAGE, self._told)
        runner.send_message(MESSAGE, {"kind": "came", "about": about(self._aim["host"])})

    def _told(self, msg, **_):
        # Not here: Locust hears nothing else until this returns.
        gevent.spawn(self._do, msg.data["turn"], msg.data["question"])

    def _do(self, turn, question):
        try:
            if question["kind"] == "configure":
                self._configure(turn, question["task"])
            elif question["kind"] == "finish":
                # What Locust counted is with its master before what we counted is.
                self._runner._send_stats()
                self._worker.do(question)
            else:
                self._worker.do(question)
        except Exception as error:
            traceback.print_exc()
            message = "{}: {}".format(type(error).__name__, error)
            Answers(self._runner, turn).say("failed", message=message)

    def _configure(self, turn, task):
        """Users of the launch before end, whatever they are at; those of this one go to their gate."""
        self._runner.stop_users(self._runner.user_classes_count)
        self._unhook()
        # The rest of the launch before.
        self._runner._send_stats()
        os.environ.update(task["env"])
        self._worker = Worker(task, Answers(self._runner, turn), self._contexts)
        self._environment.host = task["base"]
        self._environment.user_classes = user_classes_in(task["text"])
        self._worker.begin(self._environment, self._runner)
        self._runner.start_worker({one.__name__: task["users"] for one in self._environment.user_classes})

    def _unhook(self):
        for holder, name, original in self._unhooked:
            setattr(holder, name, original)
        # An attribute of the object, over that of its class.
        vars(gevent.get_hub().resolver).pop("getaddrinfo", None)
        for event, handlers in self._listening:
            event._handlers = list(handlers)


def user_classes_in(text):
    module = types.ModuleType("locustfile")
    exec(compile(text, "locustfile.py", "exec"), module.__dict__)
    return [one for one in vars(module).values() if isinstance(one, type) and one.__module__ == "locustfile" and issubclass(one, locust.User)]


def about(master):
    """Who this is, and on what it runs."""
    try:
        from importlib import metadata
    except ImportError:
        # Python 3.7: what Locust needs there brings it along.
        import importlib_metadata as metadata
    found = {}
    for one in metadata.distributions():
        found.setdefault((one.metadata["Name"] or "").replace("_", "-").replace(".", "-").lower(), one.version)
    return {
        "address": address_to(master),
        "locust": locust.__version__,
        "python": platform.python_version(),
        "openssl": ssl.OPENSSL_VERSION,
        "distributions": found,
    }


def address_to(master):
    """From which this machine reaches it. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect((master, 9))
        return probe.getsockname()[0]


def main():
    aim = json.loads(pkgutil.get_data("bench_agent", "aim.json").decode())
    # Not before everything is imported: the file that this came from may be named relative to the folder it was in.
    os.chdir(_folder)
    locust.events.init.add_listener(Remote(aim).begin)
    # Locust wants a file with a class of users, which it replaces by those of each launch.
    with open("locustfile.py", "w") as file:
        file.write("from locust import User, task\n\n\nclass Nobody(User):\n    @task\n    def nothing(self):\n        pass\n")
    sys.argv = ["locust", "-f", "locustfile.py", "--worker", "--master-host", aim["host"], "--master-port", str(aim["port"])]
    locust.main.main()
