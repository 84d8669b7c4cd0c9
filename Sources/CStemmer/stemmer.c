#include "warraq_stemmer.h"

#include <libstemmer.h>

warraq_stemmer *warraq_stemmer_open(void) {
  return (warraq_stemmer *)sb_stemmer_new("arabic", "UTF_8");
}

void warraq_stemmer_close(warraq_stemmer *stemmer) { sb_stemmer_delete((struct sb_stemmer *)stemmer); }

const uint8_t *warraq_stemmer_stem(warraq_stemmer *stemmer, const uint8_t *word, int32_t length,
                                   int32_t *stem_length) {
  const sb_symbol *stem = sb_stemmer_stem((struct sb_stemmer *)stemmer, word, length);
  *stem_length = stem ? sb_stemmer_length((struct sb_stemmer *)stemmer) : 0;
  return stem;
}
