#include "internal.h"

typedef int64_t exchange(baseline_sockets sockets, const char *payload, size_t size, int64_t count);

static baseline_time measure(const char *endpoint, size_t size, int64_t count, exchange *exchange) {
  baseline_sockets sockets = baseline_make(ZMQ_PAIR, endpoint);
  baseline_connect_second(&sockets, ZMQ_PAIR);
  char *payload = baseline_payload(size);
  exchange(sockets, payload, size, baseline_warm_up(size));
  baseline_time start = baseline_now();
  int64_t sum = exchange(sockets, payload, size, count);
  baseline_time time = baseline_since(start);
  baseline_expect(sum, count);
  baseline_destroy(&sockets);
  free(payload);
  return time;
}

static int64_t reused(baseline_sockets sockets, const char *payload, size_t size, int64_t count) {
  int64_t sum = 0;
  zmq_msg_t message, received;
  zmq_msg_init(&received);
  for (int64_t i = 0; i < count; i++) {
    CHECK(zmq_msg_init_size(&message, size));
    memcpy(zmq_msg_data(&message), payload, size);
    CHECK(zmq_msg_send(&message, sockets.first, 0));
    sum += last_byte(&received, receive(&received, sockets.second));
  }
  zmq_msg_close(&received);
  return sum;
}

static int64_t fresh(baseline_sockets sockets, const char *payload, size_t size, int64_t count) {
  int64_t sum = 0;
  for (int64_t i = 0; i < count; i++) {
    send_copy(sockets.first, payload, size);
    zmq_msg_t received;
    zmq_msg_init(&received);
    sum += last_byte(&received, receive(&received, sockets.second));
    zmq_msg_close(&received);
  }
  return sum;
}

static int64_t buffer(baseline_sockets sockets, const char *payload, size_t size, int64_t count) {
  int64_t sum = 0;
  char *received = baseline_payload(size);
  for (int64_t i = 0; i < count; i++) {
    CHECK(zmq_send(sockets.first, payload, size, 0));
    int length = CHECK(zmq_recv(sockets.second, received, size, 0));
    sum += received[length - 1];
  }
  free(received);
  return sum;
}

baseline_time baseline_pair_reused(const char *endpoint, size_t size, int64_t count) {
  return measure(endpoint, size, count, reused);
}

baseline_time baseline_pair_fresh(const char *endpoint, size_t size, int64_t count) {
  return measure(endpoint, size, count, fresh);
}

baseline_time baseline_pair_buffer(const char *endpoint, size_t size, int64_t count) {
  return measure(endpoint, size, count, buffer);
}

static void keep(void *data, void *hint) {
  (void)data;
  (void)hint;
}

static int64_t adopted(baseline_sockets sockets, const char *payload, size_t size, int64_t count) {
  int64_t sum = 0;
  zmq_msg_t message, received;
  zmq_msg_init(&received);
  for (int64_t i = 0; i < count; i++) {
    CHECK(zmq_msg_init_data(&message, (void *)payload, size, keep, NULL));
    CHECK(zmq_msg_send(&message, sockets.first, 0));
    sum += last_byte(&received, receive(&received, sockets.second));
  }
  zmq_msg_close(&received);
  return sum;
}

baseline_time baseline_adopted_pair(const char *endpoint, size_t size, int64_t count) {
  return measure(endpoint, size, count, adopted);
}
