#include "warraq_html.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/// In the order of warraq_html_element, which is alphabetical.
static const char *const names[] = {
    "",         "address",    "article", "aside",    "audio",  "blockquote", "body",   "br",       "button",
    "canvas",   "caption",    "center",  "datalist", "dd",     "details",    "dialog", "div",      "dl",
    "dt",       "fieldset",   "figcaption", "figure", "footer", "form",      "h1",     "h2",       "h3",
    "h4",       "h5",         "h6",      "head",     "header", "hr",         "html",   "iframe",   "li",
    "link",     "main",       "menu",    "meta",     "nav",    "noframes",   "noscript", "ol",     "option",
    "p",        "pre",        "rp",      "script",   "section", "select",    "style",  "summary",  "svg",
    "table",    "tbody",      "td",      "template", "textarea", "tfoot",    "th",     "thead",    "time",
    "title",    "tr",         "ul",      "video",
};

enum { NAMES = sizeof names / sizeof *names };
_Static_assert(NAMES == WARRAQ_HTML_VIDEO + 1, "one name an element");

/// Most attributes of a tag.
enum { ATTRIBUTES = 256 };

typedef struct {
  const warraq_html_events *events;
  htmlParserCtxtPtr parser;
  int depth;
  /// Offset behind the tag that went too deep; -1 for none.
  long stopped_at;
} session;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static void initialize(void) { xmlInitParser(); }

static warraq_html_element element(const xmlChar *name) {
  int low = 1, high = NAMES - 1;
  while (low <= high) {
    int middle = (low + high) / 2;
    int order = strcmp((const char *)name, names[middle]);
    if (order == 0) return (warraq_html_element)middle;
    if (order < 0) high = middle - 1;
    else low = middle + 1;
  }
  return WARRAQ_HTML_OTHER;
}

static void on_start(void *context, const xmlChar *name, const xmlChar **attributes) {
  session *s = context;
  if (s->stopped_at >= 0) return;
  s->depth += 1;
  s->events->start(s->events->context, element(name), (const char *const *)attributes);
  if (s->depth < WARRAQ_HTML_DEPTH) return;
  s->stopped_at = s->parser->input->cur - s->parser->input->base + (long)s->parser->input->consumed;
  xmlStopParser(s->parser);
}

static void on_end(void *context, const xmlChar *name) {
  session *s = context;
  if (s->stopped_at >= 0) return;
  s->depth -= 1;
  s->events->end(s->events->context, element(name));
}

static void on_text(void *context, const xmlChar *text, int count) {
  session *s = context;
  if (s->stopped_at < 0 && count > 0) s->events->text(s->events->context, text, (size_t)count);
}

static void on_raw(void *context, const xmlChar *text, int count) {
  session *s = context;
  if (s->stopped_at < 0 && count > 0) s->events->raw(s->events->context, text, (size_t)count);
}

static int is_blank(uint8_t c) { return c == ' ' || (c >= 9 && c <= 13); }

/// Blanks out the attributes of a tag behind the first 256: libxml2 compares each with all before it. `at` is behind
/// the tag's name; returns where the tag ends.
static size_t limit_attributes(uint8_t *bytes, size_t count, size_t at) {
  size_t attributes = 0, cut = 0;
  int after_equals = 0, in_word = 0;
  for (; at < count && bytes[at] != '>'; at++) {
    uint8_t c = bytes[at];
    if (is_blank(c) || c == '/') {
      in_word = 0;
      continue;
    }
    if ((c == '"' || c == '\'') && after_equals) {
      uint8_t *end = memchr(bytes + at + 1, c, count - at - 1);
      if (!end) break;
      at = (size_t)(end - bytes);
      after_equals = in_word = 0;
      continue;
    }
    after_equals = c == '=';
    if (!in_word && !after_equals && ++attributes == ATTRIBUTES) cut = at;
    in_word = 1;
  }
  if (cut) memset(bytes + cut, ' ', at - cut);
  return at;
}

