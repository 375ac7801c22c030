#include "internal.h"
#include <stdio.h>

void baseline_fail(const char *call) {
  fprintf(stderr, "the C baseline failed: %s: %s\n", call, zmq_strerror(zmq_errno()));
  exit(1);
}

void baseline_expect(int64_t found, int64_t expected) {
  if (found == expected) return;
  fprintf(stderr, "the C baseline received %lld of %lld messages\n", (long long)found, (long long)expected);
  exit(1);
}

int64_t baseline_warm_up(size_t size) {
  if (size > 1 << 20) return 1;
  return size > 1 << 14 ? 16 : 64;
}

void *baseline_open(void *context, int type) {
  void *socket = zmq_socket(context, type);
  if (socket == NULL) baseline_fail("zmq_socket");
  return socket;
}

baseline_sockets baseline_make(int first, const char *endpoint) {
  baseline_sockets made = {.context = zmq_ctx_new()};
  if (made.context == NULL) baseline_fail("zmq_ctx_new");
  made.first = baseline_open(made.context, first);
  CHECK(zmq_bind(made.first, endpoint));
  size_t length = sizeof made.endpoint;
  CHECK(zmq_getsockopt(made.first, ZMQ_LAST_ENDPOINT, made.endpoint, &length));
  return made;
}

void baseline_connect_second(baseline_sockets *sockets, int second) {
  sockets->second = baseline_open(sockets->context, second);
  CHECK(zmq_connect(sockets->second, sockets->endpoint));
}

void baseline_destroy(baseline_sockets *sockets) {
  if (sockets->second != NULL) CHECK(zmq_close(sockets->second));
  CHECK(zmq_close(sockets->first));
  CHECK(zmq_ctx_term(sockets->context));
}

char *baseline_payload(size_t size) {
  char *payload = malloc(size);
  if (payload == NULL) baseline_fail("malloc");
  memset(payload, 1, size);
  return payload;
}
