#include "warraq_json.h"

// RapidJSON then goes through strings sixteen bytes at a time.
#if defined(__SSE2__)
#define RAPIDJSON_SSE2
#endif

#include <algorithm>
#include <cstring>
#include <new>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <rapidjson/error/en.h>
#include <rapidjson/reader.h>

#include "member_writer.h"

namespace rj = rapidjson;

namespace {

thread_local int lone_surrogates = 0;

/// UTF-8 for escapes: RapidJSON 1.1 takes a lone lower surrogate and would write bytes that are no UTF-8.
struct EscapedUTF8 : rj::UTF8<> {
  template <typename OutputStream>
  static void Encode(OutputStream &output, unsigned code_point) {
    if (code_point >= 0xD800 && code_point <= 0xDFFF) {
      code_point = 0xFFFD;
      lone_surrogates++;
    }
    rj::UTF8<>::Encode(output, code_point);
  }
};

std::vector<std::string> split(const char *path) {
  std::vector<std::string> parts;
  std::string part;
  for (; *path; path++) {
    if (*path == '.') {
      parts.push_back(part);
      part.clear();
    } else {
      part += *path;
    }
  }
  parts.push_back(part);
  return parts;
}

/// The end of the JSON number that begins at `at`, or `at` when none does.
const char *number_end(const char *at) {
  const auto digits = [](const char *from) {
    while (*from >= '0' && *from <= '9') from++;
    return from;
  };
  const char *first = *at == '-' ? at + 1 : at;
  const char *end = digits(first);
  if (end == first || (*first == '0' && end - first > 1)) return at;
  if (*end == '.') {
    const char *fraction = end + 1;
    end = digits(fraction);
    if (end == fraction) return at;
  }
  if (*end == 'e' || *end == 'E') {
    const char *exponent = end[1] == '+' || end[1] == '-' ? end + 2 : end + 1;
    end = digits(exponent);
    if (end == exponent) return at;
  }
  return end;
}

/// Zeros behind the record, as many as are looked at together.
constexpr size_t PADDING = MemberWriter::READ_AHEAD;

struct Field {
  std::vector<std::string> path;
  int kind = WARRAQ_JSON_MISSING;
  std::string_view value;
};

}  // namespace

/// A SAX handler: mapped scalars go to their fields, everything else is written out again.
///
/// Strings are unescaped where they lie in `source`: what fields and names hold points into it.
struct warraq_json_parser {
  std::vector<Field> fields;
  int max_depth;
  int depth = 0;
  /// Depth inside an array: paths do not reach into arrays.
  int array_depth = 0;
  bool is_root_object = false;
  bool is_too_deep = false;
  size_t rest_members = 0;
  /// The field whose value comes next, or -1.
  int pending = -1;
  std::string_view key;
  /// The record, terminated by zeros as RapidJSON wants it; only grows.
  std::vector<char> source;
  /// Spellings of the numbers that RapidJSON would refuse, which `source` has as 0, by their place among all
  /// numbers; how many of either have come.
  std::vector<std::pair<size_t, std::string>> large_numbers;
  size_t numbers_seen = 0;
  size_t large_numbers_seen = 0;
  /// The text field's array being read: its depth, or 0; how many strings it gave; whether it had only strings.
  int paragraphs_depth = 0;
  size_t paragraphs = 0;
  bool is_all_strings = true;
  std::string joined;
  MemberWriter writer;
  rj::GenericReader<EscapedUTF8, EscapedUTF8> reader;
  const char *error = "";

  void reset() {
    for (auto &field : fields) {
      field.kind = WARRAQ_JSON_MISSING;
      field.value = {};
    }
    names.clear();
    lone_surrogates = 0;
    numbers_seen = large_numbers_seen = 0;
    depth = array_depth = paragraphs_depth = 0;
    is_root_object = is_too_deep = false;
    rest_members = 0;
    pending = -1;
    writer.clear();
  }

  /// A value that is not taken: its key is written now that we know.
  void keep_key() {
    if (pending >= 0) {
      if (depth == 1) rest_members++;
      writer.key(key);
      pending = -1;
    }
  }

