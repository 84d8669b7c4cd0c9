#ifndef WARRAQ_SHINGLING_H
#define WARRAQ_SHINGLING_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What a folding table says of a unit that stands between words, of one that vanishes, and of the first half of a
/// surrogate pair that is a sign and no letter.
enum {
  WARRAQ_BETWEEN_WORDS = 0,
  WARRAQ_VANISHES = 0xFFFF,
  WARRAQ_SIGN_PAIR = 0xD83C,
};

/// Cuts UTF-16 text into folded words.
///
/// `table` has 65,536 entries: what each unit becomes, or one of the above. Writes the words' folded units to `folded`,
/// a blank behind each word, and a 64-bit hash of each word to `words`; `folded` has room for `count + 1` units, `words` for
/// `count / 2 + 1` hashes. Returns the number of words and sets `folded_count`.
size_t warraq_fold_words(const uint16_t *units, size_t count, const uint16_t *table, uint16_t *folded,
                         size_t *folded_count, uint64_t *words);

/// MinHash (Broder 1997) of the shingles of `width` neighbouring words; of all words together where there are fewer.
///
/// Function i maps a shingle's 32-bit hash x to `multipliers[i] * x + offsets[i]` modulo 2^32, a permutation of the
/// hashes for odd multipliers (linear permutations: Broder, Charikar, Frieze and Mitzenmacher 2000). `functions` is a
/// multiple of 8, `minima` has room for as many. With no word every minimum is UINT32_MAX.
void warraq_min_hash(const uint64_t *words, size_t count, size_t width, const uint32_t *multipliers,
                     const uint32_t *offsets, size_t functions, uint32_t *minima);

/// Sorts records of `width` words each (1, 2, 3 or 6) by their words, the first one first.
void warraq_sort_records(uint64_t *records, size_t count, size_t width);

#ifdef __cplusplus
}
#endif

#endif
