#ifndef WARRAQ_TEXT_SCAN_H
#define WARRAQ_TEXT_SCAN_H

#include <stddef.h>
#include <stdint.h>

// Looks over UTF-16 text that every article gets, in C because its compiler makes vectors of such loops and
// Swift's does not (15 instructions a unit there, 2 here).

// Whether any unit is a surrogate.
int warraq_has_surrogate(const uint16_t *units, size_t count);

// How many units lie in the given range.
size_t warraq_count_in_range(const uint16_t *units, size_t count, uint16_t first, uint16_t last);

// Index of the first `unit` at or after `from`; `count` if there is none.
size_t warraq_find_unit(const uint16_t *units, size_t count, size_t from, uint16_t unit);

// Whether a unit is one of the letters of hamza to yeh, U+0621 to U+064A but for tatweel: nine in ten units of
// an Arabic article are one of these or U+0020.
static inline int warraq_is_plain_letter(uint16_t unit) {
  return (uint16_t)(unit - 0x0621) <= 0x064a - 0x0621 && unit != 0x0640;
}

// Fills `count / 64 + 1` words with a bit for each unit, lowest first: whether it is a plain letter, and whether
// it is neither that nor U+0020. Bits after the last unit are clear in `letters` and set in `others`.
void warraq_map_plain(const uint16_t *units, size_t count, uint64_t *letters, uint64_t *others);

// Index of the first set bit at or after `from`; one must be set there.
static inline size_t warraq_next_bit(const uint64_t *bits, size_t from) {
  size_t block = from >> 6;
  uint64_t rest = bits[block] & (~UINT64_C(0) << (from & 63));
  while (rest == 0) rest = bits[++block];
  return block * 64 + (size_t)__builtin_ctzll(rest);
}

// What a text holds, by the classes (sets of bits) of its units.
typedef struct {
  // Classes that occur, that neighbours share, of units that stand three times in a row.
  uint32_t present, adjacent, tripled;
  // Classes of units beside a unit of the class `beside`.
  uint32_t beside;
} warraq_findings;

// Looks over a text; `classes` has an entry for each of the 65,536 units, `beside` is a set of classes.
warraq_findings warraq_find_classes(const uint16_t *units, size_t count, const uint64_t *letters,
                                    const uint64_t *others, const uint32_t *classes, uint32_t beside);

#endif
