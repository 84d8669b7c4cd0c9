#ifndef WARRAQ_ICU_CHARSET_H
#define WARRAQ_ICU_CHARSET_H

#include <stdint.h>

// Conversion of encodings through ICU. No ICU type is named here.

// UTF-8 to UTF-16. Returns the number of units, -1 when the bytes are not valid UTF-8, or -2 when `capacity`
// is below `count` (one unit a byte is always enough). In icu_charset_utf8.c, without ICU: Arabic is two bytes a
// letter, and for that case vectors are several times faster than u_strFromUTF8.
int32_t warraq_charset_utf8_to_utf16(const uint8_t *bytes, int32_t count, uint16_t *output, int32_t capacity);

// UTF-16 to UTF-8, U+FFFD for a lone surrogate; `output` has room for three bytes a unit. Returns the number of bytes.
int64_t warraq_charset_utf16_to_utf8(const uint16_t *units, int32_t count, uint8_t *output);

// Whether the bytes are valid UTF-8: 1 or 0.
int warraq_charset_utf8_is_valid(const uint8_t *bytes, int32_t count);

// UTF-8 to UTF-16 with U+FFFD for each maximal malformed part (Unicode 15, 3.9, table 3-8), as Python's
// errors="replace" does; *replacements counts them.
int32_t warraq_charset_utf8_repaired(const uint8_t *bytes, int32_t count, uint16_t *output, int32_t capacity,
                                     int32_t *replacements);

// The 256 characters of a single-byte encoding, by its IANA name; 0xFFFD where it has none. Returns 0, or -1.
int32_t warraq_charset_table(const char *name, uint16_t table[256]);

// The name of the encoding that ICU's detector finds most likely, and its confidence 0 to 100; NULL for none.
const char *warraq_charset_detect(const uint8_t *bytes, int32_t count, int32_t *confidence);

#endif
