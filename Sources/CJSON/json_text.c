#include "warraq_json_text.h"

#include <string.h>

#define DIGITS(n)                                                                          \
  ((n) < 10    ? 1u << 24 | ('0' + (n))                                                    \
   : (n) < 100 ? 2u << 24 | ('0' + (n) % 10) << 8 | ('0' + (n) / 10)                       \
               : 3u << 24 | ('0' + (n) % 10) << 16 | ('0' + (n) / 10 % 10) << 8 | ('0' + (n) / 100))
#define TEN(n)                                                                               \
  DIGITS(n), DIGITS(n + 1), DIGITS(n + 2), DIGITS(n + 3), DIGITS(n + 4), DIGITS(n + 5), \
      DIGITS(n + 6), DIGITS(n + 7), DIGITS(n + 8), DIGITS(n + 9)
#define HUNDRED(n)                                                                                       \
  TEN(n), TEN(n + 10), TEN(n + 20), TEN(n + 30), TEN(n + 40), TEN(n + 50), TEN(n + 60), TEN(n + 70), \
      TEN(n + 80), TEN(n + 90)

const uint32_t warraq_json_numbers[1000] = {
    HUNDRED(0),   HUNDRED(100), HUNDRED(200), HUNDRED(300), HUNDRED(400),
    HUNDRED(500), HUNDRED(600), HUNDRED(700), HUNDRED(800), HUNDRED(900),
};

size_t warraq_json_text_escape(uint8_t byte, uint8_t *output) {
  output[0] = '\\';
  switch (byte) {
    case '"':
    case '\\': output[1] = byte; return 2;
    case '\b': output[1] = 'b'; return 2;
    case '\t': output[1] = 't'; return 2;
    case '\n': output[1] = 'n'; return 2;
    case '\f': output[1] = 'f'; return 2;
    case '\r': output[1] = 'r'; return 2;
    default: break;
  }
  output[1] = 'u';
  output[2] = '0';
  output[3] = '0';
  output[4] = (uint8_t)('0' + (byte >> 4));
  output[5] = (uint8_t)"0123456789abcdef"[byte & 15];
  return 6;
}

// Writes the character at `at` and moves both behind it.
static inline void write_one(const uint16_t *units, size_t *at, size_t count, uint8_t **output) {
  uint8_t *out = *output;
  uint32_t c = units[(*at)++];
  if (c < 0x80) {
    if (c < 0x20 || c == '"' || c == '\\') {
      out += warraq_json_text_escape((uint8_t)c, out);
    } else {
      *out++ = (uint8_t)c;
    }
  } else if (c < 0x800) {
    *out++ = (uint8_t)(0xC0 | c >> 6);
    *out++ = (uint8_t)(0x80 | (c & 0x3F));
  } else if ((c & 0xFC00) == 0xD800 && *at < count && (units[*at] & 0xFC00) == 0xDC00) {
    c = 0x10000 + ((c & 0x3FF) << 10 | (units[(*at)++] & 0x3FF));
    *out++ = (uint8_t)(0xF0 | c >> 18);
    *out++ = (uint8_t)(0x80 | (c >> 12 & 0x3F));
    *out++ = (uint8_t)(0x80 | (c >> 6 & 0x3F));
    *out++ = (uint8_t)(0x80 | (c & 0x3F));
  } else {
    if ((c & 0xF800) == 0xD800) c = 0xFFFD;
    *out++ = (uint8_t)(0xE0 | c >> 12);
    *out++ = (uint8_t)(0x80 | (c >> 6 & 0x3F));
    *out++ = (uint8_t)(0x80 | (c & 0x3F));
  }
  *output = out;
}

#if defined(__x86_64__)

#include <immintrin.h>

// Row `lanes` moves so many 16-bit lanes out at the lower end, and zeros in at the upper one.
static uint8_t shift_out[9][16];

// Row `mask` leaves out the upper byte of the 16-bit lanes whose bit is set.
static uint8_t without_upper_byte[256][16];
static int has_vectors;

__attribute__((constructor)) static void prepare_vectors(void) {
  for (int mask = 0; mask < 256; mask++) {
    int to = 0;
    for (int lane = 0; lane < 8; lane++) {
      without_upper_byte[mask][to++] = (uint8_t)(2 * lane);
      if ((mask & (1 << lane)) == 0) without_upper_byte[mask][to++] = (uint8_t)(2 * lane + 1);
    }
    while (to < 16) without_upper_byte[mask][to++] = 0x80;
  }
  for (int lanes = 0; lanes <= 8; lanes++) {
    for (int to = 0; to < 16; to++) shift_out[lanes][to] = to + 2 * lanes < 16 ? (uint8_t)(to + 2 * lanes) : 0x80;
  }
  __builtin_cpu_init();
  has_vectors = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt");
}

// One to seven units of a text that has no more, followed by zeros. By two loads that may overlap: short strings are many, and a loop over
// lengths that no processor guesses is slow.
static inline __m128i load_few(const uint16_t *units, size_t count) {
  uint64_t low = 0, high = 0;
  if (count >= 4) {
    memcpy(&low, units, 8);
    memcpy(&high, units + count - 4, 8);
    high = count == 4 ? 0 : high >> (8 - count) * 16;
  } else {
    low = units[0] | (uint64_t)units[count / 2] << count / 2 * 16 | (uint64_t)units[count - 1] << (count - 1) * 16;
  }
  return _mm_set_epi64x((long long)high, (long long)low);
}

