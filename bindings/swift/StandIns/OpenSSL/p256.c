// The older interface of OpenSSL: for plain keys it needs a third of the code.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "OpenSSLForCryptoKit.h"
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/obj_mac.h>
#include <openssl/sha.h>

static EC_KEY *with_public(const uint8_t public_key[65]) {
    EC_KEY *key = EC_KEY_new_by_curve_name(NID_X9_62_prime256v1);
    if (EC_KEY_oct2key(key, public_key, 65, NULL) == 1) return key;
    EC_KEY_free(key);
    return NULL;
}

static EC_KEY *with_secret(const uint8_t secret[32]) {
    EC_KEY *key = EC_KEY_new_by_curve_name(NID_X9_62_prime256v1);
    EC_POINT *point = EC_POINT_new(EC_KEY_get0_group(key));
    int made = EC_KEY_oct2priv(key, secret, 32) == 1 &&
        EC_POINT_mul(EC_KEY_get0_group(key), point, EC_KEY_get0_private_key(key), NULL, NULL, NULL) == 1 &&
        EC_KEY_set_public_key(key, point) == 1;
    EC_POINT_free(point);
    if (made) return key;
    EC_KEY_free(key);
    return NULL;
}

int p256_generate(uint8_t secret[32]) {
    EC_KEY *key = EC_KEY_new_by_curve_name(NID_X9_62_prime256v1);
    int made = EC_KEY_generate_key(key) == 1 && EC_KEY_priv2oct(key, secret, 32) == 32;
    EC_KEY_free(key);
    return made;
}

int p256_public(const uint8_t secret[32], uint8_t public_key[65]) {
    EC_KEY *key = with_secret(secret);
    if (!key) return 0;
    size_t length = EC_POINT_point2oct(
        EC_KEY_get0_group(key), EC_KEY_get0_public_key(key), POINT_CONVERSION_UNCOMPRESSED, public_key, 65, NULL);
    EC_KEY_free(key);
    return length == 65;
}

int p256_is_point(const uint8_t public_key[65]) {
    EC_KEY *key = with_public(public_key);
    EC_KEY_free(key);
    return key != NULL;
}

int p256_sign(const uint8_t secret[32], const uint8_t *message, size_t length, uint8_t *der, size_t *der_length) {
    EC_KEY *key = with_secret(secret);
    uint8_t digest[32];
    unsigned int written = 0;
    int signed_it = key && sha256(message, length, digest) && ECDSA_sign(0, digest, 32, der, &written, key) == 1;
    EC_KEY_free(key);
    *der_length = written;
    return signed_it;
}

int p256_agree(const uint8_t secret[32], const uint8_t public_key[65], uint8_t shared[32]) {
    EC_KEY *own = with_secret(secret), *other = with_public(public_key);
    int agreed = own && other && ECDH_compute_key(shared, 32, EC_KEY_get0_public_key(other), own, NULL) == 32;
    EC_KEY_free(own);
    EC_KEY_free(other);
    return agreed;
}

int sha256(const uint8_t *data, size_t length, uint8_t digest[32]) {
    return SHA256(data, length, digest) != NULL;
}
