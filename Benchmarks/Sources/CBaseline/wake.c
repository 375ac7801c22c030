#define _GNU_SOURCE
#include "internal.h"
#include <errno.h>
#include <poll.h>
#include <unistd.h>
#if defined(__linux__)
#include <sys/epoll.h>
#endif

// The ways to wait for the sockets of one thread: `zmq_poll` over all, `poll` over their descriptors, and `epoll` over the same, which
// are added once. As an event loop has to with the last two, each socket is received from until there is nothing left: before that,
// libzmq does not make the descriptor readable again.
typedef enum { BY_ZMQ_POLL, BY_POLL, BY_EPOLL } wait_kind;

typedef struct {
  wait_kind kind;
  int number, epoll;
  zmq_pollitem_t *items;
  struct pollfd *descriptors;
} wait_set;

static int descriptor_of(void *socket) {
  int descriptor;
  size_t size = sizeof descriptor;
  CHECK(zmq_getsockopt(socket, ZMQ_FD, &descriptor, &size));
  return descriptor;
}

// The number of a socket that something has happened to.
static int next(wait_set *set) {
  if (set->kind == BY_ZMQ_POLL) {
    CHECK(zmq_poll(set->items, set->number, -1));
    for (int i = 0; i < set->number; i++) {
      if (set->items[i].revents & ZMQ_POLLIN) return i;
    }
  } else if (set->kind == BY_POLL) {
    CHECK(poll(set->descriptors, (nfds_t)set->number, -1));
    for (int i = 0; i < set->number; i++) {
      if (set->descriptors[i].revents & POLLIN) return i;
    }
  } else {
#if defined(__linux__)
    struct epoll_event event;
    CHECK(epoll_wait(set->epoll, &event, 1, -1));
    return (int)event.data.u32;
#endif
  }
  return -1;
}

// Receives from a socket, once it has been told of.
static void receive_from(wait_set *set, int awaited, zmq_msg_t *message, size_t size) {
  void *socket = set->items[awaited].socket;
  int received;
  do {
    baseline_expect(next(set), awaited);
    received = zmq_msg_recv(message, socket, ZMQ_DONTWAIT);
  } while (received < 0 && zmq_errno() == EAGAIN);
  baseline_expect(CHECK(received), (int64_t)size);
}

static void expect_nothing(wait_set *set, int index, zmq_msg_t *message) {
  if (set->kind != BY_ZMQ_POLL) baseline_expect(zmq_msg_recv(message, set->items[index].socket, ZMQ_DONTWAIT), -1);
}

static int64_t exchange(wait_set *set, const char *payload, size_t size, int64_t count) {
  void *first = set->items[0].socket, *second = set->items[1].socket;
  zmq_msg_t message;
  zmq_msg_init(&message);
  for (int64_t i = 0; i < count; i++) {
    send_copy(first, payload, size);
    expect_nothing(set, 0, &message);
    receive_from(set, 1, &message, size);
    CHECK(zmq_msg_send(&message, second, 0));
    expect_nothing(set, 1, &message);
    receive_from(set, 0, &message, size);
  }
  zmq_msg_close(&message);
  return count;
}

static baseline_time wake(wait_kind kind, const char *endpoint, size_t size, int64_t count) {
  int number = (int)size + 2;
  wait_set set = {.kind = kind, .number = number, .epoll = -1};
  baseline_sockets sockets = {.context = zmq_ctx_new()};
  if (sockets.context == NULL) baseline_fail("zmq_ctx_new");
  CHECK(zmq_ctx_set(sockets.context, ZMQ_MAX_SOCKETS, number + 8));
  sockets.first = baseline_open(sockets.context, ZMQ_PAIR);
  sockets.second = baseline_open(sockets.context, ZMQ_PAIR);
  CHECK(zmq_bind(sockets.first, endpoint));
  CHECK(zmq_connect(sockets.second, endpoint));
  set.items = calloc((size_t)number, sizeof *set.items);
  set.descriptors = calloc((size_t)number, sizeof *set.descriptors);
  if (set.items == NULL || set.descriptors == NULL) baseline_fail("calloc");
#if defined(__linux__)
  if (kind == BY_EPOLL) set.epoll = CHECK(epoll_create1(EPOLL_CLOEXEC));
#endif
  for (int i = 0; i < number; i++) {
    void *socket = i == 0 ? sockets.first : i == 1 ? sockets.second : baseline_open(sockets.context, ZMQ_PULL);
    set.items[i] = (zmq_pollitem_t){.socket = socket, .events = ZMQ_POLLIN};
    set.descriptors[i] = (struct pollfd){.fd = descriptor_of(socket), .events = POLLIN};
#if defined(__linux__)
    struct epoll_event event = {.events = EPOLLIN | EPOLLET, .data.u32 = (uint32_t)i};
    if (kind == BY_EPOLL) CHECK(epoll_ctl(set.epoll, EPOLL_CTL_ADD, set.descriptors[i].fd, &event));
#endif
  }
  zmq_msg_t none;
  zmq_msg_init(&none);
  for (int i = 0; i < number; i++) expect_nothing(&set, i, &none);
  zmq_msg_close(&none);
  char *payload = baseline_payload(64);
  exchange(&set, payload, 64, 8);
  baseline_time start = baseline_now();
  int64_t sum = exchange(&set, payload, 64, count);
  baseline_time time = baseline_since(start);
  baseline_expect(sum, count);
  for (int i = 2; i < number; i++) CHECK(zmq_close(set.items[i].socket));
#if defined(__linux__)
  if (kind == BY_EPOLL) close(set.epoll);
#endif
  free(payload);
  free(set.descriptors);
  free(set.items);
  baseline_destroy(&sockets);
  return time;
}

baseline_time baseline_wake(const char *endpoint, size_t size, int64_t count) { return wake(BY_ZMQ_POLL, endpoint, size, count); }

baseline_time baseline_wake_poll(const char *endpoint, size_t size, int64_t count) { return wake(BY_POLL, endpoint, size, count); }

baseline_time baseline_wake_epoll(const char *endpoint, size_t size, int64_t count) {
#if defined(__linux__)
  return wake(BY_EPOLL, endpoint, size, count);
#else
  return wake(BY_POLL, endpoint, size, count);
#endif
}
