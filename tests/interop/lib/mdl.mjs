// A Canadian mobile driving licence: accents in names, provincial classes, both name spaces (canada.md section 3).
import { DateOnly } from '@owf/mdoc';
import { portrait } from './portrait.mjs';

export const mdlDocType = 'org.iso.18013.5.1.mDL';
export const iso = 'org.iso.18013.5.1';
export const aamva = 'org.iso.18013.5.1.aamva';

export const mdlIssuer = { country: 'CA', jurisdiction: 'CA-BC' };

const date = (text) => new DateOnly(text);
const map = (entries) => new Map(Object.entries(entries));

export const mdlElements = () => ({
  [iso]: {
    family_name: 'Côté-Lévesque',
    given_name: 'François Noël',
    birth_date: date('1990-07-01'),
    issue_date: date('2024-02-29'),
    expiry_date: date('2029-02-28'),
    issuing_country: mdlIssuer.country,
    issuing_authority: 'Société d’essai de la Colombie-Britannique',
    issuing_jurisdiction: mdlIssuer.jurisdiction,
    document_number: '1234567',
    portrait,
    driving_privileges: [
      map({ vehicle_category_code: 'B', issue_date: date('2024-02-29'), expiry_date: date('2029-02-28') }),
      map({ vehicle_category_code: 'A', codes: [map({ code: '01', sign: '=', value: 'x' })] }),
    ],
    un_distinguishing_sign: 'CDN',
    sex: 1,
    height: 178,
    eye_colour: 'brown',
    resident_address: '1175, rue Douglas',
    resident_city: 'Victoria',
    resident_state: 'BC',
    resident_postal_code: 'V8V 1A1',
    resident_country: 'CA',
    portrait_capture_date: new Date('2024-02-29T16:30:00Z'),
    age_in_years: 36,
    age_over_18: true,
    age_over_19: true,
    age_over_65: false,
  },
  [aamva]: {
    domestic_driving_privileges: [
      map({
        domestic_vehicle_class: map({ domestic_vehicle_class_code: '5', domestic_vehicle_class_description: 'Véhicules légers' }),
        domestic_vehicle_restrictions: [map({ domestic_vehicle_restriction_description: 'Verres correcteurs' })],
      }),
    ],
    family_name_truncation: 'N',
    given_name_truncation: 'N',
    sex: 1,
    aamva_version: 2,
  },
});
