//! Single things that an issuer can get wrong, for tests of those who must notice.

/// Where an issued mdoc differs from a correct one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deviation {
    /// `alg` in the protected header of `issuerAuth`; the signature is ES256 whatever it says.
    Alg(i64),
    /// `version` of the Mobile Security Object.
    Version(&'static str),
    /// `digestAlgorithm` of the Mobile Security Object; the digests are those of the builder's algorithm.
    DigestAlgorithm(&'static str),
    /// `deviceKey` of the Mobile Security Object, encoded.
    DeviceKey(Vec<u8>),
    /// Something about the element of this name space and identifier.
    Element(&'static str, &'static str, ElementDeviation),
}

/// Where one element differs from a correct one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ElementDeviation {
    /// Its digest is that of something else.
    WrongDigest,
    /// Its digest is not in the Mobile Security Object.
    MissingDigest,
    /// Its salt has this many bytes.
    Random(usize),
    /// It is there twice, each with its own salt and digest.
    Doubled,
    /// It has the `digestID` of the first element in its name space.
    SharedDigestId,
}
