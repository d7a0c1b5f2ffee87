// Queries with what must be disclosed for them, exactly. The same cases are put to the holder of the libraries and to the wallet.
import { aamva, iso, mdlDocType } from './mdl.mjs';
import { pidDocType, pidVct } from './pid.mjs';

export const sdJwtPid = (claims, more = {}) => ({
  id: 'pid',
  format: 'dc+sd-jwt',
  meta: { vct_values: [pidVct] },
  ...(claims ? { claims } : {}),
  ...more,
});
const mdocPid = (elements, more = {}) => ({
  id: 'pid',
  format: 'mso_mdoc',
  meta: { doctype_value: pidDocType },
  claims: elements.map((element) => ({ path: [pidDocType, element] })),
  ...more,
});
export const mdl = (paths, more = {}) => ({
  id: 'mdl',
  format: 'mso_mdoc',
  meta: { doctype_value: mdlDocType },
  claims: paths.map((path) => ({ path })),
  ...more,
});
export const path = (...steps) => ({ path: steps });

/** A type that nobody holds. */
const unheld = (id) => ({
  id,
  format: 'mso_mdoc',
  meta: { doctype_value: 'org.example.unheld' },
  claims: [{ path: ['org.example', 'x'] }],
});

export const nestedSdJwt = {
  query: {
    credentials: [sdJwtPid([path('family_name'), path('address', 'locality'), path('nationalities', null), path('place_of_birth')])],
  },
  expected: {
    pid: {
      family_name: 'Müller-Łukasiewicz',
      address: { locality: 'Besançon' },
      nationalities: ['FR', 'DE'],
      place_of_birth: { country: 'FR', region: 'Bourgogne-Franche-Comté', locality: 'Besançon' },
    },
  },
};

export const mdocElements = {
  query: { credentials: [mdocPid(['given_name', 'birth_date', 'place_of_birth', 'nationality', 'sex'])] },
  expected: {
    pid: {
      [pidDocType]: {
        given_name: 'Élodie',
        birth_date: '1985-03-30',
        place_of_birth: { country: 'FR', region: 'Bourgogne-Franche-Comté', locality: 'Besançon' },
        nationality: ['FR', 'DE'],
        sex: 2,
      },
    },
  },
};

/** What DCQL can ask of the PID, by the name of the test. */
export const pidCases = {
  'one element of an array': {
    query: { credentials: [sdJwtPid([path('nationalities', 1)])] },
    expected: { pid: { nationalities: ['DE'] } },
  },
  'no claims at all': {
    query: { credentials: [sdJwtPid()] },
    expected: { pid: {} },
  },
  'the first claim set that can be met': {
    query: {
      credentials: [
        sdJwtPid(
          [
            { id: 'passport', path: ['passport_number'] },
            { id: 'name', path: ['given_name'] },
            { id: 'birth', path: ['birthdate'] },
          ],
          {
            claim_sets: [['passport'], ['name'], ['name', 'birth']],
          },
        ),
      ],
    },
    expected: { pid: { given_name: 'Élodie' } },
  },
  'values that match': {
    query: {
      credentials: [
        sdJwtPid([
          { path: ['issuing_country'], values: ['DE', 'FR'] },
          { path: ['sex'], values: [2] },
        ]),
      ],
    },
    expected: { pid: { issuing_country: 'FR', sex: 2 } },
  },
  'values in an mdoc': {
    query: {
      credentials: [
        {
          ...mdocPid([]),
          claims: [
            { path: [pidDocType, 'birth_date'], values: ['1985-03-30'] },
            { path: [pidDocType, 'resident_city'], values: ['Besançon'] },
          ],
        },
      ],
    },
    expected: { pid: { [pidDocType]: { birth_date: '1985-03-30', resident_city: 'Besançon' } } },
  },
  'an option of a credential set, without the optional set': {
    query: {
      credentials: [unheld('first'), sdJwtPid([path('birth_family_name')]), unheld('extra')],
      credential_sets: [{ options: [['first'], ['pid']] }, { options: [['extra']], required: false }],
    },
    expected: { pid: { birth_family_name: 'Łukasiewicz' } },
  },
  'two credentials at once': {
    query: { credentials: [sdJwtPid([path('family_name')], { id: 'one' }), mdocPid(['family_name'], { id: 'two' })] },
    expected: { one: { family_name: 'Müller-Łukasiewicz' }, two: { [pidDocType]: { family_name: 'Müller-Łukasiewicz' } } },
  },
};

/** Queries that the holder of a PID cannot answer. */
export const unanswerable = {
  'a type that is not held': { credentials: [unheld('pid')] },
  'a claim that is not there': { credentials: [sdJwtPid([path('passport_number')])] },
  'a value that does not match': { credentials: [sdJwtPid([{ path: ['issuing_country'], values: ['DE'] }])] },
  'another authority': {
    credentials: [sdJwtPid([path('family_name')], { trusted_authorities: [{ type: 'aki', values: ['AAAAAAAAAAAAAAAAAAAAAAAAAAA'] }] })],
  },
};

export const licence = {
  query: {
    credentials: [
      mdl([
        [iso, 'family_name'],
        [iso, 'given_name'],
        [iso, 'age_over_19'],
        [iso, 'driving_privileges'],
        [iso, 'issuing_country'],
        [iso, 'issuing_jurisdiction'],
        [aamva, 'domestic_driving_privileges'],
      ]),
    ],
  },
  expected: {
    mdl: {
      [iso]: {
        family_name: 'Côté-Lévesque',
        given_name: 'François Noël',
        age_over_19: true,
        driving_privileges: [
          { vehicle_category_code: 'B', issue_date: '2024-02-29', expiry_date: '2029-02-28' },
          { vehicle_category_code: 'A', codes: [{ code: '01', sign: '=', value: 'x' }] },
        ],
        issuing_country: 'CA',
        issuing_jurisdiction: 'CA-BC',
      },
      [aamva]: {
        domestic_driving_privileges: [
          {
            domestic_vehicle_class: { domestic_vehicle_class_code: '5', domestic_vehicle_class_description: 'Véhicules légers' },
            domestic_vehicle_restrictions: [{ domestic_vehicle_restriction_description: 'Verres correcteurs' }],
          },
        ],
      },
    },
  },
};

/** The same need met by either credential: the holder of both chooses, the verifier takes what comes. */
export const pidOrLicence = {
  credentials: [sdJwtPid([path('birthdate')]), mdl([[iso, 'age_over_19']])],
  credential_sets: [{ options: [['pid'], ['mdl']] }],
};
