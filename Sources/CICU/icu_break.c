#include "icu_break.h"

#include <stddef.h>
#include <unicode/ubrk.h>

/* The struct only renames ICU's own handle, so that no header of ours has to name an ICU type. */

static UBreakIterator *handle(warraq_break *iterator) { return (UBreakIterator *)iterator; }

warraq_break *warraq_break_open(warraq_break_kind kind, const char *locale, int32_t *error) {
  UErrorCode status = U_ZERO_ERROR;
  UBreakIterator *opened =
      ubrk_open(kind == WARRAQ_BREAK_WORDS ? UBRK_WORD : UBRK_SENTENCE, locale, NULL, 0, &status);
  if (U_FAILURE(status)) {
    if (opened != NULL) ubrk_close(opened);
    opened = NULL;
  }
  *error = U_FAILURE(status) ? (int32_t)status : 0;
  return (warraq_break *)opened;
}

void warraq_break_close(warraq_break *iterator) {
  if (iterator != NULL) ubrk_close(handle(iterator));
}

int32_t warraq_break_set_text(warraq_break *iterator, const uint16_t *text, int32_t length) {
  UErrorCode status = U_ZERO_ERROR;
  ubrk_setText(handle(iterator), (const UChar *)text, length, &status);
  if (U_FAILURE(status)) return (int32_t)status;
  ubrk_first(handle(iterator));
  return 0;
}

int32_t warraq_break_next(warraq_break *iterator, int32_t *boundaries, int32_t *statuses,
                          int32_t capacity) {
  UBreakIterator *breaks = handle(iterator);
  int32_t count = 0;
  while (count < capacity) {
    int32_t boundary = ubrk_next(breaks);
    if (boundary == UBRK_DONE) break;
    boundaries[count] = boundary;
    if (statuses != NULL) statuses[count] = ubrk_getRuleStatus(breaks);
    count += 1;
  }
  return count;
}

const char *warraq_break_error_name(int32_t error) { return u_errorName((UErrorCode)error); }
