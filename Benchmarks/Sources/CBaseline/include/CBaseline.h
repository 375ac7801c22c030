// What every figure is divided by: the workloads in C, and what the runner needs from the system.
#ifndef CBASELINE_H
#define CBASELINE_H

#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

// Nanoseconds of a clock that only goes forward, and of all processors that this process has had.
typedef struct {
  int64_t wall, cpu;
} baseline_time;

// A case: does its work `count` times and returns the time that took, set-up and warm-up left out. A failed call of libzmq ends the
// program with a message. `endpoint` is what to bind to; `size` is that of the payload, the number of sockets for polling, or that of
// the sockets that wait beside two others.
typedef baseline_time baseline_case(const char *endpoint, size_t size, int64_t count);

// 1: one thread, a PAIR sends and another receives.
baseline_case baseline_pair_reused, baseline_pair_fresh, baseline_pair_buffer;
// 2: PUSH to PULL between two threads.
baseline_case baseline_throughput_message, baseline_throughput_buffer;
// 3: REQ and REP in two threads.
baseline_case baseline_roundtrip_message, baseline_roundtrip_buffer;
// 4: DEALER and ROUTER in one thread; the router sends back what it received as it is, or what it took apart.
baseline_case baseline_envelope_forward, baseline_envelope_apart, baseline_envelope_buffer;
// 4: the router replaces the body.
baseline_case baseline_envelope_replace;
// 4: three frames from three buffers.
baseline_case baseline_parts_message, baseline_parts_buffer;
// 5: one PUB, eight SUBs, one thread.
baseline_case baseline_fanout_message, baseline_fanout_buffer;
// 6: zmq_poll over sockets of which the last is ready.
baseline_case baseline_poll;
// 11: two PAIRs send each other a message in turn; each time all sockets are waited for: with zmq_poll, with poll over their
// descriptors, and with epoll over the same.
baseline_case baseline_wake, baseline_wake_poll, baseline_wake_epoll;
// 7: buffers that libzmq sends from without copying; the copied ones are those of 1 and 2.
baseline_case baseline_adopted_pair, baseline_adopted_throughput;
// 8: a message's bytes added up one by one, and made a text.
baseline_case baseline_read, baseline_describe;
// 9: one thread copies a message, or each of two its own; the time of the processors is that for one thread.
baseline_case baseline_copies_one, baseline_copies_two;
// 10: four PUSH, a proxy and a PULL; the time is that in which the proxy runs.
baseline_case baseline_proxy, baseline_proxy_frames, baseline_proxy_capture;

// How many times a case does its work before the clock starts.
int64_t baseline_warm_up(size_t size);

baseline_time baseline_now(void);

static inline baseline_time baseline_between(baseline_time start, baseline_time end) {
  return (baseline_time){end.wall - start.wall, end.cpu - start.cpu};
}

// Runs a function on a thread of its own; `baseline_thread_join` waits for its end.
typedef struct baseline_thread baseline_thread;
baseline_thread *baseline_thread_start(void (*body)(void *), void *argument);
void baseline_thread_join(baseline_thread *thread);

// Ends the program with a message that has `what` in it, unless called again within some seconds; 0 ends the wait.
void baseline_deadline(unsigned seconds, const char *what);

// Lets this thread and those that it starts run on one core alone, or on all that it could run on at first. 0 where that works.
int baseline_pin(int to_one_core);

// Raises the limit of open files as far as allowed, and returns it.
int64_t baseline_raise_open_files(void);

// Runs a function in a child process, which starts with the memory that this one has, and waits for its end. Returns the child's
// number, or -1 where it failed.
int64_t baseline_in_child(void (*body)(void *), void *argument);

// The bytes of heap that one message takes which was received over inproc and is kept.
int64_t baseline_kept_bytes(size_t size, int64_t count);

// The bytes of heap that one PULL takes.
int64_t baseline_socket_bytes(int64_t count);

// The bytes that are allocated on the heap; 0 where the system does not say.
int64_t baseline_heap_bytes(void);

// The memory of the process that is in RAM, in bytes; 0 where the system does not say.
int64_t baseline_resident_bytes(void);

#pragma clang assume_nonnull end
#endif
