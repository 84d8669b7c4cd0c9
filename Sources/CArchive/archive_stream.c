// memmem, newlocale.
#define _GNU_SOURCE

#include "warraq_archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <locale.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 512 };

struct warraq_archive {
  struct archive *archive;
  int kind;
  void *context;
  warraq_archive_source source;
  warraq_archive_seeker seeker;
  int is_open;
  /// The end of what the source gave so far.
  uint8_t tail[BLOCK];
  size_t tail_count;
  /// How many bytes it gave, and how many when the mark of a zip's end was seen last; 0 for never.
  uint64_t total;
  uint64_t mark;
  /// A result that waits behind the report of damaged headers.
  int has_waiting;
  int waiting;
  struct archive_entry *waiting_entry;
  /// What of a data block has not been handed out.
  const uint8_t *data;
  size_t data_count;
  int64_t position;
  const char *error;
};

// libarchive converts names to the locale's encoding, and names are to be UTF-8 wherever the program runs.
static locale_t utf8_locale;
static pthread_once_t locale_once = PTHREAD_ONCE_INIT;
static void make_locale(void) { utf8_locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0); }

static locale_t enter_utf8(void) {
  pthread_once(&locale_once, make_locale);
  return utf8_locale ? uselocale(utf8_locale) : (locale_t)0;
}

static void leave_utf8(locale_t before) {
  if (before) uselocale(before);
}

static int is_tar_header(const uint8_t *b) {
  if (memcmp(b + 257, "ustar", 5) == 0) return 1;
  // The oldest kind: the sum of all bytes, its own field taken as blanks, in octal.
  if (b[0] == 0) return 0;
  unsigned long written = 0;
  int digits = 0;
  for (size_t i = 148; i < 156; i++) {
    if (b[i] >= '0' && b[i] <= '7') {
      written = written * 8 + (b[i] - '0');
      digits++;
    } else if (b[i] != ' ' && b[i] != 0) {
      return 0;
    }
  }
  unsigned long sum = 0;
  for (size_t i = 0; i < BLOCK; i++) sum += i >= 148 && i < 156 ? ' ' : b[i];
  return digits >= 3 && sum == written;
}

int warraq_archive_detect(const uint8_t *bytes, size_t count) {
  if (count >= 4 && (memcmp(bytes, "PK\3\4", 4) == 0 || memcmp(bytes, "PK\5\6", 4) == 0)) return WARRAQ_ARCHIVE_ZIP;
  // One that was meant to be split over several disks and was not.
  if (count >= 8 && memcmp(bytes, "PK00PK\3\4", 8) == 0) return WARRAQ_ARCHIVE_ZIP;
  if (count >= BLOCK) return is_tar_header(bytes) ? WARRAQ_ARCHIVE_TAR : WARRAQ_ARCHIVE_NONE;
  // One that was cut off in its first header.
  int is_cut = count >= 263 && memcmp(bytes + 257, "ustar", 5) == 0 && (bytes[262] == 0 || bytes[262] == ' ');
  return is_cut ? WARRAQ_ARCHIVE_TAR : WARRAQ_ARCHIVE_NONE;
}

static void remember_tail(warraq_archive *a, const uint8_t *bytes, size_t count) {
  if (count >= BLOCK) {
    memcpy(a->tail, bytes + count - BLOCK, BLOCK);
    a->tail_count = BLOCK;
    return;
  }
  size_t keep = a->tail_count + count > BLOCK ? BLOCK - count : a->tail_count;
  memmove(a->tail, a->tail + a->tail_count - keep, keep);
  memcpy(a->tail + keep, bytes, count);
  a->tail_count = keep + count;
}

static const char zip_end[] = "PK\5\6";

/// Looks for the mark in new bytes, and where they meet the old ones.
static void look_for_mark(warraq_archive *a, const uint8_t *bytes, size_t count) {
  uint8_t seam[6];
  size_t old = a->tail_count < 3 ? a->tail_count : 3, new_count = count < 3 ? count : 3;
  memcpy(seam, a->tail + a->tail_count - old, old);
  memcpy(seam + old, bytes, new_count);
  const uint8_t *there = memmem(seam, old + new_count, zip_end, 4);
  if (there) a->mark = a->total - old + (uint64_t)(there - seam) + 4;
  const uint8_t *from = bytes, *end = bytes + count;
  while ((from = memmem(from, (size_t)(end - from), zip_end, 4))) {
    from += 4;
    a->mark = a->total + (uint64_t)(from - bytes);
  }
}