// The last units of a text, from one to fifteen, followed by zeros: by loads that overlap what is before.
__attribute__((target("avx2"))) static inline __m256i load_last(const uint16_t *units, size_t at, size_t count) {
  size_t left = count - at;
  if (count < 8) return _mm256_zextsi128_si256(load_few(units + at, left));
  __m128i last = _mm_loadu_si128((const __m128i *)(units + count - 8));
  if (left < 8) {
    return _mm256_zextsi128_si256(_mm_shuffle_epi8(last, _mm_loadu_si128((const __m128i *)shift_out[8 - left])));
  }
  __m128i upper = _mm_shuffle_epi8(last, _mm_loadu_si128((const __m128i *)shift_out[16 - left]));
  return _mm256_inserti128_si256(_mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)(units + at))), upper, 1);
}

// Sixteen units at a time: all are written as if they had one or two bytes, up to the first that has more or needs
// an escape; that one is written by itself. Word lengths are random, so a branch on "blank or letter" would be
// guessed wrong at every word; here only the rare characters branch.
__attribute__((target("avx2,popcnt"))) static size_t write_vectors(const uint16_t *units, size_t count,
                                                                   uint8_t *output) {
  const __m256i quote = _mm256_set1_epi16('"'), solidus = _mm256_set1_epi16('\\');
  const __m256i first_plain = _mm256_set1_epi16(0x20), last_short = _mm256_set1_epi16(0x7FF);
  const __m256i first_two = _mm256_set1_epi16(0x80), low_six = _mm256_set1_epi16(0x3F);
  const __m256i marks = _mm256_set1_epi16((short)0x80C0);
  size_t at = 0;
  uint8_t *out = output;
  while (at < count) {
    size_t left = count - at;
    __m256i block;
    if (left >= 16) {
      block = _mm256_loadu_si256((const __m256i *)(units + at));
    } else {
      // What is not there is zero, which is no plain character.
      block = load_last(units, at, count);
    }
    // As signed numbers, units from 0x8000 on are below 0x20.
    __m256i other = _mm256_or_si256(
        _mm256_or_si256(_mm256_cmpeq_epi16(block, quote), _mm256_cmpeq_epi16(block, solidus)),
        _mm256_or_si256(_mm256_cmpgt_epi16(first_plain, block), _mm256_cmpgt_epi16(block, last_short)));
    __m256i is_one = _mm256_cmpgt_epi16(first_two, block);
    __m256i two = _mm256_or_si256(_mm256_or_si256(_mm256_srli_epi16(block, 6), marks),
                                  _mm256_slli_epi16(_mm256_and_si256(block, low_six), 8));
    __m256i bytes = _mm256_blendv_epi8(two, block, is_one);
    unsigned ones = (unsigned)_mm256_movemask_epi8(_mm256_packs_epi16(is_one, is_one));
    unsigned low_ones = ones & 0xFF, high_ones = ones >> 24;
    __m256i order = _mm256_inserti128_si256(
        _mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)without_upper_byte[low_ones])),
        _mm_loadu_si128((const __m128i *)without_upper_byte[high_ones]), 1);
    __m256i packed = _mm256_shuffle_epi8(bytes, order);
    uint8_t *upper = out + 16 - _mm_popcnt_u32(low_ones);
    _mm_storeu_si128((__m128i *)out, _mm256_castsi256_si128(packed));
    _mm_storeu_si128((__m128i *)upper, _mm256_extracti128_si256(packed, 1));
    unsigned others = (unsigned)_mm256_movemask_epi8(other);
    if (others == 0) {
      at += 16;
      out = upper + 16 - _mm_popcnt_u32(high_ones);
      continue;
    }
    unsigned plain = (unsigned)__builtin_ctz(others) / 2;
    at += plain;
    out += 2 * plain - (unsigned)_mm_popcnt_u32((low_ones | high_ones << 8) & ((1u << plain) - 1));
    if (plain < left) write_one(units, &at, count, &out);
  }
  return (size_t)(out - output);
}

#else

static const int has_vectors = 0;

static size_t write_vectors(const uint16_t *units, size_t count, uint8_t *output) {
  (void)units, (void)count, (void)output;
  return 0;
}

#endif

// Whether all of four units are below U+0800 and need no escape: tested at once inside one integer (Bit
// Twiddling Hacks, "determine if a word has a byte less than n").
static inline int is_plain(uint64_t block) {
  const uint64_t ones = 0x0001000100010001u, tops = ones * 0x8000;
  uint64_t control = (block | tops) - ones * 0x20;
  uint64_t quotes = ((block ^ (ones * '"')) | tops) - ones;
  uint64_t solidi = ((block ^ (ones * '\\')) | tops) - ones;
  return (block & (ones * 0xF800)) == 0 && (control & quotes & solidi & tops) == tops;
}

// The same without vectors: four units that have one or two bytes are written without a branch.
__attribute__((noinline)) static size_t write_words(const uint16_t *units, size_t count, uint8_t *output) {
  size_t at = 0;
  uint8_t *out = output;
  while (count - at >= 4) {
    uint64_t block = (uint64_t)units[at] | (uint64_t)units[at + 1] << 16 | (uint64_t)units[at + 2] << 32 |
                     (uint64_t)units[at + 3] << 48;
    if (is_plain(block)) {
      for (int lane = 0; lane < 4; lane++) {
        unsigned unit = units[at++];
        unsigned is_wide = unit >= 0x80;
        out[0] = (uint8_t)(is_wide ? 0xC0 | unit >> 6 : unit);
        out[1] = (uint8_t)(0x80 | (unit & 0x3F));
        out += 1 + is_wide;
      }
    } else {
      for (size_t end = at + 4; at < end;) write_one(units, &at, count, &out);
    }
  }
  while (at < count) write_one(units, &at, count, &out);
  return (size_t)(out - output);
}

size_t warraq_json_text_from_utf16(const uint16_t *units, size_t count, uint8_t *output) {
  return has_vectors ? write_vectors(units, count, output) : write_words(units, count, output);
}
