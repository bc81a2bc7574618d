"""A process with users: it gates them, counts what they do, and answers bench."""

import time

import gevent
import locust
import psutil
from locust import constant, constant_throughput
from locust.user import users
from locust.user.task import DefaultTaskSet, TaskSet

from . import hooks
from .claimed_cpu import ClaimedCpu
from .gates import PacedGate, TicketGate, WindowGate
from .tally import Tally


class Worker:
    def __init__(self, task, channel, contexts):
        self._task = task
        self._channel = channel
        self._runner = None
        self.has_begun = False
        self._tally = Tally({request["name"]: request["bodyBytes"] for request in task["requests"]})
        contexts.tally = self._tally
        hooks.count_connections(self._tally, task["host"], task["port"])
        hooks.count_lookups(self._tally)
        self._handshakes = hooks.Handshakes(self._tally)
        load = task["load"]
        if load["model"] == "closed" and load["inWindows"]:
            self._gate = WindowGate()
        elif load["model"] == "closed":
            self._gate = TicketGate(load["together"], self._user_count)
        else:
            self._gate = PacedGate(load["periodMs"] / 1000, self._user_count)
        # Latencies are kept of requests that began in it, in seconds of time.time.
        self._kept_from = self._kept_until = float("inf")
        self._claimed_cpu = ClaimedCpu()
        self._last_status = None
        self._lost = None
        _gate_tasks(self._gate)
        _watch_users(self._lose)

    def begin(self, environment, runner, **_):
        """Locust is set up, and spawns no user yet."""
        self._runner = runner
        self.has_begun = True
        refused = self._refused(environment) if self._task["isOwnFile"] else None
        if refused is not None:
            self._channel.say("refused", message="{}: {}".format(self._task["file"], refused))
            gevent.sleep(60)
        if self._task["isOwnFile"]:
            _pace(environment.user_classes, self._task["load"])
        environment.events.request.add_listener(self._on_request)
        environment.events.user_error.add_listener(self._on_user_error)
        gevent.spawn(self._await_users)

    def do(self, message):
        kind = message["kind"]
        if kind == "slice":
            self._slice(message["requests"], message["measured"])
        elif kind == "window":
            self._window(message["rampMs"] / 1000, message["ms"] / 1000, message["measured"])
        elif kind == "finish":
            self._finish()
        else:
            raise ValueError("a worker was told to {}".format(kind))

    def _user_count(self):
        return self._runner.user_count

    def _await_users(self):
        """Says that all are at the gate, once they are."""
        while self._lost is None:
            state = getattr(self._runner, "worker_state", self._runner.state)
            users = self._user_count()
            if state == "running" and self._task["users"] <= users == self._gate.parked > 0:
                self._channel.say("configured", counts=self._tally.counts(), version=locust.__version__)
                return
            gevent.sleep(0.01)
        self._channel.say("failed", message=self._lost)

    def _slice(self, tasks, measured):
        self._handshakes.inspecting = not measured
        self._kept_from = 0 if measured else float("inf")
        wall, cpu = time.perf_counter(), time.process_time()
        self._gate.slice(tasks)
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        self._done(wall, cpu)

    def _window(self, ramp, seconds, measured):
        self._handshakes.inspecting = not measured
        self._kept_from = self._kept_until = float("inf")
        self._gate.open()
        gevent.sleep(ramp)
        if measured:
            self._kept_from = time.time()
        self._channel.say("window-open")
        wall, cpu, requests = time.perf_counter(), time.process_time(), self._tally.requests
        gevent.sleep(seconds)
        cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        self._kept_until = time.time()
        self._gate.close()
        requests = self._tally.requests - requests
        self._channel.say("window-closed", wallUs=wall * 1e6, cpuUs=cpu * 1e6, requests=requests)
        self._gate.drain()
        self._done(wall, cpu)

    def _done(self, wall, cpu):
        if self._lost is not None:
            self._channel.say("failed", message=self._lost)
        else:
            self._channel.say("slice-done", wallUs=wall * 1e6, cpuUs=cpu * 1e6, counts=self._tally.counts())

    def _finish(self):
        self._channel.say(
            "finish-done",
            rssBytes=psutil.Process().memory_info().rss,
            latency=list(self._tally.latencies.items()),
            observed=self._tally.observed(),
            replayed=None if self._task["isOwnFile"] else self._tally.replayed(),
            firstError=self._tally.first_error,
            claimedCpu=self._claimed_cpu.samples,
        )

    def _on_request(self, name, response_length, exception=None, start_time=None, response=None, **_):
        if exception is not None:
            self._tally.failed(name, exception)
            return
        self._tally.answered(name, response_length or 0)
        if start_time is not None and self._kept_from <= start_time < self._kept_until:
            # Not Locust's response_time, which is in whole milliseconds before 2.30 for some clients.
            self._tally.latencies[max(1, round((time.time() - start_time) * 1e6))] += 1
        status = getattr(response, "status_code", None)
        if status is not None and status != self._last_status:
            self._last_status = status
            self._tally.saw("statuses", status)
            version = _http_version(response)
            if version is not None:
                self._tally.saw("httpVersions", version)

    def _on_user_error(self, exception, **_):
        self._tally.fail(exception)

    def _lose(self, user, error):
        why = "" if error is None else ": {}: {}".format(type(error).__name__, error)
        self._lost = self._lost or "a user of {} stopped by itself{}".format(type(user).__name__, why)
        self._gate.gone(user)

    def _refused(self, environment):
        if environment.shape_class is not None:
            return "it has a LoadTestShape, and the load is what scenario.load says. Remove it"
        for user_class in environment.user_classes:
            if user_class.run is not users.User.run:
                return "{} has a run of its own, and bench lets tasks run. Give it tasks".format(user_class.__name__)
        return None


def _gate_tasks(gate):
    def gated(run):
        def execute_task(task_set, task):
            # A nested set of tasks: each of its own tasks comes to the gate.
            if isinstance(task, type):
                return run(task_set, task)
            user = task_set.user
            gate.enter(user)
            try:
                return run(task_set, task)
            finally:
                gate.leave(user)

        return execute_task

    for task_set in (TaskSet, DefaultTaskSet):
        task_set.execute_task = gated(task_set.execute_task)


def _watch_users(lost):
    run = users.User.run

    def watched(user):
        error = None
        try:
            return run(user)
        except Exception as failure:
            error = failure
            raise
        finally:
            lost(user, error)

    users.User.run = watched


def _pace(user_classes, load):
    """The load is what bench was told, whatever pace a locustfile has."""
    wait_time = constant(0) if load["model"] == "closed" else constant_throughput(1000 / load["periodMs"])
    for user_class in user_classes:
        user_class.wait_time = wait_time
    waiting = [TaskSet]
    while waiting:
        task_set = waiting.pop()
        waiting.extend(task_set.__subclasses__())
        if "wait_time" in vars(task_set):
            task_set.wait_time = lambda this: this.user.wait_time()


def _http_version(response):
    """requests says 11, geventhttpclient HTTP/1.1."""
    raw = getattr(response, "raw", None) or getattr(response, "_response", None)
    version = getattr(raw, "version", None)
    if isinstance(version, int):
        return "{}.{}".format(*divmod(version, 10))
    return version.replace("HTTP/", "") if isinstance(version, str) else None