  /// A scalar inside the text field's array.
  bool take_paragraph(int kind, const char *bytes, size_t count) {
    if (paragraphs_depth == 0) return false;
    if (kind == WARRAQ_JSON_STRING && depth == paragraphs_depth) {
      if (paragraphs++ > 0) joined += '\n';
      joined.append(bytes, count);
    } else if (kind != WARRAQ_JSON_NULL) {
      is_all_strings = false;
    }
    return true;
  }

  bool take(int kind, const char *bytes, size_t count) {
    if (take_paragraph(kind, bytes, count)) return true;
    if (pending < 0) return false;
    fields[pending].kind = kind;
    fields[pending].value = {bytes, count};
    pending = -1;
    return true;
  }

  bool Null() { return take(WARRAQ_JSON_NULL, "", 0) || writer.raw("null"); }
  bool Bool(bool value) {
    const char *text = value ? "true" : "false";
    return take(WARRAQ_JSON_SCALAR, text, std::strlen(text)) || writer.raw(text);
  }
  // Numbers come as text (kParseNumbersAsStringsFlag); these are never called.
  bool Int(int) { return false; }
  bool Uint(unsigned) { return false; }
  bool Int64(int64_t) { return false; }
  bool Uint64(uint64_t) { return false; }
  bool Double(double) { return false; }
  bool RawNumber(const char *text, rj::SizeType count, bool) {
    const size_t number = numbers_seen++;
    if (large_numbers_seen < large_numbers.size() && large_numbers[large_numbers_seen].first == number) {
      const std::string &spelling = large_numbers[large_numbers_seen++].second;
      text = spelling.data();
      count = static_cast<rj::SizeType>(spelling.size());
    }
    return take(WARRAQ_JSON_SCALAR, text, count) || writer.raw({text, count});
  }
  bool String(const char *text, rj::SizeType count, bool) {
    return take(WARRAQ_JSON_STRING, text, count) || writer.string({text, count});
  }

  bool StartObject() {
    if (depth == 0) is_root_object = true;
    if (depth >= max_depth) return !(is_too_deep = true);
    if (paragraphs_depth > 0) {
      is_all_strings = false;
      depth++;
      return true;
    }
    if (pending >= 0) {
      fields[pending].kind = WARRAQ_JSON_CONTAINER;
      keep_key();
    }
    enter();
    return writer.open('{');
  }
  bool EndObject(rj::SizeType) {
    if (paragraphs_depth > 0) {
      depth--;
      return true;
    }
    leave();
    return writer.close('}');
  }
  bool StartArray() {
    if (depth >= max_depth) return !(is_too_deep = true);
    if (paragraphs_depth > 0) {
      is_all_strings = false;
      depth++;
      return true;
    }
    if (pending == WARRAQ_JSON_TEXT_FIELD) {
      pending = -1;
      paragraphs = 0;
      joined.clear();
      is_all_strings = true;
      paragraphs_depth = ++depth;
      return true;
    }
    if (pending >= 0) {
      fields[pending].kind = WARRAQ_JSON_CONTAINER;
      keep_key();
    }
    array_depth++;
    depth++;
    return writer.open('[');
  }
  bool EndArray(rj::SizeType) {
    depth--;
    if (paragraphs_depth > 0) {
      if (depth < paragraphs_depth) {
        paragraphs_depth = 0;
        fields[WARRAQ_JSON_TEXT_FIELD].kind = is_all_strings ? WARRAQ_JSON_STRING : WARRAQ_JSON_CONTAINER;
        fields[WARRAQ_JSON_TEXT_FIELD].value = joined;
      }
      return true;
    }
    array_depth--;
    return writer.close(']');
  }

  /// Names of the objects around the one being read.
  std::vector<std::string_view> names;

  void enter() {
    depth++;
    if (depth > 1) names.push_back(key);
  }
  void leave() {
    depth--;
    if (!names.empty()) names.pop_back();
  }

