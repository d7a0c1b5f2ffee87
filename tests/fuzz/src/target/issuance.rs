//! Everything that an issuer says, from the offer to the credentials.
//!
//! The input has up to seven parts with the byte 1e between them: offer, issuer metadata, authorization server
//! metadata, token, nonce, and two credential responses. An empty part stands for the right answer.

use wallet_core::present::Source;
use wallet_core::wallet::Incoming;

use crate::fixture::credentials::{MDL_CLAIMS, PID_CLAIMS};
use crate::fixture::wallet::{OFFER_ANSWERS, WORLD, block_on, issuer, offer, offer_link};
use crate::vectors::Vectors;

/// The byte between the parts.
pub const SEPARATOR: u8 = 0x1e;

/// Whatever the issuer says, a preview shows only what the fixture's issuers signed, and when it is over nothing waits
/// any more.
pub fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let mut parts = text.split(char::from(SEPARATOR));
    let mut part = |default: &str| match parts.next() {
        None | Some("") => default.to_owned(),
        Some(part) => part.to_owned(),
    };
    let link = offer_link(&part(&offer().to_string()));
    let mut answers = OFFER_ANSWERS.clone();
    let IssuerAnswersMut { fields } = IssuerAnswersMut::of(&mut answers);
    for field in fields {
        *field = part(field);
    }
    WORLD.network.connect(issuer(answers));
    if let Ok(Incoming::Offer { offer }) = block_on(WORLD.wallet.open_link(&link, Source::Link))
        && let Ok(preview) = block_on(offer.accept(Some("1234".to_owned()), "Receive"))
    {
        for credential in block_on(preview.credentials()).expect("a preview") {
            for (location, value) in credential.claims() {
                let known = [&*PID_CLAIMS, &*MDL_CLAIMS].map(|claims| location.find_in(claims));
                assert!(known.contains(&Some(value)), "{location}");
            }
        }
        block_on(preview.discard()).expect("a preview that was not used");
    }
    assert!(block_on(WORLD.wallet.pending()).expect("pending flows").is_empty(), "a flow was left behind");
}

/// The answers in the order of the input's parts.
struct IssuerAnswersMut<'a> {
    fields: [&'a mut String; 6],
}

impl<'a> IssuerAnswersMut<'a> {
    fn of(answers: &'a mut crate::fixture::wallet::IssuerAnswers) -> Self {
        let [first, second] = &mut answers.credential;
        Self {
            fields: [
                &mut answers.metadata,
                &mut answers.server,
                &mut answers.token,
                &mut answers.nonce,
                first,
                second,
            ],
        }
    }
}

/// The right answers, all together and one at a time.
#[must_use]
pub fn seeds(_: &Vectors) -> Vec<Vec<u8>> {
    let answers = &*OFFER_ANSWERS;
    let [first, second] = &answers.credential;
    let with_code = offer().to_string().replace(
        r#""pre-authorized_code":"code""#,
        r#""pre-authorized_code":"code","tx_code":{"length":4,"input_mode":"numeric","description":"x"}"#,
    );
    let parts = [
        with_code,
        answers.metadata.clone(),
        answers.server.clone(),
        answers.token.clone(),
        answers.nonce.clone(),
        first.clone(),
        second.clone(),
    ];
    let separator = char::from(SEPARATOR).to_string();
    let alone = (0..parts.len()).map(|number| separator.repeat(number) + &parts[number]);
    alone.chain([parts.join(&separator)]).map(String::into_bytes).collect()
}
