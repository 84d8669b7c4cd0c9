#include <string.h>

#include "warraq_text_scan.h"

/* Vectors of 128 bits, which every machine we run on has: clang makes SSE2 or NEON of them. */
typedef uint16_t units8 __attribute__((ext_vector_type(8)));
typedef uint8_t bytes16 __attribute__((ext_vector_type(16)));
typedef _Bool bits16 __attribute__((ext_vector_type(16)));

static inline units8 load(const uint16_t *units) {
  units8 loaded;
  memcpy(&loaded, units, sizeof loaded);
  return loaded;
}

/* One bit for each of 16 units, from two comparisons. */
static inline uint64_t bits_of(units8 low, units8 high) {
  typedef uint8_t bytes8 __attribute__((ext_vector_type(8)));
  bytes8 first = __builtin_convertvector(low, bytes8), second = __builtin_convertvector(high, bytes8);
  bytes16 both = __builtin_shufflevector(first, second, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  bits16 set = __builtin_convertvector(both, bits16);
  uint16_t bits;
  memcpy(&bits, &set, sizeof bits);
  return bits;
}

static inline units8 are_letters(units8 units) {
  return (units8)((units8)(units - (uint16_t)0x0621) <= (uint16_t)(0x064a - 0x0621)) &
         (units8)(units != (uint16_t)0x0640);
}

static inline units8 are_blanks(units8 units) { return (units8)(units == (uint16_t)0x20); }

static inline void map_block(const uint16_t *units, uint64_t *letters, uint64_t *others) {
  uint64_t letter_bits = 0, blank_bits = 0;
  for (int i = 0; i < 64; i += 16) {
    units8 low = load(units + i), high = load(units + i + 8);
    letter_bits |= bits_of(are_letters(low), are_letters(high)) << i;
    blank_bits |= bits_of(are_blanks(low), are_blanks(high)) << i;
  }
  *letters = letter_bits;
  *others = ~(letter_bits | blank_bits);
}

void warraq_map_plain(const uint16_t *units, size_t count, uint64_t *letters, uint64_t *others) {
  size_t block = 0;
  for (; (block + 1) * 64 <= count; block++) map_block(units + block * 64, letters + block, others + block);
  /* Zeros are neither letters nor blanks. */
  uint16_t rest[64] = {0};
  memcpy(rest, units + block * 64, (count - block * 64) * sizeof *units);
  map_block(rest, letters + block, others + block);
}

size_t warraq_find_unit(const uint16_t *units, size_t count, size_t from, uint16_t unit) {
  size_t at = from;
  for (; at + 16 <= count; at += 16) {
    units8 low = (units8)(load(units + at) == unit), high = (units8)(load(units + at + 8) == unit);
    uint64_t found = bits_of(low, high);
    if (found != 0) return at + (size_t)__builtin_ctzll(found);
  }
  while (at < count && units[at] != unit) at++;
  return at;
}

static inline units8 repeats(const uint16_t *units) {
  units8 own = load(units);
  return (units8)(own == load(units - 1)) & (units8)(own == load(units - 2));
}

/* Whether any of the units from `at`, which is 2 at least, to `end` is equal to the two before it. */
static inline int has_triple(const uint16_t *units, size_t at, size_t end) {
  if (end < at + 8) {
    for (; at < end; at++) {
      if (units[at] == units[at - 1] && units[at] == units[at - 2]) return 1;
    }
    return 0;
  }
  units8 found = repeats(units + end - 8);
  for (; at + 8 < end; at += 8) found |= repeats(units + at);
  uint64_t halves[2];
  memcpy(halves, &found, sizeof halves);
  return (halves[0] | halves[1]) != 0;
}

warraq_findings warraq_find_classes(const uint16_t *units, size_t count, const uint64_t *letters,
                                    const uint64_t *others, const uint32_t *classes, uint32_t beside) {
  /* All plain letters have the same classes. */
  const uint32_t letter = classes[0x0628], blank = classes[0x20];
  uint32_t present = 0, adjacent = 0, tripled = 0, near = 0;
  uint64_t has_letter = 0, has_blank = 0, has_two_letters = 0, has_two_blanks = 0;
  uint64_t letter_before = 0, blank_before = 0;
  for (size_t start = 0; start < count; start += 64) {
    const uint64_t letter_bits = letters[start >> 6], other_bits = others[start >> 6];
    const uint64_t blank_bits = ~(letter_bits | other_bits);
    has_letter |= letter_bits;
    has_blank |= blank_bits;
    has_two_letters |= letter_bits & (letter_bits << 1 | letter_before);
    has_two_blanks |= blank_bits & (blank_bits << 1 | blank_before);
    letter_before = letter_bits >> 63;
    blank_before = blank_bits >> 63;
    size_t end = count - start < 64 ? count : start + 64;
    for (uint64_t rest = other_bits; rest != 0; rest &= rest - 1) {
      size_t at = start + (size_t)__builtin_ctzll(rest);
      if (at >= end) break;
      uint32_t own = classes[units[at]];
      uint32_t neighbours = (at > 0 ? classes[units[at - 1]] : 0) |
                            (at + 1 < count ? classes[units[at + 1]] : 0);
      present |= own;
      adjacent |= own & neighbours;
      if (own & beside) near |= neighbours;
    }
    const size_t third = start < 2 ? 2 : start;
    if (has_triple(units, third, end)) {
      for (size_t at = third; at < end; at++) {
        if (units[at] == units[at - 1] && units[at] == units[at - 2]) tripled |= classes[units[at]];
      }
    }
  }
  present |= (has_letter ? letter : 0) | (has_blank ? blank : 0);
  adjacent |= (has_two_letters ? letter : 0) | (has_two_blanks ? blank : 0);
  return (warraq_findings){present, adjacent, tripled, near};
}
