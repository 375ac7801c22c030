#ifndef CZEROMQ_SHIM_H
#define CZEROMQ_SHIM_H

// The one place for the platform: libzmq, the system headers that the library uses, and functions for the differences between
// glibc, musl and Darwin. Swift code imports `CZeroMQ` alone, never `Glibc`, `Musl` or `Darwin`.

#if defined(_WIN32) || defined(__ANDROID__)
#error "swift-zeromq supports Linux (glibc and musl) and macOS; it has not been ported to Windows and Android"
#endif

#if !__has_include(<zmq.h>)
#error "libzmq is missing: install libzmq3-dev (Debian, Ubuntu), zeromq-devel (Fedora) or zeromq (Homebrew), 4.3.3 or newer"
#endif

#include <zmq.h>

// libzmq: 4.3.2 and older abort when an XSUB sends a message that is no subscription, and lack `ZMQ_PROTOCOL_ERROR_WS_UNSPECIFIED`.
#if ZMQ_VERSION < ZMQ_MAKE_VERSION(4, 3, 3)
#error "this libzmq is too old: swift-zeromq needs 4.3.3 or newer"
#endif

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

#if defined(__linux__)
#include <sys/epoll.h>
#include <sys/eventfd.h>
#elif defined(__APPLE__)
#include <sys/event.h>
#endif

// C declares that `errno` stays at one address and that `pthread_self` returns one value, so that an optimizer may reuse them after a
// task has been resumed on another thread. The functions around them are therefore never inlined.
#define SHIM_NOT_INLINED __attribute__((noinline, unused)) static

// A macro in C; Darwin's own module makes a Swift variable of it, as this does elsewhere.
#if !defined(__APPLE__)
SHIM_NOT_INLINED int shim_errno(void) __attribute__((swift_name("getter:errno()")));
SHIM_NOT_INLINED void shim_set_errno(int code) __attribute__((swift_name("setter:errno(_:)")));
SHIM_NOT_INLINED int shim_errno(void) { return errno; }
SHIM_NOT_INLINED void shim_set_errno(int code) { errno = code; }
#endif

/// The calling thread as an integer, which is never zero.
SHIM_NOT_INLINED uintptr_t shim_current_thread(void) { return (uintptr_t)pthread_self(); }

// The runtime's functions behind `Task.isCancelled`, which also retains and releases the task.
__attribute__((swiftcall)) extern void *swift_task_getCurrent(void);
__attribute__((swiftcall)) extern bool swift_task_isCancelled(void *task);

/// Whether the current task is cancelled; only for asynchronous functions, which always run in one.
static inline bool shim_is_current_task_cancelled(void) { return swift_task_isCancelled(swift_task_getCurrent()); }

/// `open`, which Swift does not import since its arguments vary.
static inline int shim_open(const char *path, int flags, mode_t mode) { return open(path, flags, mode); }

/// Sets a descriptor's flags; `fcntl` is not imported either.
static inline int shim_set_descriptor_flags(int descriptor, int flags) { return fcntl(descriptor, F_SETFD, flags); }

/// Sets the flags of a descriptor's open file, `O_NONBLOCK` among them.
static inline int shim_set_file_flags(int descriptor, int flags) { return fcntl(descriptor, F_SETFL, flags); }

/// Opens a pipe, whose ends are closed on exec and do not block: first the one to read from, then the one to write to.
///
/// On Linux, a child process that another thread starts meanwhile does not get them.
static inline int shim_pipe(int ends[2]) {
#if defined(__linux__)
  return pipe2(ends, O_CLOEXEC | O_NONBLOCK);
#else
  if (pipe(ends) != 0) return -1;
  for (int end = 0; end < 2; end++) {
    shim_set_descriptor_flags(ends[end], FD_CLOEXEC);
    shim_set_file_flags(ends[end], O_NONBLOCK);
  }
  return 0;
#endif
}

/// Sets what a signal does; the member for the handler has another name in each C library.
static inline int shim_set_signal_handler(int signal, void (*handler)(int), int flags) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  action.sa_flags = flags;
  return sigaction(signal, &action, NULL);
}

/// Starts a detached thread, in which all signals are blocked.
///
/// Returns 0, or the number of the error.
static inline int shim_start_detached_thread(void *(*body)(void *), void *argument) {
  sigset_t all, previous;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &previous);
  pthread_t thread;
  int result = pthread_create(&thread, NULL, body, argument);
  pthread_sigmask(SIG_SETMASK, &previous, NULL);
  if (result == 0) pthread_detach(thread);
  return result;
}

/// Returns whether the process can open so many descriptors; if not, `errno` says why.
static inline bool shim_can_open_descriptors(int count) {
  if (count <= 0) return true;
  int descriptor = socket(AF_UNIX, SOCK_STREAM, 0);
  if (descriptor < 0) return false;
  shim_set_descriptor_flags(descriptor, FD_CLOEXEC);
  bool result = shim_can_open_descriptors(count - 1);
  int code = errno;
  close(descriptor);
  errno = code;
  return result;
}

/// How the threads of a context are to be scheduled, with -1 for the system's own policy or priority.
struct shim_scheduling {
  int policy;
  int priority;
};

