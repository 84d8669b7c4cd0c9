#define _GNU_SOURCE
#include "warraq_byte_search.h"

#include <string.h>

ptrdiff_t warraq_bytes_find(const uint8_t *bytes, size_t count, const uint8_t *part, size_t part_count) {
  if (part_count > count) return -1;
  const uint8_t *found = memmem(bytes, count, part, part_count);
  return found ? found - bytes : -1;
}

size_t warraq_count_byte(const uint8_t *bytes, size_t count, uint8_t byte) {
  size_t found = 0;
  for (size_t i = 0; i < count; i++) found += bytes[i] == byte;
  return found;
}
