#include "icu_break_rules.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/ucptrie.h>

/* The layout of compiled rules, format 6: RBBIDataHeader, RBBIStateTable and RBBIStateTableRowT of ICU's
 * rbbidata.h. Not a public header, so everything is checked before it is used. */

typedef struct {
  uint32_t magic;
  uint8_t format[4];
  uint32_t length, category_count;
  uint32_t forward, forward_length;
  uint32_t reverse, reverse_length;
  uint32_t trie, trie_length;
  uint32_t source, source_length;
  uint32_t statuses, statuses_length;
  uint32_t reserved[6];
} rules_header;

typedef struct {
  uint32_t state_count, row_length, dictionary_start, look_ahead_size, flags;
} table_header;

enum {
  MAGIC = 0xb1a0,
  FLAG_BOF = 2,
  FLAG_8_BIT_ROWS = 4,
  ROW_HEAD = 3, /* accepting, look-ahead, status, then a next state for each category */
  STOP = 0, /* state and, since its row is the first, row */
  START = 1,
  CATEGORY_EOF = 1,
  CATEGORY_BOF = 2,
  ACCEPTING = 1,
  MOST_LOOK_AHEADS = 32
};

struct warraq_break_rules {
  /* Category of every UTF-16 unit; `special` for surrogates and for characters that need a dictionary. */
  uint8_t categories[65536];
  void *data;
  UCPTrie *trie;
  /* Rows of states in 16 bits; a state's number is the offset of its row. The column of `special` leads
   * to STOP, so that a run of letters ends before such a character. */
  uint16_t *rows;
  int32_t *statuses;
  uint32_t dictionary_start;
  uint32_t look_ahead_size;
  /* One past the last category. */
  uint32_t special;
  /* Row that a match starts from. */
  uint16_t first_row;
};

static const uint8_t *section(const rules_header *header, uint32_t offset, uint32_t length,
                              uint32_t least) {
  if (length < least || offset > header->length || length > header->length - offset) return NULL;
  return (const uint8_t *)header + offset;
}

static uint32_t row_item(const uint8_t *row, int is_8_bit, uint32_t index) {
  return is_8_bit ? row[index] : ((const uint16_t *)(const void *)row)[index];
}

/* Status of a piece that ends with a row's index into the status table: the last, largest of its values. */
static int status_of(const int32_t *table, uint32_t count, uint32_t index, int32_t *status) {
  if (index >= count || table[index] < 0 || (uint32_t)table[index] >= count - index) return 0;
  *status = table[index] == 0 ? 0 : table[index + (uint32_t)table[index]];
  return 1;
}

static int unpack_table(warraq_break_rules *rules, const rules_header *header) {
  const uint8_t *forward =
      section(header, header->forward, header->forward_length, sizeof(table_header));
  const uint8_t *status_section =
      section(header, header->statuses, header->statuses_length, sizeof(int32_t));
  if (forward == NULL || status_section == NULL) return 0;
  table_header table;
  memcpy(&table, forward, sizeof table);
  const uint8_t *first_row = forward + sizeof table;
  int is_8_bit = (table.flags & FLAG_8_BIT_ROWS) != 0;
  uint32_t stored_columns = header->category_count + ROW_HEAD;
  uint32_t columns = stored_columns + 1;
  if (table.state_count < 2 || table.state_count > 0xffff ||
      table.look_ahead_size > MOST_LOOK_AHEADS || header->category_count > 255 ||
      header->category_count <= CATEGORY_BOF ||
      table.row_length < stored_columns * (is_8_bit ? 1u : 2u) || table.state_count * columns > 0xffff ||
      (uint64_t)table.state_count * table.row_length + sizeof table > header->forward_length)
    return 0;
  rules->rows = calloc((size_t)table.state_count * columns, sizeof(uint16_t));
  rules->statuses = malloc(sizeof(int32_t) * table.state_count);
  if (rules->rows == NULL || rules->statuses == NULL) return 0;
  for (uint32_t state = 0; state < table.state_count; state++) {
    const uint8_t *from = first_row + (size_t)state * table.row_length;
    uint16_t *row = rules->rows + state * columns;
    row[0] = (uint16_t)row_item(from, is_8_bit, 0);
    row[1] = (uint16_t)row_item(from, is_8_bit, 1);
    row[2] = (uint16_t)state;
    if ((row[0] > ACCEPTING && row[0] >= table.look_ahead_size) ||
        (row[1] > ACCEPTING && row[1] >= table.look_ahead_size)) return 0;
    if (!status_of((const int32_t *)(const void *)status_section,
                   header->statuses_length / sizeof(int32_t), row_item(from, is_8_bit, 2),
                   &rules->statuses[state]))
      return 0;
    for (uint32_t category = 0; category < header->category_count; category++) {
      uint32_t next = row_item(from, is_8_bit, ROW_HEAD + category);
      if (next >= table.state_count) return 0;
      row[ROW_HEAD + category] = (uint16_t)(next * columns);
    }
  }
  rules->dictionary_start = table.dictionary_start;
  rules->special = header->category_count;
  rules->look_ahead_size = table.look_ahead_size;
  rules->first_row = (uint16_t)(START * columns);
  if (table.flags & FLAG_BOF)
    rules->first_row = rules->rows[rules->first_row + ROW_HEAD + CATEGORY_BOF];
  return 1;
}

