#ifndef WARRAQ_TEXT_SCAN_H
#define WARRAQ_TEXT_SCAN_H

#include <stddef.h>
#include <stdint.h>

// Looks over UTF-16 text that every article gets, in C because its compiler makes vectors of such loops and
// Swift's does not (15 instructions a unit there, 2 here).

// Whether any unit is a surrogate.
int warraq_has_surrogate(const uint16_t *units, size_t count);

// How many units lie in the given range.
size_t warraq_count_in_range(const uint16_t *units, size_t count, uint16_t first, uint16_t last);

#endif
