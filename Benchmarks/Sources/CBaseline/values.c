#include "internal.h"
#include <stdio.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

static char *payload_of(size_t size, char byte) {
  char *payload = baseline_payload(size);
  memset(payload, byte, size);
  return payload;
}

static zmq_msg_t message_of(size_t size, char byte) {
  char *payload = payload_of(size, byte);
  zmq_msg_t message;
  CHECK(zmq_msg_init_size(&message, size));
  memcpy(zmq_msg_data(&message), payload, size);
  free(payload);
  return message;
}

baseline_time baseline_read(const char *endpoint, size_t size, int64_t count) {
  (void)endpoint;
  zmq_msg_t message = message_of(size, 1);
  baseline_time start = baseline_now();
  int64_t sum = 0;
  for (int64_t i = 0; i < count; i++) {
    const unsigned char *bytes = zmq_msg_data(&message);
    size_t length = zmq_msg_size(&message);
    for (size_t at = 0; at < length; at++) sum += bytes[at];
  }
  baseline_time time = baseline_since(start);
  baseline_expect(sum, count * (int64_t)size);
  zmq_msg_close(&message);
  return time;
}

baseline_time baseline_describe(const char *endpoint, size_t size, int64_t count) {
  (void)endpoint;
  zmq_msg_t message = message_of(size, 'x');
  char *text = malloc(size + 1);
  baseline_time start = baseline_now();
  int64_t sum = 0;
  for (int64_t i = 0; i < count; i++) {
    int length = CHECK(snprintf(text, size + 1, "%.*s", (int)zmq_msg_size(&message), (const char *)zmq_msg_data(&message)));
    sum += text[length - 1] == 'x';
  }
  baseline_time time = baseline_since(start);
  baseline_expect(sum, count);
  free(text);
  zmq_msg_close(&message);
  return time;
}

typedef struct {
  size_t size;
  int64_t count;
} copying;

static void copy(void *argument) {
  const copying *self = argument;
  zmq_msg_t message = message_of(self->size, 1);
  int64_t sum = 0;
  for (int64_t i = 0; i < self->count; i++) {
    zmq_msg_t second;
    zmq_msg_init(&second);
    CHECK(zmq_msg_copy(&second, &message));
    sum += (int64_t)zmq_msg_size(&second);
    zmq_msg_close(&second);
  }
  baseline_expect(sum, self->count * (int64_t)self->size);
  zmq_msg_close(&message);
}

static baseline_time copies(size_t number, size_t size, int64_t count) {
  copying copying = {size, count};
  baseline_thread *threads[2];
  baseline_time start = baseline_now();
  for (size_t i = 0; i < number; i++) threads[i] = baseline_thread_start(copy, &copying);
  for (size_t i = 0; i < number; i++) baseline_thread_join(threads[i]);
  baseline_time time = baseline_since(start);
  time.cpu /= (int64_t)number;
  return time;
}

baseline_time baseline_copies_one(const char *endpoint, size_t size, int64_t count) {
  (void)endpoint;
  return copies(1, size, count);
}

baseline_time baseline_copies_two(const char *endpoint, size_t size, int64_t count) {
  (void)endpoint;
  return copies(2, size, count);
}

int64_t baseline_kept_bytes(size_t size, int64_t count) {
  baseline_sockets sockets = baseline_make(ZMQ_PAIR, "inproc://kept");
  baseline_connect_second(&sockets, ZMQ_PAIR);
  char *payload = baseline_payload(size);
  zmq_msg_t **kept = malloc((size_t)count * sizeof *kept);
  int64_t before = 0;
  // The first messages are for what the sockets keep.
  for (int64_t i = 0; i < count; i++) {
    if (i == count / 2) before = baseline_heap_bytes();
    send_copy(sockets.first, payload, size);
    kept[i] = malloc(sizeof **kept);
    zmq_msg_init(kept[i]);
    receive(kept[i], sockets.second);
  }
  int64_t bytes = (baseline_heap_bytes() - before) / (count - count / 2);
  for (int64_t i = 0; i < count; i++) {
    zmq_msg_close(kept[i]);
    free(kept[i]);
  }
  free(kept);
  free(payload);
  baseline_destroy(&sockets);
  return bytes;
}

int64_t baseline_socket_bytes(int64_t count) {
  void *context = zmq_ctx_new();
  if (context == NULL) baseline_fail("zmq_ctx_new");
  CHECK(zmq_ctx_set(context, ZMQ_MAX_SOCKETS, (int)count + 8));
  void **sockets = malloc((size_t)count * sizeof *sockets);
  int64_t before = 0;
  // The first half is for what the context keeps.
  for (int64_t i = 0; i < count; i++) {
    if (i == count / 2) before = baseline_heap_bytes();
    sockets[i] = baseline_open(context, ZMQ_PULL);
  }
  int64_t bytes = (baseline_heap_bytes() - before) / (count - count / 2);
  for (int64_t i = 0; i < count; i++) CHECK(zmq_close(sockets[i]));
  CHECK(zmq_ctx_term(context));
  free(sockets);
  return bytes;
}

int64_t baseline_heap_bytes(void) {
#ifdef __GLIBC__
  struct mallinfo2 info = mallinfo2();
  return (int64_t)(info.uordblks + info.hblkhd);
#else
  return 0;
#endif
}
