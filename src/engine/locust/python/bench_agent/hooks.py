"""Counts what connections are made of. Every hook is called once a connection or less, and is the same in all versions."""

import ipaddress
import weakref

import gevent
import gevent.socket
import gevent.ssl


def count_connections(tally, host, port):
    """To this target: what else the process opens is none of its business. A name may stand for any address."""
    hosts = (host,) if is_address(host) else None
    connect = gevent.socket.socket.connect

    def counted(self, address):
        connected = connect(self, address)
        if isinstance(address, tuple) and address[1] == port and (hosts is None or address[0] in hosts):
            tally.connections += 1
        return connected

    gevent.socket.socket.connect = counted


class Handshakes:
    """What was negotiated is looked into while warming up only: it costs the client CPU."""

    def __init__(self, tally):
        self.inspecting = True
        shake = gevent.ssl.SSLSocket.do_handshake

        def counted(connection, *args, **kwargs):
            shake(connection, *args, **kwargs)
            if connection.session_reused:
                tally.handshakes_resumed += 1
            else:
                tally.handshakes_full += 1
            if self.inspecting:
                tally.saw("tlsVersions", connection.version())
                tally.saw("ciphers", connection.cipher()[0])

        gevent.ssl.SSLSocket.do_handshake = counted


class Contexts:
    """
    Counts TLS contexts as they are put to use: one when it makes its first connection, and again for each time that
    certificates were loaded into it since its last. To load them is what is dear, and a library may do so for each connection.
    """

    def __init__(self):
        self.tally = None
        self._loads = weakref.WeakKeyDictionary()
        self._used = weakref.WeakSet()
        context = gevent.ssl.SSLContext
        wrap = context.wrap_socket

        def counted(this, *args, **kwargs):
            self._count(this)
            return wrap(this, *args, **kwargs)

        context.wrap_socket = counted
        # load_default_certs calls the second.
        for name in ("load_verify_locations", "set_default_verify_paths"):
            self._watch(context, name)

    def _watch(self, context, name):
        load = getattr(context, name)

        def watched(this, *args, **kwargs):
            self._loads[this] = self._loads.get(this, 0) + 1
            return load(this, *args, **kwargs)

        setattr(context, name, watched)

    def _count(self, context):
        loads = self._loads.pop(context, 0)
        if context not in self._used:
            self._used.add(context)
            loads = max(1, loads)
        if self.tally is not None:
            self.tally.contexts += loads


def count_lookups(tally):
    """Of names; an address needs none."""
    resolver = gevent.get_hub().resolver
    look_up = resolver.getaddrinfo

    def counted(host, *args, **kwargs):
        if not is_address(host):
            tally.lookups += 1
        return look_up(host, *args, **kwargs)

    resolver.getaddrinfo = counted


def is_address(host):
    text = host.decode() if isinstance(host, bytes) else host
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
