// Which credential answers a DCQL query with which claims: the match is found by dcql, what to disclose follows from its paths.
import { runDcqlQuery } from 'dcql';

/** Returns `[{ queryId, credential, paths }]`. Of alternatives the first that fits is taken. */
export function select(query, held) {
  const result = runDcqlQuery(query, { credentials: held.map(({ dcql }) => dcql), presentation: false });
  if (!result.can_be_satisfied) throw new Error('nothing matches');
  const wanted = result.credential_sets
    ? result.credential_sets.filter(({ required }) => required).flatMap(({ matching_options: [first] }) => first)
    : query.credentials.map(({ id }) => id);
  return wanted.map((queryId) => {
    const { claims = [], id } = query.credentials.find((candidate) => candidate.id === queryId);
    const [match] = result.credential_matches[id].valid_credentials;
    const [{ valid_claim_indexes: indexes = [] }] = match.claims.valid_claim_sets;
    return { queryId, credential: held[match.input_credential_index], paths: indexes.map((index) => claims[index].path) };
  });
}

/** The presentation frame of @sd-jwt for DCQL paths; `null` in a path stands for every element. */
export function sdJwtFrame(paths, claims) {
  const frame = {};
  for (const path of paths) disclose(frame, path, claims);
  return frame;
}

function disclose(frame, [first, ...rest], value) {
  const keys = first === null ? value.map((_, index) => index) : [first];
  for (const key of keys) {
    if (rest.length > 0) {
      frame[key] = typeof frame[key] === 'object' ? frame[key] : {};
      disclose(frame[key], rest, value[key]);
    } else {
      frame[key] = everything(value[key]);
    }
  }
}

/** A claim that was asked for as a whole is disclosed with all that is inside it. */
function everything(value) {
  if (value === null || typeof value !== 'object') return true;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, everything(inner)]));
}

export function mdocElements(paths) {
  const elements = {};
  for (const [namespace, element] of paths) (elements[namespace] ??= []).push(element);
  return elements;
}
