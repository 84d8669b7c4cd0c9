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
  for (int32_t c = 0; c < count && c < 0x10000; c++) {
    uint32_t category = U_GET_GC_MASK(c);
    uint8_t bits = 0;
    if (U16_IS_SURROGATE(c)) {
      bits = WARRAQ_PROPERTY_SURROGATE;
    } else if (!(category & U_GC_CN_MASK)) {
      if (category & U_GC_L_MASK) bits |= WARRAQ_PROPERTY_LETTER;
      if (category & U_GC_S_MASK) bits |= WARRAQ_PROPERTY_SYMBOL;
      if ((category & U_GC_M_MASK) || u_getCombiningClass(c) != 0) bits |= WARRAQ_PROPERTY_MARK;
      if (u_getIntPropertyValue(c, UCHAR_NFC_QUICK_CHECK) != UNORM_YES) bits |= WARRAQ_PROPERTY_NFC_CHECK;
    }
    table[c] = bits;
  }
}

int32_t warraq_normalize_compatibility(uint16_t unit, uint16_t *output, int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *nfkc = unorm2_getNFKCInstance(&status);
  int32_t length = unorm2_normalize(nfkc, &unit, 1, output, capacity, &status);
  return U_FAILURE(status) ? -1 : length;
}

int32_t warraq_normalize_find(
    const void *nfc, const uint16_t *text, int32_t length, int32_t from, int32_t *end) {
  UErrorCode status = U_ZERO_ERROR;
  int32_t start = from + unorm2_spanQuickCheckYes(nfc, text + from, length - from, &status);
  if (U_FAILURE(status) || start >= length) return length;
  int32_t next = start;
  UChar32 c;
  U16_NEXT(text, next, length, c);
  while (next < length) {
    int32_t after = next;
    U16_NEXT(text, after, length, c);
    if (unorm2_hasBoundaryBefore(nfc, c)) break;
    next = after;
  }
  *end = next;
  return start;
}

// U+0649 has no composition with U+0654 in Unicode, though Arabic writes the two as U+0626. Marks with a
// combining class below 230 (vowels, shadda, sukun) may stand between them in canonical order.
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
    } else if (maksura >= 0) {
      uint8_t order = u_getCombiningClass(c);
      if (order == 0 || order >= 230) maksura = -1;
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
