// Measures cppzmq for the runner: reads "WAY WORKLOAD TRANSPORT SIZE PINNED COUNT", answers with the nanoseconds
// of wall and processor time, a line each.
#include <cstring>
#include <ctime>
#include <iostream>
#include <string>
#include <thread>
#include <vector>
#include <zmq.hpp>
#if defined(__linux__)
#include <sched.h>
#endif

namespace {

// Nanoseconds of a clock that only goes forward, and of all processors that this process has had.
struct moment {
  long long wall, cpu;

  static moment now() { return {read(CLOCK_MONOTONIC), read(CLOCK_PROCESS_CPUTIME_ID)}; }

  moment operator-(const moment &start) const { return {wall - start.wall, cpu - start.cpu}; }

 private:
  static long long read(clockid_t clock) {
    timespec now;
    clock_gettime(clock, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
  }
};

std::string endpoint_of(const std::string &transport) {
  return transport == "tcp" ? "tcp://127.0.0.1:*" : "inproc://benchmark";
}

int warm_up(size_t size) {
  if (size > 1 << 20) return 1;
  return size > 1 << 14 ? 16 : 64;
}

void send_copy(zmq::socket_t &socket, const std::vector<char> &payload) {
  zmq::message_t message(payload.size());
  std::memcpy(message.data(), payload.data(), payload.size());
  socket.send(message, zmq::send_flags::none);
}

long receive(zmq::socket_t &socket) {
  zmq::message_t message;
  if (!socket.recv(message, zmq::recv_flags::none)) throw std::runtime_error("nothing was received");
  return static_cast<char *>(message.data())[message.size() - 1];
}

void expect(long found, long expected) {
  if (found != expected) throw std::runtime_error("received " + std::to_string(found) + " of " + std::to_string(expected));
}

moment pair(const std::string &endpoint, const std::vector<char> &payload, long count) {
  zmq::context_t context;
  zmq::socket_t sender(context, zmq::socket_type::pair), receiver(context, zmq::socket_type::pair);
  sender.bind(endpoint);
  receiver.connect(endpoint);
  auto exchange = [&](long times) {
    long sum = 0;
    for (long i = 0; i < times; i++) {
      send_copy(sender, payload);
      sum += receive(receiver);
    }
    return sum;
  };
  exchange(warm_up(payload.size()));
  auto start = moment::now();
  long sum = exchange(count);
  auto time = moment::now() - start;
  expect(sum, count);
  return time;
}

moment throughput(const std::string &endpoint, const std::vector<char> &payload, long count) {
  zmq::context_t context;
  zmq::socket_t pull(context, zmq::socket_type::pull);
  pull.bind(endpoint);
  const std::string bound = pull.get(zmq::sockopt::last_endpoint);
  moment start;
  std::thread thread([&] {
    zmq::socket_t push(context, zmq::socket_type::push);
    push.connect(bound);
    for (int i = 0; i < warm_up(payload.size()); i++) send_copy(push, payload);
    start = moment::now();
    for (long i = 0; i < count; i++) send_copy(push, payload);
  });
  for (int i = 0; i < warm_up(payload.size()); i++) receive(pull);
  long sum = 0;
  for (long i = 0; i < count; i++) sum += receive(pull);
  auto end = moment::now();
  thread.join();
  expect(sum, count);
  return end - start;
}

moment round_trip(const std::string &endpoint, const std::vector<char> &payload, long count) {
  zmq::context_t context;
  zmq::socket_t req(context, zmq::socket_type::req);
  req.bind(endpoint);
  const std::string bound = req.get(zmq::sockopt::last_endpoint);
  const long warm = warm_up(payload.size());
  std::thread server([&] {
    zmq::socket_t rep(context, zmq::socket_type::rep);
    rep.connect(bound);
    for (long i = 0; i < warm + count; i++) {
      zmq::message_t message;
      if (!rep.recv(message, zmq::recv_flags::none)) throw std::runtime_error("nothing was received");
      rep.send(message, zmq::send_flags::none);
    }
  });
  auto ask = [&](long times) {
    long sum = 0;
    for (long i = 0; i < times; i++) {
      send_copy(req, payload);
      sum += receive(req);
    }
    return sum;
  };
  ask(warm);
  auto start = moment::now();
  long sum = ask(count);
  auto time = moment::now() - start;
  server.join();
  expect(sum, count);
  return time;
}

void pin(bool to_one_core) {
#if defined(__linux__)
  static const cpu_set_t all = [] {
    cpu_set_t set;
    sched_getaffinity(0, sizeof set, &set);
    return set;
  }();
  cpu_set_t chosen = all;
  if (to_one_core) {
    int last = CPU_SETSIZE - 1;
    while (last > 0 && !CPU_ISSET(last, &all)) last--;
    CPU_ZERO(&chosen);
    CPU_SET(last, &chosen);
  }
  sched_setaffinity(0, sizeof chosen, &chosen);
#else
  (void)to_one_core;
#endif
}

}  // namespace

int main() {
  std::cout << "cppzmq " << CPPZMQ_VERSION_MAJOR << '.' << CPPZMQ_VERSION_MINOR << '.' << CPPZMQ_VERSION_PATCH << "\tmessage_t"
            << std::endl;
  std::string way, workload, transport;
  size_t size;
  bool pinned;
  long count;
  while (std::cin >> way >> workload >> transport >> size >> pinned >> count) {
    pin(pinned);
    const std::vector<char> payload(size, 1);
    try {
      auto run = workload == "pair" ? pair : workload == "throughput" ? throughput : round_trip;
      const moment time = run(endpoint_of(transport), payload, count);
      std::cout << time.wall << ' ' << time.cpu << std::endl;
    } catch (const std::exception &error) {
      std::cout << error.what() << std::endl;
    }
  }
}
