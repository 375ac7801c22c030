#include "internal.h"

static int64_t poll_all(zmq_pollitem_t *items, int number, int64_t count) {
  int64_t ready = 0;
  for (int64_t i = 0; i < count; i++) {
    CHECK(zmq_poll(items, number, -1));
    for (int j = 0; j < number; j++) ready += (items[j].revents & ZMQ_POLLIN) != 0 && j == number - 1;
  }
  return ready;
}

baseline_time baseline_poll(const char *endpoint, size_t size, int64_t count) {
  int number = (int)size;
  baseline_sockets sockets = baseline_make(ZMQ_PULL, endpoint);
  baseline_connect_second(&sockets, ZMQ_PUSH);
  zmq_pollitem_t *items = calloc(size, sizeof *items);
  if (items == NULL) baseline_fail("calloc");
  for (int i = 0; i < number; i++) {
    items[i].socket = i == number - 1 ? sockets.first : baseline_open(sockets.context, ZMQ_PULL);
    items[i].events = ZMQ_POLLIN;
  }
  CHECK(zmq_send(sockets.second, "ready", 5, 0));
  poll_all(items, number, 8);
  baseline_time start = baseline_now();
  int64_t ready = poll_all(items, number, count);
  baseline_time time = baseline_since(start);
  baseline_expect(ready, count);
  for (int i = 0; i < number - 1; i++) CHECK(zmq_close(items[i].socket));
  free(items);
  char buffer[5];
  CHECK(zmq_recv(sockets.first, buffer, sizeof buffer, 0));
  baseline_destroy(&sockets);
  return time;
}
