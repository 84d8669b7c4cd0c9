#ifndef WARRAQ_MEMBER_WRITER_H
#define WARRAQ_MEMBER_WRITER_H

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/// Writes JSON from the events of a parser, which are known to nest, into a buffer that is used again.
///
/// Every step returns true, as RapidJSON wants of a handler.
class MemberWriter {
 public:
  /// Bytes behind a string that are read, though not used.
  static constexpr size_t READ_AHEAD = 16;

  void clear() {
    used = 0;
    needs_comma = false;
  }

  std::string_view text() const { return {buffer.data(), used}; }

  bool open(char bracket) {
    reserve(2);
    separate();
    buffer[used++] = bracket;
    needs_comma = false;
    return true;
  }

  bool close(char bracket) {
    reserve(1);
    buffer[used++] = bracket;
    return needs_comma = true;
  }

  /// A value spelled as it shall stand.
  bool raw(std::string_view value) {
    reserve(value.size() + 1);
    separate();
    std::memcpy(buffer.data() + used, value.data(), value.size());
    used += value.size();
    return needs_comma = true;
  }

  bool key(std::string_view name) {
    string(name);
    buffer[used++] = ':';
    needs_comma = false;
    return true;
  }

  /// A string, escaped where JSON demands it; READ_AHEAD bytes behind it must be readable.
  bool string(std::string_view value) {
    // A comma, quotes, a colon, and every byte as a six-byte escape.
    reserve(value.size() * 6 + 4 + READ_AHEAD);
    separate();
    char *out = buffer.data() + used;
    *out++ = '"';
    const char *at = value.data(), *const end = at + value.size();
    while (at < end) {
      size_t plain = copy_plain(at, out);
      plain = std::min(plain, static_cast<size_t>(end - at));
      at += plain;
      out += plain;
      if (plain < READ_AHEAD && at < end) out = escape(static_cast<uint8_t>(*at++), out);
    }
    *out++ = '"';
    used = static_cast<size_t>(out - buffer.data());
    return needs_comma = true;
  }

 private:
  std::vector<char> buffer;
  size_t used = 0;
  bool needs_comma = false;

  void reserve(size_t count) {
    if (buffer.size() - used < count) buffer.resize(std::max(2 * buffer.size(), used + count));
  }

  void separate() {
    buffer[used] = ',';
    used += needs_comma;
  }

  /// Copies READ_AHEAD bytes; returns how many of them come before the first that needs an escape.
  static size_t copy_plain(const char *from, char *to) {
#if defined(__SSE2__)
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i *>(from));
    _mm_storeu_si128(reinterpret_cast<__m128i *>(to), block);
    const __m128i control = _mm_set1_epi8(0x1F);
    const __m128i found = _mm_or_si128(
        _mm_or_si128(_mm_cmpeq_epi8(block, _mm_set1_epi8('"')), _mm_cmpeq_epi8(block, _mm_set1_epi8('\\'))),
        _mm_cmpeq_epi8(_mm_max_epu8(block, control), control));
    return static_cast<size_t>(__builtin_ctz(static_cast<unsigned>(_mm_movemask_epi8(found)) | 1u << READ_AHEAD));
#else
    std::memcpy(to, from, READ_AHEAD);
    size_t count = 0;
    while (count < READ_AHEAD && !needs_escape(static_cast<uint8_t>(to[count]))) count++;
    return count;
#endif
  }

  static bool needs_escape(uint8_t byte) { return byte < 0x20 || byte == '"' || byte == '\\'; }

  static char *escape(uint8_t byte, char *out) {
    *out++ = '\\';
    switch (byte) {
      case '"':
      case '\\': *out++ = static_cast<char>(byte); break;
      case '\b': *out++ = 'b'; break;
      case '\t': *out++ = 't'; break;
      case '\n': *out++ = 'n'; break;
      case '\f': *out++ = 'f'; break;
      case '\r': *out++ = 'r'; break;
      default:
        std::memcpy(out, "u00", 3);
        out[3] = "0123456789ABCDEF"[byte >> 4];
        out[4] = "0123456789ABCDEF"[byte & 15];
        out += 5;
    }
    return out;
  }
};

#endif
