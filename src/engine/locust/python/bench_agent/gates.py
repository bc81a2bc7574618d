"""Where users wait while they must not work. Each passes the gate before each of its tasks."""

import time

import gevent
from gevent.event import Event


class Gate:
    """Users park at it, one after the other, and all go on when it opens."""

    def __init__(self):
        self.parked = 0
        self._open = Event()

    def park(self):
        self.parked += 1
        try:
            self._open.wait()
        finally:
            self.parked -= 1


class TicketGate(Gate):
    """Closed load: a slice is so many tasks. It begins and ends with every user at the gate, so each task counts with all that Locust does around it."""

    def __init__(self, together, users):
        """together: tasks that a user does in a row, a sequence; users: gives how many there are."""
        super().__init__()
        self._together = together
        self._users = users
        self._tickets = 0
        self._left = {}
        self._settled = Event()

    def enter(self, user):
        left = self._left.get(user, 0)
        if left == 0:
            while self._tickets == 0:
                if self.parked + 1 >= self._users():
                    self._settled.set()
                self.park()
            self._tickets -= self._together
            if self._tickets == 0:
                self._open.clear()
            left = self._together
        self._left[user] = left - 1

    def leave(self, user):
        pass

    def gone(self, user):
        """The slice is lost with a user."""
        self._tickets = 0
        self._open.clear()
        self._settled.set()

    def slice(self, tasks):
        """Returns when all users are back."""
        if tasks % self._together != 0:
            raise ValueError("{} tasks are no whole number of sequences of {}".format(tasks, self._together))
        if tasks == 0:
            return
        self._tickets = tasks
        self._settled.clear()
        self._open.set()
        self._settled.wait()


class WindowGate(Gate):
    """It is open for a window, in which users work as they like."""

    def __init__(self):
        super().__init__()
        self._working = 0
        self._idle = Event()

    def enter(self, user):
        while not self._open.is_set():
            self.park()
        self._working += 1

    def leave(self, user):
        self._working -= 1
        if self._working == 0:
            self._idle.set()

    def gone(self, user):
        pass

    def open(self):
        self._open.set()

    def close(self):
        self._open.clear()

    def drain(self):
        """Returns when the last task has ended."""
        while self._working > 0:
            self._idle.clear()
            self._idle.wait()


class PacedGate(WindowGate):
    """Constant throughput: users come at the pace that Locust gives them. They begin spread over a period."""

    def __init__(self, period, users):
        super().__init__()
        self._period = period
        self._users = users
        self._window = 0
        self._opened_at = 0.0
        # By user, in the order in which they came: the window that they have begun.
        self._begun = {}
        self._places = {}

    def enter(self, user):
        place = self._places.setdefault(user, len(self._places))
        while not self._open.is_set() or self._begun.get(user) != self._window:
            if not self._open.is_set():
                self.park()
            window = self._window
            due = self._opened_at + self._period * place / max(1, self._users())
            gevent.sleep(max(0, due - time.perf_counter()))
            if self._open.is_set() and self._window == window:
                self._begun[user] = window
                _forget_rest(user)
        self._working += 1

    def open(self):
        self._window += 1
        self._opened_at = time.perf_counter()
        super().open()


def _forget_rest(user):
    """Locust would take the time at the gate for the task's, and let the next one follow at once."""
    if hasattr(user, "_cp_last_run"):
        user.wait_time()
