"""The counters of one worker."""

import errno
import ssl
from collections import Counter


class Tally:
    def __init__(self, bodies):
        """bodies: of each request of the scenario, by its name in Locust, the bytes of its body."""
        self.requests = 0
        self.errors = 0
        self.connections = 0
        self.handshakes_full = 0
        self.handshakes_resumed = 0
        self.contexts = 0
        self.lookups = 0
        self.bytes_in = 0
        self.bytes_out = 0
        self.first_error = None
        self.latencies = Counter()
        self._bodies = bodies
        # By name: sent, answered, bytes of the answers.
        self._replayed = {name: [0, 0, 0] for name in bodies}
        self._observed = {"tlsVersions": set(), "ciphers": set(), "httpVersions": set(), "statuses": set()}

    def answered(self, name, body_bytes):
        self.requests += 1
        self.bytes_in += body_bytes
        replayed = self._sent(name)
        if replayed is not None:
            replayed[1] += 1
            replayed[2] += body_bytes

    def failed(self, name, error):
        self._sent(name)
        self.fail(error)

    def fail(self, error):
        self.errors += 1
        if self.first_error is None:
            self.first_error = reason(error)

    def saw(self, what, value):
        self._observed[what].add(value)

    def counts(self):
        return {
            "requests": self.requests,
            "errors": self.errors,
            "connections": self.connections,
            "handshakesFull": self.handshakes_full,
            "handshakesResumed": self.handshakes_resumed,
            "contexts": self.contexts,
            "lookups": self.lookups,
            "lookupsAgain": 0,
            "bytesIn": self.bytes_in,
            "bytesOut": self.bytes_out,
        }

    def observed(self):
        # Python does not tell what key was exchanged.
        return {"keyExchanges": [], **{what: sorted(values) for what, values in self._observed.items()}}

    def replayed(self):
        return [{"sent": sent, "answered": answered, "bytes": of} for sent, answered, of in self._replayed.values()]

    def _sent(self, name):
        replayed = self._replayed.get(name)
        if replayed is not None:
            replayed[0] += 1
            self.bytes_out += self._bodies[name]
        return replayed


def reason(error):
    """One line: what lies at the bottom of an error, with the name of its number where it has one."""
    chain = [error]
    while chain[-1] is not None and len(chain) < 20:
        last = chain[-1]
        inner = [part for part in getattr(last, "args", ()) if isinstance(part, BaseException)]
        chain.append(getattr(last, "reason", None) or last.__cause__ or last.__context__ or next(iter(inner), None))
        if not isinstance(chain[-1], BaseException):
            chain[-1] = None
    for cause in reversed(chain[:-1]):
        if isinstance(cause, ssl.SSLError):
            return str(cause)
        number = getattr(cause, "errno", None)
        if number in errno.errorcode:
            return "{}: {}".format(errno.errorcode[number], cause.strerror or cause)
    text = " ".join(str(error).split())
    name = type(error).__name__
    return text if name == "CatchResponseError" else "{}: {}".format(name, text[:300])