  /// Puts 0 in the place of every number that could be beyond a double, and keeps how it is spelled.
  void set_large_numbers_aside(size_t count_of_bytes) {
    char *at = source.data();
    size_t number = 0;
    bool is_string = false;
    for (char *const end = at + count_of_bytes; at < end; at++) {
      if (*at == '"') is_string = !is_string;
      if (is_string && *at == '\\') at++;
      if (is_string || !(*at == '-' || (*at >= '0' && *at <= '9'))) continue;
      const size_t count = static_cast<size_t>(number_end(at) - at);
      if (count == 0) return;  // No JSON: the parser will say so.
      const std::string spelling(at, count);
      if (count > 300 || spelling.find_first_of("eE") != std::string::npos) {
        std::memset(at, ' ', count);
        *at = '0';
        large_numbers.emplace_back(number, spelling);
      }
      number++;
      at += count - 1;
    }
  }

  /// Takes a copy of the record: parsing unescapes its strings in place.
  void load(const uint8_t *bytes, size_t count) {
    if (source.size() < count + PADDING) source.resize(std::max(2 * source.size(), count + PADDING));
    std::memcpy(source.data(), bytes, count);
    std::memset(source.data() + count, 0, PADDING);
  }

  rj::ParseResult parse(rj::InsituStringStream &stream) {
    // Numbers stay text, yet RapidJSON computes them and refuses what no double can hold.
    constexpr unsigned flags =
        rj::kParseInsituFlag | rj::kParseIterativeFlag | rj::kParseNumbersAsStringsFlag;
    return reader.Parse<flags>(stream, *this);
  }

  bool Key(const char *text, rj::SizeType count, bool) {
    if (paragraphs_depth > 0) return true;
    key = {text, count};
    if (array_depth == 0) {
      for (size_t i = 0; i < fields.size(); i++) {
        const auto &path = fields[i].path;
        if (path.size() != names.size() + 1 || path.back() != key) continue;
        bool same = true;
        for (size_t part = 0; part < names.size() && same; part++) same = path[part] == names[part];
        if (same) {
          // The key is written only if the value turns out to be none of ours.
          pending = static_cast<int>(i);
          return true;
        }
      }
    }
    if (depth == 1) rest_members++;
    return writer.key(key);
  }
};

warraq_json_parser *warraq_json_parser_create(const char *const paths[WARRAQ_JSON_FIELDS], int max_depth) {
  auto *parser = new (std::nothrow) warraq_json_parser;
  if (!parser) return nullptr;
  parser->max_depth = max_depth;
  for (int i = 0; i < WARRAQ_JSON_FIELDS; i++) {
    Field field;
    field.path = split(paths[i]);
    parser->fields.push_back(field);
  }
  return parser;
}

void warraq_json_parser_free(warraq_json_parser *parser) { delete parser; }

int warraq_json_parse(warraq_json_parser *p, const uint8_t *bytes, size_t count, warraq_json_record *record) {
  p->reset();
  p->large_numbers.clear();
  std::memset(record, 0, sizeof *record);
  p->load(bytes, count);
  rj::InsituStringStream stream(p->source.data());
  rj::ParseResult result = p->parse(stream);
  if (result.Code() == rj::kParseErrorNumberTooBig) {
    p->load(bytes, count);
    p->set_large_numbers_aside(count);
    p->reset();
    stream = rj::InsituStringStream(p->source.data());
    result = p->parse(stream);
  }
  if (!result) {
    record->error_offset = result.Offset();
    p->error = rj::GetParseError_En(result.Code());
    if (p->is_too_deep) return WARRAQ_JSON_DEPTH;
    bool is_surrogate = result.Code() == rj::kParseErrorStringUnicodeSurrogateInvalid;
    return is_surrogate ? WARRAQ_JSON_SURROGATE : WARRAQ_JSON_INVALID;
  }
  if (stream.Tell() < count) {
    // RapidJSON takes a zero byte for the end.
    record->error_offset = stream.Tell();
    p->error = "A zero byte follows the value.";
    return WARRAQ_JSON_INVALID;
  }
  record->replacements = lone_surrogates;
  if (!p->is_root_object) return WARRAQ_JSON_NOT_OBJECT;
  for (int i = 0; i < WARRAQ_JSON_FIELDS; i++) {
    const Field &field = p->fields[i];
    record->fields[i] = {field.kind, field.value.data(), field.value.size()};
  }
  if (p->rest_members > 0) {
    record->rest = p->writer.text().data();
    record->rest_count = p->writer.text().size();
  }
  return WARRAQ_JSON_OK;
}

const char *warraq_json_error(const warraq_json_parser *parser) { return parser->error; }
