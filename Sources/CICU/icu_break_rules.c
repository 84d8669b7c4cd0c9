#include "icu_break_rules.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/ucptrie.h>

#include "warraq_text_scan.h"

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
  /* Accepting, look-ahead, status, whether plain text stays here, then a next state for each category. */
  ROW_HEAD = 4,
  STAYS = 3,
  STORED_ROW_HEAD = 3, /* the same without the fourth */
  STOP = 0, /* state and, since its row is the first, row */
  START = 1,
  CATEGORY_EOF = 1,
  CATEGORY_BOF = 2,
  ACCEPTING = 1,
  MOST_LOOK_AHEADS = 32
};

/* A unit that is a piece of its own if the next unit leads to STOP from both of these rows, which are the machine's
 * after it, entered from the start and after letters; STOP instead of the first if nothing is proven. */
typedef struct {
  uint16_t alone, after_letters;
} separator;

struct warraq_break_rules {
  /* Category of every UTF-16 unit; `special` for surrogates and for characters that need a dictionary. */
  uint8_t categories[65536];
  void *data;
  UCPTrie *trie;
  /* Rows of states in 16 bits; a state's number is the offset of its row. The column of `special` leads
   * to STOP, so that a run of letters ends before such a character. */
  uint16_t *rows;
  int32_t *statuses;
  uint32_t state_count, columns;
  uint32_t dictionary_start;
  uint32_t look_ahead_size;
  /* One past the last category. */
  uint32_t special;
  /* Row that a match starts from. */
  uint16_t first_row;
  /* Whether a plain letter begins a run of them and a blank a run of blanks, and one ends where the other
   * begins: then boundaries of plain text are where letters and blanks meet. */
  int splits_plain_text;
  /* By category: what makes a unit a piece of its own after plain letters, blanks or a boundary. */
  separator separators[256];
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
  uint32_t stored_columns = header->category_count + STORED_ROW_HEAD;
  uint32_t columns = header->category_count + ROW_HEAD + 1;
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
      uint32_t next = row_item(from, is_8_bit, STORED_ROW_HEAD + category);
      if (next >= table.state_count) return 0;
      row[ROW_HEAD + category] = (uint16_t)(next * columns);
    }
  }
  rules->state_count = table.state_count;
  rules->columns = columns;
  rules->dictionary_start = table.dictionary_start;
  rules->special = header->category_count;
  rules->look_ahead_size = table.look_ahead_size;
  rules->first_row = (uint16_t)(START * columns);
  if (table.flags & FLAG_BOF)
    rules->first_row = rules->rows[rules->first_row + ROW_HEAD + CATEGORY_BOF];
  return 1;
}

/* Whether a match may end in this row, and nothing before or after it can move that end. */
static int accepts(const uint16_t *row) { return row[0] == ACCEPTING && row[1] <= ACCEPTING; }

/* Reads off the tables what may be taken for granted of plain text; whatever does not hold is left to `match`. */
static void study_plain_text(warraq_break_rules *rules) {
  const uint32_t letter = ROW_HEAD + rules->categories[0x0628];
  const uint32_t blank = ROW_HEAD + rules->categories[0x20];
  const uint32_t special = ROW_HEAD + rules->special;
  for (uint32_t unit = 0; unit < 0x10000; unit++) {
    if (warraq_is_plain_letter((uint16_t)unit) && ROW_HEAD + rules->categories[unit] != letter) return;
  }
  if (letter == special || blank == special) return;
  for (uint32_t state = 1; state < rules->state_count; state++) {
    uint16_t *row = rules->rows + state * rules->columns;
    const uint16_t same = (uint16_t)(row - rules->rows);
    row[STAYS] = row[0] <= ACCEPTING && row[1] <= ACCEPTING && row[letter] == same && row[blank] == same;
  }
  const uint16_t *first = rules->rows + rules->first_row;
  const uint16_t *in_letters = rules->rows + first[letter], *in_blanks = rules->rows + first[blank];
  rules->splits_plain_text = accepts(in_letters) && in_letters[letter] == first[letter] &&
                             in_letters[blank] == STOP && accepts(in_blanks) &&
                             in_blanks[blank] == first[blank] && in_blanks[letter] == STOP;
  for (uint32_t category = CATEGORY_BOF + 1; category < rules->dictionary_start; category++) {
    const uint32_t own = ROW_HEAD + category;
    const uint16_t *alone = rules->rows + first[own], *after_letters = rules->rows + in_letters[own];
    if (own == special || alone == rules->rows + STOP || !accepts(alone) || in_blanks[own] != STOP) continue;
    /* The point of "a.b" may go on with a word; the unit after it tells. */
    if (in_letters[own] == STOP || (after_letters[0] == 0 && after_letters[1] <= ACCEPTING))
      rules->separators[category] = (separator){first[own], in_letters[own]};
  }
}