static void remember(warraq_archive *a, const uint8_t *bytes, size_t count) {
  if (a->kind == WARRAQ_ARCHIVE_ZIP && !a->seeker) look_for_mark(a, bytes, count);
  remember_tail(a, bytes, count);
  a->total += count;
}

static la_ssize_t give(struct archive *archive, void *context, const void **bytes) {
  (void)archive;
  warraq_archive *a = context;
  const uint8_t *found = NULL;
  ptrdiff_t count = a->source(a->context, &found);
  if (count < 0) {
    archive_set_error(archive, EIO, "the archive can't be read further");
    return ARCHIVE_FATAL;
  }
  if (count > 0) remember(a, found, (size_t)count);
  *bytes = found;
  return (la_ssize_t)count;
}

static la_int64_t go_to(struct archive *archive, void *context, la_int64_t offset, int whence) {
  (void)archive;
  warraq_archive *a = context;
  int64_t place = a->seeker(a->context, offset, whence);
  return place < 0 ? ARCHIVE_FATAL : place;
}

warraq_archive *warraq_archive_open(int kind, void *context, warraq_archive_source source,
                                    warraq_archive_seeker seeker) {
  warraq_archive *a = calloc(1, sizeof *a);
  if (!a) return NULL;
  a->kind = kind;
  a->context = context;
  a->source = source;
  a->seeker = kind == WARRAQ_ARCHIVE_ZIP ? seeker : NULL;
  a->error = "";
  a->archive = archive_read_new();
  if (!a->archive) {
    free(a);
    return NULL;
  }
  int result = ARCHIVE_OK;
  if (kind == WARRAQ_ARCHIVE_TAR) {
    result = archive_read_support_format_tar(a->archive);
    // Parts that were put behind one another with cat, each with its own end mark.
    archive_read_set_format_option(a->archive, "tar", "read_concatenated_archives", "1");
  } else if (a->seeker) {
    result = archive_read_support_format_zip_seekable(a->archive);
  } else {
    // The streaming reader goes by the entries' own headers: it needs no seeking and keeps no directory, so memory
    // does not grow with the number of entries.
    result = archive_read_support_format_zip_streamable(a->archive);
  }
  if (result != ARCHIVE_OK || archive_read_set_callback_data(a->archive, a) != ARCHIVE_OK ||
      archive_read_set_read_callback(a->archive, give) != ARCHIVE_OK ||
      (a->seeker && archive_read_set_seek_callback(a->archive, go_to) != ARCHIVE_OK)) {
    warraq_archive_close(a);
    return NULL;
  }
  return a;
}

void warraq_archive_close(warraq_archive *a) {
  if (!a) return;
  archive_read_free(a->archive);
  free(a);
}

static int is_marked_tar(const warraq_archive *a) {
  if (a->tail_count < BLOCK) return 0;
  for (size_t i = 0; i < BLOCK; i++) {
    if (a->tail[i] != 0) return 0;
  }
  return 1;
}

/// Whether the record that ends a zip is there, all 22 bytes of it; reads to the end of the stream. Behind it is a
/// comment at most.
static int is_marked_zip(warraq_archive *a) {
  for (;;) {
    const uint8_t *bytes = NULL;
    ptrdiff_t count = a->source(a->context, &bytes);
    if (count < 0) return 0;
    if (count == 0) return a->mark > 0 && a->total - a->mark >= 18 && a->total - a->mark <= 18 + 0xFFFF;
    remember(a, bytes, (size_t)count);
  }
}

/// Whether the archive ended with its mark. A zip that was read by its directory did.
static int is_marked(warraq_archive *a) {
  if (a->seeker) return 1;
  return a->kind == WARRAQ_ARCHIVE_TAR ? is_marked_tar(a) : is_marked_zip(a);
}

