"""Measures pyzmq for the runner: reads "WORKLOAD TRANSPORT SIZE PINNED COUNT", answers with nanoseconds, a line each."""

import os
import sys
import threading
import time

import zmq

ENDPOINTS = {"inproc": "inproc://benchmark", "tcp": "tcp://127.0.0.1:*"}


def warm_up(size):
    if size > 1 << 20:
        return 1
    return 16 if size > 1 << 14 else 64


def expect(found, expected):
    if found != expected:
        raise RuntimeError(f"received {found} of {expected}")


def pair(context, endpoint, payload, count):
    with context.socket(zmq.PAIR) as sender, context.socket(zmq.PAIR) as receiver:
        sender.bind(endpoint)
        receiver.connect(endpoint)

        def exchange(times):
            total = 0
            for _ in range(times):
                sender.send(payload)
                total += receiver.recv()[-1]
            return total

        exchange(warm_up(len(payload)))
        start = time.perf_counter_ns()
        total = exchange(count)
        duration = time.perf_counter_ns() - start
        expect(total, count)
        return duration


def throughput(context, endpoint, payload, count):
    with context.socket(zmq.PULL) as pull:
        pull.bind(endpoint)
        bound = pull.last_endpoint
        start = 0

        def send():
            nonlocal start
            with context.socket(zmq.PUSH) as push:
                push.connect(bound)
                for _ in range(warm_up(len(payload))):
                    push.send(payload)
                start = time.perf_counter_ns()
                for _ in range(count):
                    push.send(payload)

        thread = threading.Thread(target=send)
        thread.start()
        for _ in range(warm_up(len(payload))):
            pull.recv()
        total = 0
        for _ in range(count):
            total += pull.recv()[-1]
        end = time.perf_counter_ns()
        thread.join()
        expect(total, count)
        return end - start


def round_trip(context, endpoint, payload, count):
    with context.socket(zmq.REQ) as req:
        req.bind(endpoint)
        bound = req.last_endpoint

        def serve():
            with context.socket(zmq.REP) as rep:
                rep.connect(bound)
                for _ in range(warm_up(len(payload)) + count):
                    rep.send(rep.recv())

        def ask(times):
            total = 0
            for _ in range(times):
                req.send(payload)
                total += req.recv()[-1]
            return total

        thread = threading.Thread(target=serve)
        thread.start()
        ask(warm_up(len(payload)))
        start = time.perf_counter_ns()
        total = ask(count)
        duration = time.perf_counter_ns() - start
        thread.join()
        expect(total, count)
        return duration


WORKLOADS = {"pair": pair, "throughput": throughput, "roundtrip": round_trip}


def main():
    can_pin = hasattr(os, "sched_getaffinity")
    cores = os.sched_getaffinity(0) if can_pin else set()
    print(f"pyzmq {zmq.__version__} (libzmq {zmq.zmq_version()})", flush=True)
    for line in sys.stdin:
        workload, transport, size, pinned, count = line.split()
        if can_pin:
            os.sched_setaffinity(0, {max(cores)} if pinned == "1" else cores)
        context = zmq.Context()
        try:
            answer = WORKLOADS[workload](context, ENDPOINTS[transport], b"\x01" * int(size), int(count))
        except (KeyError, RuntimeError, zmq.ZMQError) as error:
            answer = repr(error)
        context.term()
        print(answer, flush=True)


if __name__ == "__main__":
    main()
