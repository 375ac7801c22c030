#include "internal.h"
#include <stdio.h>

enum { subscriber_count = 8 };

typedef struct {
  baseline_sockets sockets;
  void *subscribers[subscriber_count];
  const char *payload;
  size_t size;
} fanout;

// Publishes until a message reaches every subscriber; each takes its own at once, so that none is left.
static void wait_for_subscriptions(fanout *fanout) {
  char buffer[1];
  int64_t deadline = baseline_now().wall + 5000000000;
  int reached = 0;
  while (reached < subscriber_count) {
    if (baseline_now().wall > deadline) {
      fprintf(stderr, "the C baseline's subscriptions did not reach the publisher\n");
      exit(1);
    }
    CHECK(zmq_send(fanout->sockets.first, "", 0, 0));
    reached = 0;
    for (int i = 0; i < subscriber_count; i++) reached += zmq_recv(fanout->subscribers[i], buffer, 1, ZMQ_DONTWAIT) >= 0;
  }
}

static int64_t exchange_messages(fanout *fanout, int64_t count) {
  int64_t sum = 0;
  zmq_msg_t received;
  zmq_msg_init(&received);
  for (int64_t i = 0; i < count; i++) {
    send_copy(fanout->sockets.first, fanout->payload, fanout->size);
    for (int j = 0; j < subscriber_count; j++) sum += last_byte(&received, receive(&received, fanout->subscribers[j]));
  }
  zmq_msg_close(&received);
  return sum;
}

static int64_t exchange_buffers(fanout *fanout, int64_t count) {
  int64_t sum = 0;
  char *received = baseline_payload(fanout->size);
  for (int64_t i = 0; i < count; i++) {
    CHECK(zmq_send(fanout->sockets.first, fanout->payload, fanout->size, 0));
    for (int j = 0; j < subscriber_count; j++) {
      int length = CHECK(zmq_recv(fanout->subscribers[j], received, fanout->size, 0));
      sum += received[length - 1];
    }
  }
  free(received);
  return sum;
}

static baseline_time measure(const char *endpoint, size_t size, int64_t count, int64_t (*exchange)(fanout *, int64_t)) {
  char *payload = baseline_payload(size);
  fanout fanout = {.sockets = baseline_make(ZMQ_PUB, endpoint), .payload = payload, .size = size};
  // libzmq: a sender that never receives looks only every three million cycles at what its peers have read, and a PUB drops what
  // is above the high-water mark by then; so there is none: without
  // one on either side, an inproc connection has none.
  const int unlimited = 0;
  for (int i = 0; i < subscriber_count; i++) {
    fanout.subscribers[i] = baseline_open(fanout.sockets.context, ZMQ_SUB);
    CHECK(zmq_setsockopt(fanout.subscribers[i], ZMQ_RCVHWM, &unlimited, sizeof unlimited));
    CHECK(zmq_setsockopt(fanout.subscribers[i], ZMQ_SUBSCRIBE, "", 0));
    CHECK(zmq_connect(fanout.subscribers[i], fanout.sockets.endpoint));
  }
  wait_for_subscriptions(&fanout);
  exchange(&fanout, baseline_warm_up(size));
  baseline_time start = baseline_now();
  int64_t sum = exchange(&fanout, count);
  baseline_time time = baseline_since(start);
  baseline_expect(sum, subscriber_count * count);
  for (int i = 0; i < subscriber_count; i++) CHECK(zmq_close(fanout.subscribers[i]));
  baseline_destroy(&fanout.sockets);
  free(payload);
  return time;
}

baseline_time baseline_fanout_message(const char *endpoint, size_t size, int64_t count) {
  return measure(endpoint, size, count, exchange_messages);
}

baseline_time baseline_fanout_buffer(const char *endpoint, size_t size, int64_t count) {
  return measure(endpoint, size, count, exchange_buffers);
}
