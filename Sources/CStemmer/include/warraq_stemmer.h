#ifndef WARRAQ_STEMMER_H
#define WARRAQ_STEMMER_H

#include <stdint.h>

typedef struct warraq_stemmer warraq_stemmer;

// Snowball's Arabic stemmer, or NULL when there is no memory or the library lacks it.
warraq_stemmer *warraq_stemmer_open(void);
void warraq_stemmer_close(warraq_stemmer *stemmer);

// The stem of a UTF-8 word; valid until the next call. Its length in bytes goes to *stem_length.
const uint8_t *warraq_stemmer_stem(warraq_stemmer *stemmer, const uint8_t *word, int32_t length,
                                   int32_t *stem_length);

#endif
