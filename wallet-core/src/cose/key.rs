//! COSE_Key on P-256 (RFC 9052 7, RFC 9053 7.1.1).

use minicbor::data::Type;

use crate::cbor::{Reader, Writer};
use crate::crypto::p256::PublicKey;
use crate::error::{Code, Result};

/// `kty` EC2, and `crv` P-256.
const KTY_EC2: i64 = 2;
const CRV_P256: i64 = 1;

/// Reads a public key. `item` has passed [`cbor::check`](crate::cbor::check()).
///
/// ```cddl
/// COSE_Key = { 1 => 2,            ; kty: EC2
///              -1 => 1,           ; crv: P-256
///              -2 => bstr,        ; x, 32 bytes
///              -3 => bstr,        ; y, 32 bytes
///              * label => any }
/// ```
///
/// # Errors
/// [`Code::CoseMalformed`] at `place` for another key type or curve, a compressed point (ISO 18013-5 has none), or a
/// private key, which in a public place is a leak; [`Code::CurvePointInvalid`] for a point that is not on the curve.
pub fn read(item: &[u8], place: &'static str) -> Result<PublicKey> {
    let mut reader = Reader::new(item, Code::CoseMalformed, place);
    let (mut kty, mut crv, mut x, mut y) = (None, None, None, None);
    for _ in 0..reader.map()? {
        if reader.datatype()? == Type::String {
            reader.skip()?;
            reader.skip()?;
            continue;
        }
        match reader.i64()? {
            1 => kty = Some(reader.i64()?),
            -1 => crv = Some(reader.i64()?),
            -2 => x = Some(reader.bytes()?),
            -3 => y = Some(reader.bytes()?),
            -4 => return Err(reader.error()),
            _ => reader.skip()?,
        }
    }
    match (kty, crv, x, y) {
        (Some(KTY_EC2), Some(CRV_P256), Some(x), Some(y)) => PublicKey::from_coordinates(x, y),
        _ => Err(reader.error()),
    }
}

/// Writes a public key.
pub fn write(key: &PublicKey, out: &mut Writer) {
    let (x, y) = key.coordinates();
    out.map(4).int(1).int(KTY_EC2).int(-1).int(CRV_P256).int(-2).bytes(&x).int(-3).bytes(&y);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::crypto::p256::SecretKey;

    fn key(entries: &[(i64, &[u8])]) -> Vec<u8> {
        let mut out = Writer::default();
        out.map(entries.len());
        entries.iter().for_each(|(label, value)| _ = out.int(*label).raw(value));
        out.into_bytes()
    }

    #[test]
    fn each_member_is_required_and_the_point_is_on_the_curve() {
        let public = SecretKey::random().unwrap().public_key();
        let mut written = Writer::default();
        write(&public, &mut written);
        assert!(read(written.as_bytes(), "t").unwrap() == public);

        let coordinate = |bytes: &[u8]| [&[0x58, 32], bytes].concat();
        let (x, y) = public.coordinates();
        let mut off = y;
        off[31] ^= 1;
        let (x, y, off) = (coordinate(&x), coordinate(&y), coordinate(&off));
        let good: [(i64, &[u8]); 4] = [(1, &[2]), (-1, &[1]), (-2, &x), (-3, &y)];
        assert!(read(&key(&good), "t").is_ok());
        let code = |entries: &[(i64, &[u8])]| read(&key(entries), "t").unwrap_err().code();
        for (at, bad, expected) in [
            (0, &[1][..], Code::CoseMalformed),
            (1, &[2], Code::CoseMalformed),
            (2, &[0x41, 1], Code::CurvePointInvalid),
            (3, &off, Code::CurvePointInvalid),
            (3, &[0xf5], Code::CoseMalformed),
        ] {
            let mut changed = good;
            changed[at].1 = bad;
            assert_eq!(code(&changed), expected, "{at}");
        }
        for missing in 0..4 {
            let mut fewer = good.to_vec();
            fewer.remove(missing);
            assert_eq!(code(&fewer), Code::CoseMalformed, "without {missing}");
        }
        let with = |label: i64| [&good[..], &[(label, &x)]].concat();
        assert!(read(&key(&with(-70)), "t").is_ok());
        assert_eq!(code(&with(-4)), Code::CoseMalformed, "a private key");
    }

    proptest! {
        #[test]
        fn round_trip_and_arbitrary_bytes_never_panic(
            scalar in proptest::array::uniform32(1u8..), bytes in proptest::collection::vec(any::<u8>(), 0..80),
        ) {
            if let Ok(key) = SecretKey::from_bytes(&scalar) {
                let mut out = Writer::default();
                write(&key.public_key(), &mut out);
                prop_assert!(read(out.as_bytes(), "t").unwrap() == key.public_key());
            }
            let _ = read(&bytes, "t");
        }
    }
}
