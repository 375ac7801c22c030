#include "internal.h"

typedef struct server server;
struct server {
  baseline_sockets *sockets;
  size_t size;
  int64_t count;
  void (*serve)(void *socket, size_t size, int64_t count);
};

static void run(void *argument) {
  server *self = argument;
  void *rep = baseline_open(self->sockets->context, ZMQ_REP);
  CHECK(zmq_connect(rep, self->sockets->endpoint));
  self->serve(rep, self->size, self->count);
  CHECK(zmq_close(rep));
}

static void serve_messages(void *socket, size_t size, int64_t count) {
  (void)size;
  zmq_msg_t message;
  zmq_msg_init(&message);
  for (int64_t i = 0; i < count; i++) {
    receive(&message, socket);
    CHECK(zmq_msg_send(&message, socket, 0));
  }
}

static void serve_buffers(void *socket, size_t size, int64_t count) {
  char *buffer = baseline_payload(size);
  for (int64_t i = 0; i < count; i++) {
    int length = CHECK(zmq_recv(socket, buffer, size, 0));
    CHECK(zmq_send(socket, buffer, (size_t)length, 0));
  }
  free(buffer);
}

static int64_t ask_messages(void *socket, const char *payload, size_t size, int64_t count) {
  int64_t sum = 0;
  zmq_msg_t reply;
  zmq_msg_init(&reply);
  for (int64_t i = 0; i < count; i++) {
    send_copy(socket, payload, size);
    sum += last_byte(&reply, receive(&reply, socket));
  }
  zmq_msg_close(&reply);
  return sum;
}

static int64_t ask_buffers(void *socket, const char *payload, size_t size, int64_t count) {
  int64_t sum = 0;
  char *reply = baseline_payload(size);
  for (int64_t i = 0; i < count; i++) {
    CHECK(zmq_send(socket, payload, size, 0));
    int length = CHECK(zmq_recv(socket, reply, size, 0));
    sum += reply[length - 1];
  }
  free(reply);
  return sum;
}

static baseline_time measure(
    const char *endpoint, size_t size, int64_t count, void (*serve)(void *, size_t, int64_t),
    int64_t (*ask)(void *, const char *, size_t, int64_t)) {
  baseline_sockets sockets = baseline_make(ZMQ_REQ, endpoint);
  char *payload = baseline_payload(size);
  server server = {.sockets = &sockets, .size = size, .count = baseline_warm_up(size) + count, .serve = serve};
  baseline_thread *thread = baseline_thread_start(run, &server);
  ask(sockets.first, payload, size, baseline_warm_up(size));
  baseline_time start = baseline_now();
  int64_t sum = ask(sockets.first, payload, size, count);
  baseline_time time = baseline_since(start);
  baseline_expect(sum, count);
  baseline_thread_join(thread);
  baseline_destroy(&sockets);
  free(payload);
  return time;
}

baseline_time baseline_roundtrip_message(const char *endpoint, size_t size, int64_t count) {
  return measure(endpoint, size, count, serve_messages, ask_messages);
}

baseline_time baseline_roundtrip_buffer(const char *endpoint, size_t size, int64_t count) {
  return measure(endpoint, size, count, serve_buffers, ask_buffers);
}
