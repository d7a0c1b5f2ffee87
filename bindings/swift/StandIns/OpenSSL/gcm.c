#include "OpenSSLForCryptoKit.h"
#include <openssl/evp.h>

int gcm_seal(const uint8_t key[32], const uint8_t nonce[12], const uint8_t *plain, size_t length, uint8_t *cipher, uint8_t tag[16]) {
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    int written = 0;
    int sealed = EVP_EncryptInit_ex(context, EVP_aes_256_gcm(), NULL, key, nonce) == 1 &&
        EVP_EncryptUpdate(context, cipher, &written, plain, (int)length) == 1 &&
        EVP_EncryptFinal_ex(context, cipher + written, &written) == 1 &&
        EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, 16, tag) == 1;
    EVP_CIPHER_CTX_free(context);
    return sealed;
}

int gcm_open(const uint8_t key[32], const uint8_t nonce[12], const uint8_t *cipher, size_t length, const uint8_t tag[16], uint8_t *plain) {
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    int written = 0;
    int opened = EVP_DecryptInit_ex(context, EVP_aes_256_gcm(), NULL, key, nonce) == 1 &&
        EVP_DecryptUpdate(context, plain, &written, cipher, (int)length) == 1 &&
        EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_SET_TAG, 16, (void *)tag) == 1 &&
        EVP_DecryptFinal_ex(context, plain + written, &written) == 1;
    EVP_CIPHER_CTX_free(context);
    return opened;
}