static int unpack(warraq_break_rules *rules, const rules_header *header, uint32_t length) {
  if (header->magic != MAGIC || header->format[0] != 6 || header->length > length) return 0;
  const uint8_t *trie = section(header, header->trie, header->trie_length, 16);
  if (trie == NULL || !unpack_table(rules, header)) return 0;
  UErrorCode status = U_ZERO_ERROR;
  rules->trie = ucptrie_openFromBinary(UCPTRIE_TYPE_ANY, UCPTRIE_VALUE_BITS_ANY, trie,
                                       (int32_t)header->trie_length, NULL, &status);
  if (U_FAILURE(status)) return 0;
  UChar32 first = 0;
  while (first < 0x10000) {
    uint32_t category;
    UChar32 last = ucptrie_getRange(rules->trie, first, UCPMAP_RANGE_NORMAL, 0, NULL, NULL, &category);
    if (last < first || category >= header->category_count) return 0;
    if (category >= rules->dictionary_start) category = rules->special;
    for (; first <= last && first < 0x10000; first++) rules->categories[first] = (uint8_t)category;
  }
  memset(rules->categories + 0xd800, (int)rules->special, 0x800);
  study_plain_text(rules);
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
 * character of a dictionary's script. `others` is the map of units that are not plain. */
static inline int32_t match(const warraq_break_rules *rules, const uint16_t *text, int32_t length,
                            const uint64_t *others, int32_t start, const uint16_t **accepted) {
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
      const int stays = row[STAYS];
      for (;;) {
        if (stays) at = (int32_t)warraq_next_bit(others, (size_t)at);
        if (at >= length || row[ROW_HEAD + categories[text[at]]] != same) break;
        at++;
      }
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
                                const uint64_t *others, int32_t *position, int32_t *boundaries,
                                int32_t *statuses, int32_t capacity) {
  int32_t count = 0;
  int32_t at = *position;
  while (count < capacity && at < length) {
    const uint16_t *accepted;
    int32_t end = match(rules, text, length, others, at, &accepted);
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

int warraq_break_rules_split_plain_text(const warraq_break_rules *rules) { return rules->splits_plain_text; }

/* Whether the unit at `at`, which is not plain, is a piece of its own, by its category and the next unit's. */
static inline int separates(const warraq_break_rules *rules, const uint16_t *text, int32_t length, int32_t at) {
  const separator own = rules->separators[rules->categories[text[at]]];
  if (own.alone == STOP || at + 1 >= length) return 0;
  const uint32_t next = rules->categories[text[at + 1]];
  return next != rules->special && rules->rows[own.alone + ROW_HEAD + next] == STOP &&
         rules->rows[own.after_letters + ROW_HEAD + next] == STOP;
}

static inline int32_t lowest(uint64_t bits) { return bits == 0 ? 64 : __builtin_ctzll(bits); }

int32_t warraq_break_rules_pieces(const warraq_break_rules *rules, const uint16_t *text, int32_t length,
                                  const uint64_t *letters, const uint64_t *others, const uint8_t *silent,
                                  int32_t silent_count, int32_t *position, warraq_break_piece *pieces,
                                  int32_t capacity) {
  int32_t count = 0;
  /* Pieces before `from` are written, `from..<at` are plain letters, and `fresh` is the last boundary that the
   * machine has found; what stands between it and `at` are plain letters, blanks and separators. */
  int32_t at = *position, from = at, fresh = at;
  while (at < length && count + WARRAQ_BREAK_LEAST_CAPACITY <= capacity) {
    /* Up to the end of the block or a unit that the machine must look at, words end where letters end. */
    const int32_t shift = at & 63;
    uint64_t rest = others[at >> 6] >> shift;
    while (rest != 0) {
      const int32_t other = at + __builtin_ctzll(rest);
      if (other >= length || text[other] >= silent_count || !silent[text[other]] ||
          !separates(rules, text, length, other)) break;
      rest &= rest - 1;
    }
    const int32_t known = rest == 0 ? 64 - shift : __builtin_ctzll(rest);
    const uint64_t within = known == 64 ? ~UINT64_C(0) : (UINT64_C(1) << known) - 1;
    const uint64_t run = letters[at >> 6] >> shift & within;
    const uint64_t before = run << 1 | (uint64_t)(from < at);
    uint64_t starts = run & ~before, ends = ~run & before & within;
    if (from == at) {
      from = at + lowest(starts);
      starts &= starts - 1;
    }
    for (; ends != 0; ends &= ends - 1, starts &= starts - 1, count++) {
      pieces[count] = (warraq_break_piece){from, at + lowest(ends), 1};
      from = at + lowest(starts);
    }
    at += known;
    if (from > at) from = at;
    if (rest == 0) continue;
    if (at >= length) break;
    /* The piece before may go on. A run of blanks may be entered anywhere, its state stays the same. */
    const int32_t other = at;
    at = from < at ? from : at > fresh && text[at - 1] == 0x20 ? at - 1 : at;
    do {
      const uint16_t *accepted;
      int32_t end = match(rules, text, length, others, at, &accepted);
      if (end < 0) return -1;
      if (end > at + 1 || text[at] >= silent_count || !silent[text[at]])
        pieces[count++] = (warraq_break_piece){at, end, 0};
      at = end;
    } while (at <= other && count < capacity);
    from = fresh = at;
  }
  if (at >= length) {
    if (from < length) pieces[count++] = (warraq_break_piece){from, length, 1};
    *position = length;
  } else {
    /* After blanks it is not known yet whether a piece begins here. */
    *position = from == at && at > fresh && text[at - 1] == 0x20 ? at - 1 : from;
  }
  return count;
}