static int next_header(warraq_archive *a, struct archive_entry **entry) {
  if (!a->is_open) {
    a->is_open = 1;
    if (archive_read_open1(a->archive) != ARCHIVE_OK) return WARRAQ_ARCHIVE_BROKEN;
  }
  switch (archive_read_next_header(a->archive, entry)) {
    // A warning is about one of the entry's properties, such as a name that is no UTF-8.
    case ARCHIVE_OK:
    case ARCHIVE_WARN: return WARRAQ_ARCHIVE_ENTRY;
    case ARCHIVE_RETRY: return WARRAQ_ARCHIVE_DAMAGED;
    case ARCHIVE_EOF:
      return is_marked(a) ? WARRAQ_ARCHIVE_END : WARRAQ_ARCHIVE_UNMARKED_END;
    default: return WARRAQ_ARCHIVE_BROKEN;
  }
}

/// libarchive says how an entry of a zip is packed in the name of its format only: "ZIP 2.0 (deflation)".
static int is_unbounded(const warraq_archive *a) {
  const char *name = a->kind == WARRAQ_ARCHIVE_ZIP ? archive_format_name(a->archive) : NULL;
  return name && (strstr(name, "(lzma") || strstr(name, "(xz") || strstr(name, "(ppmd"));
}

static void describe(struct archive_entry *from, warraq_archive_entry *to) {
  to->path = archive_entry_pathname(from);
  if (!to->path) to->path = archive_entry_pathname_utf8(from);
  to->is_encrypted = archive_entry_is_data_encrypted(from) > 0;
  to->is_sparse = archive_entry_sparse_count(from) > 0;
  size_t length = to->path ? strlen(to->path) : 0;
  if (archive_entry_hardlink(from) || archive_entry_symlink(from) || archive_entry_filetype(from) == AE_IFLNK) {
    to->kind = WARRAQ_ENTRY_LINK;
  } else if (archive_entry_filetype(from) == AE_IFDIR || (length > 0 && to->path[length - 1] == '/')) {
    to->kind = WARRAQ_ENTRY_FOLDER;
  } else {
    to->kind = archive_entry_filetype(from) == AE_IFREG ? WARRAQ_ENTRY_FILE : WARRAQ_ENTRY_SPECIAL;
  }
}

int warraq_archive_next(warraq_archive *a, warraq_archive_entry *entry) {
  a->data = NULL;
  a->data_count = 0;
  a->position = 0;
  locale_t before = enter_utf8();
  struct archive_entry *found = NULL;
  int result;
  if (a->has_waiting) {
    a->has_waiting = 0;
    result = a->waiting;
    found = a->waiting_entry;
  } else {
    result = next_header(a, &found);
    if (result == WARRAQ_ARCHIVE_DAMAGED) {
      // One report for all blocks up to the next good header.
      do a->waiting = next_header(a, &a->waiting_entry);
      while (a->waiting == WARRAQ_ARCHIVE_DAMAGED);
      a->has_waiting = 1;
      a->error = "a header fails its checksum";
    }
  }
  if (result == WARRAQ_ARCHIVE_ENTRY) {
    describe(found, entry);
    entry->is_unbounded = is_unbounded(a);
  }
  if (result == WARRAQ_ARCHIVE_BROKEN) {
    const char *words = archive_error_string(a->archive);
    a->error = words ? words : "a header can't be read";
  }
  leave_utf8(before);
  return result;
}

ptrdiff_t warraq_archive_read(warraq_archive *a, uint8_t *out, size_t count) {
  while (a->data_count == 0) {
    const void *data = NULL;
    size_t size = 0;
    la_int64_t offset = 0;
    int result = archive_read_data_block(a->archive, &data, &size, &offset);
    if (result == ARCHIVE_EOF) return 0;
    if (result != ARCHIVE_OK) {
      const char *words = archive_error_string(a->archive);
      a->error = words ? words : "its data is damaged";
      return -1;
    }
    if (offset != a->position) {
      a->error = "it has holes";
      return -1;
    }
    a->position += (int64_t)size;
    a->data = data;
    a->data_count = size;
  }
  size_t now = a->data_count < count ? a->data_count : count;
  memcpy(out, a->data, now);
  a->data += now;
  a->data_count -= now;
  return (ptrdiff_t)now;
}

const char *warraq_archive_error(const warraq_archive *a) { return a->error; }