/// Applies it to the calling thread as libzmq does (4.3.4; thread.cpp), which ends the process where this returns an error.
static void *shim_apply_scheduling(void *argument) {
  const struct shim_scheduling *scheduling = (const struct shim_scheduling *)argument;
  int policy;
  struct sched_param parameters;
  int result = pthread_getschedparam(pthread_self(), &policy, &parameters);
  if (result != 0) return (void *)(intptr_t)result;
  if (scheduling->policy >= 0) policy = scheduling->policy;
  bool is_nice = policy != SCHED_FIFO && policy != SCHED_RR;
  if (scheduling->priority >= 0) parameters.sched_priority = is_nice ? 0 : scheduling->priority;
  result = pthread_setschedparam(pthread_self(), policy, &parameters);
  if (result == 0 && is_nice && scheduling->priority >= 0 && nice(-20) == -1) result = errno ? errno : EPERM;
  return (void *)(intptr_t)result;
}

/// Asks the system, on a thread of its own, whether threads may be scheduled so.
///
/// Returns 0, or the number of the error.
static inline int shim_check_scheduling(struct shim_scheduling scheduling) {
  pthread_t thread;
  void *result;
  int error = pthread_create(&thread, NULL, shim_apply_scheduling, &scheduling);
  if (error != 0) return error;
  pthread_join(thread, &result);
  return (int)(intptr_t)result;
}

static inline bool shim_is_regular_file(const struct stat *status) { return S_ISREG(status->st_mode); }

/// The time at which a file's contents were last changed.
static inline struct timespec shim_modification_time(const struct stat *status) {
#if defined(__APPLE__)
  return status->st_mtimespec;
#else
  return status->st_mtim;
#endif
}

/// The time at which a file's contents, owner or permissions were last changed.
static inline struct timespec shim_change_time(const struct stat *status) {
#if defined(__APPLE__)
  return status->st_ctimespec;
#else
  return status->st_ctim;
#endif
}

/// Overwrites bytes with zero, in a way that no optimizer leaves out.
static inline void shim_wipe(void *bytes, size_t count) {
  memset(bytes, 0, count);
  __asm__ __volatile__("" : : "r"(bytes) : "memory");
}

// A set of descriptors that one thread waits for, and that any thread changes: epoll, or kqueue. Each is added with a context, which
// is returned when it is ready: once each time that it becomes ready, or as long as it is. Negative results are errors, by errno.

#if defined(__linux__)

static inline int shim_poll_set_create(void) { return epoll_create1(EPOLL_CLOEXEC); }

static inline int shim_poll_set_add(int set, int descriptor, int events, bool is_edge_triggered, void *context) {
  struct epoll_event event = {.data.ptr = context, .events = is_edge_triggered ? EPOLLET : 0};
  if (events & POLLIN) event.events |= EPOLLIN;
  if (events & POLLOUT) event.events |= EPOLLOUT;
  if (events & POLLPRI) event.events |= EPOLLPRI;
  return epoll_ctl(set, EPOLL_CTL_ADD, descriptor, &event);
}

static inline void shim_poll_set_remove(int set, int descriptor) {
  struct epoll_event unused;
  epoll_ctl(set, EPOLL_CTL_DEL, descriptor, &unused);
}

static inline int shim_poll_set_wait(int set, void **contexts, int capacity, int milliseconds) {
  struct epoll_event events[64];
  int count = epoll_wait(set, events, capacity < 64 ? capacity : 64, milliseconds);
  for (int i = 0; i < count; i++) contexts[i] = events[i].data.ptr;
  return count;
}

#elif defined(__APPLE__)

static inline int shim_poll_set_create(void) {
  int set = kqueue();
  if (set >= 0) fcntl(set, F_SETFD, FD_CLOEXEC);
  return set;
}

static inline int shim_poll_set_add(int set, int descriptor, int events, bool is_edge_triggered, void *context) {
  struct kevent changes[3];
  int flags = EV_ADD | (is_edge_triggered ? EV_CLEAR : 0), count = 0;
  if (events & POLLIN) EV_SET(&changes[count++], descriptor, EVFILT_READ, flags, 0, 0, context);
  if (events & POLLOUT) EV_SET(&changes[count++], descriptor, EVFILT_WRITE, flags, 0, 0, context);
#if defined(EVFILT_EXCEPT) && defined(NOTE_OOB)
  if (events & POLLPRI) EV_SET(&changes[count++], descriptor, EVFILT_EXCEPT, flags, NOTE_OOB, 0, context);
#endif
  return kevent(set, changes, count, NULL, 0, NULL);
}

static inline void shim_poll_set_remove(int set, int descriptor) {
  struct kevent change;
  EV_SET(&change, descriptor, EVFILT_READ, EV_DELETE, 0, 0, NULL);
  kevent(set, &change, 1, NULL, 0, NULL);
}

static inline int shim_poll_set_wait(int set, void **contexts, int capacity, int milliseconds) {
  struct kevent events[64];
  struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000L};
  int count = kevent(set, NULL, 0, events, capacity < 64 ? capacity : 64, milliseconds < 0 ? NULL : &time);
  for (int i = 0; i < count; i++) contexts[i] = (void *)events[i].udata;
  return count;
}

#endif

#endif
