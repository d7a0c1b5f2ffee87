// What the issuer offers: for each credential configuration its published metadata, who signs it, and how one copy is made.
import { createDocumentSigner, createLeaf } from './certificates.mjs';
import { publicJwk } from './keys.mjs';
import { issueMdoc } from './mdoc.mjs';
import { mdlDocType, mdlElements, mdlIssuer } from './mdl.mjs';
import { pidClaims, pidDocType, pidElements, pidFrame, pidVct } from './pid.mjs';
import { issueSdJwt } from './sd-jwt.mjs';

const day = 24 * 60 * 60 * 1000;

const proofTypes = { jwt: { proof_signing_alg_values_supported: ['ES256'] } };

const sdJwtConfiguration = (vct, names, claims) => ({
  format: 'dc+sd-jwt',
  vct,
  scope: vct,
  cryptographic_binding_methods_supported: ['jwk'],
  credential_signing_alg_values_supported: ['ES256'],
  proof_types_supported: proofTypes,
  credential_metadata: { display: displayIn(names), claims },
});

const mdocConfiguration = (doctype, names, claims) => ({
  format: 'mso_mdoc',
  doctype,
  scope: doctype,
  cryptographic_binding_methods_supported: ['cose_key'],
  credential_signing_alg_values_supported: [-7],
  proof_types_supported: proofTypes,
  credential_metadata: { display: displayIn(names), claims },
});

const displayIn = (names) => Object.entries(names).map(([locale, name]) => ({ locale, name }));

const pidNames = { en: 'Person identification data', fr: 'Données d’identification personnelle' };
const mdlNames = { 'en-CA': 'Driver’s licence', 'fr-CA': 'Permis de conduire' };

// mdoc dates carry no fraction of a second, and a second that is still to come would make a credential "not yet valid".
const wholeSeconds = (time) => new Date(Math.floor(time / 1000) * 1000);

/** `roots` are `{ eu, ca }`; the signers below them are made here, since one of them names the issuer's own address. */
export async function createOfferings(roots, issuerId) {
  const pidSigner = await createLeaf(
    roots.eu,
    { C: 'FR', O: 'Autorité de test', CN: 'PID SD-JWT signer' },
    { names: { dns: ['localhost'], uris: [issuerId] } },
  );
  const pidDocumentSigner = await createDocumentSigner(roots.eu, { C: 'FR', O: 'Autorité de test', CN: 'PID document signer' });
  const mdlDocumentSigner = await createDocumentSigner(roots.ca, {
    C: mdlIssuer.country,
    ST: mdlIssuer.jurisdiction,
    CN: 'mDL document signer',
  });

  const mdocOffering = (docType, elements, issuer, configuration) => ({
    configuration,
    issuer,
    issue: ({ deviceKey, signer, issuedAt, days }) =>
      issueMdoc({
        docType,
        nameSpaces: elements(),
        issuer: signer,
        deviceKey,
        validity: { signed: wholeSeconds(issuedAt), validFrom: wholeSeconds(issuedAt), validUntil: wholeSeconds(issuedAt + days * day) },
      }),
  });

  return {
    'eu-pid-sd-jwt': {
      configuration: sdJwtConfiguration(pidVct, pidNames, [
        { path: ['family_name'], display: displayIn({ en: 'Family name', fr: 'Nom de famille' }) },
        { path: ['address', 'locality'], display: displayIn({ en: 'Town', fr: 'Localité' }) },
      ]),
      issuer: pidSigner,
      issue: ({ deviceKey, signer, issuedAt, days, status }) => {
        const iat = Math.floor(issuedAt / 1000);
        const payload = {
          iss: issuerId,
          iat,
          nbf: iat,
          exp: iat + (days * day) / 1000,
          vct: pidVct,
          cnf: { jwk: publicJwk(deviceKey) },
          ...(status && { status }),
          ...pidClaims,
        };
        return issueSdJwt({ payload, frame: pidFrame, issuer: signer });
      },
    },
    'eu-pid-mdoc': mdocOffering(
      pidDocType,
      pidElements,
      pidDocumentSigner,
      mdocConfiguration(pidDocType, pidNames, [
        { path: [pidDocType, 'family_name'], display: displayIn({ en: 'Family name', fr: 'Nom de famille' }) },
      ]),
    ),
    'ca-mdl-mdoc': mdocOffering(
      mdlDocType,
      mdlElements,
      mdlDocumentSigner,
      mdocConfiguration(mdlDocType, mdlNames, [
        { path: ['org.iso.18013.5.1', 'document_number'], display: displayIn({ 'en-CA': 'Licence number', 'fr-CA': 'Numéro de permis' }) },
      ]),
    ),
  };
}
