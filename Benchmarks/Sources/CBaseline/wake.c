#include "internal.h"

static void wait_for(zmq_pollitem_t *items, int number, int awaited) {
  int found = -1;
  CHECK(zmq_poll(items, number, -1));
  for (int i = 0; i < number; i++) {
    if (items[i].revents & ZMQ_POLLIN) found = i;
  }
  baseline_expect(found, awaited);
}

static int64_t exchange(zmq_pollitem_t *items, int number, int64_t count) {
  int64_t sum = 0;
  zmq_msg_t message;
  zmq_msg_init(&message);
  for (int64_t i = 0; i < count; i++) {
    send_copy(items[0].socket, "ready", 5);
    wait_for(items, number, 1);
    receive(&message, items[1].socket);
    CHECK(zmq_msg_send(&message, items[1].socket, 0));
    wait_for(items, number, 0);
    sum += receive(&message, items[0].socket) == 5;
  }
  zmq_msg_close(&message);
  return sum;
}

int64_t baseline_wake(const char *endpoint, size_t size, int64_t count) {
  int number = (int)size;
  baseline_sockets sockets = baseline_make(ZMQ_PAIR, endpoint);
  baseline_connect_second(&sockets, ZMQ_PAIR);
  zmq_pollitem_t *items = calloc(size, sizeof *items);
  if (items == NULL) baseline_fail("calloc");
  for (int i = 0; i < number; i++) {
    items[i].socket = i == 0 ? sockets.first : i == 1 ? sockets.second : baseline_open(sockets.context, ZMQ_PULL);
    items[i].events = ZMQ_POLLIN;
  }
  exchange(items, number, 8);
  int64_t start = baseline_now();
  int64_t sum = exchange(items, number, count);
  int64_t time = baseline_now() - start;
  baseline_expect(sum, count);
  for (int i = 2; i < number; i++) CHECK(zmq_close(items[i].socket));
  free(items);
  baseline_destroy(&sockets);
  return time;
}
