#ifndef WARRAQ_ICU_BREAK_RULES_H
#define WARRAQ_ICU_BREAK_RULES_H

#include <stdint.h>

#include "icu_break.h"

#ifdef __cplusplus
extern "C" {
#endif

/// ICU's compiled break rules, unpacked for a loop of our own; constant once opened, so threads may share it.
///
/// ICU compiles word.txt and sent.txt to a state machine and runs it through UText, a boundary cache and a
/// virtual call for each boundary. This runs the very same machine over plain UTF-16, two to three times as
/// fast. Boundaries and rule statuses are ICU's by construction: categories, transitions, accepting states
/// and look-ahead are copied from the iterator, its tailoring included, and the loop follows
/// RuleBasedBreakIterator::handleNext. Texts with characters that ICU segments by dictionary (Thai, Lao,
/// Khmer, Burmese, Han, Kana) are refused: ICU itself must be asked.
typedef struct warraq_break_rules warraq_break_rules;

/// Unpacks the rules of an iterator; they do not need it any more afterwards. Returns NULL when this ICU
/// stores its rules in a format other than the one known (version 6, ICU 68 and later), or memory is out.
warraq_break_rules *warraq_break_rules_open(warraq_break *iterator);

/// Frees the rules; NULL is allowed.
void warraq_break_rules_close(warraq_break_rules *rules);

/// Writes the boundaries after `*position`, which must be 0 or a boundary, as `warraq_break_next` does, and
/// moves `*position` to the last one written. Returns how many were written, or -1 when a character of the
/// text needs a dictionary; what was written before is correct then, too.
int32_t warraq_break_rules_next(const warraq_break_rules *rules, const uint16_t *text, int32_t length,
                                int32_t *position, int32_t *boundaries, int32_t *statuses,
                                int32_t capacity);

#ifdef __cplusplus
}
#endif

#endif
