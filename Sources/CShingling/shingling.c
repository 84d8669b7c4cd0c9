#include "warraq_shingling.h"

#include <stdbool.h>

// Spreads every bit over all others (the finalizer of SplitMix64; Steele, Lea and Flood 2014).
static inline uint64_t mix(uint64_t value) {
  value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9u;
  value = (value ^ (value >> 27)) * 0x94D049BB133111EBu;
  return value ^ (value >> 31);
}

size_t warraq_fold_words(const uint16_t *units, size_t count, const uint16_t *table, uint16_t *folded,
                         size_t *folded_count, uint64_t *words) {
  const uint64_t start = 0xCBF29CE484222325u;
  size_t written = 0, found = 0;
  uint64_t hash = start;
  bool is_inside = false;
  for (size_t at = 0; at <= count; at++) {
    const uint16_t unit = at < count ? table[units[at]] : WARRAQ_BETWEEN_WORDS;
    if (unit == WARRAQ_VANISHES) continue;
    if (unit == WARRAQ_BETWEEN_WORDS || unit == WARRAQ_SIGN_PAIR) {
      if (is_inside) {
        folded[written++] = 0x20;
        words[found++] = mix(hash);
        hash = start;
        is_inside = false;
      }
      if (unit == WARRAQ_SIGN_PAIR && at + 1 < count && units[at + 1] >> 10 == 0x37) at++;
      continue;
    }
    folded[written++] = unit;
    // FNV-1a's step, with a larger odd factor for 16-bit units.
    hash = (hash ^ unit) * 0x9E3779B97F4A7C15u;
    hash ^= hash >> 29;
    is_inside = true;
  }
  *folded_count = written;
  return found;
}

typedef uint32_t lanes __attribute__((ext_vector_type(8), aligned(4), may_alias));

// Four shingles at a time, so that minima and functions are loaded and stored once for all of them.
static inline __attribute__((always_inline)) void lower(const uint32_t hashes[4], const uint32_t *multipliers,
                                                        const uint32_t *offsets, size_t functions,
                                                        uint32_t *minima) {
  for (size_t i = 0; i < functions; i += 8) {
    const lanes a = *(const lanes *)(multipliers + i), b = *(const lanes *)(offsets + i);
    const lanes first = __builtin_elementwise_min(a * hashes[0] + b, a * hashes[1] + b);
    const lanes second = __builtin_elementwise_min(a * hashes[2] + b, a * hashes[3] + b);
    lanes *minimum = (lanes *)(minima + i);
    *minimum = __builtin_elementwise_min(*minimum, __builtin_elementwise_min(first, second));
  }
}

static inline __attribute__((always_inline)) void min_hash(const uint64_t *words, size_t count, size_t width,
                                                           const uint32_t *multipliers, const uint32_t *offsets,
                                                           size_t functions, uint32_t *minima) {
  for (size_t i = 0; i < functions; i++) minima[i] = UINT32_MAX;
  if (count == 0) return;
  if (width > count) width = count;
  // A polynomial of the words' hashes, rolled on word by word (Karp and Rabin 1987), odd factor.
  const uint64_t factor = 0xD1342543DE82EF95u;
  uint64_t power = 1, rolling = 0;
  for (size_t i = 0; i < width; i++) {
    power *= factor;
    rolling = rolling * factor + words[i];
  }
  uint32_t hashes[4];
  size_t waiting = 0;
  for (size_t end = width;; end++) {
    hashes[waiting++] = (uint32_t)(mix(rolling) >> 32);
    if (waiting == 4) {
      lower(hashes, multipliers, offsets, functions, minima);
      waiting = 0;
    }
    if (end == count) break;
    rolling = rolling * factor + words[end] - power * words[end - width];
  }
  if (waiting == 0) return;
  for (size_t i = waiting; i < 4; i++) hashes[i] = hashes[0];
  lower(hashes, multipliers, offsets, functions, minima);
}

#if defined(__x86_64__)
static bool has_wide_vectors;

__attribute__((constructor)) static void prepare_vectors(void) {
  __builtin_cpu_init();
  has_wide_vectors = __builtin_cpu_supports("avx2");
}

__attribute__((target("avx2"))) static void min_hash_wide(const uint64_t *words, size_t count, size_t width,
                                                          const uint32_t *multipliers, const uint32_t *offsets,
                                                          size_t functions, uint32_t *minima) {
  min_hash(words, count, width, multipliers, offsets, functions, minima);
}
#endif

void warraq_min_hash(const uint64_t *words, size_t count, size_t width, const uint32_t *multipliers,
                     const uint32_t *offsets, size_t functions, uint32_t *minima) {
#if defined(__x86_64__)
  if (has_wide_vectors) {
    min_hash_wide(words, count, width, multipliers, offsets, functions, minima);
    return;
  }
#endif
  min_hash(words, count, width, multipliers, offsets, functions, minima);
}
