#include "icu_charset.h"

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>
#include <unicode/utf8.h>

int32_t warraq_charset_utf8_repaired(const uint8_t *bytes, int32_t count, uint16_t *output, int32_t capacity,
                                     int32_t *replacements) {
  int32_t length = 0;
  int32_t at = 0;
  *replacements = 0;
  while (at < count) {
    UChar32 c;
    // U8_NEXT stops a malformed sequence after its maximal valid part.
    U8_NEXT(bytes, at, count, c);
    if (c < 0) {
      c = 0xFFFD;
      (*replacements)++;
    }
    if (length + 2 > capacity) return -2;
    if (c > 0xFFFF) {
      output[length++] = (uint16_t)(0xD7C0 + (c >> 10));
      output[length++] = (uint16_t)(0xDC00 | (c & 0x3FF));
    } else {
      output[length++] = (uint16_t)c;
    }
  }
  return length;
}

int32_t warraq_charset_table(const char *name, uint16_t table[256]) {
  UErrorCode status = U_ZERO_ERROR;
  UConverter *converter = ucnv_open(name, &status);
  if (U_FAILURE(status)) return -1;
  for (int byte = 0; byte < 256; byte++) {
    char source = (char)byte;
    UChar target[4];
    status = U_ZERO_ERROR;
    int32_t length = ucnv_toUChars(converter, target, 4, &source, 1, &status);
    table[byte] = U_SUCCESS(status) && length == 1 ? target[0] : 0xFFFD;
  }
  ucnv_close(converter);
  return 0;
}

const char *warraq_charset_detect(const uint8_t *bytes, int32_t count, int32_t *confidence) {
  UErrorCode status = U_ZERO_ERROR;
  UCharsetDetector *detector = ucsdet_open(&status);
  ucsdet_setText(detector, (const char *)bytes, count, &status);
  const UCharsetMatch *match = ucsdet_detect(detector, &status);
  const char *name = 0;
  if (U_SUCCESS(status) && match) {
    // The names are constants of ICU; they outlive the detector.
    name = ucsdet_getName(match, &status);
    *confidence = ucsdet_getConfidence(match, &status);
  }
  ucsdet_close(detector);
  return name;
}
