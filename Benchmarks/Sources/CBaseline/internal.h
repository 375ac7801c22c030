#ifndef BASELINE_INTERNAL_H
#define BASELINE_INTERNAL_H

#include "CBaseline.h"
#include <stdlib.h>
#include <string.h>
#include <zmq.h>

// A call's result; where it is negative, the program ends with a message.
#define CHECK(call) baseline_checked(call, #call)
void baseline_fail(const char *call);

static inline int baseline_checked(int result, const char *call) {
  if (result < 0) baseline_fail(call);
  return result;
}

// Ends the program where what arrived is not what was sent.
void baseline_expect(int64_t found, int64_t expected);

// A context with two sockets, of which the first is bound and, in one-thread cases, the second connected.
typedef struct {
  void *context, *first, *second;
  char endpoint[256];
} baseline_sockets;

void *baseline_open(void *context, int type);
baseline_sockets baseline_make(int first, const char *endpoint);
void baseline_connect_second(baseline_sockets *sockets, int second);
void baseline_destroy(baseline_sockets *sockets);

static inline baseline_time baseline_since(baseline_time start) {
  return baseline_between(start, baseline_now());
}

// Bytes of which each is 1, so that the sum of one byte a message is the number of messages.
char *baseline_payload(size_t size);

static inline void send_copy(void *socket, const char *payload, size_t size) {
  zmq_msg_t message;
  CHECK(zmq_msg_init_size(&message, size));
  memcpy(zmq_msg_data(&message), payload, size);
  CHECK(zmq_msg_send(&message, socket, 0));
}

static inline int64_t last_byte(zmq_msg_t *message, int size) {
  return ((char *)zmq_msg_data(message))[size - 1];
}

static inline int receive(zmq_msg_t *message, void *socket) {
  return CHECK(zmq_msg_recv(message, socket, 0));
}

#endif
