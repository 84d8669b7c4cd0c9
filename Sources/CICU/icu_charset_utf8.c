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
  has_vectors = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt");
}

// Moves the lanes of `units` that `keep` names to the front, writes them, and returns where the next goes.
__attribute__((target("avx2,popcnt"))) static inline uint16_t *write_kept(__m128i units, unsigned keep,
                                                                          uint16_t *output) {
  __m128i front = _mm_shuffle_epi8(units, _mm_loadu_si128((const __m128i *)lanes_to_front[keep]));
  _mm_storeu_si128((__m128i *)output, front);
  return output + _mm_popcnt_u32(keep);
}

// Converts characters of one and two bytes, 32 bytes at a time, as long as there is nothing else and at least 33
// bytes are left. Every byte is made into a unit as if a character began there; the lanes where none begins are
// squeezed out. Returns how many units were written.
__attribute__((target("avx2,popcnt"))) static int32_t convert_short(const uint8_t *bytes, int32_t *position,
                                                                    int32_t count, uint16_t *output) {
  const __m256i last_continuation = _mm256_set1_epi8((char)0xBF);
  const __m256i first_lead = _mm256_set1_epi8((char)0xC2), lead_span = _mm256_set1_epi8(0xDF - 0xC2);
  const __m256i top_two = _mm256_set1_epi8((char)0xC0), low_six = _mm256_set1_epi8(0x3F);
  const __m256i low_three = _mm256_set1_epi8(0x07);
  int32_t at = *position;
  uint16_t *out = output;
  while (count - at >= 33) {
    __m256i block = _mm256_loadu_si256((const __m256i *)(bytes + at));
    uint32_t high = (uint32_t)_mm256_movemask_epi8(block);
    if (high == 0) {
      _mm256_storeu_si256((__m256i *)out, _mm256_cvtepu8_epi16(_mm256_castsi256_si128(block)));
      _mm256_storeu_si256((__m256i *)(out + 16), _mm256_cvtepu8_epi16(_mm256_extracti128_si256(block, 1)));
      out += 32;
      at += 32;
      continue;
    }
    __m256i next = _mm256_loadu_si256((const __m256i *)(bytes + at + 1));
    // As signed numbers, continuation bytes are the lowest.
    uint32_t starts = (uint32_t)_mm256_movemask_epi8(_mm256_cmpgt_epi8(block, last_continuation));
    uint32_t next_starts = (uint32_t)_mm256_movemask_epi8(_mm256_cmpgt_epi8(next, last_continuation));
    __m256i from_lead = _mm256_sub_epi8(block, first_lead);
    __m256i is_two = _mm256_cmpeq_epi8(_mm256_min_epu8(from_lead, lead_span), from_lead);
    uint32_t leads = (uint32_t)_mm256_movemask_epi8(is_two);
    // Every other start is ASCII, continuation bytes follow leads and nothing else, and one does not come first.
    uint32_t wrong = ((starts & high) ^ leads) | ~(next_starts ^ leads) | (~starts & 1);
    if (wrong) break;
    __m256i low_two = _mm256_or_si256(_mm256_and_si256(_mm256_slli_epi16(block, 6), top_two),
                                      _mm256_and_si256(next, low_six));
    __m256i high_two = _mm256_and_si256(_mm256_srli_epi16(block, 2), low_three);
    __m256i lower = _mm256_blendv_epi8(block, low_two, is_two);
    __m256i upper = _mm256_and_si256(is_two, high_two);
    // Within each half of the vector: lanes 0 to 7 and 16 to 23, 8 to 15 and 24 to 31.
    __m256i even = _mm256_unpacklo_epi8(lower, upper), odd = _mm256_unpackhi_epi8(lower, upper);
    out = write_kept(_mm256_castsi256_si128(even), starts & 0xFF, out);
    out = write_kept(_mm256_castsi256_si128(odd), starts >> 8 & 0xFF, out);
    out = write_kept(_mm256_extracti128_si256(even, 1), starts >> 16 & 0xFF, out);
    out = write_kept(_mm256_extracti128_si256(odd, 1), starts >> 24, out);
    at += 32 + (int32_t)(leads >> 31);
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
    // What stopped the vectors lies in the next 32 bytes.
    int32_t end = count - at > 32 ? at + 32 : count;
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
