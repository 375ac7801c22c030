"""Measures pyzmq for the runner, blocking and with asyncio.

Reads "WAY WORKLOAD TRANSPORT SIZE PINNED COUNT", answers with the nanoseconds of wall and processor time, a line each.
"""

import asyncio
import os
import sys
import threading
import time

import zmq
import zmq.asyncio

ENDPOINTS = {"inproc": "inproc://benchmark", "tcp": "tcp://127.0.0.1:*"}


def now():
    return time.perf_counter_ns(), time.process_time_ns()


def between(start, end):
    return end[0] - start[0], end[1] - start[1]


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
        start = now()
        total = exchange(count)
        end = now()
        expect(total, count)
        return between(start, end)


def throughput(context, endpoint, payload, count):
    with context.socket(zmq.PULL) as pull:
        pull.bind(endpoint)
        bound = pull.last_endpoint
        start = None

        def send():
            nonlocal start
            with context.socket(zmq.PUSH) as push:
                push.connect(bound)
                for _ in range(warm_up(len(payload))):
                    push.send(payload)
                start = now()
                for _ in range(count):
                    push.send(payload)

        thread = threading.Thread(target=send)
        thread.start()
        for _ in range(warm_up(len(payload))):
            pull.recv()
        total = 0
        for _ in range(count):
            total += pull.recv()[-1]
        end = now()
        thread.join()
        expect(total, count)
        return between(start, end)


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
        start = now()
        total = ask(count)
        end = now()
        thread.join()
        expect(total, count)
        return between(start, end)


# With asyncio, both sides are coroutines of one event loop, as in a program.


async def pair_async(context, endpoint, payload, count):
    with context.socket(zmq.PAIR) as sender, context.socket(zmq.PAIR) as receiver:
        sender.bind(endpoint)
        receiver.connect(endpoint)

        async def exchange(times):
            total = 0
            for _ in range(times):
                await sender.send(payload)
                total += (await receiver.recv())[-1]
            return total

        await exchange(warm_up(len(payload)))
        start = now()
        total = await exchange(count)
        end = now()
        expect(total, count)
        return between(start, end)


async def throughput_async(context, endpoint, payload, count):
    with context.socket(zmq.PULL) as pull, context.socket(zmq.PUSH) as push:
        pull.bind(endpoint)
        push.connect(pull.last_endpoint)

        async def send():
            for _ in range(warm_up(len(payload))):
                await push.send(payload)
            start = now()
            for _ in range(count):
                await push.send(payload)
            return start

        sender = asyncio.ensure_future(send())
        for _ in range(warm_up(len(payload))):
            await pull.recv()
        total = 0
        for _ in range(count):
            total += (await pull.recv())[-1]
        end = now()
        expect(total, count)
        return between(await sender, end)


async def round_trip_async(context, endpoint, payload, count):
    with context.socket(zmq.REQ) as req, context.socket(zmq.REP) as rep:
        req.bind(endpoint)
        rep.connect(req.last_endpoint)

        async def serve():
            for _ in range(warm_up(len(payload)) + count):
                await rep.send(await rep.recv())

        async def ask(times):
            total = 0
            for _ in range(times):
                await req.send(payload)
                total += (await req.recv())[-1]
            return total

        server = asyncio.ensure_future(serve())
        await ask(warm_up(len(payload)))
        start = now()
        total = await ask(count)
        end = now()
        await server
        expect(total, count)
        return between(start, end)


WORKLOADS = {
    "pair": (pair, pair_async),
    "throughput": (throughput, throughput_async),
    "roundtrip": (round_trip, round_trip_async),
}


def main():
    can_pin = hasattr(os, "sched_getaffinity")
    cores = os.sched_getaffinity(0) if can_pin else set()
    print(f"pyzmq {zmq.__version__} (libzmq {zmq.zmq_version()})", "send and recv", "asyncio", sep="\t", flush=True)
    for line in sys.stdin:
        way, workload, transport, size, pinned, count = line.split()
        if can_pin:
            os.sched_setaffinity(0, {max(cores)} if pinned == "1" else cores)
        work = WORKLOADS[workload][int(way)]
        is_async = asyncio.iscoroutinefunction(work)
        context = zmq.asyncio.Context() if is_async else zmq.Context()
        try:
            times = work(context, ENDPOINTS[transport], b"\x01" * int(size), int(count))
            wall, cpu = asyncio.run(times) if is_async else times
            answer = f"{wall} {cpu}"
        except (RuntimeError, zmq.ZMQError) as error:
            answer = repr(error)
        context.term()
        print(answer, flush=True)


if __name__ == "__main__":
    main()
