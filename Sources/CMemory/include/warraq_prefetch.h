#ifndef WARRAQ_PREFETCH_H
#define WARRAQ_PREFETCH_H

// Asks the processor to bring what is at an address closer, without waiting for it; any address will do. A load
// would hold up what follows once a branch behind it has been guessed wrong; this does not.
static inline void warraq_prefetch(const void *address) { __builtin_prefetch(address); }

#endif
