#include "warraq_zstd.h"

#include <zstd.h>
#include <zstd_errors.h>

// The opaque structs are zstd's own contexts under another name, so that zstd.h stays out of the header.
static ZSTD_CCtx *cctx(warraq_zstd_compressor *compressor) { return (ZSTD_CCtx *)compressor; }
static ZSTD_DCtx *dctx(warraq_zstd_decompressor *decompressor) { return (ZSTD_DCtx *)decompressor; }

static int64_t result_of(size_t code) {
  return ZSTD_isError(code) ? -(int64_t)ZSTD_getErrorCode(code) : (int64_t)code;
}

warraq_zstd_compressor *warraq_zstd_compressor_create(void) {
  return (warraq_zstd_compressor *)ZSTD_createCCtx();
}

void warraq_zstd_compressor_free(warraq_zstd_compressor *compressor) { ZSTD_freeCCtx(cctx(compressor)); }

size_t warraq_zstd_frame_bound(size_t count) { return ZSTD_compressBound(count); }

int64_t warraq_zstd_frame_compress(warraq_zstd_compressor *compressor, int level, const uint8_t *source,
                                   size_t count, uint8_t *output, size_t capacity) {
  ZSTD_CCtx *context = cctx(compressor);
  // No level has a window above 2^27, the most that readers accept by default; only long-distance
  // matching would exceed it, and it is never switched on.
  size_t code = ZSTD_CCtx_reset(context, ZSTD_reset_session_and_parameters);
  if (!ZSTD_isError(code)) code = ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level);
  if (!ZSTD_isError(code)) code = ZSTD_CCtx_setParameter(context, ZSTD_c_contentSizeFlag, 1);
  if (!ZSTD_isError(code)) code = ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
  if (!ZSTD_isError(code)) code = ZSTD_compress2(context, output, capacity, source, count);
  return result_of(code);
}

warraq_zstd_decompressor *warraq_zstd_decompressor_create(void) {
  return (warraq_zstd_decompressor *)ZSTD_createDCtx();
}

void warraq_zstd_decompressor_free(warraq_zstd_decompressor *decompressor) {
  ZSTD_freeDCtx(dctx(decompressor));
}

int64_t warraq_zstd_frame_decompress(warraq_zstd_decompressor *decompressor, const uint8_t *frame,
                                     size_t count, uint8_t *output, size_t capacity) {
  return result_of(ZSTD_decompressDCtx(dctx(decompressor), output, capacity, frame, count));
}

const char *warraq_zstd_error_name(int64_t result) {
  return ZSTD_getErrorString((ZSTD_ErrorCode)(result < 0 ? -result : 0));
}
