// ISO mdoc by @owf/mdoc: issuing, presenting, verifying over the SessionTranscript of OpenID4VP 1.0.
import {
  DataItem,
  DeviceKey,
  DeviceRequest,
  DeviceResponse,
  DocRequest,
  Holder,
  IssuerSigned,
  Issuer,
  ItemsRequest,
  SessionTranscript,
  SignatureAlgorithm,
  Verifier,
  cborDecode,
  cborEncode,
} from '@owf/mdoc';
import { authorityKeyIdsOf } from './chain.mjs';
import { publicJwk, sha256 } from './keys.mjs';
import { coseKey, mdocContext } from './mdoc-context.mjs';
import { claimsOf } from './mdoc-json.mjs';

/** Returns IssuerSigned in base64url, as OpenID4VCI carries it. `nameSpaces` is `{ namespace: Map or object of elements }`. */
export async function issueMdoc({ docType, nameSpaces, issuer, deviceKey, validity }) {
  const builder = new Issuer(docType, mdocContext);
  for (const [namespace, elements] of Object.entries(nameSpaces)) builder.addIssuerNamespace(namespace, elements);
  const signed = await builder.sign({
    signingKey: coseKey(issuer.key),
    algorithm: SignatureAlgorithm.ES256,
    digestAlgorithm: 'SHA-256',
    certificates: [issuer.der],
    deviceKeyInfo: { deviceKey: DeviceKey.fromJwk(publicJwk(deviceKey)) },
    validityInfo: validity,
  });
  return signed.encodedForOid4Vci;
}

const sessionTranscript = ({ clientId, nonce, jwkThumbprint, responseUri }) =>
  SessionTranscript.forOid4Vp({ clientId, nonce, jwkThumbprint, responseUri }, mdocContext);

/** `elements` is `{ namespace: [element, …] }`. */
export async function presentMdoc({ credential, elements, deviceKey, transcript }) {
  const issuerSigned = IssuerSigned.fromEncodedForOid4Vci(credential);
  const { docType } = issuerSigned.issuerAuth.mobileSecurityObject;
  const namespaces = Object.fromEntries(
    Object.entries(elements).map(([name, wanted]) => [name, Object.fromEntries(wanted.map((element) => [element, false]))]),
  );
  const response = await Holder.createDeviceResponseForDeviceRequest(
    {
      deviceRequest: DeviceRequest.create({
        docRequests: [DocRequest.create({ itemsRequest: ItemsRequest.create({ docType, namespaces }) })],
      }),
      issuerSigned: [issuerSigned],
      sessionTranscript: await sessionTranscript(transcript),
      signature: { signingKey: coseKey(deviceKey) },
    },
    mdocContext,
  );
  return response.encodedForOid4Vp;
}

/**
 * The library checks the chain, the issuer's signature, dates, digests, the device's signature, and in the mDL namespace that
 * country and jurisdiction are the certificate's. That there is one document, of the type which the issuer signed, is checked here.
 */
export async function verifyMdoc({ presentation, anchors, transcript, now = new Date() }) {
  const response = DeviceResponse.fromEncodedForOid4Vp(presentation);
  const { documents = [] } = response;
  if (response.status !== 0) throw new Error(`status is ${response.status}`);
  if (documents.length !== 1) throw new Error(`${documents.length} documents in one DeviceResponse`);
  const [document] = documents;
  const { issuerSigned, deviceSigned, docType } = document;
  if (issuerSigned.issuerAuth.mobileSecurityObject.docType !== docType) throw new Error('docType is not the one that was signed');
  if (!deviceSigned.deviceAuth.deviceSignature) throw new Error('no device signature');

  await Verifier.verifyDeviceResponse(
    { deviceResponse: response, sessionTranscript: await sessionTranscript(transcript), trustedCertificates: anchors, now },
    mdocContext,
  );
  checkItemBytes(presentation, issuerSigned.issuerAuth.mobileSecurityObject);

  return {
    format: 'mso_mdoc',
    docType,
    authorityKeyIds: authorityKeyIdsOf(issuerSigned.issuerAuth.certificateChain),
    claims: claimsOf(issuerSigned.issuerNamespaces),
    selfAsserted: [...deviceSigned.deviceNamespaces.deviceNamespaces.keys()],
  };
}

/**
 * The library hashes its own encoding of what it decoded, so an item that was encoded anew passes as long as its value is the same.
 * ISO 18013-5 signs bytes: here the items are hashed as they came.
 */
function checkItemBytes(presentation, { valueDigests }) {
  const [document] = cborDecode(Buffer.from(presentation, 'base64url')).get('documents');
  for (const [namespace, items] of document.get('issuerSigned').get('nameSpaces')) {
    for (const item of items) {
      const digest = sha256(cborEncode(DataItem.fromBuffer(item.buffer)));
      const signed = valueDigests.getDigestForNamespace(namespace, item.data.get('digestID'));
      if (Buffer.compare(digest, signed) !== 0)
        throw new Error(`${item.data.get('elementIdentifier')} is not in the bytes that were signed`);
    }
  }
}
