//! The folder.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use wallet_core::asn1::Certificate;
use wallet_core::crypto::p256::SecretKey;
use wallet_core::issue::certificate::Authority;
use wallet_core::time::UnixTime;
use wallet_core::trust::{Anchors, ListName, TrustAnchor};

use super::authorities::{Issued, Root};
use super::error::{PkiError, Reason};
use super::files;
use super::signers::Signer;
use crate::http::TlsIdentity;

/// A certificate with less time left than this is made anew: credentials must not outlive their signer.
const RENEW_BEFORE: i64 = 60 * 86_400;
/// Held while files are made, so that an issuer and a verifier that start together make one PKI and not two.
const LOCK: &str = ".lock";

/// The test PKI of one folder.
#[derive(Debug, Clone)]
pub struct Pki {
    folder: PathBuf,
}

impl Pki {
    /// Opens the folder; makes it, and every root that is missing.
    ///
    /// # Errors
    /// [`PkiError`]; nothing that is there is overwritten.
    pub fn open(folder: &Path, now: UnixTime) -> Result<Self, PkiError> {
        let pki = Self { folder: folder.to_owned() };
        fs::create_dir_all(folder).map_err(PkiError::io(folder))?;
        let _lock = pki.lock()?;
        for root in Root::ALL {
            match files::read(folder, root.file())? {
                Some((certificate, _)) if certificate.not_after() < now => {
                    let path = files::certificate_path(folder, root.file());
                    return Err(PkiError::new(&path, Reason::Expired));
                }
                Some(_) => {}
                None => {
                    let made = Authority::root(&root.template(now)).map_err(PkiError::content(folder))?;
                    files::write(folder, root.file(), &made.certificate, &made.key)?;
                }
            }
        }
        Ok(pki)
    }

    /// Where it is.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The files that a wallet puts on a list: `pilot wallet trust add --list LIST FILE`.
    #[must_use]
    pub fn list_files(&self, list: ListName) -> Vec<PathBuf> {
        let on_list = Root::ALL.into_iter().filter(|root| root.list() == list);
        on_list.map(|root| files::certificate_path(&self.folder, root.file())).collect()
    }

    /// The certificates of a list.
    ///
    /// # Errors
    /// [`PkiError`] when a file was changed since.
    pub fn roots(&self, list: ListName) -> Result<Vec<Certificate>, PkiError> {
        let on_list = Root::ALL.into_iter().filter(|root| root.list() == list);
        on_list.map(|root| self.root(root).map(|authority| authority.certificate)).collect()
    }

    /// The anchors of several lists, for a verifier that checks credentials.
    ///
    /// # Errors
    /// [`PkiError`] when a file was changed since.
    pub fn anchors(
        &self,
        lists: impl IntoIterator<Item = ListName>,
        now: UnixTime,
    ) -> Result<Anchors, PkiError> {
        let mut anchors = Anchors::new();
        for list in lists {
            for certificate in self.roots(list)? {
                let anchor = TrustAnchor::new(list, certificate, "test PKI", now);
                anchors.add(anchor.map_err(PkiError::content(&self.folder))?);
            }
        }
        Ok(anchors)
    }

    /// The certificate and key for a purpose: those of the folder, or new ones when there are none, their time runs out,
    /// or their root is another by now.
    ///
    /// # Errors
    /// [`PkiError`].
    pub fn signer(&self, issued: Issued<'_>, now: UnixTime) -> Result<Signer, PkiError> {
        let _lock = self.lock()?;
        let root = self.root(issued.root())?;
        let name = issued.file();
        if let Some((certificate, key)) = files::read(&self.folder, &name)? {
            let lasts = certificate.not_after() > now.plus(RENEW_BEFORE);
            if lasts && certificate.verify_signature(root.certificate.public_key(), "leaf").is_ok() {
                return Ok(Signer { certificate, key });
            }
        }
        let failed = PkiError::content(&self.folder);
        let key = SecretKey::random().map_err(&failed)?;
        let certificate = root.issue(&issued.template(now), &key.public_key()).map_err(&failed)?;
        files::write(&self.folder, &name, &certificate, &key)?;
        Ok(Signer { certificate, key })
    }

    /// What a server at this host shows in TLS; it serves `localhost` and the loopback addresses as well.
    ///
    /// # Errors
    /// [`PkiError`].
    pub fn tls_identity(&self, host: &str, now: UnixTime) -> Result<TlsIdentity, PkiError> {
        let signer = self.signer(Issued::TlsServer(host), now)?;
        TlsIdentity::new(&[signer.certificate], &signer.key)
            .map_err(|error| PkiError::new(&self.folder, Reason::Tls(error)))
    }

    fn root(&self, root: Root) -> Result<Authority, PkiError> {
        let missing = || PkiError::new(&files::certificate_path(&self.folder, root.file()), Reason::Half);
        let (certificate, key) = files::read(&self.folder, root.file())?.ok_or_else(missing)?;
        Ok(Authority { certificate, key })
    }

    /// Released when the file is closed.
    fn lock(&self) -> Result<File, PkiError> {
        let path = self.folder.join(LOCK);
        let failed = PkiError::io(&path);
        let file = File::options().create(true).write(true).truncate(false).open(&path).map_err(&failed)?;
        file.lock().map_err(&failed)?;
        Ok(file)
    }
}
