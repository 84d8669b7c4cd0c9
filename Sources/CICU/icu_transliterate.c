#include "icu_transliterate.h"

#include <string.h>
#include <unicode/utrans.h>

void *warraq_transliterate_open(const char *id, int32_t *error) {
  UErrorCode status = U_ZERO_ERROR;
  UChar wide[64];
  int32_t length = 0;
  while (id[length] && length < 63) {
    wide[length] = (UChar)(unsigned char)id[length];
    length++;
  }
  UTransliterator *result = utrans_openU(wide, length, UTRANS_FORWARD, NULL, 0, NULL, &status);
  *error = (int32_t)status;
  return U_FAILURE(status) ? NULL : result;
}

void warraq_transliterate_close(void *transliterator) {
  if (transliterator) utrans_close(transliterator);
}

int32_t warraq_transliterate(void *transliterator, uint16_t *text, int32_t length, int32_t capacity) {
  UErrorCode status = U_ZERO_ERROR;
  int32_t newLength = length;
  int32_t limit = length;
  utrans_transUChars(transliterator, (UChar *)text, &newLength, capacity, 0, &limit, &status);
  if (status == U_BUFFER_OVERFLOW_ERROR || newLength > capacity) return -newLength;
  if (U_FAILURE(status)) return INT32_MIN;
  return newLength;
}
