#ifndef WARRAQ_BYTE_SEARCH_H
#define WARRAQ_BYTE_SEARCH_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Index of the first place where `part` stands in `bytes`, or -1.
ptrdiff_t warraq_bytes_find(const uint8_t *bytes, size_t count, const uint8_t *part, size_t part_count);

/// How many of the bytes are `byte`.
size_t warraq_count_byte(const uint8_t *bytes, size_t count, uint8_t byte);

#ifdef __cplusplus
}
#endif

#endif
