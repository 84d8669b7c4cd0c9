#include "warraq_body.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/// As HTTP's clients do, takes `deflate` to be either zlib or raw deflate.
static int window_bits(const uint8_t *body, size_t count) {
  if (count >= 2 && body[0] == 0x1F && body[1] == 0x8B) return 15 + 16;
  if (count >= 2 && (body[0] & 0x0F) == 8 && ((body[0] << 8) | body[1]) % 31 == 0) return 15;
  return -15;
}

static int inflate_into(z_stream *stream, size_t limit, uint8_t **out, size_t *out_count) {
  size_t capacity = *out_count, used = 0;
  while (1) {
    size_t room = capacity - used;
    unsigned now = room > UINT_MAX ? UINT_MAX : (unsigned)room;
    stream->next_out = *out + used;
    stream->avail_out = now;
    int result = inflate(stream, Z_NO_FLUSH);
    used += now - stream->avail_out;
    if (used > limit) return WARRAQ_BODY_TOO_LARGE;
    if (result == Z_STREAM_END) {
      *out_count = used;
      return WARRAQ_BODY_OK;
    }
    if (result != Z_OK && result != Z_BUF_ERROR) return WARRAQ_BODY_CORRUPT;
    if (stream->avail_out > 0) return WARRAQ_BODY_CUT;
    if (used == capacity) {
      capacity = capacity * 2 > limit ? limit + 1 : capacity * 2;
      uint8_t *larger = realloc(*out, capacity);
      if (!larger) return WARRAQ_BODY_NO_MEMORY;
      *out = larger;
    }
  }
}

int warraq_body_inflate(const uint8_t *body, size_t count, size_t limit, uint8_t **out, size_t *out_count) {
  *out = NULL;
  *out_count = 0;
  if (count > UINT_MAX || limit >= SIZE_MAX / 4) return WARRAQ_BODY_TOO_LARGE;
  z_stream stream;
  memset(&stream, 0, sizeof stream);
  if (inflateInit2(&stream, window_bits(body, count)) != Z_OK) return WARRAQ_BODY_NO_MEMORY;
  stream.next_in = (Bytef *)body;
  stream.avail_in = (unsigned)count;
  size_t size = count < limit / 4 ? count * 4 + 256 : limit + 1;
  uint8_t *room = malloc(size);
  int result = room ? inflate_into(&stream, limit, &room, &size) : WARRAQ_BODY_NO_MEMORY;
  inflateEnd(&stream);
  if (result != WARRAQ_BODY_OK) {
    free(room);
    return result;
  }
  *out = room;
  *out_count = size;
  return WARRAQ_BODY_OK;
}

size_t warraq_body_inflated_size(const uint8_t *body, size_t count, size_t limit) {
  enum { ROOM = 32 << 10 };
  if (count == 0 || count > UINT_MAX) return 0;
  z_stream stream;
  memset(&stream, 0, sizeof stream);
  if (inflateInit2(&stream, window_bits(body, count)) != Z_OK) return 0;
  stream.next_in = (Bytef *)body;
  stream.avail_in = (unsigned)count;
  uint8_t room[ROOM];
  size_t size = 0;
  int result;
  do {
    stream.next_out = room;
    stream.avail_out = ROOM;
    result = inflate(&stream, Z_NO_FLUSH);
    size += ROOM - stream.avail_out;
  } while (result == Z_OK && size <= limit);
  inflateEnd(&stream);
  return size;
}
