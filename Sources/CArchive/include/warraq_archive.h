#ifndef WARRAQ_ARCHIVE_H
#define WARRAQ_ARCHIVE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Reading tar and zip archives from a stream, entry by entry, behind one door.
///
/// Nothing is ever written to disk: names are only handed out as labels. No entry is held in memory.

enum {
  WARRAQ_ARCHIVE_NONE = 0,
  WARRAQ_ARCHIVE_TAR = 1,
  WARRAQ_ARCHIVE_ZIP = 2,
};

/// Bytes that `warraq_archive_detect` looks at: one block of a tar.
enum { WARRAQ_ARCHIVE_SAMPLE = 512 };

/// What kind of archive begins with these bytes. A tar is told by its magic or, in the oldest kind that has none, by
/// its header's checksum; a zip by the signature of its first entry, or of its end when it has no entry.
int warraq_archive_detect(const uint8_t *bytes, size_t count);

/// Gives the next bytes of the archive: their number, with `*bytes` set, valid until the next call; 0 at the end; a
/// negative number when there are no more because reading failed.
typedef ptrdiff_t (*warraq_archive_source)(void *context, const uint8_t **bytes);

/// Goes to another place of the archive (`whence` as of lseek) and returns where that is, or a negative number.
typedef int64_t (*warraq_archive_seeker)(void *context, int64_t offset, int whence);

typedef struct warraq_archive warraq_archive;

/// Opens an archive of a kind; NULL when there is no memory. Nothing is read yet.
///
/// With a seeker, a zip is read by the directory at its end, which alone says what is a link; memory then grows with
/// the directory. Without one (NULL) it is read by its entries' own headers.
warraq_archive *warraq_archive_open(int kind, void *context, warraq_archive_source source,
                                    warraq_archive_seeker seeker);
void warraq_archive_close(warraq_archive *archive);

enum {
  WARRAQ_ENTRY_FILE = 0,
  WARRAQ_ENTRY_FOLDER = 1,
  /// A symbolic or a hard link.
  WARRAQ_ENTRY_LINK = 2,
  /// A device, a pipe, a socket.
  WARRAQ_ENTRY_SPECIAL = 3,
};

typedef struct {
  int kind;
  /// The path as the archive gives it, usually UTF-8; NULL when it can't be read. Valid until the next call.
  const char *path;
  int is_encrypted;
  /// Whether it is packed in a way (LZMA, xz, PPMd) that lets it ask for any amount of memory.
  int is_unbounded;
  /// Whether it has holes: a few bytes may stand for any number of zeros.
  int is_sparse;
} warraq_archive_entry;

enum {
  /// The archive is over, with the mark that ends it.
  WARRAQ_ARCHIVE_END = 0,
  /// There is an entry.
  WARRAQ_ARCHIVE_ENTRY = 1,
  /// The archive is over, without the mark that ends it: it may have been cut off.
  WARRAQ_ARCHIVE_UNMARKED_END = 2,
  /// Headers were damaged; reading goes on at the next good one.
  WARRAQ_ARCHIVE_DAMAGED = -1,
  /// Nothing more can be read.
  WARRAQ_ARCHIVE_BROKEN = -2,
};

/// Goes to the next entry, passing over what is left of this one.
int warraq_archive_next(warraq_archive *archive, warraq_archive_entry *entry);

/// Reads from the entry into `out`: how many bytes, 0 at its end, -1 when the rest of it can't be read.
ptrdiff_t warraq_archive_read(warraq_archive *archive, uint8_t *out, size_t count);

/// English words for the last error.
const char *warraq_archive_error(const warraq_archive *archive);

#ifdef __cplusplus
}
#endif

#endif
