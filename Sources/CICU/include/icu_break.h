#ifndef WARRAQ_ICU_BREAK_H
#define WARRAQ_ICU_BREAK_H

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A break iterator of ICU, opened once and used for many texts; not for two threads at a time.
typedef struct warraq_break warraq_break;

/// What the iterator looks for.
typedef enum warraq_break_kind {
  WARRAQ_BREAK_WORDS = 0,
  WARRAQ_BREAK_SENTENCES = 1
} warraq_break_kind;

/// Opens an iterator for a locale such as "ar". Returns NULL on failure and puts ICU's error code into
/// `error` (0 on success).
warraq_break *warraq_break_open(warraq_break_kind kind, const char *locale, int32_t *error);

/// Closes the iterator; NULL is allowed.
void warraq_break_close(warraq_break *iterator);

/// Points the iterator at `length` UTF-16 units, which must stay where they are while boundaries are read.
/// Returns ICU's error code, 0 on success.
int32_t warraq_break_set_text(warraq_break *iterator, const uint16_t *text, int32_t length);

/// Writes the next boundaries (UTF-16 offsets after 0, ascending, the text's end included) and the rule
/// status of the piece that ends at each, at most `capacity` of them. `statuses` may be NULL. Returns how
/// many were written; fewer than `capacity` means that the end was reached.
int32_t warraq_break_next(warraq_break *iterator, int32_t *boundaries, int32_t *statuses,
                          int32_t capacity);

/// ICU's name for one of its error codes, e.g. "U_FILE_ACCESS_ERROR".
const char *warraq_break_error_name(int32_t error);

#ifdef __cplusplus
}
#endif

#endif
