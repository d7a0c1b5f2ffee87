//! SD-JWT VC: RFC 9901 and the credential type over it.
