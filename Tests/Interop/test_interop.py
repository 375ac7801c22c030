"""swift-zeromq and pyzmq talk to each other; what each must find of the other's is checked here.

The Swift side is interop-peer, which is given commands line by line. INTEROP_PEER is the path of its program.
"""

import os
import queue
import stat
import subprocess
import tempfile
import threading
import unittest

import zmq
import zmq.auth
from zmq.auth.thread import ThreadAuthenticator
from zmq.utils import monitor as zmq_monitor

PATIENCE = 15.0
PAYLOADS = [b"Hello", b"", bytes(range(256)), b"x" * 100_000]


class Peer:
    """A process with one Swift socket."""

    def __init__(self, kind):
        self.process = subprocess.Popen(
            [os.environ["INTEROP_PEER"], kind], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.lines = queue.Queue()
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))
        self.lines.put("error the peer has ended")

    def do(self, *words):
        """Has the peer do something, and returns what it says about it."""
        self.process.stdin.write(" ".join(words) + "\n")
        self.process.stdin.flush()
        answer = self.lines.get(timeout=PATIENCE)
        if not answer.startswith("ok"):
            raise AssertionError(f"{words[0]}: {answer[:500]}")
        return answer[3:]

    def send(self, *frames):
        self.do("send", *("x" + frame.hex() for frame in frames))

    def receive(self, timeout=10_000):
        answer = self.do("receive", str(timeout))
        return None if answer == "none" else [bytes.fromhex(frame[1:]) for frame in answer.split(" ")]

    def close(self):
        self.process.stdin.close()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise
        finally:
            self.reader.join(PATIENCE)
            self.process.stdout.close()


class InteropTestCase(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="zmq-interop-")
        self.addCleanup(subprocess.run, ["rm", "-rf", self.folder], check=True)
        self.context = zmq.Context()
        self.addCleanup(self.context.destroy, linger=0)

    def peer(self, kind):
        peer = Peer(kind)
        self.addCleanup(peer.close)
        return peer

    def socket(self, kind):
        socket = self.context.socket(kind)
        socket.linger = 0
        socket.rcvtimeo = socket.sndtimeo = int(PATIENCE * 1000)
        socket.reconnect_ivl = 50
        return socket

    def endpoint(self, transport):
        return "tcp://127.0.0.1:*" if transport == "tcp" else f"ipc://{self.folder}/{os.urandom(4).hex()}"

    def link(self, swift, socket, swift_binds, transport="tcp"):
        """Connects the two, one of which binds."""
        if swift_binds:
            socket.connect(swift.do("bind", self.endpoint(transport)))
        else:
            socket.bind(self.endpoint(transport))
            swift.do("connect", socket.last_endpoint.decode())


