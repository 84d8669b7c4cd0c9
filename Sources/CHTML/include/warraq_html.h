#ifndef WARRAQ_HTML_H
#define WARRAQ_HTML_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// HTML as a sequence of events, by libxml2's forgiving parser. Nothing of the page is kept.

/// Elements that mean something to a reader of text; the order is that of the names in html_events.c.
typedef enum {
  WARRAQ_HTML_OTHER = 0,
  WARRAQ_HTML_ADDRESS,
  WARRAQ_HTML_ARTICLE,
  WARRAQ_HTML_ASIDE,
  WARRAQ_HTML_AUDIO,
  WARRAQ_HTML_BLOCKQUOTE,
  WARRAQ_HTML_BODY,
  WARRAQ_HTML_BR,
  WARRAQ_HTML_BUTTON,
  WARRAQ_HTML_CANVAS,
  WARRAQ_HTML_CAPTION,
  WARRAQ_HTML_CENTER,
  WARRAQ_HTML_DATALIST,
  WARRAQ_HTML_DD,
  WARRAQ_HTML_DETAILS,
  WARRAQ_HTML_DIALOG,
  WARRAQ_HTML_DIV,
  WARRAQ_HTML_DL,
  WARRAQ_HTML_DT,
  WARRAQ_HTML_FIELDSET,
  WARRAQ_HTML_FIGCAPTION,
  WARRAQ_HTML_FIGURE,
  WARRAQ_HTML_FOOTER,
  WARRAQ_HTML_FORM,
  WARRAQ_HTML_H1,
  WARRAQ_HTML_H2,
  WARRAQ_HTML_H3,
  WARRAQ_HTML_H4,
  WARRAQ_HTML_H5,
  WARRAQ_HTML_H6,
  WARRAQ_HTML_HEAD,
  WARRAQ_HTML_HEADER,
  WARRAQ_HTML_HR,
  WARRAQ_HTML_HTML,
  WARRAQ_HTML_IFRAME,
  WARRAQ_HTML_LI,
  WARRAQ_HTML_LINK,
  WARRAQ_HTML_MAIN,
  WARRAQ_HTML_MENU,
  WARRAQ_HTML_META,
  WARRAQ_HTML_NAV,
  WARRAQ_HTML_NOFRAMES,
  WARRAQ_HTML_NOSCRIPT,
  WARRAQ_HTML_OL,
  WARRAQ_HTML_OPTION,
  WARRAQ_HTML_P,
  WARRAQ_HTML_PRE,
  WARRAQ_HTML_RP,
  WARRAQ_HTML_SCRIPT,
  WARRAQ_HTML_SECTION,
  WARRAQ_HTML_SELECT,
  WARRAQ_HTML_STYLE,
  WARRAQ_HTML_SUMMARY,
  WARRAQ_HTML_SVG,
  WARRAQ_HTML_TABLE,
  WARRAQ_HTML_TBODY,
  WARRAQ_HTML_TD,
  WARRAQ_HTML_TEMPLATE,
  WARRAQ_HTML_TEXTAREA,
  WARRAQ_HTML_TFOOT,
  WARRAQ_HTML_TH,
  WARRAQ_HTML_THEAD,
  WARRAQ_HTML_TIME,
  WARRAQ_HTML_TITLE,
  WARRAQ_HTML_TR,
  WARRAQ_HTML_UL,
  WARRAQ_HTML_VIDEO,
} warraq_html_element;

/// Most elements that are open at once. A page that goes deeper is read on as if all of them had been closed, and
/// `flattened` is called: libxml2 looks through all open elements at an end tag, so that without a bound a page of
/// 100,000 open and as many wrong end tags takes 13 seconds.
enum { WARRAQ_HTML_DEPTH = 512 };

/// What is called while a page is parsed. Strings are UTF-8 and live during the call.
typedef struct {
  void *context;
  /// An element begins. `attributes` is NULL, or pairs of name (lower case) and decoded value (NULL for none), and a
  /// NULL behind the last pair.
  void (*start)(void *context, warraq_html_element element, const char *const *attributes);
  /// It ends. Starts and ends are balanced.
  void (*end)(void *context, warraq_html_element element);
  /// Decoded text, in pieces.
  void (*text)(void *context, const uint8_t *bytes, size_t count);
  /// The content of a script or style.
  void (*raw)(void *context, const uint8_t *bytes, size_t count);
  /// All open elements are closed, without calls of `end`.
  void (*flattened)(void *context);
} warraq_html_events;

/// Parses a page. `bytes` is valid UTF-8 of at most INT_MAX bytes without NUL; tags with hundreds of attributes lose
/// the last of them, in place. Returns 0, or -1 when there is no memory.
int warraq_html_parse(uint8_t *bytes, size_t count, const warraq_html_events *events);

#ifdef __cplusplus
}
#endif

#endif
