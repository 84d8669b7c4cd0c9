#ifndef WARRAQ_MEMORY_H
#define WARRAQ_MEMORY_H

#include <stddef.h>

/// Has the allocator give blocks of at least `bytes` back to the system as soon as they are freed.
///
/// glibc raises that bound by itself up to 32 MiB as such blocks are freed, and from then on cuts batches, JSON
/// and frames out of one heap, which holes make larger and larger: by a tenth over 2 GB of input here. Does
/// nothing with other C libraries.
void warraq_memory_return_blocks_of(size_t bytes);

/// Has the allocator give back what is free in its heaps, holes included.
///
/// Small blocks of long-lived tables lie scattered, so that heaps creep up by a tenth over 2 GB of input. Does nothing
/// with other C libraries.
void warraq_memory_trim(void);

#endif
