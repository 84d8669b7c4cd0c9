// How fast ICU alone finds words and sentences, called from C++: the yardstick for everything else.
//
// Reads JSON Lines (also .zst, through the zstd command), turns every "text" into UTF-16 outside the timing,
// and walks ICU's word and sentence boundaries with rule statuses over each. Prints one line of JSON: the
// median of three rounds of process CPU time.
//
//   icu_reference INPUT [--articles N]

#include <rapidjson/document.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/ustring.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <string>
#include <vector>

static double cpuSeconds() {
  timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec + t.tv_nsec * 1e-9;
}

static void check(UErrorCode status, const char *what) {
  if (U_SUCCESS(status)) return;
  std::fprintf(stderr, "icu_reference: %s: %s\n", what, u_errorName(status));
  std::exit(1);
}

static double walk(UBreakIterator *breaks, const std::vector<std::u16string> &texts, long &boundaries) {
  double start = cpuSeconds();
  for (const auto &text : texts) {
    UErrorCode status = U_ZERO_ERROR;
    ubrk_setText(breaks, text.data(), (int32_t)text.size(), &status);
    check(status, "ubrk_setText");
    ubrk_first(breaks);
    while (ubrk_next(breaks) != UBRK_DONE) boundaries += 1 + (ubrk_getRuleStatus(breaks) < 0);
  }
  return cpuSeconds() - start;
}

int main(int count, char **arguments) {
  if (count < 2) {
    std::fprintf(stderr, "usage: icu_reference INPUT [--articles N]\n");
    return 2;
  }
  std::string path = arguments[1];
  size_t limit = SIZE_MAX;
  if (count == 4 && std::strcmp(arguments[2], "--articles") == 0) limit = std::strtoull(arguments[3], nullptr, 10);
  bool isCompressed = path.size() > 4 && path.compare(path.size() - 4, 4, ".zst") == 0;
  std::string quoted = "'";
  for (char c : path) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  FILE *file = isCompressed ? popen(("zstd -dcq -- " + quoted + "'").c_str(), "r") : std::fopen(path.c_str(), "r");
  if (file == nullptr) {
    std::perror(path.c_str());
    return 1;
  }
  std::vector<std::u16string> texts;
  size_t bytes = 0;
  char *line = nullptr;
  size_t room = 0;
  ssize_t length;
  while (texts.size() < limit && (length = getline(&line, &room, file)) > 0) {
    rapidjson::Document document;
    document.Parse(line, (size_t)length);
    if (document.HasParseError() || !document.IsObject() || !document.HasMember("text")) continue;
    const auto &value = document["text"];
    if (!value.IsString()) continue;
    UErrorCode status = U_ZERO_ERROR;
    int32_t units = 0;
    std::u16string text(value.GetStringLength() + 1, u'\0');
    u_strFromUTF8(text.data(), (int32_t)text.size(), &units, value.GetString(), (int32_t)value.GetStringLength(), &status);
    check(status, "u_strFromUTF8");
    text.resize((size_t)units);
    texts.push_back(std::move(text));
    bytes += value.GetStringLength();
  }
  std::free(line);

  UErrorCode status = U_ZERO_ERROR;
  UBreakIterator *words = ubrk_open(UBRK_WORD, "ar", nullptr, 0, &status);
  UBreakIterator *sentences = ubrk_open(UBRK_SENTENCE, "ar", nullptr, 0, &status);
  check(status, "ubrk_open");
  std::vector<double> totals, wordTimes, sentenceTimes;
  long boundaries = 0;
  for (int round = 0; round < 3; round++) {
    double forWords = walk(words, texts, boundaries);
    double forSentences = walk(sentences, texts, boundaries);
    totals.push_back(forWords + forSentences);
    wordTimes.push_back(forWords);
    sentenceTimes.push_back(forSentences);
  }
  ubrk_close(words);
  ubrk_close(sentences);
  for (auto *times : {&totals, &wordTimes, &sentenceTimes}) std::sort(times->begin(), times->end());
  std::printf(
      "{\"peer\": \"icu\", \"bytes\": %zu, \"articles\": %zu, \"cpuSeconds\": %.4f, \"wordSeconds\": %.4f, "
      "\"sentenceSeconds\": %.4f, \"boundaries\": %ld, \"versions\": {\"icu\": \"%s\"}}\n",
      bytes, texts.size(), totals[1], wordTimes[1], sentenceTimes[1], boundaries / 3, U_ICU_VERSION);
  return 0;
}
