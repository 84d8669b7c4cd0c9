#include "warraq_decompress.h"

#include <bzlib.h>
#include <limits.h>
#include <lzma.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

struct warraq_decompressor {
  int format;
  uint64_t window;
  const char *error;
  z_stream gzip;
  bz_stream bzip2;
  lzma_stream xz;
  ZSTD_DStream *zstd;
};

int warraq_compression_detect(const uint8_t *bytes, size_t count) {
  if (count >= 3 && bytes[0] == 0x1F && bytes[1] == 0x8B && bytes[2] == 8) return WARRAQ_GZIP;
  // Then a block (0x31) or the end of the stream (0x17): "BZh9" alone might begin a text.
  if (count >= 4 && memcmp(bytes, "BZh", 3) == 0 && bytes[3] >= '1' && bytes[3] <= '9' &&
      (count == 4 || bytes[4] == 0x31 || bytes[4] == 0x17)) {
    return WARRAQ_BZIP2;
  }
  if (count >= 6 && memcmp(bytes, "\xFD" "7zXZ\0", 6) == 0) return WARRAQ_XZ;
  if (count >= 4 && memcmp(bytes, "\x28\xB5\x2F\xFD", 4) == 0) return WARRAQ_ZSTD;
  // A skippable frame (0x184D2A50 to 5F, little endian) may come before the first frame.
  if (count >= 4 && (bytes[0] & 0xF0) == 0x50 && memcmp(bytes + 1, "\x2A\x4D\x18", 3) == 0) return WARRAQ_ZSTD;
  return WARRAQ_PLAIN;
}

int warraq_compression_is_cut_magic(const uint8_t *bytes, size_t count) {
  if (count == 0) return WARRAQ_PLAIN;
  if (count < 3 && memcmp(bytes, "\x1F\x8B", count) == 0) return WARRAQ_GZIP;
  if (count >= 2 && count < 4 && memcmp(bytes, "BZh", count) == 0) return WARRAQ_BZIP2;
  if (count < 6 && memcmp(bytes, "\xFD" "7zXZ", count) == 0) return WARRAQ_XZ;
  if (count >= 2 && count < 4 && memcmp(bytes, "\x28\xB5\x2F", count) == 0) return WARRAQ_ZSTD;
  return WARRAQ_PLAIN;
}

/// The largest power of two that is not above a size, within what zstd knows.
static int window_log(uint64_t size) {
  ZSTD_bounds bounds = ZSTD_dParam_getBounds(ZSTD_d_windowLogMax);
  int log = 63 - __builtin_clzll(size | 1);
  return log < bounds.lowerBound ? bounds.lowerBound : log > bounds.upperBound ? bounds.upperBound : log;
}

static int start(warraq_decompressor *d) {
  switch (d->format) {
    case WARRAQ_GZIP:
      memset(&d->gzip, 0, sizeof d->gzip);
      return inflateInit2(&d->gzip, 15 + 16) == Z_OK ? 0 : -1;
    case WARRAQ_BZIP2:
      memset(&d->bzip2, 0, sizeof d->bzip2);
      return BZ2_bzDecompressInit(&d->bzip2, 0, 0) == BZ_OK ? 0 : -1;
    case WARRAQ_XZ: {
      lzma_stream fresh = LZMA_STREAM_INIT;
      d->xz = fresh;
      // Beside the dictionary there are tables, of less than a MiB.
      return lzma_stream_decoder(&d->xz, d->window + ((uint64_t)1 << 20), 0) == LZMA_OK ? 0 : -1;
    }
    case WARRAQ_ZSTD:
      d->zstd = ZSTD_createDStream();
      return d->zstd && !ZSTD_isError(ZSTD_initDStream(d->zstd)) &&
                     !ZSTD_isError(ZSTD_DCtx_setParameter(d->zstd, ZSTD_d_windowLogMax, window_log(d->window)))
                 ? 0
                 : -1;
    default:
      return -1;
  }
}

static void finish(warraq_decompressor *d) {
  switch (d->format) {
    case WARRAQ_GZIP: inflateEnd(&d->gzip); break;
    case WARRAQ_BZIP2: BZ2_bzDecompressEnd(&d->bzip2); break;
    case WARRAQ_XZ: lzma_end(&d->xz); break;
    case WARRAQ_ZSTD: ZSTD_freeDStream(d->zstd); break;
  }
}

warraq_decompressor *warraq_decompressor_open(int format, uint64_t window) {
  warraq_decompressor *d = calloc(1, sizeof *d);
  if (!d) return NULL;
  d->format = format;
  d->window = window;
  d->error = "";
  if (start(d) != 0) {
    free(d);
    return NULL;
  }
  return d;
}

void warraq_decompressor_close(warraq_decompressor *d) {
  if (!d) return;
  finish(d);
  free(d);
}

