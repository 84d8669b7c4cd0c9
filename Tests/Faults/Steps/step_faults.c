// Loaded into a run before the C library (LD_PRELOAD): counts the calls that touch files below one folder, and at one of
// them kills the process or lets the call fail, as a crash or a failing disk would at that very step.
//
//   FAULT_UNDER  the folder; calls on other files are passed on and not counted
//   FAULT_STEP   number of the call that goes wrong, from 1; 0 for none
//   FAULT_KIND   kill: dies before the call; half: dies when half of a write is done (other calls: after the call);
//                or a number: the call is not made and fails with this errno
//   FAULT_CALLS  names of the calls that count, with commas; all of them when it is not set
//   FAULT_LOG    a file that gets a line for each call: its name and path, "hit" before the one that goes wrong
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static char under[PATH_MAX];
static const char *calls;
static long step_at;
static int fault_errno;
static int is_half;
static int log_file = -1;
static atomic_long steps;

__attribute__((constructor)) static void begin(void) {
  const char *folder = getenv("FAULT_UNDER");
  if (!folder) return;
  snprintf(under, sizeof under, "%s", folder);
  calls = getenv("FAULT_CALLS");
  step_at = getenv("FAULT_STEP") ? atol(getenv("FAULT_STEP")) : 0;
  const char *kind = getenv("FAULT_KIND");
  is_half = kind && !strcmp(kind, "half");
  fault_errno = kind ? atoi(kind) : 0;
  const char *log = getenv("FAULT_LOG");
  if (log) log_file = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
}

static int is_under(const char *path) {
  size_t length = strlen(under);
  return length && path && !strncmp(path, under, length) && (path[length] == '/' || !path[length]);
}

static int counts(const char *call) {
  if (!calls) return 1;
  const char *found = strstr(calls, call);
  size_t length = strlen(call);
  return found && (found == calls || found[-1] == ',') && (!found[length] || found[length] == ',');
}

static void die(void) {
  syscall(SYS_kill, getpid(), SIGKILL);
  for (;;) pause();
}

enum verdict { PASS, FAIL, DIE_AFTER };

// Counts a call on a path; what is to become of it.
static enum verdict at_step(const char *call, const char *path) {
  if (!is_under(path) || !counts(call)) return PASS;
  long step = atomic_fetch_add(&steps, 1) + 1;
  if (log_file >= 0) {
    char line[PATH_MAX + 64];
    int length = snprintf(line, sizeof line, "%s%s %s\n", step == step_at ? "hit " : "", call, path);
    syscall(SYS_write, log_file, line, length);
  }
  if (step != step_at) return PASS;
  if (fault_errno) {
    errno = fault_errno;
    return FAIL;
  }
  if (is_half) return DIE_AFTER;
  die();
  return FAIL;
}

static const char *path_of(int descriptor, char *buffer) {
  if (!*under) return NULL;
  char name[64];
  snprintf(name, sizeof name, "/proc/self/fd/%d", descriptor);
  long length = syscall(SYS_readlinkat, AT_FDCWD, name, buffer, (size_t)PATH_MAX - 1);
  if (length < 0) return NULL;
  buffer[length] = 0;
  return buffer;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

#define GUARDED(call, path, expression, failure)      \
  do {                                                \
    int saved = errno;                                \
    enum verdict verdict = at_step(call, path);       \
    if (verdict == FAIL) return failure;              \
    errno = saved;                                    \
    __typeof__(expression) result = (expression);     \
    if (verdict == DIE_AFTER) die();                  \
    return result;                                    \
  } while (0)

static int open_mode(int flags, va_list list) { return flags & (O_CREAT | __O_TMPFILE) ? va_arg(list, int) : 0; }

int open(const char *path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  int mode = open_mode(flags, list);
  va_end(list);
  GUARDED("open", path, NEXT(open)(path, flags, mode), -1);
}

int open64(const char *path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  int mode = open_mode(flags, list);
  va_end(list);
  GUARDED("open", path, NEXT(open64)(path, flags, mode), -1);
}

FILE *fopen(const char *path, const char *mode) { GUARDED("open", path, NEXT(fopen)(path, mode), NULL); }
FILE *fopen64(const char *path, const char *mode) { GUARDED("open", path, NEXT(fopen64)(path, mode), NULL); }

ssize_t read(int file, void *bytes, size_t count) {
  char buffer[PATH_MAX];
  GUARDED("read", path_of(file, buffer), NEXT(read)(file, bytes, count), -1);
}

ssize_t pread(int file, void *bytes, size_t count, off_t at) {
  char buffer[PATH_MAX];
  GUARDED("read", path_of(file, buffer), NEXT(pread)(file, bytes, count, at), -1);
}

ssize_t pread64(int file, void *bytes, size_t count, off64_t at) {
  char buffer[PATH_MAX];
  GUARDED("read", path_of(file, buffer), NEXT(pread64)(file, bytes, count, at), -1);
}

ssize_t write(int file, const void *bytes, size_t count) {
  char buffer[PATH_MAX];
  int saved = errno;
  enum verdict verdict = at_step("write", path_of(file, buffer));
  if (verdict == FAIL) return -1;
  errno = saved;
  if (verdict == DIE_AFTER) {
    NEXT(write)(file, bytes, count / 2);
    die();
  }
  return NEXT(write)(file, bytes, count);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t at) {
  char buffer[PATH_MAX];
  GUARDED("write", path_of(file, buffer), NEXT(pwrite)(file, bytes, count, at), -1);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t at) {
  char buffer[PATH_MAX];
  GUARDED("write", path_of(file, buffer), NEXT(pwrite64)(file, bytes, count, at), -1);
}

int fsync(int file) {
  char buffer[PATH_MAX];
  GUARDED("fsync", path_of(file, buffer), NEXT(fsync)(file), -1);
}

int close(int file) {
  char buffer[PATH_MAX];
  const char *path = path_of(file, buffer);
  // A close that fails has closed nonetheless.
  int saved = errno;
  enum verdict verdict = at_step("close", path);
  if (verdict == FAIL) {
    int wanted = errno;
    NEXT(close)(file);
    errno = wanted;
    return -1;
  }
  errno = saved;
  int result = NEXT(close)(file);
  if (verdict == DIE_AFTER) die();
  return result;
}

int link(const char *from, const char *to) { GUARDED("link", to, NEXT(link)(from, to), -1); }
int rename(const char *from, const char *to) { GUARDED("rename", to, NEXT(rename)(from, to), -1); }
int unlink(const char *path) { GUARDED("unlink", path, NEXT(unlink)(path), -1); }
int rmdir(const char *path) { GUARDED("rmdir", path, NEXT(rmdir)(path), -1); }
int mkdir(const char *path, mode_t mode) { GUARDED("mkdir", path, NEXT(mkdir)(path, mode), -1); }
