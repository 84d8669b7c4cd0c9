#include "icu_charset.h"

#include <string.h>

#include <unicode/utf8.h>

// Reads one character at `at`; returns its code point, or a negative number, and moves `at` behind it.
static inline int32_t next_character(const uint8_t *bytes, int32_t *at, int32_t count) {
  UChar32 c;
  int32_t i = *at;
  U8_NEXT(bytes, i, count, c);
  *at = i;
  return c;
}

#if defined(__x86_64__)

#include <immintrin.h>

// Row `mask` moves the 16-bit lanes whose bit is set to the front.
static uint8_t lanes_to_front[256][16];
static int has_vectors;

__attribute__((constructor)) static void prepare_vectors(void) {
  for (int mask = 0; mask < 256; mask++) {
    int to = 0;
    memset(lanes_to_front[mask], 0x80, 16);
    for (int lane = 0; lane < 8; lane++) {
      if (mask & (1 << lane)) {
        lanes_to_front[mask][to++] = (uint8_t)(2 * lane);
        lanes_to_front[mask][to++] = (uint8_t)(2 * lane + 1);
      }
    }
  }
  __builtin_cpu_init();
  has_vectors = __builtin_cpu_supports("ssse3") && __builtin_cpu_supports("popcnt");
}

// Converts characters of one and two bytes, eight bytes at a time, as long as there is nothing else and at
// least 17 bytes are left. Every byte is made into a unit as if a character began there; the lanes where none
// begins are squeezed out. Returns how many units were written.
__attribute__((target("ssse3,popcnt"))) static int32_t convert_short(const uint8_t *bytes, int32_t *position,
                                                                     int32_t count, uint16_t *output) {
  const __m128i zero = _mm_setzero_si128();
  const __m128i first_lead = _mm_set1_epi8((char)0xC0);
  int32_t at = *position;
  uint16_t *out = output;
  while (count - at >= 17) {
    __m128i block = _mm_loadu_si128((const __m128i *)(bytes + at));
    unsigned high = (unsigned)_mm_movemask_epi8(block);
    if (high == 0) {
      _mm_storeu_si128((__m128i *)out, _mm_unpacklo_epi8(block, zero));
      _mm_storeu_si128((__m128i *)(out + 8), _mm_unpackhi_epi8(block, zero));
      out += 16;
      at += 16;
      continue;
    }
    // As signed numbers, continuation bytes are the ones below 0xC0.
    unsigned continuation = (unsigned)_mm_movemask_epi8(_mm_cmplt_epi8(block, first_lead));
    unsigned lead = high & ~continuation & 0xFF;
    // Longer characters, and the leads C0 and C1 that no valid text has.
    __m128i long_lead = _mm_cmpeq_epi8(_mm_max_epu8(block, _mm_set1_epi8((char)0xE0)), block);
    __m128i overlong = _mm_cmpeq_epi8(_mm_and_si128(block, _mm_set1_epi8((char)0xFE)), first_lead);
    unsigned other = (unsigned)_mm_movemask_epi8(_mm_or_si128(long_lead, overlong)) & 0xFF;
    if (other | ((continuation & 0x1FF) ^ (lead << 1))) break;
    __m128i here = _mm_unpacklo_epi8(block, zero);
    __m128i next = _mm_unpacklo_epi8(_mm_srli_si128(block, 1), zero);
    __m128i two = _mm_or_si128(_mm_slli_epi16(_mm_and_si128(here, _mm_set1_epi16(0x1F)), 6),
                               _mm_and_si128(next, _mm_set1_epi16(0x3F)));
    __m128i is_two = _mm_cmpgt_epi16(here, _mm_set1_epi16(0x7F));
    __m128i units = _mm_or_si128(_mm_and_si128(is_two, two), _mm_andnot_si128(is_two, here));
    unsigned keep = ~continuation & 0xFF;
    __m128i front = _mm_shuffle_epi8(units, _mm_loadu_si128((const __m128i *)lanes_to_front[keep]));
    _mm_storeu_si128((__m128i *)out, front);
    out += _mm_popcnt_u32(keep);
    at += 8 + (int32_t)(lead >> 7);
  }
  *position = at;
  return (int32_t)(out - output);
}

#else

static const int has_vectors = 0;

static int32_t convert_short(const uint8_t *bytes, int32_t *position, int32_t count, uint16_t *output) {
  (void)bytes, (void)position, (void)count, (void)output;
  return 0;
}

#endif

int32_t warraq_charset_utf8_to_utf16(const uint8_t *bytes, int32_t count, uint16_t *output, int32_t capacity) {
  if (capacity < count) return -2;
  int32_t at = 0;
  int32_t length = 0;
  while (at < count) {
    if (has_vectors) length += convert_short(bytes, &at, count, output + length);
    // What stopped the vectors lies in the next eight bytes.
    int32_t end = count - at > 8 ? at + 8 : count;
    while (at < end) {
      uint8_t lead = bytes[at];
      if (lead < 0x80) {
        output[length++] = lead;
        at++;
      } else if (lead >= 0xC2 && lead < 0xE0 && at + 1 < count && (bytes[at + 1] & 0xC0) == 0x80) {
        output[length++] = (uint16_t)((lead & 0x1F) << 6 | (bytes[at + 1] & 0x3F));
        at += 2;
      } else {
        int32_t c = next_character(bytes, &at, count);
        if (c < 0) return -1;
        if (c > 0xFFFF) output[length++] = (uint16_t)(0xD7C0 + (c >> 10));
        output[length++] = (uint16_t)(c > 0xFFFF ? 0xDC00 | (c & 0x3FF) : c);
      }
    }
  }
  return length;
}

int64_t warraq_charset_utf16_to_utf8(const uint16_t *units, int32_t count, uint8_t *output) {
  uint8_t *out = output;
  for (int32_t at = 0; at < count; at++) {
    uint32_t c = units[at];
    if (c < 0x80) {
      *out++ = (uint8_t)c;
      continue;
    }
    if (c < 0x800) {
      *out++ = (uint8_t)(0xC0 | c >> 6);
      *out++ = (uint8_t)(0x80 | (c & 0x3F));
      continue;
    }
    if ((c & 0xF800) == 0xD800) {
      if ((c & 0x400) == 0 && at + 1 < count && (units[at + 1] & 0xFC00) == 0xDC00) {
        c = 0x10000 + ((c & 0x3FF) << 10 | (units[++at] & 0x3FF));
        *out++ = (uint8_t)(0xF0 | c >> 18);
        *out++ = (uint8_t)(0x80 | (c >> 12 & 0x3F));
        *out++ = (uint8_t)(0x80 | (c >> 6 & 0x3F));
        *out++ = (uint8_t)(0x80 | (c & 0x3F));
        continue;
      }
      c = 0xFFFD;
    }
    *out++ = (uint8_t)(0xE0 | c >> 12);
    *out++ = (uint8_t)(0x80 | (c >> 6 & 0x3F));
    *out++ = (uint8_t)(0x80 | (c & 0x3F));
  }
  return out - output;
}

int warraq_charset_utf8_is_valid(const uint8_t *bytes, int32_t count) {
  int32_t at = 0;
  while (at < count) {
    uint64_t eight;
    if (count - at >= 8 && (memcpy(&eight, bytes + at, 8), (eight & 0x8080808080808080u) == 0)) {
      at += 8;
    } else if (next_character(bytes, &at, count) < 0) {
      return 0;
    }
  }
  return 1;
}
