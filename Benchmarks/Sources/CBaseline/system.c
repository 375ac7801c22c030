#define _GNU_SOURCE
#include "CBaseline.h"
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#if defined(__linux__)
#include <sched.h>
#elif defined(__APPLE__)
#include <mach/mach.h>
#endif

static int64_t read_clock(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

baseline_time baseline_now(void) {
  return (baseline_time){read_clock(CLOCK_MONOTONIC), read_clock(CLOCK_PROCESS_CPUTIME_ID)};
}

struct baseline_thread {
  pthread_t thread;
  void (*body)(void *);
  void *argument;
};

static void *run(void *thread) {
  baseline_thread *self = thread;
  self->body(self->argument);
  return NULL;
}

baseline_thread *baseline_thread_start(void (*body)(void *), void *argument) {
  baseline_thread *made = malloc(sizeof *made);
  if (made == NULL) abort();
  made->body = body;
  made->argument = argument;
  if (pthread_create(&made->thread, NULL, run, made) != 0) {
    perror("pthread_create");
    exit(1);
  }
  return made;
}

void baseline_thread_join(baseline_thread *thread) {
  pthread_join(thread->thread, NULL);
  free(thread);
}

int64_t baseline_in_child(void (*body)(void *), void *argument) {
  fflush(stdout);
  pid_t child = fork();
  if (child == 0) {
    body(argument);
    _exit(0);
  }
  int status;
  if (child < 0 || waitpid(child, &status, 0) != child || status != 0) return -1;
  return child;
}

static char late[512];

// Only what a signal handler may do.
static void end(int signal) {
  (void)signal;
  (void)!write(STDERR_FILENO, late, strlen(late));
  _exit(124);
}

void baseline_deadline(unsigned seconds, const char *what) {
  alarm(0);
  snprintf(late, sizeof late, "\nnot finished after %u s: %s\n", seconds, what);
  signal(SIGALRM, end);
  alarm(seconds);
}

int baseline_pin(int to_one_core) {
#if defined(__linux__)
  static cpu_set_t all;
  static int is_known = 0;
  if (!is_known) {
    if (sched_getaffinity(0, sizeof all, &all) != 0) return -1;
    is_known = 1;
  }
  if (!to_one_core) return sched_setaffinity(0, sizeof all, &all);
  int last = CPU_SETSIZE - 1;
  while (last > 0 && !CPU_ISSET(last, &all)) last--;
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(last, &one);
  return sched_setaffinity(0, sizeof one, &one);
#else
  return to_one_core ? -1 : 0;
#endif
}

int64_t baseline_raise_open_files(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
  rlim_t wanted = 12288;
  if (limit.rlim_cur < wanted) {
    limit.rlim_cur = limit.rlim_max < wanted ? limit.rlim_max : wanted;
    setrlimit(RLIMIT_NOFILE, &limit);
    getrlimit(RLIMIT_NOFILE, &limit);
  }
  return limit.rlim_cur > INT32_MAX ? INT32_MAX : (int64_t)limit.rlim_cur;
}

int64_t baseline_resident_bytes(void) {
#if defined(__linux__)
  long long total, resident = 0;
  FILE *file = fopen("/proc/self/statm", "r");
  if (file == NULL) return 0;
  if (fscanf(file, "%lld %lld", &total, &resident) != 2) resident = 0;
  fclose(file);
  return resident * sysconf(_SC_PAGESIZE);
#elif defined(__APPLE__)
  mach_task_basic_info_data_t info;
  mach_msg_type_number_t count = MACH_TASK_BASIC_INFO_COUNT;
  if (task_info(mach_task_self(), MACH_TASK_BASIC_INFO, (task_info_t)&info, &count) != KERN_SUCCESS) return 0;
  return (int64_t)info.resident_size;
#else
  return 0;
#endif
}
