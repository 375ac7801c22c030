#include "internal.h"
#include <stdio.h>

// What a proxy's thread and the sender's thread are given.
typedef struct {
  void *frontend, *backend, *capture;
  baseline_time time;
} forwarder;

typedef struct {
  void *context;
  const char *endpoint;
  size_t size;
  int64_t count;
  int frames;
} sender;

enum { sources = 4 };

static void forward(void *argument) {
  forwarder *self = argument;
  baseline_time start = baseline_now();
  zmq_proxy(self->frontend, self->backend, self->capture);
  self->time = baseline_since(start);
}

static void send_all(void *argument) {
  sender *self = argument;
  void *sockets[sources];
  for (int i = 0; i < sources; i++) {
    sockets[i] = baseline_open(self->context, ZMQ_PUSH);
    CHECK(zmq_connect(sockets[i], self->endpoint));
  }
  char *payload = baseline_payload(self->size);
  for (int64_t i = 0; i < self->count; i++) {
    void *socket = sockets[i % sources];
    for (int frame = 1; frame <= self->frames; frame++)
      CHECK(zmq_send(socket, payload, self->size, frame < self->frames ? ZMQ_SNDMORE : 0));
  }
  for (int i = 0; i < sources; i++) CHECK(zmq_close(sockets[i]));
  free(payload);
}

static void *bind_next(void *context, int type, const char *endpoint, char found[256]) {
  static int number = 0;
  char name[256];
  snprintf(name, sizeof name, "%s%d", endpoint, number++);
  void *socket = baseline_open(context, type);
  CHECK(zmq_bind(socket, strncmp(endpoint, "inproc", 6) == 0 ? name : endpoint));
  size_t length = 256;
  CHECK(zmq_getsockopt(socket, ZMQ_LAST_ENDPOINT, found, &length));
  return socket;
}

static void receive_frames(void *socket, int frames) {
  zmq_msg_t message;
  zmq_msg_init(&message);
  for (int frame = 0; frame < frames; frame++) receive(&message, socket);
  zmq_msg_close(&message);
}

static baseline_time measure(const char *endpoint, size_t size, int64_t count, int frames, int captures) {
  char front[256], back[256], copies[256];
  void *context = zmq_ctx_new();
  if (context == NULL) baseline_fail("zmq_ctx_new");
  forwarder proxy = {
    .frontend = bind_next(context, ZMQ_PULL, endpoint, front),
    .backend = bind_next(context, ZMQ_PUSH, endpoint, back),
    .capture = captures ? bind_next(context, ZMQ_PUSH, endpoint, copies) : NULL,
  };
  void *receiver = baseline_open(context, ZMQ_PULL), *watcher = baseline_open(context, ZMQ_PULL);
  CHECK(zmq_connect(receiver, back));
  if (captures) CHECK(zmq_connect(watcher, copies));
  baseline_thread *forwarding = baseline_thread_start(forward, &proxy);
  sender work = {context, front, size, count, frames};
  baseline_thread *sending = baseline_thread_start(send_all, &work);
  for (int64_t i = 0; i < count; i++) {
    receive_frames(receiver, frames);
    if (captures) receive_frames(watcher, frames);
  }
  baseline_thread_join(sending);
  CHECK(zmq_ctx_shutdown(context));
  baseline_thread_join(forwarding);
  CHECK(zmq_close(receiver));
  CHECK(zmq_close(watcher));
  CHECK(zmq_close(proxy.frontend));
  CHECK(zmq_close(proxy.backend));
  if (captures) CHECK(zmq_close(proxy.capture));
  CHECK(zmq_ctx_term(context));
  return proxy.time;
}

baseline_time baseline_proxy(const char *endpoint, size_t size, int64_t count) { return measure(endpoint, size, count, 1, 0); }

baseline_time baseline_proxy_frames(const char *endpoint, size_t size, int64_t count) { return measure(endpoint, size, count, 3, 0); }

baseline_time baseline_proxy_capture(const char *endpoint, size_t size, int64_t count) { return measure(endpoint, size, count, 1, 1); }