int warraq_decompressor_reset(warraq_decompressor *d) {
  switch (d->format) {
    case WARRAQ_GZIP: return inflateReset(&d->gzip) == Z_OK ? 0 : -1;
    case WARRAQ_ZSTD: return ZSTD_isError(ZSTD_DCtx_reset(d->zstd, ZSTD_reset_session_only)) ? -1 : 0;
    default:
      finish(d);
      return start(d);
  }
}

static unsigned limited(size_t count) { return count > UINT_MAX / 2 ? UINT_MAX / 2 : (unsigned)count; }

static int step_gzip(warraq_decompressor *d, const uint8_t **in, size_t *in_count, uint8_t **out,
                     size_t *out_count) {
  unsigned in_now = limited(*in_count), out_now = limited(*out_count);
  d->gzip.next_in = (Bytef *)*in;
  d->gzip.avail_in = in_now;
  d->gzip.next_out = *out;
  d->gzip.avail_out = out_now;
  int result = inflate(&d->gzip, Z_NO_FLUSH);
  *in += in_now - d->gzip.avail_in;
  *in_count -= in_now - d->gzip.avail_in;
  *out += out_now - d->gzip.avail_out;
  *out_count -= out_now - d->gzip.avail_out;
  if (result == Z_STREAM_END) return WARRAQ_MEMBER_END;
  if (result == Z_OK || result == Z_BUF_ERROR) return WARRAQ_MORE;
  d->error = d->gzip.msg ? d->gzip.msg : "corrupt gzip data";
  return WARRAQ_CORRUPT;
}

static int step_bzip2(warraq_decompressor *d, const uint8_t **in, size_t *in_count, uint8_t **out,
                      size_t *out_count) {
  unsigned in_now = limited(*in_count), out_now = limited(*out_count);
  d->bzip2.next_in = (char *)*in;
  d->bzip2.avail_in = in_now;
  d->bzip2.next_out = (char *)*out;
  d->bzip2.avail_out = out_now;
  int result = BZ2_bzDecompress(&d->bzip2);
  *in += in_now - d->bzip2.avail_in;
  *in_count -= in_now - d->bzip2.avail_in;
  *out += out_now - d->bzip2.avail_out;
  *out_count -= out_now - d->bzip2.avail_out;
  if (result == BZ_STREAM_END) return WARRAQ_MEMBER_END;
  if (result == BZ_OK) return WARRAQ_MORE;
  d->error = result == BZ_DATA_ERROR ? "a block fails its checksum" : "corrupt bzip2 data";
  return WARRAQ_CORRUPT;
}

static int step_xz(warraq_decompressor *d, const uint8_t **in, size_t *in_count, uint8_t **out,
                   size_t *out_count) {
  d->xz.next_in = *in;
  d->xz.avail_in = *in_count;
  d->xz.next_out = *out;
  d->xz.avail_out = *out_count;
  lzma_ret result = lzma_code(&d->xz, LZMA_RUN);
  *in = d->xz.next_in;
  *in_count = d->xz.avail_in;
  *out = d->xz.next_out;
  *out_count = d->xz.avail_out;
  if (result == LZMA_STREAM_END) return WARRAQ_MEMBER_END;
  if (result == LZMA_OK || result == LZMA_BUF_ERROR) return WARRAQ_MORE;
  d->error = result == LZMA_MEMLIMIT_ERROR ? "a dictionary" : "corrupt xz data";
  return result == LZMA_MEMLIMIT_ERROR ? WARRAQ_WINDOW : WARRAQ_CORRUPT;
}

static int step_zstd(warraq_decompressor *d, const uint8_t **in, size_t *in_count, uint8_t **out,
                     size_t *out_count) {
  ZSTD_inBuffer input = {*in, *in_count, 0};
  ZSTD_outBuffer output = {*out, *out_count, 0};
  size_t result = ZSTD_decompressStream(d->zstd, &output, &input);
  *in += input.pos;
  *in_count -= input.pos;
  *out += output.pos;
  *out_count -= output.pos;
  if (ZSTD_isError(result)) {
    int is_window = ZSTD_getErrorCode(result) == ZSTD_error_frameParameter_windowTooLarge;
    d->error = is_window ? "a window" : ZSTD_getErrorName(result);
    return is_window ? WARRAQ_WINDOW : WARRAQ_CORRUPT;
  }
  return result == 0 ? WARRAQ_MEMBER_END : WARRAQ_MORE;
}

int warraq_decompressor_step(warraq_decompressor *d, const uint8_t **in, size_t *in_count, uint8_t **out,
                             size_t *out_count) {
  switch (d->format) {
    case WARRAQ_GZIP: return step_gzip(d, in, in_count, out, out_count);
    case WARRAQ_BZIP2: return step_bzip2(d, in, in_count, out, out_count);
    case WARRAQ_XZ: return step_xz(d, in, in_count, out, out_count);
    case WARRAQ_ZSTD: return step_zstd(d, in, in_count, out, out_count);
    default: return WARRAQ_CORRUPT;
  }
}

const char *warraq_decompressor_error(const warraq_decompressor *d) { return d->error; }
