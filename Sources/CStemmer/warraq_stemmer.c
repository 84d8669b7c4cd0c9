#include "warraq_stemmer.h"

#include <libstemmer.h>
#include <stdlib.h>

struct warraq_stemmer {
  struct sb_stemmer *snowball;
  uint8_t *bytes;
  int32_t capacity;
};

warraq_stemmer *warraq_stemmer_open(void) {
  struct sb_stemmer *snowball = sb_stemmer_new("arabic", "UTF_8");
  if (snowball == NULL) return NULL;
  warraq_stemmer *stemmer = calloc(1, sizeof *stemmer);
  if (stemmer == NULL) {
    sb_stemmer_delete(snowball);
    return NULL;
  }
  stemmer->snowball = snowball;
  return stemmer;
}

void warraq_stemmer_close(warraq_stemmer *stemmer) {
  if (stemmer == NULL) return;
  sb_stemmer_delete(stemmer->snowball);
  free(stemmer->bytes);
  free(stemmer);
}

/* A lone surrogate becomes U+FFFD. */
static int32_t to_utf8(const uint16_t *word, int32_t length, uint8_t *out) {
  int32_t count = 0;
  for (int32_t i = 0; i < length; i++) {
    uint32_t c = word[i];
    if ((c & 0xf800) == 0xd800) {
      int is_pair = c < 0xdc00 && i + 1 < length && (word[i + 1] & 0xfc00) == 0xdc00;
      c = is_pair ? 0x10000 + ((c & 0x3ff) << 10) + (word[i + 1] & 0x3ff) : 0xfffd;
      i += is_pair;
    }
    if (c < 0x80) {
      out[count++] = (uint8_t)c;
      continue;
    }
    if (c < 0x800) {
      out[count++] = (uint8_t)(0xc0 | c >> 6);
    } else {
      if (c < 0x10000) {
        out[count++] = (uint8_t)(0xe0 | c >> 12);
      } else {
        out[count++] = (uint8_t)(0xf0 | c >> 18);
        out[count++] = (uint8_t)(0x80 | (c >> 12 & 0x3f));
      }
      out[count++] = (uint8_t)(0x80 | (c >> 6 & 0x3f));
    }
    out[count++] = (uint8_t)(0x80 | (c & 0x3f));
  }
  return count;
}

/* `bytes` are well-formed: Snowball cuts and adds whole characters. */
static int32_t to_utf16(const uint8_t *bytes, int32_t length, uint16_t *out, int32_t capacity) {
  int32_t count = 0;
  for (int32_t i = 0; i < length && count < capacity;) {
    uint32_t c = bytes[i++];
    int more = c < 0x80 ? 0 : c < 0xe0 ? 1 : c < 0xf0 ? 2 : 3;
    if (more > 0) c &= 0x3fu >> more;
    for (; more > 0 && i < length; more--) c = c << 6 | (bytes[i++] & 0x3f);
    if (c >= 0x10000) {
      if (count + 2 > capacity) break;
      out[count++] = (uint16_t)(0xd7c0 + (c >> 10));
      c = 0xdc00 | (c & 0x3ff);
    }
    out[count++] = (uint16_t)c;
  }
  return count;
}

int32_t warraq_stemmer_stem(warraq_stemmer *stemmer, const uint16_t *word, int32_t length, uint16_t *out,
                            int32_t capacity) {
  if (length > INT32_MAX / 4) return 0;
  if (stemmer->capacity < length * 3) {
    uint8_t *larger = realloc(stemmer->bytes, (size_t)length * 3);
    if (larger == NULL) return 0;
    stemmer->bytes = larger;
    stemmer->capacity = length * 3;
  }
  int32_t byte_count = to_utf8(word, length, stemmer->bytes);
  const sb_symbol *stem = sb_stemmer_stem(stemmer->snowball, stemmer->bytes, byte_count);
  if (stem == NULL) return 0;
  return to_utf16(stem, sb_stemmer_length(stemmer->snowball), out, capacity);
}