class PatternTests(InteropTestCase):
    def over_all(self, swift_kind, python_kind, body):
        for transport in ["tcp", "ipc"]:
            for swift_binds in [True, False]:
                with self.subTest(transport=transport, swift_binds=swift_binds):
                    swift, socket = self.peer(swift_kind), self.socket(python_kind)
                    self.link(swift, socket, swift_binds, transport)
                    body(swift, socket)
                    socket.close()

    def receive_while(self, poke, receive):
        """Receives what comes only once the other side has been called: subscriptions, and what they let through."""
        for _ in range(500):
            poke()
            received = receive()
            if received is not None:
                return received
        return None

    def receive_soon(self, socket):
        return socket.recv_multipart() if socket.poll(20) else None

    def test_swift_asks(self):
        def body(swift, rep):
            swift.send(*PAYLOADS)
            self.assertEqual(rep.recv_multipart(), PAYLOADS)
            rep.send_multipart(PAYLOADS[::-1])
            self.assertEqual(swift.receive(), PAYLOADS[::-1])

        self.over_all("REQ", zmq.REP, body)

    def test_swift_replies(self):
        def body(swift, req):
            req.send_multipart(PAYLOADS)
            self.assertEqual(swift.receive(), PAYLOADS)
            swift.send(b"World")
            self.assertEqual(req.recv(), b"World")

        self.over_all("REP", zmq.REQ, body)

    def test_swift_pushes(self):
        def body(swift, pull):
            for payload in PAYLOADS:
                swift.send(payload)
            self.assertEqual([pull.recv() for _ in PAYLOADS], PAYLOADS)

        self.over_all("PUSH", zmq.PULL, body)

    def test_swift_pulls(self):
        def body(swift, push):
            for payload in PAYLOADS:
                push.send(payload)
            self.assertEqual([swift.receive() for _ in PAYLOADS], [[payload] for payload in PAYLOADS])

        self.over_all("PULL", zmq.PUSH, body)

    def test_swift_deals(self):
        def body(swift, router):
            swift.send(b"", *PAYLOADS)
            identity, *frames = router.recv_multipart()
            self.assertEqual(frames, [b""] + PAYLOADS)
            router.send_multipart([identity, b"", b"World"])
            self.assertEqual(swift.receive(), [b"", b"World"])

        self.over_all("DEALER", zmq.ROUTER, body)

    def test_swift_routes(self):
        def body(swift, dealer):
            dealer.send_multipart([b""] + PAYLOADS)
            identity, *frames = swift.receive()
            self.assertEqual(frames, [b""] + PAYLOADS)
            swift.send(identity, b"", b"World")
            self.assertEqual(dealer.recv_multipart(), [b"", b"World"])

        self.over_all("ROUTER", zmq.DEALER, body)

    def test_swift_pairs(self):
        def body(swift, pair):
            swift.send(*PAYLOADS)
            self.assertEqual(pair.recv_multipart(), PAYLOADS)
            pair.send_multipart(PAYLOADS)
            self.assertEqual(swift.receive(), PAYLOADS)

        self.over_all("PAIR", zmq.PAIR, body)

    def test_swift_subscribes(self):
        def body(swift, xpub):
            swift.do("subscribe", "a")
            # A SUB takes notice of a new peer, and sends it its subscriptions, while it is called.
            self.assertEqual(self.receive_while(lambda: swift.receive(0), lambda: self.receive_soon(xpub)), [b"\x01a"])
            xpub.send_multipart([b"b", b"not for it"])
            xpub.send_multipart([b"abc", b"news"])
            self.assertEqual(swift.receive(), [b"abc", b"news"])

        self.over_all("SUB", zmq.XPUB, body)

    def test_swift_publishes_to_subscribers_that_it_sees(self):
        def body(swift, sub):
            sub.subscribe(b"a")
            self.assertEqual(self.receive_while(lambda: sub.poll(0), lambda: swift.receive(20)), [b"\x01a"])
            swift.send(b"b", b"not for it")
            swift.send(b"abc", b"news")
            self.assertEqual(sub.recv_multipart(), [b"abc", b"news"])

        self.over_all("XPUB", zmq.SUB, body)

    def test_swift_publishes(self):
        # A PUB does not see its subscribers, so it repeats itself until the first message is there.
        def body(swift, sub):
            sub.subscribe(b"a")

            def publish():
                swift.send(b"b", b"not for it")
                swift.send(b"abc", b"news")

            self.assertEqual(self.receive_while(publish, lambda: self.receive_soon(sub)), [b"abc", b"news"])

        self.over_all("PUB", zmq.SUB, body)

    def test_swift_subscribes_to_a_plain_publisher(self):
        def body(swift, pub):
            swift.do("subscribe", "a")

            def publish():
                pub.send_multipart([b"b", b"not for it"])
                pub.send_multipart([b"abc", b"news"])

            self.assertEqual(self.receive_while(publish, lambda: swift.receive(20)), [b"abc", b"news"])

        self.over_all("SUB", zmq.PUB, body)

    def test_swift_subscribes_by_messages(self):
        def body(swift, xpub):
            def subscribe():
                # An XSUB has no peer to send to before the connection is up, and repeated subscriptions are one.
                swift.send(b"\x01a")
                swift.receive(0)

            self.assertEqual(self.receive_while(subscribe, lambda: self.receive_soon(xpub)), [b"\x01a"])
            xpub.send(b"abc")
            self.assertEqual(swift.receive(), [b"abc"])

        self.over_all("XSUB", zmq.XPUB, body)


