#include "warraq_threads.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

static void *wait_for_turn(void *gate) {
  pthread_mutex_lock(gate);
  pthread_mutex_unlock(gate);
  return NULL;
}

int warraq_threads_refused(int count) {
  pthread_t *threads = calloc(count > 0 ? (size_t)count : 1, sizeof *threads);
  if (!threads) return ENOMEM;
  pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
  // Held while they are started, so that they are there all at once.
  pthread_mutex_lock(&gate);
  int started = 0;
  int error = 0;
  while (started < count && !(error = pthread_create(&threads[started], NULL, wait_for_turn, &gate))) started++;
  pthread_mutex_unlock(&gate);
  for (int i = 0; i < started; i++) pthread_join(threads[i], NULL);
  free(threads);
  return error;
}
