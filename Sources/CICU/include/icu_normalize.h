// Normalization and character properties, without a name of ICU's in sight.
#pragma once
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Properties of one UTF-16 unit, as bits of the bytes `warraq_normalize_properties` fills.
enum {
  WARRAQ_PROPERTY_LETTER = 1,     ///< general category L
  WARRAQ_PROPERTY_MARK = 2,       ///< general category M, or a combining class other than 0
  WARRAQ_PROPERTY_NFC_CHECK = 4,  ///< NFC_Quick_Check is No or Maybe
  WARRAQ_PROPERTY_SYMBOL = 8,     ///< general category S
  WARRAQ_PROPERTY_SURROGATE = 16  ///< half of a supplementary character
};

/// Opens NFC. The handle belongs to ICU, lives as long as the process and needs no closing. Returns null
/// and sets `*error` to ICU's error code when the Unicode data cannot be loaded.
const void *warraq_normalize_open(int32_t *error);

/// Looks for combining marks (general category M) in a row, more than `limit` of them, at least 1: how many the first
/// such run has, or 0 when there is none. Looks at one unit of `limit` only where there are no marks.
int32_t warraq_mark_run(const uint16_t *text, int32_t length, int32_t limit);

/// Fills one byte of `WARRAQ_PROPERTY_` bits for each of the `count` first UTF-16 units (at most 65536).
void warraq_normalize_properties(uint8_t *table, int32_t count);

/// NFKC of a text. Returns the number of units written to `output`, or -1 if it fails or does not fit into
/// `capacity`.
int32_t warraq_normalize_compatibility(
    const uint16_t *text, int32_t length, uint16_t *output, int32_t capacity);

/// Finds the next stretch at or after `from` (a normalization boundary) that may not be in NFC or has an
/// alef maksura with hamza above. Returns its start and sets `*end` to the boundary after it; returns `length` when there is none.
int32_t warraq_normalize_find(
    const void *nfc, const uint16_t *text, int32_t length, int32_t from, int32_t *end);

/// Composes one stretch into `output`: NFC, and beyond it alef maksura with hamza above becomes yeh with
/// hamza (U+0649 U+0654 to U+0626), also when vowel marks stand between them. Returns the number of units
/// written, or -1 if it fails or does not fit into `capacity`; three times the length always fits.
int32_t warraq_normalize_compose(
    const void *nfc, const uint16_t *text, int32_t length, uint16_t *output, int32_t capacity);

#ifdef __cplusplus
}
#endif
