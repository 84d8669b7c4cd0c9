#include "warraq_sha256.h"

#include <openssl/evp.h>

static EVP_MD_CTX *context(warraq_sha256 *hash) { return (EVP_MD_CTX *)hash; }

warraq_sha256 *warraq_sha256_create(void) {
  EVP_MD_CTX *made = EVP_MD_CTX_new();
  if (made && EVP_DigestInit_ex(made, EVP_sha256(), NULL) != 1) {
    EVP_MD_CTX_free(made);
    made = NULL;
  }
  return (warraq_sha256 *)made;
}

void warraq_sha256_free(warraq_sha256 *hash) { EVP_MD_CTX_free(context(hash)); }

int warraq_sha256_update(warraq_sha256 *hash, const uint8_t *bytes, size_t count) {
  return EVP_DigestUpdate(context(hash), bytes, count) == 1;
}

int warraq_sha256_finish(warraq_sha256 *hash, uint8_t digest[32]) {
  return EVP_DigestFinal_ex(context(hash), digest, NULL) == 1 &&
         EVP_DigestInit_ex(context(hash), EVP_sha256(), NULL) == 1;
}
