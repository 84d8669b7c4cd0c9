#ifndef WARRAQ_ZSTD_H
#define WARRAQ_ZSTD_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Whole zstd frames, in and out. A result below zero is an error; `warraq_zstd_error_name` names it.

typedef struct warraq_zstd_compressor warraq_zstd_compressor;
typedef struct warraq_zstd_decompressor warraq_zstd_decompressor;

/// A compression context, or NULL when there is no memory. Used by one thread at a time.
warraq_zstd_compressor *warraq_zstd_compressor_create(void);
void warraq_zstd_compressor_free(warraq_zstd_compressor *compressor);

/// Most bytes a frame of `count` bytes can take.
size_t warraq_zstd_frame_bound(size_t count);

/// Compresses `source` into one frame with content size and checksum; returns the frame's bytes.
int64_t warraq_zstd_frame_compress(warraq_zstd_compressor *compressor, int level, const uint8_t *source,
                                   size_t count, uint8_t *output, size_t capacity);

/// A decompression context, or NULL when there is no memory. Used by one thread at a time.
warraq_zstd_decompressor *warraq_zstd_decompressor_create(void);
void warraq_zstd_decompressor_free(warraq_zstd_decompressor *decompressor);

/// Decompresses the frames in `frame` (normally one) and checks checksums; returns the bytes written.
int64_t warraq_zstd_frame_decompress(warraq_zstd_decompressor *decompressor, const uint8_t *frame,
                                     size_t count, uint8_t *output, size_t capacity);

/// Static English name of an error result.
const char *warraq_zstd_error_name(int64_t result);

#ifdef __cplusplus
}
#endif

#endif
