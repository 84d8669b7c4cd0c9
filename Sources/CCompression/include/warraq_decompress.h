#ifndef WARRAQ_DECOMPRESS_H
#define WARRAQ_DECOMPRESS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Streaming decompression of gzip, bzip2, xz and zstd behind one door.

enum {
  WARRAQ_PLAIN = 0,
  WARRAQ_GZIP = 1,
  WARRAQ_BZIP2 = 2,
  WARRAQ_XZ = 3,
  WARRAQ_ZSTD = 4,
};

/// The format that `bytes` begins, by its magic number; WARRAQ_PLAIN for anything else.
int warraq_compression_detect(const uint8_t *bytes, size_t count);

/// The format of whose magic number `bytes` is only the beginning, or 0: a file of a few bytes that was cut off.
/// Beginnings that are as likely text (a lone `B` or `(`) do not count.
int warraq_compression_is_cut_magic(const uint8_t *bytes, size_t count);

typedef struct warraq_decompressor warraq_decompressor;

/// A decompressor for one of the formats, or NULL when there is no memory. `window` is the most bytes it may keep of
/// what it looks back at: data that asks for more is refused. Only xz and zstd can ask for much; zstd's windows are
/// powers of two, so that the next lower one counts.
warraq_decompressor *warraq_decompressor_open(int format, uint64_t window);
void warraq_decompressor_close(warraq_decompressor *decompressor);

/// Makes it ready for the next member (gzip), stream (bzip2, xz) or frame (zstd). Returns 0, or -1.
int warraq_decompressor_reset(warraq_decompressor *decompressor);

enum {
  /// Wants more input or more room.
  WARRAQ_MORE = 0,
  /// A member, stream or frame has ended.
  WARRAQ_MEMBER_END = 1,
  /// The data is corrupt; `warraq_decompressor_error` says how.
  WARRAQ_CORRUPT = -1,
  /// The data asks for a window larger than allowed.
  WARRAQ_WINDOW = -2,
};

/// Takes from `input` and puts into `output`; both counts go down by what was used.
int warraq_decompressor_step(warraq_decompressor *decompressor, const uint8_t **input, size_t *input_count,
                             uint8_t **output, size_t *output_count);

/// English words for the last error.
const char *warraq_decompressor_error(const warraq_decompressor *decompressor);

#ifdef __cplusplus
}
#endif

#endif
