#ifndef WARRAQ_JSON_TEXT_H
#define WARRAQ_JSON_TEXT_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The inside of a JSON string: UTF-16 turned into UTF-8, escaped on the way. In C because no vector code comes
/// of such loops in Swift.
///
/// Escaped are only the characters RFC 8259 (section 7) demands: the quotation mark, the reverse solidus and
/// U+0000 to U+001F. U+2028 and U+2029 stay as they are: every JSON reader takes them. A surrogate without its
/// partner becomes U+FFFD.
///
/// `output` needs room for six bytes a unit and WARRAQ_JSON_TEXT_SLACK more; returns the bytes that count.
size_t warraq_json_text_from_utf16(const uint16_t *units, size_t count, uint8_t *output);

enum {
  /// Bytes that may be written behind the text.
  WARRAQ_JSON_TEXT_SLACK = 32,
};

/// The digits of a number below 1000, the first in the lowest byte, and in the highest byte how many they are: the
/// offsets of an article are mostly that small, and a record has dozens of them.
static inline uint32_t warraq_json_small_number(uint32_t value) {
  extern const uint32_t warraq_json_numbers[1000];
  return warraq_json_numbers[value];
}

/// Writes the escape of a byte that must not stand in a JSON string; returns its length, two or six.
size_t warraq_json_text_escape(uint8_t byte, uint8_t *output);

#ifdef __cplusplus
}
#endif

#endif
