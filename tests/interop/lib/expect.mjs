// What every test of a presentation asserts.
import assert from 'node:assert/strict';

/** One answer came, it was accepted, it echoes `state`, and it disclosed what was expected and nothing else. */
export function assertPresented(session, expected) {
  assert.equal(session.posts.length, 1);
  assert.equal(session.result.accepted, true, session.result.reason ?? session.result.error);
  assert.equal(session.result.state, session.payload.state);
  assert.deepEqual(claimsOf(session.result), expected);
  for (const presented of Object.values(session.result.presentations).flat()) assert.deepEqual(presented.selfAsserted ?? [], []);
  const members = Object.keys(session.posts[0]).sort();
  assert.deepEqual(members, session.encryptionJwk ? ['response'] : ['state', 'vp_token']);
}

export const claimsOf = ({ presentations }) => Object.fromEntries(Object.entries(presentations).map(([id, [only]]) => [id, only.claims]));

/** Whatever came, no credential was in it. */
export function assertNothingDisclosed(session) {
  for (const post of session.posts)
    assert.deepEqual(
      Object.keys(post).filter((name) => name === 'vp_token' || name === 'response'),
      [],
    );
}
