// What the stand-in for CryptoKit needs of OpenSSL. Each returns 1 when it worked.
#pragma once
#include <stddef.h>
#include <stdint.h>

// P-256. A secret is 32 bytes, a public key 04 ‖ x ‖ y.
int p256_generate(uint8_t secret[32]);
int p256_public(const uint8_t secret[32], uint8_t public_key[65]);
int p256_is_point(const uint8_t public_key[65]);
/// ECDSA over SHA-256, DER; `der` has room for 80 bytes.
int p256_sign(const uint8_t secret[32], const uint8_t *message, size_t length, uint8_t *der, size_t *der_length);
/// The x-coordinate.
int p256_agree(const uint8_t secret[32], const uint8_t public_key[65], uint8_t shared[32]);

int sha256(const uint8_t *data, size_t length, uint8_t digest[32]);

// AES-256-GCM.
int gcm_seal(const uint8_t key[32], const uint8_t nonce[12], const uint8_t *plain, size_t length, uint8_t *cipher, uint8_t tag[16]);
int gcm_open(const uint8_t key[32], const uint8_t nonce[12], const uint8_t *cipher, size_t length, const uint8_t tag[16], uint8_t *plain);
