#include "warraq_memory.h"

#if defined(__GLIBC__) || defined(__linux__)
#include <malloc.h>
#endif

void warraq_memory_trim(void) {
#ifdef __GLIBC__
  malloc_trim(0);
#endif
}

void warraq_memory_return_blocks_of(size_t bytes) {
#ifdef M_MMAP_THRESHOLD
  mallopt(M_MMAP_THRESHOLD, (int)bytes);
#else
  (void)bytes;
#endif
}
