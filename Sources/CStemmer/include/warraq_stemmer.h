#ifndef WARRAQ_STEMMER_H
#define WARRAQ_STEMMER_H

#include <stdint.h>

typedef struct warraq_stemmer warraq_stemmer;

// Snowball's Arabic stemmer, or NULL when there is no memory or the library lacks it.
warraq_stemmer *warraq_stemmer_open(void);
void warraq_stemmer_close(warraq_stemmer *stemmer);

// Writes the stem of a word of `length` UTF-16 units to `out` and returns its length in units, at most
// `capacity`; 0 when there is none. A ligature becomes two letters, so a stem may be twice as long as its word.
int32_t warraq_stemmer_stem(warraq_stemmer *stemmer, const uint16_t *word, int32_t length, uint16_t *out,
                            int32_t capacity);

#endif
