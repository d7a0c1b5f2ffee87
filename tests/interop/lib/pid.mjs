// The EU person identification data in both formats: the same person twice, in the encodings of the PID Rulebook (eu.md section 2).
import { DateOnly } from '@owf/mdoc';
import { portrait, portraitDataUrl } from './portrait.mjs';

export const pidVct = 'urn:eudi:pid:1';
export const pidDocType = 'eu.europa.ec.eudi.pid.1';

export const pidClaims = {
  family_name: 'Müller-Łukasiewicz',
  given_name: 'Élodie',
  birthdate: '1985-03-30',
  place_of_birth: { country: 'FR', region: 'Bourgogne-Franche-Comté', locality: 'Besançon' },
  nationalities: ['FR', 'DE'],
  picture: portraitDataUrl,
  address: {
    formatted: 'Quai Vauban 7, 25000 Besançon, France',
    country: 'FR',
    locality: 'Besançon',
    postal_code: '25000',
    street_address: 'Quai Vauban',
    house_number: '7',
  },
  sex: 2,
  email: 'elodie@example.org',
  personal_administrative_number: '285032505600142',
  birth_family_name: 'Łukasiewicz',
  issuing_authority: 'Autorité de test',
  issuing_country: 'FR',
  date_of_issuance: '2026-01-15',
  date_of_expiry: '2031-01-14',
};

/** Every claim, every property and every array entry on its own (PID_21): disclosures inside disclosures, decoys at three levels. */
export const pidFrame = {
  _sd: Object.keys(pidClaims),
  _sd_decoy: 3,
  place_of_birth: { _sd: Object.keys(pidClaims.place_of_birth) },
  nationalities: { _sd: [0, 1], _sd_decoy: 1 },
  address: { _sd: Object.keys(pidClaims.address), _sd_decoy: 2 },
};

export const pidElements = () => ({
  [pidDocType]: {
    family_name: pidClaims.family_name,
    given_name: pidClaims.given_name,
    birth_date: new DateOnly(pidClaims.birthdate),
    place_of_birth: new Map(Object.entries(pidClaims.place_of_birth)),
    nationality: pidClaims.nationalities,
    portrait,
    resident_address: pidClaims.address.formatted,
    resident_country: pidClaims.address.country,
    resident_city: pidClaims.address.locality,
    resident_postal_code: pidClaims.address.postal_code,
    resident_street: pidClaims.address.street_address,
    sex: pidClaims.sex,
    email_address: pidClaims.email,
    personal_administrative_number: pidClaims.personal_administrative_number,
    family_name_birth: pidClaims.birth_family_name,
    issuing_authority: pidClaims.issuing_authority,
    issuing_country: pidClaims.issuing_country,
    issuance_date: new DateOnly(pidClaims.date_of_issuance),
    expiry_date: new DateOnly(pidClaims.date_of_expiry),
  },
});
