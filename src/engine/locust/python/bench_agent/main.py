"""Waits for what to do, runs Locust's own command in this process, and lets its users work when bench says so."""

import logging
import os
import sys
import traceback

from .trust import trust

# Before requests is imported: some of its releases read the certificates then.
trust(os.environ.get("BENCH_CA_FILE"))

import locust  # noqa: E402  It makes gevent replace sockets before anything else is imported.
import locust.main  # noqa: E402
import gevent  # noqa: E402
from locust import argument_parser  # noqa: E402

from .channel import Channel  # noqa: E402
from .hooks import Contexts  # noqa: E402
from .master import Master  # noqa: E402
from .worker import Worker  # noqa: E402


class LastError(logging.Handler):
    """Locust says why it gives up in its log, and exits."""

    text = None

    def emit(self, record):
        sys.stderr.write(self.format(record) + "\n")
        if record.levelno >= logging.ERROR:
            self.text = record.getMessage().strip()


def main():
    contexts = Contexts()
    channel = Channel()
    channel.say("ready")
    messages = channel.messages()
    asked = next(messages, None)
    if asked is None:
        return
    task = asked["task"]
    process = Master(task, channel) if task["kind"] == "master" else Worker(task, channel, contexts)
    locust.events.init.add_listener(process.begin)
    gevent.spawn(_serve, messages, process, channel)
    _forget_settings_of_the_machine()
    last_error = LastError()
    logging.getLogger().addHandler(last_error)
    sys.argv = ["locust", *task["arguments"]]
    try:
        locust.main.main()
    except SystemExit as ended:
        why = last_error.text or "locust ended with code {}".format(ended.code)
        channel.say(_blame(process, task), message="{}: {}".format(task["file"], why))
    except Exception as error:
        channel.say(_blame(process, task), message=_where(error, task["file"]))
        traceback.print_exc()
    # The other end reads it, and ends this process.
    gevent.sleep(60)


def _serve(messages, process, channel):
    """Ends this process with the other end of the channel."""
    for message in messages:
        gevent.spawn(_do, message, process, channel)
    os._exit(0)


def _do(message, process, channel):
    try:
        process.do(message)
    except Exception as error:
        traceback.print_exc()
        channel.say("failed", message="{}: {}".format(type(error).__name__, error))


def _forget_settings_of_the_machine():
    """A locust.conf that lies about would be another load than the one that bench was told."""
    parser = argument_parser.LocustArgumentParser
    begin = parser.__init__

    def without(this, *args, **kwargs):
        begin(this, *args, **{**kwargs, "default_config_files": []})

    parser.__init__ = without


def _blame(process, task):
    """Once it has begun the file was good. A master has read it before its workers, which may miss their master."""
    return "failed" if process.has_begun or "--worker" in task["arguments"] else "refused"


def _where(error, file):
    """Python's last line, with the line of the locustfile that it comes from."""
    last = traceback.format_exception_only(type(error), error)[-1].strip()
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == file]
    if isinstance(error, SyntaxError) and error.filename == file:
        lines = [error.lineno]
    return "{}:{}: {}".format(file, lines[-1], last) if lines else "{}: {}".format(file, last)
