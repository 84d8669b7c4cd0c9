#include "warraq_text_scan.h"

// Blocks short enough for counters of 16 bits, as wide as the units.
enum { BLOCK = 0x4000 };

int warraq_has_surrogate(const uint16_t *units, size_t count) {
  size_t at = 0;
  while (at < count) {
    size_t end = count - at < BLOCK ? count : at + BLOCK;
    // By far the most text lies below the surrogates; how far above is one saturating subtraction.
    uint16_t above = 0, found = 0;
    for (size_t i = at; i < end; i++) above |= (uint16_t)(units[i] > 0xd7ff ? units[i] - 0xd7ff : 0);
    if (above) {
      for (size_t i = at; i < end; i++) found |= (uint16_t)((units[i] & 0xf800) == 0xd800);
    }
    if (found) return 1;
    at = end;
  }
  return 0;
}

size_t warraq_count_in_range(const uint16_t *units, size_t count, uint16_t first, uint16_t last) {
  const uint16_t width = (uint16_t)(last - first);
  size_t total = 0, at = 0;
  while (at < count) {
    size_t end = count - at < BLOCK ? count : at + BLOCK;
    uint16_t found = 0;
    for (; at < end; at++) found = (uint16_t)(found + ((uint16_t)(units[at] - first) <= width));
    total += found;
  }
  return total;
}
