"""What Locust says of its own CPU, beside what the kernel counted over the same time."""

import time

import psutil


class ClaimedCpu:
    """Locust asks psutil every 5 s or 10 s, for the time since it asked last."""

    def __init__(self):
        self.samples = []
        self._asked = None
        ask = psutil.Process.cpu_percent

        def watched(process, *args, **kwargs):
            claimed = ask(process, *args, **kwargs)
            asked = (time.perf_counter(), time.process_time())
            if self._asked is not None:
                wall, cpu = (now - before for now, before in zip(asked, self._asked))
                self.samples.append({"claimed": claimed / 100, "counted": cpu / wall})
            self._asked = asked
            return claimed

        psutil.Process.cpu_percent = watched
