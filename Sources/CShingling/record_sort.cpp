#include "warraq_shingling.h"

#include <algorithm>
#include <array>

namespace {

template <size_t width>
void sort_records(uint64_t *records, size_t count) {
  using Record = std::array<uint64_t, width>;
  auto *first = reinterpret_cast<Record *>(records);
  std::sort(first, first + count, [](const Record &a, const Record &b) {
    for (size_t i = 0; i + 1 < width; i++)
      if (a[i] != b[i]) return a[i] < b[i];
    return a[width - 1] < b[width - 1];
  });
}

}  // namespace

void warraq_sort_records(uint64_t *records, size_t count, size_t width) {
  switch (width) {
    case 1: return sort_records<1>(records, count);
    case 2: return sort_records<2>(records, count);
    case 3: return sort_records<3>(records, count);
    case 6: return sort_records<6>(records, count);
  }
}
