#include "internal.h"

typedef struct sender sender;
struct sender {
  baseline_sockets *sockets;
  const char *payload;
  size_t size;
  int64_t count;
  baseline_time start;
  void (*send)(const sender *sender, void *socket, int64_t count);
};

static void run(void *argument) {
  sender *self = argument;
  void *push = baseline_open(self->sockets->context, ZMQ_PUSH);
  CHECK(zmq_connect(push, self->sockets->endpoint));
  self->send(self, push, baseline_warm_up(self->size));
  self->start = baseline_now();
  self->send(self, push, self->count);
  CHECK(zmq_close(push));
}

static void send_messages(const sender *sender, void *socket, int64_t count) {
  for (int64_t i = 0; i < count; i++) send_copy(socket, sender->payload, sender->size);
}

static void send_buffers(const sender *sender, void *socket, int64_t count) {
  for (int64_t i = 0; i < count; i++) CHECK(zmq_send(socket, sender->payload, sender->size, 0));
}

static void keep(void *data, void *hint) {
  (void)data;
  (void)hint;
}

static void send_adopted(const sender *sender, void *socket, int64_t count) {
  for (int64_t i = 0; i < count; i++) {
    zmq_msg_t message;
    CHECK(zmq_msg_init_data(&message, (void *)sender->payload, sender->size, keep, NULL));
    CHECK(zmq_msg_send(&message, socket, 0));
  }
}

static int64_t receive_messages(void *socket, size_t size, int64_t count) {
  (void)size;
  int64_t sum = 0;
  zmq_msg_t received;
  zmq_msg_init(&received);
  for (int64_t i = 0; i < count; i++) sum += last_byte(&received, receive(&received, socket));
  zmq_msg_close(&received);
  return sum;
}

static int64_t receive_buffers(void *socket, size_t size, int64_t count) {
  int64_t sum = 0;
  char *received = baseline_payload(size);
  for (int64_t i = 0; i < count; i++) {
    int length = CHECK(zmq_recv(socket, received, size, 0));
    sum += received[length - 1];
  }
  free(received);
  return sum;
}

// The clock runs from the sender's first message to the receiver's last, so that no message waits in a queue when it starts.
static baseline_time measure(
    const char *endpoint, size_t size, int64_t count, void (*send)(const sender *, void *, int64_t),
    int64_t (*receive)(void *, size_t, int64_t)) {
  baseline_sockets sockets = baseline_make(ZMQ_PULL, endpoint);
  char *payload = baseline_payload(size);
  sender sender = {.sockets = &sockets, .payload = payload, .size = size, .count = count, .send = send};
  baseline_thread *thread = baseline_thread_start(run, &sender);
  receive(sockets.first, size, baseline_warm_up(size));
  int64_t sum = receive(sockets.first, size, count);
  baseline_time end = baseline_now();
  baseline_expect(sum, count);
  baseline_thread_join(thread);
  baseline_destroy(&sockets);
  free(payload);
  return baseline_between(sender.start, end);
}

baseline_time baseline_throughput_message(const char *endpoint, size_t size, int64_t count) {
  return measure(endpoint, size, count, send_messages, receive_messages);
}

baseline_time baseline_throughput_buffer(const char *endpoint, size_t size, int64_t count) {
  return measure(endpoint, size, count, send_buffers, receive_buffers);
}

baseline_time baseline_adopted_throughput(const char *endpoint, size_t size, int64_t count) {
  return measure(endpoint, size, count, send_adopted, receive_messages);
}
