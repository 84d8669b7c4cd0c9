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
/// virtual call for each boundary. This runs the very same machine over plain UTF-16, many times as fast.
/// Boundaries and rule statuses are ICU's by construction: categories, transitions, accepting states and
/// look-ahead are copied from the iterator, its tailoring included, and the loop follows
/// RuleBasedBreakIterator::handleNext. Plain letters and blanks, nine in ten units of an article, it need not
/// look at one by one: what becomes of runs of them is read off the tables once. Texts with characters that
/// ICU segments by dictionary (Thai, Lao, Khmer, Burmese, Han, Kana) are refused: ICU itself must be asked.
typedef struct warraq_break_rules warraq_break_rules;

/// Unpacks the rules of an iterator; they do not need it any more afterwards. Returns NULL when this ICU
/// stores its rules in a format other than the one known (version 6, ICU 68 and later), or memory is out.
warraq_break_rules *warraq_break_rules_open(warraq_break *iterator);

/// Frees the rules; NULL is allowed.
void warraq_break_rules_close(warraq_break_rules *rules);

/// Writes the boundaries after `*position`, which must be 0 or a boundary, as `warraq_break_next` does, and
/// moves `*position` to the last one written. Returns how many were written, or -1 when a character of the
/// text needs a dictionary; what was written before is correct then, too. `others` is the text's map of units
/// that are not plain, as `warraq_map_plain` makes it.
int32_t warraq_break_rules_next(const warraq_break_rules *rules, const uint16_t *text, int32_t length,
                                const uint64_t *others, int32_t *position, int32_t *boundaries,
                                int32_t *statuses, int32_t capacity);

/// What stands between two boundaries.
typedef struct {
  int32_t start, end;
  /// Whether it is known to be nothing but plain letters.
  int32_t is_plain;
} warraq_break_piece;

/// Room that `warraq_break_rules_pieces` needs at least.
enum { WARRAQ_BREAK_LEAST_CAPACITY = 72 };

/// Whether these rules end a run of plain letters where blanks begin, and the other way round, as word rules do;
/// `warraq_break_rules_pieces` is for such rules only.
int warraq_break_rules_split_plain_text(const warraq_break_rules *rules);

/// Writes the pieces after `*position`, which must be 0 or what the last call left there, and moves it on; it is
/// `length` when all are written. Left out are pieces of one unit below `silent_count` that `silent` is set for;
/// it must be set for U+0020. Returns how many were written, or -1 when a character of the text needs a
/// dictionary. `letters` and `others` are the text's maps.
int32_t warraq_break_rules_pieces(const warraq_break_rules *rules, const uint16_t *text, int32_t length,
                                  const uint64_t *letters, const uint64_t *others, const uint8_t *silent,
                                  int32_t silent_count, int32_t *position, warraq_break_piece *pieces,
                                  int32_t capacity);

#ifdef __cplusplus
}
#endif

#endif