static void limit_all_attributes(uint8_t *bytes, size_t count) {
  size_t at = 0;
  while (at < count) {
    uint8_t *open = memchr(bytes + at, '<', count - at);
    if (!open) return;
    at = (size_t)(open - bytes) + 1;
    // Tags of ordinary length have room for few attributes.
    size_t near = count - at < 2 * ATTRIBUTES ? count - at : 2 * ATTRIBUTES;
    if (at < count && ((bytes[at] | 0x20) < 'a' || (bytes[at] | 0x20) > 'z')) continue;
    if (memchr(bytes + at, '>', near)) continue;
    while (at < count && !is_blank(bytes[at]) && bytes[at] != '>' && bytes[at] != '/') at++;
    at = limit_attributes(bytes, count, at);
  }
}

typedef struct {
  const uint8_t *bytes;
  size_t count;
} source;

static int read_source(void *context, char *room, int size) {
  source *s = context;
  size_t count = s->count < (size_t)size ? s->count : (size_t)size;
  memcpy(room, s->bytes, count);
  s->bytes += count;
  s->count -= count;
  return (int)count;
}

/// A parser that is given the bytes in pieces. One of memory copies all there are, which makes a page that goes too deep
/// many times quadratic; one of static memory reads it twice and behind its end (libxml2 2.9.14).
static htmlParserCtxtPtr open_parser(source *source) {
  htmlParserCtxtPtr parser = htmlNewParserCtxt();
  if (!parser) return NULL;
  xmlParserInputBufferPtr buffer =
      xmlParserInputBufferCreateIO(read_source, NULL, source, XML_CHAR_ENCODING_NONE);
  xmlParserInputPtr input = buffer ? xmlNewIOInputStream(parser, buffer, XML_CHAR_ENCODING_NONE) : NULL;
  if (input && inputPush(parser, input) >= 0) return parser;
  if (input) xmlFreeInputStream(input);
  else if (buffer) xmlFreeParserInputBuffer(buffer);
  htmlFreeParserCtxt(parser);
  return NULL;
}

/// Parses until the end or until the tags are too deep; returns the offset to go on from, -1 for none, -2 for no memory.
static long parse_once(const uint8_t *bytes, size_t count, const warraq_html_events *events) {
  source source = {bytes, count};
  htmlParserCtxtPtr parser = open_parser(&source);
  if (!parser) return -2;
  htmlSAXHandler handler;
  memset(&handler, 0, sizeof handler);
  handler.startElement = on_start;
  handler.endElement = on_end;
  handler.characters = on_text;
  handler.ignorableWhitespace = on_text;
  handler.cdataBlock = on_raw;
  session s = {events, parser, 0, -1};
  htmlSAXHandler *own = parser->sax;
  parser->sax = &handler;
  parser->userData = &s;
  htmlCtxtUseOptions(parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_IGNORE_ENC |
                                 HTML_PARSE_NONET | HTML_PARSE_NODEFDTD | HTML_PARSE_NOIMPLIED);
  xmlSwitchEncoding(parser, XML_CHAR_ENCODING_UTF8);
  htmlParseDocument(parser);
  parser->sax = own;
  if (parser->myDoc) xmlFreeDoc(parser->myDoc);
  htmlFreeParserCtxt(parser);
  return s.stopped_at;
}

int warraq_html_parse(uint8_t *bytes, size_t count, const warraq_html_events *events) {
  if (count == 0) return 0;
  pthread_once(&once, initialize);
  limit_all_attributes(bytes, count);
  while (count > 0) {
    long stopped_at = parse_once(bytes, count, events);
    if (stopped_at == -2) return -1;
    if (stopped_at < 0) return 0;
    events->flattened(events->context);
    // The tag ends at the next bracket: its attributes were read.
    size_t next = (size_t)stopped_at < count ? (size_t)stopped_at : count;
    while (next < count && (bytes[next] == '/' || is_blank(bytes[next]))) next++;
    if (next < count && bytes[next] == '>') next++;
    bytes += next;
    count -= next;
  }
  return 0;
}
