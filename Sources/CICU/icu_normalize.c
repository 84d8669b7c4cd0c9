#include "icu_normalize.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>

const void *warraq_normalize_open(int32_t *error) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
  *error = status;
  return U_FAILURE(status) ? 0 : nfc;
}

void warraq_normalize_properties(uint8_t *table, int32_t count) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
  for (int32_t c = 0; c < count && c < 0x10000; c++) {
    uint32_t category = U_GET_GC_MASK(c);
    uint8_t bits = 0;
    if (U16_IS_SURROGATE(c)) {
      bits = WARRAQ_PROPERTY_SURROGATE;
    } else if (!(category & U_GC_CN_MASK)) {
      if (category & U_GC_L_MASK) bits |= WARRAQ_PROPERTY_LETTER;
      if (category & U_GC_S_MASK) bits |= WARRAQ_PROPERTY_SYMBOL;
      if (category & U_GC_M_MASK) bits |= WARRAQ_PROPERTY_MARK;
      /* Nearly all characters are inert: of class 0 and never changed. Asking that is quicker than both. */
      if (U_FAILURE(status) || !unorm2_isInert(nfc, c)) {
        if (u_getCombiningClass(c) != 0) bits |= WARRAQ_PROPERTY_MARK;
        if (u_getIntPropertyValue(c, UCHAR_NFC_QUICK_CHECK) != UNORM_YES) bits |= WARRAQ_PROPERTY_NFC_CHECK;
      }
    }
    table[c] = bits;
  }
}

static int is_mark(UChar32 c) { return (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0; }

int32_t warraq_mark_run(const uint16_t *text, int32_t length, int32_t limit) {
  // A run of more marks than the limit has as many units at least, so one of these places lies in it.
  for (int64_t place = limit; place < length; place += limit + (int64_t)1) {
    UChar32 c;
    U16_GET(text, 0, place, length, c);
    if (!is_mark(c)) continue;
    int32_t start = (int32_t)place, end = (int32_t)place, count = 0;
    U16_SET_CP_START(text, 0, start);
    end = start;
    while (start > 0) {
      int32_t before = start;
      U16_PREV(text, 0, before, c);
      if (!is_mark(c)) break;
      start = before;
      count++;
    }
    while (end < length) {
      int32_t after = end;
      U16_NEXT(text, after, length, c);
      if (!is_mark(c)) break;
      end = after;
      count++;
    }
    if (count > limit) return count;
  }
  return 0;
}

int32_t warraq_normalize_compatibility(
    const uint16_t *text, int32_t length, uint16_t *output, int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *nfkc = unorm2_getNFKCInstance(&status);
  int32_t count = unorm2_normalize(nfkc, text, length, output, capacity, &status);
  return U_FAILURE(status) ? -1 : count;
}

// Marks that may stand between a letter and its hamza in canonical order: those below class 230.
static int is_vowel_mark(uint16_t c) {
  uint8_t order = u_getCombiningClass(c);
  return order > 0 && order < 230;
}

// The next boundary after the character at `start`.
static int32_t boundary_after(const void *nfc, const uint16_t *text, int32_t length, int32_t start) {
  int32_t next = start;
  UChar32 c;
  U16_NEXT(text, next, length, c);
  while (next < length) {
    int32_t after = next;
    U16_NEXT(text, after, length, c);
    if (unorm2_hasBoundaryBefore(nfc, c)) break;
    next = after;
  }
  return next;
}

// Start of the next alef maksura with hamza above in `from..<end`, which are in NFC; `end` if there is none.
static int32_t find_alef_maksura(const uint16_t *text, int32_t from, int32_t end) {
  for (int32_t i = from + 1; i < end; i++) {
    if (text[i] != 0x0654) continue;
    int32_t base = i - 1;
    while (base > from && is_vowel_mark(text[base])) base--;
    if (text[base] == 0x0649) return base;
  }
  return end;
}

int32_t warraq_normalize_find(
    const void *nfc, const uint16_t *text, int32_t length, int32_t from, int32_t *end) {
  UErrorCode status = U_ZERO_ERROR;
  int32_t start = from + unorm2_spanQuickCheckYes(nfc, text + from, length - from, &status);
  if (U_FAILURE(status)) return length;
  // To ICU a boundary may lie between alef maksura and its hamza, so look as far as the stretch goes.
  int32_t next = start < length ? boundary_after(nfc, text, length, start) : length;
  int32_t maksura = find_alef_maksura(text, from, next);
  if (maksura < start) {
    start = maksura;
    next = boundary_after(nfc, text, length, start);
  }
  *end = next;
  return start;
}

// U+0649 has no composition with U+0654 in Unicode, though Arabic writes the two as U+0626.
static int32_t compose_alef_maksura(uint16_t *text, int32_t length) {
  int32_t kept = 0;
  int32_t maksura = -1;
  for (int32_t i = 0; i < length; i++) {
    uint16_t c = text[i];
    if (c == 0x0654 && maksura >= 0) {
      text[maksura] = 0x0626;
      maksura = -1;
      continue;
    }
    if (c == 0x0649) {
      maksura = kept;
    } else if (!is_vowel_mark(c)) {
      maksura = -1;
    }
    text[kept++] = c;
  }
  return kept;
}

int32_t warraq_normalize_compose(
    const void *nfc, const uint16_t *text, int32_t length, uint16_t *output, int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  int32_t count = unorm2_normalize(nfc, text, length, output, capacity, &status);
  return U_FAILURE(status) ? -1 : compose_alef_maksura(output, count);
}