static int unpack(warraq_break_rules *rules, const rules_header *header, uint32_t length) {
  if (header->magic != MAGIC || header->format[0] != 6 || header->length > length) return 0;
  const uint8_t *trie = section(header, header->trie, header->trie_length, 16);
  if (trie == NULL || !unpack_table(rules, header)) return 0;
  UErrorCode status = U_ZERO_ERROR;
  rules->trie = ucptrie_openFromBinary(UCPTRIE_TYPE_ANY, UCPTRIE_VALUE_BITS_ANY, trie,
                                       (int32_t)header->trie_length, NULL, &status);
  if (U_FAILURE(status)) return 0;
  for (UChar32 unit = 0; unit < 0x10000; unit++) {
    uint32_t category = ucptrie_get(rules->trie, unit);
    if (category >= header->category_count) return 0;
    int is_special = (unit & 0xf800) == 0xd800 || category >= rules->dictionary_start;
    rules->categories[unit] = (uint8_t)(is_special ? rules->special : category);
  }
  return 1;
}

warraq_break_rules *warraq_break_rules_open(warraq_break *iterator) {
  UErrorCode status = U_ZERO_ERROR;
  UBreakIterator *breaks = (UBreakIterator *)iterator;
  int32_t length = ubrk_getBinaryRules(breaks, NULL, 0, &status);
  if (U_FAILURE(status) || length < (int32_t)sizeof(rules_header)) return NULL;
  warraq_break_rules *rules = calloc(1, sizeof *rules);
  if (rules == NULL) return NULL;
  rules->data = malloc((size_t)length);
  if (rules->data != NULL) {
    status = U_ZERO_ERROR;
    ubrk_getBinaryRules(breaks, rules->data, length, &status);
    if (U_SUCCESS(status) && unpack(rules, rules->data, (uint32_t)length)) return rules;
  }
  warraq_break_rules_close(rules);
  return NULL;
}

void warraq_break_rules_close(warraq_break_rules *rules) {
  if (rules == NULL) return;
  if (rules->trie != NULL) ucptrie_close(rules->trie);
  free(rules->statuses);
  free(rules->rows);
  free(rules->data);
  free(rules);
}

/* The category of the character at `*at`, which is moved behind it. */
static inline uint32_t next_category(const warraq_break_rules *rules, const uint16_t *text,
                                     int32_t length, int32_t *at) {
  uint16_t unit = text[(*at)++];
  uint32_t category = rules->categories[unit];
  if (category != rules->special) return category;
  if ((unit & 0xfc00) == 0xd800 && *at < length && (text[*at] & 0xfc00) == 0xdc00) {
    UChar32 pair = ((UChar32)unit << 10) + text[(*at)++] - ((0xd800 << 10) + 0xdc00 - 0x10000);
    return ucptrie_get(rules->trie, pair);
  }
  return ucptrie_get(rules->trie, unit);
}

/* One piece from `start` on: its end, and the row it was accepted in (STOP when no rule matches); -1 for a
 * character of a dictionary's script. */
static inline int32_t match(const warraq_break_rules *rules, const uint16_t *text, int32_t length,
                            int32_t start, const uint16_t **accepted) {
  const uint16_t *const rows = rules->rows;
  const uint8_t *const categories = rules->categories;
  int32_t look_aheads[MOST_LOOK_AHEADS];
  for (uint32_t i = 0; i < rules->look_ahead_size; i++) look_aheads[i] = -1;
  int32_t result = start, at = start;
  const uint16_t *row = rows + rules->first_row;
  *accepted = rows + STOP;
  for (;;) {
    int is_at_end = at >= length;
    uint32_t category = CATEGORY_EOF;
    if (!is_at_end) {
      category = next_category(rules, text, length, &at);
      if (category >= rules->dictionary_start) return -1;
    }
    row = rows + row[ROW_HEAD + category];
    if (row == rows + STOP) break;
    if (row[0] <= ACCEPTING && row[1] <= ACCEPTING) {
      /* Inside a word or sentence the state stays the same from letter to letter. Guessing so, rather than
       * waiting for each next state, is what makes this fast. */
      const uint16_t same = (uint16_t)(row - rows);
      while (at < length && row[ROW_HEAD + categories[text[at]]] == same) at++;
    }
    if (row[0] == ACCEPTING) {
      result = at;
      *accepted = row;
    } else if (row[0] > ACCEPTING && look_aheads[row[0]] >= 0) {
      *accepted = row;
      return look_aheads[row[0]];
    }
    if (row[1] > ACCEPTING) look_aheads[row[1]] = at;
    if (is_at_end) break;
  }
  /* No rule matches: one character by itself. */
  if (result == start) next_category(rules, text, length, &result);
  return result;
}

int32_t warraq_break_rules_next(const warraq_break_rules *rules, const uint16_t *text, int32_t length,
                                int32_t *position, int32_t *boundaries, int32_t *statuses,
                                int32_t capacity) {
  int32_t count = 0;
  int32_t at = *position;
  while (count < capacity && at < length) {
    const uint16_t *accepted;
    int32_t end = match(rules, text, length, at, &accepted);
    if (end < 0) {
      *position = at;
      return -1;
    }
    at = end;
    boundaries[count] = at;
    if (statuses != NULL) statuses[count] = rules->statuses[accepted[2]];
    count += 1;
  }
  *position = at;
  return count;
}
