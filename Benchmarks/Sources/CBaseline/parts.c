#include "internal.h"

// How a message of three frames is sent from three buffers.
typedef void send_parts(void *socket, const void *const data[3], const size_t sizes[3]);

static void send_messages(void *socket, const void *const data[3], const size_t sizes[3]) {
  for (int i = 0; i < 3; i++) {
    zmq_msg_t frame;
    CHECK(zmq_msg_init_size(&frame, sizes[i]));
    memcpy(zmq_msg_data(&frame), data[i], sizes[i]);
    CHECK(zmq_msg_send(&frame, socket, i < 2 ? ZMQ_SNDMORE : 0));
  }
}

static void send_buffers(void *socket, const void *const data[3], const size_t sizes[3]) {
  for (int i = 0; i < 3; i++) CHECK(zmq_send(socket, data[i], sizes[i], i < 2 ? ZMQ_SNDMORE : 0));
}

static int64_t exchange(baseline_sockets sockets, const char *payload, size_t size, int64_t count, send_parts *send) {
  const char id[5] = {0, 1, 2, 3, 4};
  const void *const data[3] = {id, "", payload};
  const size_t sizes[3] = {sizeof id, 0, size};
  int64_t sum = 0;
  zmq_msg_t received[3];
  for (int i = 0; i < 3; i++) zmq_msg_init(&received[i]);
  for (int64_t n = 0; n < count; n++) {
    send(sockets.first, data, sizes);
    int length = 0;
    for (int i = 0; i < 3; i++) length = receive(&received[i], sockets.second);
    sum += last_byte(&received[2], length);
  }
  for (int i = 0; i < 3; i++) zmq_msg_close(&received[i]);
  return sum;
}

static baseline_time measure(const char *endpoint, size_t size, int64_t count, send_parts *send) {
  baseline_sockets sockets = baseline_make(ZMQ_PAIR, endpoint);
  baseline_connect_second(&sockets, ZMQ_PAIR);
  char *payload = baseline_payload(size);
  exchange(sockets, payload, size, baseline_warm_up(size), send);
  baseline_time start = baseline_now();
  int64_t sum = exchange(sockets, payload, size, count, send);
  baseline_time time = baseline_since(start);
  baseline_expect(sum, count);
  baseline_destroy(&sockets);
  free(payload);
  return time;
}

baseline_time baseline_parts_message(const char *endpoint, size_t size, int64_t count) {
  return measure(endpoint, size, count, send_messages);
}

baseline_time baseline_parts_buffer(const char *endpoint, size_t size, int64_t count) {
  return measure(endpoint, size, count, send_buffers);
}
