#ifndef WARRAQ_SHA256_H
#define WARRAQ_SHA256_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct warraq_sha256 warraq_sha256;

/// A SHA-256 computation that has seen nothing yet, or NULL when there is no memory.
warraq_sha256 *warraq_sha256_create(void);
void warraq_sha256_free(warraq_sha256 *hash);

/// Adds bytes; 1 on success, 0 on failure.
int warraq_sha256_update(warraq_sha256 *hash, const uint8_t *bytes, size_t count);

/// Writes the 32 bytes of the digest and starts anew; 1 on success, 0 on failure.
int warraq_sha256_finish(warraq_sha256 *hash, uint8_t digest[32]);

#ifdef __cplusplus
}
#endif

#endif
