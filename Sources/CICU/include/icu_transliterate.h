#ifndef WARRAQ_ICU_TRANSLITERATE_H
#define WARRAQ_ICU_TRANSLITERATE_H

#include <stdint.h>

// ICU transliterators. No ICU type is named here, because Swift's Foundation brings an ICU of its own.

// Opens a transliterator by its id, such as "Arabic-Latin/BGN". Returns NULL and sets *error (an ICU error
// code) when ICU has none of that id.
void *warraq_transliterate_open(const char *id, int32_t *error);

void warraq_transliterate_close(void *transliterator);

// Transliterates text[0..length) in place. Returns the new length, or -(needed length) when `capacity` is too
// small (the text is then undefined), or INT32_MIN on another error.
int32_t warraq_transliterate(void *transliterator, uint16_t *text, int32_t length, int32_t capacity);

#endif
