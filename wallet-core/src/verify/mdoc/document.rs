//! A DeviceResponse taken apart, nothing in it believed.

use crate::cbor::{self, Embedded, Reader};
use crate::error::{Code, Result};

/// The parts of a Document.
///
/// ```cddl
/// Document = { "docType": DocType, "issuerSigned": IssuerSigned, "deviceSigned": DeviceSigned, ? "errors": Errors }
/// ```
pub(super) struct Document<'a> {
    /// `docType`.
    pub(super) doc_type: &'a str,
    /// `issuerSigned`, encoded.
    pub(super) issuer_signed: &'a [u8],
    /// `deviceSigned`.
    pub(super) device_signed: Option<DeviceSigned<'a>>,
}

/// What the device signed.
///
/// ```cddl
/// DeviceSigned = { "nameSpaces": DeviceNameSpacesBytes, "deviceAuth": DeviceAuth }
/// DeviceNameSpacesBytes = #6.24(bstr .cbor DeviceNameSpaces)
/// DeviceAuth = { "deviceSignature": COSE_Sign1 // "deviceMac": COSE_Mac0 }
/// ```
#[derive(Clone, Copy)]
pub(super) struct DeviceSigned<'a> {
    /// `nameSpaces`.
    pub(super) name_spaces: Embedded<'a>,
    /// `deviceSignature`, encoded.
    pub(super) signature: Option<&'a [u8]>,
}

/// The document of a DeviceResponse that has exactly one.
///
/// ```cddl
/// DeviceResponse = { "version": tstr, ? "documents": [ + Document ], ? "documentErrors": [ + DocumentError ],
///                    "status": uint }
/// ```
pub(super) fn read_only_document(device_response: &[u8]) -> Result<Document<'_>> {
    const PLACE: &str = "DeviceResponse";
    cbor::check(device_response, PLACE)?;
    let mut reader = Reader::new(device_response, Code::MdocMalformed, PLACE);
    let (mut version, mut status, mut documents) = (None, None, Vec::new());
    reader.text_map(|name, reader| {
        match name {
            "version" => version = Some(reader.text()?),
            "status" => status = Some(reader.u32()?),
            "documents" => documents = (0..reader.array()?).map(|_| reader.item()).collect::<Result<_>>()?,
            _ => reader.skip()?,
        }
        Ok(())
    })?;
    if version.ok_or_else(|| reader.error())? != "1.0" {
        return Err(Code::MdocVersionUnsupported.at(PLACE));
    }
    if status.ok_or_else(|| reader.error())? != 0 {
        return Err(Code::MdocStatusNotOk.at(PLACE));
    }
    match *documents {
        [document] => read_document(document),
        _ => Err(Code::PresentationMalformed.at("documents")),
    }
}

fn read_document(document: &[u8]) -> Result<Document<'_>> {
    let mut reader = Reader::new(document, Code::MdocMalformed, "Document");
    let (mut doc_type, mut issuer_signed, mut device_signed) = (None, None, None);
    reader.text_map(|name, reader| {
        match name {
            "docType" => doc_type = Some(reader.text()?),
            "issuerSigned" => issuer_signed = Some(reader.item()?),
            "deviceSigned" => device_signed = Some(read_device_signed(reader)?),
            _ => reader.skip()?,
        }
        Ok(())
    })?;
    let missing = || reader.error();
    Ok(Document {
        doc_type: doc_type.ok_or_else(missing)?,
        issuer_signed: issuer_signed.ok_or_else(missing)?,
        device_signed,
    })
}

fn read_device_signed<'a>(reader: &mut Reader<'a>) -> Result<DeviceSigned<'a>> {
    let (mut name_spaces, mut signature) = (None, None);
    reader.text_map(|name, reader| {
        match name {
            "nameSpaces" => name_spaces = Some(reader.embedded()?),
            "deviceAuth" => reader.text_map(|name, reader| {
                match name {
                    "deviceSignature" => signature = Some(reader.item()?),
                    _ => reader.skip()?,
                }
                Ok(())
            })?,
            _ => reader.skip()?,
        }
        Ok(())
    })?;
    Ok(DeviceSigned { name_spaces: name_spaces.ok_or_else(|| reader.error())?, signature })
}