class CertificateTests(InteropTestCase):
    def test_python_reads_what_swift_writes(self):
        path = f"{self.folder}/swift.key"
        swift = self.peer("PAIR")
        swift.do("write", path, "Anna")
        public, secret, name = swift.do("read", path + "_secret").split(" ")
        self.assertEqual(zmq.auth.load_certificate(path), (public.encode(), None))
        self.assertEqual(zmq.auth.load_certificate(path + "_secret"), (public.encode(), secret.encode()))
        self.assertEqual(zmq.curve_public(secret.encode()), public.encode())
        self.assertEqual(zmq.auth.load_certificates(self.folder), {public.encode(): True})
        self.assertEqual(name, "Anna")
        self.assertEqual(stat.S_IMODE(os.stat(path + "_secret").st_mode), 0o600)

    def test_swift_reads_what_python_writes(self):
        public_path, secret_path = zmq.auth.create_certificates(self.folder, "python")
        public, secret = zmq.auth.load_certificate(secret_path)
        swift = self.peer("PAIR")
        self.assertEqual(swift.do("read", public_path), f"{public.decode()} none none")
        self.assertEqual(swift.do("read", secret_path), f"{public.decode()} {secret.decode()} none")

    def test_swift_names_what_is_wrong(self):
        path = f"{self.folder}/bad.key"
        with open(path, "w") as file:
            file.write("curve\n    public-key = \"short\"\n")
        with self.assertRaisesRegex(AssertionError, "bad.key, whose line 2 has no public key in Z85"):
            self.peer("PAIR").do("read", path)


