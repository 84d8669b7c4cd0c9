#ifndef WARRAQ_BODY_H
#define WARRAQ_BODY_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
  WARRAQ_BODY_OK = 0,
  /// More than `limit` bytes.
  WARRAQ_BODY_TOO_LARGE = 1,
  WARRAQ_BODY_CORRUPT = -1,
  /// It ends early.
  WARRAQ_BODY_CUT = -2,
  WARRAQ_BODY_NO_MEMORY = -3,
};

/// Unpacks the body of an HTTP message: gzip, zlib, or deflate without either's frame, told apart by its first bytes.
/// `*out`, to be freed with `free`, is NULL unless the result is WARRAQ_BODY_OK. Bytes behind the stream are ignored.
int warraq_body_inflate(const uint8_t *body, size_t count, size_t limit, uint8_t **out, size_t *out_count);

/// How many bytes that would give, damaged or not, without keeping them; counting ends soon after `limit`.
size_t warraq_body_inflated_size(const uint8_t *body, size_t count, size_t limit);

#ifdef __cplusplus
}
#endif

#endif
