//! mdocs of an issuer that signs whatever it is told to.
//!
//! The input is a CBOR array of what an mdoc is made of: name spaces, version, digest algorithm, device key, document
//! type, validity, and the protected header. The digests are made here, so that everything else can be anything.

use wallet_core::cose::{Payload, Unsigned, x5chain_header};
use wallet_core::crypto::hash::{HashAlg, sha256};

use super::mdoc::check_stored;
use crate::fixture::credentials::{mdl, verify_mdoc};
use crate::fixture::device_key;
use crate::fixture::pki::PKI;
use crate::tree::Node;
use crate::vectors::Vectors;

/// Whatever the issuer signs is refused, or keeps the laws of what is stored.
pub fn run(data: &[u8]) {
    let Ok(Node::Array(parts)) = Node::read(data, 20) else { return };
    let Some(bytes) = signed(&parts) else { return };
    if let Ok(verified) = verify_mdoc(&bytes) {
        let picked = sha256(data).first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes));
        check_stored(&bytes, &verified, picked);
    }
}

/// An encoded IssuerSigned.
fn signed(parts: &[Node]) -> Option<Vec<u8>> {
    let [name_spaces, version, algorithm, device_key, doc_type, validity, protected] = parts else {
        return None;
    };
    let text = |text: &str| Node::Text(text.to_owned());
    let object = Node::Map(vec![
        (text("version"), version.clone()),
        (text("digestAlgorithm"), algorithm.clone()),
        (text("valueDigests"), digests(name_spaces, algorithm)),
        (text("deviceKeyInfo"), Node::Map(vec![(text("deviceKey"), device_key.clone())])),
        (text("docType"), doc_type.clone()),
        (text("validityInfo"), validity.clone()),
    ]);
    let payload = Node::Tag(24, Box::new(Node::Bytes(object.to_bytes()))).to_bytes();
    let signer = &PKI.ca_document_signer;
    let unprotected = x5chain_header(&[signer.certificate.der()]);
    let unsigned = Unsigned::new(&protected.to_bytes(), &unprotected, Payload::Attached(&payload));
    let signature = signer.key.sign(unsigned.to_sign());
    let issuer_auth = Node::read(&unsigned.finish(&signature), 20).ok()?;
    let issuer_signed =
        Node::Map(vec![(text("nameSpaces"), name_spaces.clone()), (text("issuerAuth"), issuer_auth)]);
    Some(issuer_signed.to_bytes())
}

/// `valueDigests` over whatever looks like an element.
fn digests(name_spaces: &Node, algorithm: &Node) -> Node {
    let algorithm = match algorithm {
        Node::Text(name) if name == "SHA-384" => HashAlg::Sha384,
        Node::Text(name) if name == "SHA-512" => HashAlg::Sha512,
        _ => HashAlg::Sha256,
    };
    let Node::Map(spaces) = name_spaces else { return Node::Map(Vec::new()) };
    let digest = |item: &Node| Some((digest_id(item)?, Node::Bytes(algorithm.digest(&item.to_bytes()))));
    let space = |(name, items): &(Node, Node)| {
        let Node::Array(items) = items else { return (name.clone(), Node::Map(Vec::new())) };
        let mut digests: Vec<(Node, Node)> = items.iter().filter_map(digest).collect();
        digests.sort();
        digests.dedup_by(|one, other| one.0 == other.0);
        (name.clone(), Node::Map(digests))
    };
    Node::Map(spaces.iter().map(space).collect())
}

fn digest_id(item: &Node) -> Option<Node> {
    let Node::Tag(_, content) = item else { return None };
    let Node::Bytes(bytes) = &**content else { return None };
    let Ok(Node::Map(members)) = Node::read(bytes, 20) else { return None };
    let named = |(name, _): &&(Node, Node)| matches!(name, Node::Text(name) if name == "digestID");
    members.iter().find(named).map(|(_, id)| id.clone())
}

/// An input that describes this mdoc.
#[must_use]
pub fn described(issuer_signed: &[u8]) -> Option<Vec<u8>> {
    let member = |node: &Node, wanted: &str| -> Option<Node> {
        let Node::Map(entries) = node else { return None };
        let named = |(name, _): &&(Node, Node)| matches!(name, Node::Text(name) if name == wanted);
        entries.iter().find(named).map(|(_, value)| value.clone())
    };
    let inside = |node: &Node| match node {
        Node::Bytes(bytes) => Node::read(bytes, 20).ok(),
        _ => None,
    };
    let root = Node::read(issuer_signed, 20).ok()?;
    let Node::Array(issuer_auth) = member(&root, "issuerAuth")? else { return None };
    let Node::Tag(_, object) = inside(issuer_auth.get(2)?)? else { return None };
    let object = inside(&object)?;
    let parts = vec![
        member(&root, "nameSpaces")?,
        member(&object, "version")?,
        member(&object, "digestAlgorithm")?,
        member(&member(&object, "deviceKeyInfo")?, "deviceKey")?,
        member(&object, "docType")?,
        member(&object, "validityInfo")?,
        inside(issuer_auth.first()?)?,
    ];
    Some(Node::Array(parts).to_bytes())
}

/// The fixture's mDL, taken apart.
#[must_use]
pub fn seeds(_: &Vectors) -> Vec<Vec<u8>> {
    described(&mdl(&device_key().public_key())).into_iter().collect()
}
