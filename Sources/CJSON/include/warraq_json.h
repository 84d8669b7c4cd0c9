#ifndef WARRAQ_JSON_H
#define WARRAQ_JSON_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Takes one JSON object apart: the values at a few dotted paths, and everything else as JSON again.
///
/// Strings come out as their bytes were: whether they are valid UTF-8 is for the caller to find out when it
/// decodes them, which costs nothing extra there. Of several members of one name the last counts.

/// Id, title and text, in this order.
enum { WARRAQ_JSON_FIELDS = 3, WARRAQ_JSON_TEXT_FIELD = 2 };

enum {
  /// No such member.
  WARRAQ_JSON_MISSING = 0,
  /// A string, unescaped; of the text field also an array of strings, joined by newlines.
  WARRAQ_JSON_STRING = 1,
  /// A number, true or false, as it is written.
  WARRAQ_JSON_SCALAR = 2,
  /// null
  WARRAQ_JSON_NULL = 3,
  /// An object or an array; it stays among the other members.
  WARRAQ_JSON_CONTAINER = 4,
};

typedef struct {
  int kind;
  /// Valid until the next parse; not terminated by zero.
  const char *bytes;
  size_t count;
} warraq_json_value;

typedef struct {
  warraq_json_value fields[WARRAQ_JSON_FIELDS];
  /// An object of all other members, in their order, numbers as written; NULL when there are none.
  const char *rest;
  size_t rest_count;
  /// Offset of the first error in bytes.
  size_t error_offset;
  /// Escapes of the lower half of a surrogate pair that had no upper half, given as U+FFFD.
  int replacements;
} warraq_json_record;

enum {
  WARRAQ_JSON_OK = 0,
  /// Not valid JSON.
  WARRAQ_JSON_INVALID = 1,
  /// JSON, but no object.
  WARRAQ_JSON_NOT_OBJECT = 2,
  /// An escape names the upper half of a surrogate pair, and none follows that names the lower.
  WARRAQ_JSON_SURROGATE = 4,
  /// Nested deeper than the limit.
  WARRAQ_JSON_DEPTH = 5,
};

typedef struct warraq_json_parser warraq_json_parser;

/// A parser for records whose fields stand at these dotted paths.
warraq_json_parser *warraq_json_parser_create(const char *const paths[WARRAQ_JSON_FIELDS], int max_depth);
void warraq_json_parser_free(warraq_json_parser *parser);

/// Parses one object; `record` is valid until the next call.
int warraq_json_parse(warraq_json_parser *parser, const uint8_t *bytes, size_t count,
                      warraq_json_record *record);

/// English words for the last error.
const char *warraq_json_error(const warraq_json_parser *parser);

#ifdef __cplusplus
}
#endif

#endif