class SecurityTests(InteropTestCase):
    def setUp(self):
        super().setUp()
        self.clients = f"{self.folder}/clients"
        os.mkdir(self.clients)
        writer = self.peer("PAIR")
        # One certificate by each side; the stranger is in no folder of clients.
        writer.do("write", f"{self.folder}/server.key", "server")
        writer.do("write", f"{self.clients}/swift.key", "swift")
        zmq.auth.create_certificates(self.clients, "python")
        zmq.auth.create_certificates(self.folder, "stranger")

    def swift_server(self, *security, policy=("addresses",)):
        swift = self.peer("REP")
        swift.do("authenticator")
        swift.do("serve", "global", *policy)
        swift.do("secure", *security)
        return swift, swift.do("bind", "tcp://127.0.0.1:*")

    def python_server(self, configure):
        authenticator = ThreadAuthenticator(self.context)
        authenticator.start()
        self.addCleanup(authenticator.stop)
        rep = self.socket(zmq.REP)
        configure(authenticator, rep)
        rep.bind("tcp://127.0.0.1:*")
        return rep, rep.last_endpoint.decode()

    def python_curve_client(self, certificate):
        req = self.socket(zmq.REQ)
        req.curve_publickey, req.curve_secretkey = zmq.auth.load_certificate(certificate + ".key_secret")
        req.curve_serverkey, _ = zmq.auth.load_certificate(f"{self.folder}/server.key")
        return req

    def python_plain_client(self, username, password):
        req = self.socket(zmq.REQ)
        req.plain_username, req.plain_password = username, password
        return req

    def assert_exchange_with_swift_server(self, swift, endpoint, req, user_id):
        req.connect(endpoint)
        req.send(b"Hello")
        self.assertEqual(swift.receive(), [b"Hello"])
        self.assertEqual(swift.do("metadata", "User-Id"), user_id)
        swift.send(b"World")
        self.assertEqual(req.recv(), b"World")

    def assert_refused_by_swift_server(self, endpoint, req, event, value):
        monitor = req.get_monitor_socket(zmq.EVENT_HANDSHAKE_SUCCEEDED | event)
        monitor.rcvtimeo = int(PATIENCE * 1000)
        req.connect(endpoint)
        seen = zmq_monitor.recv_monitor_message(monitor)
        req.disable_monitor()
        self.assertEqual((seen["event"], seen["value"]), (event, value))

    def assert_exchange_with_python_server(self, rep, endpoint, swift, user_id):
        swift.do("connect", endpoint)
        swift.send(b"Hello")
        request = rep.recv(copy=False)
        self.assertEqual(request.bytes, b"Hello")
        self.assertEqual(request.get("User-Id"), user_id)
        rep.send(b"World")
        self.assertEqual(swift.receive(), [b"World"])

    def assert_refused_by_python_server(self, endpoint, swift, reason):
        swift.do("connect", endpoint)
        self.assertEqual(swift.do("handshake"), reason)

    # CURVE, with the server in Swift

    def test_python_clients_of_a_swift_curve_server(self):
        swift, endpoint = self.swift_server(
            "curve-server", f"{self.folder}/server.key_secret", "global", policy=("certificates", self.clients)
        )
        self.assert_refused_by_swift_server(
            endpoint, self.python_curve_client(f"{self.folder}/stranger"), zmq.EVENT_HANDSHAKE_FAILED_AUTH, 400
        )
        client = self.python_curve_client(f"{self.clients}/python")
        public, _ = zmq.auth.load_certificate(f"{self.clients}/python.key")
        self.assert_exchange_with_swift_server(swift, endpoint, client, public.decode())

    def test_python_client_of_a_swift_server_for_any_client(self):
        swift = self.peer("REP")
        swift.do("secure", "curve-server", f"{self.folder}/server.key_secret", "any")
        endpoint = swift.do("bind", "tcp://127.0.0.1:*")
        self.assert_exchange_with_swift_server(swift, endpoint, self.python_curve_client(f"{self.folder}/stranger"), "none")

    def test_denied_address_at_a_swift_server(self):
        swift, endpoint = self.swift_server("null-server", "global")
        swift.do("deny", "127.0.0.0/8")
        self.assert_refused_by_swift_server(endpoint, self.socket(zmq.REQ), zmq.EVENT_HANDSHAKE_FAILED_AUTH, 400)

    # PLAIN, with the server in Swift

    def test_python_clients_of_a_swift_plain_server(self):
        swift, endpoint = self.swift_server("plain-server", "global", policy=("password", "admin", "secret"))
        self.assert_refused_by_swift_server(
            endpoint, self.python_plain_client(b"admin", b"wrong"), zmq.EVENT_HANDSHAKE_FAILED_AUTH, 400
        )
        self.assert_exchange_with_swift_server(swift, endpoint, self.python_plain_client(b"admin", b"secret"), "admin")

    # CURVE, with the server in Python

    def configure_curve(self, authenticator, rep):
        authenticator.configure_curve(domain="*", location=self.clients)
        rep.curve_publickey, rep.curve_secretkey = zmq.auth.load_certificate(f"{self.folder}/server.key_secret")
        rep.curve_server = True

    def test_swift_client_of_a_python_curve_server(self):
        rep, endpoint = self.python_server(self.configure_curve)
        swift = self.peer("REQ")
        swift.do("secure", "curve-client", f"{self.folder}/server.key", f"{self.clients}/swift.key_secret")
        public, _ = zmq.auth.load_certificate(f"{self.clients}/swift.key")
        self.assert_exchange_with_python_server(rep, endpoint, swift, public.decode())

    def test_swift_stranger_at_a_python_curve_server(self):
        _, endpoint = self.python_server(self.configure_curve)
        swift = self.peer("REQ")
        swift.do("secure", "curve-client", f"{self.folder}/server.key", f"{self.folder}/stranger.key_secret")
        self.assert_refused_by_python_server(endpoint, swift, "failed 400")

    def test_swift_client_with_a_wrong_server_key(self):
        rep, endpoint = self.python_server(self.configure_curve)
        swift = self.peer("REQ")
        swift.do("secure", "curve-client", f"{self.folder}/stranger.key", f"{self.clients}/swift.key_secret")
        swift.do("connect", endpoint)
        swift.send(b"Hello")
        self.assertEqual(rep.poll(500), 0)

    # PLAIN, with the server in Python

    def configure_plain(self, authenticator, rep):
        authenticator.configure_plain(domain="*", passwords={"admin": "secret"})
        rep.plain_server = True

    def test_swift_clients_of_a_python_plain_server(self):
        rep, endpoint = self.python_server(self.configure_plain)
        swift = self.peer("REQ")
        swift.do("secure", "plain-client", "admin", "wrong")
        self.assert_refused_by_python_server(endpoint, swift, "failed 400")
        swift = self.peer("REQ")
        swift.do("secure", "plain-client", "admin", "secret")
        self.assert_exchange_with_python_server(rep, endpoint, swift, "admin")

    def test_denied_address_at_a_python_server(self):
        def configure(authenticator, rep):
            authenticator.deny("127.0.0.1")
            rep.zap_domain = b"global"

        _, endpoint = self.python_server(configure)
        self.assert_refused_by_python_server(endpoint, self.peer("REQ"), "failed 400")


if __name__ == "__main__":
    unittest.main(verbosity=2)
