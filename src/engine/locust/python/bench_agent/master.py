"""The master: it spreads users over the workers, as Locust does it, and says when they are there."""

import locust


class Master:
    def __init__(self, task, channel):
        self._users = task["users"]
        self._channel = channel
        self.has_begun = False

    def begin(self, environment, runner, **_):
        self.has_begun = True
        environment.events.spawning_complete.add_listener(self._spawned)
        self._channel.say("listening", version=locust.__version__)

    def do(self, message):
        raise ValueError("a master was told to {}".format(message["kind"]))

    def _spawned(self, user_count, **_):
        if user_count == self._users:
            self._channel.say("spawned")
