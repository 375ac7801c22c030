#include "internal.h"

// How the router answers a message of three frames: its peer's routing ID, an empty frame, the body.
typedef void answer(void *router);

static void forward(void *router) {
  zmq_msg_t frames[3];
  for (int i = 0; i < 3; i++) {
    zmq_msg_init(&frames[i]);
    receive(&frames[i], router);
  }
  for (int i = 0; i < 3; i++) CHECK(zmq_msg_send(&frames[i], router, i < 2 ? ZMQ_SNDMORE : 0));
}

static void take_apart(void *router) {
  zmq_msg_t peer, delimiter, body;
  zmq_msg_init(&peer);
  zmq_msg_init(&delimiter);
  zmq_msg_init(&body);
  receive(&peer, router);
  receive(&delimiter, router);
  receive(&body, router);
  zmq_msg_close(&delimiter);
  CHECK(zmq_msg_send(&peer, router, ZMQ_SNDMORE));
  CHECK(zmq_send(router, "", 0, ZMQ_SNDMORE));
  CHECK(zmq_msg_send(&body, router, 0));
}

static void replace_body(void *router) {
  static const char body[64] = {[63] = 1};
  zmq_msg_t frames[3];
  for (int i = 0; i < 3; i++) {
    zmq_msg_init(&frames[i]);
    receive(&frames[i], router);
  }
  zmq_msg_close(&frames[2]);
  CHECK(zmq_msg_init_size(&frames[2], sizeof body));
  memcpy(zmq_msg_data(&frames[2]), body, sizeof body);
  for (int i = 0; i < 3; i++) CHECK(zmq_msg_send(&frames[i], router, i < 2 ? ZMQ_SNDMORE : 0));
}

static void copy(void *router) {
  char peer[255], delimiter[1], body[4096];
  int length = CHECK(zmq_recv(router, peer, sizeof peer, 0));
  CHECK(zmq_recv(router, delimiter, sizeof delimiter, 0));
  int size = CHECK(zmq_recv(router, body, sizeof body, 0));
  CHECK(zmq_send(router, peer, (size_t)length, ZMQ_SNDMORE));
  CHECK(zmq_send(router, "", 0, ZMQ_SNDMORE));
  CHECK(zmq_send(router, body, (size_t)size, 0));
}

static int64_t receive_message(void *dealer) {
  zmq_msg_t delimiter, body;
  zmq_msg_init(&delimiter);
  zmq_msg_init(&body);
  receive(&delimiter, dealer);
  int64_t byte = last_byte(&body, receive(&body, dealer));
  zmq_msg_close(&delimiter);
  zmq_msg_close(&body);
  return byte;
}

static int64_t receive_buffer(void *dealer) {
  char delimiter[1], body[4096];
  CHECK(zmq_recv(dealer, delimiter, sizeof delimiter, 0));
  int size = CHECK(zmq_recv(dealer, body, sizeof body, 0));
  return body[size - 1];
}

static int64_t exchange(
    baseline_sockets sockets, const char *payload, size_t size, int64_t count, answer *answer, int64_t (*receive)(void *)) {
  int64_t sum = 0;
  for (int64_t i = 0; i < count; i++) {
    CHECK(zmq_send(sockets.second, "", 0, ZMQ_SNDMORE));
    CHECK(zmq_send(sockets.second, payload, size, 0));
    answer(sockets.first);
    sum += receive(sockets.second);
  }
  return sum;
}

static baseline_time measure(const char *endpoint, size_t size, int64_t count, answer *answer, int64_t (*receive)(void *)) {
  baseline_sockets sockets = baseline_make(ZMQ_ROUTER, endpoint);
  baseline_connect_second(&sockets, ZMQ_DEALER);
  char *payload = baseline_payload(size);
  exchange(sockets, payload, size, baseline_warm_up(size), answer, receive);
  baseline_time start = baseline_now();
  int64_t sum = exchange(sockets, payload, size, count, answer, receive);
  baseline_time time = baseline_since(start);
  baseline_expect(sum, count);
  baseline_destroy(&sockets);
  free(payload);
  return time;
}

baseline_time baseline_envelope_forward(const char *endpoint, size_t size, int64_t count) {
  return measure(endpoint, size, count, forward, receive_message);
}

baseline_time baseline_envelope_apart(const char *endpoint, size_t size, int64_t count) {
  return measure(endpoint, size, count, take_apart, receive_message);
}

baseline_time baseline_envelope_buffer(const char *endpoint, size_t size, int64_t count) {
  return measure(endpoint, size, count, copy, receive_buffer);
}

baseline_time baseline_envelope_replace(const char *endpoint, size_t size, int64_t count) {
  return measure(endpoint, size, count, replace_body, receive_message);
}
